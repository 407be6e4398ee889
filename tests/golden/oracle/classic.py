"""Plurality, Borda, instant runoff, Schulze, approval, score and the greedy budget, from their definitions."""

from __future__ import annotations

import functools
import itertools
from fractions import Fraction

from common import APPROVAL, POINTS, RANKING, SCORE, break_tie, by_score, places_of, weak_orders

METHODS = [
    ("plurality", RANKING, [{}, {"equal_first": "each"}]),
    ("borda", RANKING, [{}, {"unranked": "ignored"}, {"variant": "symmetric"},
                        {"variant": "symmetric", "unranked": "ignored"}, {"variant": "dowdall"},
                        {"variant": "dowdall", "unranked": "ignored"},
                        {"scores": "5,3,1/2"}, {"scores": [7, "2.5"], "unranked": "ignored"}]),
    ("irv", RANKING, [{}, {"elimination": "all_tied"}, {"elimination": "parallel"}]),
    ("schulze", RANKING, [{}, {"strength": "margins"}, {"unranked": "ignored"}]),
    ("approval", APPROVAL, [{}]),
    ("score", SCORE, [{}, {"aggregate": "sum"}, {"minimum_count": 4},
                      {"aggregate": "sum", "minimum_count": "3"}]),
    ("greedy", APPROVAL, [{}, {"satisfaction": "cardinality"}]),
    ("greedy", POINTS, [{}, {"satisfaction": "cardinality"}]),
]

SHAPE = {"chain": {"greedy": "id"}}


def settle(rng, election):
    """Last touches to a drawn election: a chain that a budget cannot leave open, ties that exclude each other."""
    options = election["options"]
    if election["method"] == "irv" and set(options) - {"ties"}:
        options.pop("ties", None)
    if election["method"] == "greedy":
        options.pop("seats", None)
        if options.get("ties") == "earliest":
            options["ties"] = "earliest,id"


def plurality(election, running):
    scores = {o: Fraction(0) for o in running}
    for ranks, weight in weak_orders(election, running):
        if ranks:
            each = election["options"].get("equal_first") == "each"
            for o in ranks[0]:
                scores[o] += Fraction(weight, 1 if each else len(ranks[0]))
    return scores, by_score(scores, election)


def borda(election, running):
    options, m = election["options"], len(running)
    scores = {o: Fraction(0) for o in running}
    ignored = options.get("unranked") == "ignored"
    vector = options.get("scores")
    if isinstance(vector, str):
        vector = vector.split(",")
    for ranks, weight in weak_orders(election, running):
        if not ranks:
            continue
        rest = set(running) - set().union(*ranks)
        if not ignored and rest:
            ranks = ranks + [rest]
        counted = sum(len(r) for r in ranks)
        for at, rank in enumerate(ranks):
            over = sum(len(r) for r in ranks[:at])
            under = counted - over - len(rank)
            for o in rank:
                if vector is not None:
                    worth = [Fraction(vector[p]) if p < len(vector) else Fraction(0)
                             for p in range(over, over + len(rank))]
                    points = sum(worth) / len(rank)
                elif options.get("variant") == "dowdall":
                    points = sum(Fraction(1, p + 1) for p in range(over, over + len(rank)))
                    points /= len(rank)
                elif options.get("variant") == "symmetric":
                    points = Fraction(under - over)
                else:
                    points = under + Fraction(len(rank) - 1, 2)
                scores[o] += weight * points
    return scores, by_score(scores, election)


def first_votes(orders, alive):
    votes = {o: Fraction(0) for o in alive}
    for ranks, weight in orders:
        for rank in ranks:
            top = rank & alive
            if top:
                for o in top:
                    votes[o] += Fraction(weight, len(top))
                break
    return votes


def irv(election, running):
    orders = weak_orders(election, running)
    elimination = election["options"].get("elimination", "one")
    chain = "ties" in election["options"]
    places: dict[int, list[int]] = {}

    def note(o, low, high):
        old = places.get(o, (low, high))
        places[o] = (min(low, old[0]), max(high, old[1]))

    seen = set()

    def universes(alive):
        """Every order; ties that vanish without a trace for the others go together."""
        if not alive or alive in seen:
            return
        seen.add(alive)
        votes = first_votes(orders, alive)
        lowest = sorted(o for o in alive if votes[o] == min(votes.values()))
        if chain:
            blocks = break_tie(lowest, election)
        else:
            blocks = [lowest]
        leaving = blocks[-1]
        if len(blocks) == 1 and len(lowest) > 1:
            others = [votes[o] for o in alive if o not in lowest]
            total = sum(votes[o] for o in lowest)
            if (others and total < min(others)) or (not others and total == 0):
                for o in lowest:
                    note(o, len(alive) - len(lowest) + 1, len(alive))
                universes(alive - frozenset(lowest))
                return
        for o in leaving:
            note(o, len(alive), len(alive))
            universes(alive - {o})

    if elimination == "all_tied":
        alive, groups = frozenset(running), []
        while alive:
            votes = first_votes(orders, alive)
            lowest = [o for o in alive if votes[o] == min(votes.values())]
            groups.insert(0, lowest)
            alive -= frozenset(lowest)
        return None, places_of(groups, election)
    universes(frozenset(running))
    return None, places


