"""Money: exact splits. Properties by hypothesis; expected values by hand."""

from fractions import Fraction

import numpy as np
import pytest
from cocreate import errors, money
from hypothesis import given
from hypothesis import strategies as st

INT64 = 2**63 - 1
pools = st.integers(-INT64, INT64)
weight_lists = st.lists(st.integers(0, INT64), max_size=20)


@given(pools, weight_lists, st.sampled_from(money.split_methods()))
def test_shares_and_rest_are_the_pool(pool, weights, method):
    result = money.split(pool, weights, method=method)
    assert sum(map(int, result.shares)) + result.returned == pool
    assert all(share == 0 for share, weight in zip(result.shares, weights, strict=True) if weight == 0)


@given(pools, weight_lists, st.sampled_from(money.split_methods()))
def test_a_negative_pool_is_the_mirror(pool, weights, method):
    one, other = money.split(pool, weights, method=method), money.split(-pool, weights, method=method)
    assert (one.shares == -other.shares).all()
    assert one.returned == -other.returned


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_largest_remainder_is_within_one_of_the_quota(pool, weights):
    total = sum(weights)
    if total == 0:
        return
    for share, weight in zip(money.split(pool, weights).shares, weights, strict=True):
        assert abs(Fraction(pool * weight, total) - int(share)) < 1


@given(st.integers(-INT64, INT64), st.integers(0, 18))
def test_amounts_round_trip(minor, exponent):
    assert money.parse(money.format(minor, exponent), exponent) == minor


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), st.fractions(0, 1, max_denominator=1000))
def test_carried_rates_never_lose_a_cent(amounts, rate):
    carry, paid = Fraction(0), 0
    for amount in amounts:
        part, carry = money.rate(amount, rate, "floor", carry)
        paid += part
    assert paid == sum(amounts) * rate // 1


def test_weights_are_read_in_place():
    weights = np.array([1, 2, 3], np.int64)
    assert money.split(6, weights).shares.tolist() == [1, 2, 3]
    assert money.split(6, tuple(weights)).shares.tolist() == [1, 2, 3]


@pytest.mark.parametrize("weights", [[0.5, 1], [2**63], [[1]], ["1"], [-1]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(errors.ArgumentError):
        money.split(10, weights)


def test_the_error_names_the_index():
    with pytest.raises(errors.ArgumentError) as caught:
        money.split(10, [1, 2, -3])
    assert caught.value.where == 2


def test_the_library_and_the_package_have_one_version():
    import importlib.metadata

    import cocreate

    assert importlib.metadata.version("cocreate") == cocreate.__version__
