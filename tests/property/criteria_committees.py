"""The criteria for committees from approvals, as docs/reference/criteria.md states them.

An outcome is the set of all committees that tie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from criteria_elections import Ballots, Draw, Election, approvals, approving

Committee = frozenset[int]
Elect = Callable[[Election, int], frozenset[Committee]]
Question = Callable[[Elect], bool]


def groups(m: int) -> Iterator[Committee]:
    for size in range(1, m + 1):
        yield from map(frozenset, combinations(range(m), size))


def voters(e: Election, that: Callable[[Ballots], bool]) -> int:
    return sum(x.count for x in e.ballots if that(x))


def hits(x: Ballots, w: Committee) -> int:
    return sum(o in w for o in x.options)


def everyone(e: Election, k: int, fair: Callable[[Committee], bool]) -> Question:
    return lambda elect: all(fair(w) for w in elect(e, k))


def house(e: Election, k: int, draw: Draw) -> Question:
    """Every committee grows to one with a seat more, and every one of these grew from one."""
    if k + 1 > e.m:
        return lambda elect: True

    def holds(elect: Elect) -> bool:
        small, large = elect(e, k), elect(e, k + 1)
        return all(any(w <= v for v in large) for w in small) and all(any(w <= v for w in small) for v in large)

    return holds


def justified(e: Election, k: int, draw: Draw) -> Question:
    def fair(w: Committee) -> bool:
        return not any(k * voters(e, lambda x: o in x.options and not hits(x, w)) >= e.voters for o in range(e.m))

    return everyone(e, k, fair)


def extended(e: Election, k: int, draw: Draw) -> Question:
    def fair(w: Committee) -> bool:
        return not any(
            k * voters(e, lambda x: t <= set(x.options) and hits(x, w) < len(t)) >= len(t) * e.voters for t in groups(e.m)
        )

    return everyone(e, k, fair)


def extended_plus(e: Election, k: int, draw: Draw) -> Question:
    def fair(w: Committee) -> bool:
        return not any(
            k * voters(e, lambda x: o in x.options and hits(x, w) < deserved) >= deserved * e.voters
            for o in range(e.m) if o not in w for deserved in range(1, k + 1)
        )  # fmt: skip

    return everyone(e, k, fair)


def proportional(e: Election, k: int, draw: Draw) -> Question:
    def fair(w: Committee) -> bool:
        """No group that agrees on t has only members out of fewer of the committee."""
        return not any(
            k * voters(e, lambda x: t <= set(x.options) and w.intersection(x.options) <= set(few)) >= len(t) * e.voters
            for t in groups(e.m) if len(t) <= k for few in combinations(sorted(w), min(len(t) - 1, len(w)))
        )  # fmt: skip

    return everyone(e, k, fair)


def lower_quota(e: Election, k: int, draw: Draw) -> Question:
    """Voters of parties approve all of their party, of k options each."""
    parties = draw.between(2, 3)
    k = draw.between(1, 4)
    lists = [tuple(range(p * k, (p + 1) * k)) for p in range(parties)]
    f = Election(e.kind, parties * k, [Ballots(party, draw.between(1, 12)) for party in lists])
    return everyone(f, k, lambda w: all(hits(x, w) >= k * x.count // f.voters for x in f.ballots))


def supported(e: Election, k: int, after: list[Election | None]) -> Question:
    """Who is in some committee still is, and who is in all of them still is, when he has more support."""

    def holds(elect: Elect) -> bool:
        before = elect(e, k)
        for o, f in enumerate(after):
            if f is None:
                continue
            if any(o in w for w in before) and not any(o in w for w in elect(f, k)):
                return False
            if all(o in w for w in before) and not all(o in w for w in elect(f, k)):
                return False
        return True

    return holds


def support_joins(e: Election, k: int, draw: Draw) -> Question:
    count = draw.between(1, 2)
    return supported(e, k, [e.having(Ballots((o,), count)) for o in range(e.m)])


def support_rises(e: Election, k: int, draw: Draw) -> Question:
    index = draw.below(len(e.ballots))
    x = e.ballots[index]
    count = draw.between(1, x.count)
    kept = (x._replace(count=x.count - count),) if count < x.count else ()
    return supported(e, k, [
        None if o in x.options else
        e.of(e.ballots[:index] + kept + (Ballots(tuple(sorted((*x.options, o))), count),) + e.ballots[index + 1 :])
        for o in range(e.m)
    ])  # fmt: skip


def pareto(e: Election, k: int, draw: Draw) -> Question:
    every = [frozenset(w) for w in combinations(range(e.m), k)]

    def fair(w: Committee) -> bool:
        mine = [hits(x, w) for x in e.ballots]
        for other in every:
            theirs = [hits(x, other) for x in e.ballots]
            if theirs != mine and all(a >= b for a, b in zip(theirs, mine)):
                return False
        return True

    return everyone(e, k, fair)


def homogeneity(e: Election, k: int, draw: Draw) -> Question:
    n = draw.between(2, 4)
    times = e.of(x._replace(count=n * x.count) for x in e.ballots)
    return lambda elect: elect(e, k) == elect(times, k)


def reinforcement(e: Election, k: int, draw: Draw) -> Question:
    f = approvals(draw, e.m)
    together = e.having(*f.ballots)

    def holds(elect: Elect) -> bool:
        both = elect(e, k) & elect(f, k)
        return not both or elect(together, k) == both

    return holds


CRITERIA: dict[str, Callable[[Election, int, Draw], Question]] = {
    "JR": justified,
    "PJR": proportional,
    "EJR": extended,
    "EJR+": extended_plus,
    "LQ": lower_quota,
    "House": house,
    "SuppJ": support_joins,
    "SuppR": support_rises,
    "Par": pareto,
    "Homog": homogeneity,
    "Reinf": reinforcement,
}


def twins(draw: Draw) -> Election:
    """Options in blocks that voters approve together, so that groups agree."""
    m = draw.between(4, 6)
    cut = draw.between(1, m - 1)
    blocks = [tuple(range(cut)), tuple(range(cut, m))]
    groups = [Ballots(draw.choice(blocks), draw.between(1, 9)) for _ in range(draw.between(1, 3))]
    return Election(approvals(draw, m).kind, m, groups + [approving(draw, m, draw.between(1, 3)) for _ in range(draw.between(0, 4))])


def questions(trial: int) -> dict[str, Question]:
    """Of every criterion one question; most start from the same election."""
    draw = Draw(trial)
    e = twins(draw) if draw.below(3) == 0 else approvals(draw, draw.between(3, 6))
    k = draw.between(1, e.m - 1)
    return {name: criterion(e, k, Draw(trial ^ 0x5EED << 40)) for name, criterion in CRITERIA.items()}
