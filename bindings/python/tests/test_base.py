"""Canonical JSON, digests, lots, proofs; expected values from the standards named."""

import hashlib
import hmac
import json

import pytest
from cocreate import base, errors, log
from hypothesis import given
from hypothesis import strategies as st

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
documents = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcß\U0001f600"), inner, max_size=4), max_leaves=20
)


@given(documents)
def test_canonical_json_is_a_fixed_point(value):
    text = base.canonical_json(json.dumps(value))
    assert base.canonical_json(text) == text
    assert json.loads(text) == value


def test_canonical_json_of_the_standard():
    # RFC 8785, 3.2.3: keys in order of their UTF-16 code units
    text = '{"\u20ac":"Euro Sign","\\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\U0001f600":"Smiley","\u0080":"Control","\u00f6":"o"}'
    keys = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(base.canonical_json(text))) == keys


@pytest.mark.parametrize("text", ['{"a":1,"a":1}', "[1,]", b'"\xff"', "", "9007199254740992", "NaN"])
def test_bad_json_is_refused(text):
    with pytest.raises((errors.ParseError, errors.TooLargeError)):
        base.canonical_json(text)


@given(st.binary())
def test_sha256(data):
    assert base.sha256(data) == hashlib.sha256(data).digest()


@given(st.lists(st.text("abcdef", min_size=1, max_size=8), unique=True), st.binary(min_size=32, max_size=32))
def test_lots_do_not_depend_on_the_order_of_the_list(ids, seed):
    assert base.lots(seed, "round:1", ids) == base.lots(seed, "round:1", sorted(ids))


def test_the_seed_of_lots_depends_on_all_it_is_given():
    seeds = {
        base.lot_seed("o", 1, bytes(32), b""), base.lot_seed("p", 1, bytes(32), b""),
        base.lot_seed("o", 2, bytes(32), b""), base.lot_seed("o", 1, bytes([1] * 32), b""),
        base.lot_seed("o", 1, bytes(32), b"x"),
    }  # fmt: skip
    assert len(seeds) == 5
    assert all(not hmac.compare_digest(seed, bytes(32)) for seed in seeds)


@given(st.lists(st.binary(), min_size=1, max_size=20), st.data())
def test_a_proof_leads_to_the_root_and_only_from_its_leaf(texts, data):
    leaves = [log.leaf(text) for text in texts]
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = log.prove(leaves, index), log.root(leaves)
    log.check(leaves[index], index, len(leaves), proof, root)
    with pytest.raises(errors.VerifyError):
        log.check(log.leaf(b"another"), index, len(leaves), proof, bytes(32))


def test_the_tree_of_the_standard():
    # RFC 6962, 2.1: leaves H(0x00 || d), nodes H(0x01 || left || right)
    def h(*parts):
        return hashlib.sha256(b"".join(parts)).digest()

    a, b, c = (h(b"\0", text) for text in (b"a", b"b", b"c"))
    assert log.root([a, b, c]) == h(b"\1", h(b"\1", a, b), c)
    assert log.prove([a, b, c], 0) == [b, c]
