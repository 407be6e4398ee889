"""Committees from approvals, from their definitions: every committee, every order of ties, every subset."""

from __future__ import annotations

import itertools
from fractions import Fraction

from common import APPROVAL, break_tie, places_of

THIELE = [{}, {"algorithm": "revseq"}, {"algorithm": "exact"}]

METHODS = [
    ("av", APPROVAL, [{}]),
    ("sav", APPROVAL, [{}]),
    ("pav", APPROVAL, THIELE),
    ("slav", APPROVAL, THIELE),
    ("cc", APPROVAL, [{}, {"algorithm": "exact"}]),
    ("geometric", APPROVAL, [{**o, **b} for o in THIELE for b in ({}, {"base": "3/2"}, {"base": "10000000000"})]),
    ("thiele", APPROVAL, [{**o, **s} for o in THIELE for s in ({}, {"scores": "0,1,5/2"}, {"scores": [3, "1/3", 2]})]),
    ("lexcc", APPROVAL, [{}]),
    ("adams", APPROVAL, [{}]),
    ("minimax_phragmen", APPROVAL, [{}]),
    ("lexmin_phragmen", APPROVAL, [{}]),
    ("monroe", APPROVAL, [{}, {"algorithm": "exact"}]),
    ("minimax_av", APPROVAL, [{}]),
    ("lexmin_minimax_av", APPROVAL, [{}]),
    ("phragmen_enestroem", APPROVAL, [{}]),
    ("consensus", APPROVAL, [{}]),
    ("eph", APPROVAL, [{}, {"variant": "points"}]),
]  # fmt: skip

SHAPE = {"chain": {name: "id" for name, _, _ in METHODS}, "options": (1, 6), "ballots": (0, 7)}


def settle(rng, election):
    options = election["options"]
    running = election["m"] - sum(election["withdrawn"])
    options["seats"] = rng.randint(1, max(1, running))
    if rng.random() < 0.3 and running:
        options["ties"] = "parallel"
    if rng.random() < 0.2:
        for ballot in election["ballots"]:
            ballot["weight"] *= 10 ** rng.randint(9, 12)


# -- What they share ---------------------------------------------------------------------------------------------------


def voters_of(election, running):
    """Approval sets with their weight; who approves nobody does not count."""
    sets = [(frozenset(b["options"]) & frozenset(running), b["weight"]) for b in election["ballots"]]
    return [(approved, weight) for approved, weight in sets if approved and weight > 0]


def seats_of(election):
    return election["options"].get("seats", 1)


def ids(committee):
    return [str(o + 1) for o in sorted(committee)]


def ranks(election, running):
    """Where the chain puts each option, equal where it does not tell."""
    return {o: at for at, block in enumerate(break_tie(running, election)) for o in block}


def elect_set(election, running, committees, trace=None):
    """One of several committees that tie, or with "parallel" all of them."""
    committees = sorted({tuple(sorted(c)) for c in committees})
    k, m = seats_of(election), len(running)
    trace = dict(trace or {})
    if election["options"].get("ties") == "parallel":
        trace |= {"committees": [ids(c) for c in committees], "committee_count": len(committees)}
        inside = {o: sum(o in c for c in committees) for o in running}
        places = {
            o: (1 if inside[o] else k + 1, k if inside[o] == len(committees) else m) for o in running
        }
        return None, places, [o for o in running if inside[o]], trace
    rank = ranks(election, running)
    key = {c: sorted(rank[o] for o in c) for c in committees}
    best = [c for c in committees if key[c] == min(key.values())]
    if len(best) > 1:
        return {"error": "ERR_TIE"}
    trace |= {"committee_count": len(committees)}
    places = {o: (1, k) if o in best[0] else (k + 1, m) for o in running}
    return None, places, list(best[0]), trace


# -- Scores ------------------------------------------------------------------------------------------------------------


def by_scores(election, running, scores):
    k = seats_of(election)
    if election["options"].get("ties") == "parallel":
        total = {c: sum(scores[o] for o in c) for c in itertools.combinations(running, k)}
        best = [c for c in total if total[c] == max(total.values())]
        return scores, *elect_set(election, running, best)[1:]
    groups = [[o for o in running if scores[o] == s] for s in sorted(set(scores.values()), reverse=True)]
    places = places_of(groups, election)
    if any(low <= k < high for low, high in places.values()):
        return {"error": "ERR_TIE"}
    return scores, places, [o for o in running if places[o][1] <= k]


def av(election, running):
    voters = voters_of(election, running)
    return by_scores(election, running, {o: Fraction(sum(w for a, w in voters if o in a)) for o in running})


