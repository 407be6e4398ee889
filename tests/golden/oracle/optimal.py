"""The methods that search, from their definitions: every ranking and every corner is tried."""

from __future__ import annotations

import itertools
from fractions import Fraction

from common import RANKING, break_tie, places_of, weak_orders

IGNORED = {"unranked": "ignored"}

METHODS = [
    ("kemeny", RANKING, [{}, {}, IGNORED]),
    ("slater", RANKING, [{}, {}, IGNORED]),
    ("maximal_lotteries", RANKING, [{}, {}, IGNORED, {"variant": "c1"}, {"variant": "c1", **IGNORED}]),
    ("bipartisan_set", RANKING, [{}, IGNORED]),
    ("essential_set", RANKING, [{}, IGNORED]),
    ("random_ballot", RANKING, [{}]),
    ("proportional_borda", RANKING, [{}]),
    ("young", RANKING, [{}, IGNORED, {"variant": "strong"}, {"variant": "strong", **IGNORED}]),
    ("dodgson", RANKING, [{}]),
]

SHAPE = {"options": (1, 6), "ballots": (0, 9)}


def settle(rng, election):
    """Few options where every ranking or every set of walls is tried, few ballots where each is taken by itself."""
    few = {"maximal_lotteries": 4, "bipartisan_set": 4, "essential_set": 4, "young": 4, "dodgson": 4}
    few = few.get(election["method"], 5) + (rng.random() < 0.1)
    if election["m"] > few:
        election["withdrawn"] = [1] * (election["m"] - few) + [0] * few
        election["options"].pop("seats", None)
    if election["method"] in ("young", "dodgson"):
        election["ballots"] = election["ballots"][:5]
        for ballot in election["ballots"]:
            ballot["weight"] = min(ballot["weight"], 2)


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


# -- Lotteries ---------------------------------------------------------------------------------------------------------


def solve(rows, n):
    """The solution of a linear system in integers whose rows are n coefficients and the right side, if it is the only
    one."""
    rows = [list(r) for r in rows]
    for k in range(n):
        at = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if at is None:
            return None
        rows[k], rows[at] = rows[at], rows[k]
        top = rows[k]
        for i, row in enumerate(rows):
            if i != k and row[k]:
                rows[i] = [x * top[k] - row[k] * y for x, y in zip(row, top)]
    return None if any(r[n] for r in rows[n:]) else tuple(Fraction(rows[i][n], rows[i][i]) for i in range(n))


def extreme_lotteries(margin, running):
    """The corners of the polytope of maximal lotteries: p >= 0, sum 1, at least 0 on average against everyone; a corner
    is the only point on which enough of these hold with equality."""
    n, corners = len(running), set()
    walls = [[int(i == j) for i in range(n)] for j in range(n)]
    walls += [[margin[a, b] for a in running] for b in running]
    walls = [list(w) for w in {tuple(w) for w in walls if any(w)}]
    for chosen in itertools.combinations(walls, n - 1):
        p = solve([*((*wall, 0) for wall in chosen), (*[1] * n, 1)], n)
        if p and all(sum(x * y for x, y in zip(wall, p)) >= 0 for wall in walls):
            corners.add(p)
    return sorted(corners)


def lottery_places(probability, election):
    """Those who can be drawn share the first places."""
    can = [o for o in probability if probability[o] > 0]
    return places_of([g for g in (can, [o for o in probability if probability[o] == 0]) if g], election)


def margins(election, running, c1):
    votes = pairwise(election, running)
    out = {(a, a): 0 for a in running}
    for a, b in votes:
        margin = votes[a, b] - votes[b, a]
        out[a, b] = (margin > 0) - (margin < 0) if c1 else margin
    return out


def maximal_lotteries(election, running):
    corners = extreme_lotteries(margins(election, running, election["options"].get("variant") == "c1"), running)
    p = {o: sum(c[i] for c in corners) / len(corners) for i, o in enumerate(running)}
    return p, lottery_places(p, election), None, {"extreme_lotteries": len(corners)}


def essential_places(election, running, c1):
    corners = extreme_lotteries(margins(election, running, c1), running)
    return None, lottery_places({o: sum(c[i] for c in corners) for i, o in enumerate(running)}, election)


