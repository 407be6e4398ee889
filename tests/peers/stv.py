"""Committees of real wards by single transferable vote, as ten programs counted them."""

from __future__ import annotations

import json
from pathlib import Path

import orders
from library import Library, Profile, Refused
from report import Report

TITLE = "STV of Scottish wards and droop's files: droop, OpenSTV, stv-rs, pref_voting, votelib, VoteKit, pyrankvote, Condorcet PHP, RCTab"
EXACT_DROOP = {"quota": "droop_exact"}
RCTAB = "multiWinner{} int Droop 5dp useCandidateOrder"

RULES: dict[tuple[str, str], tuple[str, dict]] = {
    ("droop", "scotland"): ("stv_scottish", {}), ("droop", "wigm-prf"): ("stv_wigm", EXACT_DROOP),
    ("droop", "wigm-prf-batch"): ("stv_wigm", {**EXACT_DROOP, "batch": "sure_losers"}),
    ("droop", "wigm"): ("stv_wigm", {**EXACT_DROOP, "decimals": "exact"}), ("droop", "meek-prf"): ("stv_meek", {}),
    ("droop", "meek"): ("stv_meek", {}), ("droop", "warren"): ("stv_warren", {}), ("droop", "qpq"): ("qpq", {}),
    ("droop", "cfer"): ("stv_cfer", {}), ("droop", "cfer-batch"): ("stv_cfer", {"batch": "sure_losers"}),
    ("droop", "mpls"): ("stv_minneapolis", {}), ("OpenSTV", "MeekSTV"): ("stv_meek", {"variant": "openstv"}),
    ("OpenSTV", "MeekNZSTV"): ("stv_meek", {"variant": "new_zealand"}), ("OpenSTV", "MeekQXSTV"): ("stv_meek", {}),
    ("OpenSTV", "WarrenSTV"): ("stv_warren", {"decimals": 6}), ("OpenSTV", "WarrenQXSTV"): ("stv_warren", {}),
    ("OpenSTV", "NIrelandSTV"): ("stv_northern_ireland", {}), ("OpenSTV", "ScottishSTV"): ("stv_scottish", {}),
    ("OpenSTV", "ERS97STV"): ("stv_ers97", {}), ("OpenSTV", "QPQ"): ("qpq", {}),
    ("OpenSTV", "MinneapolisSTV"): ("stv_minneapolis", {}), ("OpenSTV", "SanFranciscoRCV"): ("stv_san_francisco", {}),
    ("OpenSTV", "FTSTV"): ("stv_wigm", {"decimals": 6}), ("OpenSTV", "SNTV"): ("sntv", {}),
    ("stv-rs", "meek bigfixed9"): ("stv_meek", {}), ("stv-rs", "meek approx"): ("stv_meek", {}),
    ("stv-rs", "meek float64"): ("stv_meek", {}), ("pref_voting", "stv_scottish"): ("stv_scottish", {}),
    ("pref_voting", "stv_wig"): ("stv_wigm", {"quota": "hagenbach_bischoff", "decimals": "exact"}),
    ("pref_voting", "stv_nb"): ("stv_gregory", {"quota": "hagenbach_bischoff"}),
    ("pref_voting", "stv_last_parcel"): ("stv_last_parcel", {}), ("pref_voting", "stv_meek"): ("stv_meek", {}),
    ("pref_voting", "stv_warren"): ("stv_warren", {}), ("pref_voting", "cpo_stv"): ("stv_cpo", {}),
    ("votelib", "TransferableVoteSelector(Gregory,droop)"): ("stv_gregory", {}),
    ("votelib", "TransferableVoteSelector(Gregory,hare)"): ("stv_gregory", {"quota": "hare"}),
    ("votelib", "TransferableVoteSelector(Gregory,hagenbach_bischoff)"): ("stv_gregory", {"quota": "hagenbach_bischoff"}),
    ("votekit", "STV exact simultaneous droop"): ("stv_gregory", {}),
    ("votekit", "STV exact one-at-a-time droop"): ("stv_gregory", {}),
    ("pyrankvote", "single_transferable_vote (fractional droop)"): ("stv_gregory", EXACT_DROOP),
    ("Condorcet", "STV"): ("stv_gregory", {}), ("Condorcet", "CPO STV"): ("stv_cpo", {}),
    ("RCTab", RCTAB.format("AllowMultipleWinnersPerRound")): ("stv_wigm", {"decimals": 5}),
    ("RCTab", RCTAB.format("AllowOnlyOneWinnerPerRound")): ("stv_wigm", {"decimals": 5}),
    ("RCTab", "multiWinner hareQuota 5dp useCandidateOrder"): ("stv_wigm", {"decimals": 5, "quota": "hare"}),
    ("RCTab", "bottomsUp useCandidateOrder"): ("stv_san_francisco", {}),
}  # fmt: skip

# Differences that are right: (peer, file), with why.
EXPLAINED = {
    ("pyrankvote", "SCw.blt"): (
        "pyrankvote divides a surplus by the number of ballots, whatever part of a vote each still is; with parts of one value, as "
        "here, its own count elects 3 as well"
    ),
}
ALL_ORDERS = "several committees are equally good, the peer's among them; `ties=parallel` lists them"


def flat(winners: list) -> set[int]:
    return {n for item in winners for n in (flat(item) if isinstance(item, list) else {item})}


def compare(report: Report, profile: Profile, case: str, seats: int, row: dict) -> None:
    peer = row["peer"].split()[0]
    if (peer, row["method"]) not in RULES or not isinstance(row.get("winners"), list):
        return
    method, options = RULES[peer, row["method"]]
    try:
        result = profile.rank(method, seats=seats, **options)
    except Refused as why:
        if why.status == "COCREATE_ERR_LIMIT":
            report.not_applicable(method, peer, why.text)
        else:
            report.differ(method, peer, case, why.text, row["winners"], None)
        return
    ours, theirs = {int(o) for o in result["winners"]}, flat(row["winners"])
    reason = None
    if ours != theirs:
        reason = EXPLAINED.get((peer, case)) or tie_of(profile, result, {str(n) for n in theirs}, method, {**options, "seats": seats})
    report.compare(method, peer, f"{case} {row['method']}", ours, theirs, reason)


def tie_of(profile: Profile, result: dict, theirs: set[str], method: str, options: dict) -> str | None:
    """Why their committee may be elected as well."""
    if "committees" in result["trace"]:
        return ALL_ORDERS if theirs in map(set, result["trace"]["committees"]) else None
    return orders.electing(profile, theirs, method, **options)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "expected" / "stv").glob("*.json")):
        answers = json.loads(path.read_text())
        file = next(f for f in sorted((shared / "blt").rglob(answers["file"])) if f.is_file())
        profile = library.read("blt", file.read_bytes())
        for row in answers["results"]:
            compare(report, profile, answers["file"], answers["seats"], row)
    return report
