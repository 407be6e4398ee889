"""Contests: prizes by place, by threshold, by milestone.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Amount, Number, Rule, major, rule_of
from cocreate.rules._scheme import Eligibility, Quality, Rounding, Team, Unit

__all__ = [
    "assurance",
    "assurance_bonus",
    "benchmark_bonus",
    "class_prizes",
    "coupon",
    "direct_grant",
    "guaranteed_prize",
    "milestone",
    "participation",
    "progress_prize",
    "ranked_prizes",
    "reliability_bonus",
    "threshold_award",
    "winner_takes_all",
]


def assurance(
    id: str,
    *,
    fund: str,
    people: int | None = None,
    goal: Amount | None = None,
    max_total: Amount | None = None,
    eligibility: Eligibility | None = None,
    team: Team | None = None,
) -> Rule:
    """Pledges, all or nothing.

    Worst case: max_total, or none where the fund is of revenue. Source: Threadless (funded from 50 buyers on); Bagnoli
    & Lipman, Provision of Public Goods, Review of Economic Studies 56(4), 1989.

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
    eligibility, team : optional
        Of `rules.eligibility` and `rules.team`.
    """
    return rule_of(
        "assurance", id, fund=fund, people=people, goal=major(goal), max_total=major(max_total),
        eligibility=eligibility, team=team,
    )


def assurance_bonus(
    id: str,
    *,
    fund: str,
    bonus: Amount,
    max_total: Amount,
    people: int | None = None,
    goal: Amount | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """A bonus for pledges that found too few others.

    Worst case: max_total. Source: Tabarrok, The Private Provision of Public Goods via Dominant Assurance Contracts,
    Public Choice 96, 1998.

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
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "assurance_bonus", id, fund=fund, bonus=major(bonus), max_total=major(max_total), people=people,
        goal=major(goal), eligibility=eligibility, rounding=rounding,
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
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A bonus for improvement over a benchmark.

    Worst case: max_total. Source: Piecewise linear pay: Holmstrom & Milgrom, Aggregation and Linearity in the Provision
    of Intertemporal Incentives, Econometrica 55(2), 1987.

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
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "benchmark_bonus", id, fund=fund, max_total=major(max_total), baseline=baseline, slope=major(slope),
        max=major(max), points=points, eligibility=eligibility, rounding=rounding, team=team,
    )


