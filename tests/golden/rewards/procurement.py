"""Auctions and bounties from their definitions: Vickrey 1961; Singer, FOCS 2010; Edelman, Ostrovsky & Schwarz 2007."""
from fractions import Fraction

from sharing import largest_remainder

KINDS = ["sealed_bid", "slot_auction", "bounty", "price_list"]
LISTS = ["bids", "bounties", "entries", "facts"]


def money(minor):
    return f"{minor // 100}.{minor % 100:02}"


def minor(text):
    whole, _, cents = text.partition(".")
    return int(whole) * 100 + int((cents + "00")[:2])


def scheme_of(rule):
    return {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [{"id": "f", "budget": "100000.00"}],
            "rules": [{"id": "r", **rule}]}


def draw_bids(rng):
    bids = []
    for i in range(rng.randint(0, 6)):
        bid = {"bidder": f"p{i}", "amount": money(rng.choice([0, 1, 100, 100, 200, 250, 333, 1000]))}
        if rng.random() < 0.9:
            bid["at"] = rng.randint(1, 5)
        if rng.random() < 0.1:
            bid["status"] = "withdrawn"
        bids.append(bid)
    return bids


def draw(rng):
    kind = rng.choice(KINDS)
    if kind == "bounty":
        return draw_bounty(rng)
    if kind == "price_list":
        return draw_price_list(rng)
    rule = {"kind": kind}
    if rng.random() < 0.2:
        rule["eligibility"] = {"exclude": ["p1"]}
    if kind == "slot_auction":
        clicks = sorted((rng.randint(1, 9) for _ in range(rng.randint(1, 4))), reverse=True)
        rule |= {"pricing": rng.choice(["gsp", "vcg"]), "clicks": clicks}
        if rng.random() < 0.5:
            rule["reserve"] = money(rng.choice([1, 150, 250]))
    else:
        form = rng.choice(["first_price", "vickrey", "uniform", "budget_feasible"])
        rule |= {"fund": "f", "form": form}
        if form in ("first_price", "uniform") and rng.random() < 0.8:
            rule["winners"] = rng.randint(1, 4)
        if form == "budget_feasible":
            rule["budget"] = money(rng.choice([1, 500, 1000, 3333]))
        if form != "budget_feasible" or rng.random() < 0.3:
            rule["reserve"] = money(rng.choice([1, 200, 250, 2000]))
    return scheme_of(rule), {"bids": draw_bids(rng)}


def draw_bounty(rng):
    rule = {"kind": "bounty", "fund": "f", "terms": rng.choice(["shared", "per_acceptance"])}
    if rule["terms"] == "per_acceptance":
        rule["each"] = money(rng.choice([1, 100, 333]))
    if rng.random() < 0.2:
        rule["max_total"] = money(1500)
    bounties = []
    for i in range(rng.randint(0, 3)):
        state = rng.choice(["open", "claimed", "submitted", "accepted", "paid", "expired", "disputed"])
        declared = rng.random() < 0.5
        claims = []
        for k in range(rng.randint(0, 3)):
            claim = {"claimant": f"c{k}", "accepted": rng.random() < 0.7, "accepted_at": rng.randint(1, 3)}
            if declared:
                claim["share"] = rng.choice(["1/3", "0.5", "2", "0"])
            claims.append(claim)
        b = {"id": f"b{i}", "state": state, "claims": rng.sample(claims, len(claims)),
             "contributions": [{"funder": rng.choice(["x", "y", "c0"]), "amount": money(rng.choice([1, 100, 333, 501]))}
                               for _ in range(rng.randint(0, 3))]}
        if state == "disputed":
            b["to_claimants"] = rng.choice(["0", "1", "1/2", "1/3", "0.9"])
        bounties.append(b)
    return scheme_of(rule), {"bounties": bounties}


def ordered(rule, result, highest):
    bids = [b for b in result["bids"] if b.get("status", "valid") == "valid"
            and b["bidder"] not in rule.get("eligibility", {}).get("exclude", [])]
    amounts = [minor(b["amount"]) for b in bids]
    if any(amounts.count(minor(b["amount"])) > 1 and "at" not in b for b in bids):
        return None
    return sorted(bids, key=lambda b: ((-1 if highest else 1) * minor(b["amount"]), b.get("at", 0), b["bidder"]))


def sealed(rule, result):
    bids = ordered(rule, result, False)
    if bids is None:
        return "ERR_TIE"
    reserve = minor(rule["reserve"]) if "reserve" in rule else None
    costs = [minor(b["amount"]) for b in bids]
    within = [c for c in costs if reserve is None or c <= reserve]
    if rule["form"] == "budget_feasible":
        budget = Fraction(minor(rule["budget"]))
        k = max((i for i in range(1, len(within) + 1) if within[i - 1] <= budget / i), default=0)
        offers = [int(budget / k)] if k else []
    else:
        k = min(len(within), rule.get("winners", 1))
        offers = []
    if k < len(costs):
        offers.append(costs[k])
    if reserve is not None:
        offers.append(reserve)
    paid = costs[:k] if rule["form"] == "first_price" else [min(offers)] * k if k else []
    return [{"rule": "r", "to": b["bidder"], "minor": p} for b, p in zip(bids, paid) if p > 0]


