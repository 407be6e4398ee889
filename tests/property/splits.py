#!/usr/bin/env python3
"""Hold splits against an independent computation with Python integers and fractions.

usage: splits.py LIBRARY [CASES [SEED]]

Every case draws a method, a pool, weights, ids and options, and computes the shares from the words of the rules: in
rounds of fractions for quotas, one unit at a time for divisor methods with small pools. For large pools it checks the
min-max inequality of divisor methods (Balinski & Young, Fair Representation, 1982, appendix A, proposition 3.3), which
holds for one set of shares alone once ties are in order. Then what must hold in general: shares and the rest sum to the
pool, a negative pool is the mirror of its positive, the order of the list does not matter where ids break ties, one more
unit never lowers a share of a divisor method, shares stay within their quotas.
"""
import ctypes
import hashlib
import hmac
import random
import struct
import sys
from fractions import Fraction

SEED = bytes(range(32))
LARGEST = 2**63 - 1


class Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("method", ctypes.c_char_p), ("ties", ctypes.c_char_p),
                ("ids", ctypes.POINTER(ctypes.c_char_p)), ("seed", ctypes.c_char_p), ("on_empty", ctypes.c_char_p),
                ("cap", ctypes.c_int64), ("minimum", ctypes.c_int64), ("unit", ctypes.c_int64)]


class Library:
    def __init__(self, path):
        self.split_c = ctypes.CDLL(path).cocreate_split
        self.split_c.argtypes = [ctypes.c_int64, ctypes.c_void_p, ctypes.c_size_t, ctypes.POINTER(Options),
                                 ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]

    def split(self, case, pool=None, weights=None, ids=None):
        """Shares and the rest, or None where the library refuses."""
        weights = case.weights if weights is None else weights
        ids = case.ids if ids is None else ids
        n = len(weights)
        options = Options(ctypes.sizeof(Options), case.method.encode(), case.ties.encode(),
                          (ctypes.c_char_p * n)(*ids) if ids else None, SEED, case.on_empty.encode(), case.cap,
                          case.minimum, case.unit)
        shares, rest = (ctypes.c_int64 * n)(), ctypes.c_int64(0)
        status = self.split_c(case.pool if pool is None else pool, (ctypes.c_int64 * n)(*weights), n,
                              ctypes.byref(options), shares, ctypes.byref(rest), None)
        return (list(shares), rest.value) if status == 0 else None


# ---- the rules again, from their words ----

# Powers of d(a) that are rational, and the power.
DIVISORS = {
    "dhondt": (lambda a: Fraction(a + 1), 1),
    "sainte_lague": (lambda a: Fraction(2 * a + 1, 2), 1),
    "adams": (Fraction, 1),
    "huntington_hill": (lambda a: Fraction(a * (a + 1)), 2),
    "dean": (lambda a: Fraction(2 * a * (a + 1), 2 * a + 1), 1),
}
QUOTAS = ("largest_remainder", "first_gets", "floor_return")
METHODS = QUOTAS + tuple(DIVISORS)


def tie_order(case):
    """Rank of each index in the order that breaks ties."""
    def by_id(i):
        return (case.ids[i] if case.ids else b"", i)

    def key(i):
        if case.ties == "weight":
            return (-case.weights[i], *by_id(i))
        if case.ties == "lot":
            body = b"libcocreate/tie/v1\0"
            for text in (b"split:" + case.method.encode(), case.ids[i] if case.ids else str(i).encode()):
                body += struct.pack(">I", len(text)) + text
            return (hmac.new(SEED, body, hashlib.sha256).digest(),)
        return by_id(i)
    order = sorted(range(len(case.weights)), key=key)
    return {i: place for place, i in enumerate(order)}


def claim(method, weight, units, rank):
    """A claim to the next unit; the smallest comes first."""
    divisor, power = DIVISORS[method]
    d = divisor(units)
    return (0, -weight, rank) if d == 0 else (1, -weight**power / d, rank)


