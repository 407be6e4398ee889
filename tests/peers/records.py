"""Cast vote records in the formats of the vendors that RCTab reads: the marks of every ballot, rank by rank."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

WRITE_INS = "Undeclared Write-ins"
OVERVOTE = "overvote"
Marks = dict[int, list[str]]  # names by rank from 1


def rows_of(path: Path) -> list[list[str]]:
    opened = gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else open(path, encoding="utf-8-sig")
    with opened as stream:
        return list(csv.reader(stream))


def number(text: str | None) -> int:
    return int(text) if text else 0


def ess(path: Path, source: dict) -> Iterator[Marks]:
    """A sheet of ES&S as CSV: a column a rank."""
    first = number(source["firstVoteColumnIndex"]) - 1
    for row in rows_of(path)[number(source["firstVoteRowIndex"]) - 1 :]:
        marks: Marks = {}
        for rank, cell in enumerate((c.strip() for c in row[first:]), 1):
            if cell == "" and source.get("treatBlankAsUndeclaredWriteIn"):
                marks[rank] = [WRITE_INS]
            elif cell not in ("", source.get("skippedRankLabel")):
                delimiter = source.get("overvoteDelimiter")
                marks[rank] = [label(c.strip(), source) for c in (cell.split(delimiter) if delimiter else [cell])]
        yield marks


def label(cell: str, source: dict) -> str:
    if cell == source.get("overvoteLabel") and cell:
        return OVERVOTE
    return WRITE_INS if cell == source.get("undeclaredWriteInLabel") and cell else cell


def generic(path: Path, source: dict) -> Iterator[Marks]:
    """A column a candidate, whose cells are ranks."""
    rows = rows_of(path)
    first = number(source["firstVoteColumnIndex"]) - 1
    names = [label(name.strip(), source) for name in rows[0]]
    for row in rows[number(source["firstVoteRowIndex"]) - 1 :]:
        yield grouped((int(cell), names[first + i]) for i, cell in enumerate(row[first:]) if cell.strip())


def grouped(pairs: Iterable[tuple[int, str]]) -> Marks:
    marks: Marks = {}
    for rank, name in pairs:
        marks.setdefault(rank, []).append(name)
    return marks


def clear_ballot(path: Path, source: dict) -> Iterator[Marks]:
    """A column a candidate and rank: "Choice_1_1:contest:rank:Vote For 1:name:party"."""
    rows = rows_of(path)
    columns = []
    for i, title in enumerate(rows[0]):
        parts = title.split(":")
        if len(parts) > 4 and parts[1] == source["contestId"]:
            columns.append((i, int(parts[2]), label(parts[4], source)))
    for row in rows[1:]:
        yield grouped((rank, name) for i, rank, name in columns if row[i] == "1")


def dominion(path: Path, source: dict) -> Iterator[Marks]:
    """A folder of CvrExport*.json: sessions, cards, contests, marks."""
    for file in sorted(path.glob("CvrExport*.json*")):
        text = gzip.open(file, "rt").read() if file.suffix == ".gz" else file.read_text(encoding="utf-8-sig")
        for session in json.loads(text)["Sessions"]:
            record = session["Original"]
            if not record["IsCurrent"]:
                record = session["Modified"]
            for contest in (c for card in record.get("Cards", [record]) for c in card["Contests"]):
                if str(contest["Id"]) == source["contestId"]:
                    yield grouped(
                        (mark["Rank"], label(str(mark["CandidateId"]), source))
                        for mark in contest["Marks"] if not mark["IsAmbiguous"]
                    )  # fmt: skip


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def tree(element: ElementTree.Element) -> dict | str:
    """Elements as a dictionary of lists, without name spaces."""
    out: dict = dict(element.attrib)
    for child in element:
        out.setdefault(local(child), []).append(tree(child))
    return out if out else (element.text or "").strip()


def hart(path: Path, source: dict) -> Iterator[Marks]:
    """A folder with a file a ballot; the value of an option has a 1 at the rank it is given."""
    for file in sorted(path.glob("*.xml")):
        for contest in tree(ElementTree.parse(file).getroot())["Contests"][0]["Contest"]:
            if contest["Id"] == [source["contestId"]]:
                options = contest["Options"][0] if contest.get("Options") else {}
                found = options.get("Option", []) if isinstance(options, dict) else []
                yield grouped(
                    (rank, label(option["Id"][0], source)) for option in found
                    for rank, bit in enumerate(option["Value"][0], 1) if bit == "1"
                )  # fmt: skip


def text_of(item: object) -> str:
    """The first text somewhere below a node of XML or JSON."""
    while not isinstance(item, str):
        item = (item.get("Text") or item.get("Content") or list(item.values())) if isinstance(item, dict) else item[0]
    return item


def one_of(item: object) -> object:
    return item[0] if isinstance(item, list) else item


def listed(item: object) -> list:
    return item if isinstance(item, list) else [] if item is None else [item]


def common(path: Path, source: dict) -> Iterator[Marks]:
    """NIST's common data format 1.0, in JSON or XML."""
    data = json.loads(path.read_text()) if path.suffix == ".json" else tree(ElementTree.parse(path).getroot())
    election = listed(data["Election"])[0]
    ids = lambda item: one_of(item.get("@id") or item.get("ObjectId"))  # noqa: E731
    people = {ids(c): text_of(c["Name"]) if "Name" in c else WRITE_INS for c in listed(election["Candidate"])}
    names: dict[str, str] = {}
    contests = [c for c in listed(election["Contest"]) if text_of(c.get("Name", "")) == source["contestId"]]
    for selection in (s for c in contests for s in listed(c.get("ContestSelection"))):
        candidate = one_of(selection.get("CandidateIds") or [""])
        names[ids(selection)] = WRITE_INS if candidate == "" else people[str(candidate).split()[0]]
    wanted = {ids(c) for c in contests}
    for record in listed(data["CVR"]):
        current = one_of(record["CurrentSnapshotId"])
        for snapshot in (s for s in listed(record["CVRSnapshot"]) if ids(s) == current):
            for contest in listed(snapshot.get("CVRContest")):
                if one_of(contest["ContestId"]) in wanted:
                    yield grouped(common_marks(contest, names))


