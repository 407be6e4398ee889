"""The test suite of RCTab: contests from the records of seven vendors, and the votes of every round."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import orders
import records
from library import RANKING, Library
from records import OVERVOTE, WRITE_INS, Marks
from report import Report

TITLE = "The suite of RCTab 2.0.1"
PEER = "RCTab"

AFTERWARDS = "RCTab goes on to pass surpluses on when the last seat is taken; the count here has ended"
LATE_WRITE_INS = "RCTab's undeclared write-ins hold votes until nobody reaches the threshold; here they are withdrawn from the start"
NO_RECORDS = "the suite as kept has the report, but not the cast vote records"
NO_REPORT = "the suite gives no report: the test is of conversion, of precincts or of refusing the configuration"


def dynamic(rules: dict) -> bool:
    """An overvote counts if only one of its marks continues: it is a tie to us, and the count knows what to do."""
    return rules["overvoteRule"] == "exhaustIfMultipleContinuing"


def ranking(marks: Mapping[int, Sequence[str]], rules: dict) -> tuple[frozenset[str], ...]:
    """What a ballot says under the rules on overvotes, skipped ranks and repeated candidates: ranks of names."""
    out: list[frozenset[str]] = []
    seen: set[str] = set()
    skips = rules["maxSkippedRanksAllowed"]
    last = 0
    for rank in sorted(marks):
        names = set(marks[rank])
        if skips.isdigit() and rank - last > int(skips) + 1:
            break
        last = rank
        if rules.get("exhaustOnDuplicateCandidate") and names & seen:
            break
        seen |= names
        if (len(names) > 1 and not dynamic(rules)) or OVERVOTE in names:
            if rules["overvoteRule"] != "alwaysSkipToNextRank":
                break
        elif new := names.difference(*out):
            out.append(frozenset(new))
    return tuple(out)


class Contest:
    """A configuration with its ballots."""

    def __init__(self, library: Library, config: dict, marks: list[Marks]) -> None:
        self.rules = config["rules"]
        self.names = [c["name"] for c in config["candidates"]] + [WRITE_INS]
        self.excluded = {c["name"] for c in config["candidates"] if c.get("excluded")}
        ballots: Counter[tuple[frozenset[str], ...]] = Counter()
        for equal, count in Counter(tuple((r, tuple(n)) for r, n in m.items()) for m in marks).items():
            ballots[ranking(dict(equal), self.rules)] += count
        index = {name: i for i, name in enumerate(self.names)}
        indexed = (
            ([index[n] for names in b for n in sorted(names)], [rank for rank, names in enumerate(b, 1) for _ in names], count)
            for b, count in ballots.items()
        )
        self.profile = library.build(RANKING, self.names, indexed)

    def count(self, running: set[str], method: str, **options: object) -> dict:
        self.profile.let_run(running)
        return self.profile.rank(method, **options)


def votes_of(rounds: list[dict]) -> list[dict[str, Decimal]]:
    return [{name: Decimal(v) for name, v in r["votes"].items()} for r in rounds]


def tallies_of(report: dict) -> list[dict[str, Decimal]]:
    return [{name: Decimal(v) for name, v in r["tally"].items()} for r in report["results"]]


def elected_of(report: dict) -> list[str]:
    return [t["elected"] for r in report["results"] for t in r["tallyResults"] if "elected" in t]


def within(few: list[dict[str, Decimal]], many: list[dict[str, Decimal]]) -> bool:
    """Rounds in the order of others: options that tie below all others leave in one round, or one after the other."""
    rest = iter(many)
    return bool(few) and few[-1] in many and all(any(one == other for other in rest) for one in few)


def single(out: Report, contest: Contest, name: str, theirs: dict, rules: dict) -> None:
    """Instant runoff: votes among those whom each round lists, the rounds from the write-ins' leaving on, the winner."""
    tallies = tallies_of(theirs)
    for i, tally in enumerate(tallies if not dynamic(rules) else [], 1):
        firsts = contest.count(set(tally), "plurality")["places"]
        ours = {p["option"]: Decimal(p["score"]) for p in firsts if p["option"] in tally}
        out.compare("irv, votes of a round", PEER, f"{name} round {i}", ours, tally)
    running = set(tallies[0]) - {WRITE_INS}
    to_the_end = rules.get("continueUntilTwoCandidatesRemain") or rules.get("doesFirstRoundDetermineThreshold")
    options = {
        "elimination": "batch" if rules.get("batchElimination") else "one", "until": "last" if to_the_end else "majority",
        "ties": "id", "overvote": "exhaust" if dynamic(rules) else "share", "minimum": int(rules.get("minimumVoteThreshold") or 0),
    }  # fmt: skip
    result = contest.count(running, "irv", **options)
    # Where the count goes on after a majority, that round has an entry of its own.
    expected = [t for t in tallies if not t.get(WRITE_INS)]
    expected = [{n: v for n, v in t.items() if n != WRITE_INS} for t in expected]
    expected = [t for i, t in enumerate(expected) if i == 0 or t != expected[i - 1]]

    def same(count: dict) -> bool:
        ours = votes_of(count["trace"]["rounds"])
        n = min(len(ours), len(expected)) if to_the_end else max(len(expected), 1)
        return within(ours[:n], expected) or within(expected, ours)

    if same(result):
        out.agree("irv, rounds", PEER)
    elif expected:
        rounds_of = Counter(option for tally in expected for option in tally)
        reason = orders.some(contest.profile, same, "irv", sorted(rounds_of, key=lambda o: -rounds_of[o]), **options)
        out.differ("irv, rounds", PEER, name, votes_of(result["trace"]["rounds"]), expected, reason)
    elected = elected_of(theirs)
    if elected:
        winners = result["winners"] if dynamic(rules) else contest.count(running, "irv", ties="parallel")["winners"]
        out.compare("irv, winner", PEER, name, elected[0] in winners or winners, elected[0] in winners or elected)