def sav(election, running):
    voters = voters_of(election, running)
    return by_scores(
        election, running, {o: sum((Fraction(w, len(a)) for a, w in voters if o in a), Fraction(0)) for o in running}
    )


# -- Thiele ------------------------------------------------------------------------------------------------------------


def total_points(voters, committee, worth):
    return sum((w * worth(i) for a, w in voters for i in range(1, len(a & committee) + 1)), Fraction(0))


def thiele_rule(election, running, worth):
    algorithm = election["options"].get("algorithm", "seq")
    voters, k = voters_of(election, running), seats_of(election)

    def points(committee):
        return total_points(voters, frozenset(committee), worth)

    if algorithm == "exact":
        total = {c: points(c) for c in itertools.combinations(running, k)}
        most = max(total.values())
        return elect_set(election, running, [c for c in total if total[c] == most], {"points": str(most)})
    forward = algorithm == "seq"

    def moves(committee):
        """What each option that could join or leave would make of the points."""
        if forward:
            return {o: points(committee | {o}) - points(committee) for o in running if o not in committee}
        return {o: points(committee) - points(committee - {o}) for o in committee}

    def tied(gains):
        best = max(gains.values()) if forward else min(gains.values())
        return sorted(o for o in gains if gains[o] == best)

    start = frozenset() if forward else frozenset(running)
    if election["options"].get("ties") == "parallel":
        sets = {start}
        while len(next(iter(sets))) != k:
            sets = {s ^ {o} for s in sets for o in tied(moves(s))}
        return elect_set(election, running, sets)
    committee, scores, order = start, {}, []
    while len(committee) != k:
        gains = moves(committee)
        scores |= gains
        blocks = break_tie(tied(gains), election)
        block = blocks[0] if forward else blocks[-1]
        if len(block) > 1:
            return {"error": "ERR_TIE"}
        committee ^= {block[0]}
        order.append(block[0])
    if not forward:
        scores |= moves(committee)
    m = len(running)
    if forward:
        places = {o: (order.index(o) + 1,) * 2 if o in committee else (k + 1, m) for o in running}
    else:
        places = {o: (1, k) if o in committee else (m - order.index(o),) * 2 for o in running}
    return scores, places, list(committee), {"points": str(points(committee))}


def pav(election, running):
    return thiele_rule(election, running, lambda i: Fraction(1, i))


def slav(election, running):
    return thiele_rule(election, running, lambda i: Fraction(1, 2 * i - 1))


def cc(election, running):
    return thiele_rule(election, running, lambda i: Fraction(i == 1))


def geometric(election, running):
    base = Fraction(election["options"].get("base", 2))
    return thiele_rule(election, running, lambda i: 1 / base ** (i - 1))


def thiele(election, running):
    scores = election["options"].get("scores")
    if scores is None:
        return pav(election, running)
    scores = [Fraction(s) for s in (scores.split(",") if isinstance(scores, str) else scores)]
    return thiele_rule(election, running, lambda i: scores[i - 1] if i <= len(scores) else Fraction(0))


def best_by(election, running, value):
    """The committees of the greatest value, whatever can be compared."""
    values = {c: value(frozenset(c)) for c in itertools.combinations(running, seats_of(election))}
    best = max(values.values())
    return elect_set(election, running, [c for c in values if values[c] == best]), best


def lexcc(election, running):
    voters, k = voters_of(election, running), seats_of(election)
    levels = min([k, max((len(a) for a, _ in voters), default=0)])
    answer, best = best_by(
        election, running, lambda c: [sum(w for a, w in voters if len(a & c) >= i) for i in range(1, levels + 1)]
    )
    if isinstance(answer, tuple):
        answer[3]["represented"] = [str(n) for n in best]
    return answer


def adams(election, running):
    voters = voters_of(election, running)

    def value(c):
        later = sum((w * Fraction(1, i - 1) for a, w in voters for i in range(2, len(a & c) + 1)), Fraction(0))
        return sum(w for a, w in voters if a & c), later

    answer, best = best_by(election, running, value)
    if isinstance(answer, tuple):
        answer[3].update({"represented": [str(best[0])], "points": str(best[1])})
    return answer


# -- Loads, districts, distances ---------------------------------------------------------------------------------------


def subsets(items):
    return itertools.chain.from_iterable(itertools.combinations(items, n) for n in range(1, len(items) + 1))


