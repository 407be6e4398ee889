"""Every public function has a documentation comment, and one that names a parameter names them all.

Two need no words: the handle a function works on, which comes first, and `error`, which base.h explains for all. The
wording of tags is checked by clang: check_headers.sh.
"""

import re

from sources import finish, public_functions, public_headers, shown

problems, count = [], 0
for header in public_headers():
    text = header.read_text(encoding="utf-8")
    if "@file" not in text:
        problems.append(f"{shown(header)}: no @file comment")
    for name, _, start in public_functions(header):
        count += 1
        number = text.count("\n", 0, start) + 1
        place = f"{shown(header)}:{number}: {name}"
        comment = re.search(r"/\*\*((?:(?!\*/).)*)\*/\s*$", text[:start], re.S)
        if not comment:
            problems.append(f"{place} has no documentation comment")
            continue
        documented = set(re.findall(r"@param(?:\[\w+(?:,\w+)?\])?\s+(\w+)", comment.group(1)))
        if not documented:
            continue
        # Parameter names: the last word of each argument, before any [].
        arguments = re.match(r"[^;]*?\b" + name + r"\s*\(([^;]*)\)\s*;", text[start:], re.S).group(1)
        for position, argument in enumerate(arguments.split(",")):
            argument = re.sub(r"\[[^\]]*\]", "", argument).strip()
            parameter = re.search(r"\w+$", argument)[0]
            handle = position == 0 and re.match(r"(const )?cocreate_\w+ \*", argument)
            if parameter not in documented | {"void", "error"} and not handle:
                problems.append(f"{place}: parameter {parameter} is not documented")
finish("docs", problems, f"{count} functions, each documented")
