"""Commands about evidence files: methods, rank, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from cocreate import _tables, errors
from cocreate import ranking as ranking_module
from cocreate.cli._frame import BAD_INPUT, about, cli, format_option, leave, output, progress
from cocreate.profile import Kind, Profile


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