def best_loads(voters, committee):
    """The loads of the best sharing as (load, voters), from the largest: whoever must carry most, then the rest.

    The members T that must bring the largest load to their supporters do so, and the rest is shared without these.
    """
    voters, members, out = list(voters), set(committee), []
    while members:
        loads = {}
        for t in subsets(sorted(members)):
            loads[t] = Fraction(len(t), sum(w for a, w in voters if a & set(t)))
        most = max(loads.values())
        heaviest = set().union(*(t for t in loads if loads[t] == most))
        out.append((most, sum(w for a, w in voters if a & heaviest)))
        voters = [(a, w) for a, w in voters if not a & heaviest]
        members -= heaviest
    return out


def fewest_lonely(election, running):
    """Committees with as few members as can be whom nobody approves, and their supported members."""
    voters, k = voters_of(election, running), seats_of(election)
    supported = set().union(*(a for a, _ in voters)) if voters else set()
    sets = [frozenset(c) for c in itertools.combinations(running, k)]
    fewest = min(len(c - supported) for c in sets)
    return voters, {c: c & supported for c in sets if len(c - supported) == fewest}, fewest


def expand(loads):
    """Loads that compare as the list of all voters' loads does, from the largest: a longer run is worse."""
    return [x for load, n in loads for x in (load, n)]


def minimax_phragmen(election, running):
    voters, sets, fewest = fewest_lonely(election, running)
    largest = {c: max((load for load, _ in best_loads(voters, s)), default=Fraction(0)) for c, s in sets.items()}
    least = min(largest.values())
    loads = [{"load": str(least)}] if least else []
    return elect_set(election, running, [c for c in sets if largest[c] == least],
                     {"loads": loads, "unsupported": fewest})  # fmt: skip


def lexmin_phragmen(election, running):
    voters, sets, fewest = fewest_lonely(election, running)
    loads = {c: best_loads(voters, s) for c, s in sets.items()}
    least = min(expand(x) for x in loads.values())
    best = [c for c in sets if expand(loads[c]) == least]
    shown = [{"load": str(load), "voters": str(n)} for load, n in loads[best[0]]]
    return elect_set(election, running, best, {"loads": shown, "unsupported": fewest})


def max_flow(voters, rooms):
    """Voters who can be given to a member they approve, along augmenting paths."""
    members = sorted(rooms)
    held = {(i, c): 0 for i in range(len(voters)) for c in members}
    left, room = [w for _, w in voters], dict(rooms)
    while True:
        came = {("v", i): None for i in range(len(voters)) if left[i] > 0}
        queue, goal = list(came), None
        while queue and goal is None:
            kind, x = node = queue.pop(0)
            if kind == "m" and room[x] > 0:
                goal = node
                break
            if kind == "v":
                onward = [("m", c) for c in members if c in voters[x][0]]
            else:
                onward = [("v", i) for i in range(len(voters)) if held[i, x] > 0]
            for other in onward:
                if other not in came:
                    came[other] = node
                    queue.append(other)
        if goal is None:
            return sum(w for _, w in voters) - sum(left)
        path = [goal]
        while came[path[-1]] is not None:
            path.append(came[path[-1]])
        path.reverse()
        steps = list(zip(path, path[1:]))
        amount = min([left[path[0][1]], room[goal[1]]] + [held[b[1], a[1]] for a, b in steps if a[0] == "m"])
        left[path[0][1]] -= amount
        room[goal[1]] -= amount
        for a, b in steps:
            if a[0] == "v":
                held[a[1], b[1]] += amount
            else:
                held[b[1], a[1]] -= amount


def monroe(election, running):
    voters, k = voters_of(election, running), seats_of(election)
    total = sum(w for _, w in voters)

    def represented(committee):
        """Over every choice of the members with one voter more."""
        room, larger = divmod(total, k)
        return max(
            max_flow(voters, {c: room + (c in more) for c in committee})
            for more in itertools.combinations(sorted(committee), larger)
        )

    if election["options"].get("algorithm") == "exact":
        answer, best = best_by(election, running, represented)
        if isinstance(answer, tuple):
            answer[3]["represented"] = str(best)
        return answer
    room, larger = divmod(total, k)
    return with_credits(election, running, lambda at: Fraction(room + (at < larger)))


def distances_of(voters, committee):
    return sorted(((len(a ^ committee), w) for a, w in voters), reverse=True)


def minimax_av(election, running):
    voters = voters_of(election, running)
    answer, best = best_by(election, running, lambda c: -max((d for d, _ in distances_of(voters, c)), default=0))
    if isinstance(answer, tuple):
        answer[3]["max_distance"] = -best
    return answer


def lexmin_minimax_av(election, running):
    voters = voters_of(election, running)
    m = len(running)

    def value(c):
        return [-sum(w for d, w in distances_of(voters, c) if d == n) for n in range(2 * m, -1, -1)]

    return best_by(election, running, value)[0]


