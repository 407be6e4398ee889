"""Contests, from their definitions: every amount with fractions, ties and matchings by search."""
from fractions import Fraction
from itertools import permutations
from math import isqrt

KINDS = ["winner_takes_all", "ranked_prizes", "class_prizes", "guaranteed_prize", "assurance", "assurance_bonus",
         "participation", "coupon", "milestone", "progress_prize", "benchmark_bonus", "reliability_bonus"]
LISTS = ["entries", "persons", "pledges", "progress", "measures"]


def money(minor):
    return f"{minor // 100}.{minor % 100:02}"


def minor(text):
    return int(Fraction(text) * 100)


def largest_remainder(pool, weights):
    """Shares of weights in their order: whole parts, then one more to the largest fractions, first ones first."""
    total = sum(weights)
    exact = [Fraction(pool) * w / total for w in weights]
    shares = [int(q) for q in exact]
    for i in sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))[:pool - sum(shares)]:
        shares[i] += 1
    return shares


def half_up(x):
    return int(x + Fraction(1, 2))


# ---- results ----

def draw_entries(rng):
    entries = []
    for i in range(rng.choice([0, 1, 2, 3, 3, 4, 5, 6, 7])):
        e = {"id": f"e{i}", "submitted_at": rng.randint(1, 4)}
        if rng.random() < 0.9:
            e["score"] = rng.choice([0, 1, 1, 2, 2, "2.5", "7/3", 3])
        if rng.random() < 0.3:
            e["owner"] = rng.choice(["p0", "p1", "p2"])
        elif rng.random() < 0.15:
            e["team"] = [{"id": p} for p in rng.sample(["p0", "p1", "p2", "p3"], rng.randint(1, 3))]
        if rng.random() < 0.1:
            e["status"] = rng.choice(["withdrawn", "disqualified"])
        if rng.random() < 0.4:
            e["roles"] = rng.sample(["finalist", "youth", "senior"], rng.randint(1, 2))
        if rng.random() < 0.05:
            e["selected"] = True
        entries.append(e)
    persons = [{"id": i} for i in [f"p{k}" for k in range(6)] + [e["id"] for e in entries]]
    for p in persons:
        if rng.random() < 0.3:
            p["role"] = rng.choice(["youth", "senior", "jury"])
        if rng.random() < 0.3:
            p["wins"] = rng.randint(0, 2)
        if rng.random() < 0.7:
            p["reliability"] = rng.choice([79, 80, "89.9", 90, 94, 95, 100])
        if rng.random() < 0.5:
            p["household"] = rng.choice(["h1", "h2"])
        if rng.random() < 0.7:
            p["verified"] = True
    return {"entries": entries, "persons": persons}


def score(entry):
    return Fraction(entry["score"]) if "score" in entry else None


def valid(result):
    return sorted((e for e in result["entries"] if e.get("status", "valid") == "valid"), key=lambda e: e["id"])


def behind(entry):
    return sorted(m["id"] for m in entry["team"]) if "team" in entry else [entry.get("owner", entry["id"])]


def order(entry):
    return (entry.get("score") is None, -(score(entry) or 0))


def groups(entries):
    """Lists of tied entries, best first, and the place of each."""
    out, place = [], 1
    for e in sorted(entries, key=lambda e: (order(e), e["id"])):
        if out and order(out[-1][1][0]) == order(e):
            out[-1][1].append(e)
        else:
            out.append((place, [e]))
        place += 1
    return out


def best_only(entries):
    taken, out = set(), []
    for e in sorted(entries, key=lambda e: (order(e), e["submitted_at"], e["id"])):
        people = set(behind(e)) | ({e["owner"]} if "owner" in e else set())
        if not people & taken:
            taken |= people
            out.append(e)
    return out


def give(out, rule, entry, amount):
    people = behind(entry)
    for person, part in zip(people, largest_remainder(amount, [1] * len(people))):
        if part > 0:
            out.append({"rule": rule["id"], "to": person, "entry": entry["id"], "kind": "money", "minor": part})


