"""Single-winner rules on PrefLib files, as pref_voting, votelib and Condorcet PHP answered them."""

from __future__ import annotations

import json
from pathlib import Path

from library import Library, Refused
from orders import arrange
from report import Report

TITLE = "PrefLib files: pref_voting 1.18.1, votelib 0.4.0, Condorcet PHP 4.6.1"
ID = {"ties": "id"}
REVERSED = {"ties": ["earliest"]}  # the times of the options run from the last of the file to the first
MARGINS = {"strength": "margins"}
PUT = {"elimination": "parallel"}
ALL = {"elimination": "all_tied"}

# Their name: our method and options. pref_voting: "TB" breaks ties by the order of candidates, of whom the first leaves
# (here the last of a chain), "PUT" follows all orders, and without either all the tied leave together.
PREF_VOTING = {
    "Plurality": ("plurality", {}), "Anti-Plurality": ("veto", {}), "Borda": ("borda", {}),
    "Dowdall": ("borda", {"variant": "dowdall"}), "Positive-Negative Voting": ("positive_negative", {}),
    "Bucklin": ("bucklin", {}), "Simplified Bucklin": ("bucklin", {"variant": "simplified"}),
    "Weighted Bucklin": ("bucklin", {"variant": "weighted"}),
    "Instant Runoff": ("irv", ALL), "Instant Runoff PUT": ("irv", PUT), "Instant Runoff TB": ("irv", REVERSED),
    "Approval IRV": ("approval_irv", ALL), "Approval IRV PUT": ("approval_irv", PUT), "Approval IRV TB": ("approval_irv", REVERSED),
    "Split IRV": ("split_irv", ALL), "Split IRV PUT": ("split_irv", PUT), "Split IRV TB": ("split_irv", REVERSED),
    "Coombs": ("coombs", ALL), "Coombs PUT": ("coombs", PUT), "Coombs TB": ("coombs", REVERSED),
    "Baldwin": ("baldwin", ALL), "Baldwin PUT": ("baldwin", PUT), "Baldwin TB": ("baldwin", REVERSED),
    "Strict Nanson": ("nanson", {"variant": "strict"}), "Weak Nanson": ("nanson", {"variant": "weak"}),
    "Raynaud": ("raynaud", ALL), "Iterated Removal Condorcet Loser": ("iterated_removal_condorcet_loser", {}),
    "Benham": ("benham", ALL), "Benham PUT": ("benham", PUT), "Benham TB": ("benham", REVERSED), "Woodall": ("woodall", ALL),
    "Smith IRV": ("smith_irv", ALL), "Smith IRV PUT": ("smith_irv", PUT),
    "Condorcet IRV": ("condorcet_irv", ALL), "Condorcet IRV PUT": ("condorcet_irv", PUT),
    "Tideman Alternative Top Cycle": ("tideman_alternative", ALL),
    "Tideman Alternative Top Cycle PUT": ("tideman_alternative", PUT),
    "Tideman Alternative GOCHA": ("tideman_alternative", {**ALL, "variant": "schwartz"}),
    "Tideman Alternative GOCHA PUT": ("tideman_alternative", {**PUT, "variant": "schwartz"}),
    "Bottom-Two-Runoff Instant Runoff": ("btr_irv", ALL), "Bottom-Two-Runoff Instant Runoff PUT": ("btr_irv", PUT),
    "Plurality with Runoff PUT": ("two_round", {"ties": "parallel"}),
    "Condorcet": ("condorcet", {}), "Weak Condorcet": ("weak_condorcet", {}), "Copeland": ("copeland", {}),
    "Llull": ("llull", {}), "Top Cycle": ("smith", {}), "GOCHA": ("schwartz", {}), "Banks": ("banks", {}),
    "Uncovered Set": ("uncovered", {"variant": "left"}), "Uncovered Set - Bordes": ("uncovered", {"variant": "right"}),
    "Uncovered Set - McKelvey": ("uncovered", {"variant": "mckelvey"}),
    "Uncovered Set - Fishburn": ("uncovered", {"variant": "fishburn"}),
    "Slater": ("slater", {}), "Bipartisan Set": ("bipartisan_set", {}), "Essential Set": ("essential_set", {}),
    "Minimax": ("minimax", MARGINS), "Minimax (Support)": ("minimax", {}),
    "Leximax": ("leximax", {}), "Most Wins, Smallest Loss": ("most_wins_smallest_loss", {}),
    "Beat Path": ("schulze", MARGINS), "beat_path(strength_function=support)": ("schulze", {}),
    "Split Cycle": ("split_cycle", MARGINS), "Ranked Pairs": ("ranked_pairs", {**MARGINS, "ties": "parallel"}),
    "Ranked Pairs TB": ("ranked_pairs", {**MARGINS, **ID}), "River": ("river", {**MARGINS, "ties": "parallel"}),
    "River TB": ("river", {**MARGINS, **ID}), "Stable Voting": ("stable_voting", MARGINS),
    "Simple Stable Voting": ("simple_stable_voting", MARGINS), "Weighted Covering": ("weighted_covering", {}),
    "beta-Uncovered Set": ("beta_uncovered", {}), "Loss-Trimmer Voting": ("loss_trimmer", {}),
    "Simplified Dodgson": ("simplified_dodgson", {}), "Daunou": ("daunou", {}), "Blacks": ("black", {}),
    "Condorcet Plurality": ("condorcet_plurality", {}), "Smith-Minimax": ("smith_minimax", MARGINS),
    "Copeland-Local-Borda": ("copeland_local_borda", {}), "Copeland-Global-Borda": ("copeland_global_borda", {}),
    "Copeland-Local-Minimax": ("copeland_local_minimax", MARGINS),
    "Copeland-Global-Minimax": ("copeland_global_minimax", MARGINS),
    "Borda-Minimax Faceoff": ("borda_minimax_faceoff", MARGINS), "Pareto": ("pareto", {}),
    "Kemeny-Young": ("kemeny", {}), "Superior Voting": ("superior_voting", {}),
    "Maximal Lottery": ("maximal_lotteries", {}), "C1 Maximal Lottery": ("maximal_lotteries", {"variant": "c1"}),
}  # fmt: skip