def bipartisan_set(election, running):
    return essential_places(election, running, True)


def essential_set(election, running):
    return essential_places(election, running, False)


def random_ballot(election, running):
    shares, total = dict.fromkeys(running, Fraction(0)), 0
    for ranks, weight in weak_orders(election, running):
        if ranks:
            total += weight
            for o in ranks[0]:
                shares[o] += Fraction(weight, len(ranks[0]))
    p = {o: shares[o] / total if total else Fraction(1, len(running)) for o in running}
    return p, lottery_places(p, election)


def proportional_borda(election, running):
    m, points = len(running), dict.fromkeys(running, Fraction(0))
    for ranks, weight in weak_orders(election, running):
        if not ranks:
            continue
        rest = set(running) - set().union(*ranks)
        over = 0
        for rank in [*ranks, rest] if rest else ranks:
            for o in rank:
                points[o] += weight * sum(Fraction(m - 1 - over - k) for k in range(len(rank))) / len(rank)
            over += len(rank)
    total = sum(points.values())
    p = {o: points[o] / total if total else Fraction(1, m) for o in running}
    return p, lottery_places(p, election)


# -- Nearly winners ----------------------------------------------------------------------------------------------------


def by_least(scores, election):
    """Places by the lowest score; None last."""
    groups = [[o for o in scores if scores[o] == s] for s in sorted({s for s in scores.values() if s is not None})]
    missing = [o for o in scores if scores[o] is None]
    return places_of(groups + ([missing] if missing else []), election)


def ballots_one_by_one(election, running):
    """Each ballot by itself: the rank of every option, None where it is not compared."""
    ignored = election["options"].get("unranked") == "ignored"
    for ranks, weight in weak_orders(election, running):
        if ranks:
            rank = {o: i for i, group in enumerate(ranks) for o in group}
            last = None if ignored else len(ranks)
            yield from [{o: rank.get(o, last) for o in running}] * weight


def vote(rank, a, b):
    """What a ballot adds to the margin of a over b."""
    if rank[a] is None or rank[b] is None or rank[a] == rank[b]:
        return 0
    return 1 if rank[a] < rank[b] else -1


def young(election, running):
    """Margins that can be had by removing ballots, each with the fewest removed."""
    strong, scores = election["options"].get("variant") == "strong", {}
    for a in running:
        others = [b for b in running if b != a]
        reached = {(0,) * len(others): 0}
        for rank in ballots_one_by_one(election, running):
            new = {}
            for at, removed in reached.items():
                kept = tuple(x + vote(rank, a, b) for x, b in zip(at, others))
                for to, cost in ((kept, removed), (at, removed + 1)):
                    new[to] = min(cost, new.get(to, cost))
            reached = new
        good = [cost for at, cost in reached.items() if all(x >= int(strong) for x in at)]
        scores[a] = Fraction(min(good)) if good else None
    return scores, by_least(scores, election)


def lifts(rank, a, others):
    """Every rank that a ballot can be lifted above: (swaps, margins of a over the others)."""
    peers = [b for b in others if rank[b] == rank[a]]
    now, swaps = {**rank}, Fraction(0)
    yield swaps, tuple(vote(now, a, b) for b in others)
    now[a], swaps = rank[a] - Fraction(1, 2), Fraction(len(peers), 2)
    yield swaps, tuple(vote(now, a, b) for b in others)
    for above in range(rank[a] - 1, -1, -1):
        now[a] = above - Fraction(1, 2)
        swaps += sum(rank[b] == above for b in others)
        yield swaps, tuple(vote(now, a, b) for b in others)


def dodgson(election, running):
    scores = {}
    for a in running:
        others = [b for b in running if b != a]
        reached = {(0,) * len(others): Fraction(0)}
        for rank in ballots_one_by_one(election, running):
            new = {}
            for at, spent in reached.items():
                for swaps, margins in lifts(rank, a, others):
                    to, cost = tuple(x + y for x, y in zip(at, margins)), spent + swaps
                    new[to] = min(cost, new.get(to, cost))
            reached = new
        good = [cost for at, cost in reached.items() if all(x > 0 for x in at)]
        scores[a] = min(good) if good else None
    return scores, by_least(scores, election)
