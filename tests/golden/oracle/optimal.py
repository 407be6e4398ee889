"""Kemeny, Slater, from their definitions: every ranking is tried."""

from __future__ import annotations

import itertools
from fractions import Fraction

from common import RANKING, break_tie, weak_orders

IGNORED = {"unranked": "ignored"}

METHODS = [
    ("kemeny", RANKING, [{}, {}, IGNORED]),
    ("slater", RANKING, [{}, {}, IGNORED]),
]

SHAPE = {"options": (1, 6), "ballots": (0, 9)}


def pairwise(election, running):
    """votes[a, b]: the weight of the ballots that rank a strictly above b."""
    votes = dict.fromkeys(itertools.permutations(running, 2), 0)
    ignored = election["options"].get("unranked") == "ignored"
    for ranks, weight in weak_orders(election, running):
        if not ranks:
            continue
        rest = set(running) - set().union(*ranks)
        if rest and not ignored:
            ranks = [*ranks, rest]
        for high, low in itertools.combinations(ranks, 2):
            for a, b in itertools.product(high, low):
                votes[a, b] += weight
    return votes


# -- Nearest rankings --------------------------------------------------------------------------------------------------


def parts(cost, running):
    """The smallest set whose members all beat everyone outside, and so on with the others."""
    rest, out = list(running), []
    while rest:
        for size in range(1, len(rest) + 1):
            found = [s for s in itertools.combinations(rest, size)
                     if all(cost[a, b] < cost[b, a] for a in s for b in rest if b not in s)]
            if found:
                out.append(list(found[0]))
                rest = [o for o in rest if o not in found[0]]
                break
    return out


def left_by_chain(rankings, cost, election, running):
    """Of these rankings those where every place goes to one whom the chain puts first among those who can take it. A
    part where everybody ties is one tie."""
    first = 0
    for part in parts(cost, running):
        if all(cost[a, b] == cost[b, a] for a, b in itertools.combinations(part, 2)):
            for block in break_tie(part, election):
                rankings = [r for r in rankings if set(r[first:first + len(block)]) == set(block)]
                first += len(block)
            continue
        for place in range(first, first + len(part)):
            kept = []
            for begin in {r[:place] for r in rankings}:
                here = [r for r in rankings if r[:place] == begin]
                others = [r for r in rankings if set(r[:place]) == set(begin)]
                best = break_tie(sorted({r[place] for r in others}), election)[0]
                kept += [r for r in here if r[place] in best]
            rankings = kept
        first += len(part)
    return rankings


def nearest(cost, election, running):
    """Of all rankings those of least cost: places of each option over them, and what the trace says."""
    least, best = None, []
    for ranking in itertools.permutations(running):
        spent = sum(cost[p] for p in itertools.combinations(ranking, 2))
        if least is None or spent < least:
            least, best = spent, []
        if spent == least:
            best.append(ranking)
    left = left_by_chain(best, cost, election, running) if election["options"].get("ties") else best
    places = {}
    for o in running:
        at = [r.index(o) + 1 for r in left]
        places[o] = (min(at), max(at))
    return None, places, None, {"distance": str(least), "optima": str(len(best))}


def kemeny(election, running):
    votes = pairwise(election, running)
    return nearest({(a, b): votes[b, a] for a, b in votes}, election, running)


def slater(election, running):
    votes = pairwise(election, running)
    return nearest({(a, b): int(votes[b, a] > votes[a, b]) for a, b in votes}, election, running)
