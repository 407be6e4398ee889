"""The library calls only what is on this list: no clock, locale, environment, random device, printing or exit, and of
libm only what gives the same bits everywhere.

usage: check_symbols.py FOLDER_OF_OBJECTS   (one folder a module below it)
"""

import pathlib
import re
import subprocess
import sys

from sources import LIB, finish, shown, without_comments

ANYWHERE = re.compile(
    r"""^(
    # of the C library
    mem(cpy|move|set|cmp|chr) | bcmp | str(len|n?cmp|n?cpy|n?cat|r?chr|str|c?spn|pbrk) | bsearch | qsort
    | (__)?v?snprintf(_chk)? # formats without floating point, which would read the locale: checked below
    # of libm: exact by IEEE 754, or pure bit work
    | sqrt | floor | ceil | fabs | frexp | ldexp | fmod
    # assert(), and what compilers and sanitizers put in by themselves
    | __assert_fail | __stack_chk_fail | __(asan|ubsan|tsan|sanitizer|gcov|llvm)_\w+ | _GLOBAL_OFFSET_TABLE_
    | __\w*(mul|div|mod)[a-z]*i[34] | __cpu_(model|features2|indicator_init)
    | sodium_(memcmp|memzero)
    # jansson, except what reads or writes streams, prints numbers, sets something global, copies (which leaves
    # members out when memory is short), or makes objects (which asks the random device: cci_json_new)
    | (?!json_(load|dump|v?pack|set_alloc|get_alloc|object_seed|copy|deep_copy|object$))json?p?_\w+
    # libtommath, except its random numbers and streams
    | (?!mp_(rand|fread|fwrite|prime_rand))mp_\w+
    # our own
    | cci_\w+ | cocreate_\w+
    )$""",
    re.X,
)

# What single modules may call besides.
MODULES = {
    "base": {
        r"malloc|realloc|free": "the default allocator",
        r"crypto_(hash_sha256|auth_hmacsha256|shorthash)\w*": "digests and keyed tables",
        r"json_object(_seed)?": "a fixed seed, so that jansson does not open the random device",
    },
    "store": {r"sqlite3_(?!mprintf|vmprintf|snprintf|vsnprintf|randomness|config|auto_extension)\w+": "rows"},
}


def undefined(folder):
    objects = sorted(folder.rglob("*.o"))
    if not objects:
        sys.exit(f"{folder}: no objects")
    # With -A each line is `path: U symbol`.
    output = subprocess.run(["nm", "-A", "-u", *objects], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        path = pathlib.Path(line.rpartition(":")[0])
        yield path.relative_to(folder).parts[0], path, line.split()[-1]


if len(sys.argv) != 2:
    sys.exit(__doc__)

problems, seen = [], set()
for module, path, symbol in undefined(pathlib.Path(sys.argv[1])):
    seen.add(symbol)
    extra = MODULES.get(module, {})
    if not ANYWHERE.match(symbol) and not any(re.fullmatch(pattern, symbol) for pattern in extra):
        problems.append(f"lib/{module}/{path.stem}: {symbol} may not be called here")

for path in sorted(LIB.rglob("*.[ch]")):
    code = without_comments(path.read_text(encoding="utf-8"))
    for number, line in enumerate(code.splitlines(), 1):
        for literal in re.findall(r'"(?:\\.|[^"\\])*"', line):
            if re.search(r"%[-+#0-9.*]*L?[aefgAEFG]\b", literal.replace("%%", "")):
                problems.append(f"{shown(path)}:{number}: a floating-point format reads the locale")
    for match in re.finditer(r"\bsqlite3_exec\s*\(", code):
        argument = code[match.end() :].split(",", 2)[1].strip()
        if not argument.startswith('"') and not re.fullmatch(r"[A-Z][A-Z0-9_]*", argument):
            number = code.count("\n", 0, match.start()) + 1
            problems.append(f"{shown(path)}:{number}: sqlite3_exec of {argument}, which is not a literal")
finish("symbols", problems, f"{len(seen)} symbols from outside, each on the list")
