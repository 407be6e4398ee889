"""Trust levels, reputation by trust, decay and points for places, from their definitions."""
import math
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from fractions import Fraction

KINDS = ["trust_level", "reputation", "decay", "rank_points"]
LISTS = ["events", "activity", "trust", "peers", "entries"]
DAY = 86400 * 10**6
getcontext().prec = 60


def number(rng):
    return rng.choice([0, 1, 2, "0.5", "1/3", "2.75", 7, -1, "-0.25"])


def some(rng, names):
    return rng.sample(names, rng.randint(0, len(names)))


def draw_reputation(rng):
    names = "abcde"[:rng.randint(1, 5)]
    rule = {"kind": "reputation", "alpha": rng.choice([0, "0.15", "1/2", "0.1", 1, "0.333333333"]),
            "iterations": rng.choice([0, 1, 2, 3, 7]), "total": rng.choice([1, 1000, 4000, "12.5"]),
            "unit": {"code": "P", "minor_unit": rng.choice([1, 3])}}
    if rng.random() < 0.3:
        rule["method"] = "pagerank"
    elif rng.random() < 0.6:
        rule["pre_trusted"] = some(rng, names) or ["a"]
    result = {"trust": [{"from": rng.choice(names), "to": rng.choice(names)} | ({"weight": number(rng)} if rng.random() < 0.8
                                                                              else {}) for _ in range(rng.randint(0, 14))]}
    if rng.random() < 0.5:
        starts = rng.random() < 0.5
        result["peers"] = [{"person": p} | ({"start": rng.choice([0, 1, "0.5", 3])} if starts and rng.random() < 0.8 else {})
                           for p in some(rng, names)]
    return rule, result


def draw_decay(rng):
    form = rng.choice(["half_life", "linear", "steps", "interval"])
    rule = {"kind": "decay", "form": form, "unit": {"code": "P", "minor_unit": rng.choice([0, 2])}}
    if form == "steps":
        rule["steps"] = [{"after_days": a, "factor": f} for a, f in
                         [(0, "0.9"), (3, "1/2"), ("7.5", "0.1"), (20, 0)][rng.randint(0, 3):]]
    else:
        rule["days"] = rng.choice([1, 3, 7, "2.5", 30])
    if form == "interval":
        rule["discount"] = rng.choice([0, "0.5", "0.1", 1, "1/3"])
    if rng.random() < 0.5:
        rule["events"] = {"up": 10, "down": "-2.5"}
    events = [{"id": f"e{i}", "kind": rng.choice(["up", "down", "other"]), "person": rng.choice("abc"),
               "at": rng.randint(0, 30 * 24) * 3600 * 10**6} | ({"value": number(rng)} if rng.random() < 0.7 else {})
              | ({"by": rng.choice("abc")} if rng.random() < 0.3 else {}) for i in range(rng.randint(0, 20))]
    return rule, {"as_of": rng.randint(5, 30) * DAY, "events": events}


EVER = {"topics_entered": (5, 20, 200), "posts_read": (30, 100, 500), "minutes_read": (10, 60), "days_visited": (15,),
        "likes_given": (1,), "likes_received": (1,), "topics_replied": (3,)}
LATE = {"days_visited": 50, "topics_replied": 10, "topics_viewed": 25, "posts_read": 250, "likes_given": 30, "likes_received": 20,
        "likes_received_users": 5, "likes_received_days": 7}


def draw_trust_level(rng):
    rule, activity = {"kind": "trust_level"}, []
    if rng.random() < 0.4:
        rule["settings"] = {name: value for name, value in [
            ("tl3_requires_likes_received", rng.randint(0, 60)), ("tl3_time_period", rng.randint(1, 30)),
            ("tl3_requires_topics_viewed", rng.randint(0, 100)), ("tl3_requires_topics_viewed_cap", rng.randint(0, 60)),
            ("tl2_requires_days_visited", rng.randint(0, 20)), ("tl3_promotion_min_duration", rng.randint(0, 30)),
            ("tl3_requires_max_flagged", rng.randint(0, 3))] if rng.random() < 0.5}
    for p in "abcdef"[:rng.randint(0, 6)]:
        row = {"person": p, "level": rng.choice([0, 1, 2, 2, 3, 3, 3, 4])}
        near = rng.choice([0.85, 0.95, 1.1, 2])
        row |= {name: max(0, round(rng.choice(bars) * rng.choice([near, 1, 1, 2]))) for name, bars in EVER.items()}
        if rng.random() < 0.9:
            row |= {"topics_entered": 200 + rng.randint(-1, 1), "posts_read": 500 + rng.randint(-1, 2), "minutes_read": 60}
        row["period"] = {name: max(0, round(bar * rng.choice([near, 1, 1, 1, 1, 2])) + (rng.random() < 0.1) - (rng.random() < 0.1))
                         for name, bar in LATE.items()}
        row["period"]["flagged_posts"] = rng.choice([0, 0, 5, 6, 1])
        if rng.random() < 0.2:
            row["period"]["flagged_by"] = rng.randint(0, 7)
        if rng.random() < 0.1:
            row["penalties"] = rng.randint(0, 1)
        if rng.random() < 0.3:
            row["since"] = rng.randint(70, 101) * DAY
        if rng.random() < 0.3:
            row["created_at"] = 100 * DAY - rng.randint(0, 90) * 60 * 10**6
        if rng.random() < 0.1:
            row["locked"] = True
        activity.append(row)
    result = {"activity": activity, "new_topics": rng.randint(90, 110), "new_posts": rng.randint(900, 1100)}
    if rng.random() < 0.7:
        result["as_of"] = 100 * DAY
    return rule, result