def slots(rule, result):
    bids = ordered(rule, result, True)
    if bids is None:
        return "ERR_TIE"
    reserve = minor(rule["reserve"]) if "reserve" in rule else 0
    bids = [b for b in bids if minor(b["amount"]) >= max(reserve, 1)]
    values = [minor(b["amount"]) for b in bids]
    clicks = rule["clicks"]

    def next_bid(i):
        return values[i + 1] if i + 1 < len(values) else reserve

    awards = []
    for i in range(min(len(bids), len(clicks))):
        if rule["pricing"] == "gsp":
            charge = next_bid(i) * clicks[i]
        else:
            charge = sum(next_bid(t) * (clicks[t] - (clicks[t + 1] if t + 1 < len(clicks) else 0))
                         for t in range(i, len(clicks)))
        awards.append({"rule": "r", "to": bids[i]["bidder"],
                       "slot": {"charge": money(charge), "clicks": clicks[i], "minor": charge, "slot": i + 1}})
    return awards


def bounty(rule, result):
    limit = minor(rule.get("max_total", "100000.00"))
    awards, total = [], 0

    def add(shares, matter):
        awards.extend({"rule": "r", "to": who, "entry": matter, "minor": m} for who, m in shares.items() if m > 0)

    def share(pool, weights, matter):
        weights = dict(sorted(weights.items()))
        if pool > 0 and sum(weights.values()) > 0:
            add(largest_remainder(pool, weights), matter)

    for b in sorted(result["bounties"], key=lambda b: b["id"]):
        given = {}
        for c in b["contributions"]:
            given[c["funder"]] = given.get(c["funder"], 0) + minor(c["amount"])
        escrow = sum(given.values())
        total += escrow
        state, refund = b["state"], b["id"] + ":refund"
        claims = [c for c in b["claims"] if c["accepted"] or state == "disputed"]
        weights = {c["claimant"]: Fraction(c.get("share", "1")) for c in claims}
        if state == "disputed":
            part = int(escrow * Fraction(b["to_claimants"])) if claims else 0
            share(part, weights, b["id"])
            share(escrow - part, given, refund)
            continue
        paid = 0
        if rule["terms"] == "per_acceptance" and state in ("accepted", "paid", "expired"):
            for c in sorted(claims, key=lambda c: (c["accepted_at"], c["claimant"])):
                if paid + minor(rule["each"]) <= escrow:
                    add({c["claimant"]: minor(rule["each"])}, b["id"])
                    paid += minor(rule["each"])
        elif state in ("accepted", "paid"):
            share(escrow, weights, b["id"])
        if state == "expired":
            share(escrow - paid, given, refund)
    return "ERR_OVERFLOW" if total > limit else awards


# ---- price_list ----

TIERS = {"amateur": "1", "specialist": "5/4", "professional": 2, "expert": "3", "guru": 7}
SEARCH = {"fast": "1", "auto_30m_3h": "11/10", "auto_6_24h": "1.25", "auto_48h": "3/2", "odd": "7/13"}


def draw_price_list(rng):
    tables = [("tier", TIERS), ("search", SEARCH)][:rng.randint(1, 2)]
    rule = {"kind": "price_list", "fund": "f", "price": money(rng.choice([1, 33, 80, 333, 1234])),
            "factors": [{"by": by, "values": table} for by, table in tables]}
    if rng.random() < 0.6:
        rule["round"] = rng.choice(["half_up", "half_even", "floor", "ceil"])
    if rng.random() < 0.2:
        rule["max_total"] = money(rng.choice([50, 5000]))
    entries = []
    for i in range(rng.randint(0, 6)):
        entry = {"id": f"e{i}", "selected": rng.random() < 0.7}
        if rng.random() < 0.5:
            entry["owner"] = rng.choice(["p0", "p1"])
        elif rng.random() < 0.3:
            entry["team"] = [{"id": p} for p in rng.sample(["p0", "p1", "p2", "p3"], rng.randint(1, 3))]
        if rng.random() < 0.1:
            entry["status"] = "withdrawn"
        entries.append(entry)
    facts = [{"entry": e["id"], "tier": rng.choice(list(TIERS)), "search": rng.choice(list(SEARCH))} for e in entries]
    if facts and rng.random() < 0.1:
        del rng.choice(facts)["tier"]
    rng.shuffle(facts)
    return scheme_of(rule), {"entries": entries, "facts": facts}


def rounded(x, method):
    whole, rest = int(x), x - int(x)
    up = {"floor": False, "ceil": rest > 0, "half_up": rest >= Fraction(1, 2),
          "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)}
    return whole + up[method]


def price_list(rule, result):
    facts = {row["entry"]: row for row in result["facts"]}
    out, total = [], 0
    for entry in result["entries"]:
        if not entry["selected"] or "status" in entry:
            continue
        if "tier" not in facts[entry["id"]]:
            return "ERR_SCHEMA"
        price = Fraction(minor(rule["price"]))
        for factor in rule["factors"]:
            price *= Fraction(factor["values"][facts[entry["id"]][factor["by"]]])
        amount = rounded(price, rule.get("round", "half_up"))
        total += amount
        people = sorted(m["id"] for m in entry["team"]) if "team" in entry else [entry.get("owner", entry["id"])]
        for person, part in largest_remainder(amount, dict.fromkeys(people, 1)).items():
            if part:
                out.append({"rule": "r", "to": person, "entry": entry["id"], "kind": "money", "minor": part})
    return "ERR_SCHEMA" if total > minor(rule.get("max_total", "100000.00")) else out


# ---- all of them ----

def expect(scheme, result):
    rule = scheme["rules"][0]
    return {"sealed_bid": sealed, "slot_auction": slots, "bounty": bounty,
            "price_list": price_list}[rule["kind"]](rule, result)
