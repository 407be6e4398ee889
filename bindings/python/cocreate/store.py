"""Where campaigns live, and the commands a platform calls."""

from __future__ import annotations

import datetime
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cocreate import _lowlevel
from cocreate._handle import Handle, Turn
from cocreate.arrays import exact
from cocreate.base import answer, document
from cocreate.errors import ArgumentError

__all__ = ["Info", "Store", "Time", "microseconds"]

#: A time: microseconds since 1970 UTC, RFC 3339 text, or a datetime with a time zone.
Time = int | str | datetime.datetime

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def microseconds(at: Time) -> int:
    """A time as microseconds since 1970-01-01T00:00:00Z.

    Examples
    --------
    >>> microseconds("2009-07-26T18:18:28Z")
    1248632308000000
    """
    if isinstance(at, str):
        try:
            at = datetime.datetime.fromisoformat(at)
        except ValueError:
            raise ArgumentError(f"{at!r} is no time") from None
    if isinstance(at, datetime.datetime):
        if at.tzinfo is None:
            raise ArgumentError(f"{at} has no time zone")
        return (at - _EPOCH) // datetime.timedelta(microseconds=1)
    return at


@dataclass(frozen=True)
class Info:
    """What is in a store."""

    #: Version of its schema.
    format: int
    in_batch: bool
    #: Length of the log.
    events: int
    #: Time of the last event, microseconds UTC, or None.
    last_at: int | None


def _command(command: str | bytes | Mapping[str, Any] | None, members: Mapping[str, Any]) -> str | bytes:
    if isinstance(command, str | bytes):
        if members:
            raise ArgumentError("a command as text takes no members beside it")
        return document(command)
    body = {**(command or {}), **members}
    if isinstance(body.get("at"), datetime.datetime):
        body["at"] = microseconds(body["at"])
    return document(body)


