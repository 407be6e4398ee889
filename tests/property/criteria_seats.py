"""The criteria for committees from rankings, as docs/reference/criteria.md states them.

Ties go to the option that stands first, so that an outcome is one committee.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from criteria_elections import Ballots, Draw, Election, rankings

Elect = Callable[[Election, int], frozenset]
Question = Callable[[Elect], bool]


def coalitions(e: Election) -> Iterator[tuple[frozenset, int]]:
    """Options that voters rank over all others, and how many do."""
    for group in {frozenset(x.options[:size]) for x in e.ballots for size in range(1, e.m + 1)}:
        yield group, sum(x.count for x in e.ballots if frozenset(x.options[: len(group)]) == group)


def solid(deserved: Callable[[Election, int, int], int]) -> Callable[[Election, int, Draw], Question]:
    def criterion(e: Election, k: int, draw: Draw) -> Question:
        due = [(group, min(deserved(e, k, n), len(group))) for group, n in coalitions(e)]
        return lambda elect: all(len(group & elect(e, k)) >= seats for group, seats in due)

    return criterion


def hare(e: Election, k: int, n: int) -> int:
    return n * k // e.voters


def droop(e: Election, k: int, n: int) -> int:
    """The most seats whose quotas of V/(k+1) the group exceeds."""
    return max(0, (n * (k + 1) - 1) // e.voters)


def whole_droop(e: Election, k: int, n: int) -> int:
    """... whose quotas of the next whole number the group has."""
    return n // (e.voters // (k + 1) + 1)


def house(e: Election, k: int, draw: Draw) -> Question:
    return lambda elect: elect(e, k) <= elect(e, k + 1)


def raised(e: Election, x: Ballots, index: int, a: int, to: int, count: int) -> Election:
    at = x.options.index(a)
    order = x.options[:to] + (a,) + x.options[to:at] + x.options[at + 1 :]
    kept = (x._replace(count=x.count - count),) if count < x.count else ()
    return e.of(e.ballots[:index] + kept + (Ballots(order, count),) + e.ballots[index + 1 :])


def monotonicity(e: Election, k: int, draw: Draw) -> Question:
    index = draw.below(len(e.ballots))
    x = e.ballots[index]
    after = {x.options[at]: raised(e, x, index, x.options[at], draw.below(at), draw.between(1, x.count)) for at in range(1, e.m)}
    return lambda elect: all(a in elect(after[a], k) for a in elect(e, k) if a in after)


def pareto(e: Election, k: int, draw: Draw) -> Question:
    """Everyone is made to rank one over another."""
    a, b = draw.order(e.m)[:2]

    def agreeing(x: Ballots) -> Ballots:
        order = list(x.options)
        i, j = sorted((order.index(a), order.index(b)))
        order[i], order[j] = a, b
        return x._replace(options=tuple(order))

    f = e.of(map(agreeing, e.ballots))
    return lambda elect: b not in elect(f, k) or a in elect(f, k)


def homogeneity(e: Election, k: int, draw: Draw) -> Question:
    n = draw.between(2, 4)
    times = e.of(x._replace(count=n * x.count) for x in e.ballots)
    return lambda elect: elect(e, k) == elect(times, k)


def majority(e: Election, k: int, draw: Draw) -> Question:
    first = [a for a in range(e.m) if 2 * sum(x.count for x in e.ballots if x.options[0] == a) > e.voters]
    return lambda elect: all(a in elect(e, k) for a in first)


CRITERIA: dict[str, Callable[[Election, int, Draw], Question]] = {
    "DPSC": solid(droop),
    "WPSC": solid(whole_droop),
    "HPSC": solid(hare),
    "Maj": majority,
    "House": house,
    "Mono": monotonicity,
    "Par": pareto,
    "Homog": homogeneity,
}


def sides(draw: Draw) -> Election:
    """Two groups of options, each ranked over the other by all of its voters."""
    m = draw.between(4, 6)
    cut = draw.between(2, m - 2)
    one, two = tuple(range(cut)), tuple(range(cut, m))
    ballots = []
    for _ in range(draw.between(2, 6)):
        first, then = draw.choice(((one, two), (two, one)))
        options = [first[i] for i in draw.order(len(first))] + [then[i] for i in draw.order(len(then))]
        ballots.append(Ballots(tuple(options), draw.between(1, 9)))
    return Election(rankings(draw, 3).kind, m, ballots)


def questions(trial: int) -> dict[str, Question]:
    """Of every criterion one question; all start from the same election."""
    draw = Draw(trial)
    e = sides(draw) if draw.below(2) == 0 else rankings(draw, draw.between(3, 6))
    k = draw.between(2, e.m - 1)
    return {name: criterion(e, k, Draw(trial ^ 0x5EED << 40)) for name, criterion in CRITERIA.items()}
