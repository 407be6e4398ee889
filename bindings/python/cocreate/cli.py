"""The command line: a thin face of the library that decides nothing itself. docs/reference/cli.md describes it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import Progress

import cocreate
from cocreate import _tables, campaign, errors, money
from cocreate import ranking as ranking_module
from cocreate import report as report_module
from cocreate import reward as reward_module
from cocreate._records import TABLES, only_campaign, only_round, write_file
from cocreate.profile import Kind, Profile

__all__ = ["cli", "main"]

REFUSED, BAD_INPUT = 1, 2

# What a rule says no to, and what does not verify; the rest is bad input.
_REFUSALS = (
    errors.RefusedError,
    errors.NotAllowedError,
    errors.ConflictError,
    errors.TimeOrderError,
    errors.VerifyError,
    errors.TieError,
    errors.UnboundedError,
    errors.BusyError,
    errors.StorageError,
)


def leave(place: str, text: str, status: int) -> NoReturn:
    """One line on standard error, and out."""
    one_line = " ".join(text.split("\n")).removeprefix(f"{place}: ")
    click.echo(f"cocreate: {place}: {one_line}" if place else f"cocreate: {one_line}", err=True)
    sys.exit(status)


@contextmanager
def about(place: str | Path = "", lines: bool = False) -> Iterator[None]:
    """Turn errors into one line and an exit status. With `lines`, `where` is a line of the file."""
    try:
        yield
    except errors.Error as error:
        spot = f"{place}:{error.where}" if lines and error.where else str(place)
        leave(spot, error.text, REFUSED if isinstance(error, _REFUSALS) else BAD_INPUT)
    except UnicodeError:
        leave(str(place), "not UTF-8", BAD_INPUT)
    except OSError as error:
        leave(str(place) or str(error.filename), (error.strerror or str(error)).lower(), BAD_INPUT)
    except (ValueError, TypeError, OverflowError) as error:
        leave(str(place), str(error), BAD_INPUT)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error once work has taken half a second; nothing where that is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    bar = Progress(console=console, transient=True)
    task = bar.add_task(label, total=None)
    patience = time.monotonic() + 0.5

    def report(done: int, total: int) -> None:
        if not bar.live.is_started and time.monotonic() > patience:
            bar.start()
        bar.update(task, completed=done, total=total or None)

    try:
        yield report
    finally:
        bar.stop()


def output(format: str | None, value: Any, table: Callable[[Console], None]) -> None:
    """One JSON document, or a table for people."""
    if format is None:
        format = "table" if sys.stdout.isatty() else "json"
    if format == "json":
        click.echo(json.dumps(value, indent=2, ensure_ascii=False))
    else:
        table(_tables.console())


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that every command takes."""
    return click.option(
        "--format",
        "format",
        type=click.Choice(["table", "json"]),
        help="Default: table on a terminal, else json.",
    )(command)


def hex_seed(context: click.Context, parameter: click.Parameter, value: str | None) -> bytes | None:
    """A seed of 32 bytes, as 64 hex digits."""
    if value is None:
        return None
    try:
        seed = bytes.fromhex(value)
    except ValueError:
        seed = b""
    if len(seed) != 32:
        raise click.BadParameter("a seed is 64 hex digits")
    return seed


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(cocreate.__version__, prog_name="cocreate")
def cli() -> None:
    """Co-creation campaigns that explain and prove their results.

    Exit status: 0 done, 1 refused or not verified, 2 usage or bad input.
    """


@cli.command()
@format_option
def methods(format: str | None) -> None:
    """List the ranking methods and their options."""
    rows = ranking_module.methods()
    output(format, rows, lambda console: _tables.methods(console, rows))


def pairs(values: tuple[str, ...], flag: str) -> dict[str, Any]:
    """KEY=VALUE options; a key that comes again makes a list."""
    given: dict[str, Any] = {}
    for pair in values:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{pair!r} is not KEY=VALUE", param_hint=flag)
        if key in given:
            before = given[key]
            given[key] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            given[key] = value
    return given


