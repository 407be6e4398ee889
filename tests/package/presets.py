#!/usr/bin/env python3
"""The programs of docs/guide/presets run, have 30 lines at most, and tell what their pages say.

usage: presets.py COMPILER SOURCE_DIR LIBRARY_DIR     the C programs
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

LINES = 30  # beside blank lines, comments, directives and lone brackets


def without_ids(text: str) -> str:
    """Ids of awards are digests of what they are for."""
    return re.sub(r"'[0-9a-f]{16}'", "'...'", text)


def told(page: pathlib.Path) -> str:
    """What a page says that its program prints: the indented lines at its end."""
    text = page.read_text(encoding="utf-8").partition("\n## The program\n")[2]
    return "".join(line[4:] + "\n" for line in text.splitlines() if line.startswith("    "))


def run(compiler: str, source: pathlib.Path, library: str, program: pathlib.Path, binary: pathlib.Path) -> str:
    built = subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{source}/include",
                            str(program), f"-L{library}", f"-Wl,-rpath,{library}", "-lcocreate", "-o", str(binary)],
                           capture_output=True, text=True, check=False)
    if built.returncode != 0:
        return built.stderr
    ran = subprocess.run([str(binary)], capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        return ran.stdout + ran.stderr
    try:
        return "".join(sentence + "\n" for sentence in json.loads(ran.stdout)["sentences"])
    except (KeyError, TypeError, ValueError):
        return ran.stdout


def main() -> None:
    compiler, source, library = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    folder, wrong = source / "docs" / "guide" / "presets", []
    programs = sorted(folder.glob("*.c"))
    with tempfile.TemporaryDirectory() as work:
        for program in programs:
            lines = [line for line in program.read_text(encoding="utf-8").splitlines()
                     if line.strip("{}; ") and not line.startswith(("#", "/*", " *"))]
            if len(lines) > LINES:
                wrong.append(f"{program.name}: {len(lines)} lines, more than {LINES}")
            said = run(compiler, source, library, program, pathlib.Path(work) / program.stem)
            expected = told(program.with_suffix(".md"))
            if without_ids(said) != without_ids(expected):
                wrong.append(f"{program.name} says\n{said}and its page\n{expected}")
    if not programs:
        wrong.append(f"{folder}: no programs")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(programs)} programs")


if __name__ == "__main__":
    main()