WINNING, OPPOSITION = {"strength": "winning_votes"}, {"strength": "opposition"}
VOTELIB = {
    "Plurality": ("plurality", {}), "Borda(base 1, unranked 0)": ("borda", {}), "CondorcetWinner": ("condorcet", {}),
    "SmithSet": ("smith", {}), "SchwartzSet": ("schwartz", {}), "copeland_raw": ("copeland", {}),
    "kemeny_young": ("kemeny", {}), "schulze": ("schulze", {}), "Baldwin": ("baldwin", PUT), "Benham": ("benham", PUT),
    "TidemanAlternative": ("tideman_alternative", PUT), "IRV TransferableVoteSelector(droop,Gregory)": ("irv", PUT),
    "minimax_winvotes": ("minimax", {}), "minimax_margins": ("minimax", MARGINS), "minimax_pwo": ("minimax", OPPOSITION),
    "rankedpairs_winvotes": ("ranked_pairs", {"ties": "parallel"}),
    "rankedpairs_margins": ("ranked_pairs", {**MARGINS, "ties": "parallel"}),
}  # fmt: skip
CONDORCET_PHP = {
    "BordaCount": ("borda", {}), "DowdallSystem": ("borda", {"variant": "dowdall"}), "Copeland": ("copeland", {}),
    "FTPT": ("plurality", {}), "Multiple Rounds System": ("two_round", {"ties": "parallel"}), "Instant-runoff": ("irv", PUT),
    "Kemeny-Young": ("kemeny", {}), "Minimax Winning": ("minimax", {}), "Minimax Margin": ("minimax", MARGINS),
    "Minimax Opposition": ("minimax", OPPOSITION), "Schulze Winning": ("schulze", {}), "Schulze Margin": ("schulze", MARGINS),
    "Ranked Pairs Winning": ("ranked_pairs", {"ties": "parallel"}), "condorcet_winner": ("condorcet", {}),
    "Ranked Pairs Margin": ("ranked_pairs", {**MARGINS, "ties": "parallel"}),
    "Dodgson Tideman Approximation": ("simplified_dodgson", {}),
}  # fmt: skip
PEERS = {"pref_voting": PREF_VOTING, "votelib": VOTELIB, "Condorcet": CONDORCET_PHP}
# Rules that follow every order of ties here, and that the peer answers for one of them.
ONE_ORDER = {"irv", "baldwin", "benham", "tideman_alternative", "ranked_pairs", "two_round", "kemeny"}