# -- One after the other -----------------------------------------------------------------------------------------------


def one_by_one(election, running, start, supports, elect):
    """Rules that remember: supports(state, open) -> votes of each, elect(state, o) -> next state."""
    k, m = seats_of(election), len(running)

    def tied(state, chosen):
        votes = supports(state, [o for o in running if o not in chosen])
        return sorted(o for o in votes if votes[o] == max(votes.values()))

    if election["options"].get("ties") == "parallel":
        paths = {(frozenset(), start)}
        for _ in range(k):
            paths = {(chosen | {o}, elect(state, o)) for chosen, state in paths for o in tied(state, chosen)}
        return elect_set(election, running, {chosen for chosen, _ in paths})
    state, order, rounds = start, [], []
    for _ in range(k):
        block = break_tie(tied(state, order), election)[0]
        if len(block) > 1:
            return {"error": "ERR_TIE"}
        votes = supports(state, [o for o in running if o not in order])
        rounds.append((block[0], votes))
        state = elect(state, block[0])
        order.append(block[0])
    places = {o: (order.index(o) + 1,) * 2 if o in order else (k + 1, m) for o in running}
    return rounds, places, order


def with_credits(election, running, price):
    """The supporters of the one with the most votes lose its price, each the same part."""
    voters = voters_of(election, running)

    def supports(state, candidates):
        return {o: sum((w * x for (a, w), x in zip(voters, state[1]) if o in a), Fraction(0)) for o in candidates}

    def elect(state, o):
        at, left = state
        support = supports(state, [o])[o]
        keep = max(Fraction(0), 1 - price(at) / support) if support else Fraction(0)
        return at + 1, tuple(x * keep if o in a else x for (a, _), x in zip(voters, left))

    answer = one_by_one(election, running, (0, (Fraction(1),) * len(voters)), supports, elect)
    if len(answer) != 3:
        return answer
    rounds, places, order = answer
    return None, places, order


def phragmen_enestroem(election, running):
    total = sum(w for _, w in voters_of(election, running))
    return with_credits(election, running, lambda at: Fraction(total, seats_of(election)))


def consensus(election, running):
    voters = voters_of(election, running)
    total = sum(w for _, w in voters)

    def supports(state, candidates):
        return {o: sum((w * x for (a, w), x in zip(voters, state) if o in a and x > 0), Fraction(0)) for o in candidates}

    def elect(state, o):
        payers = sum(w for (a, w), x in zip(voters, state) if o in a and x > 0)
        return tuple(
            (x - Fraction(total, payers) if o in a and x > 0 else x) + 1 for (a, _), x in zip(voters, state)
        )

    answer = one_by_one(election, running, (Fraction(1),) * len(voters), supports, elect)
    if len(answer) != 3:
        return answer
    rounds, places, order = answer
    scores = {}
    for _, votes in rounds:
        scores |= votes
    return scores, places, order


def eph(election, running):
    voters, k = voters_of(election, running), seats_of(election)
    left, places, scores = list(running), {}, {}
    approvals = {o: sum(w for a, w in voters if o in a) for o in running}

    def points_of():
        shares = [(a & set(left), w) for a, w in voters]
        return {o: sum((Fraction(w, len(a)) for a, w in shares if o in a), Fraction(0)) for o in left}

    parallel = election["options"].get("ties") == "parallel"
    stay = None
    while len(left) > k:
        points = points_of()
        scores |= points
        second = sorted(points.values())[1]
        compared = [o for o in left if points[o] <= second]
        by = {o: (approvals[o], points[o] if election["options"].get("variant") == "points" else 0) for o in compared}
        leaving = [o for o in compared if by[o] == min(by.values())]
        if len(left) - len(leaving) < k:
            stay = len(leaving) - (len(left) - k)
            if parallel:
                break
            if stay:
                blocks = break_tie(leaving, election)
                order = [o for b in blocks for o in b]
                if any(order[stay - 1] in b and order[stay] in b for b in blocks):
                    return {"error": "ERR_TIE"}
            else:
                order = leaving
            for o in reversed(order[stay:]):
                places[o] = (len(left),) * 2
                left.remove(o)
            break
        for o in leaving:
            places[o] = (len(left) - len(leaving) + 1, len(left))
        left = [o for o in left if o not in leaving]
    scores |= points_of() if stay is None else {}
    if parallel:
        certain = [o for o in left if stay is None or o not in leaving]
        sets = [(*certain, *c) for c in itertools.combinations(leaving, stay)] if stay is not None else [left]
        return (scores, *elect_set(election, running, sets)[1:])
    places |= {o: (1, k) for o in left}
    return scores, places, left
