"""Schemes in Python: a typed function for each kind of rule, and what holds them together.

Amounts may be strings, integers or decimals of major units ("12.50", 12, Decimal("12.5")), numbers also
fractions; floats are refused, for 0.1 is not a tenth.

Families: `contest`, `information`, `matching`, `procurement`, `recognition`, `sharing` and `standing`.

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

# Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.

from cocreate.rules._exact import Amount, Number, Rule
from cocreate.rules._scheme import (
    Deduction,
    Eligibility,
    Fund,
    Guards,
    Lifecycle,
    PersonCap,
    Quality,
    Rounding,
    Team,
    Unit,
    deduction,
    eligibility,
    fund,
    guards,
    lifecycle,
    person_cap,
    quality,
    revenue,
    rounding,
    scheme,
    team,
    unit,
)
from cocreate.rules.contest import (
    assurance,
    assurance_bonus,
    benchmark_bonus,
    class_prizes,
    coupon,
    direct_grant,
    guaranteed_prize,
    milestone,
    participation,
    progress_prize,
    ranked_prizes,
    reliability_bonus,
    threshold_award,
    winner_takes_all,
)
from cocreate.rules.information import gold_bonus, lmsr, peer_prediction, scoring_rule
from cocreate.rules.matching import quadratic_funding, retro_median
from cocreate.rules.procurement import bounty, price_list, sealed_bid, slot_auction
from cocreate.rules.recognition import (
    badge,
    contributor_roles,
    featured,
    hall_of_fame,
    kudos,
    leaderboard,
    level,
    medals,
    points,
    rank_points,
    selector_bonus,
    selector_points,
    streak,
    title,
)
from cocreate.rules.sharing import (
    cred_allocation,
    gift_circle,
    lineage_share,
    proportional_split,
    royalty,
    shapley,
    team_split,
)
from cocreate.rules.standing import decay, reputation, trust_level

__all__ = [
    "Amount",
    "Deduction",
    "Eligibility",
    "Fund",
    "Guards",
    "Lifecycle",
    "Number",
    "PersonCap",
    "Quality",
    "Rounding",
    "Rule",
    "Team",
    "Unit",
    "assurance",
    "assurance_bonus",
    "badge",
    "benchmark_bonus",
    "bounty",
    "class_prizes",
    "contributor_roles",
    "coupon",
    "cred_allocation",
    "decay",
    "deduction",
    "direct_grant",
    "eligibility",
    "featured",
    "fund",
    "gift_circle",
    "gold_bonus",
    "guaranteed_prize",
    "guards",
    "hall_of_fame",
    "kudos",
    "leaderboard",
    "level",
    "lifecycle",
    "lineage_share",
    "lmsr",
    "medals",
    "milestone",
    "participation",
    "peer_prediction",
    "person_cap",
    "points",
    "price_list",
    "progress_prize",
    "proportional_split",
    "quadratic_funding",
    "quality",
    "rank_points",
    "ranked_prizes",
    "reliability_bonus",
    "reputation",
    "retro_median",
    "revenue",
    "rounding",
    "royalty",
    "scheme",
    "scoring_rule",
    "sealed_bid",
    "selector_bonus",
    "selector_points",
    "shapley",
    "slot_auction",
    "streak",
    "team",
    "team_split",
    "threshold_award",
    "title",
    "trust_level",
    "unit",
    "winner_takes_all",
]
