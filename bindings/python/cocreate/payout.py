"""From awards to money: deductions, payments, and what comes after them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cocreate import _lowlevel
from cocreate._handle import Handle
from cocreate.base import document
from cocreate.ledger import Ledger
from cocreate.reward import Awards, Scheme

__all__ = ["Payout"]


class Payout(Handle[_lowlevel.Payout]):
    """The awards of one scheme, what became of them, and the journal they are written to.

    A call posts everything it is about or nothing; the same call again posts nothing and returns False. Nothing reads a
    clock: what is due happens when a call says so.

    Parameters
    ----------
    scheme : Scheme
        Its funds, deductions and lifecycle.
    ledger : Ledger, optional
        The journal to post to; a new one by default.
    escrow : str
        The account of a fund begins with it.

    Examples
    --------
    >>> from cocreate.reward import reward
    >>> scheme = Scheme({
    ...     "scheme": "cocreate.incentives/1", "currency": "EUR",
    ...     "funds": [{"id": "jury", "budget": "500.00"}],
    ...     "rules": [{"id": "prize", "kind": "ranked_prizes", "fund": "jury", "prizes": ["500.00"]}],
    ...     "deductions": [{"id": "wht", "rate": "0.30", "where": "payee.class=NRA", "account": "withheld:tax:US"}],
    ... })
    >>> payout = Payout(scheme)
    >>> payout.fund(0)
    True
    >>> payout.payees({"ana": {"class": "NRA"}}, 0)
    True
    >>> payout.award(reward(scheme, {"entries": [{"id": "ana", "score": 9}]}), 1)
    True
    >>> payout.ledger.balance("payable:ana", "EUR")
    35000
    >>> award = payout.awards()[0]
    >>> payout.pay(award["id"], "SEPA-1", 2), payout.pay(award["id"], "SEPA-1", 2)
    (True, False)
    """

    def __init__(self, scheme: Scheme, ledger: Ledger | None = None, escrow: str = "escrow:") -> None:
        journal = Ledger() if ledger is None else ledger
        self._take(journal, _lowlevel.cocreate_payout_new(scheme._h, journal._h, escrow))

    def _take(self, journal: Ledger, handle: _lowlevel.Payout) -> None:
        super().__init__(handle, "payout")
        self._ledger = journal
        self._journal = journal._h  # what the handle borrows lives as long as it does
        self._lock = journal._lock

    @classmethod
    def load(cls, scheme: Scheme, ledger: Ledger, saved: str | bytes | dict[str, Any]) -> Payout:
        """A payout from its `json`, with the journal it had.

        Raises
        ------
        cocreate.errors.VerifyError
            If the journal has not what the awards say.
        """
        self = cls.__new__(cls)
        self._take(ledger, _lowlevel.cocreate_payout_load(scheme._h, ledger._h, document(saved)))
        return self

    @property
    def ledger(self) -> Ledger:
        """The journal."""
        return self._ledger

    @property
    def json(self) -> str:
        """Everything as canonical JSON, for `load`."""
        with self._lock:
            return _lowlevel.cocreate_payout_json(self._h).decode()

    def awards(self) -> list[dict[str, Any]]:
        """The awards as records: {"id", "rule", "to", "state", "gross", "net", ...}; amounts in minor units."""
        rows: list[dict[str, Any]] = json.loads(self.json)["awards"]
        return rows

    def fund(self, at: int) -> bool:
        """Pay the budgets in: the sponsor to the escrow of each fund."""
        with self._lock:
            return _lowlevel.cocreate_payout_fund(self._h, at)

    def payees(self, facts: Any, at: int) -> bool:
        """Say what is known of payees; what is deducted from unpaid awards follows.

        Parameters
        ----------
        facts : dict or JSON
            {"ana": {"class", "jurisdiction", "verified", "tax_form", "paid"}}, all optional. From the first call on
            every recipient must be among them.
        at : int
            When, microseconds UTC.
        """
        with self._lock:
            return _lowlevel.cocreate_payout_payees(self._h, document(facts), at)

    def award(self, awards: Awards, at: int) -> bool:
        """Offer the awards: each fund pays the gross to the payee and the accounts of the deductions.

        Raises
        ------
        cocreate.errors.ConflictError
            If other awards were offered: see `adjust`.
        """
        with self._lock:
            return _lowlevel.cocreate_payout_award(self._h, awards._h, at)

    def accept(self, award: str, at: int) -> bool:
        """Accept an award."""
        with self._lock:
            return _lowlevel.cocreate_payout_accept(self._h, award, at)

    def decline(self, award: str, at: int, reason: str | None = None) -> bool:
        """Decline an award that is not paid."""
        with self._lock:
            return _lowlevel.cocreate_payout_decline(self._h, award, reason, at)

    def pay(self, award: str, reference: str, at: int, rail: str = "bank") -> bool:
        """Record that an award was paid.

        Raises
        ------
        cocreate.errors.ConflictError
            If the reference is that of another payment.
        cocreate.errors.RefusedError
            If a guard of the lifecycle stands against it.
        """
        with self._lock:
            return _lowlevel.cocreate_payout_pay(self._h, award, reference, rail, at)

    def expire(self, at: int) -> int:
        """End the awards that were not accepted or claimed in time; how many."""
        with self._lock:
            return _lowlevel.cocreate_payout_expire(self._h, at)

    def reverse(self, award: str, at: int, reason: str | None = None) -> bool:
        """Take an award back: what was paid is owed by the payee."""
        with self._lock:
            return _lowlevel.cocreate_payout_reverse(self._h, award, reason, at)

    def adjust(self, awards: Awards, revision: int, at: int) -> bool:
        """Post the difference to another evaluation of the same scheme.

        Raises
        ------
        cocreate.errors.RefusedError
            If more is due than can be spent.
        """
        with self._lock:
            return _lowlevel.cocreate_payout_adjust(self._h, awards._h, revision, at)

    def recover(self, award: str, minor: int, reference: str, at: int, rail: str = "bank") -> bool:
        """Record that a payee gave back what was owed."""
        with self._lock:
            return _lowlevel.cocreate_payout_recover(self._h, award, minor, reference, rail, at)

    def write_off(self, award: str, minor: int, reference: str, at: int, by: str = "sponsor") -> bool:
        """Give up what is owed; "sponsor" or "escrow" absorbs it."""
        with self._lock:
            return _lowlevel.cocreate_payout_write_off(self._h, award, minor, reference, by, at)

    def default(self, fund: str, persons: Iterable[str], at: int) -> bool:
        """Share what is left of a fund equally, where nobody was chosen."""
        with self._lock:
            return _lowlevel.cocreate_payout_default(self._h, fund, list(persons), at)

    def spendable(self, fund: str) -> int:
        """What can be awarded again from a fund, in minor units: its escrow less what payees owe to it."""
        with self._lock:
            return _lowlevel.cocreate_payout_spendable(self._h, fund)

    def close_funds(self, at: int) -> bool:
        """Give what is left of the funds back to the sponsor."""
        with self._lock:
            return _lowlevel.cocreate_payout_close(self._h, at)
