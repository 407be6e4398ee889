"""No floating point touches money: the machine code of money has no instruction that computes in it.

usage: check_no_float.py FOLDER_OF_OBJECTS   (one folder a module below it)
       check_no_float.py --self-test COMPILER   what it must catch and what it must let through

What counts is an SSE, AVX or x87 instruction that adds, multiplies, compares, rounds or converts, and a call of a
function that takes or gives doubles. Plain moves and bit operations on vector registers are how compilers copy integers
and structures; they are let through. Skipped where the objects are not for x86-64 or there is no objdump.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from sources import finish, skip

MONEY = ("money", "ledger", "payout", "reward", "campaign/money")

# Rules whose definition has logarithms, powers or exponentials. They quantise (base/quantise.h) before anything is split.
QUANTISED = {
    "reward/figures.c": "the one door to base/elementary.h: exact numbers go in, multiples of 1e-9 come out",
}

SCALAR = r"(add|sub|mul|div|sqrt|min|max|cmp\w*|u?comi|round|rcp|rsqrt|addsub|hadd|hsub|dp|fn?m(add|sub)\w*|range|scalef)"
COMPUTES = re.compile(
    rf"""^(v?{SCALAR}(ss|sd|ps|pd|sh|ph)            # SSE and AVX
        | v?cvt\w+                                  # conversions
        | f(?!s?nop|xsave|xrstor|emms|nclex|wait)\w+) # x87
        $""",
    re.X,
)
# fs: a prefix of thread-local addresses, not of x87; rep and others never start with f.
DOUBLES = re.compile(
    r"^(cci_(log|log2|log10|exp|pow|rational_double|ratio_double|decimal_double|decimal_shortest|quantise)"
    r"|sqrtf?|floorf?|ceilf?|fabsf?|frexp|ldexp|fmod|json_real\w*|json_number_value|json_real_value"
    r"|__(float|fix|add|sub|mul|div)\w*(sf|df|tf)\w*)$"
)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def name_of(path, folder):
    """`lib/money/rate.c` of `FOLDER/money/rate.c.o`."""
    return path.relative_to(folder).as_posix().removesuffix(".o").removesuffix(".obj")


def check_machine(path):
    if "elf64-x86-64" not in run("objdump", "-f", str(path)):
        skip("no_float", "the objects are not for x86-64")


def problems_of(path, name):
    function = "?"
    for line in run("objdump", "-d", "--no-show-raw-insn", str(path)).splitlines():
        if line.endswith(">:"):
            function = line.split("<")[1][:-2]
            continue
        parts = line.split("\t")
        if len(parts) < 2:
            continue
        mnemonic = parts[1].split()[0] if parts[1].split() else ""
        if COMPUTES.match(mnemonic):
            yield f"lib/{name}: {function} computes in floating point: {' '.join(parts[1].split())}"
    for line in run("nm", "-u", str(path)).splitlines():
        symbol = line.split()[-1]
        if DOUBLES.match(symbol):
            yield f"lib/{name}: calls {symbol}, which takes or gives floating point"


CAUGHT = {
    "a sum": "double f(double a, double b) { return a + b; }",
    "a product": "float f(float a, float b) { return a * b; }",
    "a conversion": "double f(long a) { return a; }",
    "cutting off": "long f(double a) { return (long)a; }",
    "a comparison": "int f(double a, double b) { return a < b; }",
    "a long double": "long double f(long double a) { return a * a; }",
    "a share by a rate": "long f(long pool, long w, long total) { return (long)((double)pool * w / total + 0.5); }",
    "a call": "double cci_log(double); void g(double); void f(void) { g(cci_log(2.0)); }",
}
LET_THROUGH = {
    "integers": "long f(long a, long b) { return a * b / (b + 1); }",
    "a copied structure": "struct s { long a[8]; }; void f(struct s *a, const struct s *b) { *a = *b; }",
    "an array of zeros": "void g(long *); void f(void) { long a[16] = {0}; g(a); }",
    "a sum of an array": "long f(const long *a) { long s = 0; for (int i = 0; i < 64; i++) s += a[i]; return s; }",
}


def self_test(compiler):
    """Compile snippets and see what is said of them."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "snippet.c"), pathlib.Path(folder, "snippet.o")
        for level in ("-O0", "-O3"):
            for what, text in {**CAUGHT, **LET_THROUGH}.items():
                source.write_text(text + "\n", encoding="utf-8")
                run(compiler, level, "-c", str(source), "-o", str(target))
                check_machine(target)
                if bool(list(problems_of(target, "snippet"))) != (what in CAUGHT):
                    problems.append(f"{what} at {level} is {'not caught' if what in CAUGHT else 'not let through'}")
    finish("no_float", problems, f"{len(CAUGHT)} snippets are caught, {len(LET_THROUGH)} let through")


def main():
    if len(sys.argv) not in (2, 3) or (len(sys.argv) == 3) != (sys.argv[1] == "--self-test"):
        sys.exit(__doc__)
    for tool in ("objdump", "nm"):
        if shutil.which(tool) is None:
            skip("no_float", f"{tool} is not installed")
    if len(sys.argv) == 3:
        self_test(sys.argv[2])
    folder = pathlib.Path(sys.argv[1])
    objects = sorted(p for module in MONEY for p in (folder / module).rglob("*.o"))
    if not objects:
        sys.exit(f"{folder}: no objects of {', '.join(MONEY)}")
    check_machine(objects[0])

    problems, unused, seen = [], dict(QUANTISED), 0
    for path in objects:
        name = name_of(path, folder)
        found = list(problems_of(path, name))
        if name in QUANTISED:
            unused.pop(name)
            if not found:
                problems.append(f"lib/{name}: has no floating point any more; take it off the list")
            continue
        seen += 1
        problems += found
    problems += [f"lib/{name}: on the list, but there is no such file" for name in unused]
    finish("no_float", problems, f"{seen} objects compute in integers alone, {len(QUANTISED)} quantise")


main()
