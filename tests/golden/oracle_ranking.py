"""An independent, slow count of the seven methods, to check the library against.

Standard library only, written from the definitions with fractions and sets, without looking for
speed. `elections(seed, n)` draws small random elections with ties, truncation, weights, withdrawn
options and costs; `count(election)` gives places and winners.

As a program it writes elections with their expected answers, one JSON object a line:

    oracle_ranking.py SEED N
"""
from __future__ import annotations

import functools
import itertools
import json
import random
import sys
from fractions import Fraction

APPROVAL, RANKING, SCORE, POINTS = 1, 2, 3, 4


# -- Elections -----------------------------------------------------------------------------------

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


def draw(rng: random.Random) -> dict:
    """One election: options 0 .. m-1, distinct or repeated ballots, a method and its options."""
    method, kind, variants = rng.choice(METHODS)
    options = dict(rng.choice(variants))
    m = rng.randint(1, 6)
    if method == "irv" and not options and rng.random() < 0.5:
        options["ties"] = rng.choice(["id", "earliest", "earliest,id"])
    elif rng.random() < 0.3 and "elimination" not in options:
        options["ties"] = rng.choice(["id", "earliest", "earliest,id"])
    if method == "greedy" and options.get("ties") == "earliest":
        options["ties"] = "earliest,id"
    if method != "greedy" and rng.random() < 0.2:
        options["seats"] = rng.randint(1, 3)
    ballots = []
    for _ in range(rng.randint(0, 7)):
        chosen = rng.sample(range(m), rng.randint(0, m))
        weight = rng.choice([0, 1, 1, 1, 2, 3, 7])
        if kind == APPROVAL:
            values = [1] * len(chosen)
        elif kind == RANKING:
            if rng.random() < 0.5:
                values = list(range(1, len(chosen) + 1))
            else:
                values = [rng.randint(1, 4) for _ in chosen]
        elif kind == SCORE:
            values = [rng.randint(-3, 5) for _ in chosen]
        else:
            values = [rng.randint(0, 5) for _ in chosen]
        ballots.append({"options": chosen, "values": values, "weight": weight})
    times = [rng.choice([None, 10, 10, 20, 30]) if rng.random() < 0.3 else rng.randint(1, 4)
             for _ in range(m)]
    return {
        "method": method, "kind": kind, "options": options, "m": m, "ballots": ballots,
        "costs": [rng.choice([0, 1, 2, 2, 3, 5, 7]) for _ in range(m)],
        "budget": rng.randint(0, 12), "times": times,
        "withdrawn": [int(rng.random() < 0.07) for _ in range(m)],
    }


# -- Ties ----------------------------------------------------------------------------------------

def break_tie(group: list[int], election: dict) -> list[list[int]]:
    """Blocks of still tied options, best block first."""
    default = "id" if election["method"] == "greedy" else ""
    steps = [s for s in election["options"].get("ties", default).split(",") if s]
    blocks = [sorted(group)]
    for step in steps:
        refined = []
        for block in blocks:
            keys = {o: o if step == "id" else election["times"][o] for o in block}
            if None in keys.values():
                refined.append(block)
                continue
            for key in sorted(set(keys.values())):
                refined.append([o for o in block if keys[o] == key])
        blocks = refined
    return blocks


def places_of(groups: list[list[int]], election: dict) -> dict[int, tuple[int, int]]:
    """Places of groups of tied options, best group first."""
    places, done = {}, 0
    for group in groups:
        for block in break_tie(group, election):
            for o in block:
                places[o] = (done + 1, done + len(block))
            done += len(block)
    return places


def by_score(scores: dict, election: dict) -> dict[int, tuple[int, int]]:
    present = sorted({s for s in scores.values() if s is not None}, reverse=True)
    groups = [[o for o in scores if scores[o] == s] for s in present]
    missing = [o for o in scores if scores[o] is None]
    return places_of(groups + ([missing] if missing else []), election)


# -- Methods -------------------------------------------------------------------------------------

def weak_orders(election: dict, running: list[int]) -> list[tuple[list[set[int]], int]]:
    """Ballots as lists of ranks, each a set of running options, with their weight."""
    out = []
    for ballot in election["ballots"]:
        rank_of = {o: v for o, v in zip(ballot["options"], ballot["values"]) if o in running}
        ranks = [{o for o in rank_of if rank_of[o] == r} for r in sorted(set(rank_of.values()))]
        out.append((ranks, ballot["weight"]))
    return out


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


def count(election: dict) -> dict:
    """Places [from, to] and exact scores by option, and the winners in order of their places."""
    running = [o for o in range(election["m"]) if not election["withdrawn"][o]]
    winners = None
    if not running:
        scores, places = None, {}
    elif election["method"] == "greedy":
        scores, places, winners = greedy(election, running)
    else:
        scores, places = globals()[election["method"]](election, running)
    if winners is None:
        seats = election["options"].get("seats", 1)
        winners = [o for o in running if places[o][0] <= seats]
    if (election["method"] == "irv" and running and "ties" not in election["options"] and
            election["options"].get("elimination") != "all_tied"):
        assert {o for o in running if places[o][0] == 1} == put_winners(election, running)
    order = sorted(running, key=lambda o: (places[o], o))
    out = {"places": [[o, *places[o]] for o in order],
           "winners": sorted(winners, key=lambda o: (places[o], o))}
    if scores is not None:
        out["scores"] = [None if scores[o] is None else str(scores[o]) for o in order]
    return out


def elections(seed: int, n: int):
    rng = random.Random(seed)
    for _ in range(n):
        election = draw(rng)
        if election["method"] == "greedy" and "ties" in election["options"]:
            # A chain may leave a tie that matters, which is an error: end it in "id".
            if not election["options"]["ties"].endswith("id"):
                election["options"]["ties"] += ",id"
        yield election


def main() -> None:
    seed, n = int(sys.argv[1]), int(sys.argv[2])
    for election in elections(seed, n):
        election["expected"] = count(election)
        print(json.dumps(election, separators=(",", ":")))


if __name__ == "__main__":
    main()