def share(out, rule, entries, pool):
    entries = sorted(entries, key=lambda e: e["id"])
    for e, part in zip(entries, largest_remainder(pool, [1] * len(entries)) if entries else []):
        give(out, rule, e, part)


# ---- prizes by place ----

DIGITAL_RUN = [[100], [70, 30], [65, 25, 10], [60, 22, 10, 8], [56, 20, 10, 8, 6]]


def draw_quality(rng, rule):
    pick = rng.random()
    if pick < 0.15:
        rule["quality"] = {"least": rng.choice(["1", "2", "2.4"])}
    elif pick < 0.3:
        rule["quality"] = {"quantile": rng.choice(["0.1", "0.5", "1/3", "1"])}
    elif pick < 0.4:
        rule["quality"] = {"benchmark": "e0"}


def draw_winner_takes_all(rng, rule):
    rule.update(prize=money(rng.choice([1, 2, 100, 99999])), ties=rng.choice(["pool", "earlier", "no_award"]))
    draw_quality(rng, rule)


def draw_ranked_prizes(rng, rule):
    form = rng.choice(["list", "geometric", "power", "equal", "pga_tour", "digital_run"])
    if form == "list":
        rule["prizes"] = [money(x) for x in sorted((rng.randint(1, 9999) for _ in range(rng.randint(1, 5))), reverse=True)]
    else:
        rule.update(purse=money(rng.randint(1, 100000)), table={"form": form})
        if form in ("geometric", "power", "equal"):
            rule["table"]["places"] = rng.randint(1, 8)
        if form == "geometric":
            rule["table"]["ratio"] = rng.choice(["1/2", "0.9", "1", "1/3"])
        if form == "power":
            rule["table"]["exponent"] = rng.choice([1, 2, 3, "0.5", "1.5"])
    rule["on_vacant"] = rng.choice(["return", "roll_down", "roll_over"])
    rule["ties"] = rng.choice(["pool", "earlier", "creator_decides"])
    if rng.random() < 0.3:
        rule["per_person"] = "best_only"
    if rng.random() < 0.3:
        rule["based_on"] = {"entries": rng.randint(1, 8)}
        if rng.random() < 0.5:
            rule["based_on"]["max_purse"] = "2000.00"
        if rng.random() < 0.5:
            rule["based_on"].update(guaranteed_above=rng.choice(["10.00", "500.00"]), guaranteed=rng.choice(["0.5", "1/3"]))
    draw_quality(rng, rule)


