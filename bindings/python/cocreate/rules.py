"""Schemes in Python: a typed function for each kind of rule, and what holds them together.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.

Amounts may be strings, integers or decimals of major units ("12.50", 12, Decimal("12.5")), numbers also
fractions; floats are refused, for 0.1 is not a tenth.

Examples
--------
>>> from cocreate import rules, reward
>>> prizes = rules.scheme(
...     "EUR",
...     funds=[rules.fund("jury", 750)],
...     rules=[rules.ranked_prizes("prizes", fund="jury", prizes=[500, 250], ties="pool")],
... )
>>> entries = [{"id": "e1", "owner": "ann", "score": 9}, {"id": "e2", "owner": "bob", "score": 7}]
>>> [(award.to, award.amount) for award in reward.reward(prizes, {"entries": entries})]
[('ann', '500.00'), ('bob', '250.00')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Union

from cocreate.reward import Scheme

__all__ = [
    "Rule",
    "assurance",
    "assurance_bonus",
    "badge",
    "benchmark_bonus",
    "bounty",
    "class_prizes",
    "coupon",
    "cred_allocation",
    "direct_grant",
    "eligibility",
    "fund",
    "gift_circle",
    "guaranteed_prize",
    "leaderboard",
    "level",
    "lineage_share",
    "medals",
    "milestone",
    "participation",
    "points",
    "progress_prize",
    "proportional_split",
    "quadratic_funding",
    "rank_points",
    "ranked_prizes",
    "reliability_bonus",
    "retro_median",
    "revenue",
    "royalty",
    "scheme",
    "sealed_bid",
    "shapley",
    "slot_auction",
    "streak",
    "team_split",
    "threshold_award",
    "winner_takes_all",
]

#: Money: major units of the scheme's currency.
Amount = Union[str, int, Decimal]
#: An exact number.
Number = Union[str, int, Decimal, Fraction]
#: A rule of a scheme, as JSON holds it.
Rule = dict[str, Any]


def _plain(value: Any) -> Any:
    """JSON of exact numbers and of what holds them."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float, which is not exact: use a string, a Decimal or a Fraction")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value