def draw_rank_points(rng):
    rule = {"kind": "rank_points", "unit": {"code": "P", "minor_unit": rng.choice([0, 2, 6])}}
    if rng.random() < 0.5:
        rule["formula"] = rng.choice(["kaggle_2015", "kaggle_2012"])
    entries = [{"id": c, "score": rng.randint(0, 4)} | ({"team": [{"id": f"{c}{k}"} for k in range(rng.randint(1, 5))]}
                                                       if rng.random() < 0.3 else {})
               for c in "abcdefghij"[:rng.randint(0, 10)]]
    result = {"entries": entries}
    if rng.random() < 0.6:
        result["teams"] = rng.choice([10, 11, 100, 1000, 4571])
    if rng.random() < 0.6:
        result |= {"closed_at": 0, "as_of": rng.choice([0, 1, 30, 365, 730, 800]) * DAY}
    return rule, result


def draw(rng):
    kind = rng.choice(KINDS)
    rule, result = {"trust_level": draw_trust_level, "reputation": draw_reputation, "decay": draw_decay,
                    "rank_points": draw_rank_points}[kind](rng)
    if rng.random() < 0.15:
        rule["eligibility"] = {"exclude": ["b"]}
    return {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [], "rules": [{"id": "r", **rule}]}, result


# -- What must come out ----------------------------------------------------------------------------


def half_up(x):
    return int(math.floor(x + Fraction(1, 2))) if x >= 0 else -int(math.floor(-x + Fraction(1, 2)))


def reputation(rule, result, excluded):
    rows = [r for r in result["trust"] if not {r["from"], r["to"]} & excluded]
    peers = result.get("peers", [])
    people = sorted({r[k] for r in result["trust"] for k in ("from", "to")} | {p["person"] for p in peers})
    people = [p for p in people if p not in excluded]
    starts = {p["person"]: Fraction(p["start"]) for p in peers if "start" in p}
    if not people:
        return []
    before = [p for p in people if p in rule.get("pre_trusted", people)]
    if not before:
        return "ERR_SCHEMA"
    if starts and not any(starts.get(p) for p in people):
        return "ERR_SCHEMA"
    alpha, p0 = Fraction(rule["alpha"]), {p: Fraction(p in before, len(before)) for p in people}
    marks = {}
    for r in rows:
        if r["from"] != r["to"]:
            marks[r["from"], r["to"]] = marks.get((r["from"], r["to"]), 0) + Fraction(r.get("weight", 1))
    marks = {pair: mark for pair, mark in marks.items() if mark > 0}
    given = {p: sum(m for (a, _), m in marks.items() if a == p) for p in people}
    total = sum(starts.get(p, 0) for p in people)
    now = {p: starts.get(p, 0) / total for p in people} if starts else p0
    for _ in range(rule["iterations"]):
        idle = sum(now[p] for p in people if not given[p])
        now = {p: (1 - alpha) * (sum(now[a] * m / given[a] for (a, b), m in marks.items() if b == p) + idle * p0[p])
               + alpha * p0[p] for p in people}
    scores = {p: Fraction(half_up(Fraction(half_up(now[p] * 10**12), 1000)), 10**9) for p in people}
    pool = int(Fraction(rule["total"]) * 10**rule["unit"]["minor_unit"])
    exact = {p: pool * scores[p] / sum(scores.values()) for p in people}
    shares = {p: math.floor(exact[p]) for p in people}
    for p in sorted(people, key=lambda p: (shares[p] - exact[p], p))[:pool - sum(shares.values())]:
        shares[p] += 1
    return [{"to": p, "minor": shares[p]} for p in people if shares[p]]


def power(base, exponent):
    """base^exponent to 12 decimals; base and exponent are fractions, 0 < base < 1."""
    if base in (0, 1):
        return Fraction(base if exponent else 1)
    x = (Decimal(base.numerator) / Decimal(base.denominator)).ln() * Decimal(exponent.numerator) / Decimal(exponent.denominator)
    return Fraction(x.exp().quantize(Decimal(10) ** -12, rounding=ROUND_HALF_EVEN))


