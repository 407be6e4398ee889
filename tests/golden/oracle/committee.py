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
    answer, _ = best_by(
        election, running, lambda c: [sum(w for a, w in voters if len(a & c) >= i) for i in range(1, k + 1)]
    )
    return answer


def adams(election, running):
    voters = voters_of(election, running)

    def value(c):
        later = sum((w * Fraction(1, i - 1) for a, w in voters for i in range(2, len(a & c) + 1)), Fraction(0))
        return sum(w for a, w in voters if a & c), later

    return best_by(election, running, value)[0]
