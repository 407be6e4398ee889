"""What the commands `export` and `report` need beside the library."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import cocreate

__all__ = ["TABLES", "only_campaign", "only_round", "write_file"]

TABLES = ["contributions", "revisions", "ballots", "decisions", "runs", "awards", "ledger", "periods", "extras",
          "useful", "participants", "invitations"]


def write_file(path: Path | None, content: bytes) -> None:
    """To a file, whole or not at all, or to standard output."""
    if path is None:
        sys.stdout.buffer.write(content)
        return
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def only_campaign(store: cocreate.Store) -> str:
    """The campaign that goes without saying."""
    ids: list[str] = [row["id"] for row in store.show()["campaigns"]]
    if len(ids) != 1:
        raise click.UsageError(f"the store has {len(ids)} campaigns; name one with --campaign.")
    return ids[0]


def only_round(store: cocreate.Store, campaign: str | None) -> str:
    """The round whose ballots go without saying."""
    rounds = [row["id"] for row in store.show(campaign)["rounds"] if row["lead"] in ("customer", "jury")]
    if not rounds:
        raise click.UsageError(f"campaign '{campaign}' has no round with ballots.")
    if len(rounds) != 1:
        raise click.UsageError(f"campaign '{campaign}' has {len(rounds)} rounds with ballots; name one with --round.")
    return str(rounds[0])
