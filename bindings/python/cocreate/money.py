"""Amounts in minor units, and splits that sum exactly.

An amount is an `int` count of the minor units of a currency (cents). Nothing here uses floating point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from cocreate import _lowlevel
from cocreate.arrays import exact

__all__ = ["Currency", "Split", "currencies", "currency", "format", "parse", "rate", "split", "split_methods", "weights"]


@dataclass(frozen=True)
class Currency:
    """A row of the ISO 4217 table."""

    #: Alphabetic code, as in "EUR".
    code: str
    #: Decimals of the minor unit: 0, 2, 3 or 4.
    exponent: int
    #: False for metals, tests and "no currency" (XAU, XTS, XXX ...).
    is_currency: bool


@dataclass(frozen=True)
class Split:
    """Shares of a pool; `sum(shares) + returned` is the pool, always."""

    #: One amount a weight, in minor units.
    shares: npt.NDArray[np.int64]
    #: What was not split.
    returned: int


def currencies() -> list[Currency]:
    """The ISO 4217 table, in order of the code.

    Examples
    --------
    >>> [c.code for c in currencies() if c.exponent == 4]
    ['CLF', 'UYW']
    """
    rows = (_lowlevel.cocreate_currency_at(i) for i in range(_lowlevel.cocreate_currency_count()))
    return [Currency(code, exponent, bool(real)) for code, exponent, real in rows]


def currency(code: str) -> Currency:
    """Look a currency up by its code.

    Raises
    ------
    cocreate.errors.NotFoundError
        If the table has no such code.

    Examples
    --------
    >>> currency("JPY")
    Currency(code='JPY', exponent=0, is_currency=True)
    """
    code, exponent, real = _lowlevel.cocreate_currency_find(code)
    return Currency(code, exponent, bool(real))


def parse(text: str, exponent: int = 2) -> int:
    """Read a decimal amount as minor units; more decimals than the unit has are refused, never rounded.

    Raises
    ------
    cocreate.errors.ParseError
        `where` is the byte offset.

    Examples
    --------
    >>> parse("1234.5", 2)
    123450
    """
    return _lowlevel.cocreate_amount_parse(text, exponent)


def format(minor: int, exponent: int = 2) -> str:
    """Print an amount with all its decimals.

    Examples
    --------
    >>> format(-5, 2)
    '-0.05'
    """
    return _lowlevel.cocreate_amount_print(minor, exponent)


def split_methods() -> list[str]:
    """Names of the methods of `split`.

    Examples
    --------
    >>> "largest_remainder" in split_methods()
    True
    """
    count = _lowlevel.cocreate_split_method_count()
    return [name for name in map(_lowlevel.cocreate_split_method_at, range(count)) if name is not None]


def split(
    pool: int,
    weights: npt.ArrayLike,
    *,
    method: str = "largest_remainder",
    ties: str = "id",
    ids: Sequence[str] | None = None,
    seed: bytes | None = None,
    on_empty: str = "return",
    cap: int = 0,
    minimum: int = 0,
    unit: int = 1,
) -> Split:
    """Split a pool in proportion to weights, exactly.

    Parameters
    ----------
    pool : int
        What to split, in minor units; a negative pool is the mirror of its positive.
    weights : array_like of int, shape (n,)
        Weights >= 0; only their ratios matter. An int64 array is read in place.
    method : str
        One of `split_methods()`.
    ties : {"id", "lot", "weight"}
        Who goes first where claims to a unit are equal.
    ids : sequence of str, optional
        n distinct ids; without them the order of the list counts.
    seed : bytes, optional
        32 bytes, for ties by lot.
    on_empty : {"return", "equal", "error"}
        What to do when all weights are 0.
    cap, minimum, unit : int
        Most of a share, least of a share (else nothing), and what shares are multiples of. 0 = none.

    Raises
    ------
    cocreate.errors.ArgumentError
        `where` is the index of a bad weight or id.
    cocreate.errors.NotFoundError
        If there is no such method.

    Examples
    --------
    >>> split(10000, [1, 1, 1])
    Split(shares=array([3334, 3333, 3333]), returned=0)
    """
    shares, returned = _lowlevel.cocreate_split(
        pool, exact(weights, np.int64), method, ties, ids, seed, on_empty, cap, minimum, unit
    )
    return Split(np.frombuffer(shares, np.int64), returned)


def weights(texts: Sequence[Any]) -> npt.NDArray[np.int64]:
    """Weights from decimal text, scaled to integers of the same ratios.

    Examples
    --------
    >>> weights([".33", "1.5", "2"])
    array([ 33, 150, 200])
    """
    return np.frombuffer(_lowlevel.cocreate_weights_parse([str(text) for text in texts]), np.int64)


def rate(
    amount: int, of: Fraction | int, rounding: str = "half_even", carry: Fraction | None = None
) -> tuple[int, Fraction | None]:
    """A rate of an amount, rounded once: fees, withholding, royalties.

    Parameters
    ----------
    amount : int
        Minor units.
    of : Fraction or int
        The rate.
    rounding : {"half_up", "half_even", "floor", "ceil"}
        How to round; with a carry it must be "floor".
    carry : Fraction, optional
        The rest of the period before, start with `Fraction(0)`. Over any number of periods what is paid is then the
        floor of the exact sum.

    Returns
    -------
    tuple of int and Fraction or None
        The amount, and the rest to carry on.

    Examples
    --------
    >>> rate(1005, Fraction(1, 10), "half_up")
    (101, None)
    >>> rate(1005, Fraction(1, 10), "floor", Fraction(0))
    (100, Fraction(1, 2))
    """
    numerator, denominator = (0, 0) if carry is None else (carry.numerator, carry.denominator)
    out, left, over = _lowlevel.cocreate_rate(
        amount, of.numerator, of.denominator, rounding, numerator, denominator
    )
    return out, None if carry is None else Fraction(left, over)
