"""One campaign as a page: HTML with pictures drawn as SVG, nothing fetched from anywhere.

Everything shown comes from `Store.show`, `Store.report` and `Store.explain`; the page computes nothing but where to draw.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cocreate.store import Store

__all__ = ["page"]

_STYLE = """
:root{color-scheme:light dark;--bg:#fcfcfb;--panel:#fff;--ink:#1d2126;--soft:#5c6670;--line:#d9dde1;--a:#2c6aa0;--b:#b8642b;
--c:#4c8055;--d:#7b5ea7;--e:#8a7a2e;--bar:#dfe9f2}
@media(prefers-color-scheme:dark){:root{--bg:#15181b;--panel:#1c2024;--ink:#e6e9ec;--soft:#9aa5af;--line:#343b42;--a:#74aede;
--b:#e09a66;--c:#86bd8f;--d:#b39ddb;--e:#cdbb63;--bar:#26323d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.8rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.15rem;margin:0 0 .6rem}
section{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.1rem;margin:1rem 0}
p{margin:.4rem 0}.soft{color:var(--soft)}.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem}.facts b{font-weight:600}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .7rem .3rem 0;
border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:500;font-size:.88rem}
.n{text-align:right;width:1%;font-variant-numeric:tabular-nums;white-space:nowrap}code{font-size:.85em;overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto}svg text{fill:var(--ink);font:14px system-ui,"DejaVu Sans",sans-serif}
svg .soft{fill:var(--soft)}details{margin:.2rem 0}summary{cursor:pointer;color:var(--a)}
li{margin:.15rem 0}ul{margin:.3rem 0;padding-left:1.2rem}
"""
_COLOURS = {"firm": "b", "customer": "a", "jury": "d", "metric": "c", "lot": "e"}
_WIDTH = 640  # of a picture, in its own units


def _time(at: int) -> str:
    """Microseconds since 1970 for people; what lies beyond the calendar as a number."""
    try:
        moment = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(microseconds=at)
    except OverflowError:
        return f"{at} µs"
    return moment.strftime("%Y-%m-%d %H:%M") if moment.hour or moment.minute else moment.strftime("%Y-%m-%d")


def _span(us: int) -> str:
    """A length of time in its largest unit."""
    for unit, size in (("days", 86_400_000_000), ("hours", 3_600_000_000), ("minutes", 60_000_000), ("s", 1_000_000)):
        if us >= 2 * size:
            return f"{us // size} {unit}"
    return f"{us} µs"


def _percent(share: str | float) -> str:
    return f"{float(Fraction(share)) * 100:.1f} %"


def _short(text: str, most: int) -> str:
    """Both ends say more than one: ids of a team differ in the last."""
    return text if len(text) <= most else text[: most - 9] + "…" + text[-8:]


def _svg(height: float, parts: Iterable[str], title: str) -> str:
    body = "".join(parts)
    return (
        f'<div class="wide"><svg viewBox="0 0 {_WIDTH} {height:.0f}" style="min-width:26rem" role="img" '
        f'aria-label="{escape(title)}">{body}</svg></div>'
    )


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}" rx="3" '
        f'fill="var(--{colour})"/>'
    )


def _section(title: str, *body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(body)}</section>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML; a head that begins with '>' is a column of numbers."""
    kinds = [' class="n"' if head.startswith(">") else "" for head in heads]
    top = "".join(f"<th{kind}>{escape(head.removeprefix('>'))}</th>" for head, kind in zip(heads, kinds, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(row, kinds, strict=True)) + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


# ---- pictures ----


def _funnel(steps: Sequence[dict[str, Any]]) -> str:
    most = max([step["works"] for step in steps] + [1])
    parts = []
    for row, step in enumerate(steps):
        y, width = row * 34, 300 * step["works"] / most
        name = step.get("step") or f"round {step['round']}"
        people = "1 author" if step["authors"] == 1 else f"{step['authors']:,} authors"
        parts += [
            _text(0, y + 20, _short(name, 20)),
            _box(150, y + 4, width, 24, "a" if "step" in step else "d"),
            _text(158 + width, y + 21, f"{step['works']:,}, of {people}"),
        ]
    return _svg(len(steps) * 34, parts, "funnel")


def _timeline(state: dict[str, Any]) -> str:
    phases = [p for p in state.get("phases", []) if "opens" in p and "closes" in p]
    if not phases:
        return '<p class="soft">Not published yet.</p>'
    first, last = min(p["opens"] for p in phases), max(p["closes"] for p in phases)
    scale = (_WIDTH - 160) / max(last - first, 1)
    parts = []
    for row, phase in enumerate(phases):
        x, y = 150 + (phase["opens"] - first) * scale, row * 44
        parts += [
            _text(0, y + 18, _short(phase.get("title", phase["id"]), 20)),
            _box(x, y + 4, (phase["closes"] - phase["opens"]) * scale, 18, "a"),
            _text(min(x, _WIDTH - 290), y + 37, f"{_time(phase['opens'])} – {_time(phase['closes'])}", "soft"),
        ]
    return _svg(len(phases) * 44, parts, "timeline")


def _shares(share: dict[str, float]) -> str:
    parts, x = [], 0.0
    for lead, part in share.items():
        width = part * _WIDTH
        parts.append(_box(x, 0, width - 2, 30, _COLOURS.get(lead, "e")))
        x += width
    rows = [
        _box(row * 150, 44, 14, 14, _COLOURS.get(lead, "e")) + _text(row * 150 + 20, 56, f"{lead} {part * 100:.1f} %")
        for row, (lead, part) in enumerate(share.items())
    ]
    return _svg(64, parts + rows, "who selected")


def _lorenz(values: Sequence[int]) -> str:
    """Cumulative pay of the authors from the least paid: the diagonal is equal pay."""
    total, size, done = sum(values), 240, 0
    points = [(0.0, float(size))]
    for number, value in enumerate(sorted(values), 1):
        done += value
        points.append((size * number / len(values), size - size * done / total))
    line = " ".join(f"{x + 40:.1f},{y + 8:.1f}" for x, y in points)
    return (
        f'<svg viewBox="0 0 300 290" style="max-width:22rem" role="img" aria-label="fairness curve">'
        f'<rect x="40" y="8" width="{size}" height="{size}" fill="none" stroke="var(--line)"/>'
        f'<line x1="40" y1="{size + 8}" x2="{size + 40}" y2="8" stroke="var(--soft)" stroke-dasharray="4 4"/>'
        f'<polyline points="{line}" fill="none" stroke="var(--b)" stroke-width="2.5"/>'
        + _text(160, 268, "authors, least paid first", "soft", "middle")
        + f'<text class="soft" text-anchor="middle" transform="translate(26 128) rotate(-90)">share of the pay</text>'
        "</svg>"
    )


def _flow(awards: Sequence[dict[str, Any]], currency: str, most: int = 14) -> str:
    """From the sponsor to persons: bands as wide as the money."""
    paid: dict[str, int] = {}
    for award in awards:
        if award.get("currency") == currency and award.get("minor", 0) > 0:
            paid[award["to"]] = paid.get(award["to"], 0) + award["minor"]
    order = sorted(paid.items(), key=lambda item: (-item[1], item[0]))
    if len(order) > most:
        order = [*order[: most - 1], (f"{len(order) - most + 1} others", sum(minor for _, minor in order[most - 1 :]))]
    total = sum(paid.values())
    room = max(len(order) * 30, 60)
    parts, left, right = [_box(0, 8, 14, room, "a"), _text(22, 26, "sponsor")], 8.0, 8.0
    for name, minor in order:
        thick = room * minor / total
        slot = right + 15
        parts += [
            f'<path d="M14 {left + thick / 2:.1f} C 180 {left + thick / 2:.1f}, 180 {slot:.1f}, 330 {slot:.1f}" fill="none" '
            f'stroke="var(--bar)" stroke-width="{max(thick, 1.5):.1f}"/>',
            _text(338, slot + 5, f"{_short(name, 22)}  {_money(minor, currency, awards)}"),
        ]
        left, right = left + thick, right + 30
    return _svg(room + 20, [*parts[2:], *parts[:2]], f"flow of {currency}")


def _money(minor: int, currency: str, awards: Sequence[dict[str, Any]]) -> str:
    """Minor units with the decimals that the awards of the currency have."""
    for award in awards:
        if award.get("currency") == currency and "." in str(award.get("amount", "")):
            places = len(award["amount"].partition(".")[2])
            return f"{minor // 10**places:,}.{minor % 10**places:0{places}d} {currency}"
    return f"{minor:,} {currency}"


# ---- parts of the page ----


def _head(state: dict[str, Any], as_of: int, form: dict[str, Any]) -> str:
    facts = [
        ("state", state.get("state", "")),
        ("declared", state.get("mode", "")),
        ("measured", state["selection"].get("mode", "nothing selected yet")),
        ("form", form["form"]),
    ]
    shown = "".join(f"<span>{name} <b>{escape(str(value))}</b></span>" for name, value in facts)
    return (
        f"<h1>{escape(state['title'])}</h1><p class='facts'>{shown}</p>"
        f"<p class='soft'>Campaign <code>{escape(state['id'])}</code>, as of {_time(as_of)}. "
        f"{escape(form['form'].capitalize())}: {escape(form['because'])}.</p>"
    )


def _places(store: Store, state: dict[str, Any], most: int) -> str:
    titles = {entry["id"]: entry.get("title", entry["id"]) for entry in state["contributions"]}
    blocks = []
    for round in state["rounds"]:
        result = round.get("result")
        blocks.append(f"<h2>{escape(round['id'])} <span class='soft'>· {escape(round['lead'])}, {escape(round['state'])}"
                      f"{' · ' + escape(round['method']) if 'method' in round else ''}</span></h2>")  # fmt: skip
        if not result:
            blocks.append(f"<p class='soft'>{escape(round.get('reason', 'No result yet.'))}</p>")
            continue
        chosen = set(result.get("selected", []))
        rows, shown = [], result.get("places", [])
        if not any("score" in place for place in shown) and "categories" not in result:  # decisions: the others are all alike
            shown = [place for place in shown if place["id"] in chosen] or shown
        for place in shown[:most]:
            why = "".join(f"<li>{escape(s)}</li>" for s in store.explain(place["id"], state["id"])["sentences"])
            rank = str(place["from"]) if place["from"] == place["to"] else f"{place['from']}–{place['to']}"
            score = f"{place['score']:.4g}" if "score" in place else ""
            rows.append([
                rank, f"{escape(titles.get(place['id'], place['id']))}<details><summary>why</summary><ul>{why}</ul></details>",
                score, "selected" if place["id"] in chosen else "",
            ])  # fmt: skip
        blocks.append(_table([">place", "work", ">score", ""], rows))
        left = len(result.get("places", [])) - len(rows)
        if left > 0:
            blocks.append(f"<p class='soft'>and {left:,} more</p>")
    return _section("Places, and why", *blocks) if blocks else ""


def _fairness(state: dict[str, Any], fairness: dict[str, Any]) -> str:
    parts = [
        f"<p class='facts'><span>works <b>{fairness['works']:,}</b></span><span>accepted <b>{fairness['accepted']:,}</b></span>"
        f"<span>unpaid <b>{fairness['unpaid']:,}</b></span><span>authors <b>{fairness['authors']:,}</b></span></p>"
    ]
    for row in fairness["currencies"]:
        currency = row["currency"]
        parts += [
            f"<h2>{escape(currency)}</h2>", _flow(state["awards"], currency),
            f"<p>{_money(row['minor'], currency, state['awards'])} to {sum(v > 0 for v in row['by_person'].values())} of "
            f"{row['people']} people; Gini {float(Fraction(row['gini'])):.3f}, the best paid has "
            f"{_percent(row['top_share'])}.</p>",
            _lorenz(list(row["by_person"].values())),
        ]  # fmt: skip
    return _section("Money, from the sponsor to people", *parts)


def _listening(reports: dict[str, Any]) -> str:
    heard, we, roles = reports["listening"], reports["we"], reports["roles"]["counts"]
    rows = [["contributions of others than the firm", f"{heard['contributions']:,}"], ["answered", f"{heard['answered']:,}"]]
    if "first_answer_p50_us" in heard:
        rows.append(["half had their first answer within", _span(heard["first_answer_p50_us"])])
        rows.append(["nine of ten within", _span(heard["first_answer_p90_us"])])
    if "waiting_longest" in heard:
        rows.append([f"waiting longest: {escape(heard['waiting_longest'])}", _span(heard["waiting_us"])])
    touch = reports["touch"]
    quiet = next(row["people"] for row in touch["quiet"] if row["days"] == 30)
    rows.append(["no word from the firm for more than 30 days", f"{quiet:,} of {touch['contributors']:,} contributors"])
    rows.append(["“we” index, 0 one way to 1 both ways", we.get("we_index", "nobody replied")])
    rows.append(["active in two phases", f"{we['active_in_two_phases']:,} of {we['active']:,}"])
    rows += [[escape(role) + "s", f"{count:,}"] for role, count in roles.items()]
    return _section("Who spoke, who was heard", _table(["", ">"], rows))


def _warnings(reports: dict[str, Any]) -> str:
    twins, steps = reports["duplicates"], reports["lockstep"]
    items = [f"<li>{escape(p['second'])} is like {escape(p['first'])} ({_percent(p['similarity'])})</li>"
             for p in [*twins["duplicates"], *twins["similar"]][:20]]  # fmt: skip
    items += [f"<li>{len(c['voters'])} voters in lockstep, {escape(', '.join(c['voters'][:6]))}…</li>"
              for c in steps["clusters"][:20]]  # fmt: skip
    found = f"<ul>{''.join(items)}</ul>" if items else "<p>Nothing: no works nearly the same, no voters in lockstep.</p>"
    return _section("Worth a look", found)


def page(store: Store, campaign: str, places: int = 20) -> str:
    """A campaign as one self-contained HTML page.

    Parameters
    ----------
    store : Store
        Where it lives.
    campaign : str
        Its id.
    places : int
        At most so many places of each round are shown, each with its reasons.

    Examples
    --------
    >>> from cocreate import Store
    >>> with Store() as store:
    ...     _ = store.participant(0, "host", "acme", "firm")
    ...     _ = store.execute(at=0, actor="acme", do="campaign.create", campaign="c", preset="netflix_prize")
    ...     page(store, "c").startswith("<!doctype html>")
    True
    """
    state, answer = store.show(campaign), store.report(campaign)
    reports = answer["reports"]
    share = state["selection"]["share"]
    body = [
        _head(state, answer["as_of"], reports["form"]),
        _section("Funnel", _funnel(reports["funnel"]["steps"])),
        _section("Timeline", _timeline(state)),
        _section("Who selected", _shares(share), "<p class='soft'>Shares of the bits that certified rounds removed.</p>")
        if share
        else "",
        _places(store, state, places),
        _fairness(state, reports["fairness"]),
        _listening(reports),
        _warnings(reports),
        f"<p class='soft'>Log of {state['log']['events']:,} events, root <code>{state['log']['root']}</code>.</p>",
    ]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(state['title'])}</title><style>{_STYLE}</style><main>{''.join(body)}</main></html>\n"
    )
