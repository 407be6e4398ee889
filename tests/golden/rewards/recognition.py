"""Points, levels, boards, medals and streaks from their definitions."""
import datetime
from fractions import Fraction

KINDS = ["points", "level", "leaderboard", "medals", "streak"]
LISTS = ["events", "totals", "entries"]


def scheme_of(rule):
    return {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [], "rules": [{"id": "r", **rule}]}


def draw_events(rng):
    events = []
    for i in range(rng.randint(0, 25)):
        event = {"id": f"e{i}", "kind": rng.choice(["up", "down", "gift", "edit", "other"]), "person": rng.choice("abc"),
                 "at": rng.randint(0, 40 * 24) * 3600 * 10**6}
        if rng.random() < 0.5:
            event["by"] = rng.choice("abcd")
        if rng.random() < 0.2:
            event["value"] = rng.randint(-2, 4)
        if rng.random() < 0.2:
            event["zone"] = rng.choice(["Z", "+05:30", "-11:00"])
        if rng.random() < 0.1:
            event["status"] = "reversed"
        if rng.random() < 0.2:
            event["multipliers"] = rng.sample([2, 3, 5], rng.randint(0, 3))
        events.append(event)
        if rng.random() < 0.05:
            events.append(dict(event))
    return events


def draw(rng):
    kind = rng.choice(KINDS)
    rule, result = {"kind": kind}, {}
    if rng.random() < 0.2:
        rule["eligibility"] = {"exclude": ["b"]}
    if kind in ("points", "streak"):
        result["events"] = draw_events(rng)
        rule["zone"] = rng.choice(["Z", "+02:00"])
        guards = {}
        if rng.random() < 0.3:
            guards["self"] = True
        if rng.random() < 0.3:
            guards |= {"pair_cap": rng.randint(1, 2), "pair_days": rng.randint(1, 20)}
        if rng.random() < 0.3:
            guards["serial"] = {"events": rng.randint(1, 2), "hours": rng.randint(1, 200)}
        rule["guards"] = guards
    if kind == "points":
        rule["events"] = {"up": 10, "down": -7, "gift": {"points": 5, "exempt": True}, "edit": {"points": 3, "max_total": 7}}
        rule["stack"] = rng.choice(["compound", "additive", "highest"])
        if rng.random() < 0.7:
            rule["cap"] = {"points": rng.randint(1, 20), "period": rng.choice(["day", "week", "month", "all"])}
        if rng.random() < 0.5:
            rule["floor"] = rng.randint(-3, 1)
        if rng.random() < 0.5:
            rule["start"] = 1
        if rng.random() < 0.3:
            rule["window"] = rng.choice(["day", "week", "month"])
            result["as_of"] = rng.randint(0, 40 * 24) * 3600 * 10**6
    elif kind == "streak":
        rule["freeze"] = rng.randint(0, 3)
        if rng.random() < 0.5:
            result["as_of"] = 41 * 86400 * 10**6
    elif kind in ("level", "leaderboard"):
        result["totals"] = [{"person": p} | ({"points": rng.choice([0, 1, "5/2", 5, 9])} if rng.random() < 0.9 else {})
                            | ({"best": rng.choice([1, 6])} if rng.random() < 0.3 else {})
                            | ({"at": rng.randint(0, 2)} if rng.random() < 0.5 else {}) for p in "abcdef"[:rng.randint(0, 6)]]
        if kind == "level":
            rule |= {"thresholds": [0, 1, "5/2", 6][rng.randint(0, 1):], "demotion": rng.random() < 0.5}
        else:
            rule["ranks"] = rng.choice(["competition", "modified", "dense", "fractional", "ordinal"])
    else:
        rule["ties"] = rng.choice(["all", "earlier"])
        result["entries"] = [{"id": c, "score": rng.randint(0, 3), "submitted_at": rng.randint(0, 2)}
                             for c in "abcdefghijklmnopqrstuvwxyz"[:rng.randint(0, 26)]]
        if rng.random() < 0.5:
            result["teams"] = rng.choice([26, 99, 100, 249, 250, 1000])
    return scheme_of(rule), result


ZONES = {"Z": 0, "+02:00": 120, "+05:30": 330, "-11:00": -660}


def day_of(at, zone):
    return (at + ZONES[zone] * 60 * 10**6) // (86400 * 10**6)


def period(name, day):
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
    return {"day": day, "week": date.isocalendar()[:2], "month": (date.year, date.month), "all": 0}[name]


def counted(rule, result):
    unique = {e["id"]: e for e in result["events"] if e.get("status", "valid") == "valid"}
    guards = rule["guards"]
    excluded = rule.get("eligibility", {}).get("exclude", [])
    events = [dict(e, day=day_of(e["at"], e.get("zone", rule["zone"]))) for e in unique.values()
              if e["person"] not in excluded and (guards.get("self") or e.get("by") != e["person"])]
    pairs = {}
    for e in sorted(events, key=lambda e: (e["at"], e["id"])):
        pairs.setdefault((e["by"], e["person"]) if "by" in e else e["id"], []).append(e)
    kept = []
    for pair, own in pairs.items():
        if "serial" in guards and isinstance(pair, tuple):
            n, hours = guards["serial"]["events"], guards["serial"]["hours"] * 3600 * 10**6
            bad = {k for i in range(len(own) - n) if own[i + n]["at"] - own[i]["at"] <= hours for k in range(i, i + n + 1)}
            own = [e for k, e in enumerate(own) if k not in bad]
        if "pair_cap" in guards and isinstance(pair, tuple):
            seen = {}
            for e in own:
                key = day_of(e["at"], "Z") // guards["pair_days"]
                seen[key] = seen.get(key, 0) + 1
                if seen[key] <= guards["pair_cap"]:
                    kept.append(e)
        else:
            kept += own
    people = {}
    for e in sorted(kept, key=lambda e: (e["day"], e["at"], e["id"])):
        people.setdefault(e["person"], []).append(e)
    return people