def common_marks(contest: dict, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    for selection in listed(contest.get("CVRContestSelection")):
        name = names.get(one_of(selection.get("ContestSelectionId") or ""), WRITE_INS)
        for position in listed(selection["SelectionPosition"]):
            if one_of(position.get("HasIndication", "yes")) == "yes" and one_of(position.get("IsAllocable")) != "no":
                yield int(one_of(position.get("Rank") or selection.get("Rank") or 1)), name


READERS = {"ess": ess, "genericCsv": generic, "clearBallot": clear_ballot, "dominion": dominion, "hart": hart, "cdf": common}


def find(folder: Path, name: str) -> Path | None:
    for suffix in ("", ".csv", ".csv.gz", ".gz"):
        path = folder / (name + suffix)
        if path.exists():
            return path
    return None


def read(folder: Path, config: dict) -> list[Marks] | None:
    """The marks of all ballots with the names of the configuration; None where a file is not there.

    Where the suite holds the ballots as RCTab read them (it took 124 of the 197 of an export), these are read.
    """
    for path in folder.glob("*_expected_rctab_cvr.csv"):
        read_by_rctab = {"firstVoteColumnIndex": "9", "firstVoteRowIndex": "2", "skippedRankLabel": "undervote"}
        written = {source["undeclaredWriteInLabel"] for source in config["cvrFileSources"]}
        return [{r: [WRITE_INS if n in written else n for n in names] for r, names in m.items()} for m in ess(path, read_by_rctab)]
    alias = {a: c["name"] for c in config["candidates"] for a in [*c.get("aliases", []), c["name"]]}
    alias |= {WRITE_INS: WRITE_INS, OVERVOTE: OVERVOTE}
    ranks = config["rules"]["maxRankingsAllowed"]
    most = int(ranks) if ranks.isdigit() else len(config["candidates"])
    out = []
    for source in config["cvrFileSources"]:
        path = find(folder, source["filePath"])
        if path is None or (path.is_dir() and not any(re.match(r"CvrExport|.*\.xml$", f.name) for f in path.iterdir())):
            return None
        for marks in READERS[source["provider"]](path, source):
            kept = {rank: names for rank, names in marks.items() if rank <= most}
            out.append({rank: [alias[name] for name in names] for rank, names in kept.items()})
    return out
