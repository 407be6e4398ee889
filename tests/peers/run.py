"""Counts everything that the peers' own suites and answers hold, and tells where the library agrees.

    run.py --library LIBRARY [--shared FOLDER] [--markdown FILE] [SUITE...]

SUITE is a module of this folder. Exit 1 when a difference is not explained.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from library import Library

SUITES = [
    "preflib", "approvals", "budgets", "stv", "abcvoting", "rctab", "droop", "stv_rs", "starvote", "rcv_report", "condorcet_php",
    "votelib_tests",
]  # fmt: skip

INTRODUCTION = """# Agreement

What other programs answer for the same ballots, and where the library agrees: their own test suites, and their answers for files of
PrefLib, Pabulib, Scottish wards and droop. Answers of methods that have no counterpart here are left out. Compared are winners or
committees (all that tie, where the peer lists them), and rounds where there are reports of them. *Differ* is explained below its
table; an unexplained difference fails the test. A tie excuses a difference only where another order of those that tie leads to the
peer's answer: the counts under such orders are run until one does. The page is written by `tests/peers/run.py --markdown`, the tests
are `ctest -L peers`.

rcv.report publishes no ballots; from the piles of its rounds and the votes of its pairs ballots are made that have both. Not compared:
the 14 elections of ConcreteSTV. Their ballots are for parties above the line or for candidates below it, and their answers, which are
in its code, those of Australian rules that have no counterpart here.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    here = Path(__file__).resolve()
    parser.add_argument("--library", required=True)
    parser.add_argument("--shared", default=os.environ.get("COCREATE_SHARED", here.parents[3] / "shared"))
    parser.add_argument("--markdown")
    parser.add_argument("suites", nargs="*", default=SUITES)
    arguments = parser.parse_args()
    shared = Path(arguments.shared) / "data" / "voting"
    if not shared.is_dir():
        print(f"{shared} is not there: skipped, nothing to compare with")
        return 77
    reports = [importlib.import_module(name).run(Library(arguments.library), shared) for name in arguments.suites]
    for report in reports:
        report.write()
    if arguments.markdown:
        Path(arguments.markdown).write_text(INTRODUCTION + "\n" + "\n".join(report.markdown() for report in reports))
    return 1 if any(report.unexplained for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