def by_quota(method, pool, weights, rank, cap):
    """weights: {index: positive weight}."""
    total = sum(weights.values())
    shares = {i: pool * w // total for i, w in weights.items()}
    left = pool - sum(shares.values())
    if method == "floor_return":
        return shares
    order = sorted(weights)
    if method == "largest_remainder":
        order.sort(key=lambda i: (-(pool * weights[i] % total), rank[i]))
    elif cap is not None:
        order = [i for i in order if shares[i] < cap]
    for i in order[:left]:
        shares[i] += 1
    return shares


def by_divisor(method, pool, weights, rank, cap):
    shares = dict.fromkeys(weights, 0)
    claims = {i: claim(method, w, 0, rank[i]) for i, w in weights.items()}
    for _ in range(pool):
        i = min(claims, key=claims.get)
        shares[i] += 1
        if cap is not None and shares[i] >= cap:
            del claims[i]
        else:
            claims[i] = claim(method, weights[i], shares[i], rank[i])
    return shares


def satisfies_divisor(method, weights, rank, shares):
    """No unit held has a weaker claim than one that is not."""
    held = [claim(method, w, shares[i] - 1, rank[i]) for i, w in weights.items() if shares[i]]
    wanted = [claim(method, w, shares[i], rank[i]) for i, w in weights.items()]
    return not held or max(held) < min(wanted)


def once(case, pool, cap, weights, rank):
    """One split under a cap: all whose quota is above it get it together, the others share the rest. Shares that are
    None are to be checked instead."""
    shares, active = {}, dict(weights)
    while cap is not None and active:
        total = sum(active.values())
        over = [i for i, w in active.items() if pool * w > cap * total]
        if not over:
            break
        for i in over:
            shares[i] = cap
            pool -= cap
            del active[i]
    if active and case.method in QUOTAS:
        shares.update(by_quota(case.method, pool, active, rank, cap))
    elif active and pool <= 40:
        shares.update(by_divisor(case.method, pool, active, rank, cap))
    elif active:
        return None
    return shares


def expected(case):
    """Shares and rest, "error", or None where only the inequality is looked at."""
    weights = {i: w for i, w in enumerate(case.weights) if w > 0}
    if not weights:
        if case.on_empty == "error" and case.weights:
            return "error"
        if case.on_empty == "equal":
            weights = dict.fromkeys(range(len(case.weights)), 1)
    rank = tie_order(case)
    unit = case.unit or 1
    pool = abs(case.pool) // unit
    cap = case.cap // unit if case.cap else None
    while True:
        shares = once(case, pool, cap, weights, rank)
        if shares is None:
            return None
        poor = [i for i in weights if shares[i] * unit < case.minimum]
        if not poor:
            break
        for i in poor:
            del weights[i]
    sign = -1 if case.pool < 0 else 1
    out = [sign * unit * shares.get(i, 0) for i in range(len(case.weights))]
    return out, case.pool - sum(out)


# ---- cases ----

class Case:
    def __init__(self, rng):
        n = rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, rng.randint(1, 40)))
        self.method = rng.choice(METHODS)
        self.ties = rng.choice(("id", "id", "id", "weight", "lot"))
        largest = rng.choice((1, 3, 10, 1000, 10**6, 2**32, 2**33, 2**62, LARGEST))
        self.weights = [rng.randint(0, largest) if rng.random() < 0.9 else 0 for _ in range(n)]
        if rng.random() < 0.05:
            self.weights = [0] * n
        self.ids = None
        if rng.random() < 0.4:
            self.ids = [b"%d" % i for i in rng.sample(range(10 * n), n)]
        self.on_empty = rng.choice(("return", "equal", "error"))
        small = self.method in DIVISORS and rng.random() < 0.7
        pool = rng.randint(0, 40) if small else rng.randint(0, rng.choice((100, 10**4, 10**8, LARGEST)))
        self.cap = self.minimum = self.unit = 0
        if rng.random() < 0.2:
            self.cap = rng.randint(1, max(1, pool))
        if rng.random() < 0.1:
            self.minimum = rng.randint(0, max(1, min(pool, self.cap or pool) // 2))
        if rng.random() < 0.1:
            self.unit = rng.randint(1, 10)
        self.pool = -pool if rng.random() < 0.15 else pool

    def __str__(self):
        return str(vars(self))

    def is_plain(self):
        return not (self.cap or self.minimum or self.unit > 1) and any(self.weights)


def complaints(library, case, rng):
    want, got = expected(case), library.split(case)
    if want == "error" or got is None:
        if want != "error" or got is not None:
            yield f"expected {want}, got {got}"
        return
    shares, rest = got
    if want is not None and got != (want[0], want[1]):
        yield f"expected {want}, got {got}"
    if sum(shares) + rest != case.pool:
        yield f"{got} does not sum to the pool"
    if any(s * case.pool < 0 for s in shares) or rest * case.pool < 0:
        yield f"{got} has another sign than the pool"
    if any(s and not w for s, w in zip(shares, case.weights)) and any(case.weights):
        yield f"{got} gives to a weight of 0"
    if rng.random() < 0.2 and library.split(case, pool=-case.pool) != ([-s for s in shares], -rest):
        yield f"{got} is not mirrored"
    if case.ids and case.method != "first_gets" and rng.random() < 0.3:
        order = rng.sample(range(len(shares)), len(shares))
        moved = library.split(case, weights=[case.weights[i] for i in order], ids=[case.ids[i] for i in order])
        if moved != ([shares[i] for i in order], rest):
            yield f"{got}, and in the order {order} {moved}"
    if not case.is_plain():
        return
    if want is None:
        weights = {i: w for i, w in enumerate(case.weights) if w > 0}
        if rest or not satisfies_divisor(case.method, weights, tie_order(case), [abs(s) for s in shares]):
            yield f"{got} breaks the inequality"
    total, pool = sum(case.weights), abs(case.pool)
    floors = [pool * w // total for w in case.weights]
    roofs = [-(-pool * w // total) for w in case.weights]
    sizes = [abs(s) for s in shares]
    if case.method not in ("adams", "dean", "huntington_hill", "sainte_lague") and \
            any(s < f for s, f in zip(sizes, floors)):
        yield f"{got} is below a quota"
    limit = {"first_gets": [f + 1 for f in floors], "largest_remainder": roofs, "floor_return": roofs, "adams": roofs}
    if case.method in limit and any(s > r for s, r in zip(sizes, limit[case.method])):
        yield f"{got} is above a quota"
    if case.method in DIVISORS and case.pool >= 0 and case.pool < LARGEST and rng.random() < 0.2:
        more, _ = library.split(case, pool=case.pool + 1)
        if any(b < a for a, b in zip(shares, more)):
            yield f"{got}, and with one unit more {more}"


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    library = Library(sys.argv[1])
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    counts, bad = dict.fromkeys(METHODS, 0), 0
    for number in range(cases):
        case = Case(rng)
        counts[case.method] += 1
        for complaint in complaints(library, case, rng):
            bad += 1
            if bad <= 10:
                print(f"case {number}: {case}: {complaint}")
    print(f"{cases} splits, {bad} differences; " + ", ".join(f"{m} {n}" for m, n in counts.items()))
    sys.exit(bad > 0)


main()
