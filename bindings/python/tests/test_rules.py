"""Builders of schemes: what they write is what a scheme in JSON says."""

from decimal import Decimal
from fractions import Fraction

import pytest
from cocreate import errors, reward, rules

TERMS = {
    "deductions": [
        {"id": "fee", "rate": "0.05", "account": "fees:platform"},
        {
            "id": "wht",
            "rate": "3/10",
            "account": "withheld:tax:US",
            "base": "rest",
            "rounding": "floor",
            "where": "payee.class=NRA",
        },
    ],
    "lifecycle": {
        "hold_days": 3,
        "accept_days": 10,
        "claim_expiry_days": 61,
        "cooling_days": 30,
        "on_decline": "promote",
        "on_overpaid": "honour",
        "minimum_payout": "20",
        "person_cap": {"amount": "600.00", "days": 365},
        "verify": ["identity"],
    },
    "guards": {
        "person_cap": "600",
        "household_cap": "800.50",
        "one_prize": True,
        "verified": True,
        "account_days": 30,
        "exclude_roles": ["jury"],
    },
}


def test_every_kind_has_a_function_with_its_parameters():
    for kind in reward.rule_kinds():
        function = getattr(rules, kind["kind"])
        names = list(function.__annotations__)
        assert sorted(names) == sorted(["id", "return", *(p["name"] for p in kind["parameters"])]), kind["kind"]
        assert kind["kind"] in rules.__all__


def test_terms_and_guards_are_what_json_says():
    prizes = {"id": "prizes", "kind": "ranked_prizes", "fund": "jury", "prizes": ["500", "250.50"],
              "eligibility": {"min_score": "121/2", "exclude": ["staff"]},
              "rounding": {"method": "sainte_lague", "tie_break": ["weight", "id"]},
              "team": {"split": "equal"}, "quality": {"least": "60.5"}}  # fmt: skip
    by_hand = reward.Scheme(
        {
            "scheme": "cocreate.incentives/1",
            "currency": "EUR",
            "funds": [{"id": "jury", "budget": "800"}],
            "rules": [prizes],
            **TERMS,
        }
    )
    built = rules.scheme(
        "EUR",
        funds=[rules.fund("jury", 800)],
        rules=[
            rules.ranked_prizes(
                "prizes",
                fund="jury",
                prizes=[500, Decimal("250.50")],
                eligibility=rules.eligibility(min_score=Fraction(121, 2), exclude=["staff"]),
                rounding=rules.rounding("sainte_lague", ["weight", "id"]),
                team=rules.team("equal"),
                quality=rules.quality(least=Decimal("60.5")),
            )
        ],
        deductions=[
            rules.deduction("fee", Decimal("0.05"), "fees:platform"),
            rules.deduction(
                "wht", Fraction(3, 10), "withheld:tax:US", base="rest", rounding="floor", where="payee.class=NRA"
            ),
        ],
        lifecycle=rules.lifecycle(
            hold_days=3,
            accept_days=10,
            claim_expiry_days=61,
            cooling_days=30,
            on_decline="promote",
            on_overpaid="honour",
            minimum_payout=20,
            person_cap=rules.person_cap("600.00", 365),
            verify=["identity"],
        ),
        guards=rules.guards(
            person_cap=600,
            household_cap=Decimal("800.50"),
            one_prize=True,
            verified=True,
            account_days=30,
            exclude_roles=["jury"],
        ),
    )
    assert built.json == by_hand.json
    assert built.digest == by_hand.digest


def test_revenue_has_no_budget():
    royalty = rules.royalty("r", fund="sales", base="net", rate=Fraction(1, 100))
    assert royalty["rate"] == "1/100"
    assert rules.revenue("sales") == {"id": "sales", "source": "revenue"}
    assert rules.scheme("EUR", funds=[rules.revenue("sales")], rules=[royalty]).liability()


def test_units_of_points():
    assert rules.unit("KUDOS") == {"code": "KUDOS"}
    assert rules.coupon("c", unit=rules.unit("CUP", 0), each=1)["unit"] == {"code": "CUP", "minor_unit": 0}


@pytest.mark.parametrize("make", [
    lambda: rules.fund("jury", 0.1),
    lambda: rules.deduction("fee", 0.3, "fees:x"),
    lambda: rules.guards(person_cap=0.5),
    lambda: rules.eligibility(min_score=59.9),
    lambda: rules.ranked_prizes("p", fund="jury", prizes=[0.1]),
])  # fmt: skip
def test_floats_are_refused(make):
    with pytest.raises(TypeError, match="is a float, which is not exact: use a string, a Decimal or a Fraction"):
        make()


def test_what_a_function_cannot_see_the_library_refuses():
    with pytest.raises(errors.SchemaError) as caught:
        rules.scheme("EUR", funds=[rules.fund("jury", 1)], rules=[rules.winner_takes_all("w", fund="jury", prize=2)])
    assert caught.value.text.startswith("$.funds[0]")
