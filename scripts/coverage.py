"""Line and branch coverage of the C sources by gcovr, per module and in all.

usage: coverage.py BUILD_FOLDER
"""

import json
import subprocess
import sys

from sources import ROOT

if len(sys.argv) != 2:
    sys.exit(__doc__)

# A branch that only an assertion takes is not one that a test could take.
command = ["gcovr", "--root", str(ROOT), "--filter", f"{ROOT}/lib/", "--json-summary", "--exclude-throw-branches",
           "--exclude-lines-by-pattern", r"^\s*assert\(.*", "--gcov-ignore-parse-errors", sys.argv[1]]  # fmt: skip
report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

modules = {}
for file in report["files"]:
    module = modules.setdefault(file["filename"].split("/")[1], [0, 0, 0, 0])
    for i, key in enumerate(("line_covered", "line_total", "branch_covered", "branch_total")):
        module[i] += file[key]


def share(covered, total):
    return f"{100 * covered / total:5.1f} % of {total:6d}" if total else "     - of      0"


print("coverage        lines             branches")
for name, (lines, all_lines, branches, all_branches) in sorted(modules.items()):
    print(f"{name:10}  {share(lines, all_lines)}  {share(branches, all_branches)}")
total = [sum(column) for column in zip(*modules.values())] or [0, 0, 0, 0]
print(f"{'in all':10}  {share(total[0], total[1])}  {share(total[2], total[3])}")
