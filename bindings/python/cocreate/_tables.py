"""What the command line shows to people. JSON holds the same data."""

from __future__ import annotations

import datetime
from decimal import MAX_PREC, Context, Decimal
from fractions import Fraction
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def console() -> Console:
    """Standard output: as wide as the terminal, 80 columns elsewhere; colours only on a terminal."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=80)


def grid(*columns: str) -> Table:
    """A table; a column that begins with ">" holds numbers, one that begins with "!" is never wrapped."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    for name in columns:
        whole = name.startswith((">", "!"))
        table.add_column(
            name.lstrip(">!"),
            justify="right" if name.startswith(">") else "left",
            no_wrap=whole,
            overflow="fold",
        )
    return table


def row(table: Table, *cells: Any) -> None:
    """Cells are data: nothing in them is markup."""
    table.add_row(*(cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in cells))


def say(console: Console, text: str, style: str = "") -> None:
    """A line of data."""
    console.print(Text(text, style=style))


def time(at: int | None) -> str:
    """A time as people read it, UTC."""
    if at is None:
        return ""
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=at)
    return moment.isoformat(" ", "seconds")


def place_of(entry: dict[str, Any]) -> str:
    """A place, or the range of places that a tie leaves open."""
    return str(entry["from"]) if entry["from"] == entry["to"] else f"{entry['from']}-{entry['to']}"


def score_of(entry: dict[str, Any]) -> str:
    """A score: exact where nine decimals tell it, else with six."""
    exact, score = entry.get("exact"), entry.get("score")
    if exact is not None:
        billionths = Fraction(exact) * 10**9
        if billionths.denominator == 1:
            return trimmed(f"{Decimal(billionths.numerator).scaleb(-9, Context(prec=MAX_PREC)):f}")
    return "" if score is None else trimmed(f"{score:.6f}")


def trimmed(number: str) -> str:
    """Without zeros at the end of its decimals."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def methods(console: Console, rows: list[dict[str, Any]]) -> None:
    """The registry."""
    for method in rows:
        say(console, f"{method['name']}: {method['title'].partition(': ')[2] or method['title']}", "bold")
        evidence = ", ".join(method["evidence"])
        console.print(Padding(Text(f"takes {evidence}; {'exact' if method['exact'] else 'floating point'}"), (0, 2)))
        for option in method["options"]:
            default = shown(option.get("default"))
            console.print(Padding(Text(f"{option['name']} ({option['type']}, {default}): {option['about']}"), (0, 4)))
        console.print(Padding(Text(f"{method['complexity']}. {method['source']}", style="dim"), (0, 2)))


def shown(value: Any) -> str:
    """A default as one writes it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else str(value) or "none"


def ranking(console: Console, result: dict[str, Any], sentences: list[str]) -> None:
    """Places, winners, ties and reasons."""
    ballots = result["ballots"]
    say(
        console,
        f"{result['method']}: {ballots['count']} ballots, {ballots['distinct']} distinct, {ballots['empty']} empty",
        "bold",
    )
    named = any(place["name"] != place["option"] for place in result["places"])
    table = grid(">place", "option", *(["name"] if named else []), ">score", "")
    winners = set(result["winners"])
    for place in result["places"]:
        name = [place["name"]] if named else []
        mark = Text("wins", style="green") if place["option"] in winners else ""
        row(table, place_of(place), place["option"], *name, score_of(place), mark)
    console.print(table)
    places = len(result["places"])
    told = min(places, 100) + (places > 100)  # sentences on places, which stand in the table
    for sentence in sentences[:1] + sentences[1 + told :]:
        say(console, sentence)
    say(console, result["digest"], "dim")


def split(console: Console, value: dict[str, Any], weights: list[str], whole: str) -> None:
    """Shares."""
    say(console, f"{whole} {value['currency']} by {value['method']}", "bold")
    table = grid(">weight", ">share")
    for weight, share in zip(weights, value["shares"], strict=True):
        row(table, weight, share)
    console.print(table)
    say(console, f"returned {value['returned']} {value['currency']}")


def liability(console: Console, value: dict[str, Any]) -> None:
    """The worst case."""
    table = grid("rule", "fund", ">amount", "why")
    for rule in value["rules"]:
        row(table, rule["rule"], rule["fund"], rule["amount"], rule["why"])
    console.print(table)
    for currency, amount in value["liability"].items():
        say(console, f"at most {amount} {currency}", "bold")


def awards(console: Console, value: dict[str, Any], reasons: list[str]) -> None:
    """Awards with their reasons."""
    table = grid("to", ">award", "rule", "why")
    for award, reason in zip(value["awards"], reasons, strict=True):
        row(table, award["to"], award_of(award), award["rule"], reason)
    console.print(table)
    for currency, amount in value["unspent"].items():
        say(console, f"unspent {amount} {currency}")
    say(console, value["digest"], "dim")


