"""Methods: evidence in, places out, exact and explained."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from cocreate import _lowlevel
from cocreate._handle import Handle
from cocreate.arrays import exact
from cocreate.profile import Profile
from cocreate.tally import Tally

__all__ = ["CommitteeCheck", "Place", "Ranking", "check_committee", "methods", "rank", "rank_scores"]


@dataclass(frozen=True)
class Place:
    """Where one option stands."""

    #: Its id.
    option: str
    #: Its name for people.
    name: str
    #: Best and worst place it may claim, from 1; best < worst is a tie that no rule broke.
    best: int
    worst: int
    #: The nearest double of the score, or None where the method gives it none.
    score: float | None
    #: The score as an exact rational, where the method has one.
    exact: Fraction | None


class Ranking(Handle[_lowlevel.Ranking]):
    """A result of `rank` or `rank_scores`. Immutable; may be shared between threads.

    Examples
    --------
    >>> profile = Profile.from_ranks([[1, 2, 3], [1, 3, 2], [2, 1, 3]], options=["A", "B", "C"])
    >>> ranking = rank(profile, "borda")
    >>> [(place.option, place.best, place.score) for place in ranking]
    [('A', 1, 5.0), ('B', 2, 3.0), ('C', 3, 1.0)]
    """

    def __init__(self, handle: _lowlevel.Ranking) -> None:
        super().__init__(handle, "ranking")
        self._document: dict[str, Any] | None = None

    @property
    def json(self) -> str:
        """The whole result as canonical JSON, schema "cocreate.ranking/1"."""
        return _lowlevel.cocreate_ranking_json(self._h)

    @property
    def document(self) -> dict[str, Any]:
        """The same, parsed."""
        if self._document is None or self.closed:
            self._document = json.loads(self.json)
        return self._document

    @property
    def winners(self) -> list[str]:
        """The winning ids in order of their places: one, the co-winners of a tie, or the selected."""
        winners: list[str] = self.document["winners"]
        return list(winners)

    @property
    def winner_indices(self) -> list[int]:
        """The same as indices into the options of the profile."""
        count = _lowlevel.cocreate_ranking_winner_count(self._h)
        return [_lowlevel.cocreate_ranking_winner(self._h, i) for i in range(count)]

    @property
    def places(self) -> list[Place]:
        """Every option that ran, best first."""
        return list(self)

    @property
    def digest(self) -> str:
        """"sha256:" and 64 hex digits over the canonical JSON without its digest."""
        return _lowlevel.cocreate_ranking_digest(self._h)

    def explain(self) -> list[str]:
        """The result in sentences a contributor understands."""
        return _lowlevel.cocreate_ranking_explain(self._h).decode().splitlines()

    def order(self) -> list[int]:
        """Option indices, best first; ties stand side by side."""
        return [_lowlevel.cocreate_ranking_place(self._h, i)[0] for i in range(len(self))]

    def __len__(self) -> int:
        return _lowlevel.cocreate_ranking_size(self._h)

    def __iter__(self) -> Iterator[Place]:
        for index, row in enumerate(self.document["places"]):
            _, best, worst, score, scored, rational = _lowlevel.cocreate_ranking_place(self._h, index)
            yield Place(
                row["option"],
                row["name"],
                best,
                worst,
                score if scored else None,
                None if rational is None else Fraction(rational),
            )

    def __repr__(self) -> str:
        if self.closed:
            return "<Ranking, closed>"
        return f"<Ranking by {self.document['method']}: {', '.join(self.winners) or 'no winner'}>"


def methods() -> list[dict[str, Any]]:
    """The registry: name, title, evidence, options, exactness, tally, complexity and source of every method.

    Examples
    --------
    >>> {"plurality", "schulze", "greedy"} <= {method["name"] for method in methods()}
    True
    """
    rows: list[dict[str, Any]] = json.loads(_lowlevel.cocreate_methods())
    return rows


def rank(
    profile: Profile | Tally, method: str, *, progress: Callable[[int, int], object] | None = None, **options: Any
) -> Ranking:
    """Rank the options of a profile, or by a tally of its ballots.

    Parameters
    ----------
    profile : Profile or Tally
        Evidence of a kind the method takes. By a tally the result is the same, but `ballots.distinct` is None.
    method : str
        A name of `methods()`.
    progress : callable of (done, total), optional
        Cancels by a true result.
    **options
        Options of the method. Every method takes `ties`, a chain of steps such as ["earliest", "lot"] (without one ties
        stay), with `seed` (64 hex digits) and `context` for lots, and `seats`.

    Raises
    ------
    cocreate.errors.NotFoundError
        If there is no such method.
    cocreate.errors.SchemaError
        If the method has no such option; the text begins with its path.
    cocreate.errors.ArgumentError
        If the evidence is of another kind, or a tally of another kind than the method takes.

    Examples
    --------
    >>> profile = Profile.from_ranks([[1, 2], [1, 2], [2, 1]], options=["A", "B"])
    >>> rank(profile, "schulze").winners
    ['A']
    """
    with profile._turns.reading():
        if isinstance(profile, Tally):
            handle = _lowlevel.cocreate_rank_tally(profile._h, method, json.dumps(options), progress)
        else:
            handle = _lowlevel.cocreate_rank(profile._h, method, json.dumps(options), progress)
    return Ranking(handle)


def rank_scores(
    scores: Mapping[str, Any],
    *,
    at: Sequence[int] | None = None,
    **options: Any,
) -> Ranking:
    """Places from numbers that exist already: metrics, panels.

    Parameters
    ----------
    scores : mapping of str to str, int, Fraction, Decimal or None
        A score an id; None where it is missing (always last). Floats are refused: write the decimal as text.
    at : sequence of int, optional
        Times for ties by "earliest", microseconds UTC, in the order of the scores.
    **options
        `direction` ("descending", "ascending"), `decimals` (round half to even before comparing), `ties`, `seed`,
        `context`.

    Examples
    --------
    Both round to 0.8567, so the earlier one wins.

    >>> rmse = {"BellKor": "0.856704", "Ensemble": "0.856714"}
    >>> ranking = rank_scores(rmse, at=[1, 2], direction="ascending", decimals=4, ties=["earliest"])
    >>> ranking.winners
    ['BellKor']
    """
    for id, score in scores.items():
        if isinstance(score, float):
            raise TypeError(f"the score of {id!r} is a float; give its decimal as text")
    texts = [None if score is None else str(score) for score in scores.values()]
    times = None if at is None else exact(at, np.int64)
    return Ranking(_lowlevel.cocreate_rank_scores(list(scores), texts, times, json.dumps(options)))


@dataclass(frozen=True)
class CommitteeCheck:
    """Whether a committee has a property, and if not a group of voters who deserve more."""

    #: The property that was checked.
    property: str
    #: Is there no such group?
    satisfied: bool
    #: What the group asks for, with "options", "voters", "deserves", "approve" and "has"; None where there is none.
    violation: dict[str, Any] | None
    #: The whole result, schema "cocreate.committee_check/1".
    document: dict[str, Any]

    def __bool__(self) -> bool:
        return self.satisfied

    def explain(self) -> str:
        """The result in a sentence."""
        if self.violation is None:
            return f"The committee satisfies {self.property}."
        return f"{self.violation['sentence']}."


def check_committee(
    profile: Profile,
    committee: Sequence[str],
    property: str,
    *,
    seats: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> CommitteeCheck:
    """Is a committee fair to groups of voters?

    Parameters
    ----------
    profile : Profile
        Approvals.
    committee : sequence of str
        Ids of the members.
    property : str
        "jr", "pjr", "ejr", "ejr_plus", "fjr", "core", "pareto", "priceability" or "stable_priceability".
    seats : int, optional
        Seats there were, if the members are fewer.
    progress : callable of (done, total), optional
        Cancels by a true result.

    Raises
    ------
    cocreate.errors.NotFoundError
        If there is no such property, or no such option.
    cocreate.errors.ArgumentError
        If the ballots are no approvals, or the committee is none.
    cocreate.errors.LimitError
        If the search for a group takes too long.

    Examples
    --------
    Four of six voters deserve two of three seats, and have one.

    >>> from cocreate import Kind
    >>> ballots = [[1, 1, 1, 0, 0]] * 4 + [[0, 0, 0, 1, 1]] * 2
    >>> profile = Profile.from_values(Kind.APPROVAL, ballots, options=["A", "B", "C", "D", "E"])
    >>> check_committee(profile, ["A", "D", "E"], "jr").satisfied
    True
    >>> check_committee(profile, ["A", "D", "E"], "ejr").violation["options"]
    ['A', 'B']
    """
    with profile._turns.reading():
        members = [_lowlevel.cocreate_profile_find(profile._h, id) for id in committee]
        text = _lowlevel.cocreate_committee_check(
            profile._h, exact(members, np.uint32), seats or 0, property, progress
        )
    document: dict[str, Any] = json.loads(text)
    return CommitteeCheck(property, document["satisfied"], document.get("violation"), document)
