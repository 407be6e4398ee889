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

from cocreate import errors, money


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


def below(console: Console, text: str, style: str = "") -> None:
    """What belongs to the line above."""
    console.print(Padding(Text(text, style), (0, 0, 0, 2), expand=False))


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
    if value["rules"]:
        table = grid("rule", "fund", ">amount", "why")
        for rule in value["rules"]:
            row(table, rule["rule"], rule["fund"], rule["amount"], rule["why"])
        console.print(table)
    for fund in value["funds"]:
        if fund.get("source") == "revenue":
            say(console, f"fund {fund['id']}: what is earned; it has no budget that could run out")
        else:
            say(console, f"fund {fund['id']}: at most {fund['liability']} of {fund['budget']}")
    for currency, amount in value["liability"].items():
        say(console, f"at most {amount} {currency}", "bold")


NARROW = 72  # columns: below, sentences stand under what they explain


def awards(console: Console, value: dict[str, Any], reasons: list[str]) -> None:
    """Awards with their reasons, and what guards cut."""
    if not value["awards"]:
        say(console, "no awards")
    elif console.width < NARROW:
        explained(console, value, reasons)
    else:
        table = grid("to", "!award", "rule", "why")
        table.columns[1].justify = "right"
        for award, reason in zip(value["awards"], reasons, strict=True):
            row(table, award["to"], award_of(award), award["rule"], reason)
        console.print(table)
    if console.width >= NARROW:
        cuts(console, value)
    for currency, amount in value["unspent"].items():
        say(console, f"unspent {amount} {currency}")
    say(console, value["digest"], "dim")


def explained(console: Console, value: dict[str, Any], reasons: list[str]) -> None:
    """Who gets what, and below it why."""
    for award, reason in zip(value["awards"], reasons, strict=True):
        say(console, f"{award['to']}: {award_of(award)} ({award['rule']})", "bold")
        below(console, reason)
    cuts(console, value)


def cuts(console: Console, value: dict[str, Any]) -> None:
    """What guards cut to nothing; of other cuts the sentence of the award tells."""
    for cut in value.get("cuts", ()):
        if cut["minor"] != 0:
            continue
        say(console, f"{cut['to']}: cut by {cut['by']} ({cut['rule']})", "bold")
        below(console, cut["says"])


def preview(console: Console, value: dict[str, Any]) -> None:
    """What another scheme would change."""
    table = grid("to", ">before", ">after", ">change", "unit")
    for line in value["people"]:
        row(table, line["to"], line["before"], line["after"], signed(line), line["unit"])
    for line in value["totals"]:
        cells = ("all", line["before"], line["after"], signed(line), line["unit"])
        row(table, *(Text(cell, "bold") for cell in cells))
    if value["people"]:
        console.print(table)
    else:
        say(console, "neither scheme awards an amount")
    for line in value["recognition"]:
        if line["before"] != line["after"]:
            what = recognised(line["kind"], line["what"])
            change = f"from {line['before']} to {line['after']}"
            change = {(0, 1): "gains", (1, 0): "loses"}.get((line["before"], line["after"]), change)
            say(console, f"{line['to']}: {change} {what}")
    for side in ("before", "after"):
        for currency, amount in value[side]["liability"].items():
            say(console, f"{side}: at most {amount} {currency}")


def signed(line: dict[str, Any]) -> str:
    """A change with its sign; nothing where there is none."""
    if line["change_minor"] == 0:
        return ""
    return line["change"] if line["change_minor"] < 0 else f"+{line['change']}"


def advice(console: Console, value: dict[str, Any]) -> None:
    """Facts of the theory of contests, with what they assume and their sources."""
    for fact in value["facts"]:
        amount = f": {fact['amount']} {value['currency']}" if "amount" in fact else ""
        say(console, f"{capital(fact['says'])}{amount}.", "bold" if amount else "")
        assumed = f"If {fact['assumes']}. " if fact.get("assumes") else ""
        below(console, f"{assumed}{capital(fact['source'])}.", "dim")


