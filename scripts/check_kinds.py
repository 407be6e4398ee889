"""Every kind of reward rule has its source file, its page, its row in the table of all, its schema and its function in Python."""

import json
import re

from sources import LIB, ROOT, finish, shown

REWARDS = ROOT / "docs/reference/rewards.md"
PAGES = ROOT / "docs/reference/rewards"
BUILDERS = ROOT / "bindings/python/cocreate/rules"

schema = json.loads((ROOT / "docs/reference/schemas/scheme.schema.json").read_text(encoding="utf-8"))
listed = schema["properties"]["rules"]["items"]["properties"]["kind"]["enum"]
rows = re.findall(r"^\| \[`(\w+)`\]\(rewards/(\w+)\.md\)", REWARDS.read_text(encoding="utf-8"), re.MULTILINE)
linked = dict(rows)
problems, kinds = [], {}
for header in sorted((LIB / "reward").glob("*/kinds.h")):
    for kind in re.findall(r"^ *X\((\w+)\)", header.read_text(encoding="utf-8"), re.MULTILINE):
        kinds[kind] = header.parent
for kind, family in kinds.items():
    if not any(f"cci_rule_kind cci_rule_{kind} =" in source.read_text(encoding="utf-8") for source in family.glob("*.c")):
        problems.append(f"{shown(family)}: no file defines cci_rule_{kind}")
    if listed.count(kind) != 1 or kind not in schema["$defs"]:
        problems.append(f"scheme.schema.json: {kind} needs a definition and one value of the list of kinds")
    page = PAGES / f"{linked.get(kind, kind)}.md"
    if kind not in linked:
        problems.append(f"{shown(REWARDS)}: no row for {kind}")
    elif not page.exists() or kind not in page.read_text(encoding="utf-8").partition("\n")[0]:
        problems.append(f"{shown(page)}: the title does not name {kind}")
    module = BUILDERS / f"{family.name}.py"
    if not module.exists() or f"\ndef {kind}(" not in module.read_text(encoding="utf-8"):
        problems.append(f"{shown(module)}: no function {kind}: run scripts/rule_builders")
for kind in sorted({*linked, *listed} - kinds.keys()):
    problems.append(f"{kind} is documented or in the schema, but no kind of rule")
for kind in sorted({kind for kind, _ in rows if sum(kind == other for other, _ in rows) > 1}):
    problems.append(f"{shown(REWARDS)}: {kind} has two rows")
finish("kinds", problems, f"{len(kinds)} kinds of rules, each documented")
