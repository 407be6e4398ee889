"""What profiles are made of and read from; `cocreate.profile` offers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from cocreate import _lowlevel

__all__ = ["Ballot", "Format", "Kind", "Option", "formats"]


class Kind(IntEnum):
    """What a ballot says of an option."""

    APPROVAL = _lowlevel.COCREATE_BALLOT_APPROVAL
    RANKING = _lowlevel.COCREATE_BALLOT_RANKING
    SCORE = _lowlevel.COCREATE_BALLOT_SCORE
    POINTS = _lowlevel.COCREATE_BALLOT_POINTS


@dataclass(frozen=True)
class Option:
    """What is known of an option."""

    id: str
    name: str
    #: In units of 10^-cost_exponent; 0 where costs play no role.
    cost: int
    #: When it was submitted, microseconds UTC, or None.
    at: int | None
    #: It stays on ballots, but never ranks or wins.
    withdrawn: bool


@dataclass(frozen=True)
class Ballot:
    """A distinct ballot of a profile."""

    #: Option indices: rankings best first, others ascending.
    options: npt.NDArray[np.uint32]
    #: Ranks 1, 2, .., scores, points, or 1.
    values: npt.NDArray[np.int64]
    #: How many voters cast it.
    count: int
    #: What their ballots weigh together.
    weight: int


@dataclass(frozen=True)
class Format:
    """A file format of the field."""

    name: str
    title: str
    source: str
    can_write: bool


def formats() -> list[Format]:
    """The file formats that `Profile.read` knows.

    Examples
    --------
    >>> [format.name for format in formats() if "Pabulib" in format.title]
    ['pb']
    """
    rows = (_lowlevel.cocreate_format_at(i) for i in range(_lowlevel.cocreate_format_count()))
    return [Format(name, title, source, bool(can_write)) for name, title, source, can_write in rows]
