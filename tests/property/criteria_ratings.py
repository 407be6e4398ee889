"""The criteria for one winner from approvals or from scores, as docs/reference/criteria.md states them.

A ballot grades every option: approvals are grades of 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from criteria_elections import APPROVAL, TOP, Ballots, Draw, Election, approvals, approving, graded, scores

Winners = Callable[[Election], frozenset]
Question = Callable[[Winners], bool]
Grades = tuple[int, ...]


def top_of(e: Election) -> int:
    return 1 if e.kind == APPROVAL else TOP


def grades_of(e: Election, x: Ballots) -> Grades:
    return tuple(int(o in x.options) for o in range(e.m)) if x.values is None else x.values


def ballot(e: Election, grades: Sequence[int], count: int) -> Ballots:
    if e.kind == APPROVAL:
        return Ballots(tuple(o for o, grade in enumerate(grades) if grade), count)
    return Ballots(tuple(range(len(grades))), count, tuple(grades))


def graded_by(e: Election) -> list[tuple[Grades, int]]:
    return [(grades_of(e, x), x.count) for x in e.ballots]


def only_favourites(e: Election, liked: Callable[[int, Grades], bool]) -> Question:
    """Whoever more than half of the voters like so is the only winner."""
    votes = graded_by(e)
    best = [a for a in range(e.m) if 2 * sum(n for grades, n in votes if liked(a, grades)) > e.voters]
    return lambda wins: all(wins(e) == {a} for a in best)


def others(a: int, grades: Grades) -> Grades:
    return grades[:a] + grades[a + 1 :]


def crowd(e: Election, draw: Draw, change: Callable[[Grades, int], Sequence[int]]) -> Election:
    """The election, and a few more voters than it has who like one of the options as `change` tells."""
    a = draw.below(e.m)
    extra, most = [], e.voters + draw.between(1, 2)
    while most > 0:
        count = draw.between(1, most)
        grades = grades_of(e, approving(draw, e.m, 1) if e.kind == APPROVAL else graded(draw, e.m, 1))
        extra.append(ballot(e, change(grades, a), count))
        most -= count
    return e.having(*extra)


def majority_alone(e: Election, draw: Draw) -> Question:
    top = top_of(e)
    f = crowd(e, draw, lambda grades, a: [top * (o == a) for o in range(e.m)])
    return only_favourites(f, lambda a, grades: grades[a] == top and not any(others(a, grades)))


def majority_top(e: Election, draw: Draw) -> Question:
    top = top_of(e)
    f = crowd(e, draw, lambda grades, a: [top if o == a else min(g, top - 1) for o, g in enumerate(grades)])
    return only_favourites(f, lambda a, grades: grades[a] == top and max(others(a, grades)) < top)


def majority(e: Election, draw: Draw) -> Question:
    def over(grades: Grades, a: int) -> list[int]:
        most = max(grades[a], 1)
        return [most if o == a else min(g, most - 1) for o, g in enumerate(grades)]

    return only_favourites(crowd(e, draw, over), lambda a, grades: grades[a] > max(others(a, grades)))


def pareto(e: Election, draw: Draw) -> Question:
    """Everyone is made to grade a over b."""
    a, b = draw.order(e.m)[:2]

    def over(grades: Grades) -> list[int]:
        out = list(grades)
        out[b] = min(out[b], top_of(e) - 1)
        out[a] = max(out[a], out[b] + 1)
        return out

    f = e.of([ballot(e, over(grades), n) for grades, n in graded_by(e)])
    return lambda wins: b not in wins(f)


def changed(e: Election, draw: Draw, a: int, grade: Callable[[Grades], int]) -> Election | None:
    """Some of the voters of one ballot give a another grade; None where it is the same."""
    index = draw.below(len(e.ballots))
    x = e.ballots[index]
    grades = grades_of(e, x)
    new = grade(grades)
    if new == grades[a]:
        return None
    count = draw.between(1, x.count)
    kept = (x._replace(count=x.count - count),) if count < x.count else ()
    other = ballot(e, grades[:a] + (new,) + grades[a + 1 :], count)
    return e.of(e.ballots[:index] + kept + (other,) + e.ballots[index + 1 :])


def monotonicity(e: Election, draw: Draw) -> Question:
    raised = [changed(e, draw, a, lambda g, a=a: draw.between(g[a], top_of(e))) for a in range(e.m)]
    return lambda wins: all(f is None or a not in wins(e) or a in wins(f) for a, f in enumerate(raised))


def later_no_harm(e: Election, draw: Draw) -> Question:
    """For each pair a, b: voters who grade b lower than a raise it, but not to the grade of a, or not beyond it if that is 1."""

    def up(a: int, b: int) -> Callable[[Grades], int]:
        return lambda g: draw.between(g[b], max(g[b], g[a] - 1, min(g[a], 1)))

    after = [(a, changed(e, draw, b, up(a, b))) for a in range(e.m) for b in range(e.m) if a != b]
    return lambda wins: all(f is None or wins(e) != {a} or wins(f) == {a} for a, f in after)


def reinforcement(e: Election, draw: Draw) -> Question:
    f = approvals(draw, e.m) if e.kind == APPROVAL else scores(draw, e.m)
    together = e.having(*f.ballots)

    def holds(wins: Winners) -> bool:
        both = wins(e) & wins(f)
        return not both or wins(together) == both

    return holds


def participation(e: Election, draw: Draw) -> Question:
    count = draw.between(1, 3)
    x = approving(draw, e.m, count) if e.kind == APPROVAL else graded(draw, e.m, count)
    grades = grades_of(e, x)
    more = e.having(x)

    def holds(wins: Winners) -> bool:
        if len(wins(e)) != 1 or len(wins(more)) != 1:
            return True
        (a,), (b,) = wins(e), wins(more)
        return grades[b] >= grades[a]

    return holds


def homogeneity(e: Election, draw: Draw) -> Question:
    k = draw.between(2, 4)
    times = e.of(x._replace(count=k * x.count) for x in e.ballots)
    return lambda wins: wins(e) == wins(times)


def reversal(e: Election, draw: Draw) -> Question:
    top = top_of(e)
    back = e.of([ballot(e, [top - g for g in grades], n) for grades, n in graded_by(e)])
    return lambda wins: len(wins(e)) != 1 or not wins(e) <= wins(back)


def clones(e: Election, draw: Draw) -> Question:
    c = draw.below(e.m)
    f = Election(e.kind, e.m + 1, [ballot(e, grades + (grades[c],), n) for grades, n in graded_by(e)])
    return lambda wins: wins(e) == {c if o == e.m else o for o in wins(f)}


def independence(e: Election, draw: Draw) -> Question:
    gone = draw.below(e.m)
    f = Election(e.kind, e.m - 1, [ballot(e, others(gone, grades), n) for grades, n in graded_by(e)])
    return lambda wins: gone in wins(e) or wins(e) == {o + (o >= gone) for o in wins(f)}


CRITERIA: dict[str, Callable[[Election, Draw], Question]] = {
    "MajA": majority_alone,
    "MajT": majority_top,
    "Maj": majority,
    "Par": pareto,
    "Mono": monotonicity,
    "Reinf": reinforcement,
    "Part": participation,
    "Homog": homogeneity,
    "Rev": reversal,
    "Clone": clones,
    "IIA": independence,
    "LNHarm": later_no_harm,
}


def questions(trial: int, elections: Callable[[Draw], Election] = scores) -> dict[str, Question]:
    """Of every criterion one question, all from the same election."""
    draw = Draw(trial)
    e = elections(draw)
    return {name: criterion(e, Draw(trial ^ 0x5EED << 40)) for name, criterion in CRITERIA.items()}


def approved(trial: int) -> dict[str, Question]:
    return questions(trial, approvals)