def points(rule, result):
    awards = []
    for person, events in counted(rule, result).items():
        if "window" in rule:
            now = period(rule["window"], day_of(result["as_of"], rule["zone"]))
            events = [e for e in events if period(rule["window"], e["day"]) == now]
        events = [e for e in events if e["kind"] in rule["events"]] + [
            dict(e, kind=None) for e in events if e["kind"] not in rule["events"]]
        if not any(e["kind"] for e in events):
            continue
        events.sort(key=lambda e: (e["day"], e["at"], e["id"]))
        cap = rule.get("cap")
        name = cap["period"] if cap else "day"
        total, edits, capped = rule.get("start", 0), 0, 0
        days = sorted({e["day"] for e in events})
        for k, day in enumerate(days):
            for e in (e for e in events if e["day"] == day and e["kind"]):
                worth = rule["events"][e["kind"]]
                worth = worth if isinstance(worth, dict) else {"points": worth}
                factors = e.get("multipliers", [])
                factor = 1
                if factors:
                    factor = {"additive": sum(factors), "highest": max(factors)}.get(rule["stack"])
                    if factor is None:
                        factor = 1
                        for f in factors:
                            factor *= f
                value = worth["points"] * e.get("value", 1) * factor
                if "max_total" in worth and value > 0:
                    value = min(value, worth["max_total"] - edits)
                    edits += value
                total += value
                if not worth.get("exempt"):
                    capped += value
            if k + 1 == len(days) or period(name, days[k + 1]) != period(name, day):
                if cap:
                    total -= max(0, capped - cap["points"])
                capped = 0
            if "floor" in rule:
                total = max(total, rule["floor"])
        if total:
            awards.append({"to": person, "minor": total})
    return awards


def streaks(rule, result):
    awards = []
    for person, events in counted(rule, result).items():
        days = sorted({e["day"] for e in events})
        run = best = 1
        for a, b in zip(days, days[1:]):
            run = run + 1 if b - a <= 1 + rule["freeze"] else 1
            best = max(best, run)
        if "as_of" in result and day_of(result["as_of"], rule["zone"]) - days[-1] > 1 + rule["freeze"]:
            run = 0
        awards.append({"to": person, "streak": {"best": best, "current": run}})
    return awards


def text(x):
    return str(float(x)) if x.denominator == 2 else str(x)


def expect(scheme, result):
    rule = scheme["rules"][0]
    if rule["kind"] == "points":
        return points(rule, result)
    if rule["kind"] == "streak":
        return streaks(rule, result)
    excluded = rule.get("eligibility", {}).get("exclude", [])
    if rule["kind"] == "medals":
        rows = [e for e in result["entries"] if e["id"] not in excluded]
        n = result.get("teams", len(rows))
        low = n < 100
        bronze = n * 40 // 100 if n < 250 else 100 if n < 1000 else n // 10
        silver = n * 20 // 100 if low else n * 20 // 100 if n < 250 else 50 if n < 1000 else n // 20
        gold = n // 10 if low else 10 if n < 250 else 10 + n // 500
        rows.sort(key=lambda e: (-e["score"], e["submitted_at"], e["id"]))
        awards = []
        for i, e in enumerate(rows):
            place = i + 1 if rule["ties"] == "earlier" else 1 + sum(o["score"] > e["score"] for o in rows)
            medal = "gold" if place <= gold else "silver" if place <= silver else "bronze" if place <= bronze else None
            if medal:
                awards.append({"to": e["id"], "medals": {"medal": medal, "place": place, "teams": n}})
        return awards
    rows = [(Fraction(t["points"]), t) for t in result["totals"] if "points" in t and t["person"] not in excluded]
    if rule["kind"] == "level":
        out = []
        for p, t in rows:
            if not rule["demotion"] and "best" in t:
                p = max(p, Fraction(t["best"]))
            level = sum(Fraction(x) <= p for x in rule["thresholds"])
            if level:
                out.append({"to": t["person"], "level": {"level": level}})
        return out
    out = []
    for p, t in rows:
        more, same = sum(q > p for q, _ in rows), sum(q == p for q, _ in rows)

        def order(row):
            return (-row[0], "at" not in row[1], row[1].get("at", 0), row[1]["person"])
        rank = {"competition": Fraction(more + 1), "modified": Fraction(more + same),
                "dense": Fraction(len({q for q, _ in rows if q > p}) + 1), "fractional": Fraction(2 * more + same + 1, 2),
                "ordinal": Fraction(1 + sum(order(r) < order((p, t)) for r in rows))}[rule["ranks"]]
        out.append({"to": t["person"], "leaderboard": {"points": text(p), "rank": text(rank), "tied": same}})
    return out
