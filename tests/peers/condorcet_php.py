"""Condorcet PHP's own tests: leaders of Debian by Schulze's method, and comparisons of pairs of outcomes.

The tallies are in the suite as kept; what its tests expect, and the ballots they write themselves, stand here.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import texts
from library import Library
from report import Report

TITLE = "The tests of Condorcet PHP 4.6.1"
PEER = "Condorcet"

# tests/src/Tools/Converters/DebianFormatTest.php: (tally, unranked): the order of "Schulze Margin".
DEBIAN = {
    ("leader2006", "bottom"): (
        "Anthony Towns > Steve McIntyre > Andreas Schuldei = Jeroen van Wolffelaar > Bill Allombert > None of the Above > "
        "Ari Pollak > Jonathan aka Ted Walther"
    ),
    ("leader2006", "ignored"): (
        "Steve McIntyre > Anthony Towns > Jeroen van Wolffelaar > Andreas Schuldei > Bill Allombert > None of the Above > "
        "Ari Pollak > Jonathan aka Ted Walther"
    ),
    ("leader2007", "bottom"): (
        "Sam Hocevar > Steve McIntyre > Raphaël Hertzog > Wouter Verhelst > Anthony Towns > Gustavo Franco > "
        "None Of The Above > Simon Richter > Aigars Mahinovs"
    ),
    ("leader2020", "bottom"): "Jonathan Carter > Sruthi Chandran > Brian Gupta > None Of The Above",
}
DEBIAN["leader2007", "ignored"] = DEBIAN["leader2007", "bottom"]
DEBIAN["leader2020", "ignored"] = DEBIAN["leader2020", "bottom"]
VOTERS = {"leader2006": 421, "leader2007": 482, "leader2020": 339}

# tests/src/Algo/Methods/STV/CPO_StvTest.php: ballots, seats, quota, the elected.
CPO = {
    "cpo1": (
        {"Andrea": 25, "Carter>Brad>Delilah": 34, "Brad>Delilah": 7, "Delilah>Brad": 8, "Delilah>Scott": 5, "Scott>Delilah": 21},
        3, "hagenbach_bischoff", "Carter Andrea Delilah",
    ),
    "cpo2": (
        {"Escher": 100, "Andre>Nader>Gore": 110, "Nader>Gore": 18, "Gore>Nader": 21, "Gore>Bush": 6, "Bush>Gore": 45},
        3, "hare", "Andre Escher Gore",
    ),
    "cpo3": ({"A>B>C>D": 5, "A>C>B>D": 17, "D": 8}, 2, "droop", "A C"),
    "equality1": ({"A>B>C": 2, "B>A>C": 1, "B>C>A": 1}, 2, "hagenbach_bischoff", "A B"),
    "equality2": ({"A>B>C>D": 1, "A>B>D>C": 1}, 3, "hagenbach_bischoff", "A B D"),
}  # fmt: skip

FORMATS = "a test of reading the format (A1.HIL, A3.HIL, A60.HIL, A77.HIL, test1-3.cvotes): it expects no answer of a method"


def names_of(text: str) -> list[str]:
    return [name.strip() for name in re.findall(r"Option \d+-*>:(.*)", text)]


def ranking(marks: str, names: list[str]) -> str:
    """The ranking of a line such as "2-13": a digit an option, its rank."""
    ranks: dict[str, list[str]] = {}
    for mark, name in zip(marks, names):
        if mark != "-":
            ranks.setdefault(mark, []).append(name)
    return ">".join("=".join(ranks[mark]) for mark in sorted(ranks))


def debian(report: Report, library: Library, folder: Path) -> None:
    for (name, unranked), theirs in sorted(DEBIAN.items()):
        text = (folder / f"{name}_tally.txt").read_text(encoding="latin-1")
        names = names_of(text)
        ballots = Counter(ranking(marks, names) for marks in re.findall(r"^V: (\S+)", text, re.M))
        assert sum(ballots.values()) == VOTERS[name], f"{name}: {sum(ballots.values())} ballots"
        result = texts.build(library, ballots, names).rank("schulze", strength="margins", unranked=unranked)
        expected = [sorted(group) for group in texts.groups_of(theirs)]
        report.compare("schulze, order", PEER, f"{name} unranked={unranked}", texts.places_of(result), expected)


def cpo(report: Report, library: Library) -> None:
    for name, (ballots, seats, quota, elected) in CPO.items():
        result = texts.build(library, ballots).rank("stv_cpo", seats=seats, quota=quota, ties="parallel")
        ours = {tuple(sorted(c)) for c in result["trace"]["committees"]}
        theirs = tuple(sorted(elected.split()))
        report.compare("stv_cpo", PEER, name, theirs in ours or ours, theirs in ours or theirs)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    folder = shared / "oracles" / "condorcet-php"
    debian(report, library, folder)
    cpo(report, library)
    for _ in [*folder.glob("*.HIL"), *folder.glob("*.cvotes")]:
        report.not_applicable("formats", PEER, FORMATS)
    return report
