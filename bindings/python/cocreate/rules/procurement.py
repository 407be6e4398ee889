"""Bounties and auctions: what the sponsor buys.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Amount, Rule, major, rule_of
from cocreate.rules._scheme import Eligibility, Rounding, Team

__all__ = [
    "bounty",
    "price_list",
    "sealed_bid",
    "slot_auction",
]


def bounty(
    id: str,
    *,
    fund: str,
    terms: Literal["shared", "per_acceptance"],
    each: Amount | None = None,
    max_total: Amount | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """Bounties from escrow.

    Worst case: what may be in escrow. Source: Practice of Bountysource and Gitcoin: several funders, shares of
    claimants, refunds in proportion.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    terms : choice
        shared: those who are accepted share what is in escrow; per_acceptance: each of them gets the same amount while
        it lasts. It must be said: "split, or each gets it?" is what bounties are fought over.
    each : amount, optional
        Of per_acceptance; required there.
    max_total : amount, optional
        The most that may be in escrow; by default the budget of the fund.
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "bounty", id, fund=fund, terms=terms, each=major(each), max_total=major(max_total), eligibility=eligibility,
        rounding=rounding,
    )


def price_list(
    id: str,
    *,
    fund: str,
    price: Amount,
    factors: Sequence[Mapping[str, Any]],
    round: Literal["half_up", "half_even", "floor", "ceil"] | None = None,
    max_total: Amount | None = None,
    eligibility: Eligibility | None = None,
    team: Team | None = None,
) -> Rule:
    """A price for each selected entry, times what its facts say.

    Worst case: max_total, or the budget of the fund. Source: Advego: the least price times 1, 5/4, 2, 3 or 7 by the
    level of the author, and 1, 11/10, 5/4 or 3/2 by how the author was found.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    price : amount
        Of each selected entry, before its factors.
    factors : list
        [{by, values}]: a fact of the entry, in the list "facts" of the result, and what each of its words multiplies
        by.
    round : string, optional
        Half_up (default), half_even, floor or ceil: once, of the exact price.
    max_total : amount, optional
        All prices together; by default the budget of the fund.
    eligibility, team : optional
        Of `rules.eligibility` and `rules.team`.
    """
    return rule_of(
        "price_list", id, fund=fund, price=major(price), factors=factors, round=round, max_total=major(max_total),
        eligibility=eligibility, team=team,
    )


def sealed_bid(
    id: str,
    *,
    fund: str,
    form: Literal["first_price", "vickrey", "uniform", "budget_feasible"],
    winners: int | None = None,
    reserve: Amount | None = None,
    budget: Amount | None = None,
    ties: Literal["earlier", "lot"] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A reverse auction by sealed bids.

    Worst case: the winners times the reserve, or the budget. Source: Vickrey, Counterspeculation, auctions, and
    competitive sealed tenders, 1961; Singer, Budget feasible mechanisms, FOCS 2010 (proportional share).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    form : choice
        first_price: paid the own bid; vickrey: one winner, paid the second bid; uniform: all paid the first bid that
        lost; budget_feasible: as many as equal parts of the budget can pay.
    winners : integer, optional
        How many are bought at most; 1 by default; not with vickrey or budget_feasible.
    reserve : amount, optional
        No bid above it wins, and what is paid where no bid lost; required but for budget_feasible.
    budget : amount, optional
        What budget_feasible may spend; required there.
    ties : choice, optional
        Equal bids: earlier (default) or lot.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of(
        "sealed_bid", id, fund=fund, form=form, winners=winners, reserve=major(reserve), budget=major(budget),
        ties=ties, eligibility=eligibility,
    )


def slot_auction(
    id: str,
    *,
    pricing: Literal["gsp", "vcg"],
    clicks: Sequence[int],
    reserve: Amount | None = None,
    ties: Literal["earlier", "lot"] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Featured places by auction.

    Worst case: nothing: its winners pay. Source: Edelman, Ostrovsky & Schwarz, Internet advertising and the generalized
    second-price auction, American Economic Review 97(1), 2007.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    pricing : choice
        gsp: a click costs the next bid; vcg: a slot costs what its winner takes from those below.
    clicks : numbers
        What each slot brings, whole numbers that never rise.
    reserve : amount, optional
        No bid below it takes part, and the least that a click costs.
    ties : choice, optional
        Equal bids: earlier (default) or lot.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of(
        "slot_auction", id, pricing=pricing, clicks=clicks, reserve=major(reserve), ties=ties, eligibility=eligibility,
    )