class Store(Handle[_lowlevel.Store]):
    """An open store: a SQLite file, or memory. Calls from several threads take turns.

    Parameters
    ----------
    path : path
        A file, made if there is none; or ":memory:".
    secret : bytes, optional
        32 fresh random bytes for the salts of personal data; drawn from the system if left out.
    busy_ms : int
        How long to wait for another writer.
    read_only : bool
        The file must exist and is not changed.
    must_exist : bool
        Do not make a file.

    Examples
    --------
    >>> with Store() as store:
    ...     store.participant("1970-01-01T00:00:00Z", "host", "acme", "firm")
    ...     store.info().events
    True
    1
    """

    def __init__(
        self,
        path: str | os.PathLike[str] = ":memory:",
        *,
        secret: bytes | None = None,
        busy_ms: int = 5000,
        read_only: bool = False,
        must_exist: bool = False,
    ) -> None:
        if secret is None:
            secret = secrets.token_bytes(32)
        handle = _lowlevel.cocreate_store_open(os.fspath(path), None, secret, busy_ms, read_only, must_exist)
        super().__init__(handle, "store")
        self._lock = Turn()

    def close(self) -> None:
        """Close the store; a batch that is open is rolled back. Closing twice is fine."""
        with self._lock:
            super().close()

    # ---- commands ----

    def execute(self, command: str | bytes | Mapping[str, Any] | None = None, **members: Any) -> dict[str, Any]:
        """Execute a command.

        Parameters
        ----------
        command : str, bytes or mapping, optional
            {"at": ..., "actor": ..., "do": "contribution.submit", ...}; `commands()` lists them.
        **members
            The same as keyword arguments, `at` also as a datetime.

        Returns
        -------
        dict
            {"status": "done" or "exists", "events": [...]}.

        Raises
        ------
        cocreate.errors.RefusedError
            If a rule of the campaign refuses it; and what else `cocreate.errors` has.

        Examples
        --------
        >>> with Store() as store:
        ...     put = dict(at=0, actor="host", do="participant.put", participant="ann", side="customer")
        ...     [store.execute(put)["status"], store.execute(**put)["status"]]
        ['done', 'exists']
        """
        text = _command(command, members)
        with self._lock:
            return answer(_lowlevel.cocreate_execute(self._h, text))

    def preview(self, command: str | bytes | Mapping[str, Any] | None = None, **members: Any) -> dict[str, Any]:
        """What a command would do: executed and undone. Parameters, result and errors are those of `execute`.

        Examples
        --------
        >>> with Store() as store:
        ...     put = dict(at=0, actor="host", do="participant.put", participant="ann", side="customer")
        ...     [store.preview(put)["status"], store.info().events]
        ['done', 0]
        """
        text = _command(command, members)
        with self._lock:
            return answer(_lowlevel.cocreate_preview(self._h, text))

    def hooks(
        self,
        *,
        authorize: Callable[[str, str, str | None], object] | None = None,
        veto: Callable[[str], str | None] | None = None,
        observe: Callable[[int, int], object] | None = None,
    ) -> None:
        """Say what the host wants to be asked and told; what is left out is not asked any more.

        None of them may use the store it is called from: that is a `BusyError`.

        Parameters
        ----------
        authorize : callable of (actor, action, campaign), optional
            A false result denies the command, as does an exception, which is raised by the command.
        veto : callable of (events as JSON), optional
            Asked before events are written. A text refuses them and is the reason; None lets them pass.
        observe : callable of (first, last), optional
            Told which events are on disk. An exception cannot undo them; it is reported as unraisable.

        Examples
        --------
        >>> with Store() as store:
        ...     store.hooks(observe=lambda first, last: print("written", first, last))
        ...     store.participant(0, "host", "ann", "customer")
        written 1 1
        True
        """
        wanted = (authorize, veto, observe)
        with self._lock:
            _lowlevel.cocreate_store_hooks(self._h, wanted)
            self._hooks = wanted  # the library borrows it

    def participant(
        self, at: Time, actor: str, id: str, side: str, person: Mapping[str, Any] | None = None
    ) -> bool:
        """Register a participant of side "firm", "customer", "partner" or "public".

        Personal data goes beside the log, behind a salted commitment.

        Returns
        -------
        bool
            False if it was there already, as for all commands below.
        """
        data = None if person is None else json.dumps(person)
        with self._lock:
            return _lowlevel.cocreate_participant_put(self._h, microseconds(at), actor, id, side, data)

    def contribution(
        self,
        campaign: str,
        at: Time,
        author: str,
        id: str,
        fields: Mapping[str, Any] | None = None,
        terms: str | None = None,
    ) -> bool:
        """Submit a contribution of one author; teams go through `execute`.

        Parameters
        ----------
        campaign : str
            Id of the campaign.
        at : Time
            Now.
        author : str
            Participant who submits.
        id : str
            Of the contribution.
        fields : mapping, optional
            What the form of the brief describes.
        terms : str, optional
            Version of the rights terms accepted.
        """
        data = None if fields is None else json.dumps(fields)
        with self._lock:
            return _lowlevel.cocreate_contribution_submit(
                self._h, campaign, microseconds(at), author, id, data, terms
            )

    def vote(
        self,
        campaign: str,
        round: str,
        at: Time,
        voter: str,
        ballot: Sequence[str] | Mapping[str, int],
        values: npt.ArrayLike | None = None,
    ) -> bool:
        """Cast a ballot in a customer-led round: the fast path of a platform.

        Parameters
        ----------
        campaign, round : str
            Ids.
        at : Time
            Now.
        voter : str
            Participant.
        ballot : sequence of str, or mapping
            Contribution ids, rankings best first; or ids with ranks, scores or points.
        values : array_like of int, optional
            Ranks, scores or points of a sequence.
        """
        if isinstance(ballot, Mapping):
            if values is not None:
                raise ArgumentError("a mapping has its values already")
            values = list(ballot.values())
        marks = None if values is None else exact(values, np.int64)
        with self._lock:
            return _lowlevel.cocreate_vote(
                self._h, campaign, round, microseconds(at), voter, list(ballot), marks
            )

    def run(
        self,
        campaign: str,
        round: str,
        at: Time,
        actor: str,
        run: str,
        contribution: str,
        value: Any = None,
        reason: str | None = None,
    ) -> bool:
        """Record a run of a metric round.

        Parameters
        ----------
        campaign, round : str
            Ids.
        at : Time
            Now.
        actor : str
            Firm side, who evaluates.
        run, contribution : str
            Id of the run, and whose it is.
        value : str, int or Decimal, optional
            The exact value, as "0.856704"; None: missing. A float is refused.
        reason : str, optional
            Why it is missing.
        """
        if isinstance(value, float):
            raise TypeError("the value is a float; give its decimal as text")
        text = None if value is None else str(value)
        with self._lock:
            return _lowlevel.cocreate_run_record(
                self._h, campaign, round, microseconds(at), actor, run, contribution, text, reason
            )

    def tick(self, at: Time) -> bool:
        """Let happen what is due. Called late, early or in steps, the result is the same.

        Examples
        --------
        >>> Store().tick(0)
        False
        """
        with self._lock:
            return _lowlevel.cocreate_tick(self._h, microseconds(at))

    # ---- batches ----

    def begin(self) -> None:
        """Start a batch: the commands up to `commit` share one transaction, and one wait for the disk."""
        with self._lock:
            _lowlevel.cocreate_store_begin(self._h)

    def commit(self) -> None:
        """Put a batch on disk; only now its commands are acknowledged."""
        with self._lock:
            _lowlevel.cocreate_store_commit(self._h)

    def rollback(self) -> None:
        """Forget a batch."""
        with self._lock:
            _lowlevel.cocreate_store_rollback(self._h)

    @contextmanager
    def batch(self) -> Iterator[Store]:
        """A batch that is committed at the end, and rolled back if an exception leaves it.

        Other threads wait until it is over.

        Examples
        --------
        >>> with Store() as store:
        ...     with store.batch():
        ...         for name in ("ann", "bob"):
        ...             _ = store.participant(0, "host", name, "customer")
        ...     store.info().events
        2
        """
        with self._lock:
            self.begin()
            try:
                yield self
            except BaseException:
                self.rollback()
                raise
            self.commit()

    # ---- reading ----

    def info(self) -> Info:
        """The counts of the store."""
        with self._lock:
            format, in_batch, events, last_at = _lowlevel.cocreate_store_info_get(self._h)
        return Info(format, bool(in_batch), events, None if last_at == -(2**63) else last_at)

    def show(self, campaign: str | None = None) -> dict[str, Any]:
        """State of a campaign, or the list of campaigns and the head of the log.

        Examples
        --------
        >>> Store().show()["campaigns"]
        []
        """
        with self._lock:
            return answer(_lowlevel.cocreate_show(self._h, campaign))

    def view(self, campaign: str, viewer: str | None = None) -> dict[str, Any]:
        """State of a campaign as one viewer may see it: a participant; None is anybody, "host" sees all.

        Examples
        --------
        >>> with Store() as store:
        ...     _ = store.participant(0, "host", "acme", "firm")
        ...     _ = store.execute(at=0, actor="acme", do="campaign.create", campaign="c", preset="netflix_prize")
        ...     store.view("c", "acme")["state"]
        'draft'
        """
        with self._lock:
            return answer(_lowlevel.cocreate_view(self._h, campaign, viewer))

    def explain(self, id: str, campaign: str | None = None, viewer: str | None = "host") -> dict[str, Any]:
        """Why something stands where it stands, as far as `viewer` may see it: {"sentences": [...], "facts": {...}}."""
        with self._lock:
            return answer(_lowlevel.cocreate_explain_as(self._h, id, campaign, viewer))

    def events(self, start: int = 1, limit: int = 0) -> list[dict[str, Any]]:
        """Events in order, from a sequence number; at most `limit`, 0 = all.

        Examples
        --------
        >>> Store().events()
        []
        """
        return [json.loads(line) for line in self.log(start, limit).splitlines()]

    def log(self, start: int = 1, limit: int = 0) -> bytes:
        """The same as canonical JSON Lines: each line is a leaf of the tree."""
        with self._lock:
            return _lowlevel.cocreate_events(self._h, start, limit)

    def events_since(
        self, cursor: int = 1, limit: int = 0, campaign: str | None = None, type: str | None = None
    ) -> tuple[list[dict[str, Any]], int]:
        """Events that match, and the cursor to go on with: an outbox that is read from where one stopped.

        Parameters
        ----------
        cursor : int
            First sequence number to look at.
        limit : int
            At most so many events; 0 = all.
        campaign : str, optional
            Only its events.
        type : str, optional
            Only this type or, with a final dot, family: "award.paid", "award.".

        Examples
        --------
        >>> with Store() as store:
        ...     store.participant(0, "host", "ann", "customer")
        ...     events, cursor = store.events_since(type="participant.")
        ...     [event["type"] for event in events], cursor, store.events_since(cursor)
        True
        (['participant.put'], 2, ([], 2))
        """
        with self._lock:
            following, lines = _lowlevel.cocreate_events_since(self._h, cursor, limit, campaign, type)
        return [json.loads(line) for line in lines.splitlines()], following

    def export(
        self, format: str, campaign: str | None = None, round: str | None = None, viewer: str | None = "host"
    ) -> bytes:
        """The records out again, as a file of a format of the field.

        Parameters
        ----------
        format : str
            "jsonl" (the log), "csv:TABLE" with TABLE contributions, revisions, ballots, decisions, runs, awards,
            ledger, periods, extras, useful, participants or invitations, "preflib" or "pabulib" (the ballots of a
            round that stand).
        campaign : str, optional
            May be left out for "jsonl" and "csv:participants".
        round : str, optional
            Needed for "preflib" and "pabulib"; narrows tables.
        viewer : str, optional
            Who may see what is in it; None is anybody, the default "host" sees all.

        Examples
        --------
        >>> with Store() as store:
        ...     store.participant(0, "host", "ann", "customer")
        ...     store.export("csv:participants").decode().splitlines()
        True
        ['id,side,weight,status,person,at', 'ann,customer,,,,0']
        """
        with self._lock:
            return _lowlevel.cocreate_export_as(self._h, campaign, round, format, viewer)

    def export_person(self, participant: str) -> dict[str, Any]:
        """What the store holds of one person, in clear, for that person.

        Examples
        --------
        >>> with Store() as store:
        ...     store.participant(0, "host", "ann", "customer", {"email": "ann@example.org"})
        ...     store.export_person("ann")["person"]
        True
        {'email': 'ann@example.org'}
        """
        with self._lock:
            return answer(_lowlevel.cocreate_export_person(self._h, participant))

    def report(
        self, campaign: str, name: str | None = None, as_of: Time | None = None, viewer: str | None = "host"
    ) -> dict[str, Any]:
        """What a campaign was: all reports, or one of `cocreate.campaign.reports()`.

        Parameters
        ----------
        campaign : str
            Its id.
        name : str, optional
            Of one report, as "funnel".
        as_of : Time, optional
            Now, for what still waits; default: the time of the last event.
        viewer : str, optional
            Who asks: of all reports, those for them. None is anybody, the default "host" sees all.

        Examples
        --------
        >>> with Store() as store:
        ...     _ = store.participant(0, "host", "acme", "firm")
        ...     _ = store.execute(at=0, actor="acme", do="campaign.create", campaign="c", preset="netflix_prize")
        ...     store.report("c", "form")["reports"]["form"]["form"]
        'none yet'
        """
        now = -(2**63) if as_of is None else microseconds(as_of)
        with self._lock:
            return answer(_lowlevel.cocreate_report_as(self._h, campaign, name, now, viewer))

    def root(self) -> tuple[bytes, int]:
        """Root of the Merkle tree over all events, and their number.

        Examples
        --------
        >>> Store().root()[1]
        0
        """
        with self._lock:
            return _lowlevel.cocreate_root(self._h)

    def verify(
        self,
        root: bytes | None = None,
        size: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> dict[str, Any]:
        """Replay the whole log, recompute every result, award and entry, and compare.

        Parameters
        ----------
        root : bytes, optional
            The root published earlier for the first `size` events.
        size : int
            Length of the log that `root` covers.
        progress : callable of (done, total), optional
            Cancels by a true result.

        Returns
        -------
        dict
            Counts of what was checked, and the root.

        Raises
        ------
        cocreate.errors.VerifyError
            Names the first event, row, place or cent that does not match; `where` is the sequence number.

        Examples
        --------
        >>> Store().verify()["events"]
        0
        """
        with self._lock.calling():
            return answer(_lowlevel.cocreate_verify(self._h, root, size, progress))

    def check(self, progress: Callable[[int, int], object] | None = None) -> dict[str, Any]:
        """Look for what must hold of every store at every moment; verification is the first of it.

        Parameters
        ----------
        progress : callable of (done, total), optional
            Cancels by a true result.

        Returns
        -------
        dict
            ``invariants``: of each ``id``, ``title`` and how many things it was looked for in, ``checked``.

        Raises
        ------
        cocreate.errors.VerifyError
            Names the first that does not hold, and how many more.

        Examples
        --------
        >>> [row["id"] for row in Store().check()["invariants"]][:3]
        ['log', 'counts', 'shares']
        """
        with self._lock.calling():
            return answer(_lowlevel.cocreate_check(self._h, progress))

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Copy the store, while it is in use, to a file that does not exist."""
        with self._lock:
            _lowlevel.cocreate_store_backup(self._h, os.fspath(path))
