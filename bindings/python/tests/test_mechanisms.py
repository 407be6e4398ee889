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
