"""The test suite of starvote: STAR and its proportional relatives, with the winners of its transcripts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import orders
from library import SCORE, Library, Refused
from report import Report

TITLE = "The suite of starvote 2.1.6"
PEER = "starvote"
METHODS = {"star": "star", "bloc": "bloc_star", "allocated": "allocated_score", "rrv": "reweighted_range",
           "sss": "sequentially_spent_score"}  # fmt: skip

LANGUAGE = "a test of the language of .starvote files or of its options, which is not read here"
REFUSED = "starvote refuses the election (more seats than candidates, or a tiebreaker that does not fit); here it has a result"
SHARES = (
    "allocated score: starvote fills the quota with ballots, whatever share of them is left; the specification, and the count here, "
    "with shares (Equal Vote Coalition, Proportional STAR, appendix F)"
)
LETTERS = "of a single candidate starvote names the first letter: it takes the name for a list"
UNBROKEN = "starvote leaves the tie unbroken and gives no winners"

Ballot = dict[str, int]


def read_csv(path: Path) -> list[Ballot]:
    """An export of star.vote: three columns about the vote, then one a candidate."""
    with open(path, newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    return [{name.strip(): int(cell) for name, cell in zip(rows[0][3:], row[3:])} for row in rows[1:] if row]


def read_starvote(path: Path) -> tuple[dict[str, str], list[Ballot]]:
    """Options, and ballots: lines "name = score", ballots parted by blank lines, "5 ballots:" before equal ones."""
    options: dict[str, str] = {}
    ballots: list[Ballot] = []
    section, count, ballot = "", 1, {}
    in_list = False
    for raw in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        line = raw.partition("#")[0].strip()
        if raw.strip().startswith("#"):
            continue
        many = re.fullmatch(r"(\d+) ballots?:", line)
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif section == "options":
            in_list = (in_list or line.endswith("[")) and not line.endswith("]")
            if in_list and line and "=" not in line:
                options["order"] = options.get("order", "") + line + "\n"
            key, equals, value = (part.strip() for part in line.partition("="))
            if equals:
                options[key] = value
        elif section == "ballots":
            if line == "" or many:
                ballots += [ballot] * (count if ballot else 0)
                ballot = {}
                count = int(many[1]) if many else count
            else:
                name, _, score = line.rpartition("=")
                ballot[name.strip()] = int(score)
    return options, ballots


def winners_of(text: str) -> set[str] | None:
    """The last section "[...: Winner(s)]" of a transcript, if it ends with one."""
    sections = re.split(r"^\[(.*)\]$", text, flags=re.M)
    if len(sections) < 3 or not re.search(r": Winners?$", sections[-2]):
        return None
    return {line.strip() for line in sections[-1].split("\n") if line.strip()}


def one(report: Report, library: Library, path: Path) -> None:
    theirs_text = path.with_suffix(".txt").read_text(encoding="utf-8")
    options, ballots = read_starvote(path) if path.suffix == ".starvote" else ({"method": "star"}, [])
    if "starvote_path" in options:
        other, ballots = read_starvote(path.parent / options["starvote_path"])
        options = {**other, **options}
    if path.suffix == ".csv" or "csv_path" in options:
        file = path if path.suffix == ".csv" else path.parent / options["csv_path"]
        if not file.is_file():
            report.not_applicable(METHODS[options["method"]], PEER, "the ballots of the election are not in the suite as kept")
            return
        ballots = read_csv(file)
    method = METHODS[options["method"]]
    names = list(dict.fromkeys(name for ballot in ballots for name in ballot))
    order = options.get("order", "").split("\n")[:-1]  # ties go to who stands first in the tiebreaker's list
    names.sort(key=lambda name: order.index(name) if name in order else len(order))
    theirs = winners_of(theirs_text)
    if theirs is None:
        report.not_applicable(method, PEER, UNBROKEN if "nbreakable" in theirs_text else REFUSED)
        return
    built = ((list(map(names.index, b)), list(b.values()), 1) for b in ballots)
    seats = int(options.get("seats", 1))
    extra: dict[str, object] = {"ties": "id"}
    if method not in ("star", "bloc_star"):
        extra["maximum_score"] = options.get("maximum score", "5")
    try:
        profile = library.build(SCORE, names, built)
        ours = set(profile.rank(method, seats=seats, **extra)["winners"])
    except Refused as why:
        report.differ(method, PEER, path.name, why.text, theirs, None)
        return
    reason = LETTERS if len(names) == 1 else SHARES if method == "allocated_score" else None
    if reason is None and ours != theirs:
        reason = orders.electing(profile, theirs, method, seats=seats, **extra)
    report.compare(method, PEER, path.name, ours, theirs, reason)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    folder = shared / "oracles" / "starvote"
    for path in sorted([*folder.glob("*.starvote"), *folder.glob("*.csv")]):
        if path.name.startswith("bad_syntax") or not path.with_suffix(".txt").is_file():
            report.not_applicable("star", PEER, LANGUAGE)
        else:
            one(report, library, path)
    return report