def numbers(values: tuple[str, ...], flag: str) -> dict[str, int]:
    """KEY=NUMBER options."""
    given = pairs(values, flag)
    for key, value in given.items():
        try:
            given[key] = int(value)
        except (ValueError, TypeError):
            raise click.BadParameter(f"{key}={value} is not a whole number", param_hint=flag) from None
    return given


def method_row(method: str) -> dict[str, Any]:
    """What the registry says of a method."""
    for row in ranking_module.methods():
        if row["name"] == method:
            return row
    try:
        ranking_module.rank(Profile(Kind.RANKING, 1), method)
    except errors.NotFoundError as error:  # tells which name is near
        raise errors.NotFoundError(f"{error.text} (`cocreate methods` lists them)") from None
    raise AssertionError(method)


def read_profile(
    path: Path, source: str | None, takes: list[Kind] | None, kind: Kind | None, rules: dict[str, Any]
) -> Profile:
    """An evidence file. Where it leaves open what its ballots are, they are of the first kind that is taken."""
    source = source or path.suffix[1:].lower()
    wanted = kind or (takes[0] if takes and source == "csv" else 0)
    with progress("reading") as report:
        try:
            profile = Profile.read(path, source, kind=wanted, rules=rules or None, progress=report)
        except errors.Error as error:
            if wanted and not kind and takes and len(takes) > 1:
                kinds = ", ".join(other.name.lower() for other in takes)
                error.text += f" (read as {takes[0].name.lower()}; --kind tells which the cells are: {kinds})"
            raise
        if source != "abif" or kind or not takes or profile.kind in takes:
            return profile
        for other in takes:  # the lines of ABIF may be scores and rankings at once
            try:
                return Profile.read(path, source, kind=other, rules=rules or None, progress=report)
            except errors.Error:
                continue
    return profile


def advice(have: Kind, takes: list[Kind]) -> str:
    """How ballots of a kind that a method does not take can become what it takes."""
    for kind in takes:
        if have != Kind.RANKING or kind == Kind.APPROVAL:
            more = " --as-option threshold=N" if (have, kind) == (Kind.SCORE, Kind.APPROVAL) else ""
            return f" (--as {kind.name.lower()}{more} converts them)"
    return ""


KINDS = click.Choice([kind.name.lower() for kind in Kind])


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--method", required=True, metavar="NAME", help="One of `cocreate methods`.")
@click.option("--seats", type=click.IntRange(min=1), help="How many win. Default: what the file says, or 1.")
@click.option("--option", "options", multiple=True, metavar="KEY=VALUE", help="An option of the method.")
@click.option("--from", "source", metavar="FORMAT", help="What the file is. Default: its extension.")
@click.option("--kind", type=KINDS, help="What the cells of a CSV mean. Default: what the method takes.")
@click.option("--rule", "rules", multiple=True, metavar="KEY=VALUE", help="A reading rule of the format.")
@click.option("--as", "target", type=KINDS, help="Convert the ballots first.")
@click.option("--as-option", "as_options", multiple=True, metavar="KEY=NUMBER", help="An option of --as.")
@format_option
def rank(
    file: Path,
    method: str,
    seats: int | None,
    options: tuple[str, ...],
    source: str | None,
    kind: str | None,
    rules: tuple[str, ...],
    target: str | None,
    as_options: tuple[str, ...],
    format: str | None,
) -> None:
    """Rank the options of an evidence file: PrefLib, Pabulib, BLT, ABIF, CSV, cast vote records."""
    given = pairs(options, "--option")
    if as_options and not target:
        raise click.BadParameter("there is nothing to convert to without --as", param_hint="--as-option")
    conversion = numbers(as_options, "--as-option")
    reading = pairs(rules, "--rule")
    with about():
        row = method_row(method)
    takes = [Kind[name.upper()] for name in row["evidence"]]
    with about(file, lines=True):
        profile = read_profile(file, source, None if target else takes, Kind[kind.upper()] if kind else None, reading)
    with about(file):
        if target:
            profile = profile.convert(Kind[target.upper()], **conversion)
    if seats is None and profile.budget is None and "committee" in row["elects"]:
        seats = profile.seats
    if seats is not None:
        given["seats"] = seats
    with about(), progress("ranking") as report:
        try:
            result = ranking_module.rank(profile, method, progress=report, **given)
        except errors.ArgumentError as error:
            if profile.kind in takes:
                raise
            leave("", error.text + advice(profile.kind, takes), BAD_INPUT)
    sentences = result.explain()
    output(format, result.document, lambda console: _tables.ranking(console, result.document, sentences))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--committee", required=True, metavar="ID,ID,...", help="The members.")
