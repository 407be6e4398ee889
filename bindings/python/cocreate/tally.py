"""What a family of methods needs to know of ballots, as numbers that add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from cocreate import _lowlevel
from cocreate._handle import Handle, Turns
from cocreate.errors import ArgumentError
from cocreate.profile import Kind, Profile

__all__ = ["Tally", "TallyKind"]


class TallyKind(IntEnum):
    """What a tally holds."""

    #: Of approvals, scores or points: for every option the weight behind each value.
    VALUES = _lowlevel.COCREATE_TALLY_VALUES
    #: Of rankings: for every option the weight behind each place.
    PLACES = _lowlevel.COCREATE_TALLY_PLACES
    #: Of rankings: for every pair of options the weight behind each order.
    PAIRS = _lowlevel.COCREATE_TALLY_PAIRS


@dataclass(frozen=True)
class _Info:
    kind: int
    ballot_kind: int
    options: int
    ballots: int
    weight: int
    empty: int
    valid: int
    blank: int


class Tally(Handle[_lowlevel.Tally]):
    """A tally of ballots over the options of a profile; `rank` ranks by it.

    Tallies of parts of an electorate merge into the tally of all of it, with the same bytes whatever the parts and
    their order. The interpreter lock is released while ballots are counted, so parts can be tallied in threads.

    Parameters
    ----------
    options : Profile
        Describes the options and the kind of ballots. Its own ballots are not counted.
    kind : TallyKind
        What to hold; `methods()` names it for each method.

    Examples
    --------
    >>> from cocreate import rank
    >>> profile = Profile.from_ranks([[1, 2, 3], [1, 3, 2], [2, 1, 3]], options=["A", "B", "C"])
    >>> tally = Tally(profile, TallyKind.PAIRS)
    >>> tally.add(profile)
    >>> rank(tally, "copeland").winners
    ['A']
    """

    def __init__(self, options: Profile, kind: TallyKind | int) -> None:
        if not isinstance(options, Profile):
            raise ArgumentError(f"expected a Profile, got {type(options).__name__}")
        with options._turns.reading():
            self._take(_lowlevel.cocreate_tally_new(options._h, int(kind)))

    def _take(self, handle: _lowlevel.Tally) -> None:
        super().__init__(handle, "tally")
        self._turns = Turns()

    @classmethod
    def decode(cls, data: bytes) -> Tally:
        """A tally from the bytes of `encode`.

        Raises
        ------
        cocreate.errors.CorruptError
            If the bytes are damaged; `where` is the offset.

        Examples
        --------
        >>> tally = Tally(Profile(Kind.SCORE, 2), TallyKind.VALUES)
        >>> Tally.decode(tally.encode()).ballots
        0
        """
        self = cls.__new__(cls)
        self._take(_lowlevel.cocreate_tally_decode(data))
        return self

    def add(self, ballots: Profile, *, progress: Callable[[int, int], object] | None = None) -> None:
        """Count the ballots of a profile over the same options, all or none.

        Examples
        --------
        >>> tally = Tally(Profile(Kind.SCORE, 2), TallyKind.VALUES)
        >>> tally.add(Profile.from_values(Kind.SCORE, [[5, 3], [4, 4]]))
        >>> tally.ballots
        2
        """
        if not isinstance(ballots, Profile):
            raise ArgumentError(f"expected a Profile, got {type(ballots).__name__}")
        with self._turns.writing(), ballots._turns.reading():
            _lowlevel.cocreate_tally_add(self._h, ballots._h, progress)

    def merge(self, other: Tally) -> None:
        """Add what another tally of the same kind over the same options counted.

        Examples
        --------
        >>> one, two = (Tally(Profile(Kind.SCORE, 2), TallyKind.VALUES) for _ in range(2))
        >>> two.add(Profile.from_values(Kind.SCORE, [[5, 3]]))
        >>> one.merge(two)
        >>> one.ballots
        1
        """
        self._join(_lowlevel.cocreate_tally_merge, other)

    def subtract(self, other: Tally) -> None:
        """Take what another tally counted out again: the inverse of `merge`.

        Raises
        ------
        cocreate.errors.ArgumentError
            If the other cannot be part of this one.
        """
        self._join(_lowlevel.cocreate_tally_subtract, other)

    def _join(self, call: Callable[[_lowlevel.Tally, _lowlevel.Tally], None], other: Tally) -> None:
        if not isinstance(other, Tally):
            raise ArgumentError(f"expected a Tally, got {type(other).__name__}")
        if other is self:
            other = Tally.decode(self.encode())  # a copy has turns of its own
        with self._turns.writing_by(other._turns):
            call(self._h, other._h)

    def encode(self) -> bytes:
        """The tally as bytes: portable, versioned, checksummed; the same however the ballots were cut into parts."""
        with self._turns.reading():
            return _lowlevel.cocreate_tally_encode(self._h)

    def _info(self) -> _Info:
        with self._turns.reading():
            return _Info(*_lowlevel.cocreate_tally_info_get(self._h))

    def __len__(self) -> int:
        """How many options there are."""
        return self._info().options

    @property
    def kind(self) -> TallyKind:
        """What it holds."""
        return TallyKind(self._info().kind)

    @property
    def ballot_kind(self) -> Kind:
        """What its ballots say of an option."""
        return Kind(self._info().ballot_kind)

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
    def valid(self) -> int:
        """Ballots that say something of an option that runs."""
        return self._info().valid

    @property
    def blank(self) -> int:
        """The weight of all others."""
        return self._info().blank

    def __repr__(self) -> str:
        if self.closed:
            return "<Tally, closed>"
        info = self._info()
        what = TallyKind(info.kind).name.lower()
        return f"<Tally: {what} of {info.ballots} ballots over {info.options} options>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Tally.decode, (self.encode(),)
