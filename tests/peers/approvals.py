"""Committees from approvals, as abcvoting, votelib and pabutools answered them for real ballots."""

from __future__ import annotations

import json
from pathlib import Path

from library import APPROVAL, Library, Profile, Refused
from report import Report

TITLE = "Approval committees of real ballots: abcvoting 2c0c412, votelib 0.4.0, pabutools 1.2.3"

RULES = {
    "av": ("av", {}), "sav": ("sav", {}), "pav": ("pav", {"algorithm": "exact"}), "seqpav": ("pav", {"algorithm": "seq"}),
    "revseqpav": ("pav", {"algorithm": "revseq"}), "slav": ("slav", {"algorithm": "exact"}),
    "seqslav": ("slav", {"algorithm": "seq"}), "cc": ("cc", {"algorithm": "exact"}), "seqcc": ("cc", {"algorithm": "seq"}),
    "geom2": ("geometric", {"algorithm": "exact", "base": "2"}), "seqphragmen": ("phragmen_seq", {}),
    "phragmen-enestroem": ("phragmen_enestroem", {}), "consensus-rule": ("consensus", {}), "eph": ("eph", {}),
    "monroe": ("monroe", {"algorithm": "exact"}), "greedy-monroe": ("monroe", {"algorithm": "greedy"}),
    "minimaxav": ("minimax_av", {}), "minimaxphragmen": ("minimax_phragmen", {}), "maximin-support": ("maximin_support", {}),
    "equal-shares": ("equal_shares", {"completion": "phragmen"}),
    "equal-shares-without-completion": ("equal_shares", {"completion": "none"}),
    "equal-shares-with-av-completion": ("equal_shares", {"completion": "greedy"}),
    "equal-shares-with-increment-completion": ("equal_shares", {"completion": "add1"}),
}  # fmt: skip

# Solvers that return any one of the best committees.
ANY_OPTIMUM = {"pulp-cbc", "branch-and-bound", "nx-max-flow"}


# Differences that are right, with why.
DISTRICTS = (
    "greedy Monroe: abcvoting represents the supporters that come first in the file, so that its committee changes with the "
    "order of ballots; here a district takes the same part of every supporter"
)


def compare(report: Report, profile: Profile, case: str, row: dict) -> None:
    method, options = RULES[row["rule"]]
    peer = row["peer"].split()[0]
    theirs = {tuple(sorted(c)) for c in row["committees"]}
    ties = {"ties": "id"} if row.get("resolute", True) and row.get("algorithm") not in ANY_OPTIMUM else {"ties": "parallel"}
    what = f"{case} {row['rule']} k={row['k']}"
    try:
        result = profile.rank(method, seats=row["k"], **options, **ties)
    except Refused as why:
        if why.status == "COCREATE_ERR_LIMIT" or "every committee must be filled" in why.text:
            report.not_applicable(method, peer, why.text)
        else:
            report.differ(method, peer, what, why.text, sorted(theirs)[:3], None)
        return
    ids = profile.index
    if ties["ties"] == "id":
        reason = DISTRICTS if row["rule"] == "greedy-monroe" else None
        report.compare(method, peer, what, {tuple(sorted(ids[o] for o in result["winners"]))}, theirs, reason)
        return
    ours = {tuple(sorted(ids[o] for o in c)) for c in result["trace"]["committees"]}
    if result["trace"]["committee_count"] > len(ours):
        report.not_applicable(method, peer, "more than 1,000 committees tie, and the trace names 1,000")
        return
    whole = not row.get("resolute", True) and row["n"] < (row.get("capped") or 10**9)
    good = ours == theirs if whole else theirs <= ours
    report.compare(method, peer, what, sorted(ours)[:3] if not good else theirs, sorted(theirs)[:3] if not good else theirs)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "expected" / "abc").glob("*.json")):
        answers = json.loads(path.read_text())
        file = next(f for f in sorted(shared.rglob(answers["file"])) if f.is_file())
        profile = library.read(file.suffix[1:], file.read_bytes(), APPROVAL)
        profile.index = library.ids(profile)
        for row in answers["committees"]:
            compare(report, profile, answers["file"], row)
    return report