@click.option("--property", "names", multiple=True, metavar="NAME", help="jr, pjr, ejr, ejr_plus, fjr, core, pareto, priceability, stable_priceability.")
@click.option("--seats", type=int, metavar="K", help="Default: as many as members.")
@click.option("--from", "source", metavar="FORMAT", help="What the file is. Default: its extension.")
@format_option
def check(
    file: Path, committee: str, names: tuple[str, ...], seats: int | None, source: str | None, format: str | None
) -> None:
    """Check whether a committee is fair to groups of voters. Default: jr, pjr and ejr."""
    with about(file, lines=True):
        profile = read_profile(file, source, [Kind.APPROVAL], None, {})
    members = [member.strip() for member in committee.split(",")]
    results = []
    for name in names or ("jr", "pjr", "ejr"):
        with about(), progress(name) as report:
            results.append(ranking_module.check_committee(profile, members, name, seats=seats, progress=report))
    documents = [result.document for result in results]

    def table(console: Console) -> None:
        for result in results:
            _tables.say(console, f"{result.property}: {result.explain()}")

    output(format, documents[0] if len(documents) == 1 else documents, table)


@cli.command()
@click.argument("amount")
@click.option("--weights", required=True, metavar="W,W,...", help="Decimals >= 0.")
@click.option("--method", default="largest_remainder", show_default=True, metavar="NAME")
@click.option("--tie", default="id", show_default=True, type=click.Choice(["id", "lot", "weight"]))
@click.option("--seed", callback=hex_seed, metavar="HEX", help="64 hex digits, for --tie lot.")
@click.option("--currency", default="EUR", show_default=True, metavar="CODE")
@click.option("--minor", is_flag=True, help="AMOUNT is in minor units (cents).")
@format_option
def split(
    amount: str,
    weights: str,
    method: str,
    tie: str,
    seed: bytes | None,
    currency: str,
    minor: bool,
    format: str | None,
) -> None:
    """Split money exactly. A negative amount mirrors its positive: -- -10.03"""
    with about():
        exponent = money.currency(currency).exponent
        pool = money.parse(amount, 0 if minor else exponent)
        texts = [text.strip() for text in weights.split(",")]
        result = money.split(pool, money.weights(texts), method=method, ties=tie, seed=seed)
        shares = [int(share) for share in result.shares]
        value = {
            "currency": currency,
            "minor": shares,
            "shares": [money.format(share, exponent) for share in shares],
            "returned": money.format(result.returned, exponent),
            "method": method,
        }
        whole = money.format(pool, exponent)
    output(format, value, lambda console: _tables.split(console, value, texts, whole))


@cli.command()
@click.argument("scheme", type=click.Path(path_type=Path))
@click.argument("result", type=click.Path(path_type=Path), required=False)
@click.option("--seed", callback=hex_seed, metavar="HEX", help="64 hex digits, for rules that draw lots.")
@click.option("--liability", is_flag=True, help="Only the worst case; needs no RESULT.")
@click.option("--explain", is_flag=True, help="Only who gets what and why, in sentences.")
@click.option("--preview", "other", type=click.Path(path_type=Path), metavar="OTHER.json",
              help="What this scheme instead of SCHEME would change.")
