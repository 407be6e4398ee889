"""Pay for information: scores of forecasts, of answers, of labels.

Written by scripts/rule_builders from what the library says of its kinds; edit their files, not this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from cocreate.rules._exact import Amount, Number, Rule, major, rule_of
from cocreate.rules._scheme import Eligibility, Rounding

__all__ = [
    "gold_bonus",
    "lmsr",
    "peer_prediction",
    "scoring_rule",
]


def gold_bonus(
    id: str,
    *,
    fund: str,
    form: Literal["threshold", "double_or_nothing"],
    max_awards: int,
    each: Amount | None = None,
    accuracy: Number | None = None,
    z: Number | None = None,
    min_tasks: int | None = None,
    max: Amount | None = None,
    min: Amount | None = None,
    confidence: Number | None = None,
    questions: int | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A bonus for right answers to questions of gold.

    Worst case: max_awards times each, or max. Source: Wilson, Probable inference, 1927; Shah & Zhou, Double or nothing:
    multiplicative incentive mechanisms for crowdsourcing, JMLR 17(165), 2016.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    form : choice
        threshold: the same for all who are accurate enough; double_or_nothing: the most, less for each question
        skipped, nothing beyond min after a wrong answer.
    max_awards : integer
        How many may be paid; a result with more is refused.
    each : amount, optional
        Of threshold: the bonus; required there.
    accuracy : number, optional
        Of threshold: what part of the answers must be right, above 0 and below 1; required there.
    z : number, optional
        Of threshold: the lower bound of the Wilson interval of so many standard deviations must reach the accuracy;
        1.96 by default, which is 95 %; 0: the share itself.
    min_tasks : integer, optional
        Of threshold: answers that are needed; 1 by default.
    max : amount, optional
        Of double_or_nothing: for right answers to all questions; required there.
    min : amount, optional
        Of double_or_nothing: whatever the answers; 0 by default.
    confidence : number, optional
        Of double_or_nothing: how sure one should be to answer, above 0 and below 1; a skipped question leaves this
        part; required there.
    questions : integer, optional
        Of double_or_nothing: how many everybody is asked, to 64; those without a row are skipped; required there.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of(
        "gold_bonus", id, fund=fund, form=form, max_awards=max_awards, each=major(each), accuracy=accuracy, z=z,
        min_tasks=min_tasks, max=major(max), min=major(min), confidence=confidence, questions=questions,
        eligibility=eligibility,
    )


def lmsr(
    id: str,
    *,
    fund: str,
    question: str,
    b: Amount,
    outcomes: Sequence[str] | None = None,
    share: Amount | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """A prediction market with a logarithmic market maker.

    Worst case: b times the logarithm of the number of outcomes, beyond what traders pay. Source: Hanson, Combinatorial
    information market design, 2003, and Logarithmic market scoring rules for modular combinatorial information
    aggregation, 2007.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    question : id
        What is traded: a question of the result.
    b : amount
        How deep the market is: the maker loses at most b times the logarithm of the number of outcomes.
    outcomes : list, optional
        2 to 100 names; by default yes and no.
    share : amount, optional
        What a share of what happens pays; by default 1 major unit.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of(
        "lmsr", id, fund=fund, question=question, b=major(b), outcomes=outcomes, share=major(share),
        eligibility=eligibility,
    )


def peer_prediction(
    id: str,
    *,
    fund: str,
    form: Literal["bts", "rbts", "pts", "ca", "output_agreement"],
    scale: Amount,
    max_awards: int,
    peers: Literal["average", "random"] | None = None,
    base: str | None = None,
    min: Amount | None = None,
    max: Amount | None = None,
    alpha: Number | None = None,
    epsilon: Number | None = None,
    prior: Mapping[str, Any] | None = None,
    eligibility: Eligibility | None = None,
) -> Rule:
    """Pay for answers by those of others.

    Worst case: max_awards times the most that a score pays. Source: Prelec, A Bayesian truth serum for subjective data,
    Science 306, 2004; Witkowski & Parkes, A robust Bayesian truth serum for small populations, AAAI 2012; Radanovic,
    Faltings & Jurca, Incentives for effort in crowdsourcing using the peer truth serum, ACM TIST 7, 2016; Shnayder et
    al., Informed truthfulness in multi-task peer prediction, EC 2016; von Ahn & Dabbish 2004 (output agreement).

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    form : choice
        bts: Bayesian truth serum, answers more common than predicted; rbts: the robust one, for yes and no; pts: peer
        truth serum, agreement over how common the answer is; ca: correlated agreement beyond chance, over several
        tasks; output_agreement: agreement.
    scale : amount
        What a score of 1 pays beyond base.
    max_awards : integer
        How many may be paid; a result with more is refused.
    peers : choice, optional
        average (default): all others; random: drawn by the seed; not with bts, which has all.
    base : amount, optional
        What a score of 0 pays; may be negative; 0 by default.
    min : amount, optional
        Nobody is paid less, whatever the score; 0 by default.
    max : amount, optional
        Nobody is paid more, whatever the score.
    alpha : number, optional
        Of bts: what predictions weigh, above 0; 1 by default.
    epsilon : number, optional
        Of bts: predictions below it count as this, above 0 and at most 1/2; 1/100 by default.
    prior : object, optional
        Of pts: how common each answer is taken to be; by default as common as in all reports.
    eligibility : optional
        Of `rules.eligibility`.
    """
    return rule_of(
        "peer_prediction", id, fund=fund, form=form, scale=major(scale), max_awards=max_awards, peers=peers, base=base,
        min=major(min), max=major(max), alpha=alpha, epsilon=epsilon, prior=prior, eligibility=eligibility,
    )


def scoring_rule(
    id: str,
    *,
    fund: str,
    score: Literal["brier", "log", "spherical"],
    form: Literal["linear", "lottery", "wager"] | None = None,
    base: str | None = None,
    scale: Amount | None = None,
    min: Amount | None = None,
    max: Amount | None = None,
    prize: Amount | None = None,
    max_awards: int | None = None,
    eligibility: Eligibility | None = None,
    rounding: Rounding | None = None,
) -> Rule:
    """Pay for forecasts by proper scores.

    Worst case: max_awards times the most that a score pays; nothing for wagers. Source: Brier 1950; Good 1952
    (logarithm); Gneiting & Raftery, Strictly proper scoring rules, 2007; Lambert et al., Self-financed wagering
    mechanisms for forecasting, EC 2008; Hossain & Okui, The binarized scoring rule, 2013.

    Parameters
    ----------
    id : str
        Tells the rule from the others.
    fund : id
        The fund that pays.
    score : choice
        brier: 1 less the square of what was missing from certainty; log: the natural logarithm; spherical: the
        probability over the length of the forecast.
    form : choice, optional
        linear (default): base and scale times the score; lottery: the prize, with the score as the chance; wager: the
        stakes, shared by the scores.
    base : amount, optional
        What a score of 0 pays; may be negative; 0 by default.
    scale : amount, optional
        What a score of 1 pays beyond base.
    min : amount, optional
        Nobody is paid less, whatever the score; 0 by default.
    max : amount, optional
        Nobody is paid more, whatever the score.
    prize : amount, optional
        Of a lottery; required there.
    max_awards : integer, optional
        How many may be paid; a result with more is refused.
    eligibility, rounding : optional
        Of `rules.eligibility` and `rules.rounding`.
    """
    return rule_of(
        "scoring_rule", id, fund=fund, score=score, form=form, base=base, scale=major(scale), min=major(min),
        max=major(max), prize=major(prize), max_awards=max_awards, eligibility=eligibility, rounding=rounding,
    )
