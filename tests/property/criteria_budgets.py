"""The criteria for budgets from approvals, as docs/reference/criteria.md states them.

Ties go to the project that stands first, so that an outcome is one selection.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from criteria_elections import APPROVAL, Ballots, Draw, Election, approving

Select = Callable[[Election], frozenset]
Question = Callable[[Select], bool]


def cost(e: Election, projects: frozenset[int]) -> int:
    return sum(e.costs[p] for p in projects)


def priced(e: Election, costs: tuple[int, ...], budget: int) -> Election:
    return Election(e.kind, e.m, e.ballots, costs, budget)


def exhaustive(e: Election, draw: Draw) -> Question:
    def holds(select: Select) -> bool:
        left = e.budget - cost(e, select(e))
        return all(p in select(e) or e.costs[p] > left for p in range(e.m))

    return holds


def supported_exhaustive(e: Election, draw: Draw) -> Question:
    wanted = {o for x in e.ballots for o in x.options}

    def holds(select: Select) -> bool:
        left = e.budget - cost(e, select(e))
        return all(p in select(e) or e.costs[p] > left for p in wanted)

    return holds


def unanimity(e: Election, draw: Draw) -> Question:
    """Everyone is made to approve one or two."""
    chosen = frozenset(draw.order(e.m)[: draw.between(1, 2)])
    f = e.of(x._replace(options=tuple(sorted(chosen.union(x.options)))) for x in e.ballots)
    by_all = frozenset(range(e.m)).intersection(*(x.options for x in f.ballots))
    return lambda select: cost(e, by_all) > e.budget or by_all <= select(f)


def limit(e: Election, draw: Draw) -> Question:
    """The budget rises by 1 where no project costs as much."""
    if e.budget + 1 in e.costs:
        return lambda select: True
    more = priced(e, e.costs, e.budget + 1)
    return lambda select: select(e) <= select(more)


def discount(e: Election, draw: Draw) -> Question:
    p = draw.below(e.m)
    if e.costs[p] < 2:
        return lambda select: True
    cheaper = priced(e, e.costs[:p] + (e.costs[p] - 1,) + e.costs[p + 1 :], e.budget)
    return lambda select: p not in select(e) or p in select(cheaper)


def splitting(e: Election, draw: Draw) -> Question:
    """A project becomes two that its voters approve and that cost as much together."""
    p = draw.below(e.m)
    if e.costs[p] < 2:
        return lambda select: True
    part = draw.between(1, e.costs[p] - 1)
    ballots = [x._replace(options=x.options + (e.m,)) if p in x.options else x for x in e.ballots]
    costs = e.costs[:p] + (e.costs[p] - part,) + e.costs[p + 1 :] + (part,)
    f = Election(e.kind, e.m + 1, ballots, costs, e.budget)
    return lambda select: p not in select(e) or bool(select(f) & {p, e.m})


def merging(e: Election, draw: Draw) -> Question:
    """Two that are approved together, by all who approve one of them, become one project. The last two are made so."""
    p, q = e.m - 2, e.m - 1
    twin = [
        x._replace(options=tuple(o for o in x.options if o != q) + ((q,) if p in x.options else ())) for x in e.ballots
    ]
    f = e.of(x for x in twin if x.options)
    ballots = [x._replace(options=tuple(o for o in x.options if o != q)) for x in f.ballots]
    merged = Election(e.kind, e.m - 1, ballots, e.costs[:p] + (e.costs[p] + e.costs[q],), e.budget)
    return lambda select: not f.ballots or not {p, q} <= select(f) or p in select(merged)


def support(e: Election, draw: Draw) -> Question:
    """Some voters of a ballot approve one more."""
    index = draw.below(len(e.ballots))
    x = e.ballots[index]
    count = draw.between(1, x.count)
    kept = (x._replace(count=x.count - count),) if count < x.count else ()
    after = {
        p: e.of(e.ballots[:index] + kept + (Ballots(tuple(sorted((*x.options, p))), count),) + e.ballots[index + 1 :])
        for p in range(e.m) if p not in x.options
    }  # fmt: skip
    return lambda select: all(p not in select(e) or p in select(f) for p, f in after.items())


def up_to_one(e: Election, worth: Callable[[frozenset[int]], int]) -> Question:
    def fair(w: frozenset[int]) -> bool:
        """No group can pay for t with its share, of whom each gets less than t even with one more of t."""
        for size in range(1, e.m + 1):
            for t in map(frozenset, combinations(range(e.m), size)):
                poor = sum(
                    x.count for x in e.ballots if t <= set(x.options) and worth(w & set(x.options)) < worth(t)
                    and all(worth((w | {p}) & set(x.options)) <= worth(t) for p in t - w)
                )  # fmt: skip
                if poor * e.budget >= cost(e, t) * e.voters and poor > 0:
                    return False
        return True

    return lambda select: fair(select(e))


def extended_by_cost(e: Election, draw: Draw) -> Question:
    return up_to_one(e, lambda projects: cost(e, projects))


def extended_by_number(e: Election, draw: Draw) -> Question:
    return up_to_one(e, len)


def homogeneity(e: Election, draw: Draw) -> Question:
    n = draw.between(2, 4)
    times = e.of(x._replace(count=n * x.count) for x in e.ballots)
    return lambda select: select(e) == select(times)


CRITERIA: dict[str, Callable[[Election, Draw], Question]] = {
    "Exh": exhaustive,
    "ExhS": supported_exhaustive,
    "Unan": unanimity,
    "Limit": limit,
    "Disc": discount,
    "Split": splitting,
    "Merge": merging,
    "Supp": support,
    "EJR1c": extended_by_cost,
    "EJR1n": extended_by_number,
    "Homog": homogeneity,
}


def questions(trial: int) -> dict[str, Question]:
    """Of every criterion one question; most start from the same election."""
    draw = Draw(trial)
    m = draw.between(2, 5)
    dearest = draw.choice((1, 3, 9))
    costs = tuple(draw.between(1, dearest) for _ in range(m))
    budget = draw.between(max(costs), max(max(costs), sum(costs) - 1))
    largest = draw.choice((1, 3, 9))
    ballots = [approving(draw, m, draw.between(1, largest)) for _ in range(draw.between(1, 7))]
    e = Election(APPROVAL, m, ballots, costs, budget)
    return {name: criterion(e, Draw(trial ^ 0x5EED << 40)) for name, criterion in CRITERIA.items()}
