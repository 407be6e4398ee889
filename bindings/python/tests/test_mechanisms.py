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