def left(rule, age):
    if rule["form"] == "steps":
        factors = [Fraction(s["factor"]) for s in rule["steps"] if Fraction(s["after_days"]) <= age]
        return factors[-1] if factors else 1
    spans = age / Fraction(rule["days"])
    if rule["form"] == "linear":
        return max(0, 1 - spans)
    if rule["form"] == "half_life":
        return power(Fraction(1, 2), spans)
    return power(1 - Fraction(rule["discount"]), Fraction(math.floor(spans)))


def decay(rule, result, excluded):
    people = {}
    for e in result["events"]:
        if e["person"] in excluded or e.get("by") == e["person"] or e["at"] > result["as_of"]:
            continue
        worth = Fraction(e.get("value", 1))
        if "events" in rule:
            worth *= Fraction(rule["events"].get(e["kind"], 0))
        age = Fraction(result["as_of"] - e["at"], DAY)
        people[e["person"]] = people.get(e["person"], 0) + worth * left(rule, age)
    minors = {p: half_up(x * 10**rule["unit"]["minor_unit"]) for p, x in people.items()}
    return [{"to": p, "minor": m} for p, m in minors.items() if m]


def trust_level(rule, result, excluded):
    s = rule.get("settings", {})
    period, cap = s.get("tl3_time_period", 100), s.get("tl3_requires_topics_viewed_cap", 500)
    likes, flags = s.get("tl3_requires_likes_received", 20), s.get("tl3_requires_max_flagged", 5)
    late = LATE | {
        "topics_viewed": min(half_up(Fraction(result["new_topics"] * s.get("tl3_requires_topics_viewed", 25), 100)), cap),
        "posts_read": min(half_up(Fraction(result["new_posts"], 4)), 20000), "likes_received": likes,
        "likes_received_users": math.ceil(Fraction(likes, 4)),
        "likes_received_days": min(math.ceil(Fraction(likes, 3)), math.ceil(Fraction(3 * period, 4)))}
    awards = []
    for row in result["activity"]:
        if row["person"] in excluded:
            continue
        old = "created_at" not in row or "as_of" not in result
        minutes = 10**9 if old else Fraction(result["as_of"] - row["created_at"], 60 * 10**6)

        def first(level, row=row, minutes=minutes):
            bars = {k: v[level - 1] for k, v in EVER.items() if len(v) >= level and (level == 1 or k != "likes_given")}
            if level == 1:
                bars = {k: EVER[k][0] for k in ("topics_entered", "posts_read", "minutes_read")}
            else:
                bars |= {"days_visited": s.get("tl2_requires_days_visited", 15), "likes_given": 1, "likes_received": 1,
                         "topics_replied": 3}
            return minutes >= bars["minutes_read"] and all(row[k] >= bar for k, bar in bars.items())

        def third(part, row=row):
            p = row["period"]
            return (all(p[k] >= part * bar for k, bar in late.items()) and p["flagged_posts"] <= flags
                    and p.get("flagged_by", 0) <= flags and row["topics_entered"] >= 200 and row["posts_read"] >= 500
                    and not row.get("penalties"))

        was = level = row["level"]
        if row.get("locked"):
            why = "locked"
        elif level == 4:
            why = "manual"
        elif level == 3:
            grace = s.get("tl3_promotion_min_duration", 14) * DAY
            if "since" in row and "as_of" in result and result["as_of"] - row["since"] <= grace:
                why = "grace"
            elif third(Fraction(9, 10)):
                why = "kept"
            else:
                why, level = "lost", 2
        else:
            if level == 0 and first(1):
                level = 1
            if level == 1 and first(2):
                level = 2
            if level == 2 and third(1):
                level = 3
            why = "promoted" if level > was else "stays"
        if level:
            awards.append({"to": row["person"], "trust_level": {"level": level, "was": was, "why": why}})
    return awards


def rank_points(rule, result, excluded):
    rows = [e for e in result["entries"] if not ({e["id"]} | {m["id"] for m in e.get("team", [])}) & excluded]
    teams = result.get("teams", len(rows))
    days = Decimal(result.get("as_of", 0) // DAY)
    awards = []
    for e in rows:
        rank, size = 1 + sum(o["score"] > e["score"] for o in rows), len(e.get("team", [])) or 1
        x = Decimal(100000) * (Decimal(rank).ln() * Decimal("-0.75")).exp()
        if rule.get("formula") == "kaggle_2012":
            x *= Decimal(teams).log10() * max(Decimal(0), 730 - days) / 730 / size
        else:
            x *= (1 + Decimal(teams).log10()).log10() * (-days / 500).exp() / Decimal(size).sqrt()
        minor = half_up(Fraction(half_up(Fraction(x) * 10**9), 10**9) * 10**rule["unit"]["minor_unit"])
        if minor:
            awards += [{"to": m["id"], "minor": minor} for m in e.get("team", [{"id": e["id"]}])]
    return awards


def expect(scheme, result):
    rule = scheme["rules"][0]
    excluded = set(rule.get("eligibility", {}).get("exclude", []))
    return {"reputation": reputation, "decay": decay, "trust_level": trust_level,
            "rank_points": rank_points}[rule["kind"]](rule, result, excluded)
