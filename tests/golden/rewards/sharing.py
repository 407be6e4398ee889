"""Pools that are shared, from the definitions (Balinski & Young 1982 for the remainders; Shapley 1953; the
documents of Coordinape, Story and SourceCred; the terms of LEGO Ideas, Threadless and Quirky)."""
import itertools
import math
from fractions import Fraction

from library import ticket

KINDS = ["proportional_split", "royalty", "team_split", "gift_circle", "shapley", "lineage_share",
         "cred_allocation"]
LISTS = ["entries", "allocations", "members", "peer_shares", "coalitions", "players", "lineage", "revenue",
         "sales", "accruals", "cred", "paid"]


class Refused(Exception):
    """The name of a status."""


def largest_remainder(pool, weights):
    """Shares by id: whole parts, and the units left to the largest fractions, ties to the smaller id."""
    total = sum(weights.values())
    exact = {i: Fraction(pool) * w / total for i, w in weights.items()}
    shares = {i: q.__floor__() for i, q in exact.items()}
    left = pool - sum(shares.values())
    for i in sorted(weights, key=lambda i: (shares[i] - exact[i], i))[:left]:
        shares[i] += 1
    return shares


def capped(pool, weights, cap, minimum):
    """The cap by water-filling: whoever would pass it has it; the minimum: who stays below it is dropped."""
    active = dict(weights)
    while True:
        shares, rest, left = {}, {i: w for i, w in active.items() if w > 0}, pool
        while rest and cap:
            over = [i for i in rest if left * rest[i] > cap * sum(rest.values())]
            if not over:
                break
            # All that pass the cap together, as the split does it from the heaviest down.
            heaviest = max(over, key=lambda i: rest[i])
            shares[heaviest] = cap
            left -= cap
            del rest[heaviest]
        if rest:
            shares.update(largest_remainder(left, rest))
        low = [i for i, s in shares.items() if s < minimum]
        if not low:
            return shares
        for i in low:
            del active[i]


def money(text):
    sign = -1 if text.startswith("-") else 1
    whole, _, cents = text.lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int((cents + "00")[:2]))


def print_money(minor):
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"


def empty(rule, ids):
    policy = rule.get("on_empty", "return")
    if policy == "error":
        raise Refused("ERR_SCHEMA")
    return {i: Fraction(1) for i in ids} if policy == "equal" else {}


def shares_of(rule, weights):
    if not any(weights.values()):
        weights = empty(rule, weights)
    return largest_remainder(money(rule["pool"]), weights) if weights else {}


def paid(shares, entry=False):
    return [dict({"rule": "r", "to": i, "kind": "money", "minor": s}, **({"entry": i} if entry else {}))
            for i, s in shares.items() if s > 0]


# ---- drawing --------------------------------------------------------------------------------------------

def scheme_of(rule, revenue=False):
    fund = {"id": "f", "source": "revenue"} if revenue else {"id": "f", "budget": "20000000.00"}
    return {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [fund],
            "rules": [dict({"id": "r", "fund": "f"}, **rule)]}


def draw_pool(rng):
    return print_money(rng.choice([1, 2, 7, 100, 1001, 99999, 10**9]))


def draw_number(rng, largest=9):
    return rng.choice([rng.randint(0, largest), f"{rng.randint(0, largest * 3)}/{rng.randint(1, 7)}",
                       f"{rng.randint(0, largest)}.{rng.randint(0, 99):02}"])


def maybe(rng, rule, **choices):
    for key, values in choices.items():
        if rng.random() < 0.4:
            rule[key] = rng.choice(values)


EMPTY = ["return", "equal", "error"]


def draw(rng):
    return globals()["draw_" + rng.choice(KINDS)](rng)


def expect(scheme, result):
    rule = scheme["rules"][0]
    try:
        return globals()["expect_" + rule["kind"]](rule, result)
    except Refused as refused:
        return str(refused)


# ---- proportional_split ---------------------------------------------------------------------------------

