"""What a comparison found: agreements, explained differences, cases that do not apply, and all others."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter


class Report:
    """Counts by (method, peer); a difference without an explanation fails the run."""

    def __init__(self, suite: str) -> None:
        self.suite = suite
        self.counts: dict[tuple[str, str], Counter[str]] = {}
        self.explained: dict[str, Counter[tuple[str, str]]] = {}
        self.unexplained: list[str] = []

    def _count(self, method: str, peer: str, verdict: str) -> None:
        self.counts.setdefault((method, peer), Counter())[verdict] += 1

    def agree(self, method: str, peer: str) -> None:
        self._count(method, peer, "agree")

    def differ(self, method: str, peer: str, case: str, ours: object, theirs: object, reason: str | None) -> None:
        """A difference, with why it is right to differ, or None."""
        self._count(method, peer, "differ")
        if reason is not None:
            self.explained.setdefault(reason, Counter())[(method, peer)] += 1
        else:
            self.unexplained.append(f"{self.suite}: {method} / {peer}: {case}: ours {ours}, theirs {theirs}")

    def not_applicable(self, method: str, peer: str, reason: str) -> None:
        self._count(method, peer, "n/a")
        self.explained.setdefault(reason, Counter())[(method, peer)] += 1

    def compare(self, method: str, peer: str, case: str, ours: object, theirs: object, reason: str | None = None) -> None:
        if ours == theirs:
            self.agree(method, peer)
        else:
            self.differ(method, peer, case, ours, theirs, reason)

    def rows(self) -> list[tuple[str, str, int, int, int]]:
        return [
            (method, peer, count["agree"], count["differ"], count["n/a"])
            for (method, peer), count in sorted(self.counts.items())
        ]

    def write(self, out=sys.stdout) -> None:
        print(f"\n{self.suite}", file=out)
        print(f"{'method':34} {'peer':22} {'agree':>6} {'differ':>6} {'n/a':>6}", file=out)
        for method, peer, agree, differ, skipped in self.rows():
            print(f"{method:34} {peer:22} {agree:6} {differ:6} {skipped:6}", file=out)
        for reason, cases in sorted(self.explained.items()):
            methods = ", ".join(sorted({method for method, _ in cases}))
            print(f"  {sum(cases.values())} of {methods}: {reason}", file=out)
        for line in self.unexplained:
            print(f"  UNEXPLAINED {line}", file=out)

    def markdown(self) -> str:
        lines = [f"## {self.suite}", "", "| method | peer | agree | differ | not applicable |", "|---|---|--:|--:|--:|"]
        lines += [f"| {m} | {p} | {a} | {d} | {s} |" for m, p, a, d, s in self.rows()]
        if self.explained:
            lines += ["", "Differences and cases left out:", ""]
        for reason, cases in sorted(self.explained.items()):
            methods = ", ".join(sorted({f"`{method}`" for method, _ in cases}))
            line = f"- {methods} ({sum(cases.values())}): {reason}"
            lines += textwrap.wrap(line, 140, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        return "\n".join(lines) + "\n"