@click.option("--open-badges", "badges", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Also write recognition there as Open Badges 3.0, without proofs; needs --about.")
@click.option("--about", "told", type=click.Path(path_type=Path), metavar="ABOUT.json",
              help="What the badges say beside: issuer, base, valid_from, subjects.")
@format_option
def reward(
    scheme: Path,
    result: Path | None,
    seed: bytes | None,
    liability: bool,
    explain: bool,
    other: Path | None,
    badges: Path | None,
    told: Path | None,
    format: str | None,
) -> None:
    """Evaluate a reward scheme on a result."""
    if (badges is None) != (told is None) or (badges is not None and (liability or other is not None)):
        raise click.UsageError("--open-badges and --about go together, without --liability and --preview.")
    if liability + explain + (other is not None) > 1:
        raise click.UsageError("--liability, --explain and --preview exclude each other.")
    with about(scheme):
        rules = reward_module.Scheme(scheme.read_bytes())
    if liability:
        worst = rules.liability()
        output(format, worst, lambda console: _tables.liability(console, worst))
        return
    if result is None:
        raise click.UsageError("Missing argument 'RESULT' (or give --liability).")
    if other is not None:
        changes = preview(scheme, rules, other, result, seed)
        output(format, changes, lambda console: _tables.preview(console, changes))
        return
    with about(result):
        awards = reward_module.reward(rules, result.read_bytes(), seed)
    if badges is not None and told is not None:
        write_badges(awards, badges, told)
    sentences = [awards.explain(index) for index in range(len(awards))]
    if not explain:
        output(format, awards.document, lambda console: _tables.awards(console, awards.document, sentences))
        return
    value = [
        {"id": award["id"], "to": award["to"], "rule": award["rule"], "award": _tables.award_of(award), "why": why}
        for award, why in zip(awards.document["awards"], sentences, strict=True)
    ]
    output(format or "table", value, lambda console: _tables.explained(console, awards.document, sentences))


def write_badges(awards: reward_module.Awards, folder: Path, told: Path) -> None:
    """A file for each award of recognition, by the id of the award: all of them, or none."""
    with about(told):
        text = told.read_bytes()
        credentials = {
            award.id: awards.open_badge(index, text) for index, award in enumerate(awards) if award.currency is None
        }
    with about(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for id, credential in credentials.items():
            (folder / f"{id}.json").write_text(json.dumps(credential, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def preview(
    scheme: Path, rules: reward_module.Scheme, other: Path, result: Path, seed: bytes | None
) -> dict[str, Any]:
    """What another scheme would change; an error says under which of the two."""
    with about(other):
        instead = reward_module.Scheme(other.read_bytes())
    with about(result):
        try:
            return reward_module.preview(rules, instead, result.read_bytes(), seed)
        except errors.Error as error:
            for side, path in (("before: ", scheme), ("after: ", other)):
                if error.text.startswith(side):
                    error.text = f"under {path}: {error.text.removeprefix(side)}"
            raise


@cli.command()
@click.argument("facts", type=click.Path(path_type=Path))
@format_option
def advise(facts: Path, format: str | None) -> None:
    """What the theory of contests says of a prize and a number of entrants."""
    with about(facts):
        report = reward_module.advise(facts.read_bytes())
    output(format, report, lambda console: _tables.advice(console, report))


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
    except (errors.ParseError, errors.SchemaError) as error:
        leave(place, error.text, BAD_INPUT)
    except errors.Error as error:
        leave(place, error.text, REFUSED)


@cli.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--store", "file", type=click.Path(path_type=Path), help="A new or existing store; default: memory.")
@format_option
def run(script: Path, file: Path | None, format: str | None) -> None:
    """Execute campaign commands, one JSON object a line; print the outcome.

    A refused command ends the run; what stands before it stays done.
    """
    with about(script):
        lines = script.read_bytes().split(b"\n")
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
def existing(path: Path) -> Iterator[cocreate.Store]:
    """A store to look into; it is not changed."""
    with about(path):
        store = cocreate.Store(path, read_only=True)
    with store, about(path):
        yield store


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("campaign_id", metavar="[CAMPAIGN]", required=False)
@click.option("--as", "viewer", metavar="PERSON", help="Of a CAMPAIGN, what this participant may see.")
@format_option
def show(store: Path, campaign_id: str | None, viewer: str | None, format: str | None) -> None:
    """State, places, awards, balances; without CAMPAIGN the list of campaigns."""
    with existing(store) as opened:
        state = opened.show(campaign_id) if viewer is None else opened.view(campaign_id or "", viewer)
    table = _tables.campaigns if campaign_id is None else _tables.campaign
    output(format, state, lambda console: table(console, state))


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("id")
@click.option("--campaign", "campaign_id", metavar="CAMPAIGN", help="Where to look; default: everywhere.")
@format_option
def explain(store: Path, id: str, campaign_id: str | None, format: str | None) -> None:
    """Why this entry, award or person stands where it stands."""
    with existing(store) as opened:
        answer = opened.explain(id, campaign_id)
    output(format, answer, lambda console: _tables.sentences(console, answer))


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@format_option
def verify(store: Path, format: str | None) -> None:
    """Replay the log, recompute everything, name the first thing that does not match."""
    with existing(store) as opened:
        try:
            with progress("verifying") as report:
                answer = opened.verify(progress=report)
        except errors.CorruptError as error:  # here damage is the answer, not bad input
            leave(str(store), error.text, REFUSED)
    output(format, answer, lambda console: _tables.verified(console, str(store), answer))


@cli.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--as", "kind", required=True, type=click.Choice(["jsonl", "csv", "preflib", "pabulib", "person"]))
@click.option("--campaign", "campaign_id", metavar="CAMPAIGN", help="Default: the only one of the store.")
@click.option("--round", "round_id", metavar="ROUND", help="Of preflib and pabulib; default: the only one with ballots. Narrows tables.")
@click.option("--table", type=click.Choice(TABLES), help="With --as csv; default: contributions.")
@click.option("--participant", metavar="ID", help="With --as person: everything of one participant, as JSON.")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="Default: standard output.")
def export(
    store: Path,
    kind: str,
    campaign_id: str | None,
    round_id: str | None,
    table: str | None,
    participant: str | None,
    file: Path | None,
) -> None:
    """The records out again: events, tables, ballots of a round, the data of one person."""
    if kind != "csv" and table is not None:
        raise click.UsageError("--table is for --as csv.")
    if (kind == "person") != (participant is not None):
        raise click.UsageError("--as person and --participant go together.")
    with existing(store) as opened:
        if participant is not None:
            person = opened.export_person(participant)
            content = json.dumps(person, indent=2, ensure_ascii=False).encode() + b"\n"
        else:
            if campaign_id is None and kind != "jsonl" and table != "participants":
                campaign_id = only_campaign(opened)
            if round_id is None and kind in ("preflib", "pabulib"):
                round_id = only_round(opened, campaign_id)
            content = opened.export(f"csv:{table or TABLES[0]}" if kind == "csv" else kind, campaign_id, round_id)
    with about(file or ""):
        write_file(file, content)


@cli.command("report")
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("campaign_id", metavar="CAMPAIGN")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="A page; default: the numbers as JSON.")
@click.option("--name", type=click.Choice(list(campaign.reports())), help="One report alone; without -o.")
def report_command(store: Path, campaign_id: str, file: Path | None, name: str | None) -> None:
    """One self-contained page with pictures, or the numbers behind it."""
    if file is not None and name is not None:
        raise click.UsageError("the page has every report: -o and --name exclude each other.")
    with existing(store) as opened:
        if file is None:
            content = json.dumps(opened.report(campaign_id, name), indent=2, ensure_ascii=False) + "\n"
        else:
            content = report_module.page(opened, campaign_id)
    with about(file or ""):
        write_file(file, content.encode())


def main() -> None:
    """What the command `cocreate` runs."""
    try:
        cli.main(standalone_mode=False, prog_name="cocreate")
    except click.ClickException as error:
        leave("", error.format_message(), BAD_INPUT)
    except click.Abort:
        leave("", "interrupted", REFUSED)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
