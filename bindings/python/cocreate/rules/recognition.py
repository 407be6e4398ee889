"""Social recognition: points, badges, levels, boards, reputation.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Amount, Number, Rule, major, rule_of
from cocreate.rules._scheme import Eligibility, Rounding, Team, Unit

__all__ = [
    "badge",
    "contributor_roles",
    "featured",
    "hall_of_fame",
    "kudos",
    "leaderboard",
    "level",
    "medals",
    "points",
    "rank_points",
    "selector_bonus",
    "selector_points",
    "streak",
    "title",
]


def badge(
    id: str,
    *,
    where: str | None = None,
    events: Mapping[str, Any] | None = None,
    multiple: bool | None = None,
    temporary: bool | None = None,
    points: Number | None = None,
    name: str | None = None,
    description: str | None = None,
    criteria: Mapping[str, Any] | None = None,
    role: str | None = None,
    title: str | None = None,
    zone: str | None = None,
    guards: Mapping[str, Any] | None = None,
    unit: Unit | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A badge for whoever meets a condition.

    Worst case: nothing. Source: 1EdTech, Open Badges 3.0 (Achievement: criteria, role); Discourse (multiple_grant,
    auto_revoke); merit (multiple, temporary).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    where : condition, optional
        Which entries: rank<=3, score>=60, selected, status=valid, joined by and; this or events.
    events : object, optional
        {kind, count, distinct, days}: whose events of a kind reach a number, of different by, subject or days, within
        days; this or where.
    multiple : boolean, optional
        For each such entry, or each time events reach it anew; by default once.
    temporary : boolean, optional
        Only while it holds: it goes when the condition fails; by default who is listed in held keeps it.
    points : number, optional
        That come with each badge, and go with it.
    name : string, optional
        What it is called.
    description : string, optional
        What it is, in short.
    criteria : object, optional
        {narrative}: what it stands for, in words.
    role : string, optional
        The role it recognises, as author.
    title : string, optional
        A title that the holder may show.
    zone : offset, optional
        Where days begin and end, as +02:00; by default Z.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of(
        "badge", id, where=where, events=events, multiple=multiple, temporary=temporary, points=points, name=name,
        description=description, criteria=criteria, role=role, title=title, zone=zone, guards=guards, unit=unit,
        eligibility=eligibility,
    )


def contributor_roles(
    id: str,
    *,
    roles: Mapping[str, Any] | None = None,
    preset: Any | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Credit for the roles people had.

    Worst case: nothing. Source: ANSI/NISO Z39.104-2022, CRediT, Contributor Roles Taxonomy (preset, degrees).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    roles : object, optional
        Each role with {min, max, agreement, authors, title}: what contributions it takes (1), how much counts, what
        part agrees with the outcome, whether those behind entries have it, what its holders are called.
    preset : choice, optional
        Credit, in place of roles: the 14 of CRediT.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("contributor_roles", id, roles=roles, preset=preset, eligibility=eligibility)


def featured(
    id: str,
    *,
    slots: int,
    where: str | None = None,
    per_author: int | None = None,
    rotation: int | None = None,
    ties: Literal["earlier", "lot"] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Slots on a stage for the best entries.

    Worst case: nothing. Source: The best k under a quota for authors, with rotation.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    slots : integer
        How many entries are featured.
    where : condition, optional
        Which entries may be, as score>=60; by default all.
    per_author : integer, optional
        The most slots of one author; by default 1, 0 for no quota.
    rotation : integer, optional
        Rounds in which what was featured is not featured again, by the list featured and the round of the result; by
        default 0.
    ties : choice, optional
        Entries of one place: earlier (default), by submitted_at, then id; or lot.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of(
        "featured", id, slots=slots, where=where, per_author=per_author, rotation=rotation, ties=ties,
        eligibility=eligibility,
    )


def hall_of_fame(
    id: str,
    *,
    places: int | None = None,
    labels: Sequence[str] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Places that are remembered.

    Worst case: nothing. Source: A list of campaigns and places that only grows; what is struck out stays struck out.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    places : integer, optional
        Who enters: places 1 to this; by default 1.
    labels : strings, optional
        What places are called, as "1st place", "Honourable mention"; the last one is for the rest.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("hall_of_fame", id, places=places, labels=labels, eligibility=eligibility)


def kudos(
    id: str,
    *,
    event: str | None = None,
    each: Number | None = None,
    budget: Mapping[str, Any] | None = None,
    once: Mapping[str, Any] | None = None,
    zone: str | None = None,
    guards: Mapping[str, Any] | None = None,
    unit: Unit | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Thanks from person to person, within a budget.

    Worst case: nothing: points are no money. Source: Discourse, max_likes_per_day and its multipliers by trust level;
    Coordinape (tokens to give).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    event : string, optional
        The kind of events that are kudos; by default kudos.
    each : number, optional
        Points for each; by default 1.
    budget : object, optional
        {count, per, roles}: the first so many that somebody gives in a day (default), week, month or in all count;
        roles: other counts for givers with a role, the most of them.
    once : object, optional
        {per, subject}: kudos of one to another count once in a day (default), week, month or in all; subject: for each
        subject anew.
    zone : offset, optional
        Where days begin and end, as +02:00; by default Z.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of(
        "kudos", id, event=event, each=each, budget=budget, once=once, zone=zone, guards=guards, unit=unit,
        eligibility=eligibility,
    )


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


def selector_bonus(
    id: str,
    *,
    fund: str,
    pool: Amount,
    weight: Literal[
        "hit_rate", "brier", "harmonic", "geometric", "linear_increment", "sqrt_increment", "quadratic_increment",
        "bounded_increment", "convergent_linear_increment", "convergent_sqrt_increment"
    ],
    select: str | None = None,
    ratio: Number | None = None,
    constant: Number | None = None,
    window_s: int | None = None,
    cut: Literal["return", "author", "voters"] | None = None,
    min_votes: int | None = None,
    guards: Mapping[str, Any] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A pool for those who supported what was selected.

    Worst case: the pool. Source: Steem, evaluate_reward_curve and the reverse auction window of curation; Brier,
    Verification of Forecasts, Monthly Weather Review 78(1), 1950.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        Shared in proportion to what votes weigh.
    weight : choice
        Of a voter: hit_rate, brier; of the k-th vote for an entry: harmonic 1/k, geometric ratio^k; of a vote with the
        stakes before it f(R + r) - f(R): linear_increment, sqrt_increment, quadratic_increment, bounded_increment,
        convergent_linear_increment, convergent_sqrt_increment.
    select : condition, optional
        Which entries are selected, as rank<=1; by default selected.
    ratio : number, optional
        Of geometric, more than 0 and at most 1; by default 1/2.
    constant : number, optional
        S of quadratic x(x + 2s) (0), bounded x/(x + 2s), convergent_linear x(x + 2s)/(x + 4s), convergent_sqrt x/sqrt(x
        + 2s); required by the last three, more than 0.
    window_s : integer, optional
        Seconds after submitted_at in which a vote weighs its part of them; by default 0.
    cut : choice, optional
        What votes in the window weigh less: return (default), to the author, or to voters.
    min_votes : integer, optional
        Votes that somebody needs for hit_rate and brier; by default 1.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "selector_bonus", id, fund=fund, pool=major(pool), weight=weight, select=select, ratio=ratio, constant=constant,
        window_s=window_s, cut=cut, min_votes=min_votes, guards=guards, eligibility=eligibility, rounding=rounding,
        team=team,
    )


def selector_points(
    id: str,
    *,
    weight: Literal[
        "hit_rate", "brier", "harmonic", "geometric", "linear_increment", "sqrt_increment", "quadratic_increment",
        "bounded_increment", "convergent_linear_increment", "convergent_sqrt_increment"
    ],
    unit: Unit | None = None,
    pool: Number | None = None,
    each: Number | None = None,
    select: str | None = None,
    ratio: Number | None = None,
    constant: Number | None = None,
    window_s: int | None = None,
    cut: Literal["return", "author", "voters"] | None = None,
    min_votes: int | None = None,
    guards: Mapping[str, Any] | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """Points for those who supported what was selected.

    Worst case: nothing: points are no money. Source: As selector_bonus.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    weight : choice
        Of a voter: hit_rate, brier; of the k-th vote for an entry: harmonic 1/k, geometric ratio^k; of a vote with the
        stakes before it f(R + r) - f(R): linear_increment, sqrt_increment, quadratic_increment, bounded_increment,
        convergent_linear_increment, convergent_sqrt_increment.
    pool : number, optional
        Points shared in proportion to what votes weigh; this or each.
    each : number, optional
        Points for a weight of 1; not for curves.
    select : condition, optional
        Which entries are selected, as rank<=1; by default selected.
    ratio : number, optional
        Of geometric, more than 0 and at most 1; by default 1/2.
    constant : number, optional
        S of quadratic x(x + 2s) (0), bounded x/(x + 2s), convergent_linear x(x + 2s)/(x + 4s), convergent_sqrt x/sqrt(x
        + 2s); required by the last three, more than 0.
    window_s : integer, optional
        Seconds after submitted_at in which a vote weighs its part of them; by default 0.
    cut : choice, optional
        What votes in the window weigh less: return (default), to the author, or to voters.
    min_votes : integer, optional
        Votes that somebody needs for hit_rate and brier; by default 1.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    unit, eligibility, rounding, team : optional
        Of `rules.unit`, `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "selector_points", id, weight=weight, unit=unit, pool=pool, each=each, select=select, ratio=ratio,
        constant=constant, window_s=window_s, cut=cut, min_votes=min_votes, guards=guards, eligibility=eligibility,
        rounding=rounding, team=team,
    )


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


def title(
    id: str,
    *,
    title: str,
    where: str | None = None,
    of: str | None = None,
    at_least: int | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A title for whoever meets a condition or holds an award.

    Worst case: nothing. Source: Discourse, badges that allow a title; Decidim (levels for 1, 5, 10, 20, 50).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    title : string
        The title.
    where : condition, optional
        For persons behind entries, as rank<=1; this or of.
    of : id, optional
        For persons whom an earlier rule awards something; this or where.
    at_least : integer, optional
        So many awards of that rule, or such entries; by default 1.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("title", id, title=title, where=where, of=of, at_least=at_least, eligibility=eligibility)
