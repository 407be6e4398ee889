"""What rules of rewards compute with, for arrays: numbers in, numbers out, no scheme."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from cocreate import _lowlevel
from cocreate.arrays import exact

__all__ = ["Matches", "quadratic_funding", "shapley"]


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


@dataclass(frozen=True)
class Matches:
    """What a pool pays to projects; `sum(matches) + returned` is the pool, always."""

    #: One amount a project, in minor units.
    matches: npt.NDArray[np.int64]
    #: What was not needed.
    returned: int


def quadratic_funding(
    donors: npt.ArrayLike,
    projects: npt.ArrayLike,
    amounts: npt.ArrayLike,
    pool: int,
    *,
    n_donors: int | None = None,
    n_projects: int | None = None,
    match: str = "qf",
    bound: int = 0,
    unit: int = 100,
    minimum: int = 0,
    cap: int = 0,
    scale_up: bool = False,
    weights: npt.ArrayLike | None = None,
) -> Matches:
    """Match gifts to projects from a pool: more for many small gifts than for few large ones.

    Parameters
    ----------
    donors, projects : array of uint32
        Who gives each gift, and to what: numbers from 0.
    amounts : array of int64
        The gifts in minor units, 0 or more. A donor may give to a project more than once.
    pool : int
        What is paid at most, in minor units.
    n_donors, n_projects : int, optional
        How many there are; by default 1 more than the largest number.
    match : str
        "qf"; "pairwise", where `bound` is Buterin's M; or "gitcoin_clr", where it is the threshold, and `unit` the minor
        units of 1.
    bound, unit : int
        See `match`.
    minimum : int
        What a donor gives a project in all counts from here on.
    cap : int
        No match above this; 0 is no cap.
    scale_up : bool
        Pay the whole pool also where the matches need less.
    weights : array of int64, optional
        Of each donor, 0 to 10^9: the billionths of their gifts that count.

    Returns
    -------
    Matches
        Exact amounts, and the rest of the pool.

    Raises
    ------
    cocreate.errors.ArgumentError
        If an argument is out of range, or the arrays are not of one length.
    cocreate.errors.OverflowError
        If a donor gives a project more than 2^53 - 1.
    cocreate.errors.LimitError
        If more than 2^24 pairs of donors meet, where `match` looks at pairs.

    Notes
    -----
    O(gifts + donors + projects log projects); with pairs O(pairs). Buterin, Hitzig & Weyl, *A flexible design for funding
    public goods* (2019); Buterin, *Pairwise coordination subsidies* (2019).

    Examples
    --------
    Two who give 0.99 each are matched by (2 sqrt(99))^2 - 198 = 198 cents; one who gives 100.00 alone by nothing.

    >>> quadratic_funding([0, 1, 2], [0, 0, 1], [99, 99, 10000], pool=1000)
    Matches(matches=array([198,   0]), returned=802)
    """
    who, what, much = exact(donors, np.uint32), exact(projects, np.uint32), exact(amounts, np.int64)
    made, returned = _lowlevel.cocreate_quadratic_funding(
        who,
        what,
        much,
        n_donors if n_donors is not None else int(who.max(initial=0)) + 1 if who.size else 0,
        n_projects if n_projects is not None else int(what.max(initial=0)) + 1 if what.size else 0,
        pool,
        match,
        bound,
        unit,
        minimum,
        cap,
        int(scale_up),
        None if weights is None else exact(weights, np.int64),
    )
    return Matches(np.frombuffer(made, np.int64), returned)