def several(out: Report, contest: Contest, name: str, theirs: dict, rules: dict) -> None:
    """Weighted inclusive Gregory, and counts from the bottom up."""
    tallies = tallies_of(theirs)
    running = set(tallies[0]) - {WRITE_INS}
    seats = int(rules["numberOfWinners"])
    mode = rules["winnerElectionMode"]
    options: dict[str, object] = {"ties": "id"}
    if mode == "bottomsUp":
        method = "stv_san_francisco"
    elif mode == "bottomsUpUsingPercentageThreshold":
        method, options["threshold"] = "bottoms_up", rules["multiSeatBottomsUpPercentageThreshold"]
        options["of"] = "first_round" if rules.get("doesFirstRoundDetermineThreshold") else "continuing"
        options["elimination"] = "cutoff" if rules.get("cutoffElimination") else "one"
    else:
        method, options["decimals"] = "stv_wigm", int(rules["decimalPlacesForVoteArithmetic"])
        options["quota"] = (
            "hare" if rules.get("hareQuota") else "droop_exact" if rules.get("nonIntegerWinningThreshold") else "droop"
        )
    if seats > 0:
        options["seats"] = min(seats, len(running))
    result = contest.count(running, method, **options)
    out.compare(f"{method}, winners", PEER, name, set(result["winners"]), set(elected_of(theirs)))
    ours = votes_of(result["trace"]["rounds"])
    written_in = tallies[0].get(WRITE_INS, 0) > 0
    elected_first = any("elected" in t for t in theirs["results"][0]["tallyResults"])
    expected = [t for t in tallies if elected_first or WRITE_INS not in t] if written_in else tallies
    expected = [{n: v for n, v in t.items() if n != WRITE_INS} for i, t in enumerate(expected) if i == 0 or t != expected[i - 1]]
    for i, theirs_now in enumerate(expected):
        what = f"{name} round {i + 1}"
        if i >= len(ours):
            out.not_applicable(f"{method}, rounds", PEER, AFTERWARDS)
        else:
            out.compare(f"{method}, rounds", PEER, what, ours[i], theirs_now, LATE_WRITE_INS if written_in else None)


def passes(out: Report, contest: Contest, name: str, theirs: list[dict], rules: dict) -> None:
    """Multi-pass: who is elected, pass by pass; a report for each."""
    elected = [option for report in theirs for option in elected_of(report)]
    running = set(tallies_of(theirs[0])[0]) - {WRITE_INS}
    result = contest.count(running, "multi_pass_irv", ties="id", seats=int(rules["numberOfWinners"]))
    ours = [p["winner"] for p in result["trace"]["passes"]]
    out.compare("multi_pass_irv, winners", PEER, name, ours, elected)


def one(out: Report, library: Library, folder: Path, config: dict, reports: list[Path]) -> None:
    rules = config["rules"]
    name = folder.name
    if not reports:
        out.not_applicable("irv", PEER, NO_REPORT)
        return
    marks = records.read(folder, config)
    if marks is None:
        out.not_applicable("irv", PEER, NO_RECORDS)
        return
    contest = Contest(library, config, marks)
    if rules["winnerElectionMode"] == "multiPassIrv":
        passes(out, contest, name, [json.loads(path.read_text()) for path in reports], rules)
    for path in reports:
        theirs = json.loads(path.read_text())
        if rules["winnerElectionMode"] in ("singleWinnerMajority", "multiPassIrv"):
            single(out, contest, path.name.removesuffix("_expected_detailed_report.json"), theirs, rules)
        else:
            several(out, contest, name, theirs, rules)


def run(library: Library, shared: Path) -> Report:
    out = Report(TITLE)
    for folder in sorted((shared / "oracles" / "rctab").iterdir()):
        for path in sorted(folder.glob("*config.json")) if folder.is_dir() else []:
            reports = sorted(folder.glob("*_expected_detailed_report.json"))
            one(out, library, folder, json.loads(path.read_text()), reports)
    return out
