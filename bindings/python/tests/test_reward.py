"""Rewards and the journal; expected sums by hand."""

import numpy as np
import pytest
from cocreate import Ledger, Scheme, errors, rank_scores, reward

SCHEME = {
    "scheme": "cocreate.incentives/1",
    "currency": "EUR",
    "funds": [{"id": "jury", "budget": "1750.00"}],
    "rules": [
        {"id": "prizes", "kind": "ranked_prizes", "fund": "jury", "ties": "pool", "prizes": ["1000.00", "500.00", "250.00"]}
    ],
}
RESULT = {
    "entries": [
        {"id": "e1", "owner": "ann", "score": "91"},
        {"id": "e2", "owner": "bob", "score": "84"},
        {"id": "e3", "owner": "cid", "score": "84"},
    ]
}


def awards():
    return reward.reward(SCHEME, RESULT)


def test_two_share_places_two_and_three():
    given = awards()
    assert [(award.to, award.minor, award.amount) for award in given] == [
        ("ann", 100000, "1000.00"),
        ("bob", 37500, "375.00"),
        ("cid", 37500, "375.00"),
    ]
    assert given[-1].to == "cid"
    assert given.document["unspent"] == {"EUR": "0.00"}
    assert all(reward.replay(award.trace) == award.minor for award in given)
    assert "375.00" in given.explain(1)
    with pytest.raises(IndexError):
        given[3]


def test_a_scheme_keeps_its_digest():
    assert Scheme(SCHEME).digest == Scheme(Scheme(SCHEME).json).digest == awards().document["scheme"]


def test_a_changed_trace_does_not_replay():
    steps = awards()[0].trace
    steps[-1]["minor"] += 1
    try:
        assert reward.replay(steps) != 100000
    except errors.VerifyError:
        pass


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"currency": "EURO!"}, errors.SchemaError, "$.currency"),
        ({"rules": [{"id": "x", "kind": "lottery"}]}, errors.SchemaError, "$.rules[0].kind"),
        ({"extra": 1}, errors.SchemaError, "$.extra"),
    ],
)
def test_bad_schemes_are_refused_with_their_path(change, error, text):
    with pytest.raises(error) as caught:
        Scheme({**SCHEME, **change})
    assert caught.value.text.startswith(text)


def test_a_ranking_is_a_result():
    ranking = rank_scores({"ann": "3", "bob": "2"})
    assert [award.entry for award in reward.reward(SCHEME, ranking)] == ["ann", "bob"]


def test_awards_are_posted_once():
    ledger = Ledger()
    ledger.post("fund", 0, [("sponsor:budget", "EUR", -175000), ("escrow:jury", "EUR", 175000)])
    assert ledger.post_awards(awards(), 1) is True
    assert ledger.post_awards(awards(), 2) is False
    assert ledger.balance("payable:bob", "EUR") == 37500
    assert ledger.balance("escrow:jury", "EUR") == 0
    assert Ledger.decode(ledger.encode()).balances() == ledger.balances()


def test_the_journal_refuses_what_does_not_sum_to_zero():
    ledger = Ledger()
    with pytest.raises(errors.ArgumentError):
        ledger.post("a", 0, [("cash:x", "EUR", 5), ("fees:x", "EUR", 5)])
    with pytest.raises(errors.RefusedError):
        ledger.post("a", 0, [("escrow:x", "EUR", -5), ("fees:x", "EUR", 5)])
    assert len(ledger) == 0


def test_the_journal_is_idempotent_and_chained():
    ledger = Ledger()
    lines = [("cash:x", "EUR", -5), ("fees:x", "EUR", 5)]
    assert ledger.post("a", 0, lines)
    assert not ledger.post("a", 9, lines)
    with pytest.raises(errors.ConflictError):
        ledger.post("a", 9, [(account, currency, np.int64(minor * 2)) for account, currency, minor in lines])
    assert ledger.reverse("a", "b", 1, "a mistake")
    first, second = ledger
    assert (second["prev"], second["memo"]) == (first["hash"], "a mistake")
    with pytest.raises(IndexError):
        ledger.entry(2)
    damaged = ledger.encode().replace(b'"minor":5', b'"minor":6')
    with pytest.raises(errors.VerifyError) as caught:
        Ledger.decode(damaged)
    assert caught.value.where == 1
