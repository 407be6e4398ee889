"""Incentive rules: a scheme and a closed result in, awards with replayable traces out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cocreate import _lowlevel, money
from cocreate._handle import Handle
from cocreate.base import document
from cocreate.ranking import Ranking

__all__ = ["Award", "Awards", "Scheme", "advise", "preview", "replay", "reward", "rule_kinds", "schema"]


@dataclass(frozen=True)
class Award:
    """Who gets what, and why."""

    id: str
    #: The rule that gave it.
    rule: str
    to: str
    #: The entry it is for, if any.
    entry: str | None
    #: "money", "points", or what is recognised, as "badge" or "level".
    kind: str
    #: What points are called; None for recognition. `fund` is None but for money.
    currency: str | None
    #: In minor units; points may be negative; 0 for recognition.
    minor: int
    #: Decimals of the minor unit.
    exponent: int
    fund: str | None
    #: The steps that led to it; `replay` recomputes the amount from them.
    trace: list[dict[str, Any]]

    @property
    def amount(self) -> str:
        """The amount as people write it, as "375.00"."""
        return money.format(self.minor, self.exponent)


class Scheme(Handle[_lowlevel.Scheme]):
    """A checked scheme. Immutable; may be shared between threads.

    Parameters
    ----------
    scheme : str, bytes or dict
        JSON, schema "cocreate.incentives/1".

    Raises
    ------
    cocreate.errors.SchemaError
        The text begins with the JSON path.
    cocreate.errors.UnboundedError
        If a rule has no bound on what it may cost.

    Examples
    --------
    >>> scheme = Scheme({
    ...     "scheme": "cocreate.incentives/1", "currency": "EUR",
    ...     "funds": [{"id": "jury", "budget": "750.00"}],
    ...     "rules": [{"id": "prizes", "kind": "ranked_prizes", "fund": "jury", "prizes": ["500.00", "250.00"]}],
    ... })
    >>> scheme.liability()["liability"]
    {'EUR': '750.00'}
    """

    def __init__(self, scheme: Any) -> None:
        super().__init__(_lowlevel.cocreate_scheme_parse(document(scheme)), "scheme")

    @property
    def json(self) -> str:
        """The scheme as canonical JSON."""
        return _lowlevel.cocreate_scheme_json(self._h)

    @property
    def digest(self) -> str:
        """"sha256:" and 64 hex digits over the canonical JSON."""
        return _lowlevel.cocreate_scheme_digest(self._h)

    def liability(self) -> dict[str, Any]:
        """What the scheme may cost at worst, in all, by rule and by fund."""
        answer: dict[str, Any] = json.loads(_lowlevel.cocreate_scheme_liability(self._h))
        return answer


class Awards(Handle[_lowlevel.Awards]):
    """What an evaluation gave. Immutable; may be shared between threads."""

    def __init__(self, handle: _lowlevel.Awards) -> None:
        super().__init__(handle, "awards")

    @property
    def json(self) -> str:
        """Canonical JSON: awards, unspent, liability, digests."""
        return _lowlevel.cocreate_awards_json(self._h)

    @property
    def document(self) -> dict[str, Any]:
        """The same, parsed."""
        value: dict[str, Any] = json.loads(self.json)
        return value

    @property
    def digest(self) -> str:
        """"sha256:" and 64 hex digits over the canonical JSON without its digest."""
        return _lowlevel.cocreate_awards_digest(self._h)

    def explain(self, index: int) -> str:
        """The trace of one award as a sentence its recipient understands."""
        return _lowlevel.cocreate_awards_explain(self._h, index).decode()

    def open_badge(self, index: int, about: Any) -> dict[str, Any]:
        """An award of recognition as a credential of Open Badges 3.0, without a proof.

        Parameters
        ----------
        index : int
            Which award.
        about : str, bytes or dict
            ``issuer`` (a Profile with an ``id``, or its URI), ``base`` (the URI under which awards and
            achievements have theirs), ``valid_from``, and perhaps ``valid_until`` and ``subjects`` (URIs of
            recipients by their ids).

        Examples
        --------
        >>> scheme = {
        ...     "scheme": "cocreate.incentives/1", "currency": "EUR",
        ...     "rules": [{"id": "finalist", "kind": "badge", "where": "rank<=3", "title": "Finalist", "role": "author"}],
        ... }
        >>> awards = reward(scheme, {"entries": [{"id": "e1", "owner": "ann", "score": "91"}]})
        >>> badge = awards.open_badge(0, {
        ...     "issuer": "https://example.org/", "base": "https://example.org/badges/",
        ...     "valid_from": "2026-01-01T00:00:00Z", "subjects": {"ann": "did:example:ann"},
        ... })
        >>> badge["name"], badge["credentialSubject"]["id"], badge["credentialSubject"]["role"]
        ('Finalist', 'did:example:ann', 'author')
        """
        credential: dict[str, Any] = json.loads(
            _lowlevel.cocreate_awards_open_badge(self._h, index, document(about))
        )
        return credential

    def records(self) -> list[dict[str, Any]]:
        """One flat row for each award, as a table of pandas takes them.

        Examples
        --------
        >>> scheme = {
        ...     "scheme": "cocreate.incentives/1", "currency": "EUR",
        ...     "funds": [{"id": "jury", "budget": "500.00"}],
        ...     "rules": [{"id": "first", "kind": "ranked_prizes", "fund": "jury", "prizes": ["500.00"]}],
        ... }
        >>> awards = reward(scheme, {"entries": [{"id": "e1", "owner": "ann", "score": "91"}]})
        >>> [(row["to"], row["amount"], row["why"]) for row in awards.records()]
        [('ann', '500.00', 'Place 1 (score 91): the prize of 500.00.')]
        """
        return [
            {
                "id": award.id,
                "rule": award.rule,
                "to": award.to,
                "entry": award.entry,
                "kind": award.kind,
                "currency": award.currency,
                "amount": award.amount if award.currency is not None else None,
                "minor": award.minor,
                "fund": award.fund,
                "why": self.explain(index),
            }
            for index, award in enumerate(self)
        ]

    def __len__(self) -> int:
        return _lowlevel.cocreate_awards_count(self._h)

    def __getitem__(self, index: int) -> Award:
        count = len(self)
        place = index + count if index < 0 else index
        if not 0 <= place < count:
            raise IndexError(f"award {index} of {count}")
        id, rule, to, entry, kind, currency, minor, exponent, fund, trace = _lowlevel.cocreate_awards_at(
            self._h, place
        )
        return Award(id, rule, to, entry, kind, currency, minor, exponent, fund, json.loads(trace))

    def __iter__(self) -> Iterator[Award]:
        for index in range(len(self)):
            yield self[index]


def reward(scheme: Scheme | Any, result: Ranking | Any, seed: bytes | None = None) -> Awards:
    """Evaluate a scheme on a closed result.

    Parameters
    ----------
    scheme : Scheme, str, bytes or dict
        The rules.
    result : Ranking, str, bytes or dict
        {"entries": [{"id", "owner", "score", ...}]}, or a ranking.
    seed : bytes, optional
        32 bytes, for rules that draw lots.

    Raises
    ------
    cocreate.errors.TieError
        If a tie policy needs what the result does not say.

    Examples
    --------
    Two entries share places 2 and 3.

    >>> scheme = {
    ...     "scheme": "cocreate.incentives/1", "currency": "EUR",
    ...     "funds": [{"id": "jury", "budget": "1750.00"}],
    ...     "rules": [{"id": "prizes", "kind": "ranked_prizes", "fund": "jury", "ties": "pool",
    ...                "prizes": ["1000.00", "500.00", "250.00"]}],
    ... }
    >>> entries = [("e1", "ann", "91"), ("e2", "bob", "84"), ("e3", "cid", "84")]
    >>> result = {"entries": [{"id": id, "owner": owner, "score": score} for id, owner, score in entries]}
    >>> [(award.to, award.amount) for award in reward(scheme, result)]
    [('ann', '1000.00'), ('bob', '375.00'), ('cid', '375.00')]
    """
    return Awards(_lowlevel.cocreate_reward(_scheme(scheme)._h, _result(result), seed))


def preview(before: Scheme | Any, after: Scheme | Any, result: Ranking | Any, seed: bytes | None = None) -> dict[str, Any]:
    """What another scheme would change: both are evaluated on one result and compared.

    Parameters
    ----------
    before, after : Scheme, str, bytes or dict
        The scheme as it is, and as it might be.
    result : Ranking, str, bytes or dict
        As for `reward`.
    seed : bytes, optional
        32 bytes, for rules that draw lots; the same for both.

    Returns
    -------
    dict
        "people": for each person and unit what they get "before" and "after", and the "change"; "totals" of all;
        "recognition": how often either recognises; "before" and "after": worst case and digests.

    Raises
    ------
    cocreate.errors.Error
        As of `reward`; the text begins with "before: " or "after: ".

    Examples
    --------
    >>> from cocreate import rules
    >>> funds = [rules.fund("jury", 750)]
    >>> one = rules.scheme("EUR", funds=funds, rules=[rules.winner_takes_all("first", fund="jury", prize=750)])
    >>> two = rules.scheme("EUR", funds=funds, rules=[rules.ranked_prizes("all", fund="jury", prizes=[500, 250])])
    >>> result = {"entries": [{"id": "ann", "score": 91}, {"id": "bob", "score": 84}]}
    >>> [(row["to"], row["before"], row["after"], row["change"]) for row in preview(one, two, result)["people"]]
    [('ann', '750.00', '500.00', '-250.00'), ('bob', '0.00', '250.00', '250.00')]
    """
    answer: dict[str, Any] = json.loads(
        _lowlevel.cocreate_reward_preview(_scheme(before)._h, _scheme(after)._h, _result(result), seed)
    )
    return answer


def _scheme(scheme: Scheme | Any) -> Scheme:
    return scheme if isinstance(scheme, Scheme) else Scheme(scheme)


def _result(result: Ranking | Any) -> str | bytes:
    return result.json if isinstance(result, Ranking) else document(result)


def replay(trace: Any) -> int:
    """Recompute an amount in minor units from its trace alone, as a verifier does.

    Raises
    ------
    cocreate.errors.VerifyError
        If a step does not follow from the ones before.

    Examples
    --------
    >>> scheme = {
    ...     "scheme": "cocreate.incentives/1", "currency": "EUR",
    ...     "funds": [{"id": "jury", "budget": "500.00"}],
    ...     "rules": [{"id": "first", "kind": "ranked_prizes", "fund": "jury", "prizes": ["500.00"]}],
    ... }
    >>> award = reward(scheme, {"entries": [{"id": "e1", "owner": "ann", "score": "91"}]})[0]
    >>> replay(award.trace) == award.minor == 50000
    True
    """
    return _lowlevel.cocreate_trace_replay(document(trace))


def advise(facts: Any) -> dict[str, Any]:
    """What the theory of contests says of a prize and a number of entrants; it chooses nothing.

    Parameters
    ----------
    facts : str, bytes or dict
        {"currency", "prize", "entrants"}, and where they matter "minor_unit" and "decisiveness".

    Examples
    --------
    >>> report = advise({"currency": "EUR", "prize": "100.00", "entrants": 2})
    >>> all(fact["source"] for fact in report["facts"])
    True
    """
    report: dict[str, Any] = json.loads(_lowlevel.cocreate_advise(document(facts)))
    return report


def rule_kinds() -> list[dict[str, Any]]:
    """The kinds of rules: kind, title, parameters, bound and source.

    Examples
    --------
    >>> "ranked_prizes" in {kind["kind"] for kind in rule_kinds()}
    True
    """
    rows: list[dict[str, Any]] = json.loads(_lowlevel.cocreate_rule_kinds())
    return rows


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scheme.

    Examples
    --------
    >>> schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    value: dict[str, Any] = json.loads(_lowlevel.cocreate_scheme_schema())
    return value
