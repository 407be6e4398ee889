"""Mechanisms for arrays: by hand, and against all orders of joining."""

from fractions import Fraction
from itertools import permutations

import pytest
from cocreate import errors, mechanisms
from hypothesis import given
from hypothesis import strategies as st


def test_gloves():
    assert mechanisms.shapley([0, 0, 0, 0, 0, 1, 1, 1]) == [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.integers(-(10**9), 10**9), min_size=2**n, max_size=2**n)))
def test_is_the_average_over_all_orders(values):
    values[0] = 0
    players = len(values).bit_length() - 1
    expected, orders = [Fraction(0)] * players, list(permutations(range(players)))
    for order in orders:
        coalition = 0
        for player in order:
            with_player = coalition | 1 << player
            expected[player] += Fraction(values[with_player] - values[coalition], len(orders))
            coalition = with_player
    assert mechanisms.shapley(values) == expected


@pytest.mark.parametrize("values", [[], [0], [0, 1, 2], [1, 2]])
def test_refuses_what_is_no_game(values):
    with pytest.raises(errors.ArgumentError):
        mechanisms.shapley(values)


def test_quadratic_funding_of_the_published_example():
    """7^2 - 15 = 34, 8^2 - 10 = 54, 14^2 - 34 = 162 (documentation of Grants Stack), in hundredths."""
    gifts = [[1, 4, 1, 9], [1, 1, 1, 1, 1, 1, 4], [1, 9, 1, 9, 1, 9, 4]]
    donors = [d for row in gifts for d in range(len(row))]
    projects = [p for p, row in enumerate(gifts) for _ in row]
    amounts = [100 * c for row in gifts for c in row]
    paid = mechanisms.quadratic_funding(donors, projects, amounts, 10000)
    assert (paid.matches.tolist(), paid.returned) == ([1360, 2160, 6480], 0)
    paid = mechanisms.quadratic_funding(donors, projects, amounts, 100000)
    assert (paid.matches.tolist(), paid.returned) == ([3400, 5400, 16200], 75000)
    paid = mechanisms.quadratic_funding(donors, projects, amounts, 10000, cap=5000)
    assert (paid.matches.tolist(), paid.returned) == ([1932, 3068, 5000], 0)


def test_quadratic_funding_refuses():
    with pytest.raises(errors.ArgumentError, match="as many donors and projects as amounts"):
        mechanisms.quadratic_funding([0], [0, 1], [1], 5)
    with pytest.raises(errors.ArgumentError, match="gift 0: is less than 0"):
        mechanisms.quadratic_funding([0], [0], [-1], 5)


def test_eigentrust_settles_as_published():
    """Opinions of five peers (eigen-books, Algorithm): one step, and where it ends."""
    tenths = [[0, 2, 3, 5, 0], [1, 0, 1, 1, 7], [4, 1, 0, 2, 3], [1, 1, 7, 0, 1], [3, 1, 4, 2, 0]]
    edges = [(i, j, w) for i, row in enumerate(tenths) for j, w in enumerate(row) if w]
    who, whom, weights = (list(column) for column in zip(*edges, strict=True))
    start = [1000, 2000, 500, 300, 200]
    step = mechanisms.eigentrust(who, whom, weights, alpha=0, iterations=1, start=start)
    assert (step * 4000 / 10**9).tolist() == [490, 300, 790, 840, 1580]
    end = mechanisms.eigentrust(who, whom, weights, alpha=Fraction(0))
    assert [round(int(x) * 4000 / 10**9, 4) for x in end] == [817.2773, 437.9343, 1169.4567, 834.4915, 740.8402]


def test_eigentrust_refuses():
    with pytest.raises(errors.ArgumentError, match="alpha has more than 9 decimals"):
        mechanisms.eigentrust([0], [1], alpha=Fraction(1, 3))
    with pytest.raises(errors.ArgumentError, match="as many who trust"):
        mechanisms.eigentrust([0], [1, 0])
    with pytest.raises(errors.ArgumentError, match="a weight for each peer"):
        mechanisms.eigentrust([0], [1], start=[1])
    assert mechanisms.eigentrust([], []).tolist() == []


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ("competition", [1, 2, 2, 4]),
        ("modified", [1, 3, 3, 4]),
        ("dense", [1, 2, 2, 3]),
        ("fractional", [1, 2.5, 2.5, 4]),
        ("ordinal", [1, 3, 2, 4]),
    ],
)
def test_leaderboard_ranks(ranks, expected):
    made = mechanisms.leaderboard_ranks(
        [100, 90, 90, 80, 999], ranks=ranks, order=[0, 2, 1, 0, 0], missing=[False, False, False, False, True]
    )
    assert made[:4].tolist() == expected
    assert str(made[4]) == "nan"
    with pytest.raises(errors.ArgumentError, match="as many"):
        mechanisms.leaderboard_ranks([1, 2], ranks=ranks, missing=[True])


def test_lmsr_trade():
    # 100 ln((e^0.1 + 1) / 2) = 5.1249...: up to buy, down to sell back.
    assert mechanisms.lmsr_trade([0, 0], 0, 10, b=10000).charge == 513
    assert mechanisms.lmsr_trade([10, 0], 0, -10, b=10000).charge == -512
    # Hanson's prices of 10, 20 and 23 shares with b = 10.
    assert mechanisms.lmsr_trade([10, 20, 23], 0, 0, b=1000).prices[0] == 135362352
    with pytest.raises(errors.ArgumentError, match="less than 0"):
        mechanisms.lmsr_trade([0, 0], 0, -1, b=10000)
