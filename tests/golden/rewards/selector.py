"""Selectors, kudos, badges, titles, slots, halls of fame and roles from their definitions."""
from fractions import Fraction
from math import isqrt

KINDS = ["selector_bonus", "selector_points", "kudos", "title", "featured", "hall_of_fame", "contributor_roles", "badge"]
LISTS = ["entries", "votes", "events", "featured", "hall_of_fame", "contributions", "persons", "held"]
BILLION = 10**9
HOUR = 3600 * 10**6
WEIGHTS = ["hit_rate", "brier", "harmonic", "geometric", "linear_increment", "sqrt_increment", "quadratic_increment",
           "bounded_increment", "convergent_linear_increment", "convergent_sqrt_increment"]


# -- Drawing ------------------------------------------------------------------------------------------------

def draw_entries(rng, n):
    entries = []
    for c in "abcdefgh"[:n]:
        entry = {"id": c, "score": rng.randint(0, 4), "submitted_at": rng.randint(0, 3), "selected": rng.random() < 0.5}
        who = rng.random()
        if who < 0.5:
            entry["owner"] = rng.choice("pqr")
        elif who < 0.7:
            entry["team"] = [{"id": p} for p in rng.sample("pqrs", rng.randint(1, 3))]
        if rng.random() < 0.1:
            entry["status"] = "withdrawn"
        entries.append(entry)
    return entries


def draw_selector(rng, kind):
    rule = {"kind": kind, "weight": rng.choice(WEIGHTS)}
    w = WEIGHTS.index(rule["weight"])
    if kind == "selector_bonus":
        rule |= {"fund": "f", "pool": rng.choice(["0.01", "1.00", "99.99", "1000.00"])}
    elif w < 4 and rng.random() < 0.6:
        rule |= {"each": rng.choice([1, 7, 100]), "unit": {"code": "P", "minor_unit": 1}}
    else:
        rule |= {"pool": rng.choice([1, 100])}
    if rng.random() < 0.5:
        rule["select"] = rng.choice(["rank<=1", "score>=2", "selected"])
    if w == 3 and rng.random() < 0.5:
        rule["ratio"] = rng.choice(["1", "1/3", "0.9"])
    if w > 6 or (w == 6 and rng.random() < 0.5):
        rule["constant"] = rng.choice([1, "1/2", 3])
    if w > 1 and rng.random() < 0.5:
        rule["window_s"] = rng.choice([1, 3])
        rule["cut"] = rng.choice(["return", "author", "voters"] if "each" not in rule else ["return", "voters"])
    if w < 2 and rng.random() < 0.5:
        rule["min_votes"] = rng.randint(1, 3)
    if rng.random() < 0.3:
        rule["rounding"] = {"method": "floor_return"}
    if rng.random() < 0.3:
        rule["guards"] = rng.choice([{"pair_cap": 1}, {"novice": "new"}, {"serial": {"events": 1, "hours": 1}}])
    result = {"entries": draw_entries(rng, rng.randint(1, 5)), "votes": []}
    for entry in result["entries"]:
        for voter in rng.sample("pqruvw", rng.randint(0, 6)):
            vote = {"voter": voter, "entry": entry["id"], "at": 3 + rng.randint(0, 4) * 10**6}
            if rng.random() < 0.7:
                vote["weight"] = rng.choice([1, 2, "1/2", "7.25", 100])
            if rng.random() < 0.5:
                vote["p"] = rng.choice([0, "0.3", "1/3", 1])
            result["votes"].append(vote)
    if rng.random() < 0.02 and result["votes"]:
        result["votes"].append(dict(rng.choice(result["votes"]), weight=3))
    result["persons"] = [{"id": p} | ({"roles": ["new"]} if rng.random() < 0.3 else {}) for p in "abcdefghpqrsuvw"]
    return rule, result


