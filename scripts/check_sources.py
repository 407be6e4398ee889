"""The sources that CMake builds are the .c files of lib/, no more and no less.

usage: check_sources.py LIST   (a file with one path a line)
"""

import pathlib
import sys

from sources import LIB, finish, shown

if len(sys.argv) != 2:
    sys.exit(__doc__)

listed = [pathlib.Path(line) for line in pathlib.Path(sys.argv[1]).read_text().splitlines() if line]
listed = [path for path in listed if path.parent.name != "embedded"]  # made by the build
found = set(LIB.rglob("*.c"))
problems = [f"{shown(path)}: on disk, but in no CMakeLists.txt" for path in sorted(found - set(listed))]
problems += [f"{shown(path)}: listed, but not on disk" for path in sorted(set(listed) - found)]
problems += [f"{shown(path)}: listed twice" for path in sorted(set(listed)) if listed.count(path) > 1]
finish("sources", problems, f"{len(found)} files, each built")
