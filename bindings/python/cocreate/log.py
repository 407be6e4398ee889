"""Merkle tree of RFC 6962 / RFC 9162 over the event log: receipts that anyone can check offline."""

from __future__ import annotations

from collections.abc import Sequence

from cocreate import _lowlevel

__all__ = ["check", "leaf", "prove", "root"]


def leaf(data: bytes) -> bytes:
    """Hash of a leaf, 32 bytes.

    Examples
    --------
    >>> leaf(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return _lowlevel.cocreate_log_leaf(data)


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over these leaf hashes, 32 bytes.

    Examples
    --------
    >>> root([]).hex()[:16]
    'e3b0c44298fc1c14'
    """
    return _lowlevel.cocreate_log_root(b"".join(leaves))


def prove(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Proof that a leaf is in the tree: hashes of 32 bytes (RFC 9162, 2.1.3.1).

    Examples
    --------
    >>> leaves = [leaf(text) for text in (b"a", b"b", b"c")]
    >>> proof = prove(leaves, 2)
    >>> check(leaves[2], 2, 3, proof, root(leaves))
    """
    proof = _lowlevel.cocreate_log_prove(b"".join(leaves), index)
    return [proof[i : i + 32] for i in range(0, len(proof), 32)]


def check(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check a proof of inclusion (RFC 9162, 2.1.3.2).

    Parameters
    ----------
    leaf : bytes
        Hash of the leaf.
    index : int
        Its position, from 0.
    size : int
        Number of leaves of the tree.
    proof : sequence of bytes
        Hashes, as of `prove`.
    root : bytes
        Root of the tree.

    Raises
    ------
    cocreate.errors.VerifyError
        If the proof does not lead to the root.

    Examples
    --------
    >>> leaves = [leaf(text) for text in (b"a", b"b")]
    >>> _check = check(leaves[0], 0, 2, prove(leaves, 1), root(leaves))
    Traceback (most recent call last):
    cocreate.errors.VerifyError: ...
    """
    _lowlevel.cocreate_log_check(leaf, index, size, b"".join(proof), root)