def draw_kudos(rng):
    rule = {"kind": "kudos", "guards": {}}
    if rng.random() < 0.7:
        rule["budget"] = {"count": rng.randint(1, 3), "per": rng.choice(["day", "all"])}
        if rng.random() < 0.5:
            rule["budget"]["roles"] = {"old": 4, "new": 1}
    if rng.random() < 0.7:
        rule["once"] = {"per": rng.choice(["day", "all"]), "subject": rng.random() < 0.5}
    if rng.random() < 0.5:
        rule["each"] = rng.choice([2, 5])
    events = [{"id": f"e{i}", "kind": rng.choice(["kudos", "kudos", "like"]), "person": rng.choice("abc"), "by": rng.choice("abcd"),
               "at": rng.randint(0, 60) * HOUR} | ({"subject": rng.choice("xy")} if rng.random() < 0.5 else {})
              for i in range(rng.randint(0, 15))]
    persons = [{"id": p, "roles": rng.sample(["old", "new"], rng.randint(0, 2))} for p in "abcd"]
    return rule, {"events": events, "persons": persons}


def draw_badge(rng):
    rule, result = {"kind": "badge"}, {}
    if rng.random() < 0.2:
        rule |= {"where": rng.choice(["rank<=2", "selected"]), "multiple": rng.random() < 0.5}
        result["entries"] = draw_entries(rng, rng.randint(0, 6))
    else:
        rule["events"] = {"kind": "like", "count": rng.randint(1, 4)}
        if rng.random() < 0.6:
            rule["events"]["distinct"] = rng.choice(["by", "subject", "days"])
        if rng.random() < 0.6:
            rule["events"]["days"] = rng.randint(1, 4)
        result["events"] = [{"id": f"e{i}", "kind": rng.choice(["like", "like", "like", "nod"]), "person": rng.choice("ab"),
                             "at": rng.randint(0, 9 * 24) * HOUR} | ({"by": rng.choice("cde")} if rng.random() < 0.8 else {})
                            | ({"subject": rng.choice("xyz")} if rng.random() < 0.8 else {}) for i in range(rng.randint(0, 20))]
        rule[rng.choice(["multiple", "temporary"])] = rng.random() < 0.6
        result["as_of"] = rng.randint(0, 10 * 24) * HOUR
    if rng.random() < 0.5:
        rule["points"] = rng.choice([1, 5])
    result["held"] = [{"rule": rng.choice("rs"), "person": rng.choice("abpq")} for _ in range(rng.randint(0, 2))]
    return rule, result


def draw(rng):
    kind = rng.choice(KINDS)
    extra = []
    if kind.startswith("selector"):
        rule, result = draw_selector(rng, kind)
    elif kind == "kudos":
        rule, result = draw_kudos(rng)
    elif kind == "badge":
        rule, result = draw_badge(rng)
    else:
        rule, result = {"kind": kind}, {"entries": draw_entries(rng, rng.randint(0, 8))}
    if kind == "title":
        rule |= {"title": "T", "at_least": rng.randint(1, 3)}
        if rng.random() < 0.5:
            rule["where"] = rng.choice(["rank<=2", "selected", "score>=2"])
        else:
            extra = [{"id": "m", "kind": "hall_of_fame", "places": 3}]
            rule["of"] = "m"
            result["campaign"] = "now"
    elif kind == "featured":
        rule |= {"slots": rng.randint(1, 4), "per_author": rng.randint(0, 2), "rotation": rng.randint(0, 3)}
        if rng.random() < 0.5:
            rule["where"] = "score>=2"
        result |= {"round": 9, "featured": [{"entry": rng.choice("abcdefghz"), "round": rng.randint(4, 8)} for _ in range(rng.randint(0, 5))]}
    elif kind == "hall_of_fame":
        rule |= {"places": rng.randint(1, 4)} | ({"labels": ["x", "y"]} if rng.random() < 0.5 else {})
        rows = {(rng.choice(["now", "then"]), rng.choice("abc"), rng.choice("abpq")) for _ in range(rng.randint(0, 6))}
        result |= {"campaign": "now", "hall_of_fame": [{"campaign": c, "entry": e, "person": p, "revoked": rng.random() < 0.5}
                                                       for c, e, p in sorted(rows)]}
    elif kind == "contributor_roles":
        rule["roles"] = {"author": {"authors": True}, "juror": {"min": rng.choice([1, 2]), "agreement": rng.choice(["1/2", "2/3", 1])},
                         "mentor": {"min": "0.5", "max": rng.choice([1, 2]), "title": "M"}}
        result["contributions"] = [{"person": rng.choice("pqrx"), "role": rng.choice(["author", "juror", "mentor", "cook"]),
                                    "agrees": rng.random() < 0.7, "late": rng.random() < 0.2}
                                   | ({"value": rng.choice([1, "1/2", 3]), "share": rng.choice(["1/4", 1])} if rng.random() < 0.5 else {})
                                   for _ in range(rng.randint(0, 15))]
    if rng.random() < 0.2:
        rule["eligibility"] = {"exclude": rng.sample(["a", "p", "q", "u"], 2)}
    scheme = {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [{"id": "f", "budget": "1000.00"}],
              "rules": extra + [{"id": "r", **rule}]}
    return scheme, result


