"""STAR and its committees, majority judgment, and the votes, points and credits of one ballot, from their definitions."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import isqrt

from common import APPROVAL, POINTS, RANKING, SCORE, break_tie, by_score, places_of, weak_orders

MJ = [{}, {"variant": "typical"}, {"variant": "central"}, {"variant": "usual"}]
MJ += [{**v, "unscored": "worst"} for v in MJ]
SEATS = [{"seats": 1}, {"seats": 2}, {"seats": 3}, {"seats": 3, "maximum_score": 7}]
METHODS = [
    ("score", SCORE, [{"aggregate": "median"}, {"prior_count": "5/2", "prior_mean": "3"},
                      {"aggregate": "median", "minimum_count": 3}]),
    ("majority_judgment", SCORE, MJ),
    ("star", SCORE, [{}, {"protocol": "votes"}]),
    ("bloc_star", SCORE, SEATS),
    ("allocated_score", SCORE, SEATS),
    ("reweighted_range", SCORE, SEATS),
    ("sequentially_spent_score", SCORE, SEATS),
    ("cumulative", POINTS, [{}, {"points": 12}]),
    ("cumulative", APPROVAL, [{}]),
    ("quadratic", POINTS, [{}, {"credits": 9}]),
    ("quadratic", SCORE, [{}]),
    ("d21", SCORE, [{}, {"plus": 3}, {"minus": 1}]),
    ("sntv", RANKING, [{}]),
    ("sntv", APPROVAL, [{}]),
    ("block", RANKING, [{"seats": 2}, {"seats": 3}]),
    ("block", APPROVAL, [{"seats": 3}]),
    ("limited", RANKING, [{"seats": 3}, {"seats": 3, "votes": 1}]),
]  # fmt: skip

COMMITTEES = {"bloc_star", "allocated_score", "reweighted_range", "sequentially_spent_score"}
SHAPE = {"options": (1, 6), "ballots": (0, 7), "chain": {m: "id" for m in COMMITTEES}}


def settle(rng, election):
    """Scores within the scale of the method, seats that can be filled, and few undecided ties."""
    method, options, m = election["method"], election["options"], election["m"]
    low, high = {"majority_judgment": (-2, 3), "d21": (-1, 1), "quadratic": (-4, 4), "score": (-3, 5)}.get(method, (0, 5))
    if election["kind"] == SCORE:
        for ballot in election["ballots"]:
            ballot["values"] = [rng.randint(low, high) for _ in ballot["values"]]
    if election["kind"] == POINTS and method == "quadratic":
        for ballot in election["ballots"]:
            ballot["values"] = [rng.choice([0, 1, 2, 3, 4, 5, 8, 9, 12, 18, 27, 50]) for _ in ballot["values"]]
    if method == "d21" and rng.random() < 0.8:
        for ballot in election["ballots"]:
            if ballot["values"].count(1) < 2:
                ballot["values"] = [1] * len(ballot["values"])
    if "seats" in options:
        election["withdrawn"] = [0] * m
        options["seats"] = min(options["seats"], m)
        if options.get("votes", 1) > options["seats"]:
            del options["votes"]


def marks(election, running):
    """Ballots as {option: value} with their weight; those that say nothing of a running option are left out."""
    out = []
    for ballot in election["ballots"]:
        said = {o: v for o, v in zip(ballot["options"], ballot["values"]) if o in running}
        if said:
            out.append((said, ballot["weight"]))
    return out


def grades_of(election, running, worst):
    """Every option's grades, each repeated by its weight, sorted."""
    ballots = marks(election, running)
    lowest = min((v for said, _ in ballots for v in said.values()), default=None)
    out = {}
    for o in running:
        grades = []
        for said, weight in ballots:
            if o in said:
                grades += [said[o]] * weight
            elif worst:
                grades += [lowest] * weight
        out[o] = sorted(grades)
    return out


