"""Commands about money and rewards: split, reward, advise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cocreate import _tables, errors, money
from cocreate import reward as reward_module
from cocreate.cli._frame import about, cli, format_option, output


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