def put_winners(election, running):
    """Winners of instant runoff over all orders of elimination, by the definition alone."""
    orders = weak_orders(election, running)

    @functools.cache
    def winners(alive):
        if len(alive) == 1:
            return alive
        votes = first_votes(orders, alive)
        lowest = [o for o in alive if votes[o] == min(votes.values())]
        return frozenset().union(*(winners(alive - {o}) for o in lowest))

    return winners(frozenset(running))


def schulze_relation(election, running):
    votes = {p: 0 for p in itertools.permutations(running, 2)}
    ignored = election["options"].get("unranked") == "ignored"
    for ranks, weight in weak_orders(election, running):
        rest = set(running) - set().union(*ranks) if ranks else set()
        if ranks and not ignored and rest:
            ranks = ranks + [rest]
        for high, low in itertools.combinations(ranks, 2):
            for a, b in itertools.product(high, low):
                votes[a, b] += weight
    margins = election["options"].get("strength") == "margins"
    links = {(a, b): (votes[a, b] - votes[b, a] if margins else votes[a, b])
             for a, b in votes if votes[a, b] > votes[b, a]}

    def strongest(a, b):
        """Raise the bar while b can still be reached from a over links that pass it."""
        best = 0
        for bar in sorted(set(links.values())):
            reach, todo = {a}, [a]
            while todo:
                x = todo.pop()
                for y in running:
                    if y not in reach and links.get((x, y), 0) >= bar:
                        reach.add(y)
                        todo.append(y)
            if b in reach:
                best = bar
        return best

    return {(a, b) for a, b in votes if strongest(a, b) > strongest(b, a)}


def schulze(election, running):
    over = schulze_relation(election, running)
    scores = {o: Fraction(sum((o, x) in over for x in running)) for o in running}

    def ranges(rest, done):
        return {o: (done + 1 + sum((x, o) in over for x in rest),
                    done + len(rest) - sum((o, x) in over for x in rest)) for o in rest}

    if "ties" not in election["options"]:
        return scores, ranges(running, 0)
    places, rest = {}, list(running)
    while rest:
        top = [o for o in rest if not any((x, o) in over for x in rest)]
        block = break_tie(top, election)[0]
        others = [o for o in rest if o not in block]
        if len(block) > 1 and any((b, o) not in over for b in block for o in others):
            places.update(ranges(rest, len(places)))
            break
        first = len(places) + 1
        for o in block:
            places[o] = (first, first + len(block) - 1)
        rest = others
    return scores, places


def approval(election, running):
    scores = {o: Fraction(sum(b["weight"] for b in election["ballots"] if o in b["options"]))
              for o in running}
    return scores, by_score(scores, election)


def score(election, running):
    options, scores = election["options"], {}
    for o in running:
        marks = [(v, b["weight"]) for b in election["ballots"]
                 for x, v in zip(b["options"], b["values"]) if x == o]
        count, total = sum(w for _, w in marks), sum(v * w for v, w in marks)
        if count < int(options.get("minimum_count", 1)):
            scores[o] = None
        else:
            scores[o] = Fraction(total) if options.get("aggregate") == "sum" else Fraction(total, count)
    return scores, by_score(scores, election)


def greedy(election, running):
    votes = {o: sum(v * b["weight"] for b in election["ballots"]
                    for x, v in zip(b["options"], b["values"]) if x == o) for o in running}
    cost = election["costs"]

    def ratio(o):
        if cost[o] == 0 and votes[o] > 0:
            return (1, Fraction(votes[o]))
        if election["options"].get("satisfaction", "cost") == "cost":
            return (0, Fraction(votes[o]))
        return (0, Fraction(votes[o], cost[o]) if votes[o] else Fraction(0))

    queue = [o for r in sorted({ratio(o) for o in running}, reverse=True)
             for block in break_tie([o for o in running if ratio(o) == r], election)
             for o in block]
    left, bought, skipped = election["budget"], [], []
    for o in queue:
        if cost[o] <= left:
            left -= cost[o]
            bought.append(o)
        else:
            skipped.append(o)
    order = bought + skipped
    places = {o: (i + 1, i + 1) for i, o in enumerate(order)}
    return {o: Fraction(votes[o]) for o in running}, places, bought


def check(election, running, places):
    """Instant runoff over all orders, a second time and by the definition alone."""
    options = election["options"]
    if election["method"] == "irv" and running and "ties" not in options and options.get("elimination") != "all_tied":
        assert {o for o in running if places[o][0] == 1} == put_winners(election, running)