# -- What all have in common --------------------------------------------------------------------------------

def members(entry):
    return [m["id"] for m in entry["team"]] if "team" in entry else [entry.get("owner", entry["id"])]


def excluded(rule):
    return rule.get("eligibility", {}).get("exclude", [])


def places(rule, entries):
    """(entry, place) of eligible entries."""
    gone = excluded(rule)
    rows = [e for e in entries if e.get("status", "valid") == "valid" and e["id"] not in gone
            and not any(m in gone for m in members(e))]
    return [(e, 1 + sum(o["score"] > e["score"] for o in rows)) for e in rows]


def holds(condition, entry, place):
    return {None: True, "selected": entry["selected"], "rank<=1": place <= 1, "rank<=2": place <= 2,
            "score>=2": entry["score"] >= 2}[condition]


def floor9(x):
    return Fraction((x.numerator * BILLION) // x.denominator, BILLION)


def root64(x):
    return Fraction(isqrt((x.numerator << 128) // x.denominator), 1 << 64)


def apportion(pool, weights, method):
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    exact = [pool * w / total for w in weights]
    shares = [x.numerator // x.denominator for x in exact]
    if method == "largest_remainder":
        order = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
        for i in order[:pool - sum(shares)]:
            shares[i] += 1
    return shares


# -- Selectors ----------------------------------------------------------------------------------------------

def curve(name, x, s):
    return {"linear": lambda: x, "sqrt": lambda: root64(x), "quadratic": lambda: x * (x + 2 * s),
            "bounded": lambda: x / (x + 2 * s), "convergent_linear": lambda: x * (x + 2 * s) / (x + 4 * s),
            "convergent_sqrt": lambda: x / root64(x + 2 * s)}[name]()


def counted_votes(rule, result, eligible):
    entries = {e["id"]: e for e in result["entries"]}
    guards, gone = rule.get("guards", {}), excluded(rule)
    new = {p["id"] for p in result["persons"] if "new" in p.get("roles", [])}
    votes = [v for v in result["votes"] if v["entry"] in eligible and v["voter"] not in gone
             and v["voter"] not in members(entries[v["entry"]]) and v["voter"] != v["entry"]
             and not (guards.get("novice") and v["voter"] in new)]
    pairs = {}
    for v in sorted(votes, key=lambda v: (v["at"], v["entry"])):
        pairs.setdefault((v["voter"], entries[v["entry"]].get("owner", v["entry"])), []).append(v)
    if "serial" in guards:  # every second vote of a pair is within the hour
        votes = [own[0] for own in pairs.values() if len(own) == 1]
    elif "pair_cap" in guards:  # all are of one day
        votes = [own[0] for own in pairs.values()]
    return sorted(votes, key=lambda v: (v["entry"], v["at"], v["voter"]))


def selector(rule, result):
    seen = [(v["voter"], v["entry"]) for v in result["votes"]]
    if len(seen) != len(set(seen)):
        return "ERR_SCHEMA"
    standing = places(rule, result["entries"])
    entries = {e["id"]: e for e, _ in standing}
    hit = {e["id"]: holds(rule.get("select", "selected"), e, place) for e, place in standing}
    votes = counted_votes(rule, result, entries)
    claims = []  # (sort key, to, entry, weight)
    if rule["weight"] in ("hit_rate", "brier"):
        for voter in sorted({v["voter"] for v in votes}):
            own = [v for v in votes if v["voter"] == voter]
            if len(own) < rule.get("min_votes", 1):
                continue
            if rule["weight"] == "hit_rate":
                score = Fraction(sum(hit[v["entry"]] for v in own), len(own))
            else:
                score = sum(1 - (Fraction(v.get("p", 1)) - hit[v["entry"]])**2 for v in own) / len(own)
            claims.append(((0, voter, ""), voter, None, floor9(score)))
    else:
        cuts = {}
        for e in entries:
            before = Fraction(0)
            for k, v in enumerate([v for v in votes if v["entry"] == e and hit[e]], 1):
                stake = Fraction(v.get("weight", 1))
                if rule["weight"] == "harmonic":
                    full = Fraction(1, k)
                elif rule["weight"] == "geometric":
                    full = Fraction(rule.get("ratio", "1/2"))**k
                else:
                    name, s = rule["weight"].removesuffix("_increment"), Fraction(rule.get("constant", 0))
                    full = max(Fraction(0), curve(name, before + stake, s) - curve(name, before, s))
                before += stake
                full = weight = floor9(full)
                age, window = v["at"] - entries[e]["submitted_at"], rule.get("window_s", 0) * 10**6
                if age < window:
                    weight = floor9(full * Fraction(age, window))
                cut = rule.get("cut", "return")
                if window and cut != "voters":
                    owner = e if cut == "author" else ""
                    cuts[owner] = cuts.get(owner, 0) + full - weight
                claims.append(((0, v["voter"], e), v["voter"], e, weight))
        claims += [((1, "", e), None, e, weight) for e, weight in cuts.items()]
    claims.sort(key=lambda c: c[0])
    if "each" in rule:
        each = rule["each"] * 10
        found = [(to, e, int(w * each + Fraction(1, 2))) for _, to, e, w in claims]
    else:
        pool = round(float(rule["pool"]) * 100) if rule["kind"] == "selector_bonus" else rule["pool"]
        shares = apportion(pool, [c[3] for c in claims], rule.get("rounding", {}).get("method", "largest_remainder"))
        found = [(to, e, share) for (_, to, e, _), share in zip(claims, shares)]
    awards = []
    for to, e, minor in found:
        if to is not None:
            awards.append({"to": to, "minor": minor} | ({"entry": e} if e else {}))
        elif e and minor:
            team = sorted(members(entries[e]))
            parts = apportion(minor, [Fraction(1)] * len(team), "largest_remainder")
            awards += [{"to": m, "minor": part, "entry": e} for m, part in zip(team, parts)]
    return [a for a in awards if a["minor"]]


# -- The others ---------------------------------------------------------------------------------------------

def kudos(rule, result):
    gone, roles = excluded(rule), {p["id"]: p["roles"] for p in result["persons"]}
    once, budget = rule.get("once", {}), rule.get("budget")
    seen, used, got = set(), {}, {}
    for e in sorted(result["events"], key=lambda e: (e["at"], e["id"])):
        if e["kind"] != "kudos" or e["by"] == e["person"] or e["by"] in gone or e["person"] in gone:
            continue
        day = e["at"] // (24 * HOUR)
        key = (e["by"], e["person"], e.get("subject") if once.get("subject") else None, day if once.get("per", "day") == "day" else 0)
        if key in seen:
            continue
        seen.add(key)
        if budget:
            limit = max([budget["roles"][r] for r in roles[e["by"]]], default=0) if "roles" in budget else 0
            giver = (e["by"], day if budget["per"] == "day" else 0)
            used[giver] = used.get(giver, 0) + 1
            if used[giver] > (limit or budget["count"]):
                continue
        got[e["person"]] = got.get(e["person"], 0) + rule.get("each", 1)
    return [{"to": p, "minor": n} for p, n in got.items()]


def featured(rule, result):
    rest = {f["entry"] for f in result["featured"] if f["round"] >= 9 - rule["rotation"]}
    used, awards, slot = {}, [], 0
    rows = [(e, p) for e, p in places(rule, result["entries"]) if holds(rule.get("where"), e, p)]
    for e, place in sorted(rows, key=lambda row: (row[1], row[0]["submitted_at"], row[0]["id"])):
        full = rule["per_author"] and any(used.get(m, 0) >= rule["per_author"] for m in members(e))
        if slot == rule["slots"] or e["id"] in rest or full:
            continue
        slot += 1
        for m in members(e):
            used[m] = used.get(m, 0) + 1
            awards.append({"to": m, "entry": e["id"], "featured": {"place": place, "slot": slot}})
    return awards


def hall(rule, result):
    known = {(h["campaign"], h["entry"], h["person"]) for h in result.get("hall_of_fame", [])}
    awards = []
    for e, place in places(rule, result["entries"]):
        for m in members(e):
            if place <= rule["places"] and ("now", e["id"], m) not in known:
                label = {"label": rule["labels"][min(place, 2) - 1]} if "labels" in rule else {}
                awards.append({"to": m, "entry": e["id"], "hall_of_fame": {"campaign": "now", "place": place} | label})
    return awards


def titles(rule, others, result):
    gone, count = excluded(rule), {}
    if "of" in rule:
        reasons = [a["to"] for a in others]
    else:
        reasons = [m for e, p in places(rule, result["entries"]) if holds(rule["where"], e, p) for m in members(e)]
    for m in reasons:
        if m not in gone:
            count[m] = count.get(m, 0) + 1
    return [{"to": m, "title": {"title": "T"}} for m, n in count.items() if n >= rule["at_least"]]


def badge_times(rule, events, as_of):
    """How often the events of a person, in order of time, reach the number."""
    need, days = rule["events"]["count"], rule["events"].get("days", 10**9)
    way = rule["events"].get("distinct")
    rows = []
    for i, e in enumerate(events):
        day = e["at"] // (24 * HOUR)
        key = {None: i, "by": e.get("by"), "subject": e.get("subject"), "days": day}[way]
        if key is not None:
            rows.append((day, key))
    if rule.get("temporary"):
        today = as_of // (24 * HOUR)
        return int(len({k for d, k in rows if today - days < d <= today}) >= need)
    times, start = 0, 0
    for i, (day, _) in enumerate(rows):
        if len({k for d, k in rows[start:i + 1] if day - d < days}) >= need:
            times, start = times + 1, i + 1
    return times if rule.get("multiple") else min(times, 1)


def badges(rule, result):
    got = []
    if "where" in rule:
        for e, p in places(rule, result["entries"]):
            got += [m for m in members(e) if holds(rule["where"], e, p)]
        got = got if rule["multiple"] else sorted(set(got))
    else:
        for person in "ab":
            own = [e for e in result["events"] if e["person"] == person and e["kind"] == "like" and person not in excluded(rule)]
            got += [person] * badge_times(rule, sorted(own, key=lambda e: (e["at"], e["id"])), result["as_of"])
    if not rule.get("temporary"):
        got += sorted({h["person"] for h in result["held"] if h["rule"] == "r"} - set(got) - set(excluded(rule)))
    awards = [{"to": p, "badge": {}} for p in got]
    if "points" in rule:
        awards += [{"to": p, "minor": got.count(p) * rule["points"]} for p in set(got)]
    return awards


def text(x):
    digits = f"{float(x):.10f}".rstrip("0").rstrip(".")
    return digits if Fraction(digits) == x else str(x)


def roles(rule, result):
    gone, rows = excluded(rule), {}
    for c in result["contributions"]:
        if c["role"] in rule["roles"] and not c["late"] and c["person"] not in gone:
            amount = Fraction(c.get("value", 1)) * Fraction(c.get("share", 1))
            rows.setdefault((c["person"], c["role"]), []).append((amount, c["agrees"]))
    for e, _ in places(rule, result["entries"]):
        for m in members(e):
            rows.setdefault((m, "author"), []).append((Fraction(1), True))
    awards = []
    for (person, name), own in rows.items():
        role, amount = rule["roles"][name], sum(a for a, _ in own)
        if amount < Fraction(role.get("min", 1)) or sum(ok for _, ok in own) < Fraction(role.get("agreement", 0)) * len(own):
            continue
        amount = min(amount, Fraction(role.get("max", amount)))
        awards.append({"to": person, "entry": name, "contributor_roles": {"amount": text(amount), "role": name}
                       | ({"title": role["title"]} if "title" in role else {})})
    return awards


def expect(scheme, result):
    *others, rule = scheme["rules"]
    kind = rule["kind"]
    if kind.startswith("selector"):
        return selector(rule, result)
    if kind == "kudos":
        return kudos(rule, result)
    if kind == "badge":
        return badges(rule, result)
    if kind == "featured":
        return featured(rule, result)
    if kind == "contributor_roles":
        return roles(rule, result)
    if kind == "hall_of_fame":
        return hall(rule, result)
    first = hall(others[0], result) if others else []
    return first + titles(rule, first, result)