def draw_proportional_split(rng):
    rule = {"kind": "proportional_split", "weight": "votes", "pool": draw_pool(rng)}
    pool = money(rule["pool"])
    maybe(rng, rule, on_empty=EMPTY, top=[1, 2, 3], exponent=[0, 2, "1/2", "3/2", 3, 1],
          minimum=[print_money(max(1, pool // k)) for k in (2, 5, 9)])
    if rng.random() < 0.3:
        rule[rng.choice(["cap", "cap_share"])] = ""
        if "cap" in rule:
            rule["cap"] = print_money(max(1, pool // rng.randint(1, 5)))
        else:
            rule["cap_share"] = rng.choice(["0.5", "1/3", "1", "2/7"])
    entries = [{"id": f"e{i}", "votes": rng.choice([0, 0, 1, 1, 2, 3, -4, "7/3", 50, 10**6])}
               for i in range(rng.randint(0, 6))]
    for entry in entries:
        if rng.random() < 0.1:
            entry["status"] = "withdrawn"
    return scheme_of(rule), {"entries": entries}


def raised(votes, exponent):
    """Whole powers exactly; square roots to 24 binary places, downwards."""
    power = votes ** exponent.numerator
    if exponent.denominator == 1 or votes == 0:
        return power if votes else Fraction(0)
    return Fraction(math.isqrt(power.numerator * 4**24 // power.denominator), 2**24)


def expect_proportional_split(rule, result):
    pool, exponent = money(rule["pool"]), Fraction(rule.get("exponent", 1))
    votes = {e["id"]: max(Fraction(e["votes"]), Fraction(0)) for e in result["entries"] if "status" not in e}
    cap = money(rule["cap"]) if "cap" in rule else 0
    if "cap_share" in rule:
        cap = (pool * Fraction(rule["cap_share"])).__floor__()
    minimum = money(rule["minimum"]) if "minimum" in rule else 0
    if ("cap_share" in rule and cap == 0) or (cap and minimum > cap):
        return "ERR_SCHEMA"
    heavy = sorted(votes.values(), reverse=True)
    if rule.get("top", 99) < len(heavy):
        votes = {i: v for i, v in votes.items() if v >= heavy[rule["top"] - 1]}
    weights = {i: raised(v, exponent) for i, v in votes.items()}
    if not any(votes.values()):
        weights = empty(rule, votes)
    scale = math.lcm(*(w.denominator for w in weights.values() if w > 0))
    if max(scale, sum(weights.values()) * scale) >= 2**63: # what the library refuses, rather than rounds
        return "ERR_OVERFLOW"
    return paid(capped(pool, weights, cap, minimum), entry=True)


# ---- gift_circle ----------------------------------------------------------------------------------------

def draw_gift_circle(rng):
    rule = {"kind": "gift_circle", "pool": draw_pool(rng)}
    maybe(rng, rule, tokens=[3, 100], self_gifts=[False, True], on_empty=EMPTY,
          eligibility=[{"exclude": ["b"]}])
    people = "abcde"[:rng.randint(1, 5)]
    pairs = [(x, y) for x in people for y in people]
    allocations = [{"from": x, "to": y, "tokens": rng.choice([0, 1, 2, 30])}
                   for x, y in rng.sample(pairs, rng.randint(0, min(8, len(pairs))))
                   if x != y or rng.random() < 0.1]
    result = {"allocations": allocations}
    if rng.random() < 0.5:
        result["members"] = [{"id": x} for x in people if rng.random() < 0.97]
    return scheme_of(rule), result


def expect_gift_circle(rule, result):
    given, out = {}, {}
    excluded = rule.get("eligibility", {}).get("exclude", [])
    members = {m["id"] for m in result.get("members", [])}
    if "members" not in result:
        members = {x for a in result["allocations"] for x in (a["from"], a["to"])}
    for a in result["allocations"]:
        given[a["from"]] = given.get(a["from"], 0) + a["tokens"]
        if given[a["from"]] > rule.get("tokens", 100) or not {a["from"], a["to"]} <= members:
            return "ERR_SCHEMA"
        if a["from"] == a["to"] and not rule.get("self_gifts"):
            return "ERR_SCHEMA"
        if a["from"] not in excluded and a["to"] not in excluded:
            out[a["to"]] = out.get(a["to"], 0) + a["tokens"]
    return paid(shares_of(rule, {m: Fraction(out.get(m, 0)) for m in members if m not in excluded}))


# ---- shapley --------------------------------------------------------------------------------------------

def draw_shapley(rng):
    game = rng.choice(["table", "table", "synergy", "airport", "majority"])
    rule = {"kind": "shapley", "game": game, "pool": draw_pool(rng)}
    maybe(rng, rule, on_empty=EMPTY, negative=["error", "clip_renormalise", "clip_renormalise"])
    if rng.random() < 0.1:
        rule["eligibility"] = {"exclude": ["p1"]}
    n = rng.randint(1, 5)
    players = [f"p{i}" for i in range(n)]
    if game == "majority":
        rule["quota"] = rng.choice([1, 3, "5/2", 100])
    if game in ("table", "majority") and rng.random() < 0.3:
        rule["permutations"] = rng.choice([1, 5, 40])
    if game in ("airport", "majority"):
        key = "cost" if game == "airport" else "weight"
        return scheme_of(rule), {"players": [{"id": p, key: draw_number(rng)} for p in players]}
    rows, low = [], rng.choice([0, 0, -5])
    for size in range(1, n + 1):
        for members in itertools.combinations(players, size):
            if game == "table" or rng.random() < 0.5:
                value = draw_number(rng) if low == 0 else rng.randint(low, 9)
                rows.append({"members": rng.sample(members, size), "value": value})
    if game == "table":
        rule["missing"] = rng.choice(["error", "zero", "zero"])
        rows = [r for r in rows if rng.random() < rng.choice([1, 1, 0.7])]
    result = {"coalitions": rows}
    if rng.random() < 0.5:
        result["players"] = [{"id": p} for p in players]
    return scheme_of(rule), result


def average_marginals(players, orders, worth):
    values = {p: Fraction(0) for p in players}
    for order in orders:
        before = frozenset()
        for p in order:
            values[p] += worth(before | {p}) - worth(before)
            before |= {p}
    return {p: v / len(orders) for p, v in values.items()}


def game_worth(rule, result, players):
    """The worth of a coalition as the game says."""
    rows = {frozenset(r["members"]): Fraction(r["value"]) for r in result.get("coalitions", [])}
    if rule["game"] == "synergy":
        return lambda s: sum((v for t, v in rows.items() if t <= s), Fraction(0))
    if rule["game"] == "airport":
        costs = {p["id"]: Fraction(p["cost"]) for p in result["players"]}
        return lambda s: max((costs[p] for p in s), default=Fraction(0))
    if rule["game"] == "majority":
        held = {p["id"]: Fraction(p["weight"]) for p in result["players"]}
        return lambda s: Fraction(sum(held[p] for p in s) >= Fraction(rule["quota"]))
    if rule.get("missing", "error") == "error" and len(rows) < 2 ** len(players) - 1:
        raise Refused("ERR_SCHEMA")
    return lambda s: rows.get(s, Fraction(0))


def expect_shapley(rule, result):
    if "players" in result:
        players = sorted(p["id"] for p in result["players"])
    else:
        players = sorted({p for r in result["coalitions"] for p in r["members"]})
    if not players:
        return [] if rule.get("on_empty") != "error" else "ERR_SCHEMA"
    worth = game_worth(rule, result, players)
    if "permutations" in rule:
        orders = [sorted(players, key=lambda p, k=k: (ticket(f"shapley:r:{k}", p), p))
                  for k in range(rule["permutations"])]
    else:
        orders = list(itertools.permutations(players))
    values = average_marginals(players, orders, worth)
    if any(v < 0 for v in values.values()) and rule.get("negative", "error") == "error":
        return "ERR_SCHEMA"
    excluded = rule.get("eligibility", {}).get("exclude", [])
    return paid(shares_of(rule, {p: Fraction(0) if p in excluded else max(v, Fraction(0))
                                 for p, v in values.items()}))


# ---- team_split -----------------------------------------------------------------------------------------

def draw_team_split(rng):
    split = rng.choice(["equal", "declared", "weighted", "peer", "shapley", "leader"])
    rule = {"kind": "team_split", "split": split, "pool": draw_pool(rng)}
    maybe(rng, rule, on_empty=EMPTY,
          on_disqualified=["whole_team", "member_only_redistribute", "member_only_return"])
    n = rng.randint(1, 4)
    members = [{"id": f"m{i}"} for i in range(n)]
    parts = [rng.randint(0, 5) for _ in members]
    for i, m in enumerate(members):
        m["weight"] = draw_number(rng)
        m["signed"] = rng.random() < 0.97
        m["share"] = f"{parts[i]}/{sum(parts)}" if sum(parts) else 0
        m["leader"] = i == 0
        if rng.random() < 0.15:
            m["status"] = "disqualified"
        if rng.random() < 0.1:
            m["joined_at"] = rng.choice([5, 20])
    result = {"members": members, "closed_at": 10}
    ids = [m["id"] for m in members if m.get("joined_at", 0) <= 10]
    pairs = [(x, y) for x in ids for y in ids if x != y]
    result["peer_shares"] = [{"from": x, "to": y, "amount": draw_number(rng)}
                             for x, y in rng.sample(pairs, rng.randint(0, len(pairs)))]
    result["coalitions"] = [{"members": list(c), "value": len(c) ** 2 if rng.random() < 0.9 else rng.randint(0, 3)}
                            for k in range(1, len(ids) + 1) for c in itertools.combinations(ids, k)]
    return scheme_of(rule), result


def team_weights(rule, result, members):
    ids = sorted(m["id"] for m in members)
    if rule["split"] == "equal":
        return {i: Fraction(1) for i in ids}
    if rule["split"] == "weighted":
        return {m["id"]: Fraction(m["weight"]) for m in members}
    if rule["split"] == "declared":
        shares = {m["id"]: Fraction(m["share"]) for m in members}
        if not all(m["signed"] for m in members) or (ids and sum(shares.values()) != 1):
            raise Refused("ERR_SCHEMA")
        return shares
    if rule["split"] == "leader":
        if ids and sum(m["leader"] for m in members) != 1:
            raise Refused("ERR_SCHEMA")
        return {m["id"]: Fraction(m["leader"]) for m in members}
    if rule["split"] == "shapley":
        rows = {frozenset(r["members"]): Fraction(r["value"]) for r in result["coalitions"]}
        values = average_marginals(ids, list(itertools.permutations(ids)),
                                   lambda s: rows.get(s, Fraction(0))) if ids else {}
        if any(v < 0 for v in values.values()):
            raise Refused("ERR_SCHEMA")
        return values
    weights = {i: Fraction(0) for i in ids}
    for giver in ids:
        gifts = {g["to"]: Fraction(g["amount"]) for g in result["peer_shares"] if g["from"] == giver}
        for to, amount in gifts.items():
            if amount:
                weights[to] += amount / sum(gifts.values())
    return weights


def expect_team_split(rule, result):
    members = [m for m in result["members"] if m.get("joined_at", 0) <= 10]
    out = {m["id"] for m in members if "status" in m}
    policy = rule.get("on_disqualified", "whole_team")
    if out and policy == "whole_team":
        return []
    weights = team_weights(rule, result, members)
    if policy == "member_only_redistribute":
        weights = {i: Fraction(0) if i in out else w for i, w in weights.items()}
    return paid({i: s for i, s in shares_of(rule, weights).items() if i not in out})


# ---- lineage_share --------------------------------------------------------------------------------------

def draw_lineage_share(rng):
    policy = rng.choice(["decay", "decay", "lap", "lrp"])
    rule, revenue = {"kind": "lineage_share", "policy": policy}, rng.random() < 0.5
    if policy == "decay":
        rule["decay"] = rng.choice(["1/2", "0.85", "1/3"])
        maybe(rng, rule, depth=[1, 2, 3])
    n = rng.randint(1, 6)
    entries = [{"id": f"w{i}", "owner": rng.choice("abcdefg")} for i in range(n)]
    for entry in entries:
        entry["selected"] = rng.random() < 0.4
        if rng.random() < 0.1:
            entry["status"] = "withdrawn"
    rng.shuffle(entries)
    lineage = []
    for i, child in enumerate(entries):
        portions = rng.random() < 0.3
        for parent in entries[i + 1:]:
            if rng.random() < 0.45:
                lineage.append({"child": child["id"], "parent": parent["id"],
                                "rate": rng.choice([0, "0.05", "0.1", "1/3"])})
                if portions:
                    lineage[-1]["portion"] = rng.choice([1, 2, "1/3"])
    if lineage and rng.random() < 0.04:
        lineage.append({"child": lineage[0]["parent"], "parent": lineage[0]["child"]})
    result = {"entries": entries, "lineage": lineage}
    if revenue:
        result["revenue"] = [{"entry": e["id"], "amount": print_money(rng.choice([0, 1, 99, 12345]))}
                             for e in entries if rng.random() < 0.5]
    else:
        rule["pool"] = draw_pool(rng)
    return scheme_of(rule, revenue), result


def usable(node, parents, owner):
    """The parents of other owners to which lines lead through works of the own owner, with their portions:
    each line of the same owner stands for what it derives from; one that leads nowhere is left out."""
    parts = []
    for parent, portion in parents[node]:
        if owner[parent] != owner[node]:
            parts.append((portion, {parent: Fraction(1)}))
        else:
            through = usable(parent, parents, owner)
            if through:
                parts.append((portion, through))
    out, total = {}, sum(portion for portion, _ in parts)
    for portion, to in parts:
        for parent, part in to.items():
            out[parent] = out.get(parent, 0) + portion / total * part
    return out


def passed_on(rule, node, parents, owner):
    """What each work counts when `node` earns 1, along every line of descent."""
    counts, decay = {}, Fraction(rule["decay"])
    frontier, generation = {node: Fraction(1)}, 0
    while frontier:
        following = {}
        for work, weight in frontier.items():
            counts[work] = counts.get(work, 0) + weight
            for parent, part in usable(work, parents, owner).items():
                following[parent] = following.get(parent, 0) + weight * decay * part
        generation += 1
        frontier = following if generation <= rule.get("depth", 99) else {}
    total = sum(counts.values())
    return {i: w / total for i, w in counts.items()}


def taken(rule, node, rates):
    """LAP: over every line of descent, each link takes its rate of the whole. LRP: of what arrives."""
    counts = {node: Fraction(1)}

    def walk(work, arrives):
        for parent, rate in rates[work]:
            if rule["policy"] == "lap":
                counts[node] -= rate
                counts[parent] = counts.get(parent, 0) + rate
                walk(parent, arrives)
            else:
                counts[work] -= arrives * rate
                counts[parent] = counts.get(parent, 0) + arrives * rate
                walk(parent, arrives * rate)
    walk(node, Fraction(1))
    return counts


def has_circle(parents):
    def walk(node, above):
        return node in above or any(walk(p, above | {node}) for p, _ in parents[node])
    return any(walk(node, frozenset()) for node in parents)


def expect_lineage_share(rule, result):
    ids = [e["id"] for e in result["entries"]]
    owner = {e["id"]: e["owner"] for e in result["entries"]}
    valid = {e["id"] for e in result["entries"] if "status" not in e}
    parents, rates = {i: [] for i in ids}, {i: [] for i in ids}
    for row in result["lineage"]:
        parents[row["child"]].append((row["parent"], Fraction(row.get("portion", 1))))
        rates[row["child"]].append((row["parent"], Fraction(row.get("rate", 0))))
    mixed = any(len({"portion" in r for r in result["lineage"] if r["child"] == i}) > 1 for i in ids)
    if mixed or has_circle(parents):
        return "ERR_SCHEMA"
    if "pool" in rule:
        sources = {e["id"]: 1 for e in result["entries"] if e["selected"] and e["id"] in valid}
        pool = money(rule["pool"]) if sources else 0
    else:
        sources = {r["entry"]: money(r["amount"]) for r in result["revenue"]}
        pool = sum(sources.values())
    weights = {i: Fraction(0) for i in ids}
    for node, earns in sources.items():
        if not earns:
            continue
        if rule["policy"] == "decay":
            counts = passed_on(rule, node, parents, owner)
        else:
            if rule["policy"] == "lrp" and any(sum(r for _, r in rates[i]) > 1 for i in reach(node, rates)):
                return "ERR_SCHEMA"
            counts = taken(rule, node, rates)
            if counts[node] < 0:
                return "ERR_SCHEMA"
        for i, part in counts.items():
            weights[i] += earns * part
    if not any(weights.values()):
        return []
    shares = largest_remainder(pool, weights)
    return [{"rule": "r", "to": owner[i], "entry": i, "kind": "money", "minor": s}
            for i, s in shares.items() if s > 0 and i in valid]


def reach(node, rates):
    """What receives anything when `node` does."""
    out = {node}
    for parent, rate in rates[node]:
        if rate:
            out |= reach(parent, rates)
    return out


# ---- cred_allocation ------------------------------------------------------------------------------------

def draw_cred_allocation(rng):
    policy = rng.choice(["immediate", "recent", "balanced", "special"])
    rule = {"kind": "cred_allocation", "policy": policy, "pool": draw_pool(rng)}
    maybe(rng, rule, on_empty=EMPTY, eligibility=[{"exclude": ["b"]}])
    if policy == "recent":
        rule["discount"] = rng.choice([0, 1, "0.5", "1/3", "0.16"])
    if policy == "special":
        rule.update(recipient="z", memo="start")
    if policy in ("immediate", "balanced"):
        maybe(rng, rule, lookback=[1, 2, 9])
    cred = [{"person": p, "interval": i, "cred": draw_number(rng)}
            for p in "abc" for i in range(5) if rng.random() < 0.4]
    result = {"cred": cred}
    if rng.random() < 0.5:
        result["interval"] = rng.choice([2, 4, 6])
    if rng.random() < 0.7:
        result["paid"] = [{"person": rng.choice("abcd"), "interval": rng.randint(0, 6),
                           "amount": print_money(rng.choice([0, 5, 100, 70000]))} for _ in range(rng.randint(0, 6))]
    return scheme_of(rule), result


def nearest(value):
    """Nine decimals, halves to the even one."""
    return Fraction(round(value * 10**9), 10**9)


def expect_cred_allocation(rule, result):
    if rule["policy"] == "special":
        return paid({rule["recipient"]: money(rule["pool"])})
    excluded = rule.get("eligibility", {}).get("exclude", [])
    cred = [c for c in result["cred"]]
    last = result.get("interval", max((c["interval"] for c in cred), default=0))
    lookback = rule.get("lookback", 1 if rule["policy"] == "immediate" else 99)
    people = {c["person"] for c in cred if c["person"] not in excluded}
    weights = {p: Fraction(0) for p in people}
    first = 0 if rule["policy"] == "recent" else last - lookback + 1
    for c in cred:
        if c["person"] in people and first <= c["interval"] <= last:
            age = last - c["interval"] if rule["policy"] == "recent" else 0
            weights[c["person"]] += Fraction(c["cred"]) * (1 - Fraction(rule.get("discount", 0))) ** age
    if rule["policy"] == "recent":
        weights = {p: nearest(w) for p, w in weights.items()}
    if rule["policy"] == "balanced" and any(weights.values()):
        before = {p: 0 for p in people}
        for row in result.get("paid", []):
            if row["person"] in people and first <= row["interval"] <= last:
                before[row["person"]] += money(row["amount"])
        each = Fraction(sum(before.values()) + money(rule["pool"])) / sum(weights.values())
        weights = {p: max(each * w - before[p], Fraction(0)) for p, w in weights.items()}
    return paid(shares_of(rule, weights))


# ---- royalty --------------------------------------------------------------------------------------------

def draw_amount(rng):
    return print_money(rng.choice([0, 1, 15, 99, 1234, 100000, 234567890]))


def draw_royalty(rng):
    form, revenue = rng.choice(["rate", "tiers", "channels"]), rng.random() < 0.7
    rule = {"kind": "royalty"}
    rate = lambda: rng.choice([0, "0.01", "0.2", "1/3", 1])
    if form == "rate":
        rule["rate"] = rate()
    elif form == "tiers":
        ends = sorted(rng.sample([10, 500, 2000, 10**6, 10**8], rng.randint(0, 3)))
        rule["tiers"] = [{"up_to": print_money(e), "rate": rate()} for e in ends] + [{"rate": rate()}]
    else:
        rule["channels"] = [{"channel": c, "rate": rate()} for c in ("direct", "indirect")]
    maybe(rng, rule, base=["gross", "net", "profit"], minimum_per_unit=["0.25", "1.00"], flat=["20.00"],
          per_event=["5.00"], cap=["12.00", "1000.00"], advance=["10.00"], minimum_payout=["0.50", "25.00"],
          term=[1, 2])
    if not revenue:
        rule["max_total"] = rng.choice(["1.00", "2000.00", "10000000.00"])
    payees = [{"person": p} for p in "ab"] + [{"entry": e} for e in ("a", "w")]
    sales, accruals = [], []
    for payee in payees:
        for channel in ("direct", "indirect") if form == "channels" else (None,):
            if rng.random() < 0.6:
                row = dict(payee, gross=draw_amount(rng), returns=draw_amount(rng), costs=draw_amount(rng),
                           units=rng.randint(-3, 90), events=rng.randint(0, 2))
                if channel:
                    row["channel"] = channel
                sales.append(row)
        if rng.random() < 0.5:
            accruals.append(dict(payee, accrued=rng.choice(["-3.5", "0", "10.0099", "1/7", 23456]),
                                 base=rng.choice(["-2.00", "0.00", "300.00", "99999.99"]),
                                 paid=rng.choice(["0.00", "10.00", "23456.00"]), periods=rng.randint(1, 2)))
    entries = [{"id": "a", "owner": "x"}, {"id": "w"}]
    if rng.random() < 0.1:
        entries[0]["status"] = "withdrawn"
    return scheme_of(rule, revenue), {"entries": entries, "sales": sales, "accruals": accruals}


def by_rates(rule, bases, before):
    """What accrues by the rates, in minor units."""
    if "rate" in rule:
        return bases.get(None, 0) * Fraction(rule["rate"])
    if "channels" in rule:
        return sum((bases.get(c["channel"], 0) * Fraction(c["rate"]) for c in rule["channels"]), Fraction(0))

    def up_to(x):
        """The integral of the rates from 0 to x."""
        total, low = Fraction(0), 0
        for tier in rule["tiers"]:
            high = money(tier["up_to"]) if "up_to" in tier else None
            part = x - low if high is None or x < high else high - low
            total += part * Fraction(tier["rate"])
            if high is None or x < high:
                return total
            low = high
        return total
    return up_to(before + bases.get(None, 0)) - up_to(before)


def expect_royalty(rule, result):
    status = {e["id"]: e.get("status", "valid") for e in result["entries"]}
    bound = money(rule["max_total"]) if "max_total" in rule else None
    if "cap" in rule and "advance" in rule and money(rule["advance"]) > money(rule["cap"]):
        return "ERR_SCHEMA"
    awards, total = [], 0
    for kind, name in (("entry", "a"), ("entry", "w"), ("person", "a"), ("person", "b")):
        sales = [r for r in result["sales"] if r.get(kind) == name]
        before = next((r for r in result["accruals"] if r.get(kind) == name), None)
        if (not sales and before is None) or (kind == "entry" and status[name] != "valid"):
            continue
        left_out = {"gross": (), "net": ("returns",), "profit": ("returns", "costs")}[rule.get("base", "net")]
        bases = {r.get("channel"): money(r["gross"]) - sum(money(r[k]) for k in left_out) for r in sales}
        accrued = Fraction(before["accrued"]) * 100 if before else Fraction(0)
        base, payments, periods = ((money(before["base"]), money(before["paid"]), before["periods"])
                                   if before else (0, 0, 0))
        if periods < rule.get("term", 99):
            earned = by_rates(rule, bases, base)
            if "minimum_per_unit" in rule:
                earned = max(earned, money(rule["minimum_per_unit"]) * sum(r["units"] for r in sales))
            if "flat" in rule and periods == 0:
                earned += money(rule["flat"])
            if "per_event" in rule:
                earned += money(rule["per_event"]) * sum(r["events"] for r in sales)
            accrued += earned
        counts = min(accrued, money(rule["cap"])) if "cap" in rule else accrued
        target = max(counts.__floor__(), money(rule["advance"]) if "advance" in rule else counts.__floor__())
        due = max(target - payments, 0)
        if due < (money(rule["minimum_payout"]) if "minimum_payout" in rule else 0):
            due = 0
        total += due
        if bound is not None and total > bound:
            return "ERR_SCHEMA"
        to = {"entry": {"a": "x", "w": "w"}, "person": {"a": "a", "b": "b"}}[kind][name]
        if due:
            award = {"rule": "r", "to": to, "kind": "money", "minor": due}
            awards.append(dict(award, entry=name) if kind == "entry" else award)
        awards.append({"rule": "r", "to": to, "kind": "accrual", "accrual": {
            "accrued": accrued / 100, "base": print_money(base + sum(bases.values())),
            "paid": print_money(payments + due), "periods": periods + 1},
            "entry": "accrual:" + (name if kind == "entry" else "")})
    for award in awards:
        if "accrual" in award:
            award["accrual"]["accrued"] = decimal(award["accrual"]["accrued"])
    return awards


def decimal(value):
    """As the library prints exact numbers: a decimal where it ends, else a fraction."""
    rest, digits = value.denominator, 0
    while rest % 10 != 1 and 10**digits % value.denominator and digits < 19:
        digits += 1
    if 10**digits % value.denominator:
        return str(value)
    scaled = abs(value.numerator) * 10**digits // value.denominator
    text = str(scaled).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (text[:-digits] + "." + text[-digits:] if digits else text)
