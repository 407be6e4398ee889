"""Payouts: the worked case of docs/reference/ledger.md, and what only Python can get wrong."""

from __future__ import annotations

import gc

import pytest

from cocreate import Ledger, Payout, Scheme
from cocreate.errors import ArgumentError, ConflictError, RefusedError, SchemaError, VerifyError
from cocreate.reward import Awards, reward

SCHEME = {
    "scheme": "cocreate.incentives/1",
    "currency": "EUR",
    "funds": [{"id": "main", "budget": "2000.00"}],
    "rules": [
        {
            "id": "prizes",
            "kind": "ranked_prizes",
            "fund": "main",
            "prizes": ["1000.00", "500.00", "250.00"],
            "eligibility": {"min_score": 60},
        }
    ],
    "deductions": [{"id": "wht", "rate": "0.30", "where": "payee.class=NRA", "account": "withheld:tax:US"}],
}


def evaluate(scheme: Scheme, *struck: str) -> Awards:
    scores = {"ana": 91, "bo": 84, "cy": 84, "dee": 55}
    entries = [
        {"id": k, "score": v, "status": "disqualified" if k in struck else "valid"} for k, v in scores.items()
    ]
    return reward(scheme, {"entries": entries})


@pytest.fixture
def payout() -> Payout:
    payout = Payout(Scheme(SCHEME))
    assert payout.fund(0)
    assert payout.payees({"ana": {}, "bo": {"class": "NRA"}, "cy": {}}, 0)
    return payout


def award_of(payout: Payout, person: str) -> str:
    return next(str(row["id"]) for row in payout.awards() if row["to"] == person)


def test_disqualification_after_payment(payout: Payout) -> None:
    scheme = Scheme(SCHEME)
    assert payout.award(evaluate(scheme), 1)
    assert not payout.award(evaluate(scheme), 2)
    with pytest.raises(ConflictError, match="an adjustment posts the difference"):
        payout.award(evaluate(scheme, "cy"), 2)
    ledger = payout.ledger
    assert ledger.balance("payable:bo", "EUR") == 26250
    assert payout.pay(award_of(payout, "cy"), "SEPA-1", 3)
    with pytest.raises(ConflictError, match="reference 'SEPA-1' is that of another payment"):
        payout.pay(award_of(payout, "bo"), "SEPA-1", 3)
    assert payout.adjust(evaluate(scheme, "cy"), 1, 4)
    assert not payout.adjust(evaluate(scheme, "cy"), 1, 5)
    assert ledger.balance("receivable:clawback:cy", "EUR") == -37500
    assert payout.spendable("main") == 12500
    assert ledger.balance("escrow:main", "EUR") == 50000
    with pytest.raises(RefusedError, match=r"owes 375\.00"):
        payout.recover(award_of(payout, "cy"), 37501, "back", 6)
    assert payout.recover(award_of(payout, "cy"), 30000, "back", 6)
    assert payout.write_off(award_of(payout, "cy"), 7500, "board", 7)
    assert sum(row["minor"] for row in ledger.balances()) == 0
    ledger.check()


def test_saved_and_loaded(payout: Payout) -> None:
    payout.award(evaluate(Scheme(SCHEME)), 1)
    saved, journal = payout.json, payout.ledger.encode()
    again = Payout.load(Scheme(SCHEME), Ledger.decode(journal), saved)
    assert again.json == saved
    assert again.pay(award_of(again, "ana"), "r", 2)
    with pytest.raises(VerifyError, match="payable"):
        Payout.load(Scheme(SCHEME), Ledger(), saved)
    with pytest.raises(ArgumentError, match="of another scheme"):
        Payout.load(Scheme({**SCHEME, "deductions": []}), Ledger.decode(journal), saved)


def test_the_journal_outlives_its_owner() -> None:
    payout = Payout(Scheme(SCHEME), Ledger())
    payout.ledger.close()
    gc.collect()
    assert payout.fund(0)
    payout.close()
    with pytest.raises(ArgumentError, match="the payout is closed"):
        payout.fund(1)


def test_facts_are_checked(payout: Payout) -> None:
    with pytest.raises(SchemaError, match=r"^\$\.bo\.clas: unknown key"):
        payout.payees({"bo": {"clas": "NRA"}}, 1)


def test_ledger_rows_are_a_table(payout: Payout) -> None:
    payout.award(evaluate(Scheme(SCHEME)), 1)
    rows = payout.ledger.rows()
    assert sum(row["minor"] for row in rows) == 0
    assert {row["kind"] for row in rows} == {"posted"}
    statement = payout.ledger.statement("escrow:main", "EUR", 1)
    assert (statement["opening"], statement["closing"]) == (200000, 25000)
    assert len(statement["lines"]) == 3
