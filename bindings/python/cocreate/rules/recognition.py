"""Social recognition: points, badges, levels, boards, reputation.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Number, Rule, rule_of
from cocreate.rules._scheme import Eligibility, Unit

__all__ = [
    "badge",
    "leaderboard",
    "level",
    "medals",
    "points",
    "rank_points",
    "streak",
]


def badge(
    id: str,
    *,
    where: str,
    criteria: Mapping[str, Any] | None = None,
    role: str | None = None,
    title: str | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A badge for whoever meets a condition.

    Worst case: nothing. Source: 1EdTech, Open Badges 3.0 (Achievement: criteria, role).

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
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("badge", id, where=where, criteria=criteria, role=role, title=title, eligibility=eligibility)


def leaderboard(
    id: str,
    *,
    ranks: Literal["competition", "modified", "dense", "fractional", "ordinal"] | None = None,
    of: str | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Places by points.

    Worst case: nothing. Source: Standard competition, modified, dense, fractional and ordinal ranking.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    ranks : choice, optional
        Of 100, 90, 90, 80: competition (default) 1224, modified 1334, dense 1223, fractional 1 2.5 2.5 4, ordinal 1234.
    of : id, optional
        An earlier rule of points; by default the list "totals" of the result.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("leaderboard", id, ranks=ranks, of=of, eligibility=eligibility)


def level(
    id: str,
    *,
    thresholds: Sequence[Number],
    names: Sequence[str] | None = None,
    demotion: bool | None = None,
    of: str | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Levels by thresholds of points.

    Worst case: nothing. Source: Level-up (thresholds, tiers with a high-water mark or with demotion).

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
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("level", id, thresholds=thresholds, names=names, demotion=demotion, of=of, eligibility=eligibility)


def medals(
    id: str,
    *,
    ties: Literal["all", "earlier"] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Gold, silver and bronze for shares of a field.

    Worst case: nothing. Source: Kaggle Progression System, competition medals.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    ties : choice, optional
        Entries tied at a cut: all (default) get the medal, or earlier: by submitted_at, then id.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("medals", id, ties=ties, eligibility=eligibility)


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
    unit: Unit | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Points for what people did, with caps and a floor.

    Worst case: nothing: points are no money. Source: Stack Exchange, What is reputation? (preset); caps of a day's net,
    whatever the order.

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
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of(
        "points", id, events=events, preset=preset, cap=cap, floor=floor, start=start, stack=stack, window=window,
        zone=zone, guards=guards, unit=unit, eligibility=eligibility,
    )


def rank_points(
    id: str,
    *,
    formula: Literal["kaggle_2015", "kaggle_2012"] | None = None,
    unit: Unit | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Points for places, fewer as time passes.

    Worst case: nothing: points are no money. Source: Kaggle, Improved Kaggle Rankings, 2015 (both formulas); wiki, User
    Ranking and Tier System, revision 1180, 2012.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    formula : choice, optional
        kaggle_2015 (default): 100000 / sqrt(members) * rank^-0.75 * log10(1 + log10(teams)) * exp(-days / 500);
        kaggle_2012: 100000 / members * rank^-0.75 * log10(teams) * (730 - days) / 730.
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of("rank_points", id, formula=formula, unit=unit, eligibility=eligibility)


def streak(
    id: str,
    *,
    freeze: int | None = None,
    zone: str | None = None,
    guards: Mapping[str, Any] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Days in a row.

    Worst case: nothing. Source: Level-up (streaks, freeze_duration); days of the person's own calendar.

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
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("streak", id, freeze=freeze, zone=zone, guards=guards, eligibility=eligibility)
