"""Co-creation and crowdsourcing campaigns that explain and prove their results.

A campaign is data, and everything it decides is a pure function of its log:

    brief -> events -> evidence -> ranking -> decision -> awards -> ledger

Each arrow is a module, usable alone: `profile` (ballots), `tally` (what of them adds up), `ranking` (methods), `money`
(exact splits), `reward` (incentive rules), `rules` (a function for each kind of them), `mechanisms` (what they compute
with), `ledger` (double entry), `payout` (from awards to payments), `log` (proofs), `campaign` (briefs and presets) and
`store` (the commands a platform calls). Errors are the exceptions of `errors`.
"""

from cocreate import (
    base,
    campaign,
    errors,
    ledger,
    log,
    mechanisms,
    money,
    payout,
    profile,
    ranking,
    reward,
    rules,
    store,
    tally,
)
from cocreate.base import canonical_json
from cocreate.errors import Error
from cocreate.ledger import Ledger
from cocreate.payout import Payout
from cocreate.profile import Kind, Profile
from cocreate.ranking import CommitteeCheck, Ranking, check_committee, methods, rank, rank_scores
from cocreate.reward import Awards, Scheme
from cocreate.store import Store
from cocreate.tally import Tally, TallyKind

__version__ = base.version()

__all__ = [
    "Awards",
    "CommitteeCheck",
    "Error",
    "Kind",
    "Ledger",
    "Payout",
    "Profile",
    "Ranking",
    "Scheme",
    "Store",
    "Tally",
    "TallyKind",
    "__version__",
    "base",
    "campaign",
    "canonical_json",
    "check_committee",
    "errors",
    "ledger",
    "log",
    "mechanisms",
    "methods",
    "money",
    "payout",
    "profile",
    "rank",
    "rank_scores",
    "ranking",
    "reward",
    "rules",
    "store",
    "tally",
]
