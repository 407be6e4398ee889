"""What rules of rewards compute with, for arrays: numbers in, numbers out, no scheme."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from cocreate import _lowlevel
from cocreate.arrays import exact
from cocreate.errors import ArgumentError

__all__ = ["Matches", "Trade", "eigentrust", "leaderboard_ranks", "lmsr_trade", "quadratic_funding", "shapley"]


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


@dataclass(frozen=True)
class Trade:
    """What a trade costs, and the prices after it."""

    #: In minor units; below 0 what is refunded.
    charge: int
    #: One price an outcome, in billionths.
    prices: npt.NDArray[np.int64]


def lmsr_trade(sold: npt.ArrayLike, outcome: int, shares: int, *, b: int, share: int = 100) -> Trade:
    """What a logarithmic market maker charges for a trade: just what the rule `lmsr` charges.

    Parameters
    ----------
    sold : array of int64
        How many shares of each outcome are sold so far.
    outcome : int
        The index of the one that is traded.
    shares : int
        How many are bought; below 0: sold back. 0 asks for the prices.
    b : int
        The depth of the market in minor units: the maker loses at most b times the logarithm of the number of outcomes.
    share : int, default 100
        What a share of what happens pays, in minor units.

    Returns
    -------
    Trade
        The charge, rounded up, or the refund, rounded down, and the prices afterwards.

    Raises
    ------
    cocreate.errors.ArgumentError
        If there are not 2 to 100 outcomes, or more is sold back than was sold.

    Notes
    -----
    Hanson, *Logarithmic market scoring rules for modular combinatorial information aggregation* (2007).

    Examples
    --------
    >>> lmsr_trade([0, 0], 0, 10, b=10000)
    Trade(charge=513, prices=array([524979188, 475020813]))
    """
    made, charge = _lowlevel.cocreate_lmsr_trade(exact(sold, np.int64), b, share, outcome, shares)
    return Trade(charge, np.frombuffer(made, np.int64))


def eigentrust(
    sources: npt.ArrayLike,
    targets: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    n_peers: int | None = None,
    alpha: float | Fraction = 0.15,
    iterations: int = 150,
    pre_trusted: npt.ArrayLike | None = None,
    start: npt.ArrayLike | None = None,
) -> npt.NDArray[np.int64]:
    """Reputation from who trusts whom, each voice weighed by its own reputation.

    Parameters
    ----------
    sources, targets : array of uint32
        Who trusts, and whom: numbers from 0, one pair an edge.
    weights : array of int64, optional
        How much, less than 0 for a bad mark; by default 1 each. The edges of a pair are added up.
    n_peers : int, optional
        How many there are; by default 1 more than the largest number.
    alpha : float or Fraction
        The part of all trust that goes back to those trusted beforehand each time, at most 9 decimals.
    iterations : int
        How many times trust flows.
    pre_trusted : array of int64, optional
        How much each peer is trusted beforehand; by default all alike, which is PageRank.
    start : array of int64, optional
        Who has the trust at first; by default as `pre_trusted`.

    Returns
    -------
    array of int64
        The part of all trust that each peer has, in billionths.

    Raises
    ------
    cocreate.errors.ArgumentError
        If an argument is out of range, or the arrays are not of one length.
    cocreate.errors.OverflowError
        If the weights of a peer sum to more than 2^63 - 1.

    Notes
    -----
    O(iterations * (edges + peers)), in whole numbers. Kamvar, Schlosser & Garcia-Molina, *The EigenTrust algorithm for
    reputation management in P2P networks* (2003).

    Examples
    --------
    Two link to a third, which links to none and so passes on to all.

    >>> eigentrust([0, 1], [2, 2])
    array([212765957, 212765957, 574468085])
    """
    who, whom = exact(sources, np.uint32), exact(targets, np.uint32)
    largest = max(int(who.max(initial=0)), int(whom.max(initial=0)))
    billionths = Fraction(str(alpha)) * 10**9
    if billionths.denominator != 1:
        raise ArgumentError(f"alpha has more than 9 decimals: {alpha}")
    scores = _lowlevel.cocreate_eigentrust(
        who,
        whom,
        None if weights is None else exact(weights, np.int64),
        n_peers if n_peers is not None else largest + 1 if who.size else 0,
        int(billionths),
        iterations,
        None if pre_trusted is None else exact(pre_trusted, np.int64),
        None if start is None else exact(start, np.int64),
    )
    return np.frombuffer(scores, np.int64)


def leaderboard_ranks(
    scores: npt.ArrayLike,
    *,
    ranks: str = "competition",
    order: npt.ArrayLike | None = None,
    missing: npt.ArrayLike | None = None,
) -> npt.NDArray[np.float64]:
    """Places by scores, the largest first, numbered in one of five ways.

    Parameters
    ----------
    scores : array of int64
        One score each.
    ranks : str
        Of 100, 90, 90, 80: "competition" 1, 2, 2, 4; "modified" 1, 3, 3, 4; "dense" 1, 2, 2, 3; "fractional" 1, 2.5, 2.5, 4;
        "ordinal" 1, 2, 3, 4.
    order : array of int64, optional
        Which of equal scores comes first in "ordinal": the smaller, then the smaller index; by default the index alone.
    missing : array of bool, optional
        Who has no score, and so no rank.

    Returns
    -------
    array of float64
        The ranks, whole or halves, which are exact; NaN for a missing score.

    Raises
    ------
    cocreate.errors.ArgumentError
        If there is no such way to number, or the arrays are not of one length.

    Notes
    -----
    O(n log n).

    Examples
    --------
    >>> leaderboard_ranks([90, 100, 80, 90], ranks="fractional")
    array([2.5, 1. , 4. , 2.5])
    """
    known = exact(scores, np.int64)
    if missing is not None:
        gaps = np.asarray(missing, dtype=bool)
        if gaps.shape != known.shape:
            raise ArgumentError("there must be as many marks of what is missing as scores")
        known = np.where(gaps, np.iinfo(np.int64).min, known)
    twice = _lowlevel.cocreate_leaderboard_ranks(known, None if order is None else exact(order, np.int64), ranks)
    made = np.frombuffer(twice, np.int64) / 2
    return np.where(made > 0, made, np.nan)