def _money(value: Any) -> Any:
    """An integer of major units as the string that JSON has."""
    if isinstance(value, (list, tuple)):
        return [_money(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _plain(value)


def _rule(kind: str, id: str, **parameters: Any) -> Rule:
    amounts = _MONEY.get(kind, frozenset())
    return {
        "id": id,
        "kind": kind,
        **{
            name: _money(value) if name in amounts else _plain(value)
            for name, value in parameters.items()
            if value is not None
        },
    }


def fund(id: str, budget: Amount) -> dict[str, Any]:
    """Money with a budget, which the worst case of its rules must fit."""
    return {"id": id, "budget": _money(budget)}


def revenue(id: str) -> dict[str, Any]:
    """Money that is earned as it is shared, without a budget: for royalties and the like."""
    return {"id": id, "source": "revenue"}


def eligibility(
    *, status: str | None = None, min_score: Number | None = None, exclude: Sequence[str] | None = None
) -> dict[str, Any]:
    """Which entries take part: a status, a score at least, and ids or roles that do not."""
    members = {"status": status, "min_score": min_score, "exclude": exclude}
    return {name: _plain(value) for name, value in members.items() if value is not None}


def scheme(
    currency: str,
    *,
    rules: Sequence[Rule],
    funds: Sequence[Mapping[str, Any]] = (),
    minor_unit: int | None = None,
    seed_commitment: str | None = None,
    deductions: Sequence[Mapping[str, Any]] | None = None,
    lifecycle: Mapping[str, Any] | None = None,
    guards: Mapping[str, Any] | None = None,
) -> Scheme:
    """A checked scheme of these rules.

    Raises
    ------
    cocreate.errors.SchemaError
        The text begins with the JSON path.
    cocreate.errors.UnboundedError
        If a rule has no bound on what it may cost.
    """
    members = {
        "currency": currency,
        "minor_unit": minor_unit,
        "seed_commitment": seed_commitment,
        "funds": list(funds),
        "rules": list(rules),
        "deductions": deductions,
        "lifecycle": lifecycle,
        "guards": guards,
    }
    document = {name: _plain(value) for name, value in members.items() if value is not None}
    return Scheme({"scheme": "cocreate.incentives/1", **document})


#: Parameters of each kind that are money, or lists of it.
_MONEY: dict[str, frozenset[str]] = {
    "assurance": frozenset({"goal", "max_total"}),
    "assurance_bonus": frozenset({"goal", "bonus", "max_total"}),
    "benchmark_bonus": frozenset({"slope", "max", "max_total"}),
    "bounty": frozenset({"each", "max_total"}),
    "coupon": frozenset({"each"}),
    "cred_allocation": frozenset({"pool", "discount"}),
    "direct_grant": frozenset({"max_total"}),
    "gift_circle": frozenset({"pool"}),
    "guaranteed_prize": frozenset({"prize", "consolation"}),
    "lineage_share": frozenset({"pool", "decay"}),
    "participation": frozenset({"each", "max_total"}),
    "progress_prize": frozenset({"prize"}),
    "proportional_split": frozenset({"pool", "cap", "cap_share", "minimum"}),
    "quadratic_funding": frozenset({"pool", "m", "threshold", "cap", "minimum"}),
    "ranked_prizes": frozenset({"prizes", "purse"}),
    "retro_median": frozenset({"pool", "minimum", "max_ballot"}),
    "royalty": frozenset(
        {
            "rate", "minimum_per_unit", "flat", "per_event", "cap", "advance", "minimum_payout", "max_total",
        }
    ),
    "sealed_bid": frozenset({"reserve", "budget"}),
    "shapley": frozenset({"pool"}),
    "slot_auction": frozenset({"reserve"}),
    "team_split": frozenset({"pool"}),
    "threshold_award": frozenset({"each", "max_total"}),
    "winner_takes_all": frozenset({"prize"}),
}


def assurance(
    id: str,
    *,
    fund: str,
    people: int | None = None,
    goal: Amount | None = None,
    max_total: Amount | None = None,
    eligibility: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """Pledges, all or nothing.

    Worst case: max_total, or none where the fund is of revenue.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    people : integer, optional
        How many persons must pledge; this or goal is required.
    goal : amount, optional
        How much must be pledged.
    max_total : amount, optional
        At most this much in total; required unless the fund is of revenue, which pledges are.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Threadless (funded from 50 buyers on); Bagnoli & Lipman, Provision of Public Goods, Review of Economic
    Studies 56(4), 1989.
    """
    return _rule(
        "assurance",
        id,
        fund=fund,
        people=people,
        goal=goal,
        max_total=max_total,
        eligibility=eligibility,
        team=team,
    )


def assurance_bonus(
    id: str,
    *,
    fund: str,
    bonus: Amount,
    max_total: Amount,
    people: int | None = None,
    goal: Amount | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """A bonus for pledges that found too few others.

    Worst case: max_total.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    bonus : amount
        For each person who pledged to an entry that found too few.
    max_total : amount
        At most this much in total: beyond it all get equal parts of it.
    people : integer, optional
        How many persons must pledge; this or goal is required.
    goal : amount, optional
        How much must be pledged.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: Tabarrok, The Private Provision of Public Goods via Dominant Assurance Contracts, Public Choice 96, 1998.
    """
    return _rule(
        "assurance_bonus",
        id,
        fund=fund,
        bonus=bonus,
        max_total=max_total,
        people=people,
        goal=goal,
        eligibility=eligibility,
        rounding=rounding,
    )


def badge(
    id: str,
    *,
    where: str,
    criteria: Mapping[str, Any] | None = None,
    role: str | None = None,
    title: str | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """A badge for whoever meets a condition.

    Worst case: nothing.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    where : condition
        Which entries: rank<=3, score>=60, selected, status=valid, joined by and.
    criteria : object, optional
        {narrative}: what it stands for, in words.
    role : string, optional
        The role it recognises, as author.
    title : string, optional
        A title that the holder may show.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: 1EdTech, Open Badges 3.0 (Achievement: criteria, role).
    """
    return _rule(
        "badge",
        id,
        where=where,
        criteria=criteria,
        role=role,
        title=title,
        eligibility=eligibility,
    )


def benchmark_bonus(
    id: str,
    *,
    fund: str,
    max_total: Amount,
    baseline: Number | None = None,
    slope: Amount | None = None,
    max: Amount | None = None,
    points: Sequence[Mapping[str, Any]] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A bonus for improvement over a benchmark.

    Worst case: max_total.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    max_total : amount
        At most this much in total: beyond it all get their part of it.
    baseline : number, optional
        The score from which on a bonus is due; with slope and max.
    slope : amount, optional
        For one more in the score.
    max : amount, optional
        At most this much for an entry.
    points : list, optional
        [{score, amount}], instead of these: scores and amounts that rise, straight lines between them.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: piecewise linear pay: Holmstrom & Milgrom, Aggregation and Linearity in the Provision of Intertemporal
    Incentives, Econometrica 55(2), 1987.
    """
    return _rule(
        "benchmark_bonus",
        id,
        fund=fund,
        max_total=max_total,
        baseline=baseline,
        slope=slope,
        max=max,
        points=points,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def bounty(
    id: str,
    *,
    fund: str,
    terms: Literal["shared", "per_acceptance"],
    each: Amount | None = None,
    max_total: Amount | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """Bounties from escrow.

    Worst case: what may be in escrow.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    terms : choice
        Shared: those who are accepted share what is in escrow; per_acceptance: each of them gets the same amount while
        it lasts. It must be said: "split, or each gets it?" is what bounties are fought over.
    each : amount, optional
        Of per_acceptance; required there.
    max_total : amount, optional
        The most that may be in escrow; by default the budget of the fund.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: Practice of Bountysource and Gitcoin: several funders, shares of claimants, refunds in proportion.
    """
    return _rule(
        "bounty",
        id,
        fund=fund,
        terms=terms,
        each=each,
        max_total=max_total,
        eligibility=eligibility,
        rounding=rounding,
    )


def class_prizes(
    id: str,
    *,
    fund: str,
    lists: Sequence[Mapping[str, Any]],
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """Lists of prizes, one prize a participant.

    Worst case: the sum of all prizes.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    lists : list
        [{id, role, prizes}]: prizes by place, never rising, for entries or persons with the role, or for all; of equal
        prizes those of the earlier list come first.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: US Chess rules 32B1, 32B3 and 32B4.
    """
    return _rule(
        "class_prizes",
        id,
        fund=fund,
        lists=lists,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def coupon(
    id: str,
    *,
    each: Amount,
    unit: Mapping[str, Any] | None = None,
    max_awards: int | None = None,
    expires: str | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """A coupon for everybody who took part.

    Worst case: no money: a unit of its own.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    each : amount
        Of the unit, for every person with an eligible entry.
    unit : object, optional
        {code, minor_unit}: what the points are called, 1 to 12 of A-Z, 0-9 and _, and their decimals; by default POINTS
        and 0.
    max_awards : integer, optional
        The first so many, by submitted_at, then id; by default all.
    expires : time, optional
        Until when it can be used; told to whoever gets it.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: Gitcoin (an amount for every additional eligible submission), in a unit of the host's.
    """
    return _rule(
        "coupon",
        id,
        each=each,
        unit=unit,
        max_awards=max_awards,
        expires=expires,
        eligibility=eligibility,
    )


def cred_allocation(
    id: str,
    *,
    fund: str,
    pool: Amount,
    policy: Literal["immediate", "recent", "balanced", "special"],
    lookback: int | None = None,
    discount: Number | Amount | None = None,
    recipient: str | None = None,
    memo: str | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """A pool for contributions over time, by a policy of SourceCred.

    Worst case: the pool.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is allocated.
    policy : choice
        Immediate: by the cred of the last intervals; recent: by all cred, older intervals discounted; balanced: to
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
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: SourceCred, core/ledger/policies: immediate, recent, balanced, special.
    """
    return _rule(
        "cred_allocation",
        id,
        fund=fund,
        pool=pool,
        policy=policy,
        lookback=lookback,
        discount=discount,
        recipient=recipient,
        memo=memo,
        on_empty=on_empty,
        eligibility=eligibility,
        rounding=rounding,
    )


def direct_grant(
    id: str,
    *,
    fund: str,
    max_total: Amount | None = None,
    eligibility: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """The cost of each selected entry.

    Worst case: max_total, or the budget of the fund.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    max_total : amount, optional
        All grants together; by default the budget of the fund.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: participatory budgeting: Rey & Maly, The (Computational) Social Choice Take on Indivisible Participatory
    Budgeting, 2023.
    """
    return _rule(
        "direct_grant",
        id,
        fund=fund,
        max_total=max_total,
        eligibility=eligibility,
        team=team,
    )


def gift_circle(
    id: str,
    *,
    fund: str,
    pool: Amount,
    tokens: int | None = None,
    self_gifts: bool | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """A pool shared by the tokens that members gave each other.

    Worst case: the pool.

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
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: Coordinape documentation, Gift Circle: 75 of 1,500 GIVE are 5 % of the budget.
    """
    return _rule(
        "gift_circle",
        id,
        fund=fund,
        pool=pool,
        tokens=tokens,
        self_gifts=self_gifts,
        on_empty=on_empty,
        eligibility=eligibility,
        rounding=rounding,
    )


def guaranteed_prize(
    id: str,
    *,
    fund: str,
    prize: Amount,
    fallback: Literal["finalists", "top_rated"] | None = None,
    finalists: str | None = None,
    consolation: Amount | None = None,
    from_entries: int | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A prize that is paid even if the sponsor picks nobody.

    Worst case: the prize.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    prize : amount
        For the entry that the sponsor selects; equal parts for several.
    fallback : choice, optional
        Where none is selected: finalists (default): equal parts for them, or, where there are none, for participants
        whose person has won before; top_rated: consolation for the best.
    finalists : condition, optional
        Who they are, as "rank<=3"; by default entries with the role finalist.
    consolation : amount, optional
        What top_rated pays: required there, only there.
    from_entries : integer, optional
        Top_rated pays if there are so many entries; by default 1.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: 99designs (guaranteed contests); LogoTournament (refund less a consolation).
    """
    return _rule(
        "guaranteed_prize",
        id,
        fund=fund,
        prize=prize,
        fallback=fallback,
        finalists=finalists,
        consolation=consolation,
        from_entries=from_entries,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def leaderboard(
    id: str,
    *,
    ranks: Literal["competition", "modified", "dense", "fractional", "ordinal"] | None = None,
    of: str | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Places by points.

    Worst case: nothing.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    ranks : choice, optional
        Of 100, 90, 90, 80: competition (default) 1224, modified 1334, dense 1223, fractional 1 2.5 2.5 4, ordinal 1234.
    of : id, optional
        An earlier rule of points; by default the list "totals" of the result.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: standard competition, modified, dense, fractional and ordinal ranking.
    """
    return _rule(
        "leaderboard",
        id,
        ranks=ranks,
        of=of,
        eligibility=eligibility,
    )


def level(
    id: str,
    *,
    thresholds: Sequence[Number],
    names: Sequence[str] | None = None,
    demotion: bool | None = None,
    of: str | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Levels by thresholds of points.

    Worst case: nothing.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    thresholds : numbers
        The points each level needs, rising; 1 to 1000.
    names : strings, optional
        What the levels are called.
    demotion : boolean, optional
        Who loses points loses the level; by default the best total counts ("best" of totals).
    of : id, optional
        An earlier rule of points; by default the list "totals" of the result.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: level-up (thresholds, tiers with a high-water mark or with demotion).
    """
    return _rule(
        "level",
        id,
        thresholds=thresholds,
        names=names,
        demotion=demotion,
        of=of,
        eligibility=eligibility,
    )


def lineage_share(
    id: str,
    *,
    fund: str,
    policy: Literal["decay", "lap", "lrp"],
    pool: Amount | None = None,
    decay: Number | Amount | None = None,
    depth: int | None = None,
    where: str | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """What works earn, shared with those they derive from.

    Worst case: the pool; none from a fund of revenue.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    policy : choice
        Decay: each work passes a part of what it counts on to its parents; lap: an ancestor takes its rate of what any
        descendant earns; lrp: a parent takes its rate of what a child receives.
    pool : amount, optional
        What is shared; required unless the fund is of revenue, then by default what the result's list "revenue" says.
    decay : number, optional
        Of the policy decay, between 0 and 1: the part that is passed on.
    depth : integer, optional
        Of the policy decay: how many generations back it goes; by default all.
    where : condition, optional
        Which entries share the pool, by default "selected".
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Story Protocol, liquid absolute and liquid relative percentage, for lap and lrp.
    """
    return _rule(
        "lineage_share",
        id,
        fund=fund,
        policy=policy,
        pool=pool,
        decay=decay,
        depth=depth,
        where=where,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def medals(
    id: str,
    *,
    ties: Literal["all", "earlier"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Gold, silver and bronze for shares of a field.

    Worst case: nothing.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    ties : choice, optional
        Entries tied at a cut: all (default) get the medal, or earlier: by submitted_at, then id.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: Kaggle Progression System, competition medals.
    """
    return _rule(
        "medals",
        id,
        ties=ties,
        eligibility=eligibility,
    )


def milestone(
    id: str,
    *,
    fund: str,
    milestones: Sequence[Mapping[str, Any]],
    retainage: Number | None = None,
    max_entries: int | None = None,
    eligibility: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """Amounts for milestones that are reached.

    Worst case: the sum of the milestones, times max_entries.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    milestones : list
        [{at, amount}], rising: what is due once the value reaches `at`.
    retainage : number, optional
        The part of what is due that is paid on completion, 0 to 1; by default 0.
    max_entries : integer, optional
        How many entries may be paid; by default 1.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Allo protocol, direct grants (milestones); retainage as in construction contracts.
    """
    return _rule(
        "milestone",
        id,
        fund=fund,
        milestones=milestones,
        retainage=retainage,
        max_entries=max_entries,
        eligibility=eligibility,
        team=team,
    )


def participation(
    id: str,
    *,
    fund: str,
    each: Amount,
    max_awards: int | None = None,
    max_total: Amount | None = None,
    overflow: Literal["first_come", "prorata"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """The same for everybody who took part.

    Worst case: max_awards times the amount, or max_total, whichever is less.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    each : amount
        For every person with an eligible entry.
    max_awards : integer, optional
        At most this many; this or max_total is required.
    max_total : amount, optional
        At most this much in total.
    overflow : choice, optional
        When more took part: first_come (default), by the first submitted_at, then id; or prorata: equal parts of the
        most it may pay.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: Gitcoin (an amount for every additional eligible submission).
    """
    return _rule(
        "participation",
        id,
        fund=fund,
        each=each,
        max_awards=max_awards,
        max_total=max_total,
        overflow=overflow,
        eligibility=eligibility,
        rounding=rounding,
    )


def points(
    id: str,
    *,
    events: Mapping[str, Any] | None = None,
    preset: Any | None = None,
    cap: Mapping[str, Any] | None = None,
    floor: Number | None = None,
    start: Number | None = None,
    stack: Literal["compound", "additive", "highest"] | None = None,
    window: Literal["day", "week", "month", "all"] | None = None,
    zone: str | None = None,
    guards: Mapping[str, Any] | None = None,
    unit: Mapping[str, Any] | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Points for what people did, with caps and a floor.

    Worst case: nothing: points are no money.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    events : object, optional
        What each kind of event is worth: points, or {points, exempt, max_total}.
    preset : choice, optional
        Stack_exchange, in place of events, cap, floor and start.
    cap : object, optional
        {points, period}: the most a day, week or month brings, but for exempt kinds.
    floor : number, optional
        Nobody has less at the end of a day.
    start : number, optional
        What everybody begins with; by default 0.
    stack : choice, optional
        Multipliers of one event: compound (default), additive or highest.
    window : choice, optional
        Only events of the day, week or month of the result's as_of; by default all.
    zone : offset, optional
        Where days begin and end, as +02:00; by default Z.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    unit : object, optional
        {code, minor_unit}: what the points are called, 1 to 12 of A-Z, 0-9 and _, and their decimals; by default POINTS
        and 0.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: Stack Exchange, What is reputation? (preset); caps of a day's net, whatever the order.
    """
    return _rule(
        "points",
        id,
        events=events,
        preset=preset,
        cap=cap,
        floor=floor,
        start=start,
        stack=stack,
        window=window,
        zone=zone,
        guards=guards,
        unit=unit,
        eligibility=eligibility,
    )


def progress_prize(
    id: str,
    *,
    fund: str,
    prize: Amount,
    baseline: Number,
    improvement: Number,
    better: Literal["lower", "higher"] | None = None,
    decimals: int | None = None,
    periods: int | None = None,
    last_call_days: int | None = None,
    eligibility: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A prize for each period's improvement on the bar.

    Worst case: the prize times the periods.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    prize : amount
        Of each period.
    baseline : number
        The bar that the first winner improves on.
    improvement : number
        The part of the bar to improve by: "0.01" is one percent.
    better : choice, optional
        Lower (default) or higher values.
    decimals : integer, optional
        Decimals that are kept of what must be reached, the rest cut off; by default all.
    periods : integer, optional
        How many there are, from 1 on; by default 1.
    last_call_days : integer, optional
        With the first that qualifies in a period begins a last call of so many days, after which nothing counts.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Netflix Prize rules (progress prizes; grand prize with its last call).
    """
    return _rule(
        "progress_prize",
        id,
        fund=fund,
        prize=prize,
        baseline=baseline,
        improvement=improvement,
        better=better,
        decimals=decimals,
        periods=periods,
        last_call_days=last_call_days,
        eligibility=eligibility,
        team=team,
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
    cap_share: Number | Amount | None = None,
    minimum: Amount | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A pool shared in proportion.

    Worst case: the pool.

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
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Balinski & Young, Fair Representation, 1982; Coordinape and Allo ProportionalPayoutStrategy for the
    practice.
    """
    return _rule(
        "proportional_split",
        id,
        fund=fund,
        pool=pool,
        weight=weight,
        top=top,
        exponent=exponent,
        cap=cap,
        cap_share=cap_share,
        minimum=minimum,
        on_empty=on_empty,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def quadratic_funding(
    id: str,
    *,
    fund: str,
    pool: Amount,
    match: Literal["qf", "pairwise", "cluster", "cocm", "gitcoin_clr"] | None = None,
    m: Amount | None = None,
    threshold: Amount | None = None,
    ties: Literal["fancy", "plain"] | None = None,
    scale_up: bool | None = None,
    cap: Amount | None = None,
    minimum: Amount | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A pool that matches gifts to projects.

    Worst case: the pool.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What the gifts are matched from.
    match : choice, optional
        Qf (default): the square of the sum of the roots of the gifts, less the gifts; pairwise: less for two who give
        to the same projects; cluster: one root for each cluster of donors; cocm: connection-oriented cluster match;
        gitcoin_clr: as Gitcoin's program of 2020.
    m : amount, optional
        M of pairwise, what two donors may bring about at most; required there.
    threshold : amount, optional
        Of gitcoin_clr; required there.
    ties : choice, optional
        Of cocm, how donors are tied to clusters: fancy (default), by the part of their friends in it; plain, by a
        single friend.
    scale_up : boolean, optional
        Pay the whole pool also where the matches need less; by default not.
    cap : amount, optional
        The most a project gets; what exceeds it goes to the others.
    minimum : amount, optional
        What a donor gives a project in all counts from here on.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Buterin, Hitzig & Weyl, A Flexible Design for Funding Public Goods, Management Science 65, 2019; Buterin,
    Pairwise coordination subsidies, 2019; Miller, Weyl & Erichsen, Beyond Collusion Resistance, 2022.
    """
    return _rule(
        "quadratic_funding",
        id,
        fund=fund,
        pool=pool,
        match=match,
        m=m,
        threshold=threshold,
        ties=ties,
        scale_up=scale_up,
        cap=cap,
        minimum=minimum,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def rank_points(
    id: str,
    *,
    formula: Literal["kaggle_2015", "kaggle_2012"] | None = None,
    unit: Mapping[str, Any] | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Points for places, fewer as time passes.

    Worst case: nothing: points are no money.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    formula : choice, optional
        Kaggle_2015 (default): 100000 / sqrt(members) * rank^-0.75 * log10(1 + log10(teams)) * exp(-days / 500);
        kaggle_2012: 100000 / members * rank^-0.75 * log10(teams) * (730 - days) / 730.
    unit : object, optional
        {code, minor_unit}: what the points are called, 1 to 12 of A-Z, 0-9 and _, and their decimals; by default POINTS
        and 0.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: Kaggle, Improved Kaggle Rankings, 2015 (both formulas); wiki, User Ranking and Tier System, revision 1180,
    2012.
    """
    return _rule(
        "rank_points",
        id,
        formula=formula,
        unit=unit,
        eligibility=eligibility,
    )


def ranked_prizes(
    id: str,
    *,
    fund: str,
    prizes: Sequence[Amount] | None = None,
    table: Mapping[str, Any] | None = None,
    purse: Amount | None = None,
    based_on: Mapping[str, Any] | None = None,
    ties: Literal["pool", "earlier", "lot", "hort", "same_prize", "creator_decides"] | None = None,
    max_awards: int | None = None,
    per_person: Literal["all", "best_only"] | None = None,
    on_vacant: Literal["return", "roll_down", "roll_over"] | None = None,
    quality: Mapping[str, Any] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A prize for each place.

    Worst case: the sum of the prizes; with same_prize max_awards times the first prize, with based_on max_purse.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    prizes : amounts, optional
        By place, never rising: amounts as "500.00", or percents of the purse as "18%"; this or table is required.
    table : object, optional
        {form, places, ratio, exponent}: geometric, power or equal parts of the purse, or the tables pga_tour or
        digital_run.
    purse : amount, optional
        What percents and tables are of; for these only.
    based_on : object, optional
        {entries, max_purse, guaranteed_above, guaranteed}: the purse is for so many entries and follows their number.
    ties : choice, optional
        Pool (default): equal parts of the prizes of their places; earlier: by submitted_at, then id; lot: by seeded
        lots; hort: half of the own prize by submitted_at, half of the pool; same_prize: the prize of the best of their
        places each; creator_decides: no prize from the first tie on.
    max_awards : integer, optional
        How many same_prize may award: required there, only there.
    per_person : choice, optional
        All (default), or best_only: one place a person.
    on_vacant : choice, optional
        Prizes of places that nobody takes: return (default) to the fund; roll_down: winners share them in proportion to
        their own; roll_over: stay for the next campaign.
    quality : object, optional
        {least, quantile, benchmark}: the score an entry needs to win; the part of the entries it must not stay behind;
        an entry whose score it must reach.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: PGA TOUR Player Handbook (add and split, table); US Chess rules 32 and 33 (based on); Hort system; Netflix
    Prize rules (earlier); Topcoder Digital Run 2008v2.
    """
    return _rule(
        "ranked_prizes",
        id,
        fund=fund,
        prizes=prizes,
        table=table,
        purse=purse,
        based_on=based_on,
        ties=ties,
        max_awards=max_awards,
        per_person=per_person,
        on_vacant=on_vacant,
        quality=quality,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def reliability_bonus(
    id: str,
    *,
    fund: str,
    rule: str,
    bands: Sequence[Mapping[str, Any]] | None = None,
) -> Rule:
    """A part of the prizes, by how reliable their winners were.

    Worst case: the highest rate of what the other rule may cost.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    rule : id
        An earlier rule that pays money: the bonus is on its awards.
    bands : list, optional
        [{from, rate}], rising: from a reliability on, the part of the award; by default 0.10 from 80, 0.15 from 90,
        0.20 from 95.

    Notes
    -----
    Source: Topcoder reliability bonus (10, 15, 20 % from 80, 90, 95 %).
    """
    return _rule(
        "reliability_bonus",
        id,
        fund=fund,
        rule=rule,
        bands=bands,
    )


def retro_median(
    id: str,
    *,
    fund: str,
    pool: Amount,
    quorum: int | None = None,
    minimum: Amount | None = None,
    max_ballot: Amount | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A pool shared by the medians of ballots, with a quorum.

    Worst case: the pool.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is shared.
    quorum : integer, optional
        Ballots that a project needs; by default 1.
    minimum : amount, optional
        Projects that would get less get nothing, together, and the others share again until all get so much.
    max_ballot : amount, optional
        The most that a ballot may give a project.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Optimism, Retroactive Public Goods Funding round 3, 2023: quorum 17, at most 5,000,000 a ballot, at least
    1,500, 30,000,000 in all.
    """
    return _rule(
        "retro_median",
        id,
        fund=fund,
        pool=pool,
        quorum=quorum,
        minimum=minimum,
        max_ballot=max_ballot,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def royalty(
    id: str,
    *,
    fund: str,
    base: Literal["gross", "net", "profit"] | None = None,
    rate: Number | Amount | None = None,
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
    eligibility: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """A part of what works sell, period by period.

    Worst case: max_total; none from a fund of revenue.

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
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: the terms of LEGO Ideas (1 % of net sales), Threadless (20 % of net profit, at least 0.25 a unit) and Quirky
    (30 % of direct, 10 % of indirect revenue).
    """
    return _rule(
        "royalty",
        id,
        fund=fund,
        base=base,
        rate=rate,
        tiers=tiers,
        channels=channels,
        minimum_per_unit=minimum_per_unit,
        flat=flat,
        per_event=per_event,
        cap=cap,
        advance=advance,
        minimum_payout=minimum_payout,
        term=term,
        max_total=max_total,
        eligibility=eligibility,
        team=team,
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
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """A reverse auction by sealed bids.

    Worst case: the winners times the reserve, or the budget.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    form : choice
        First_price: paid the own bid; vickrey: one winner, paid the second bid; uniform: all paid the first bid that
        lost; budget_feasible: as many as equal parts of the budget can pay.
    winners : integer, optional
        How many are bought at most; 1 by default; not with vickrey or budget_feasible.
    reserve : amount, optional
        No bid above it wins, and what is paid where no bid lost; required but for budget_feasible.
    budget : amount, optional
        What budget_feasible may spend; required there.
    ties : choice, optional
        Equal bids: earlier (default) or lot.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: Vickrey, Counterspeculation, auctions, and competitive sealed tenders, 1961; Singer, Budget feasible
    mechanisms, FOCS 2010 (proportional share).
    """
    return _rule(
        "sealed_bid",
        id,
        fund=fund,
        form=form,
        winners=winners,
        reserve=reserve,
        budget=budget,
        ties=ties,
        eligibility=eligibility,
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
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """A pool shared by what players add to coalitions.

    Worst case: the pool.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What is shared.
    game : choice
        Table: the worth of each coalition is listed; synergy: what each coalition adds to its parts; airport: the
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
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: Shapley, A Value for n-Person Games, 1953; Littlechild & Owen, Management Science 20, 1973, for the airport;
    Castro, Gomez & Tejada, 2009, for sampled orders.
    """
    return _rule(
        "shapley",
        id,
        fund=fund,
        pool=pool,
        game=game,
        missing=missing,
        quota=quota,
        permutations=permutations,
        negative=negative,
        on_empty=on_empty,
        eligibility=eligibility,
        rounding=rounding,
    )


def slot_auction(
    id: str,
    *,
    pricing: Literal["gsp", "vcg"],
    clicks: Sequence[int],
    reserve: Amount | None = None,
    ties: Literal["earlier", "lot"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Featured places by auction.

    Worst case: nothing: its winners pay.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    pricing : choice
        Gsp: a click costs the next bid; vcg: a slot costs what its winner takes from those below.
    clicks : numbers
        What each slot brings, whole numbers that never rise.
    reserve : amount, optional
        No bid below it takes part, and the least that a click costs.
    ties : choice, optional
        Equal bids: earlier (default) or lot.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: Edelman, Ostrovsky & Schwarz, Internet advertising and the generalized second-price auction, American
    Economic Review 97(1), 2007.
    """
    return _rule(
        "slot_auction",
        id,
        pricing=pricing,
        clicks=clicks,
        reserve=reserve,
        ties=ties,
        eligibility=eligibility,
    )


def streak(
    id: str,
    *,
    freeze: int | None = None,
    zone: str | None = None,
    guards: Mapping[str, Any] | None = None,
    eligibility: Mapping[str, Any] | None = None,
) -> Rule:
    """Days in a row.

    Worst case: nothing.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    freeze : integer, optional
        Days that may be missed between two; by default 0.
    zone : offset, optional
        Where days begin and end, as +02:00; by default Z.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.

    Notes
    -----
    Source: level-up (streaks, freeze_duration); days of the person's own calendar.
    """
    return _rule(
        "streak",
        id,
        freeze=freeze,
        zone=zone,
        guards=guards,
        eligibility=eligibility,
    )


def team_split(
    id: str,
    *,
    fund: str,
    pool: Amount,
    split: Literal["equal", "declared", "weighted", "peer", "shapley", "leader"],
    on_disqualified: Literal["whole_team", "member_only_redistribute", "member_only_return"] | None = None,
    on_empty: Literal["return", "equal", "error"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
) -> Rule:
    """What a team won, shared among its members.

    Worst case: the pool.

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
        Whole_team (default): nobody is paid; member_only_redistribute: the others share everything; member_only_return:
        that share returns to the fund.
    on_empty : choice, optional
        When nobody weighs anything: return (default) the pool, share it equally, or error.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.

    Notes
    -----
    Source: the practice of hackathons; Shapley, A Value for n-Person Games, 1953.
    """
    return _rule(
        "team_split",
        id,
        fund=fund,
        pool=pool,
        split=split,
        on_disqualified=on_disqualified,
        on_empty=on_empty,
        eligibility=eligibility,
        rounding=rounding,
    )


def threshold_award(
    id: str,
    *,
    fund: str,
    metric: Literal["supporters", "score", "votes", "points", "selected"],
    each: Amount,
    threshold: Number | None = None,
    count: Literal["given", "supports"] | None = None,
    max_awards: int | None = None,
    max_total: Amount | None = None,
    overflow: Literal["first_to_reach", "prorata"] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """An amount for each entry that reaches a number.

    Worst case: max_awards times the amount, or max_total, whichever is less.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    metric : choice
        Supporters, score, votes, points or selected.
    each : amount
        For every entry that reaches it.
    threshold : number, optional
        To be reached (>=); required but for selected.
    count : choice, optional
        Given (default): the number that the entry has; supports: for supporters, the different persons in the list
        supports of the result.
    max_awards : integer, optional
        At most this many; this or max_total is required.
    max_total : amount, optional
        At most this much in total.
    overflow : choice, optional
        When more reach it: first_to_reach (default), by reached_at or else submitted_at, then id; or prorata: equal
        parts of the most it may pay.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: LEGO Ideas (10,000 supporters); Threadless (an amount for each selected design).
    """
    return _rule(
        "threshold_award",
        id,
        fund=fund,
        metric=metric,
        each=each,
        threshold=threshold,
        count=count,
        max_awards=max_awards,
        max_total=max_total,
        overflow=overflow,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )


def winner_takes_all(
    id: str,
    *,
    fund: str,
    prize: Amount,
    ties: Literal["pool", "earlier", "lot", "no_award"] | None = None,
    quality: Mapping[str, Any] | None = None,
    eligibility: Mapping[str, Any] | None = None,
    rounding: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None,
) -> Rule:
    """One prize for the first place.

    Worst case: the prize.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    prize : amount
        For the first place.
    ties : choice, optional
        Pool (default): equal parts; earlier: by submitted_at, then id; lot: by seeded lots; no_award: the prize stays
        in the fund.
    quality : object, optional
        {least, quantile, benchmark}: the score an entry needs to win; the part of the entries it must not stay behind;
        an entry whose score it must reach.
    eligibility : object, optional
        {status, min_score, exclude}: which entries take part; by default those whose status is valid.
    rounding : object, optional
        {method, tie_break}: how minor units that do not divide are given; by default largest_remainder and id.
    team : object, optional
        {split}: declared or equal shares of a team; by default declared where it has shares, else equal.

    Notes
    -----
    Source: Moldovanu & Sela, The Optimal Allocation of Prizes in Contests, AER 91(3), 2001; Netflix Prize rules
    (earlier).
    """
    return _rule(
        "winner_takes_all",
        id,
        fund=fund,
        prize=prize,
        ties=ties,
        quality=quality,
        eligibility=eligibility,
        rounding=rounding,
        team=team,
    )