def lower_median(grades):
    return grades[(len(grades) - 1) // 2]


def score(election, running):
    options, grades = election["options"], grades_of(election, running, False)
    scores = {}
    for o in running:
        if len(grades[o]) < options.get("minimum_count", 1):
            scores[o] = None
        elif options.get("aggregate") == "median":
            scores[o] = Fraction(lower_median(grades[o]))
        else:
            n, mean = Fraction(options["prior_count"]), Fraction(options["prior_mean"])
            scores[o] = (n * mean + sum(grades[o])) / (n + len(grades[o]))
    return scores, by_score(scores, election)


def ranked(keys, election):
    """Places by keys, the largest first."""
    values = sorted(set(keys.values()), reverse=True)
    return places_of([[o for o in keys if keys[o] == k] for k in values], election)


def majority_judgment(election, running):
    options = election["options"]
    grades = grades_of(election, running, options.get("unscored") == "worst")
    keys, scores = {}, {}
    for o in running:
        if not grades[o]:
            keys[o], scores[o] = (0,), None
            continue
        median = lower_median(grades[o])
        scores[o] = Fraction(median)
        n = len(grades[o])
        p, q = (Fraction(sum(g > median for g in grades[o]), n), Fraction(sum(g < median for g in grades[o]), n))
        variant = options.get("variant", "standard")
        if variant == "typical":
            key = (median, p - q)
        elif variant == "central":
            key = (median, (p - q) / (p + q) if p + q else 0)
        elif variant == "usual":
            key = (median, (p - q) / (1 - p - q))
        else:
            rest, key = list(grades[o]), ()
            while rest:
                key += (lower_median(rest),)
                rest.remove(key[-1])
        keys[o] = (1, key)
    return scores, ranked(keys, election)


# -- STAR ---------------------------------------------------------------------------------------------------------------


def prefers(ballots, a, b):
    return sum(w for said, w in ballots if said.get(a, 0) > said.get(b, 0))


def totals_of(ballots, running):
    return {o: sum(said.get(o, 0) * w for said, w in ballots) for o in running}


def groups_by(count, pool):
    return [[o for o in pool if count[o] == c] for c in sorted({count[o] for o in pool}, reverse=True)]


def admit(into, pool, count):
    """Groups with the highest counts come in while they fit into two places; the rest of the tie is returned."""
    for group in groups_by(count, pool):
        if len(into) == 2:
            return []
        if len(into) + len(group) > 2:
            return group
        into += group
    return []


def choose_one(ballots, pool, fives):
    while len(pool) > 1:
        losses = {o: sum(prefers(ballots, x, o) > prefers(ballots, o, x) for x in pool if x != o) for o in pool}
        left = [o for o in pool if losses[o] < max(losses.values())]
        if left:
            pool = left
            continue
        best = [o for o in pool if fives[o] == max(fives[x] for x in pool)]
        if len(best) == 1:
            return best
        left = [o for o in pool if fives[o] > min(fives[x] for x in pool)]
        if not left:
            return pool
        pool = left
    return pool


def star_winners(election, ballots, running):
    """The options that may win a round, and the runoff pairs that may come."""
    highest = max([5] + [v for said, _ in ballots for v in said.values()])
    if "maximum_score" in election["options"]:
        highest = election["options"]["maximum_score"]
    totals = totals_of(ballots, running)
    fives = {o: sum(w for said, w in ballots if said.get(o, 0) == highest) for o in running}
    into: list[int] = []
    tied = admit(into, list(running), totals)
    if tied and election["options"].get("protocol") == "votes":
        votes = {o: sum(prefers(ballots, o, x) for x in tied if x != o) for o in tied}
        tied = admit(into, tied, votes)
        tied = admit(into, tied, fives) if tied else tied
    elif tied:
        while tied and len(into) < 2:
            chosen = choose_one(ballots, list(tied), fives)
            if len(into) + len(chosen) > 2:
                tied = chosen
                break
            into += chosen
            tied = [o for o in tied if o not in chosen]
        if len(into) == 2:
            tied = []
    for block in break_tie(tied, election) if tied else []:
        tied = block
        if len(into) + len(block) > 2:
            break
        into += block
        tied = []
        if len(into) == 2:
            break
    if len(into) == 1 and not tied:
        return set(into), []
    pairs = [into] if not tied else [into + list(c) for c in itertools.combinations(tied, 2 - len(into))]
    winners = set()
    for a, b in pairs:
        key = {x: (prefers(ballots, x, y), totals[x], fives[x]) for x, y in ((a, b), (b, a))}
        if key[a] != key[b]:
            winners.add(max(a, b, key=key.get))
        else:
            blocks = break_tie([a, b], election)
            winners |= set(blocks[0])
    return winners, pairs


def star(election, running):
    ballots = marks(election, running)
    totals = totals_of(ballots, running)
    winners, pairs = star_winners(election, ballots, running)
    finalists = {o for pair in pairs for o in pair}
    keys = {o: (2, 0) if o in winners else (1 if o in finalists else 0, totals[o]) for o in running}
    return {o: Fraction(totals[o]) for o in running}, ranked(keys, election)


def committee(election, running, rounds):
    """Places of a committee that is elected one after the other; None where a tie is not broken."""
    if rounds is None:
        return {"error": "ERR_TIE"}
    k, m = len(rounds), len(running)
    places = {o: (rounds.index(o) + 1,) * 2 if o in rounds else (k + 1, m) for o in running}
    return None, places, rounds


def bloc_star(election, running):
    ballots, alive, elected = marks(election, running), list(running), []
    for _ in range(election["options"].get("seats", 1)):
        winners, _ = star_winners(election, ballots, alive)
        if len(winners) > 1:
            return {"error": "ERR_TIE"}
        elected += winners
        alive = [o for o in alive if o not in winners]
    return committee(election, running, elected)


def spending(election, running, spend):
    """Each ballot on its own: what it counts for, its scores, its weight."""
    ballots = [[Fraction(1), said, w] for said, w in marks(election, running)]
    highest = max([5] + [v for _, said, _ in ballots for v in said.values()])
    highest = election["options"].get("maximum_score", highest)
    voters = sum(b["weight"] for b in election["ballots"])
    seats, elected, alive = election["options"].get("seats", 1), [], list(running)
    while len(elected) < seats:
        totals = {o: sum(f * said.get(o, 0) * w for f, said, w in ballots) for o in alive}
        block = break_tie([o for o in alive if totals[o] == max(totals.values())], election)[0]
        if len(block) > 1:
            return {"error": "ERR_TIE"}
        elected += block
        alive.remove(block[0])
        spend(ballots, block[0], totals[block[0]], highest, Fraction(voters, seats))
    return committee(election, running, elected)


def allocated_score(election, running):
    def spend(ballots, o, total, highest, quota):
        worth = lambda b: b[0] * b[1].get(o, 0)  # noqa: E731
        for level in sorted({worth(b) for b in ballots if worth(b) > 0}, reverse=True):
            group = [b for b in ballots if worth(b) == level]
            weight = sum(b[0] * b[2] for b in group)
            part = Fraction(1) if weight <= quota else quota / weight
            quota -= weight * part
            for b in group:
                b[0] -= b[0] * part
            if quota == 0:
                break

    return spending(election, running, spend)


def reweighted_range(election, running):
    given: dict[int, int] = {}

    def spend(ballots, o, total, highest, quota):
        for i, b in enumerate(ballots):
            given[i] = given.get(i, 0) + b[1].get(o, 0)
            b[0] = Fraction(highest, highest + given[i])

    return spending(election, running, spend)


def sequentially_spent_score(election, running):
    def spend(ballots, o, total, highest, quota):
        if total == 0:
            return
        ratio = min(Fraction(1), quota * highest / total)
        for b in ballots:
            b[0] -= b[0] * b[1].get(o, 0) * ratio / highest

    return spending(election, running, spend)


# -- Votes, points, credits ------------------------------------------------------------------------------------------------


def cumulative(election, running):
    limit, scores = election["options"].get("points"), {o: Fraction(0) for o in running}
    for said, weight in marks(election, running):
        if limit is not None and sum(said.values()) > limit:
            return {"error": "ERR_ARGUMENT"}
        for o, v in said.items():
            scores[o] += Fraction(weight, len(said)) if election["kind"] == APPROVAL else v * weight
    return scores, by_score(scores, election)


def quadratic(election, running):
    """Roots with 60 digits tell apart what differs; what does not is equal by its square-free parts."""
    limit, digits = election["options"].get("credits"), 10**120
    exact = {o: {} for o in running}
    for said, weight in marks(election, running):
        credits = [v if election["kind"] == POINTS else v * v for v in said.values()]
        if limit is not None and sum(credits) > limit:
            return {"error": "ERR_ARGUMENT"}
        for o, v in said.items():
            if election["kind"] == SCORE:
                exact[o][1] = exact[o].get(1, 0) + v * weight
                continue
            root = max(k for k in range(isqrt(v) + 1) if k == 0 or v % (k * k) == 0)
            free = v // (root * root) if root else 1
            exact[o][free] = exact[o].get(free, 0) + root * weight
    approximate = {o: sum(c * isqrt(s * digits) for s, c in exact[o].items()) for o in running}
    clean = {o: {s: c for s, c in exact[o].items() if c} for o in running}
    groups = []
    for o in sorted(running, key=lambda o: -approximate[o]):
        if groups and clean[groups[-1][0]] == clean[o]:
            groups[-1].append(o)
        else:
            groups.append([o])
    return None, places_of(groups, election)


def d21(election, running):
    options, scores = election["options"], {o: Fraction(0) for o in running}
    for said, weight in marks(election, running):
        plus, minus = list(said.values()).count(1), list(said.values()).count(-1)
        if plus > options.get("plus", plus) or minus > options.get("minus", minus) or (minus and plus < 2):
            return {"error": "ERR_ARGUMENT"}
        for o, v in said.items():
            scores[o] += v * weight
    return scores, by_score(scores, election)


def top_votes(election, running, k):
    scores = {o: Fraction(0) for o in running}
    if election["kind"] == APPROVAL:
        for said, weight in marks(election, running):
            if len(said) > k:
                return {"error": "ERR_ARGUMENT"}
            for o in said:
                scores[o] += weight
        return scores, by_score(scores, election)
    for ranks, weight in weak_orders(election, running):
        left = k
        for rank in ranks:
            for o in rank:
                scores[o] += weight * min(Fraction(1), Fraction(left, len(rank)))
            left = max(0, left - len(rank))
    return scores, by_score(scores, election)


def sntv(election, running):
    return top_votes(election, running, 1)


def block(election, running):
    return top_votes(election, running, election["options"].get("seats", 1))


def limited(election, running):
    seats = election["options"].get("seats", 1)
    return top_votes(election, running, election["options"].get("votes", max(1, seats - 1)))
