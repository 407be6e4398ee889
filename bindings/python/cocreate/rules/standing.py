"""Standing among people: trust levels, reputation by trust, what age leaves.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Number, Rule, rule_of
from cocreate.rules._scheme import Eligibility, Unit

__all__ = [
    "decay",
    "reputation",
    "trust_level",
]


def decay(
    id: str,
    *,
    form: Literal["half_life", "linear", "steps", "interval"],
    days: Number | None = None,
    steps: Sequence[Mapping[str, Any]] | None = None,
    discount: Number | None = None,
    events: Mapping[str, Any] | None = None,
    guards: Mapping[str, Any] | None = None,
    unit: Unit | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """What is left of points as they age.

    Worst case: nothing: points are no money. Source: Exponential decay; Kaggle, 2012 (linear); SourceCred, RECENT
    allocation (interval).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    form : choice
        half_life: 2^(-age / days); linear: 1 - age / days, and 0 from then on; steps: the factor of the last step that
        is over; interval: (1 - discount)^n after n whole intervals.
    days : number, optional
        The half-life, the time until nothing is left, or an interval.
    steps : list, optional
        {after_days, factor}: rising ages and falling factors, 1 to 32.
    discount : number, optional
        What an interval takes away, 0 to 1.
    events : object, optional
        The points of each kind of event; by default an event is worth its value.
    guards : object, optional
        {self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events do not count; by
        default those of people to themselves.
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of(
        "decay", id, form=form, days=days, steps=steps, discount=discount, events=events, guards=guards, unit=unit,
        eligibility=eligibility,
    )


def reputation(
    id: str,
    *,
    method: Literal["eigentrust", "pagerank"] | None = None,
    alpha: Number | None = None,
    iterations: int | None = None,
    pre_trusted: Sequence[str] | None = None,
    total: Number | None = None,
    unit: Unit | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Points by who trusts whom.

    Worst case: nothing: points are no money. Source: Kamvar, Schlosser & Garcia-Molina, The EigenTrust algorithm, 2003;
    Brin & Page, The anatomy of a large-scale hypertextual web search engine, 1998 (pagerank).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    method : choice, optional
        Eigentrust (default), or pagerank, where nobody is trusted beforehand.
    alpha : number, optional
        The part of all trust that goes back to those trusted beforehand each time, 0 to 1, of at most 9 decimals; by
        default 0.15.
    iterations : integer, optional
        How many times trust flows, 0 to 10000; by default 150.
    pre_trusted : list, optional
        Persons and roles that are trusted beforehand; by default all alike.
    total : number, optional
        The points that all reputations sum to; by default 1000.
    unit, eligibility : optional
        Of `rules.unit` and `rules.eligibility`.
    """
    return rule_of(
        "reputation", id, method=method, alpha=alpha, iterations=iterations, pre_trusted=pre_trusted, total=total,
        unit=unit, eligibility=eligibility,
    )


def trust_level(
    id: str,
    *,
    settings: Mapping[str, Any] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Trust levels that are harder to reach than to keep.

    Worst case: nothing. Source: Discourse, trust_level3_requirements.rb, promotion.rb and site_settings.yml.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    settings : object, optional
        Settings of Discourse that differ from its defaults, by their names there, as tl3_requires_days_visited.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of("trust_level", id, settings=settings, eligibility=eligibility)
