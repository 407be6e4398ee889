"""The test suite of abcvoting: every committee that ties, for every rule of its 480 elections."""

from __future__ import annotations

import re
from pathlib import Path

from approvals import DISTRICTS, RULES
from library import APPROVAL, Library, Profile, Refused
from report import Report

TITLE = "The suite of abcvoting 2c0c412"
PEER = "abcvoting"

SUITE_RULES = {
    **RULES, "lexcc": ("lexcc", {}), "adams": ("adams", {}), "leximaxphragmen": ("lexmin_phragmen", {}),
    "lexminimaxav": ("lexmin_minimax_av", {}), "rsd": ("rsd", {}),
}  # fmt: skip

# Rules without a method here, with why.
WITHOUT = {
    "trivial": "`trivial`, a placeholder of abcvoting that elects every committee, is no rule here",
    "rsd": "`rsd` draws the voters' order; the suite gives no committees for it",
}

# Differences that are right: (file, rule), with why.
EXPLAINED = {
    ("instanceS0003", "sav"): (
        "satisfaction approval voting: abcvoting sums 29/20 as floats, 1.45 against 1.4499999999999997, and misses a tie"
    ),
    ("instanceVL0000", "consensus-rule"): (
        "consensus rule: abcvoting counts the voter who approves nobody, for whom the others pay too; here that ballot is blank"
    ),
}

BLOCK = re.compile(r"- rule_id: (\S+)\s+result:(.*?)\s+resolute: (\w+)", re.S)


def lists(text: str) -> list[list[int]]:
    """[[0, 1], [2]] of the flow style of YAML."""
    return [[int(n) for n in inner.split(",") if n.strip()] for inner in re.findall(r"\[([\d,\s]*)\]", text)]


def read(library: Library, text: str) -> tuple[Profile, int]:
    """The profile of an instance, and the seats."""
    ballots = re.search(r"^profile:\s*(\[.*?\]\])", text, re.S | re.M)
    size = re.search(r"^num_cand:\s*(\d+)", text, re.M)
    seats = re.search(r"^committeesize:\s*(\d+)", text, re.M)
    assert ballots and size and seats
    ids = [str(i) for i in range(int(size[1]))]
    return library.build(APPROVAL, ids, ((b, None, 1) for b in lists(ballots[1][1:-1]))), int(seats[1])


def committees_of(profile: Profile, seats: int, method: str, options: dict, resolute: bool) -> tuple[set, bool]:
    """The committees of a result, and whether it names all of them."""
    result = profile.rank(method, seats=seats, ties="id" if resolute else "parallel", **options)
    if resolute:
        return {tuple(sorted(int(o) for o in result["winners"]))}, True
    ours = {tuple(sorted(int(o) for o in c)) for c in result["trace"]["committees"]}
    return ours, len(ours) == result["trace"]["committee_count"]


def one(report: Report, profile: Profile, case: str, seats: int, rule: str, answer: str, resolute: bool) -> None:
    if rule in WITHOUT:
        report.not_applicable(rule, PEER, WITHOUT[rule])
        return
    method, options = SUITE_RULES[rule]
    theirs = {tuple(sorted(c)) for c in lists(answer)}
    if not theirs:
        report.not_applicable(method, PEER, f"the suite leaves the answer of `{rule}` open in this election")
        return
    what = f"{case} {rule}{'' if resolute else ', all that tie'}"
    try:
        ours, whole = committees_of(profile, seats, method, options, resolute)
    except Refused as why:
        report.differ(method, PEER, what, why.text, sorted(theirs)[:3], None)
        return
    reason = EXPLAINED.get((case, rule), DISTRICTS if rule == "greedy-monroe" else None)
    if resolute:
        good = ours <= theirs
    else:
        good = ours == theirs if whole else ours <= theirs
    report.compare(method, PEER, what, good or sorted(ours)[:3], good and True or sorted(theirs)[:3], reason)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "oracles" / "abcvoting").glob("*.abc.yaml")):
        text = path.read_text()
        profile, seats = read(library, text)
        case = path.name.removesuffix(".abc.yaml")
        for rule, answer, resolute in BLOCK.findall(text):
            one(report, profile, case, seats, rule, answer, resolute == "true")
    return report
