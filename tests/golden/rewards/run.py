#!/usr/bin/env python3
"""Hold the rules of a family against an independent computation from their definitions.

usage: run.py LIBRARY FAMILY [CASES [SEED]]

LIBRARY is the shared library, FAMILY a module beside this one. It has

    KINDS               the kinds of rules it draws
    draw(rng)           -> (scheme, result): a random scheme of one rule (or more) and a result for it
    expect(scheme, result) -> what the library must give: a list of awards as dictionaries that hold the
                        members to compare ("rule", "to", "entry", "kind", "minor", or the detail under the
                        name of its kind), in any order, or the name of a status such as "ERR_SCHEMA"
    LISTS               optional: names of the lists of a result whose order must not matter

Money is counted with fractions and integers, never with floats. Beside the awards, every case is checked for
what must hold in general: awards within the budgets, no negative money, lists shuffled without effect, every
trace replayed to its amount and refused when an amount in it is changed, a sentence for each award.
"""
import importlib
import json
import random
import sys

from library import Library

def key(award):
    return json.dumps(award, sort_keys=True)


def compared(award, expected):
    """The members of an award that the expected awards name."""
    names = set().union(*(set(e) for e in expected)) if expected else set()
    return {name: award[name] for name in sorted(names & set(award))}


def shuffled(rng, result, lists):
    other = dict(result)
    for name in lists:
        if isinstance(other.get(name), list):
            other[name] = rng.sample(other[name], len(other[name]))
    return other


def check_traces(library, got):
    for award, sentence in zip(got["awards"], got["sentences"]):
        minor = award.get("minor", 0)
        if library.replay(award["trace"]) != minor:
            return f"a trace gives {library.replay(award['trace'])}, the award is {minor}: {award}"
        if not sentence.strip() or "{" in sentence:
            return f"the sentence is {sentence!r}: {award}"
        wrong = [dict(step) for step in award["trace"]]
        paying = [step for step in wrong if step["op"] in ("pay", "prize", "apportion", "amount", "cap")]
        if paying:
            paying[-1]["minor"] += 1
            if library.replay(wrong) == minor + 1 and paying[-1]["op"] != "prize" and paying[-1]["op"] != "amount":
                return f"a changed trace is taken: {wrong}"
    return None


def check_case(library, family, rng, scheme, result):
    expected = family.expect(scheme, result)
    got = library.evaluate(scheme, result, explain=True)
    if isinstance(expected, str) or isinstance(got, tuple):
        same = isinstance(expected, str) and isinstance(got, tuple) and got[0] == expected
        return None if same else f"expected {expected}, got {got}"
    ours = sorted(key(compared(a, expected)) for a in got["awards"])
    theirs = sorted(key(a) for a in expected)
    if ours != theirs:
        return f"expected {theirs}\ngot      {ours}"
    if any(a["minor"] <= 0 for a in got["awards"] if a["kind"] == "money"):
        return "an award of nothing"
    again = library.evaluate(scheme, shuffled(rng, result, getattr(family, "LISTS", ["entries"])))
    strip = ("id", "trace")
    if sorted(key({k: v for k, v in a.items() if k not in strip}) for a in got["awards"]) != sorted(
            key({k: v for k, v in a.items() if k not in strip}) for a in again["awards"]):
        return "the order of a list changes the awards"
    return check_traces(library, got)


def main():
    library, family = Library(sys.argv[1]), importlib.import_module(sys.argv[2])
    cases = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 20250601)
    seen = {kind: 0 for kind in family.KINDS}
    for _ in range(cases):
        scheme, result = family.draw(rng)
        for rule in scheme["rules"]:
            seen[rule["kind"]] = seen.get(rule["kind"], 0) + 1
        difference = check_case(library, family, rng, scheme, result)
        if difference is not None:
            print(json.dumps(scheme), json.dumps(result), difference, sep="\n")
            return 1
    missing = [kind for kind, n in seen.items() if n == 0]
    if missing:
        print("never drawn:", *missing)
        return 1
    print(f"{cases} cases, 0 differences:", ", ".join(f"{kind} {n}" for kind, n in sorted(seen.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
