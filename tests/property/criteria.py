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

import criteria_rankings
from criteria_elections import Counter, Draw, Election, Library, Method
from library import Refused

TRIALS = 1000
# How many trials in a hundred suffice for a method that is slow.
SHARE = {"dodgson": 2}
SEARCH = 4  # a `no` may take so many times the trials
# Trials that break a criterion which few elections break.
LATE = {
    "approval_irv": {"Mono": 659, "Part": 10310},
    "baldwin": {"Part": 2407, "LNHelp": 1006},
    "banks": {"Plur": 297},
    "benham": {"Part": 539, "LNHarm": 10252},
    "bipartisan_set": {"Plur": 455},
    "black": {"LNHelp": 396, "Plur": 731},
    "borda": {"Plur": 731},
    "borda_minimax_faceoff": {"Mono": 10599, "Part": 3821, "Rev": 1897, "LNHelp": 396},
    "bottoms_up": {"Mono": 659, "Part": 10310},
    "btr_irv": {"Mono": 1429, "Part": 1792, "LNHarm": 372, "LNHelp": 1504},
    "condorcet_irv": {"Mono": 659, "Part": 2183, "Clone": 3671, "LNHarm": 10252},
    "condorcet_plurality": {"Part": 605},
    "coombs": {"LNHelp": 253},
    "copeland": {"Part": 605, "LNHelp": 909, "Plur": 701},
    "copeland_global_borda": {"LNHelp": 396},
    "copeland_global_minimax": {"Part": 605, "Rev": 780, "LNHelp": 909},
    "copeland_local_borda": {"LNHelp": 596},
    "copeland_local_minimax": {"Rev": 780, "LNHelp": 716},
    "daunou": {"Smith": 621, "Mono": 433},
    "essential_set": {"Plur": 455},
    "irv": {"Mono": 659, "Part": 2183},
    "kemeny": {"LNHelp": 418},
    "leximax": {"Part": 2220, "LNHelp": 418},
    "llull": {"Part": 605, "Plur": 701},
    "loss_trimmer": {"Part": 1088, "LNHelp": 731},
    "minimax": {"Part": 2220, "LNHelp": 1006, "Plur": 10468},
    "minimax strength=margins": {"Part": 2220},
    "minimax strength=opposition": {"Part": 2220, "LNHelp": 1006},
    "most_wins_smallest_loss": {"Part": 605, "Rev": 780, "LNHelp": 909},
    "nanson": {"ISDA": 255},
    "positive_negative": {"Par": 1106, "Plur": 731},
    "ranked_pairs": {"Part": 5912, "LNHelp": 1006},
    "raynaud": {"Part": 1149, "LNHelp": 274, "Plur": 455},
    "river": {"Part": 9405, "LNHelp": 1006},
    "schulze": {"Part": 9405, "LNHelp": 1006},
    "schwartz": {"Plur": 701},
    "simple_stable_voting": {"Rev": 1460, "LNHelp": 533},
    "simplified_dodgson": {"MLos": 1105, "MutM": 1105, "CLos": 1105, "Smith": 1105, "Part": 5571, "ISDA": 1105, "LNHelp": 10165},
    "slater": {"Plur": 701},
    "smith_irv": {"Mono": 433, "LNHarm": 725, "LNHelp": 10468},
    "smith_minimax": {"Part": 2046, "LNHelp": 1006},
    "split_cycle": {"Part": 9405, "LNHelp": 1006},
    "split_irv": {"Mono": 659, "Part": 10310},
    "stable_voting": {"Rev": 1460, "LNHelp": 418},
    "superior_voting": {"LNHelp": 1024},
    "supplementary": {"Part": 649},
    "tideman_alternative": {"Mono": 433, "Part": 2183, "LNHarm": 725, "LNHelp": 10468},
    "two_round": {"Mono": 382, "Part": 649},
    "uncovered": {"Plur": 455},
    "veto": {"LNHelp": 398, "Plur": 261},
    "weak_condorcet": {"Reinf": 408},
    "weighted_covering": {"Plur": 261},
    "woodall": {"Mono": 659, "Part": 2183, "LNHarm": 10252},
    "young": {"Part": 2220},
}


