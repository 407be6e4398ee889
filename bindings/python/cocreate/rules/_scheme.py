"""What holds the rules of a scheme together: funds, terms, guards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict, cast

from cocreate.reward import Scheme
from cocreate.rules._exact import Amount, Number, Rule, given, major

__all__ = [
    "Deduction",
    "Eligibility",
    "Fund",
    "Guards",
    "Lifecycle",
    "PersonCap",
    "Quality",
    "Rounding",
    "Team",
    "Unit",
    "deduction",
    "eligibility",
    "fund",
    "guards",
    "lifecycle",
    "person_cap",
    "quality",
    "revenue",
    "rounding",
    "scheme",
    "team",
    "unit",
]

Method = Literal[
    "largest_remainder",
    "sainte_lague",
    "dhondt",
    "adams",
    "huntington_hill",
    "dean",
    "first_gets",
    "floor_return",
]
TieBreak = Literal["id", "lot", "weight"]


class Fund(TypedDict, total=False):
    """Money that rules pay from; made by `fund` or `revenue`."""

    id: str
    budget: Amount
    source: Literal["budget", "revenue"]


class Eligibility(TypedDict, total=False):
    """Which entries take part; made by `eligibility`."""

    status: str
    min_score: Number
    exclude: Sequence[str]


class Rounding(TypedDict, total=False):
    """How minor units that do not divide are given; made by `rounding`."""

    method: Method
    tie_break: Sequence[TieBreak]


class Team(TypedDict):
    """How a team shares; made by `team`."""

    split: Literal["declared", "equal"]


class Quality(TypedDict, total=False):
    """What an entry must be worth; made by `quality`."""

    least: Number
    quantile: Number
    benchmark: str


class Unit(TypedDict, total=False):
    """A unit that is no money; made by `unit`."""

    code: str
    minor_unit: int


class Deduction(TypedDict, total=False):
    """What is taken from awards; made by `deduction`."""

    id: str
    rate: Number
    account: str
    base: Literal["gross", "rest"]
    rounding: Literal["half_up", "half_even", "floor", "ceil"]
    where: str


class PersonCap(TypedDict, total=False):
    """What a person is paid at most; made by `person_cap`."""

    amount: Amount
    days: int


class Lifecycle(TypedDict, total=False):
    """What happens to awards once they are made; made by `lifecycle`."""

    hold_days: int
    accept_days: int
    claim_expiry_days: int
    cooling_days: int
    on_decline: Literal["vacant", "promote", "redistribute"]
    on_overpaid: Literal["clawback", "honour"]
    minimum_payout: Amount
    person_cap: PersonCap
    verify: Sequence[Literal["identity", "tax_form"]]


class Guards(TypedDict, total=False):
    """What is paid to nobody; made by `guards`."""

    person_cap: Amount
    household_cap: Amount
    one_prize: bool
    verified: bool
    account_days: int
    exclude_roles: Sequence[str]


def fund(id: str, budget: Amount) -> Fund:
    """Money with a budget, which the worst case of its rules must fit.

    Examples
    --------
    >>> fund("jury", 750)
    {'id': 'jury', 'budget': '750'}
    """
    return {"id": id, "budget": major(budget)}


def revenue(id: str) -> Fund:
    """Money that is earned as it is shared, without a budget: for royalties and the like."""
    return {"id": id, "source": "revenue"}


def eligibility(
    *, status: str | None = None, min_score: Number | None = None, exclude: Sequence[str] | None = None
) -> Eligibility:
    """Which entries take part.

    Parameters
    ----------
    status : str, optional
        The status that an entry must have; by default "valid".
    min_score : number, optional
        The least score; an entry without a score has not reached it.
    exclude : sequence of str, optional
        Ids of entries, owners or team members, and roles, that do not take part.

    Examples
    --------
    >>> eligibility(min_score=60, exclude=["staff"])
    {'min_score': 60, 'exclude': ['staff']}
    """
    return cast(Eligibility, given({"status": status, "min_score": min_score, "exclude": exclude}))


def rounding(method: Method | None = None, tie_break: TieBreak | Sequence[TieBreak] | None = None) -> Rounding:
    """How minor units that do not divide are given.

    Parameters
    ----------
    method : str, optional
        One of `cocreate.money.split_methods()`; by default "largest_remainder".
    tie_break : str or sequence of str, optional
        Who goes first where claims to a unit are equal: "id" (the default), "lot" or "weight".

    Examples
    --------
    >>> rounding("sainte_lague", "lot")
    {'method': 'sainte_lague', 'tie_break': ['lot']}
    """
    chain = [tie_break] if isinstance(tie_break, str) else tie_break
    return cast(Rounding, given({"method": method, "tie_break": chain}))


def team(split: Literal["declared", "equal"]) -> Team:
    """How a team shares: as its members declared, or equally."""
    return {"split": split}


def quality(
    *, least: Number | None = None, quantile: Number | None = None, benchmark: str | None = None
) -> Quality:
    """What an entry must be worth to win; one of the three.

    Parameters
    ----------
    least : number, optional
        The least score.
    quantile : number, optional
        From 0 to 1: the part of the entries it must not stay behind.
    benchmark : str, optional
        The id of an entry whose score it must reach.

    Examples
    --------
    >>> quality(least="60.5")
    {'least': '60.5'}
    """
    return cast(Quality, given({"least": least, "quantile": quantile, "benchmark": benchmark}))


def unit(code: str, minor_unit: int | None = None) -> Unit:
    """A unit that is no money, as points or coupons: 1 to 12 of A-Z, 0-9 and _, and its decimals (default 0)."""
    return cast(Unit, given({"code": code, "minor_unit": minor_unit}))


def deduction(
    id: str,
    rate: Number,
    account: str,
    *,
    base: Literal["gross", "rest"] | None = None,
    rounding: Literal["half_up", "half_even", "floor", "ceil"] | None = None,
    where: str | None = None,
) -> Deduction:
    """What is taken from awards before their payees get the rest.

    Parameters
    ----------
    id : str
        Tells it from the others.
    rate : number
        From 0 to 1: "0.30" is 30 percent.
    account : str
        Where it goes: "fees:..." or "withheld:...".
    base : {"gross", "rest"}, optional
        Of the award (the default), or of what the deductions before it left.
    rounding : {"half_up", "half_even", "floor", "ceil"}, optional
        How the amount is rounded, once; "half_up" by default.
    where : str, optional
        From which payees: "payee.class=NRA and payee.verified=false". From all by default.

    Examples
    --------
    >>> deduction("wht", "0.30", "withheld:tax:US", where="payee.class=NRA")["rate"]
    '0.30'
    """
    members = {"id": id, "rate": rate, "account": account, "base": base, "rounding": rounding, "where": where}
    return cast(Deduction, given(members))


def person_cap(amount: Amount, days: int | None = None) -> PersonCap:
    """At most so much paid to one person in so many days, or at all."""
    return cast(PersonCap, given({"amount": major(amount), "days": days}))


def lifecycle(
    *,
    hold_days: int | None = None,
    accept_days: int | None = None,
    claim_expiry_days: int | None = None,
    cooling_days: int | None = None,
    on_decline: Literal["vacant", "promote", "redistribute"] | None = None,
    on_overpaid: Literal["clawback", "honour"] | None = None,
    minimum_payout: Amount | None = None,
    person_cap: PersonCap | None = None,
    verify: Sequence[Literal["identity", "tax_form"]] | None = None,
) -> Lifecycle:
    """What happens to awards once they are made. Days are of 24 hours.

    Parameters
    ----------
    hold_days : int, optional
        Not paid before so many days after the award.
    accept_days : int, optional
        To be accepted within so many days, and not paid before.
    claim_expiry_days : int, optional
        To be paid within so many days.
    cooling_days : int, optional
        Between two payments to one person.
    on_decline : {"vacant", "promote", "redistribute"}, optional
        A prize that is declined or expires stays in the fund (the default), goes to the next, or to the others.
    on_overpaid : {"clawback", "honour"}, optional
        Who was paid too much owes it (the default), or keeps it at the sponsor's expense.
    minimum_payout : amount, optional
        An award waits until so much is payable to its person.
    person_cap : PersonCap, optional
        Of `person_cap`.
    verify : sequence of {"identity", "tax_form"}, optional
        What must be known of payees before they are paid.

    Examples
    --------
    >>> lifecycle(accept_days=10, on_decline="promote", person_cap=person_cap(600, 365))["person_cap"]
    {'amount': '600', 'days': 365}
    """
    members = {
        "hold_days": hold_days,
        "accept_days": accept_days,
        "claim_expiry_days": claim_expiry_days,
        "cooling_days": cooling_days,
        "on_decline": on_decline,
        "on_overpaid": on_overpaid,
        "minimum_payout": major(minimum_payout),
        "person_cap": person_cap,
        "verify": verify,
    }
    return cast(Lifecycle, given(members))


def guards(
    *,
    person_cap: Amount | None = None,
    household_cap: Amount | None = None,
    one_prize: bool | None = None,
    verified: bool | None = None,
    account_days: int | None = None,
    exclude_roles: Sequence[str] | None = None,
) -> Guards:
    """What is paid to nobody, whatever the rules award.

    Parameters
    ----------
    person_cap, household_cap : amount, optional
        What a person, or all persons of one household, get at most.
    one_prize : bool, optional
        A person keeps only the most valuable award.
    verified : bool, optional
        Only persons who are verified are awarded.
    account_days : int, optional
        Only persons whose account is so many days old when the result is closed.
    exclude_roles : sequence of str, optional
        Persons with these roles, as jurors, are awarded nothing.

    Examples
    --------
    >>> guards(person_cap=600, exclude_roles=["jury"])
    {'person_cap': '600', 'exclude_roles': ['jury']}
    """
    members = {
        "person_cap": major(person_cap),
        "household_cap": major(household_cap),
        "one_prize": one_prize,
        "verified": verified,
        "account_days": account_days,
        "exclude_roles": exclude_roles,
    }
    return cast(Guards, given(members))


def scheme(
    currency: str,
    *,
    rules: Sequence[Rule],
    funds: Sequence[Fund | Mapping[str, Any]] = (),
    minor_unit: int | None = None,
    seed_commitment: str | None = None,
    deductions: Sequence[Deduction | Mapping[str, Any]] | None = None,
    lifecycle: Lifecycle | Mapping[str, Any] | None = None,
    guards: Guards | Mapping[str, Any] | None = None,
) -> Scheme:
    """A checked scheme of these rules.

    Parameters
    ----------
    currency : str
        An ISO 4217 code, or a unit of your own with `minor_unit`.
    rules : sequence of Rule
        In the order of their evaluation.
    funds : sequence of Fund, optional
        Of `fund` and `revenue`.
    minor_unit : int, optional
        Decimals of the unit, 0 to 18.
    seed_commitment : str, optional
        "sha256:" and the digest of the seed of all lots; another seed is then refused.
    deductions : sequence of Deduction, optional
        Of `deduction`, made in this order.
    lifecycle : Lifecycle, optional
        Of `lifecycle`.
    guards : Guards, optional
        Of `guards`.

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
    return Scheme({"scheme": "cocreate.incentives/1", **given(members)})