def power(place, exponent):
    if exponent.denominator == 1:
        return Fraction(1, place ** int(exponent))
    return Fraction(isqrt((1 << 120) // place ** int(2 * exponent)), 1 << 60)


def first_table(rule, passing):
    if "prizes" in rule:
        return [minor(p) for p in rule["prizes"]]
    purse, table = minor(rule["purse"]), rule["table"]
    n = table.get("places", 0)
    if table["form"] == "geometric":
        return largest_remainder(purse, [Fraction(table["ratio"]) ** i for i in range(n)])
    if table["form"] == "power":
        return largest_remainder(purse, [power(i + 1, Fraction(table["exponent"])) for i in range(n)])
    if table["form"] == "equal":
        return largest_remainder(purse, [1] * n)
    if table["form"] == "digital_run":
        return largest_remainder(purse, DIGITAL_RUN[min(passing, 5) - 1])
    from_fifth = [180, 109, 69, 49, 41]  # and on: in thousandths of a percent below
    rest = "3625 3375 3125 2925 2725 2525 2325 2125 1925 1825 1725 1625 1525 1425 1325 1225 1125 1045 965 885 805 " \
           "775 745 715 685 655 625 595 570 545 520 495 475 455 435 415 395 375 355 335 315 295 279 265 257 251 245 " \
           "241 237 235 233 231 229 227 225 223 221 219 217 215"
    return largest_remainder(purse, [x * 100 for x in from_fifth] + [int(x) for x in rest.split()])


def good_enough(rule, entries, result):
    quality = rule.get("quality", {})
    if not quality:
        return entries
    if "least" in quality:
        needed = Fraction(quality["least"])
    elif "benchmark" in quality:
        base = [e for e in result["entries"] if e["id"] == quality["benchmark"]]
        if not base or score(base[0]) is None:
            return None
        needed = score(base[0])
        entries = [e for e in entries if e["id"] != quality["benchmark"]]
    else:
        scores = sorted(score(e) for e in entries if score(e) is not None)
        q = Fraction(quality["quantile"])
        reaching = [s for s in scores if Fraction(sum(t <= s for t in scores), len(scores)) >= q]
        if not reaching:
            return []
        needed = min(reaching)
    return [e for e in entries if score(e) is not None and score(e) >= needed]


def by_place(rule, result, table_of):
    standing = best_only(valid(result)) if rule.get("per_person") == "best_only" else valid(result)
    entries = good_enough(rule, standing, result)
    if entries is None:
        return "ERR_SCHEMA"
    out = []
    if not entries:
        return out
    table = table_of(len(entries))
    base = rule.get("based_on")
    purse = sum(table)
    if base:
        exact = Fraction(purse) * len(valid(result)) / base["entries"]
        if "guaranteed" in base and purse > minor(base["guaranteed_above"]):
            exact = max(exact, purse * Fraction(base["guaranteed"]))
        exact = min(exact, minor(base.get("max_purse", money(purse))))
        purse = int(exact)
        table = largest_remainder(purse, table) if sum(table) else table
    if rule.get("on_vacant") == "roll_down" and len(entries) < len(table) and sum(table[:len(entries)]) > 0:
        table = largest_remainder(purse, table[:len(entries)])
    for place, tied in groups(entries):
        prizes = (table + [0] * 1000)[place - 1:place - 1 + len(tied)]
        if place > len(table):
            break
        if len(tied) == 1:
            give(out, rule, tied[0], prizes[0])
        elif rule["ties"] in ("no_award", "creator_decides"):
            break
        elif rule["ties"] == "pool" or len(set(prizes)) == 1:
            share(out, rule, tied, sum(prizes))
        else:
            for e, p in zip(sorted(tied, key=lambda e: (e["submitted_at"], e["id"])), prizes):
                give(out, rule, e, p)
    return out


def expect_winner_takes_all(rule, result):
    return by_place(rule, result, lambda n: [minor(rule["prize"])])


def refused_ranked_prizes(rule):
    purse = sum(first_table(rule, 5))
    return "based_on" in rule and minor(rule["based_on"].get("max_purse", money(purse))) < purse


def expect_ranked_prizes(rule, result):
    return "ERR_SCHEMA" if refused_ranked_prizes(rule) else by_place(rule, result, lambda n: first_table(rule, n))


# ---- classes ----

def draw_class_prizes(rng, rule):
    names = rng.sample([("open", None), ("youth", "youth"), ("senior", "senior"), ("club", "finalist")], rng.randint(1, 4))
    rule["lists"] = []
    for name, role in names:
        prizes = [money(x) for x in sorted((rng.choice([100, 100, 200, 300, 350, 1]) for _ in range(rng.randint(1, 3))), reverse=True)]
        rule["lists"].append({"id": name, "prizes": prizes, **({"role": role} if role else {})})


def matches(members, wanted):
    """Can every wanted list have a member of its own? By search."""
    def place(i, free):
        return i == len(wanted) or any(wanted[i] in members[m] and place(i + 1, free - {m}) for m in free)
    return place(0, frozenset(range(len(members))))


def expect_class_prizes(rule, result):
    lists, out = rule["lists"], []
    left = [[minor(p) for p in x["prizes"]] for x in lists]
    roles = {p["id"]: [p.get("role")] for p in result["persons"]}

    def may(e, x):
        return ("role" not in x or x["role"] in e.get("roles", [])
                or all(x["role"] in roles.get(p, []) for p in behind(e)))
    for _, tied in groups(best_only(valid(result))):
        members = [(e, {k for k, x in enumerate(lists) if may(e, x)}) for e in tied]
        while members:
            chosen = []  # lists, as often as prizes of theirs are in the pool
            candidates = sorted(((-p, k, i) for k, x in enumerate(left) for i, p in enumerate(x)))
            for _, k, _ in candidates:
                if len(chosen) < len(members) and matches([m for _, m in members], chosen + [k]):
                    chosen.append(k)
            used = [chosen.count(k) for k in range(len(lists))]
            pool = sum(sum(left[k][:used[k]]) for k in range(len(lists)))
            if len(members) <= 4:  # nothing better by trying everything
                best = 0
                for pick in permutations([(k, i) for k, x in enumerate(left) for i in range(min(len(x), len(members)))],
                                         min(len(members), sum(map(len, left)))):
                    if len(pick) <= 4:
                        best = max(best, sum(left[k][i] if k in m else 0 for (k, i), (_, m) in zip(pick, members)))
                assert len(members) > sum(map(len, left)) or best == pool, (best, pool)
            rival = None
            for k in range(len(lists)):
                own = [e for e, m in members if k in m]
                if own and len(own) < len(members):
                    each = Fraction(sum(left[k][:len(own)]), len(own))
                    if each > max(Fraction(pool, len(members)), rival[0] if rival else 0):
                        rival = (each, k, own)
            if rival:
                _, k, own = rival
                share(out, rule, own, sum(left[k][:len(own)]))
                left[k] = left[k][len(own):]
                members = [(e, m) for e, m in members if k not in m]
                continue
            if pool > 0:
                share(out, rule, [e for e, _ in members], pool)
                left = [x[used[k]:] for k, x in enumerate(left)]
            break
    return out


# ---- guarantees ----

def draw_guaranteed_prize(rng, rule):
    rule["prize"] = money(rng.choice([1, 29900, 1000]))
    if rng.random() < 0.4:
        rule.update(fallback="top_rated", consolation="0.01")
        if rng.random() < 0.6:
            rule["from_entries"] = rng.randint(1, 6)
    elif rng.random() < 0.4:
        rule["finalists"] = rng.choice(["rank<=2", "score>=2"])


def expect_guaranteed_prize(rule, result):
    entries, out = valid(result), []
    chosen = [e for e in entries if e.get("selected")]
    wins = {p["id"]: p.get("wins", 0) for p in result["persons"]}
    pool = minor(rule["prize"])
    if not chosen and rule.get("fallback") == "top_rated":
        if not entries or len(entries) < rule.get("from_entries", 1):
            return out
        chosen, pool = groups(entries)[0][1], minor(rule["consolation"])
    if not chosen:
        place = {e["id"]: p for p, tied in groups(entries) for e in tied}
        said = rule.get("finalists")
        if said is None:
            chosen = [e for e in entries if "finalist" in e.get("roles", [])]
        elif said == "rank<=2":
            chosen = [e for e in entries if place[e["id"]] <= 2]
        else:
            chosen = [e for e in entries if score(e) is not None and score(e) >= 2]
    if not chosen:
        chosen = [e for e in entries if any(wins.get(p, 0) for p in behind(e))]
    share(out, rule, chosen, pool)
    return out


# ---- pledges ----

def draw_pledges(rng, rule, result):
    if rng.random() < 0.5:
        rule["people"] = rng.randint(1, 3)
    else:
        rule["goal"] = money(rng.randint(1, 900))
    if rng.random() < 0.5:
        rule["eligibility"] = {"exclude": rng.choice([["jury"], ["p1", "e2"]])}
    ids = [e["id"] for e in result["entries"]]
    result["pledges"] = [{"entry": rng.choice(ids), "person": f"p{rng.randint(0, 4)}", "amount": money(rng.randint(1, 500)),
                          **({"withdrawn": True} if rng.random() < 0.15 else {})}
                         for _ in range(rng.randint(0, 9) if ids else 0)]


def pledged(rule, result):
    """Entry, its pledges, are they enough?"""
    excluded = rule.get("eligibility", {}).get("exclude", [])
    roles = {p["id"]: p.get("role") for p in result["persons"]}
    for e in valid(result):
        if set(excluded) & ({e["id"]} | set(behind(e)) | set(e.get("roles", [])) | {e.get("owner")}):
            continue
        mine = [p for p in result["pledges"] if p["entry"] == e["id"] and not p.get("withdrawn")
                and p["person"] not in excluded and roles.get(p["person"]) not in excluded]
        people, total = sorted({p["person"] for p in mine}), sum(minor(p["amount"]) for p in mine)
        if mine:
            yield e, people, total, len(people) >= rule["people"] if "people" in rule else total >= minor(rule["goal"])


def draw_assurance(rng, rule, result):
    draw_pledges(rng, rule, result)
    if rng.random() < 0.5:
        rule["fund"] = "sales"
    else:
        rule["max_total"] = rng.choice(["5.00", "100.00"])


def expect_assurance(rule, result):
    out = []
    paid = 0
    for e, _, total, enough in pledged(rule, result):
        if enough:
            paid += total
            give(out, rule, e, total)
    return "ERR_SCHEMA" if "max_total" in rule and paid > minor(rule["max_total"]) else out


def draw_assurance_bonus(rng, rule, result):
    draw_pledges(rng, rule, result)
    rule.update(bonus=money(rng.randint(1, 300)), max_total=rng.choice(["1.00", "4.01", "100.00"]))


def expect_assurance_bonus(rule, result):
    due = [(e["id"], p) for e, people, _, enough in pledged(rule, result) if not enough for p in people]
    amounts = [minor(rule["bonus"])] * len(due)
    if sum(amounts) > minor(rule["max_total"]):
        amounts = largest_remainder(minor(rule["max_total"]), [1] * len(due))
    return [{"rule": "r", "to": p, "entry": e, "kind": "money", "minor": a} for (e, p), a in zip(due, amounts) if a]


# ---- taking part ----

def participants(result):
    first = {}
    for e in sorted(valid(result), key=lambda e: (e["submitted_at"], e["id"])):
        for p in behind(e):
            first.setdefault(p, e)
    return first


def draw_participation(rng, rule):
    rule.update(each=money(rng.randint(1, 500)), overflow=rng.choice(["prorata", "first_come"]))
    if rng.random() < 0.6:
        rule["max_awards"] = rng.randint(1, 6)
    if "max_awards" not in rule or rng.random() < 0.4:
        rule["max_total"] = money(rng.randint(minor(rule["each"]), 3000))


def expect_participation(rule, result):
    first, each = participants(result), minor(rule["each"])
    bounds = [minor(rule["max_total"])] if "max_total" in rule else []
    bound = min(bounds + ([each * rule["max_awards"]] if "max_awards" in rule else []))
    people, amounts = sorted(first), [each] * len(first)
    if len(people) > bound // each:
        if rule["overflow"] == "prorata":
            amounts = largest_remainder(bound, [1] * len(people))
        else:
            people = sorted(people, key=lambda p: (first[p]["submitted_at"], p))[:bound // each]
    return [{"rule": "r", "to": p, "entry": first[p]["id"], "kind": "money", "minor": a} for p, a in zip(people, amounts) if a]


def draw_coupon(rng, rule):
    rule.update(each=str(rng.randint(1, 3)), unit={"code": "MEAL"})
    del rule["fund"]
    if rng.random() < 0.5:
        rule["max_awards"] = rng.randint(1, 6)


def expect_coupon(rule, result):
    first = participants(result)
    people = sorted(first, key=lambda p: (first[p]["submitted_at"], p))[:rule.get("max_awards", 1000)]
    return [{"rule": "r", "to": p, "entry": first[p]["id"], "kind": "points", "minor": int(rule["each"]),
             "currency": "MEAL"} for p in people]


# ---- progress ----

def draw_milestone(rng, rule, result):
    ats = sorted(rng.sample([1, 2, 3, 4, 5], rng.randint(1, 4)))
    rule["milestones"] = [{"at": a, "amount": money(rng.randint(1, 5000))} for a in ats]
    if rng.random() < 0.6:
        rule["retainage"] = rng.choice(["0", "0.1", "1/3", "1", "0.25"])
    if rng.random() < 0.8:
        rule["max_entries"] = rng.randint(1, 5)
    ids = [e["id"] for e in result["entries"]]
    result["progress"] = [{"entry": rng.choice(ids), "value": rng.choice([0, 1, "1.5", 2, 3, 5, 9]),
                           **({"verified": False} if rng.random() < 0.2 else {}),
                           **({"complete": True} if rng.random() < 0.3 else {})}
                          for _ in range(rng.randint(0, 4) if ids else 0)]


def expect_milestone(rule, result):
    out, paid = [], 0
    for e in valid(result):
        rows = [r for r in result["progress"] if r["entry"] == e["id"] and r.get("verified", True)]
        value = max((Fraction(r["value"]) for r in rows), default=None)
        due = sum(minor(m["amount"]) for m in rule["milestones"] if value is not None and m["at"] <= value)
        if due == 0:
            continue
        paid += 1
        complete = any(r.get("complete") for r in rows)
        give(out, rule, e, due - (0 if complete else half_up(due * Fraction(rule.get("retainage", "0")))))
    return "ERR_SCHEMA" if paid > rule.get("max_entries", 1) else out


def draw_progress_prize(rng, rule, result):
    rule.update(prize=money(rng.randint(1, 9999)), baseline=rng.choice(["0.9514", "1", "7/8"]),
                improvement=rng.choice(["0.01", "0.1", "1/3"]), better=rng.choice(["lower", "higher"]),
                periods=rng.randint(1, 3))
    if rng.random() < 0.5:
        rule["decimals"] = rng.choice([0, 1, 2, 4])
    if rng.random() < 0.5:
        rule["last_call_days"] = rng.choice([0, 1, 30])
    ids = [e["id"] for e in result["entries"]]
    values = ["0.3", "0.5", "0.6", "0.8", "0.81", "0.9", "0.94", "1", "1.1", "1.2", "2", "3"]
    result["measures"] = [{"entry": rng.choice(ids), "value": rng.choice(values), "at": 86400000000 * rng.randint(0, 40),
                           "period": rng.randint(1, rule["periods"]), **({"verified": False} if rng.random() < 0.1 else {})}
                          for _ in range(rng.randint(0, 9) if ids else 0)]


def expect_progress_prize(rule, result):
    out, bar = [], Fraction(rule["baseline"])
    entries = {e["id"]: e for e in valid(result)}
    sign = 1 if rule["better"] == "higher" else -1
    for period in range(1, rule["periods"] + 1):
        needed = bar * (1 + sign * Fraction(rule["improvement"]))
        if "decimals" in rule:
            needed = Fraction(int(needed * 10 ** rule["decimals"]), 10 ** rule["decimals"])
        rows = [r for r in result["measures"] if r["period"] == period and r.get("verified", True) and r["entry"] in entries
                and sign * Fraction(r["value"]) >= sign * needed]
        if "last_call_days" in rule and rows:
            last = min(r["at"] for r in rows) + rule["last_call_days"] * 86400000000
            rows = [r for r in rows if r["at"] <= last]
        if rows:
            best = min(rows, key=lambda r: (-sign * Fraction(r["value"]), r["at"], r["entry"]))
            bar = Fraction(best["value"])
            give(out, rule, entries[best["entry"]], minor(rule["prize"]))
    return out


def draw_benchmark_bonus(rng, rule):
    rule["max_total"] = money(rng.choice([100, 999, 100000]))
    if rng.random() < 0.5:
        rule.update(baseline=rng.choice(["0", "1", "3/2"]), slope=money(rng.randint(1, 999)), max=money(rng.randint(1, 999)))
    else:
        n = rng.randint(1, 3)
        amounts = sorted(rng.randint(0, 999) for _ in range(n))
        rule["points"] = [{"score": s, "amount": money(a)} for s, a in zip([0, "1.5", "8/3"][:n], amounts)]


def expect_benchmark_bonus(rule, result):
    bonuses = []
    for e in valid(result):
        s = score(e)
        if s is None:
            continue
        if "points" in rule:
            points = [(Fraction(p["score"]), minor(p["amount"])) for p in rule["points"]]
            exact = 0 if s < points[0][0] else points[-1][1]
            for (x, a), (y, b) in zip(points, points[1:]):
                if x <= s < y:
                    exact = a + Fraction(b - a) * (s - x) / (y - x)
        else:
            exact = min(max((s - Fraction(rule["baseline"])) * minor(rule["slope"]), 0), minor(rule["max"]))
        if half_up(exact):
            bonuses.append((e, half_up(exact)))
    amounts = [b for _, b in bonuses]
    if sum(amounts) > minor(rule["max_total"]):
        amounts = largest_remainder(minor(rule["max_total"]), amounts)
    out = []
    for (e, _), a in zip(bonuses, amounts):
        give(out, rule, e, a)
    return out


def draw_reliability_bonus(rng, rule):
    rule["rule"] = "w"
    if rng.random() < 0.5:
        rule["bands"] = [{"from": 80, "rate": "1/3"}, {"from": "90", "rate": "0.5"}]


def reliability(rule, awards, result):
    bands = rule.get("bands", [{"from": 80, "rate": "0.1"}, {"from": 90, "rate": "0.15"}, {"from": 95, "rate": "0.2"}])
    known = {p["id"]: Fraction(p["reliability"]) for p in result["persons"] if "reliability" in p}
    for a in awards:
        rates = [Fraction(b["rate"]) for b in bands if a["to"] in known and known[a["to"]] >= Fraction(b["from"])]
        amount = int(a["minor"] * max(rates, default=0))
        if amount:
            yield {**a, "rule": rule["id"], "minor": amount}


# ---- all of them ----

DRAW_WITH_RESULT = {"assurance", "assurance_bonus", "milestone", "progress_prize"}


def draw(rng):
    kind = rng.choice(KINDS)
    result = draw_entries(rng)
    rule = {"id": "r", "kind": kind, "fund": "f"}
    draw_one = globals()["draw_" + kind]
    if kind in DRAW_WITH_RESULT:
        draw_one(rng, rule, result)
    else:
        draw_one(rng, rule)
    rules = [rule]
    if kind == "reliability_bonus":
        first = {"id": "w", "kind": "winner_takes_all", "fund": "f"}
        draw_winner_takes_all(rng, first)
        rules = [first, rule]
    scheme = {"scheme": "cocreate.incentives/1", "currency": "EUR", "rules": rules,
              "funds": [{"id": "f", "budget": "1000000.00"}, {"id": "sales", "source": "revenue"}]}
    if rng.random() < 0.15:
        scheme["guards"] = {}
        for name, value in (("exclude_roles", ["jury"]), ("verified", True)):
            if rng.random() < 0.5:
                scheme["guards"][name] = value
        if len(rules) == 1 and kind not in ("milestone", "assurance") and rng.random() < 0.5:
            # without ties in time the order of awards does not show in a cap that is never met twice
            scheme["guards"]["person_cap"] = money(rng.randint(1, 400))
    return scheme, result


def guarded(scheme, result, awards):
    """Caps only where each person has one award: their order is that of the library."""
    guards = scheme.get("guards", {})
    people = {p["id"]: p for p in result["persons"]}
    out = []
    for a in awards:
        person = people[a["to"]]
        if a["kind"] == "money" and (person.get("role") in guards.get("exclude_roles", [])
                                     or guards.get("verified") and not person.get("verified")):
            continue
        out.append(dict(a))
    if "person_cap" in guards:
        cap = minor(guards["person_cap"])
        for a in out:
            if a["kind"] == "money":
                a["minor"] = min(a["minor"], cap)
    return out


def expect(scheme, result):
    awards = []
    for rule in scheme["rules"]:
        if rule["kind"] == "reliability_bonus":
            awards += list(reliability(rule, [a for a in awards if a["rule"] == "w"], result))
            continue
        given = globals()["expect_" + rule["kind"]](rule, result)
        if isinstance(given, str):
            return given
        awards += given
    to = [a["to"] for a in awards if a["kind"] == "money"]
    if "person_cap" in scheme.get("guards", {}) and len(set(to)) < len(to):
        del scheme["guards"]["person_cap"]
    return guarded(scheme, result, awards)
