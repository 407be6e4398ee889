"""Count the tests in what ctest, pytest (JUnit XML) and programs of cmocka (their output) wrote.

usage: count_tests.py FILE...

Prints `passed failed skipped`, and the reason of each skip on a line of its own. A program of cmocka under ctest counts
by its test functions, so that one skipped inside a program that passes is seen; one that crashed is a failure.
"""

import collections
import re
import sys
import xml.etree.ElementTree as ET

TOTALS = {
    "passed": re.compile(r"^\[  PASSED  \] (\d+) test\(s\)", re.M),
    "failed": re.compile(r"^\[  FAILED  \] (\d+) test\(s\)", re.M),
    "skipped": re.compile(r"^\[  SKIPPED \] (\d+) test\(s\)", re.M),
}

total = collections.Counter()
reasons = set()


def cmocka(name, text):
    """Add the totals of every group in an output; how many tests that were."""
    counts = {verdict: sum(map(int, pattern.findall(text))) for verdict, pattern in TOTALS.items()}
    total.update(counts)
    for test in re.findall(r"^\[  SKIPPED \] ([^\d\s]\S*)$", text, re.M):
        reasons.add(f"{name}: {test}")
    return counts


def testcase(case):
    name = case.get("name", "?")
    output = case.findtext("system-out") or ""
    skipped = case.find("skipped")
    if skipped is not None:
        total["skipped"] += 1
        told = [line for line in output.splitlines() if "skipped" in line]
        reasons.add(f"{name}: {told[-1] if told else skipped.get('message', '')}")
        return
    bad = case.find("failure") is not None or case.find("error") is not None
    counts = cmocka(name, output)
    if bad and counts["failed"] == 0:
        total["failed"] += 1
    elif sum(counts.values()) == 0:
        total["passed"] += 1


for path in sys.argv[1:]:
    with open(path, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    if text.startswith("<?xml"):
        for case in ET.fromstring(text).iter("testcase"):
            testcase(case)
    else:
        cmocka(path, text)

print(total["passed"], total["failed"], total["skipped"])
for reason in sorted(reasons):
    print(reason)
