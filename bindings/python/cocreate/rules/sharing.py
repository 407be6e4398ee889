"""Pools that are shared: in proportion, by contribution, by descent.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Amount, Number, Rule, major, rule_of
from cocreate.rules._scheme import Eligibility, Rounding, Team

__all__ = [
    "cred_allocation",
    "gift_circle",
    "lineage_share",
    "proportional_split",
    "royalty",
    "shapley",
    "team_split",
]


def cred_allocation(
    id: str,
    *,
    fund: str,
    pool: Amount,
    policy: Literal["immediate", "recent", "balanced", "special"],
    lookback: int | None = None,
    discount: Number | None = None,
    recipient: str | None = None,
    memo: str | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """A pool for contributions over time, by a policy of SourceCred.

    Worst case: the pool. Source: SourceCred, core/ledger/policies: immediate, recent, balanced, special.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is allocated.
    policy : choice
        immediate: by the cred of the last intervals; recent: by all cred, older intervals discounted; balanced: to
        those whose cred entitles them to more than they were ever paid; special: to one person.
    lookback : integer, optional
        How many intervals count, of immediate (by default 1) and of balanced (by default all).
    discount : number, optional
        Of recent, from 0 to 1: what cred loses with each later interval.
    recipient : id, optional
        Of special: who is paid.
    memo : string, optional
        Of special: why.
    on_empty : choice, optional
        When nobody weighs anything: return (default) the pool, share it equally, or error.
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "cred_allocation", id, fund=fund, pool=major(pool), policy=policy, lookback=lookback, discount=discount,
        recipient=recipient, memo=memo, on_empty=on_empty, eligibility=eligibility, rounding=rounding,
    )


def gift_circle(
    id: str,
    *,
    fund: str,
    pool: Amount,
    tokens: int | None = None,
    self_gifts: bool | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """A pool shared by the tokens that members gave each other.

    Worst case: the pool. Source: Coordinape documentation, Gift Circle: 75 of 1,500 GIVE are 5 % of the budget.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is shared.
    tokens : integer, optional
        What a member may give in all; by default 100.
    self_gifts : boolean, optional
        Members may give to themselves; by default not.
    on_empty : choice, optional
        When nobody weighs anything: return (default) the pool, share it equally, or error.
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "gift_circle", id, fund=fund, pool=major(pool), tokens=tokens, self_gifts=self_gifts, on_empty=on_empty,
        eligibility=eligibility, rounding=rounding,
    )


def lineage_share(
    id: str,
    *,
    fund: str,
    policy: Literal["decay", "lap", "lrp"],
    pool: Amount | None = None,
    decay: Number | None = None,
    depth: int | None = None,
    where: str | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """What works earn, shared with those they derive from.

    Worst case: the pool; none from a fund of revenue. Source: Story Protocol, liquid absolute and liquid relative
    percentage, for lap and lrp.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    policy : choice
        decay: each work passes a part of what it counts on to its parents; lap: an ancestor takes its rate of what any
        descendant earns; lrp: a parent takes its rate of what a child receives.
    pool : amount, optional
        What is shared; required unless the fund is of revenue, then by default what the result's list "revenue" says.
    decay : number, optional
        Of the policy decay, between 0 and 1: the part that is passed on.
    depth : integer, optional
        Of the policy decay: how many generations back it goes; by default all.
    where : condition, optional
        Which entries share the pool, by default "selected".
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "lineage_share", id, fund=fund, policy=policy, pool=major(pool), decay=decay, depth=depth, where=where,
        eligibility=eligibility, rounding=rounding, team=team,
    )


def proportional_split(
    id: str,
    *,
    fund: str,
    pool: Amount,
    weight: Literal["votes", "score", "points", "supporters"],
    top: int | None = None,
    exponent: Number | None = None,
    cap: Amount | None = None,
    cap_share: Number | None = None,
    minimum: Amount | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A pool shared in proportion.

    Worst case: the pool. Source: Balinski & Young, Fair Representation, 1982; Coordinape and Allo
    ProportionalPayoutStrategy for the practice.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is shared.
    weight : choice
        Votes, score, points or supporters; negative ones weigh 0.
    top : integer, optional
        Only the k that weigh most, and whoever weighs as much as the k-th.
    exponent : number, optional
        Weights are raised to this, from 0 to 8; "1/2" is the square root; by default 1.
    cap : amount, optional
        No share above this; the rest is shared among the others.
    cap_share : number, optional
        The same as a part of the pool, above 0 and at most 1.
    minimum : amount, optional
        Who would get less gets nothing, and the rest is shared again.
    on_empty : choice, optional
        When nobody weighs anything: return (default) the pool, share it equally, or error.
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "proportional_split", id, fund=fund, pool=major(pool), weight=weight, top=top, exponent=exponent,
        cap=major(cap), cap_share=cap_share, minimum=major(minimum), on_empty=on_empty, eligibility=eligibility,
        rounding=rounding, team=team,
    )


