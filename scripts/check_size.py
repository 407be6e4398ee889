"""Sizes: a file <= 600 lines, a function <= 75 lines and cyclomatic complexity <= 20.

scripts/size_exceptions.txt lists functions that may be longer, up to 150 lines, or more complex, with the reason.
"""

import json
import re
import shutil
import subprocess

from sources import INCLUDE, LIB, ROOT, finish, shown, skip, without_comments

FILE, FUNCTION, HARD, COMPLEXITY = 600, 75, 150, 20

ctags = shutil.which("ctags-universal") or shutil.which("ctags")
if not ctags or "Universal" not in subprocess.run([ctags, "--version"], capture_output=True, text=True).stdout:
    skip("size", "universal-ctags is not installed")

exceptions = {}
for line in (ROOT / "scripts" / "size_exceptions.txt").read_text(encoding="utf-8").splitlines():
    if line.strip() and not line.startswith("#"):
        place, _, reason = line.partition(" ")
        exceptions[place] = reason.strip()

problems = []
files = sorted([*LIB.rglob("*.[ch]"), *INCLUDE.rglob("*.h"), *(ROOT / "tests").rglob("*.[ch]"),
                *(ROOT / "bindings/python/cocreate").rglob("*.py")])  # fmt: skip
for path in files:
    lines = path.read_text(encoding="utf-8").count("\n")
    if lines > FILE:
        problems.append(f"{shown(path)}: {lines} lines, more than {FILE}")

library = sorted(LIB.rglob("*.c")) + sorted(LIB.rglob("*.h"))
output = subprocess.run(
    [ctags, "--languages=C", "--language-force=C", "--kinds-C=f", "--fields=+ne", "--output-format=json", "-f", "-",
     *map(str, library)],
    check=True, capture_output=True, text=True,
).stdout  # fmt: skip

DECISION = re.compile(r"\b(?:if|for|while|case)\b|&&|\|\||\?")
code = {path: without_comments(path.read_text(encoding="utf-8"), strings=False).splitlines() for path in library}
used, lengths = set(), []
for tag in map(json.loads, output.splitlines()):
    path, start, end = tag["path"], tag["line"], tag.get("end", tag["line"])
    place = f"{shown(path)}:{tag['name']}"
    length = end - start + 1
    body = "\n".join(code[next(p for p in library if str(p) == path)][start - 1 : end])
    complexity = 1 + len(DECISION.findall(body))
    lengths.append(length)
    over = []
    if length > FUNCTION:
        over.append(f"{length} lines, more than {FUNCTION}")
    if complexity > COMPLEXITY:
        over.append(f"complexity {complexity}, more than {COMPLEXITY}")
    if over and exceptions.get(place) and length <= HARD:
        used.add(place)
    else:
        problems.extend(f"{shown(path)}:{start}: {tag['name']}: {what}" for what in over)
for place in sorted(exceptions.keys() - used):
    problems.append(f"scripts/size_exceptions.txt: {place} needs no exception")

lengths.sort()
median = lengths[len(lengths) // 2] if lengths else 0
p95 = lengths[len(lengths) * 95 // 100] if lengths else 0
finish("size", problems, f"{len(files)} files; {len(lengths)} functions, median {median} lines, p95 {p95}")
