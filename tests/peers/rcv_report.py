"""The contests of rcv.report: piles of ballots round by round, and the votes of every pair of candidates.

The reports have no ballots, but they tell of them all that these counts ask: a pile that passes on to others is made of
ballots that go on to them, and ballots of two candidates each, which say nothing of others, give every pair its votes.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import orders
from library import RANKING, Library, Profile
from report import Report

TITLE = "The contests of rcv.report"
PEER = "rcv.report"

NO_COUNT = "the list of all contests"
UNEVEN = "the piles of the report do not change by what it says passes on"

# Differences that are right, with why.
EXPLAINED = {
    "us__ca__sfo__2015__11__mayor": (
        "rcv.report does not list a candidate whom nobody ranks first: it stays, without votes, while seven with more leave together"
    ),
}

Ballot = tuple[int, ...]
Votes = dict[int, int]


def votes_of(report: dict) -> list[Votes]:
    """By candidate, round by round."""
    return [{a["allocatee"]: a["votes"] for a in r["allocations"] if a["allocatee"] != "X"} for r in report["rounds"]]


def ballots_of(report: dict) -> Counter[Ballot] | None:
    """Ballots that pass on as the report says, or None where its piles do not fit."""
    first, *others = votes_of(report)
    piles = {c: Counter({(c,): n}) for c, n in first.items()}
    done: Counter[Ballot] = Counter()
    for one, votes in zip(report["rounds"][1:], others):
        stacks = {c: list(piles.pop(c).elements()) for c in {t["from"] for t in one["transfers"]}}
        for transfer in one["transfers"]:
            stack = stacks[transfer["from"]]
            for _ in range(min(transfer["count"], len(stack))):
                ballot = stack.pop()
                if transfer["to"] == "X":
                    done[ballot] += 1
                else:
                    piles.setdefault(transfer["to"], Counter())[ballot + (transfer["to"],)] += 1
        if any(stacks.values()) or {c: sum(pile.values()) for c, pile in piles.items()} != votes:
            return None
    return sum(piles.values(), done)


def build(library: Library, ids: list[int], ballots: Counter[Ballot]) -> Profile:
    indexed = (([ids.index(c) for c in ballot], None, count) for ballot, count in ballots.items() if count)
    return library.build(RANKING, [str(c) for c in ids], indexed)


def rounds_alike(count: dict, theirs: list[Votes]) -> bool:
    """Every round of theirs stands in ours, in the same order; those who cannot win may leave together."""
    ours = iter([{int(c): int(v) for c, v in r["votes"].items()} for r in count["trace"]["rounds"]])
    return all(any(mine == one for mine in ours) for one in theirs)


def one(out: Report, library: Library, case: str, report: dict) -> None:
    matrix = report["pairwisePreferences"]
    ids = sorted({c for votes in votes_of(report) for c in votes} | set(matrix["rows"]))
    # Ballots of two, which say nothing of the others, give every pair its votes.
    pairs = Counter({
        (a, b): entry["numerator"] for a, row in zip(matrix["rows"], matrix["entries"])
        for b, entry in zip(matrix["cols"], row) if entry is not None
    })  # fmt: skip
    profile = build(library, ids, pairs)
    profile.let_run(str(c) for c in matrix["rows"])
    best = [] if report["condorcet"] is None else [str(report["condorcet"])]
    out.compare("condorcet", PEER, case, profile.rank("condorcet", unranked="ignored")["winners"], best)
    smith = {str(c) for c in report["smithSet"]}
    out.compare("smith", PEER, case, set(profile.rank("smith", unranked="ignored")["winners"]), smith)
    ballots = ballots_of(report)
    if ballots is None:
        out.not_applicable("irv", PEER, UNEVEN)
        return
    profile = build(library, ids, ballots)
    count = profile.rank("irv", ties="id")
    theirs = votes_of(report)
    out.compare("irv, winner", PEER, case, count["winners"], [str(report["winner"])],
                orders.electing(profile, {str(report["winner"])}, "irv"))  # fmt: skip
    if rounds_alike(count, theirs):
        out.agree("irv, rounds", PEER)
    else:
        reason = EXPLAINED.get(case) or orders.some(profile, lambda other: rounds_alike(other, theirs), "irv")
        out.differ("irv, rounds", PEER, case, [r["votes"] for r in count["trace"]["rounds"]], theirs, reason)


def run(library: Library, shared: Path) -> Report:
    out = Report(TITLE)
    for path in sorted((shared / "oracles" / "rcv.report").glob("*.json")):
        report = json.loads(path.read_text())
        if "rounds" in report:
            one(out, library, path.name.removesuffix("__report.json"), report)
        else:
            out.not_applicable("irv", PEER, NO_COUNT)
    return out