def advice(console: Console, value: dict[str, Any]) -> None:
    """Facts of the theory of contests, with what they assume and their sources."""
    for fact in value["facts"]:
        amount = f": {fact['amount']} {value['currency']}" if "amount" in fact else ""
        say(console, f"{fact['says']}{amount}")
        assumed = f"If {fact['assumes']}. " if fact.get("assumes") else ""
        say(console, f"  {assumed}{fact['source']}", "dim")


def award_of(award: dict[str, Any]) -> str:
    """What an award is."""
    if award["kind"] == "money":
        return f"{award['amount']} {award['currency']}"
    if award["kind"] == "points":
        return f"{award['amount']} {award['currency']}"
    detail = award.get(award["kind"])
    named = detail if isinstance(detail, dict) else {}
    name = next((str(named[key]) for key in ("title", "name", "role") if named.get(key)), None)
    number = next((str(named[key]) for key in (award["kind"], "rank", "days") if named.get(key) is not None), None)
    return name or " ".join(word for word in (award["kind"].replace("_", " "), number) if word)


def presets(console: Console, rows: list[dict[str, str]]) -> None:
    """Real campaigns as briefs."""
    table = grid("!preset", "title")
    for preset in rows:
        row(table, preset["name"], preset["title"])
    console.print(table)


def outcome(console: Console, value: dict[str, Any]) -> None:
    """What a script did."""
    commands, log = value["commands"], value["log"]
    for state in value["campaigns"]:
        campaign(console, state)
        console.print()
    say(
        console,
        f"{commands['done']} commands done, {commands['exists']} were there already; {log['events']} events",
        "bold",
    )
    say(console, f"root {log['root']}", "dim")


def campaigns(console: Console, value: dict[str, Any]) -> None:
    """The campaigns of a store."""
    table = grid("campaign", "title", "mode", "state", ">contributions")
    for state in value["campaigns"]:
        row(table, state["id"], state["title"], state["mode"], state["state"], state["counts"]["created"])
    console.print(table)
    say(console, f"{value['log']['events']} events, the last at {time(value['log'].get('last_at'))}")


def campaign(console: Console, state: dict[str, Any]) -> None:
    """State, rounds with places, awards, balances."""
    counts = state["counts"]
    say(console, f"{state['title']} ({state['id']}): {state['mode']}, {state['state']}", "bold")
    kinds = ("live", "withdrawn", "removed", "declined")
    apart = ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind])
    say(console, f"{counts['created']} contributions{': ' if apart else ''}{apart}")
    titles = {entry["id"]: entry.get("title") or entry["id"] for entry in state["contributions"]}
    for item in state["rounds"]:
        round(console, item, titles)
    if state["awards"]:
        console.print()
        say(console, "awards", "bold")
        table = grid("!award", "to", ">amount", "for", "state")
        for award in state["awards"]:
            entry = titles.get(award.get("entry"), award.get("entry"))
            row(table, award["id"], award["to"], award_of(award), entry, award["state"])
        console.print(table)
    if state["balances"]:
        console.print()
        say(console, "balances", "bold")
        table = grid("account", ">minor units", "currency")
        for line in state["balances"]:
            row(table, line["account"], f"{line['minor']:,}", line["currency"])
        console.print(table)


def round(console: Console, item: dict[str, Any], titles: dict[str, str]) -> None:
    """One round with its result."""
    head = f"round {item['id']}, led by {item['lead']}: {item['state']}"
    result = item.get("result")
    console.print()
    say(console, head, "bold")
    if not result:
        return
    selected = set(result.get("selected", ()))
    table = grid(">place", "contribution", "title", ">score", "")
    for place in result.get("places", ()):
        mark = Text("selected", style="green") if place["id"] in selected else ""
        row(table, place_of(place), place["id"], titles.get(place["id"]), score_of(place), mark)
    console.print(table)


def sentences(console: Console, answer: dict[str, Any]) -> None:
    """Why something stands where it stands."""
    say(console, f"{answer['kind']} {answer['id']}", "bold")
    for sentence in answer["sentences"]:
        say(console, f"- {sentence}")


def verified(console: Console, path: str, answer: dict[str, Any]) -> None:
    """Counts of what was checked."""
    say(console, f"{path}: verified", "bold green")
    counts = ", ".join(f"{what} {count}" for what, count in answer.items() if type(count) is int)
    say(console, counts)
    say(console, f"root {answer['root']}", "dim")
