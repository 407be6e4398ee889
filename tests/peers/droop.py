"""The reports of droop's own tests: the votes of every round, digit by digit, and who is elected."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import orders
from library import Library, Profile, Refused
from report import Report
from stv import RULES

TITLE = "The reports of droop 0.14"
PEER = "droop"

NAME = re.compile(r"(.+?)-(scotland|wigm-prf-batch|wigm-prf|wigm|meek-prf|meek|warren|qpq|cfer-batch|cfer|mpls)-(.*)\.txt$")
# Rules with the arithmetic of ours, so that votes agree to the last digit.
TO_THE_DIGIT = {"scotland", "wigm-prf", "wigm-prf-batch", "meek-prf", "cfer", "cfer-batch", "mpls"}
# 4 AB, 2 C: A keeps half of each vote and passes the other half on, so that B and C have two votes each.
PRECISION = "42t: Pollux and Helen tie in exact arithmetic, and droop draws; the nine decimals here, rounded up, part them"
NO_BALLOTS = "the suite as kept has the report, but not the ballots"
UNITS = Fraction(1, 10**7)
LAST_DIGIT = "the last two of nine decimals of some votes: cut at another place of the same sums (droop's meek-prf agrees with ours)"

Block = dict[str, Fraction]  # votes by number of candidate


def blocks_of_json(text: str) -> tuple[list[Block], set[str], int]:
    """The states after each action, the elected, and the seats."""
    data = json.loads(text)
    states = [a["cstate"] for a in data["actions"] if "cstate" in a]
    blocks = [{n: Fraction(c["vote"]) for n, c in s.items() if "vote" in c} for s in states]
    elected = {n for n, c in states[-1].items() if c["state"] == "elected"}
    return blocks, elected, int(data.get("nseats") or data.get("seats") or len(elected))


LINE = re.compile(r"^\t(Elected|Pending|Hopeful|Defeated):\s+(.+) \((-?[\d./]+)\)$")


def blocks_of_report(text: str, numbers: dict[str, str]) -> tuple[list[Block], set[str], int]:
    blocks: list[Block] = []
    elected: set[str] = set()
    for action in text.split("\nAction: ")[1:]:
        block: Block = {}
        elected = set()
        for line in action.split("\n"):
            found = LINE.match(line)
            if found and found[2] in numbers:
                block[numbers[found[2]]] = Fraction(found[3])
                if found[1] == "Elected":
                    elected.add(numbers[found[2]])
        blocks.append(block)
    seats = re.search(r"^\tSeats: (\d+)", text, re.M)
    assert seats
    return blocks, elected, int(seats[1])


def numbers_of(result: dict) -> dict[str, str]:
    return {place["name"]: place["option"] for place in result["places"]}


def agrees(ours: dict[str, str], block: Block, off: Fraction = Fraction(0)) -> bool:
    """Every candidate of a round has the votes of the block, but for so much; whom it does not name has none."""
    return bool(block) and all(abs(Fraction(v) - block.get(n, 0)) <= off for n, v in ours.items())


def missing(rounds: list[dict], blocks: list[Block]) -> dict[int, bool]:
    """The rounds that do not stand in the report one after the other, and whether they do but for the last digits."""
    out = {}
    at = 0
    for i, one in enumerate(rounds):
        found = next((k for k in range(at, len(blocks)) if agrees(one["votes"], blocks[k])), None)
        if found is None:
            out[i] = any(agrees(one["votes"], block, UNITS) for block in blocks[at:])
        else:
            at = found
    return out


def rounds_alike(report: Report, what: tuple[str, str, str], rounds: list[dict], blocks: list[Block]) -> None:
    method, peer, case = what
    apart = missing(rounds, blocks)
    for i, one in enumerate(rounds):
        if i in apart:
            reason = LAST_DIGIT if apart[i] else None
            report.differ(f"{method}, rounds", peer, f"{case} round {i + 1}", one["votes"], "not there", reason)
        else:
            report.agree(f"{method}, rounds", peer)


def name_of_election(path: Path) -> str:
    name = NAME.match(path.name)
    assert name, path
    return name[1]


def one(report: Report, profile: Profile, path: Path, rule: str) -> None:
    text = path.read_text()
    method, options = RULES[PEER, rule]
    options = {**options, "omega": 9} if rule in ("meek", "warren") else options  # 9 guarded, 10 rational
    numbers = numbers_of(profile.rank("plurality"))
    if text.lstrip().startswith("{"):
        blocks, theirs, seats = blocks_of_json(text)
    else:
        blocks, theirs, seats = blocks_of_report(text, numbers)
    case = f"{path.parent.name}/{path.name}"
    try:
        result = profile.rank(method, seats=seats, **options)
    except Refused as why:
        report.differ(method, PEER, case, why.text, theirs, None)
        return
    exact = rule in TO_THE_DIGIT

    def same(other: dict) -> bool:
        return set(other["winners"]) == theirs and not (exact and missing(other["trace"]["rounds"], blocks))

    reason, count = None, None if same(result) else next(
        filter(same, orders.counts(profile, method, seats=seats, **options)), None
    )
    if count is not None:
        reason = orders.TIE
    elif name_of_election(path) == "42t" and rule in ("meek", "warren") and theirs == {"1", "2"}:
        reason = PRECISION
    report.compare(f"{method}, elected", PEER, case, set(result["winners"]), theirs, reason)
    if exact:
        rounds_alike(report, (method, PEER, case), (count or result)["trace"]["rounds"], blocks)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "oracles" / "droop").rglob("*.txt")):
        name = NAME.match(path.name)
        assert name, path
        ballots = shared / "blt" / "droop" / f"{name[1]}.blt"
        if not ballots.is_file():
            report.not_applicable(RULES[PEER, name[2]][0], PEER, NO_BALLOTS)
            continue
        one(report, library.read("blt", ballots.read_bytes()), path, name[2])
    return report
