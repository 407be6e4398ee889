"""The logs of stv-rs' own tests of Meek's method, with and without equal ranks counted as all their orders."""

from __future__ import annotations

from pathlib import Path

from droop import NO_BALLOTS, blocks_of_report, numbers_of, rounds_alike
import orders
from library import Library, Refused
from report import Report

TITLE = "The suite of stv-rs 0.5.1"
PEER = "stv-rs"

UNEQUAL = "without `equalize` stv-rs gives each of equal ranks the same part, elected or not; here they count as all their orders"
DIGITS = "equal ranks: stv-rs cuts the share of each, here their mean is cut once, so that last digits differ; the elected are compared"
STOPS = "stv-rs stops in the middle: its fixed-width integers overflow, or it fails on the file"


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    folder = shared / "oracles" / "stv-rs"
    for path in sorted((folder / "meek").rglob("*.log")):
        name, *words = path.name.split(".")
        file = folder / "ballots" / path.relative_to(folder / "meek").parent / f"{name}.blt"
        if not file.is_file():
            report.not_applicable("stv_meek", PEER, NO_BALLOTS)
            continue
        ballots = file.read_bytes()
        case = str(path.relative_to(folder / "meek"))
        text = path.read_text()
        if "Count Complete" not in text:
            report.not_applicable("stv_meek", PEER, STOPS)
            continue
        try:
            profile = library.read("blt", ballots)
            numbers = numbers_of(profile.rank("plurality"))
            blocks, theirs, seats = blocks_of_report(text, numbers)
            result = profile.rank("stv_meek", seats=seats)
        except Refused as why:
            report.differ("stv_meek", PEER, case, why.text, "", None)
            continue
        count, reason = result, None
        if set(result["winners"]) != theirs:
            found = (r for r in orders.counts(profile, "stv_meek", seats=seats) if set(r["winners"]) == theirs)
            count = next(found, result)
            alone = b"=" in ballots and "equalize" not in words
            reason = orders.TIE if count is not result else UNEQUAL if alone else None
        report.compare("stv_meek, elected", PEER, case, set(result["winners"]), theirs, reason)
        if b"=" in ballots:
            report.not_applicable("stv_meek, rounds", PEER, DIGITS)
        elif words[-2] in ("fixed9", "bigfixed9"):
            rounds_alike(report, ("stv_meek", PEER, case), count["trace"]["rounds"], blocks)
    return report