class Cell(NamedTuple):
    method: Method
    criterion: str
    sign: str

    def __str__(self) -> str:
        return f"{self.method}, {self.criterion}"


class Table(NamedTuple):
    criteria: list[str]
    cells: list[Cell]


def read(path: pathlib.Path) -> tuple[list[Table], set[str]]:
    """The tables of the document, and the methods it leaves out."""
    tables: list[Table] = []
    out: set[str] = set()
    row = False
    text = path.read_text(encoding="utf-8")
    for paragraph in re.findall(r"^Left out: (.*?)\n$", text, re.S | re.M):
        out.update(re.findall(r"`(\w+)`", paragraph))
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| method "):
            tables.append(Table(cells[1:], []))
            row = True
        elif not line.startswith("|"):
            row = False
        elif row and line.startswith("| "):
            names = [Method.read(name) for name in cells[0].split(", ")]
            if len(cells) != len(tables[-1].criteria) + 1 or not set(cells[1:]) <= {"yes", "no", "(no)", "?"}:
                raise SystemExit(f"{path}: a row that does not fit its table: {line}")
            tables[-1].cells.extend(
                Cell(name, criterion, sign) for name in names for criterion, sign in zip(tables[-1].criteria, cells[1:])
            )
    return tables, out


class Check:
    def __init__(self, counter: Counter, cells: list[Cell]) -> None:
        self.counter = counter
        self.kept = {cell: 0 for cell in cells if cell.sign in ("yes", "?")}
        self.open = {cell for cell in cells if cell.sign == "no"}
        self.wrong: list[str] = []

    def answer(self, cell: Cell, question: Callable) -> tuple[bool | None, list[Election]]:
        """Whether the criterion holds (None: the method refuses so large a search), and the elections looked at."""
        seen: list[Election] = []

        def winners(e: Election, *seats: int) -> frozenset[int]:
            if e not in seen:
                seen.append(e)
            return self.counter.winners(cell.method, e, *seats)

        try:
            return question(winners), seen
        except Refused as refused:
            if refused.status != "COCREATE_ERR_LIMIT":
                raise
            return None, seen

    def one(self, cell: Cell, question: Callable, trial: int) -> None:
        holds, seen = self.answer(cell, question)
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
            for e in seen:
                winners = " ".join("abcdefghij"[o] for o in sorted(self.counter.winners(cell.method, e)))
                self.wrong.append(f"    {e}\n        -> {winners or 'nobody'}")

    def run(self, questions: Callable, first: int, trials: int) -> None:
        known = ((cell, LATE.get(str(cell.method), {}).get(cell.criterion)) for cell in self.open)
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


def single_winner(counter: Counter) -> set[str]:
    return {
        method["name"] for method in counter.registry()
        if not method["elects"] and "ranking" in method["evidence"]
    }  # fmt: skip


def main() -> int:
    counter = Counter(Library(sys.argv[1]))
    tables, out = read(pathlib.Path(sys.argv[2]))
    trials, first = (int(number) for number in (sys.argv[3:] + [str(TRIALS), "0"][len(sys.argv) - 3 :])[:2])
    wrong = [
        f"{name} has no row" for name in sorted(single_winner(counter) - out - {c.method.name for t in tables for c in t.cells})
    ]
    least, kept, broken = trials, 0, 0
    for table in tables:
        check = Check(counter, table.cells)
        check.run(criteria_rankings.questions, first, trials)
        wrong += check.wrong
        kept += len(check.kept)
        least = min([least, *check.kept.values()])
        broken += sum(cell.sign == "no" for cell in table.cells) - len(check.open)
    print("\n".join(wrong))
    print(f"criteria: {kept} cells hold in {least} trials or more, {broken} are broken as the table says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
