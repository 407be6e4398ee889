"""Canonical JSON, digests, seeded lots."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from cocreate import _lowlevel

__all__ = ["canonical_json", "lot_seed", "lots", "sha256", "version"]


def document(value: Any) -> str | bytes:
    """JSON text of whatever stands for a document: text is taken as it is, the rest is written.

    The value goes through `json.dumps`, so floats that are no numbers are refused by the library.
    """
    if isinstance(value, str | bytes | bytearray | memoryview):
        return value if isinstance(value, str) else bytes(value)
    return json.dumps(value, ensure_ascii=False)


def answer(text: bytes) -> dict[str, Any]:
    """The object that the library answered."""
    members: dict[str, Any] = json.loads(text)
    return members


def version() -> str:
    """The version of the library, which is also that of this package.

    Examples
    --------
    >>> import cocreate
    >>> version() == cocreate.__version__
    True
    """
    return _lowlevel.cocreate_version()


def canonical_json(value: Any) -> bytes:
    """A JSON document in canonical form (RFC 8785): sorted keys, shortest numbers, no white space.

    Parameters
    ----------
    value : str, bytes or any object that `json.dumps` writes
        The document; a `str` or `bytes` is JSON text already.

    Raises
    ------
    cocreate.errors.ParseError
        Duplicate keys, invalid UTF-8, nesting beyond 64; `where` is the byte offset.
    cocreate.errors.TooLargeError
        An integer beyond +-(2^53 - 1).

    Examples
    --------
    >>> canonical_json({"b": 1, "a": [1.0, 1e21]})
    b'{"a":[1,1e+21],"b":1}'
    >>> canonical_json('{"a":1,"a":2}')
    Traceback (most recent call last):
    cocreate.errors.ParseError: ...
    """
    return _lowlevel.cocreate_canonical_json(document(value))


def sha256(data: bytes) -> bytes:
    """SHA-256 (FIPS 180-4), 32 bytes.

    Examples
    --------
    >>> sha256(b"abc").hex()[:16]
    'ba7816bf8f01cfea'
    """
    return _lowlevel.cocreate_sha256(data)


def lots(seed: bytes, context: str, ids: Sequence[str]) -> list[str]:
    """Order ids by seeded lots, rule cc-tie/1: the winner of the lot first.

    Parameters
    ----------
    seed : bytes
        32 bytes that were committed before and revealed after.
    context : str
        What is drawn, such as "round:1".
    ids : sequence of str
        Distinct ids.

    Examples
    --------
    A ticket depends on its id alone: the others keep their order when one leaves.

    >>> order = lots(bytes(32), "round:1", ["ann", "bob", "cid"])
    >>> sorted(order)
    ['ann', 'bob', 'cid']
    >>> [id for id in order if id != "bob"] == lots(bytes(32), "round:1", ["ann", "cid"])
    True
    """
    ids = list(ids)
    order = np.frombuffer(_lowlevel.cocreate_lots(seed, context, ids), np.uint32)
    return [ids[index] for index in order.tolist()]


def lot_seed(origin: str, log_size: int, root: bytes, beacon: bytes) -> bytes:
    """The seed of cc-tie/1 from a closed log and a beacon named before the close, 32 bytes.

    Parameters
    ----------
    origin : str
        Name of the log, as in its checkpoint.
    log_size : int
        Number of leaves of the closed log.
    root : bytes
        Its 32-byte root.
    beacon : bytes
        Public random bytes.

    Examples
    --------
    >>> len(lot_seed("votes.example", 12, bytes(32), b"drand round 4711"))
    32
    """
    return _lowlevel.cocreate_lot_seed(origin, log_size, root, beacon)
