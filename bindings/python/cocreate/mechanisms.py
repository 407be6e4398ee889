"""What rules of rewards compute with, for arrays: numbers in, numbers out, no scheme."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from cocreate import _lowlevel
from cocreate.arrays import exact

__all__ = ["shapley"]


def shapley(values: Any) -> list[Fraction]:
    """The Shapley value: what each player adds to those before, on average over all orders of joining.

    Parameters
    ----------
    values : array of int64
        The worth of each of the 2^n coalitions: `values[S]` is that of the players i with bit i in S, and `values[0]` is
        0. At most 24 players.

    Returns
    -------
    list of Fraction
        One value a player, exact; they sum to the worth of all.

    Raises
    ------
    cocreate.errors.ArgumentError
        If there are not 2, 4, 8 ... worths, or nobody is worth something.

    Notes
    -----
    O(2^n n). Shapley, *A value for n-person games* (1953).

    Examples
    --------
    Players 0 and 1 have a left glove each, player 2 a right one; a pair is worth 1.

    >>> shapley([0, 0, 0, 0, 0, 1, 1, 1])
    [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]
    """
    numerators, denominator = _lowlevel.cocreate_shapley(exact(values, np.int64))
    return [Fraction(int(numerator), denominator) for numerator in np.frombuffer(numerators, np.int64)]