def class_prizes(
    id: str,
    *,
    fund: str,
    lists: Sequence[Mapping[str, Any]],
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """Lists of prizes, one prize a participant.

    Worst case: the sum of all prizes. Source: US Chess rules 32B1, 32B3 and 32B4.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    lists : list
        [{id, role, prizes}]: prizes by place, never rising, for entries or persons with the role, or for all; of equal
        prizes those of the earlier list come first.
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of("class_prizes", id, fund=fund, lists=lists, eligibility=eligibility, rounding=rounding, team=team)


def coupon(
    id: str,
    *,
    each: Amount,
    unit: Unit | None = None,
    max_awards: int | None = None,
    expires: str | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A coupon for everybody who took part.

    Worst case: no money: a unit of its own. Source: Gitcoin (an amount for every additional eligible submission), in a
    unit of the host's.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    each : amount
        Of the unit, for every person with an eligible entry.
    max_awards : integer, optional
        The first so many, by submitted_at, then id; by default all.
    expires : time, optional
        Until when it can be used; told to whoever gets it.
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of(
        "coupon", id, each=major(each), unit=unit, max_awards=max_awards, expires=expires, eligibility=eligibility,
    )


def direct_grant(
    id: str,
    *,
    fund: str,
    max_total: Amount | None = None,
    eligibility: Eligibility | None = None,
    team: Team | None = None,
) -> Rule:
    """The cost of each selected entry.

    Worst case: max_total, or the budget of the fund. Source: Participatory budgeting: Rey & Maly, The (Computational)
    Social Choice Take on Indivisible Participatory Budgeting, 2023.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    max_total : amount, optional
        All grants together; by default the budget of the fund.
    eligibility, team : optional
        Of `rules.eligibility` and `rules.team`.
    """
    return rule_of("direct_grant", id, fund=fund, max_total=major(max_total), eligibility=eligibility, team=team)


def guaranteed_prize(
    id: str,
    *,
    fund: str,
    prize: Amount,
    fallback: Literal["finalists", "top_rated"] | None = None,
    finalists: str | None = None,
    consolation: Amount | None = None,
    from_entries: int | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A prize that is paid even if the sponsor picks nobody.

    Worst case: the prize. Source: 99designs (guaranteed contests); LogoTournament (refund less a consolation).

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
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "guaranteed_prize", id, fund=fund, prize=major(prize), fallback=fallback, finalists=finalists,
        consolation=major(consolation), from_entries=from_entries, eligibility=eligibility, rounding=rounding,
        team=team,
    )


def milestone(
    id: str,
    *,
    fund: str,
    milestones: Sequence[Mapping[str, Any]],
    retainage: Number | None = None,
    max_entries: int | None = None,
    eligibility: Eligibility | None = None,
    team: Team | None = None,
) -> Rule:
    """Amounts for milestones that are reached.

    Worst case: the sum of the milestones, times max_entries. Source: Allo protocol, direct grants (milestones);
    retainage as in construction contracts.

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
    eligibility, team : optional
        Of `rules.eligibility` and `rules.team`.
    """
    return rule_of(
        "milestone", id, fund=fund, milestones=milestones, retainage=retainage, max_entries=max_entries,
        eligibility=eligibility, team=team,
    )


def participation(
    id: str,
    *,
    fund: str,
    each: Amount,
    max_awards: int | None = None,
    max_total: Amount | None = None,
    overflow: Literal["first_come", "prorata"] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """The same for everybody who took part.

    Worst case: max_awards times the amount, or max_total, whichever is less. Source: Gitcoin (an amount for every
    additional eligible submission).

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
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "participation", id, fund=fund, each=major(each), max_awards=max_awards, max_total=major(max_total),
        overflow=overflow, eligibility=eligibility, rounding=rounding,
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
    eligibility: Eligibility | None = None,
    team: Team | None = None,
) -> Rule:
    """A prize for each period's improvement on the bar.

    Worst case: the prize times the periods. Source: Netflix Prize rules (progress prizes; grand prize with its last
    call).

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
    eligibility, team : optional
        Of `rules.eligibility` and `rules.team`.
    """
    return rule_of(
        "progress_prize", id, fund=fund, prize=major(prize), baseline=baseline, improvement=improvement, better=better,
        decimals=decimals, periods=periods, last_call_days=last_call_days, eligibility=eligibility, team=team,
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
    quality: Quality | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A prize for each place.

    Worst case: the sum of the prizes; with same_prize max_awards times the first prize, with based_on max_purse.
    Source: PGA TOUR Player Handbook (add and split, table); US Chess rules 32 and 33 (based on); Hort system; Netflix
    Prize rules (earlier); Topcoder Digital Run 2008v2.

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
        pool (default): equal parts of the prizes of their places; earlier: by submitted_at, then id; lot: by seeded
        lots; hort: half of the own prize by submitted_at, half of the pool; same_prize: the prize of the best of their
        places each; creator_decides: no prize from the first tie on.
    max_awards : integer, optional
        How many same_prize may award: required there, only there.
    per_person : choice, optional
        All (default), or best_only: one place a person.
    on_vacant : choice, optional
        Prizes of places that nobody takes: return (default) to the fund; roll_down: winners share them in proportion to
        their own; roll_over: stay for the next campaign.
    quality, eligibility, rounding, team : optional
        Of `rules.quality`, `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "ranked_prizes", id, fund=fund, prizes=major(prizes), table=table, purse=major(purse), based_on=based_on,
        ties=ties, max_awards=max_awards, per_person=per_person, on_vacant=on_vacant, quality=quality,
        eligibility=eligibility, rounding=rounding, team=team,
    )


def reliability_bonus(
    id: str,
    *,
    fund: str,
    rule: str,
    bands: Sequence[Mapping[str, Any]] | None = None,
) -> Rule:
    """A part of the prizes, by how reliable their winners were.

    Worst case: the highest rate of what the other rule may cost. Source: Topcoder reliability bonus (10, 15, 20 % from
    80, 90, 95 %).

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
    """
    return rule_of("reliability_bonus", id, fund=fund, rule=rule, bands=bands)


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
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """An amount for each entry that reaches a number.

    Worst case: max_awards times the amount, or max_total, whichever is less. Source: LEGO Ideas (10,000 supporters);
    Threadless (an amount for each selected design).

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
        given (default): the number that the entry has; supports: for supporters, the different persons in the list
        supports of the result.
    max_awards : integer, optional
        At most this many; this or max_total is required.
    max_total : amount, optional
        At most this much in total.
    overflow : choice, optional
        When more reach it: first_to_reach (default), by reached_at or else submitted_at, then id; or prorata: equal
        parts of the most it may pay.
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "threshold_award", id, fund=fund, metric=metric, each=major(each), threshold=threshold, count=count,
        max_awards=max_awards, max_total=major(max_total), overflow=overflow, eligibility=eligibility,
        rounding=rounding, team=team,
    )


def winner_takes_all(
    id: str,
    *,
    fund: str,
    prize: Amount,
    ties: Literal["pool", "earlier", "lot", "no_award"] | None = None,
    quality: Quality | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """One prize for the first place.

    Worst case: the prize. Source: Moldovanu & Sela, The Optimal Allocation of Prizes in Contests, AER 91(3), 2001;
    Netflix Prize rules (earlier).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    prize : amount
        For the first place.
    ties : choice, optional
        pool (default): equal parts; earlier: by submitted_at, then id; lot: by seeded lots; no_award: the prize stays
        in the fund.
    quality, eligibility, rounding, team : optional
        Of `rules.quality`, `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "winner_takes_all", id, fund=fund, prize=major(prize), ties=ties, quality=quality, eligibility=eligibility,
        rounding=rounding, team=team,
    )
