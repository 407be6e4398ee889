"""Statuses and exceptions are one to one; refused values never reach the library."""

import pickle

import numpy as np
import pytest
from cocreate import Profile, _lowlevel, errors


def statuses():
    return [_lowlevel.cocreate_status_at(i) for i in range(_lowlevel.cocreate_status_count())]


def test_every_failing_status_has_one_exception():
    classes = {kind.status: kind for kind in errors.Error.__subclasses__()}
    assert sorted(classes) == sorted(status for status in statuses() if status < 0)
    assert len(classes) == len(errors.Error.__subclasses__())


def test_an_unknown_status_is_a_plain_error():
    assert type(errors.from_status(-9999, "text")) is errors.Error


def test_an_error_tells_text_and_place_and_survives_pickling():
    with pytest.raises(errors.ParseError) as caught:
        Profile.read(b"# NUMBER ALTERNATIVES: 2\n1: 1,2\nnonsense\n", "soc")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), again.text, again.where) == (errors.ParseError, caught.value.text, caught.value.line)
    assert caught.value.line > 0


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: _lowlevel.cocreate_profile_info_get(None), ValueError),
        (lambda: _lowlevel.cocreate_profile_info_get("x"), TypeError),
        (lambda: _lowlevel.cocreate_profile_new(2, 2.0), TypeError),
        (lambda: _lowlevel.cocreate_profile_new(2, -1), OverflowError),
        (lambda: _lowlevel.cocreate_profile_new(2**31, 2), OverflowError),
        (lambda: _lowlevel.cocreate_currency_find("EU\0R"), ValueError),
        (lambda: _lowlevel.cocreate_currency_find(b"EUR"), TypeError),
        (lambda: _lowlevel.cocreate_currency_find(None), TypeError),
        (lambda: _lowlevel.cocreate_currency_find("\ud800"), UnicodeEncodeError),
        (lambda: _lowlevel.cocreate_lots(b"short", "x", ["a"]), ValueError),
        (lambda: _lowlevel.cocreate_lots(bytes(32), "x", "abc"), TypeError),
        (lambda: _lowlevel.cocreate_lots(bytes(32), "x", ["a", None]), TypeError),
        (lambda: _lowlevel.cocreate_log_root(bytes(33)), ValueError),
        (lambda: _lowlevel.Profile(), AttributeError),
    ],
)
def test_python_types_are_checked(call, expected):
    with pytest.raises(expected):
        call()


@pytest.mark.parametrize(
    "weights",
    [
        np.array([1, 2], np.int32),
        np.array([1, 2], ">i8"),
        np.array([1.0, 2.0]),
        np.array([[1, 2]], np.int64),
        np.arange(4, dtype=np.int64)[::2],
    ],
)
def test_buffers_of_another_kind_are_refused(weights):
    with pytest.raises((TypeError, ValueError)):
        _lowlevel.cocreate_split(3, weights, "dhondt", None, None, None, None, 0, 0, 1)
