"""Matching and retroactive funds.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from typing import Literal

from cocreate.rules._exact import Amount, Rule, major, rule_of
from cocreate.rules._scheme import Eligibility, Rounding, Team

__all__ = [
    "quadratic_funding",
    "retro_median",
]


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
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A pool that matches gifts to projects.

    Worst case: the pool. Source: Buterin, Hitzig & Weyl, A Flexible Design for Funding Public Goods, Management Science
    65, 2019; Buterin, Pairwise coordination subsidies, 2019; Miller, Weyl & Erichsen, Beyond Collusion Resistance,
    2022.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    pool : amount
        What the gifts are matched from.
    match : choice, optional
        qf (default): the square of the sum of the roots of the gifts, less the gifts; pairwise: less for two who give
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
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "quadratic_funding", id, fund=fund, pool=major(pool), match=match, m=major(m), threshold=major(threshold),
        ties=ties, scale_up=scale_up, cap=major(cap), minimum=major(minimum), eligibility=eligibility,
        rounding=rounding, team=team,
    )


def retro_median(
    id: str,
    *,
    fund: str,
    pool: Amount,
    quorum: int | None = None,
    minimum: Amount | None = None,
    max_ballot: Amount | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
    team: Team | None = None,
) -> Rule:
    """A pool shared by the medians of ballots, with a quorum.

    Worst case: the pool. Source: Optimism, Retroactive Public Goods Funding round 3, 2023: quorum 17, at most 5,000,000
    a ballot, at least 1,500, 30,000,000 in all.

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
    eligibility, rounding, team : optional
        Of `rules.eligibility`, `rules.rounding` and `rules.team`.
    """
    return rule_of(
        "retro_median", id, fund=fund, pool=major(pool), quorum=quorum, minimum=major(minimum),
        max_ballot=major(max_ballot), eligibility=eligibility, rounding=rounding, team=team,
    )