# Differences that are right, with why.
NO_WINNER = "pref_voting answers with all options where there is no (weak) Condorcet winner; here nobody wins"
NASH = (
    "pref_voting finds one equilibrium in floating point where several exist; here the lotteries are exact, and the set "
    "is the support of all of them (Dutta & Laslier 1999)"
)
# What these peers answer against the definition; pref_voting's answers for the same files are ours.
KNOWN_WRONG = {
    ("votelib", "minimax"): "votelib's minimax leaves out the option that nobody ranks below another, and with it the winner",
    ("votelib", "schulze"): "votelib's Schulze orders by the number of path wins; undefeated are several, as in pref_voting",
    ("votelib", "schwartz"): "votelib's SchwartzSet is not the union of the undominated sets; pref_voting's GOCHA is ours",
    ("Condorcet", "irv"): "Condorcet PHP's instant runoff passes over a tied rank of a ballot; here equal ranks share the vote",
}


def reason_of(name: str, ours: set[int]) -> str | None:
    if name in ("Condorcet", "Weak Condorcet") and not ours:
        return NO_WINNER
    if name in ("Essential Set", "Maximal Lottery"):
        return NASH
    return None


def one_of_others(report: Report, profile, case: str, row: dict, peer: str) -> None:
    """An answer of votelib or of Condorcet PHP: the winner, of an order its first place."""
    if row["method"] not in PEERS[peer] or row["kind"] == "error" or row.get("seats", 1) != 1:
        return
    method, options = PEERS[peer][row["method"]]
    answer = row["result"]
    if row["kind"] == "ranking":
        answer = answer[0]
    theirs = {n for item in (answer if isinstance(answer, list) else [answer]) if item is not None
              for n in (item if isinstance(item, list) else [item])}  # fmt: skip
    try:
        ours = winners_of(profile, method, options)
    except Refused as why:
        if why.status == "COCREATE_ERR_LIMIT":
            report.not_applicable(method, peer, why.text)
        else:
            report.differ(method, peer, f"{case} {row['method']}", why.text, theirs, None)
        return
    if method in ONE_ORDER and theirs and theirs <= ours:
        theirs = ours
    report.compare(method, peer, f"{case} {row['method']}", ours, theirs, KNOWN_WRONG.get((peer, method)))


def winners_of(profile, method: str, options: dict) -> set[int]:
    return {int(option) - 1 for option in profile.rank(method, **options)["winners"]}


def one(report: Report, profile, case: str, row: dict) -> None:
    peer = row["peer"].split()[0]
    if peer != "pref_voting":
        one_of_others(report, profile, case, row, peer)
        return
    mapped = PREF_VOTING.get(row["method"])
    if mapped is None or row["kind"] not in ("winners", "lottery"):
        return
    method, options = mapped
    theirs = row["result"]
    try:
        ours = winners_of(profile, method, options)
    except Refused as why:
        report.differ(method, peer, f"{case} {row['method']}", why.text, theirs, None)
        return
    if row["kind"] == "lottery":
        theirs = [int(o) for o, p in theirs.items() if float(p) > 1e-9]
    report.compare(method, peer, f"{case} {row['method']}", ours, set(theirs), reason_of(row["method"], ours))


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "expected" / "pref").glob("*.json")):
        answers = json.loads(path.read_text())
        file = next(f for f in sorted((shared / "preflib").rglob(answers["file"])) if f.is_file())
        profile = library.read(file.suffix[1:], file.read_bytes(), 0)
        arrange(profile, list(library.ids(profile).values())[::-1])
        for row in answers["methods"]:
            one(report, profile, answers["file"], row)
    return report
