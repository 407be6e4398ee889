"""Commands about campaigns and their stores: presets, run, show, explain, verify, export, report."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

import cocreate
from cocreate import _tables, campaign, errors
from cocreate import report as report_module
from cocreate._records import TABLES, only_campaign, only_round, write_file
from cocreate.cli._frame import BAD_INPUT, REFUSED, about, cli, format_option, leave, output, progress


@cli.command()
@click.argument("name", required=False)
@format_option
def presets(name: str | None, format: str | None) -> None:
    """List the presets, or print one brief."""
    if name is not None:
        with about():
            brief = campaign.preset(name).brief
        click.echo(json.dumps(brief, indent=2, ensure_ascii=False))
        return
    rows = [{"name": row.name, "title": row.title} for row in campaign.presets()]
    output(format, rows, lambda console: _tables.presets(console, rows))


def run_line(store: cocreate.Store, place: str, line: bytes) -> dict[str, Any]:
    """One command of a script; whatever a rule or the state says no to is a refusal."""
    try:
        return store.execute(line)
    except (errors.ParseError, errors.SchemaError, errors.TooLargeError) as error:
        leave(place, error.text, BAD_INPUT)
    except errors.Error as error:
        leave(place, error.text, BAD_INPUT if error.text.startswith("$.do: ") else REFUSED)


@cli.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--store", "file", type=click.Path(path_type=Path), help="A new or existing store; default: memory.")
@format_option
def run(script: Path, file: Path | None, format: str | None) -> None:
    """Execute campaign commands, one JSON object a line; print the outcome.

    A refused command ends the run; what stands before it stays done.
    """
    with about(script):
        lines = script.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")  # some editors write the mark
    with about(file or ""):
        store = cocreate.Store(":memory:" if file is None else file)
    done = exists = 0
    touched: dict[str, None] = {}
    with store:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            outcome = run_line(store, f"{script}:{number}", line)
            done += outcome["status"] == "done"
            exists += outcome["status"] == "exists"
            for event in outcome["events"]:
                if "campaign" in event:
                    touched[event["campaign"]] = None
        with about(file or script):
            states = [store.show(id) for id in touched]
            root, events = store.root()
    value = {
        "commands": {"done": done, "exists": exists},
        "log": {"events": events, "root": root.hex()},
        "campaigns": states,
    }
    output(format, value, lambda console: _tables.outcome(console, value))


@contextmanager
def existing(path: Path, damaged: int = BAD_INPUT) -> Iterator[cocreate.Store]:
    """A store to look into; it is not changed. `damaged` is the exit status where it is no store that can be read."""
    with about(path):
        try:
            store = cocreate.Store(path, read_only=True)
        except errors.CorruptError as error:
            leave(str(path), error.text, damaged)
    with store, about(path):
        yield store


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("campaign_id", metavar="[CAMPAIGN]", required=False)
@click.option("--as", "viewer", metavar="PERSON", help="Of a CAMPAIGN, what this participant may see.")
@format_option
def show(store: Path, campaign_id: str | None, viewer: str | None, format: str | None) -> None:
    """State, places, awards, balances; without CAMPAIGN the list of campaigns."""
    if viewer is not None and campaign_id is None:
        raise click.UsageError("--as tells of one campaign: name it, as cocreate show STORE CAMPAIGN --as PERSON.")
    with existing(store) as opened:
        state = opened.show(campaign_id) if viewer is None else opened.view(campaign_id or "", viewer)
    table = _tables.campaigns if campaign_id is None else _tables.campaign
    output(format, state, lambda console: table(console, state))


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("id")
@click.option("--campaign", "campaign_id", metavar="CAMPAIGN", help="Where to look; default: everywhere.")
@click.option("--as", "viewer", default="host", metavar="PERSON", help="What this participant may know of it.")
@format_option
def explain(store: Path, id: str, campaign_id: str | None, viewer: str, format: str | None) -> None:
    """Why this entry, award or person stands where it stands."""
    with existing(store) as opened:
        answer = opened.explain(id, campaign_id, viewer)
    output(format, answer, lambda console: _tables.sentences(console, answer))


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--invariants", is_flag=True, help="Also look for what must hold of every store, and list it.")
@format_option
def verify(store: Path, invariants: bool, format: str | None) -> None:
    """Replay the log, recompute everything, name the first thing that does not match."""
    with existing(store, damaged=REFUSED) as opened:
        try:
            with progress("verifying") as report:
                answer = opened.check(progress=report) if invariants else opened.verify(progress=report)
        except errors.CorruptError as error:  # here damage is the answer, not bad input
            leave(str(store), error.text, REFUSED)
    table = _tables.checked if invariants else _tables.verified
    output(format, answer, lambda console: table(console, str(store), answer))


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--as", "kind", required=True, type=click.Choice(["jsonl", "csv", "preflib", "pabulib", "person"]))
@click.option("--campaign", "campaign_id", metavar="CAMPAIGN", help="Default: the only one of the store.")
@click.option("--round", "round_id", metavar="ROUND", help="Of preflib and pabulib; default: the only one with ballots. Narrows tables.")
@click.option("--table", type=click.Choice(TABLES), help="With --as csv; default: contributions.")
@click.option("--participant", metavar="ID", help="With --as person: everything of one participant, as JSON.")
@click.option("--viewer", default="host", metavar="PERSON", help="What this participant may see of it; not with --as person.")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="Default: standard output.")
def export(
    store: Path,
    kind: str,
    campaign_id: str | None,
    round_id: str | None,
    table: str | None,
    participant: str | None,
    viewer: str,
    file: Path | None,
) -> None:
    """The records out again: events, tables, ballots of a round, the data of one person."""
    if kind != "csv" and table is not None:
        raise click.UsageError("--table is for --as csv.")
    if (kind == "person") != (participant is not None):
        raise click.UsageError("--as person and --participant go together.")
    if kind == "person" and viewer != "host":
        raise click.UsageError("--as person and --viewer exclude each other.")
    with existing(store) as opened:
        if participant is not None:
            person = opened.export_person(participant)
            content = json.dumps(person, indent=2, ensure_ascii=False).encode() + b"\n"
        else:
            whole = viewer == "host" and (kind == "jsonl" or table == "participants")
            if campaign_id is None and not whole:
                campaign_id = only_campaign(opened)
            if round_id is None and kind in ("preflib", "pabulib"):
                round_id = only_round(opened, campaign_id)
            what = f"csv:{table or TABLES[0]}" if kind == "csv" else kind
            content = opened.export(what, campaign_id, round_id, viewer)
    with about(file or ""):
        write_file(file, content)


@cli.command("report")
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("campaign_id", metavar="CAMPAIGN")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="A page; default: the numbers as JSON.")
@click.option("--name", type=click.Choice(list(campaign.reports())), help="One report alone; without -o.")
@click.option("--as", "viewer", default="host", metavar="PERSON", help="What this participant may know; without -o.")
def report_command(store: Path, campaign_id: str, file: Path | None, name: str | None, viewer: str) -> None:
    """One self-contained page with pictures, or the numbers behind it."""
    if file is not None and name is not None:
        raise click.UsageError("the page has every report: -o and --name exclude each other.")
    if file is not None and viewer != "host":
        raise click.UsageError("the page is for the host, who sees all: -o and --as exclude each other.")
    with existing(store) as opened:
        if file is None:
            content = json.dumps(opened.report(campaign_id, name, viewer=viewer), indent=2, ensure_ascii=False) + "\n"
        else:
            content = report_module.page(opened, campaign_id)
    with about(file or ""):
        write_file(file, content.encode())
