"""Evidence: ballots over options, each distinct ballot kept once with its weight."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cocreate import _lowlevel
from cocreate._ballots import Ballot, Format, Kind, Option, formats
from cocreate._handle import Handle, Turns
from cocreate.arrays import exact, exact_unsigned
from cocreate.errors import ArgumentError

__all__ = ["Ballot", "Format", "Kind", "Option", "Profile", "formats"]

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class _Info:
    kind: int
    cost_exponent: int
    options: int
    ballots: int
    weight: int
    empty: int
    distinct: int
    budget: int
    seats: int


_NO_TIME = -(2**63)


class Profile(Handle[_lowlevel.Profile]):
    """Ballots of one kind over a fixed list of options.

    Parameters
    ----------
    kind : Kind
        What a ballot says of an option.
    options : int or sequence of str
        How many, or their ids. Without ids they are "1", "2", ..

    Examples
    --------
    >>> profile = Profile(Kind.RANKING, ["A", "B", "C"])
    >>> profile.add(["A", "B"], count=5)
    >>> profile.add(["C", "B", "A"], count=4)
    >>> len(profile), profile.ballots, profile.distinct
    (3, 9, 2)
    """

    def __init__(self, kind: Kind | int, options: int | Sequence[str]) -> None:
        ids = [] if isinstance(options, int) else list(options)
        count = options if isinstance(options, int) else len(ids)
        self._take(_lowlevel.cocreate_profile_new(int(kind), count))
        for index, id in enumerate(ids):
            self.set_option(index, id=id)

    def _take(self, handle: _lowlevel.Profile) -> None:
        super().__init__(handle, "profile")
        self._turns = Turns()

    @classmethod
    def _of(cls, handle: _lowlevel.Profile) -> Profile:
        self = cls.__new__(cls)
        self._take(handle)
        return self

    # ---- making one ----

    @classmethod
    def from_ranks(
        cls,
        ranks: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        *,
        options: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> Profile:
        """A profile of rankings from a matrix of ranks.

        Parameters
        ----------
        ranks : array_like of int, shape (n_ballots, n_options)
            1 = best, equal = tied, 0 = not ranked. An unsigned array in C order is read in place.
        weights : array_like of int, shape (n_ballots,), optional
            1 each if left out.
        options : sequence of str, optional
            Their ids.
        progress : callable of (done, total), optional
            Cancels by a true result.

        Examples
        --------
        >>> Profile.from_ranks([[1, 2, 0], [2, 1, 3], [1, 2, 0]]).distinct
        2
        """
        matrix = exact_unsigned(ranks)
        profile = cls(Kind.RANKING, matrix.shape[1] if options is None else options)
        profile.add_ranks(matrix, weights, progress=progress)
        return profile

    @classmethod
    def from_values(
        cls,
        kind: Kind,
        values: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        *,
        missing: int = 0,
        options: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> Profile:
        """A profile of approvals, scores or points from a matrix of values.

        Parameters
        ----------
        kind : Kind
            APPROVAL, SCORE or POINTS.
        values : array_like of int, shape (n_ballots, n_options)
            An int64 array in C order is read in place.
        weights : array_like of int, shape (n_ballots,), optional
            1 each if left out.
        missing : int
            The value that means "not marked".
        options : sequence of str, optional
            Their ids.
        progress : callable of (done, total), optional
            Cancels by a true result.

        Examples
        --------
        >>> Profile.from_values(Kind.SCORE, [[5, -1], [4, 3]], missing=-1).ballots
        2
        """
        matrix = exact(values, np.int64, 2)
        profile = cls(kind, matrix.shape[1] if options is None else options)
        profile.add_values(matrix, weights, missing=missing, progress=progress)
        return profile

    @classmethod
    def read(
        cls,
        file: str | os.PathLike[str] | bytes,
        format: str | None = None,
        *,
        kind: Kind | int = 0,
        rules: Mapping[str, Any] | None = None,
        limits: Mapping[str, int] | None = None,
        progress: Progress | None = None,
    ) -> Profile:
        """Read a file of the field.

        Parameters
        ----------
        file : path, or bytes
            The file, or what is in it.
        format : str, optional
            One of `formats()`; for a path its extension is taken.
        kind : Kind, optional
            For CSV what its cells mean; for others the kind wanted, if only one will do.
        rules : mapping, optional
            What the file leaves open, as {"overvote": "exhaust"} for cast vote records; docs/reference/formats.md
            lists them.
        limits : mapping, optional
            "max_bytes", "max_options", "max_ballots".
        progress : callable of (done, total), optional
            Cancels by a true result.

        Raises
        ------
        cocreate.errors.ParseError
            `line` is the line of the file.

        Examples
        --------
        >>> text = b"a,b\\n1,2\\n2,1\\n1,2\\n"
        >>> Profile.read(text, "csv", kind=Kind.RANKING).ballots
        3
        >>> text = b"id,Rank 1,Rank 2\\n1,Ann,Bo\\n2,overvote,Ann\\n"
        >>> Profile.read(text, "cvr", rules={"overvote": "exhaust"}).empty
        1
        """
        if isinstance(file, bytes):
            data = file
        else:
            path = Path(file)
            format = path.suffix[1:].lower() if format is None else format
            data = path.read_bytes()
        if format is None:
            raise ArgumentError("bytes need a format")
        given = dict(limits or {})
        most_bytes, most_options, most_ballots = (
            given.pop(name, 0) for name in ("max_bytes", "max_options", "max_ballots")
        )
        if given:
            raise ArgumentError(f"no limit is called {next(iter(given))!r}")
        return cls._of(
            _lowlevel.cocreate_profile_read(
                format,
                data,
                int(kind),
                most_bytes,
                most_options,
                most_ballots,
                None if rules is None else json.dumps(dict(rules)),
                progress,
            )
        )

    @classmethod
    def decode(cls, data: bytes) -> Profile:
        """A profile from the bytes of `encode`.

        Raises
        ------
        cocreate.errors.CorruptError
            If the bytes are damaged; `where` is the offset.

        Examples
        --------
        >>> profile = Profile.from_ranks([[1, 2]])
        >>> Profile.decode(profile.encode()).ballots
        1
        """
        return cls._of(_lowlevel.cocreate_profile_decode(data))

    # ---- options and budget ----

    def set_option(
        self,
        option: int | str,
        *,
        id: str | None = None,
        name: str | None = None,
        cost: int | None = None,
        at: int | None = None,
        withdrawn: bool | None = None,
    ) -> None:
        """Describe an option; what is None stays.

        Parameters
        ----------
        option : int or str
            Its index or id.
        id, name : str, optional
            An id is given once.
        cost : int, optional
            In units of 10^-cost_exponent.
        at : int, optional
            When it was submitted, microseconds UTC.
        withdrawn : bool, optional
            It stays on ballots, but never ranks or wins.

        Examples
        --------
        >>> profile = Profile(Kind.APPROVAL, 2)
        >>> profile.set_option(0, id="park", name="A park", cost=5000)
        >>> profile.option("park").name
        'A park'
        """
        index = self.index(option)
        with self._turns.writing():
            _, _, old_cost, old_at, old_withdrawn = _lowlevel.cocreate_profile_option(self._h, index)
            _lowlevel.cocreate_profile_set_option(
                self._h,
                index,
                id,
                name,
                old_cost if cost is None else cost,
                old_at if at is None else at,
                old_withdrawn if withdrawn is None else int(withdrawn),
            )

    def option(self, option: int | str) -> Option:
        """What is known of an option, by its index or id."""
        index = self.index(option)
        with self._turns.reading():
            id, name, cost, at, withdrawn = _lowlevel.cocreate_profile_option(self._h, index)
        return Option(id, name, cost, None if at == _NO_TIME else at, bool(withdrawn))

    def index(self, option: int | str) -> int:
        """The index of an option given by its id; an index is returned as it is.

        Examples
        --------
        >>> Profile(Kind.APPROVAL, ["park", "pool"]).index("pool")
        1
        """
        if not isinstance(option, str):
            return option
        with self._turns.reading():
            return _lowlevel.cocreate_profile_find(self._h, option)

    @property
    def options(self) -> list[Option]:
        """All options, in order."""
        return [self.option(index) for index in range(len(self))]

    @property
    def ids(self) -> list[str]:
        """The ids of all options, in order."""
        return [option.id for option in self.options]

    def set_budget(self, budget: int, cost_exponent: int = 0) -> None:
        """Declare what budget methods spend, and the unit of it and of all costs: 10^-cost_exponent.

        Examples
        --------
        >>> profile = Profile(Kind.APPROVAL, 2)
        >>> profile.set_budget(100000, 2)
        >>> profile.budget
        100000
        """
        with self._turns.writing():
            _lowlevel.cocreate_profile_set_budget(self._h, budget, cost_exponent)

    def set_seats(self, seats: int | None) -> None:
        """Declare how many options are to be elected, as some files do; None takes it back.

        It changes no result: what a method elects is its own option `seats`.

        Examples
        --------
        >>> profile = Profile(Kind.RANKING, 5)
        >>> profile.set_seats(2)
        >>> profile.seats
        2
        """
        with self._turns.writing():
            _lowlevel.cocreate_profile_set_seats(self._h, seats or 0)

    # ---- ballots ----

    def add(
        self,
        options: Sequence[int | str] | Mapping[str, int],
        values: npt.ArrayLike | None = None,
        *,
        count: int = 1,
        weight: int | None = None,
    ) -> None:
        """Add a ballot, `count` times.

        Parameters
        ----------
        options : sequence of int or str, or mapping
            Indices or ids, rankings best first; or ids with their values.
        values : array_like of int, optional
            Ranks (only their order counts), scores or points.
        count : int
            How many such ballots.
        weight : int, optional
            What they weigh together; `count` if left out.

        Examples
        --------
        >>> profile = Profile(Kind.SCORE, ["A", "B"])
        >>> profile.add({"A": 5, "B": 3}, count=2)
        >>> profile.weight
        2
        """
        if isinstance(options, Mapping):
            if values is not None:
                raise ArgumentError("a mapping has its values already")
            values = list(options.values())
        indices = exact([self.index(option) for option in options], np.uint32)
        marks = None if values is None else exact(values, np.int64)
        with self._turns.writing():
            _lowlevel.cocreate_profile_add(
                self._h, indices, marks, count, count if weight is None else weight
            )

    def add_ranks(
        self, ranks: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, progress: Progress | None = None
    ) -> None:
        """Add the rankings of a matrix, all or none; see `from_ranks`."""
        matrix = exact_unsigned(ranks)
        heavy = None if weights is None else exact(weights, np.int64)
        with self._turns.writing():
            _lowlevel.cocreate_profile_add_ranks(self._h, matrix, heavy, progress)

    def add_values(
        self,
        values: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        *,
        missing: int = 0,
        progress: Progress | None = None,
    ) -> None:
        """Add the approvals, scores or points of a matrix, all or none; see `from_values`."""
        matrix = exact(values, np.int64, 2)
        heavy = None if weights is None else exact(weights, np.int64)
        with self._turns.writing():
            _lowlevel.cocreate_profile_add_values(self._h, matrix, missing, heavy, progress)

    def merge(self, other: Profile) -> None:
        """Add all ballots of another profile with the same kind and option ids.

        Examples
        --------
        >>> one, two = Profile.from_ranks([[1, 2]]), Profile.from_ranks([[2, 1]])
        >>> one.merge(two)
        >>> one.ballots
        2
        """
        self._join(_lowlevel.cocreate_profile_merge, other)

    def subtract(self, other: Profile) -> None:
        """Take the ballots of another profile out again: the inverse of `merge`.

        Examples
        --------
        >>> one = Profile.from_ranks([[1, 2], [2, 1]])
        >>> one.subtract(Profile.from_ranks([[2, 1]]))
        >>> one.ballots
        1
        """
        self._join(_lowlevel.cocreate_profile_subtract, other)

    def _join(self, call: Callable[[_lowlevel.Profile, _lowlevel.Profile], None], other: Profile) -> None:
        if not isinstance(other, Profile):
            raise ArgumentError(f"expected a Profile, got {type(other).__name__}")
        if other is self:
            other = Profile.decode(self.encode())  # a copy has turns of its own
        with self._turns.writing_by(other._turns):
            call(self._h, other._h)

    def convert(self, kind: Kind | int, **options: int) -> Profile:
        """The same ballots as ballots of another kind; what is known of options stays.

        Parameters
        ----------
        kind : Kind
            APPROVAL: from rankings those with fewer than `top` others above them (default: all ranked), from scores
            and points those of `threshold` or more (points: default 1). RANKING: approved ones tied first; scores and
            points by their order. SCORE: 1 for each approval; points as they are. POINTS: the same; scores as they are.
        top, threshold, unmarked : int
            See above; `unmarked` is the score of options that a ballot leaves out (default: none).

        Raises
        ------
        cocreate.errors.ArgumentError
            If one has no meaning in the other: rankings have no scores.

        Examples
        --------
        >>> scores = Profile.from_values(Kind.SCORE, [[5, 3, 0]], missing=-1)
        >>> [ballot.values.tolist() for ballot in scores.convert(Kind.RANKING)]
        [[1, 2, 3]]
        >>> [ballot.options.tolist() for ballot in scores.convert(Kind.APPROVAL, threshold=3)]
        [[0, 1]]
        """
        with self._turns.reading():
            return self._of(_lowlevel.cocreate_profile_convert(self._h, int(kind), json.dumps(options)))

    def __iter__(self) -> Iterator[Ballot]:
        """The distinct ballots, in canonical order."""
        self._sort()
        for index in range(self.distinct):
            with self._turns.reading():
                options, values, count, weight = _lowlevel.cocreate_profile_ballot(self._h, index)
            yield Ballot(np.frombuffer(options, np.uint32), np.frombuffer(values, np.int64), count, weight)

    def _sort(self) -> None:
        with self._turns.writing():
            _lowlevel.cocreate_profile_sort(self._h)

    # ---- bytes ----

    def encode(self) -> bytes:
        """The profile as bytes: portable, versioned, checksummed; the same however it was built."""
        with self._turns.reading():
            return _lowlevel.cocreate_profile_encode(self._h)

    def write(self, format: str) -> bytes:
        """The profile as a file of the field.

        Examples
        --------
        >>> Profile.from_ranks([[1, 2]]).write("soc").splitlines()[-1]
        b'1: 1,2'
        """
        self._sort()
        with self._turns.reading():
            return _lowlevel.cocreate_profile_write(self._h, format)

    # ---- counts ----

    def _info(self) -> _Info:
        with self._turns.reading():
            return _Info(*_lowlevel.cocreate_profile_info_get(self._h))

    def __len__(self) -> int:
        """How many options there are."""
        return self._info().options

    @property
    def kind(self) -> Kind:
        """What a ballot says of an option."""
        return Kind(self._info().kind)

    @property
    def ballots(self) -> int:
        """Ballots added, empty ones included."""
        return self._info().ballots

    @property
    def weight(self) -> int:
        """The sum of their weights."""
        return self._info().weight

    @property
    def empty(self) -> int:
        """Ballots that say nothing of any option."""
        return self._info().empty

    @property
    def distinct(self) -> int:
        """Distinct ballots, the empty one included."""
        return self._info().distinct

    @property
    def budget(self) -> int | None:
        """In units of 10^-cost_exponent, or None."""
        budget = self._info().budget
        return None if budget < 0 else budget

    @property
    def seats(self) -> int | None:
        """How many options are to be elected, or None where nobody said."""
        return self._info().seats or None

    @property
    def cost_exponent(self) -> int:
        """Decimals of costs and budget."""
        return self._info().cost_exponent

    def __repr__(self) -> str:
        if self.closed:
            return "<Profile, closed>"
        info = self._info()
        what = Kind(info.kind).name.lower()
        return f"<Profile: {info.ballots} ballots ({what}), {info.distinct} distinct, over {info.options} options>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Profile.decode, (self.encode(),)
