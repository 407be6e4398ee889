"""Plain text: UTF-8, no tabs, no space at line ends, one newline at the end; C lines <= 110 columns; public headers are
documents, at least 60 % comment."""

import re
import subprocess

from sources import ROOT, finish, public_headers, shown, skip, without_comments

COLUMNS, COMMENT_SHARE = 110, 60  # 100 is what editors are told; a word may stand out
TEXT = {".c", ".h", ".i", ".py", ".pyi", ".md", ".txt", ".cmake", ".in", ".json", ".toml", ".sh", ".map", ".yml", ""}

git = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
if git.returncode != 0:
    skip("text", "not a git work tree")

problems, count = [], 0
for name in sorted(filter(None, git.stdout.decode().split("\0"))):
    path = ROOT / name
    # Test data may hold anything: that is what it is for.
    if path.suffix not in TEXT or not path.is_file() or re.match(r"tests/(fuzz/.*corpus|.*data)/", name):
        continue
    count += 1
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(f"{name}: not UTF-8 at byte {error.start}")
        continue
    if text and not text.endswith("\n") or text.endswith("\n\n"):
        problems.append(f"{name}: must end with one newline")
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            problems.append(f"{name}:{number}: a tab")
        if line != line.rstrip():
            problems.append(f"{name}:{number}: white space at the end")
        if path.suffix in {".c", ".h"} and len(line) > COLUMNS:
            problems.append(f"{name}:{number}: {len(line)} columns, more than {COLUMNS}")

for path in public_headers():
    text = path.read_text(encoding="utf-8")
    bare = without_comments(text)
    total = sum(1 for line in text.splitlines() if line.strip())
    # A line that holds any comment tells something.
    comment = sum(1 for a, b in zip(text.splitlines(), bare.splitlines()) if a.strip() and a.rstrip() != b.rstrip())
    if comment * 100 < COMMENT_SHARE * total:
        problems.append(f"{shown(path)}: {comment * 100 // total} % of lines are comment, less than {COMMENT_SHARE} %")
finish("text", problems, f"{count} files")
