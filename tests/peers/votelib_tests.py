"""votelib's own tests: STV of three real elections, and methods of pairs on the ballots that its tests write.

The elections are in the suite as kept; what its tests expect, and the ballots they write themselves, stand here.
"""

from __future__ import annotations

from pathlib import Path

import orders
import texts
from library import Library
from report import Report

TITLE = "The tests of votelib 0.4.0"
PEER = "votelib"

# tests/real/test_blt.py and tests/io/test_blt.py: TransferableVoteSelector (Gregory, Droop).
ELECTED = {
    "maemo": ["juiceme (Jussi Ohenoja)", "mosen (Timo Könnecke)", "eekkelund (Eetu Kahelin)"],
    "rational": ["LeftyGreenMario", "Dysk", "GrammarCommie", "RoninMacbeth"],
    "gnome_26": [
        "Allan Day", "Carlos Soriano", "Ekaterina Gerasimova", "Federico Mena Quintero", "Nuritzi Sanchez", "Philip Chimento",
        "Robert McQueen",
    ],
}  # fmt: skip

# tests/evaluate/test_condorcet.py; unranked options are tied last, but for noncw_minimax_2.
VOTES = {
    "schulze": {
        "A>C>B>E>D": 5, "A>D>E>C>B": 5, "B>E>D>A>C": 8, "C>A>B>E>D": 3, "C>A>E>B>D": 7, "C>B>A>D>E": 2, "D>C>E>B>A": 7,
        "E>B>A>D>C": 8,
    },
    "tennessee": {"M>N>C>K": 42, "N>C>K>M": 26, "C>K>N>M": 15, "K>C>N>M": 17},
    "noncw1": {"A>E>C>D>B": 31, "B>A>E": 30, "C>D>B": 29, "D>A>E": 10},
    "noncw_minimax": {"A>C>B": 47, "C>B>A": 43, "A=C>B": 4, "B>A=C": 6},
    "noncw_minimax_2": {
        "A>C>B>D": 30, "D>B>A>C": 15, "D>B>C>A": 14, "B>C>A>D": 6, "D>C>A=B": 4, "C>A=B": 16, "B>C": 14, "C>A": 3,
    },
    "cw_wiki": {"A>B": 186, "A>C": 405, "B>A": 305, "B>C": 272, "C>A": 78, "C>B": 105},
    "cw_wiki_mj": {"A>B>C": 35, "C>B>A": 34, "B>C>A": 31},
    "cw_wiki_borda": {"A>B>C": 3, "B>C>A": 2},
}  # fmt: skip
IGNORED = {"noncw_minimax_2"}
WINNER = {"tennessee": "N", "noncw_minimax": "A", "cw_wiki": "B", "cw_wiki_mj": "B", "cw_wiki_borda": "A"}

EVALUATORS: dict[str, tuple[str, dict]] = {
    "copeland_raw": ("copeland", {}), "kemeny_young": ("kemeny", {}), "schulze": ("schulze", {}),
    "minimax_winvotes": ("minimax", {}), "minimax_margins": ("minimax", {"strength": "margins"}),
    "minimax_pwo": ("minimax", {"strength": "opposition"}), "rankedpairs_winvotes": ("ranked_pairs", {}),
    "rankedpairs_margins": ("ranked_pairs", {"strength": "margins"}),
}  # fmt: skip
ORDERS = {
    ("schulze", "schulze"): "E > A > C > B > D", ("tennessee", "copeland_raw"): "N > C > K > M",
    ("tennessee", "rankedpairs_winvotes"): "N > C > K > M", ("tennessee", "kemeny_young"): "N > C > K > M",
    ("noncw1", "copeland_raw"): "A > B=C=E > D", ("noncw_minimax", "minimax_pwo"): "C > A > B",
    ("noncw_minimax_2", "minimax_winvotes"): "A > D > C > B", ("noncw_minimax_2", "minimax_margins"): "B > C > D > A",
    ("noncw_minimax_2", "minimax_pwo"): "D > A > C > B",
}  # fmt: skip

WRITING = "a test of writing or reading the format: it expects no answer of a method"


def real(report: Report, library: Library, path: Path) -> None:
    if path.stem not in ELECTED:
        report.not_applicable("formats", PEER, WRITING)
        return
    profile = library.read("blt", path.read_bytes())
    names = {place["name"]: place["option"] for place in profile.rank("plurality")["places"]}
    theirs = {names[name] for name in ELECTED[path.stem]}
    seats = len(theirs)
    ours = set(profile.rank("stv_gregory", seats=seats)["winners"])
    reason = None if ours == theirs else orders.electing(profile, theirs, "stv_gregory", seats=seats)
    report.compare("stv_gregory", PEER, path.name, ours, theirs, reason)


def pairs(report: Report, library: Library) -> None:
    for name, ballots in VOTES.items():
        profile = texts.build(library, ballots, sorted({o for text in ballots for g in texts.groups_of(text) for o in g}))
        unranked = "ignored" if name in IGNORED else "bottom"
        theirs = [WINNER[name]] if name in WINNER else []
        report.compare("condorcet", PEER, name, profile.rank("condorcet", unranked=unranked)["winners"], theirs)
        for evaluator, (method, options) in EVALUATORS.items():
            if name in WINNER and evaluator != "minimax_pwo":
                winners = profile.rank(method, unranked=unranked, **options)["winners"]
                report.compare(method, PEER, f"{name} {evaluator}", winners, theirs)
            if (name, evaluator) in ORDERS:
                result = profile.rank(method, unranked=unranked, **options)
                expected = [sorted(group) for group in texts.groups_of(ORDERS[name, evaluator])]
                report.compare(f"{method}, order", PEER, f"{name} {evaluator}", texts.places_of(result), expected)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "oracles" / "votelib").iterdir()):
        real(report, library, path)
    pairs(report, library)
    return report
