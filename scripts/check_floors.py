"""A module includes only what stands below it, and only the outside headers it may know.

The same floor is reached only within one module. The store is known to the campaign alone: rules take evidence and
never see rows. Below the store there is the C library and nothing else of the system.
"""

import re

from sources import LIB, finish, public_headers, shown

FLOORS = {
    "base": 1,
    "money": 2, "profile": 2, "store": 2,
    "tally": 2.5,
    "ranking": 3, "labels": 3, "formats": 3, "log": 3,
    "reward": 4, "ledger": 4, "presets": 4,
    "payout": 4.5,
    "campaign": 5,
}  # fmt: skip
PUBLIC_MODULE = {"duels": "profile", "runs": "profile", "marks": "profile", "boundary": "campaign", "report": "campaign",
                 "mechanisms": "reward"}  # headers named otherwise than their module

STANDARD = {
    "assert.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdalign.h", "stdarg.h", "stdbool.h",
    "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h",
}  # fmt: skip
OUTSIDE = {
    "sodium.h": {"base", "campaign"},  # the campaign wipes what is secret
    "jansson.h": set(FLOORS),
    "tommath.h": {"base"},
    "sqlite3.h": {"store"},
    "immintrin.h": {"base", "ranking", "tally"},  # behind #if, beside portable C that scripts/cross builds
}


def allowed(module, other):
    """May `module` include a header of `other`?"""
    if module == other:
        return True
    if other == "store":
        return module == "campaign"
    return FLOORS[other] < FLOORS[module]


def check(path, module, problems, includes):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        includes.append(line)
        quote, name = match.groups()
        place = f"{shown(path)}:{number}"
        if quote == "<":
            if name not in STANDARD and module not in OUTSIDE.get(name, set()):
                problems.append(f"{place}: {module} may not include <{name}>")
            continue
        folder, _, file = name.partition("/")
        other = PUBLIC_MODULE.get(file[:-2], file[:-2]) if folder == "cocreate" else folder
        if not file or (folder != "cocreate" and not (LIB / name).is_file()):
            problems.append(f'{place}: write the path from include/ or lib/, as "base/fail.h"')
        elif other not in FLOORS:
            problems.append(f'{place}: "{name}" belongs to no module')
        elif not allowed(module, other):
            problems.append(
                f"{place}: {module} (floor {FLOORS[module]}) may not include {other} (floor {FLOORS[other]})"
            )


# Rooms of the campaign that only read (docs/design/0006): what judges the engine is none of its parts.
READERS = ("predicate", "report", "check", "verify", "boundary")
WRITES = re.compile(r"\bcci_(state_(put|delete)\w*|timer_(set|drop)\w*|decide)\(")
INCLUDED_BY_NONE = re.compile(r'#include "campaign/(check|verify)/')


def check_room(path, room, problems):
    text = path.read_text(encoding="utf-8")
    if room in READERS and (match := WRITES.search(text)):
        problems.append(f"{shown(path)}: {room} only reads, and calls {match[0]}")
    if (match := INCLUDED_BY_NONE.search(text)) and match[1] != room:
        problems.append(f"{shown(path)}: includes a header of {match[1]}, which nothing may")


problems, includes = [], []
for path in sorted(LIB.rglob("*.[ch]")):
    module = path.relative_to(LIB).parts[0]
    if module not in FLOORS:
        problems.append(f"{shown(path)}: no floor is known for module {module}")
    else:
        check(path, module, problems, includes)
        if module == "campaign":
            check_room(path, path.relative_to(LIB).parts[1], problems)
for path in public_headers():
    if path.stem != "cocreate":
        check(path, PUBLIC_MODULE.get(path.stem, path.stem), problems, includes)
finish("floors", problems, f"{len(includes)} includes, each from a higher floor to a lower one")
