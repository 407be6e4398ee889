"""The export list, the headers and the library name the same functions: nm -D = lib/cocreate.map = COCREATE_API.

usage: check_exports.py LIBRARY
"""

import re
import subprocess
import sys

from sources import LIB, finish, public_functions, without_comments

if len(sys.argv) != 2:
    sys.exit(__doc__)

declared = {name: path for name, path, _ in public_functions()}
text = (LIB / "cocreate.map").read_text(encoding="utf-8")
text = re.sub(r"#.*", "", without_comments(text))
listed = re.findall(r"^\s+(\w+);", text.split("local:")[0], re.M)

output = subprocess.run(["nm", "-D", "--defined-only", sys.argv[1]], check=True, capture_output=True, text=True).stdout
exported = set()
for line in output.splitlines():
    kind, name = line.split()[-2:]
    if kind != "A":  # the version node itself
        exported.add(name.split("@")[0])

problems = []
for name, path in sorted(declared.items()):
    if not name.startswith("cocreate_"):
        problems.append(f"{path.name}: {name} has not the prefix cocreate_")
    if name not in listed:
        problems.append(f"{path.name}: {name} is not in lib/cocreate.map")
    if name not in exported:
        problems.append(f"{path.name}: {name} is not exported: is it defined in lib/?")
for name in listed:
    if name not in declared:
        problems.append(f"lib/cocreate.map: {name} is in no public header")
for name in sorted(exported - declared.keys()):
    problems.append(f"{sys.argv[1]}: exports {name}, which no public header declares")
if listed != sorted(set(listed)):
    problems.append("lib/cocreate.map: not sorted, or a name twice")
finish("exports", problems, f"{len(exported)} functions, the same in headers, list and library")
