"""The criteria for one winner from rankings, as docs/reference/criteria.md states them.

Each takes an election of complete strict rankings and a source of draws for all else that it needs, and gives the
question whether the winners, which a function names, are as the criterion wants them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from criteria_elections import Ballots, Draw, Election, alike, rankings

Winners = Callable[[Election], frozenset]
Question = Callable[[Winners], bool]


def over(e: Election, a: int, b: int) -> int:
    """How many rank a over b."""
    return sum(x.count for x in e.ballots if x.options.index(a) < x.options.index(b))


def beats(e: Election, a: int, b: int) -> bool:
    return 2 * over(e, a, b) > e.voters


def smith_set(e: Election) -> frozenset[int]:
    """The smallest group each of which beats everyone outside."""
    for size in range(1, e.m + 1):
        for members in combinations(range(e.m), size):
            if all(beats(e, a, b) for a in members for b in range(e.m) if b not in members):
                return frozenset(members)
    raise AssertionError("all options together are such a group")


def having_at(e: Election, a: int, at: int) -> int:
    """How many ballots have a at this index."""
    return sum(x.count for x in e.ballots if x.options[at] == a)


def only(e: Election, winners: list[int]) -> Question:
    return lambda wins: all(wins(e) == {a} for a in winners)


def none_of(e: Election, losers: list[int]) -> Question:
    return lambda wins: not losers or wins(e).isdisjoint(losers)


# -- One election --------------------------------------------------------------------------------------------------


def majority(e: Election, draw: Draw) -> Question:
    return only(e, [a for a in range(e.m) if 2 * having_at(e, a, 0) > e.voters])


def majority_loser(e: Election, draw: Draw) -> Question:
    return none_of(e, [a for a in range(e.m) if 2 * having_at(e, a, -1) > e.voters])


def mutual_majority(e: Election, draw: Draw) -> Question:
    groups = []
    for size in range(1, e.m):
        for members in combinations(range(e.m), size):
            if 2 * sum(x.count for x in e.ballots if set(x.options[:size]) == set(members)) > e.voters:
                groups.append(set(members))
    return lambda wins: all(wins(e) <= group for group in groups)


def condorcet(e: Election, draw: Draw) -> Question:
    return only(e, [a for a in range(e.m) if all(beats(e, a, b) for b in range(e.m) if b != a)])


def condorcet_loser(e: Election, draw: Draw) -> Question:
    return none_of(e, [a for a in range(e.m) if all(beats(e, b, a) for b in range(e.m) if b != a)])


def smith(e: Election, draw: Draw) -> Question:
    inside = smith_set(e)
    return lambda wins: wins(e) <= inside


def pareto(e: Election, draw: Draw) -> Question:
    """Everyone is made to rank one over another."""
    a, b = draw.order(e.m)[:2]

    def agreeing(x: Ballots) -> Ballots:
        order = list(x.options)
        i, k = sorted((order.index(a), order.index(b)))
        order[i], order[k] = a, b
        return x._replace(options=tuple(order))

    return none_of(e.of(map(agreeing, e.ballots)), [b])


def plurality(e: Election, draw: Draw) -> Question:
    e = rankings(draw, truncated=True)
    most = max(having_at(e, a, 0) for a in range(e.m))
    return none_of(e, [b for b in range(e.m) if most > sum(x.count for x in e.ballots if b in x.options)])


# -- Two elections -------------------------------------------------------------------------------------------------


def monotonicity(e: Election, draw: Draw) -> Question:
    index, part = draw.below(len(e.ballots)), draw.below(3)
    x = e.ballots[index]
    raised = {}
    for at in range(1, e.m):
        a = x.options[at]
        to = draw.below(at)
        order = x.options[:to] + (a,) + x.options[to:at] + x.options[at + 1 :]
        count = x.count if part else draw.between(1, x.count)
        kept = (x._replace(count=x.count - count),) if count < x.count else ()
        raised[a] = e.of(e.ballots[:index] + kept + (Ballots(order, count),) + e.ballots[index + 1 :])
    return lambda wins: all(a in wins(raised[a]) for a in wins(e) if a in raised)


def reinforcement(e: Election, draw: Draw) -> Question:
    f = rankings(draw, e.m)
    together = e.having(*f.ballots)

    def holds(wins: Winners) -> bool:
        both = wins(e) & wins(f)
        return not both or wins(together) == both

    return holds


def participation(e: Election, draw: Draw) -> Question:
    x = alike(draw, e.m, draw.between(1, 3))
    more = e.having(x)

    def holds(wins: Winners) -> bool:
        if len(wins(e)) != 1 or len(wins(more)) != 1:
            return True
        (a,), (b,) = wins(e), wins(more)
        return x.options.index(b) <= x.options.index(a)

    return holds


def homogeneity(e: Election, draw: Draw) -> Question:
    k = draw.between(2, 4)
    times = e.of(x._replace(count=k * x.count) for x in e.ballots)
    return lambda wins: wins(e) == wins(times)


def reversal(e: Election, draw: Draw) -> Question:
    back = e.of(x._replace(options=x.options[::-1]) for x in e.ballots)
    return lambda wins: len(wins(e)) != 1 or not wins(e) <= wins(back)


def clones(e: Election, draw: Draw) -> Question:
    c, clone = draw.below(e.m), e.m

    def split(x: Ballots) -> list[Ballots]:
        at = x.options.index(c)
        first = draw.between(0, x.count)
        parts = (((c, clone), first), ((clone, c), x.count - first))
        return [Ballots(x.options[:at] + pair + x.options[at + 1 :], n) for pair, n in parts if n > 0]

    f = Election(e.kind, e.m + 1, [part for x in e.ballots for part in split(x)])
    return lambda wins: wins(e) == {c if o == clone else o for o in wins(f)}


def smith_dominated(e: Election, draw: Draw) -> Question:
    outside = sorted(set(range(e.m)) - smith_set(e))
    if not outside:
        return lambda wins: True
    gone = draw.choice(outside)
    left = [x._replace(options=tuple(o - (o > gone) for o in x.options if o != gone)) for x in e.ballots]
    f = Election(e.kind, e.m - 1, left)
    return lambda wins: wins(e) == {o + (o >= gone) for o in wins(f)}


def later(draw: Draw) -> tuple[Election, Election, tuple[int, ...]]:
    """Before and after some voters rank one more behind those they rank, and these."""
    e = rankings(draw, truncated=True)
    order = draw.order(e.m)
    listed = draw.between(1, e.m - 1)
    count = draw.between(1, 4)
    return e.having(Ballots(order[:listed], count)), e.having(Ballots(order[: listed + 1], count)), order[:listed]


def later_no_harm(e: Election, draw: Draw) -> Question:
    before, after, listed = later(draw)
    return lambda wins: all(wins(before) != {a} or wins(after) == {a} for a in listed)


def later_no_help(e: Election, draw: Draw) -> Question:
    before, after, listed = later(draw)
    return lambda wins: all(a in wins(before) or wins(after) != {a} for a in listed)


CRITERIA: dict[str, Callable[[Election, Draw], Question]] = {
    "Maj": majority,
    "MLos": majority_loser,
    "MutM": mutual_majority,
    "Cond": condorcet,
    "CLos": condorcet_loser,
    "Smith": smith,
    "Par": pareto,
    "Mono": monotonicity,
    "Reinf": reinforcement,
    "Part": participation,
    "Homog": homogeneity,
    "Rev": reversal,
    "Clone": clones,
    "ISDA": smith_dominated,
    "LNHarm": later_no_harm,
    "LNHelp": later_no_help,
    "Plur": plurality,
}


def questions(trial: int) -> dict[str, Question]:
    """Of every criterion one question; most start from the same election."""
    draw = Draw(trial)
    e = rankings(draw)
    return {name: criterion(e, Draw(trial ^ 0x5EED << 40)) for name, criterion in CRITERIA.items()}
