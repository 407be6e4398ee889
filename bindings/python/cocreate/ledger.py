"""A double-entry journal: append-only, idempotent, exact."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate import _lowlevel
from cocreate._handle import Handle
from cocreate.arrays import exact

if TYPE_CHECKING:
    from cocreate.reward import Awards

__all__ = ["Ledger"]

_NEVER = 2**63 - 1


def _columns(lines: Sequence[tuple[str, str, int]]) -> tuple[list[str], list[str], Any]:
    accounts = [account for account, _, _ in lines]
    currencies = [currency for _, currency, _ in lines]
    return accounts, currencies, exact([minor for _, _, minor in lines], np.int64)


class Ledger(Handle[_lowlevel.Ledger]):
    """A journal in memory. Calls from several threads take turns.

    Accounts are named by their kind and owner, as "escrow:<campaign>" or "payable:<person>"; balances of escrow,
    payable and withheld accounts may not become negative.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.post("fund", 0, [("sponsor:budget", "EUR", -5000), ("escrow:contest", "EUR", 5000)])
    True
    >>> ledger.balance("escrow:contest", "EUR")
    5000
    """

    def __init__(self) -> None:
        self._take(_lowlevel.cocreate_ledger_new())

    def _take(self, handle: _lowlevel.Ledger) -> None:
        super().__init__(handle, "ledger")
        self._lock = threading.Lock()

    @classmethod
    def decode(cls, text: str | bytes) -> Ledger:
        """A journal from the lines of `encode`, with every rule and hash checked again.

        Raises
        ------
        cocreate.errors.VerifyError
            `where` is the line of the first thing that does not match.

        Examples
        --------
        >>> len(Ledger.decode(Ledger().encode()))
        0
        """
        self = cls.__new__(cls)
        self._take(_lowlevel.cocreate_ledger_decode(text))
        return self

    def post(self, key: str, at: int, lines: Sequence[tuple[str, str, int]], memo: str | None = None) -> bool:
        """Post an entry.

        Parameters
        ----------
        key : str
            Unique in the journal.
        at : int
            When, microseconds UTC.
        lines : sequence of (account, currency, minor)
            Two or more that sum to 0 in each currency; credits are positive.
        memo : str, optional
            One line for people.

        Returns
        -------
        bool
            False if the same entry was there already.

        Raises
        ------
        cocreate.errors.ArgumentError
            `where` is the index of a bad line.
        cocreate.errors.RefusedError
            If a balance would become negative.
        """
        accounts, currencies, amounts = _columns(lines)
        with self._lock:
            return _lowlevel.cocreate_ledger_post(self._h, key, at, memo, accounts, currencies, amounts)

    def reserve(
        self,
        key: str,
        at: int,
        lines: Sequence[tuple[str, str, int]],
        expires: int | None = None,
        memo: str | None = None,
    ) -> bool:
        """Post an entry as pending: what is available of the accounts it debits goes down, balances stay.

        It is later settled, voided, or expires at a time that is given.

        Raises
        ------
        cocreate.errors.RefusedError
            If less than that is available.

        Examples
        --------
        >>> ledger = Ledger()
        >>> ledger.post("fund", 0, [("sponsor:budget", "EUR", -5000), ("escrow:c", "EUR", 5000)])
        True
        >>> ledger.reserve("hold", 1, [("escrow:c", "EUR", -3000), ("payable:ana", "EUR", 3000)], expires=9)
        True
        >>> ledger.balance("escrow:c", "EUR"), ledger.available("escrow:c", "EUR")
        (5000, 2000)
        >>> ledger.settle("hold", "award", 2)
        True
        >>> ledger.balance("payable:ana", "EUR")
        3000
        """
        accounts, currencies, amounts = _columns(lines)
        until = _NEVER if expires is None else expires
        with self._lock:
            return _lowlevel.cocreate_ledger_reserve(self._h, key, at, until, memo, accounts, currencies, amounts)

    def settle(self, key: str, settlement_key: str, at: int, memo: str | None = None) -> bool:
        """Move what a pending entry reserved, all of it."""
        with self._lock:
            return _lowlevel.cocreate_ledger_settle(self._h, key, settlement_key, at, memo)

    def void(self, key: str, void_key: str, at: int, memo: str | None = None) -> bool:
        """Free what a pending entry reserved."""
        with self._lock:
            return _lowlevel.cocreate_ledger_void(self._h, key, void_key, at, memo)

    def expire(self, at: int) -> int:
        """Void every pending entry that has expired by `at`; how many."""
        with self._lock:
            return _lowlevel.cocreate_ledger_expire(self._h, at)

    def reverse(self, key: str, reversal_key: str, at: int, memo: str | None = None) -> bool:
        """Post the mirror image of an entry under a new key.

        Examples
        --------
        >>> ledger = Ledger()
        >>> ledger.post("a", 0, [("cash:x", "EUR", -5), ("fees:x", "EUR", 5)])
        True
        >>> ledger.reverse("a", "undo a", 1)
        True
        >>> ledger.balances()
        []
        """
        with self._lock:
            return _lowlevel.cocreate_ledger_reverse(self._h, key, reversal_key, at, memo)

    def post_awards(self, awards: Awards, at: int, prefix: str = "escrow:") -> bool:
        """Post money awards: "escrow:<fund>" pays "payable:<to>", all or none, each once.

        Returns
        -------
        bool
            False if all of them were there already.
        """
        with self._lock:
            return _lowlevel.cocreate_awards_post(self._h, awards._h, prefix, at)

    def balance(self, account: str, currency: str) -> int:
        """Balance in minor units; 0 for an account never used."""
        with self._lock:
            return _lowlevel.cocreate_ledger_balance(self._h, account, currency)

    def available(self, account: str, currency: str) -> int:
        """Balance less what pending entries would take."""
        with self._lock:
            return _lowlevel.cocreate_ledger_available(self._h, account, currency)

    def statement(self, account: str, currency: str, start: int = 0, end: int = 2**53 - 1) -> dict[str, Any]:
        """What happened on an account from `start` to before `end`.

        Returns
        -------
        dict
            {"account", "currency", "from", "to", "opening", "closing", "reserved", "lines"}.

        Examples
        --------
        >>> ledger = Ledger()
        >>> ledger.post("a", 5, [("cash:x", "EUR", -5), ("fees:x", "EUR", 5)])
        True
        >>> ledger.statement("fees:x", "EUR")["closing"]
        5
        """
        with self._lock:
            text = _lowlevel.cocreate_ledger_statement(self._h, account, currency, start, end)
        document: dict[str, Any] = json.loads(text)
        return document

    def csv(self) -> bytes:
        """The journal as CSV, one line of an entry a row."""
        with self._lock:
            return _lowlevel.cocreate_ledger_rows(self._h)

    def rows(self) -> list[dict[str, Any]]:
        """The same as records: `pandas.DataFrame(ledger.rows())` is a table."""
        text = io.StringIO(self.csv().decode(), newline="")
        return [
            {**row, "n": int(row["n"]), "at": int(row["at"]), "minor": int(row["minor"]) if row["minor"] else None}
            for row in csv.DictReader(text)
        ]

    def check(self) -> None:
        """Check everything again, from the entries alone.

        Raises
        ------
        cocreate.errors.VerifyError
            `where` is the number of the first entry that does not hold.
        """
        with self._lock:
            _lowlevel.cocreate_ledger_check(self._h)

    def balances(self) -> list[dict[str, Any]]:
        """All balances that are not 0: {"account", "currency", "minor"}, in order."""
        with self._lock:
            rows: list[dict[str, Any]] = json.loads(_lowlevel.cocreate_ledger_balances(self._h))
        return rows

    def entry(self, index: int) -> dict[str, Any]:
        """An entry, from 0: {"n", "key", "at", "memo", "lines", "prev", "hash"}."""
        with self._lock:
            text = _lowlevel.cocreate_ledger_entry(self._h, index)
        if text is None:
            raise IndexError(f"entry {index} of {len(self)}")
        entry: dict[str, Any] = json.loads(text)
        return entry

    def encode(self) -> bytes:
        """The journal as JSON Lines, one entry a line."""
        with self._lock:
            return _lowlevel.cocreate_ledger_encode(self._h)

    def __len__(self) -> int:
        with self._lock:
            return _lowlevel.cocreate_ledger_count(self._h)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for index in range(len(self)):
            yield self.entry(index)