def capital(text: str) -> str:
    """As the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def award_of(award: dict[str, Any]) -> str:
    """What an award is."""
    if award["kind"] in ("money", "points"):
        return f"{award['amount']} {award['currency']}"
    return recognised(award["kind"], award.get(award["kind"]))


def recognised(kind: str, detail: Any) -> str:
    """What is recognised: "badge: Winner", "level 3"."""
    named = detail if isinstance(detail, dict) else {}
    name = next((str(named[key]) for key in ("title", "name", "role") if named.get(key)), None)
    number = next((str(named[key]) for key in (kind, "rank", "days") if named.get(key) is not None), None)
    words = kind.replace("_", " ")
    return f"{words}: {name}" if name else " ".join(word for word in (words, number) if word)


def presets(console: Console, rows: list[dict[str, str]]) -> None:
    """Real campaigns as briefs."""
    table = grid("!preset", "title")
    for preset in rows:
        row(table, preset["name"], preset["title"])
    console.print(table)


def outcome(console: Console, value: dict[str, Any]) -> None:
    """What a script did."""
    done, exists, log = value["commands"]["done"], value["commands"]["exists"], value["log"]
    for state in value["campaigns"]:
        campaign(console, state)
        console.print()
    already = f", {counted(exists, 'was', 'were')} there already" if exists else ""
    say(console, f"{counted(done, 'command', 'commands')} done{already}; {log['events']} events", "bold")
    say(console, f"root {log['root']}", "dim")


def campaigns(console: Console, value: dict[str, Any]) -> None:
    """The campaigns of a store."""
    table = grid("campaign", "title", "mode", "state", ">contributions")
    for state in value["campaigns"]:
        row(table, state["id"], state["title"], state["mode"], state["state"], state["counts"]["created"])
    console.print(table)
    say(console, f"{value['log']['events']} events, the last at {time(value['log'].get('last_at'))}")


def counted(number: int, one: str, many: str) -> str:
    """A number with its word."""
    return f"{number} {one if number == 1 else many}"


def campaign(console: Console, state: dict[str, Any]) -> None:
    """State, rounds with places, awards, balances."""
    counts = state.get("counts")  # a view may go without
    why = f", because: {state['reason']}" if state.get("reason") else ""
    say(console, f"{state['title']} ({state['id']}): {state['mode']}, {state['state']}{why}", "bold")
    if counts:
        kinds = ("live", *(kind for kind in counts if kind not in ("created", "live")))
        apart = ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind])
        all_of_them = counted(counts["created"], "contribution", "contributions")
        say(console, f"{all_of_them}{': ' if apart else ''}{apart}")
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
    if state.get("balances"):
        console.print()
        say(console, "balances", "bold")
        decimals = decimals_of(state)
        table = grid("account", ">amount", "currency")
        for line in state["balances"]:
            row(table, line["account"], balance_of(line, decimals), line["currency"])
        console.print(table)


def decimals_of(state: dict[str, Any]) -> dict[str, int]:
    """The decimals of units that the brief declares; ISO 4217 knows the others."""
    schemes = [reward["scheme"] for reward in state.get("brief", {}).get("rewards", ())]
    return {scheme["currency"]: scheme["minor_unit"] for scheme in schemes if "minor_unit" in scheme}


def balance_of(line: dict[str, Any], decimals: dict[str, int]) -> str:
    """A balance as an amount of its currency; in minor units where nobody says how many decimals it has."""
    try:
        known = decimals.get(line["currency"])
        return money.format(line["minor"], money.currency(line["currency"]).exponent if known is None else known)
    except errors.Error:
        return f"{line['minor']} minor units"


def round(console: Console, item: dict[str, Any], titles: dict[str, str]) -> None:
    """One round with its result."""
    advice = "" if item.get("binding", True) else ", advice"
    console.print()
    say(console, f"round {item['id']}, led by {item['lead']}{advice}: {item['state']}", "bold")
    if item.get("reason"):
        below(console, item["reason"])
    if not item.get("result"):
        return
    for period in item.get("periods", ()):
        if "result" in period:
            say(console, f"period {period['period']}, until {time(period['until'])}")
            places(console, period["result"], titles)
    if not item.get("periods"):
        places(console, item["result"], titles)


def places(console: Console, result: dict[str, Any], titles: dict[str, str]) -> None:
    """Who stands where, and who is selected; of a survey what was answered."""
    if "answers" in result:
        answers(console, result["answers"])
        return
    selected, extras = set(result.get("selected", ())), result.get("extras", {})
    scored = any(score_of(place) for place in result.get("places", ()))
    named = any(titles.get(place["id"], place["id"]) != place["id"] for place in result.get("places", ()))
    columns = [">place", "contribution", *["title"] * named, *[">score"] * scored]
    table = grid(*columns, *(f">{word}" for word in extras), "")
    for place in result.get("places", ()):
        mark = Text("selected", style="green") if place["id"] in selected else ""
        cells = [place_of(place), place["id"], *[titles.get(place["id"])] * named, *[score_of(place)] * scored]
        row(table, *cells, *(extras[word].get(place["id"], 0) for word in extras), mark)
    console.print(table)
    for tie in result.get("ties", ()):
        say(console, f"tied: {', '.join(tie['options'])}; the order by {tie['step']}: {', '.join(tie['order'])}")
    for name, category in result.get("categories", {}).items():
        say(console, f"category {name}, with a budget of {category['budget']}")
        places(console, {**category, "selected": category["winners"]}, titles)


def answers(console: Console, questions: dict[str, Any]) -> None:
    """What a survey was answered."""
    table = grid("question", ">answers", "which")
    for key, told in questions.items():
        if "counts" in told:
            which = ", ".join(f"{choice} {count}" for choice, count in told["counts"].items())
        elif "sum" in told and told["count"]:
            mean = score_of({"exact": str(Fraction(told["sum"], told["count"])), "score": told["sum"] / told["count"]})
            which = f"{told['least']} to {told['most']}, mean {mean}"
        else:
            which = ""
        row(table, key, told["count"], which)
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


def checked(console: Console, path: str, answer: dict[str, Any]) -> None:
    """What must hold of every store, and in how many things it was looked for."""
    say(console, f"{path}: verified, and everything holds", "bold green")
    table = grid("!invariant", ">looked at", "what holds")
    for told in answer["invariants"]:
        row(table, told["id"], told["checked"], told["title"])
    console.print(table)
