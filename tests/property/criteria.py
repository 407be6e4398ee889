"""Holds docs/reference/criteria.md against the library, on generated elections.

    criteria.py LIBRARY TABLE [TRIALS [FIRST]]

Every row of a table is a method, with options where they differ from the defaults, and every column a criterion. A
cell is checked as the document says of its sign: `yes` and `?` hold in all of the trials, and for `no` a trial that
breaks it is found. Everyone can repeat a trial by its number.
"""

from __future__ import annotations

import pathlib
import re
import sys
from collections.abc import Callable
from typing import NamedTuple

import criteria_budgets
import criteria_committees
import criteria_rankings
import criteria_ratings
import criteria_seats
from criteria_elections import Counter, Library, Method
from criteria_late import LATE
from library import Refused

# How many trials in a hundred suffice for a method that is slow.
SHARE = {"dodgson": 2}
SEARCH = 4  # a `no` may take so many times the trials
SIGNS = {"yes", "no", "(no)", "?", "-"}


class Section(NamedTuple):
    """A part of the document: of the methods that count such elections."""

    questions: Callable[[int], dict[str, Callable]]
    answer: str  # of a Counter: what a criterion asks of an election
    trials: int
    kind: str  # of evidence
    elects: str  # or empty for one winner


SECTIONS = {
    "One winner from rankings": Section(criteria_rankings.questions, "winners", 1000, "ranking", ""),
    "One winner from approvals": Section(criteria_ratings.approved, "winners", 300, "approval", ""),
    "One winner from scores": Section(criteria_ratings.questions, "winners", 300, "score", ""),
    "Committees from approvals": Section(criteria_committees.questions, "committees", 100, "approval", "committee"),
    "Committees from scores": Section(criteria_committees.questions, "committees", 100, "score", "committee"),
    "Committees from rankings": Section(criteria_seats.questions, "elected", 150, "ranking", "committee"),
    "Budgets from approvals": Section(criteria_budgets.questions, "selected", 300, "approval", "budget"),
}


class Cell(NamedTuple):
    method: Method
    criterion: str
    sign: str

    def __str__(self) -> str:
        return f"{self.method}, {self.criterion}"


class Table(NamedTuple):
    section: str
    criteria: list[str]
    cells: list[Cell]


def read(path: pathlib.Path) -> tuple[list[Table], set[str]]:
    """The tables of the document, and the methods it leaves out."""
    tables: list[Table] = []
    out: set[str] = set()
    section = ""
    row = False
    text = path.read_text(encoding="utf-8")
    for paragraph in re.findall(r"^Left out: (.*?)\n$", text, re.S | re.M):
        out.update(re.findall(r"`(\w+)`", paragraph))
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            section = line[3:]
        if line.startswith("| method "):
            tables.append(Table(section, cells[1:], []))
            row = True
        elif not line.startswith("|"):
            row = False
        elif row and line.startswith("| "):
            names = [Method.read(name) for name in cells[0].split(", ")]
            if len(cells) != len(tables[-1].criteria) + 1 or not set(cells[1:]) <= SIGNS:
                raise SystemExit(f"{path}: a row that does not fit its table: {line}")
            tables[-1].cells.extend(
                Cell(name, criterion, sign) for name in names for criterion, sign in zip(tables[-1].criteria, cells[1:])
            )
    return tables, out


class Check:
    def __init__(self, counter: Counter, table: Table) -> None:
        self.section = SECTIONS[table.section]
        self.late = LATE.get(table.section, {})
        self.counter = counter
        self.kept = {cell: 0 for cell in table.cells if cell.sign in ("yes", "?")}
        self.open = {cell for cell in table.cells if cell.sign == "no"}
        self.wrong: list[str] = []

    def holds(self, cell: Cell, question: Callable) -> tuple[bool | None, dict[tuple, frozenset]]:
        """Whether the criterion holds (None: the method refuses so large a search), and the answers looked at."""
        seen: dict[tuple, frozenset] = {}
        answer = getattr(self.counter, self.section.answer)

        def asked(*election: object) -> frozenset:
            seen[election] = answer(cell.method, *election)
            return seen[election]

        try:
            return question(asked), seen
        except Refused as refused:
            if refused.status != "COCREATE_ERR_LIMIT":
                raise
            return None, seen

    def one(self, cell: Cell, question: Callable, trial: int) -> None:
        holds, seen = self.holds(cell, question)
        if holds is None:
            return
        if cell.sign == "no":
            if not holds:
                self.open.discard(cell)
            return
        self.kept[cell] += 1
        if not holds:
            del self.kept[cell]
            self.wrong.append(f"{cell}: '{cell.sign}' is wrong, by trial {trial}:")
            for (election, *seats), answer in seen.items():
                self.wrong.append(f"    {election}{''.join(f', {k} seats' for k in seats)}\n        -> {text_of(answer)}")

    def run(self, first: int, trials: int) -> None:
        questions = self.section.questions
        known = ((cell, self.late.get(str(cell.method), {}).get(cell.criterion)) for cell in self.open)
        late = {cell: trial for cell, trial in known if trial is not None}
        for cell, trial in late.items():
            self.one(cell, questions(trial)[cell.criterion], trial)
            self.counter.forget()
        for trial in range(first, first + SEARCH * trials):
            due = [cell for cell in self.open if cell not in late]
            if trial < first + trials:
                due += [cell for cell in self.kept
                        if 100 * (trial - first) < trials * SHARE.get(cell.method.name, 100)]  # fmt: skip
            if not due:
                break
            asked = questions(trial)
            for cell in due:
                self.one(cell, asked[cell.criterion], trial)
            self.counter.forget()
        self.wrong.extend(f"{cell}: 'no', but no trial breaks it" for cell in sorted(self.open, key=str))


def text_of(answer: frozenset) -> str:
    """Options as letters, committees one after the other."""
    if any(isinstance(item, frozenset) for item in answer):
        return ", ".join(sorted(map(text_of, answer)))
    return " ".join("abcdefghijklmnopqrst"[o] for o in sorted(answer)) or "nobody"


def expected(counter: Counter, section: str) -> set[str]:
    """The methods that need a row, once: of several kinds of ballots the first here counts."""
    part = SECTIONS[section]
    kinds = ["approval", "ranking", "score"] if part.elects else ["ranking", "approval", "score"]
    return {
        name for name, method in counter.methods.items()
        if (part.elects in method["elects"] if part.elects else not method["elects"])
        and part.kind == next(kind for kind in kinds if kind in method["evidence"])
    }  # fmt: skip


def main() -> int:
    counter = Counter(Library(sys.argv[1]))
    tables, out = read(pathlib.Path(sys.argv[2]))
    wrong = []
    for section in SECTIONS:
        rows = {cell.method.name for table in tables if table.section == section for cell in table.cells}
        wrong += [f"{name} has no row in {section}" for name in sorted(expected(counter, section) - out - rows)]
    least, kept, broken = sys.maxsize, 0, 0
    for table in tables:
        trials = int(sys.argv[3]) if len(sys.argv) > 3 else SECTIONS[table.section].trials
        check = Check(counter, table)
        check.run(int(sys.argv[4]) if len(sys.argv) > 4 else 0, trials)
        wrong += check.wrong
        kept += len(check.kept)
        least = min([least, *check.kept.values()])
        broken += sum(cell.sign == "no" for cell in table.cells) - len(check.open)
    print("\n".join(wrong))
    print(f"criteria: {kept} cells hold in {least} trials or more, {broken} are broken as the table says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