def royalty(
    id: str,
    *,
    fund: str,
    base: Literal["gross", "net", "profit"] | None = None,
    rate: Number | None = None,
    tiers: Sequence[Mapping[str, Any]] | None = None,
    channels: Sequence[Mapping[str, Any]] | None = None,
    minimum_per_unit: Amount | None = None,
    flat: Amount | None = None,
    per_event: Amount | None = None,
    cap: Amount | None = None,
    advance: Amount | None = None,
    minimum_payout: Amount | None = None,
    term: int | None = None,
    max_total: Amount | None = None,
    eligibility: Eligibility | None = None,
    team: Team | None = None,
) -> Rule:
    """A part of what works sell, period by period.

    Worst case: max_total; none from a fund of revenue. Source: The terms of LEGO Ideas (1 % of net sales), Threadless
    (20 % of net profit, at least 0.25 a unit) and Quirky (30 % of direct, 10 % of indirect revenue).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    base : choice, optional
        Gross sales; net: less returns (default); profit: less returns and costs.
    rate : number, optional
        The part of the base that accrues; or tiers, or channels.
    tiers : array, optional
        [{up_to, rate}]: the rate of what the base reaches, over all periods, up to an amount; the last has no end.
    channels : array, optional
        [{channel, rate}]: a rate for the sales of each channel.
    minimum_per_unit : amount, optional
        What accrues at least for each unit sold.
    flat : amount, optional
        Accrues once, in the first period.
    per_event : amount, optional
        Accrues for each event, as a reprint.
    cap : amount, optional
        What counts at most, over all periods.
    advance : amount, optional
        Paid in the first period; what accrues makes up for it first.
    minimum_payout : amount, optional
        Less than this is not paid but carried.
    term : integer, optional
        After so many periods nothing accrues any more.
    max_total : amount, optional
        What is paid at most in one evaluation, to all; required unless the fund is of revenue.
    eligibility, team : optional
        Of `rules.eligibility` and `rules.team`.
    """
    return rule_of(
        "royalty", id, fund=fund, base=base, rate=rate, tiers=tiers, channels=channels,
        minimum_per_unit=major(minimum_per_unit), flat=major(flat), per_event=major(per_event), cap=major(cap),
        advance=major(advance), minimum_payout=major(minimum_payout), term=term, max_total=major(max_total),
        eligibility=eligibility, team=team,
    )


def shapley(
    id: str,
    *,
    fund: str,
    pool: Amount,
    game: Literal["table", "synergy", "airport", "majority"],
    missing: Literal["error", "zero"] | None = None,
    quota: Number | None = None,
    permutations: int | None = None,
    negative: Literal["error", "clip_renormalise"] | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """A pool shared by what players add to coalitions.

    Worst case: the pool. Source: Shapley, A Value for n-Person Games, 1953; Littlechild & Owen, Management Science 20,
    1973, for the airport; Castro, Gomez & Tejada, 2009, for sampled orders.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is shared.
    game : choice
        table: the worth of each coalition is listed; synergy: what each coalition adds to its parts; airport: the
        largest cost of its players; majority: 1 if their weights reach the quota, else 0.
    missing : choice, optional
        Coalitions that a table does not list: error (default) or zero, they are worth nothing.
    quota : number, optional
        What a majority weighs at least; required for majority.
    permutations : integer, optional
        Draw so many orders by the seed and average over them; by default all orders, exactly.
    negative : choice, optional
        A negative value: error (default), or clip_renormalise: 0, the pool is shared by the others.
    on_empty : choice, optional
        When nobody weighs anything: return (default) the pool, share it equally, or error.
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "shapley", id, fund=fund, pool=major(pool), game=game, missing=missing, quota=quota, permutations=permutations,
        negative=negative, on_empty=on_empty, eligibility=eligibility, rounding=rounding,
    )


def team_split(
    id: str,
    *,
    fund: str,
    pool: Amount,
    split: Literal["equal", "declared", "weighted", "peer", "shapley", "leader"],
    on_disqualified: Literal["whole_team", "member_only_redistribute", "member_only_return"] | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """What a team won, shared among its members.

    Worst case: the pool. Source: The practice of hackathons; Shapley, A Value for n-Person Games, 1953.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What the team shares.
    split : choice
        Equal; declared: by shares that sum to 1, which all members have signed; weighted: by what each contributed;
        peer: by what the others give each; shapley: by what each adds to the coalitions; leader: all to one, who shares
        it.
    on_disqualified : choice, optional
        whole_team (default): nobody is paid; member_only_redistribute: the others share everything; member_only_return:
        that share returns to the fund.
    on_empty : choice, optional
        When nobody weighs anything: return (default) the pool, share it equally, or error.
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "team_split", id, fund=fund, pool=major(pool), split=split, on_disqualified=on_disqualified, on_empty=on_empty,
        eligibility=eligibility, rounding=rounding,
    )
