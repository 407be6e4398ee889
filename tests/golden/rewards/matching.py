"""Matching rules from their definitions: Buterin, Hitzig & Weyl 2019; Buterin 2019; the calculators of Gitcoin of 2020
and 2024 (COCM); Retroactive Public Goods Funding, round 3. Roots are rounded down to 32 binary places."""
from collections import defaultdict
from fractions import Fraction
from math import isqrt
from statistics import median

from procurement import minor, money, scheme_of
from sharing import largest_remainder

KINDS = ["quadratic_funding", "retro_median"]
LISTS = ["gifts", "donors", "clusters", "ballots", "entries"]
ONE = 1 << 32
AMOUNTS = [0, 1, 99, 100, 100, 400, 900, 250, 10000, 123456789]


def draw_common(rng, rule, result, projects):
    if rng.random() < 0.3:
        rule["eligibility"] = {"exclude": rng.sample(["d0", "d1", "p1"], rng.randint(1, 2))}
    if rng.random() < 0.2:
        rule["rounding"] = {"method": "floor_return"}
    if rng.random() < 0.3:
        entries = []
        for p in projects:
            entry = {"id": p}
            if rng.random() < 0.3:
                entry["owner"] = "o" + p
            if rng.random() < 0.2:
                entry["status"] = "withdrawn"
            entries.append(entry)
        if rng.random() < 0.1:
            entries.pop()
        result["entries"] = entries


def draw(rng):
    if rng.random() < 0.3:
        return draw_retro(rng)
    form = rng.choice(["qf", "qf", "pairwise", "cluster", "cocm", "cocm", "gitcoin_clr"])
    rule = {"kind": "quadratic_funding", "fund": "f", "pool": money(rng.choice([1, 7, 1000, 10000, 100001, 10000000]))}
    if form != "qf" or rng.random() < 0.5:
        rule["match"] = form
    if form == "pairwise":
        rule["m"] = money(rng.choice([1, 100, 2500]))
    if form == "gitcoin_clr":
        rule["threshold"] = money(rng.choice([1, 100, 2500]))
    if form == "cocm" and rng.random() < 0.6:
        rule["ties"] = rng.choice(["fancy", "plain"])
    if rng.random() < 0.4:
        rule["scale_up"] = rng.random() < 0.8
    if rng.random() < 0.4:
        rule["cap"] = money(rng.choice([1, 100, 333, 5000]))
    if rng.random() < 0.3:
        rule["minimum"] = money(rng.choice([1, 100, 400]))
    donors, projects = [f"d{i}" for i in range(rng.randint(1, 6))], [f"p{i}" for i in range(rng.randint(1, 4))]
    gifts = [{"donor": rng.choice(donors), "project": rng.choice(projects), "amount": money(rng.choice(AMOUNTS))}
             for _ in range(rng.randint(0, 14))]
    result = {"gifts": gifts}
    draw_common(rng, rule, result, projects)
    if rng.random() < 0.4:
        listed = rng.sample(donors + ["other"], rng.randint(0, len(donors)))
        weights = ["1", "0", "1/2", "0.3", "1/3", "0.999999999"] + (["2"] if rng.random() < 0.1 else [])
        result["donors"] = [{"id": d, "weight": rng.choice(weights)} for d in listed]
    if form in ("cluster", "cocm") and rng.random() < 0.97:
        result["clusters"] = [{"id": f"c{i}", "members": rng.sample(donors + ["other"], rng.randint(0, len(donors)))}
                              for i in range(rng.randint(0, 4))]
    return scheme_of(rule), result


def draw_retro(rng):
    rule = {"kind": "retro_median", "fund": "f", "pool": money(rng.choice([1, 7, 1000, 10000, 100001]))}
    if rng.random() < 0.7:
        rule["quorum"] = rng.randint(1, 4)
    if rng.random() < 0.5:
        rule["minimum"] = money(rng.choice([1, 100, 333, 2500]))
    if rng.random() < 0.3:
        rule["max_ballot"] = money(rng.choice([123456789, 123456789, 10000]))
    projects = [f"p{i}" for i in range(rng.randint(1, 5))]
    ballots = []
    for d in range(rng.randint(0, 6)):
        for p in rng.sample(projects, rng.randint(0, len(projects))):
            ballots.append({"voter": f"d{d}", "project": p, "amount": money(rng.choice(AMOUNTS))})
            if rng.random() < 0.1:
                del ballots[-1]["amount"]
    if ballots and rng.random() < 0.03:
        ballots.append(dict(ballots[0]))
    result = {"ballots": ballots}
    draw_common(rng, rule, result, projects)
    return scheme_of(rule), result


def open_to(rule, result, rows, key):
    """Which projects take part, and who is paid for each; None if a row names one that is not there."""
    excluded = rule.get("eligibility", {}).get("exclude", [])
    entries = {entry["id"]: entry for entry in result["entries"]} if "entries" in result else None
    payees = {}
    for row in rows:
        p = row["project"]
        if entries is None:
            if p not in excluded:
                payees[p] = p
        elif p not in entries:
            return None
        else:
            owner = entries[p].get("owner", p)
            if entries[p].get("status", "valid") == "valid" and p not in excluded and owner not in excluded:
                payees[p] = owner
    return payees, excluded


def root(x):
    """floor(sqrt(x) 2^32) for a rational x >= 0."""
    x = Fraction(x)
    return isqrt(x.numerator * (1 << 64) // x.denominator)


def nearest(x):
    """To 32 binary places."""
    return Fraction((x * ONE + Fraction(1, 2)).__floor__(), ONE)


def plain(roots):
    return Fraction(sum(roots) ** 2 - sum(r * r for r in roots), ONE * ONE)


def by_pairs(rule, gifts):
    shared = defaultdict(int)
    for given in gifts.values():
        for i in given:
            for j in given:
                if i < j:
                    shared[i, j] += root(given[i]) * root(given[j])
    matches = {}
    for p, given in gifts.items():
        total = Fraction(0)
        for i in given:
            for j in given:
                if i >= j:
                    continue
                product, s = root(given[i]) * root(given[j]), shared[i, j]
                if rule["match"] == "pairwise":
                    m = minor(rule["m"]) << 64
                    total += 2 * Fraction(product, 1 << 64) * Fraction((m << 64) // (m + s), 1 << 64)
                else:
                    total += (minor(rule["threshold"]) + 100) * Fraction((product << 64) // s, 1 << 64)
        matches[p] = nearest(total)
    return matches


def clusters_of(result, donors):
    clusters = {d: [c["id"] for c in result["clusters"] if d in c["members"]] for d in donors}
    return {d: c or [("alone", d)] for d, c in clusters.items()}


def floor64(x):
    return Fraction((x * (1 << 64)).__floor__(), 1 << 64)


def by_clusters(rule, result, gifts):
    donors = sorted({d for given in gifts.values() for d in given})
    of = clusters_of(result, donors)
    friends = {d: [x for x in donors if set(of[x]) & set(of[d])] for d in donors}
    matches = {}
    for p, given in gifts.items():
        present = sorted({c for d in given for c in of[d]}, key=str)
        if rule["match"] == "cluster":
            matches[p] = plain([root(sum(floor64(given[d] / len(of[d])) for d in given if c in of[d])) for c in present])
            continue
        a = defaultdict(Fraction)
        for d, c in given.items():
            c = floor64(floor64(c) / 100)
            for h in present:
                tied = sum(h in of[x] for x in friends[d])
                k = Fraction(tied, len(friends[d]))
                if h in of[d] or (rule.get("ties") == "plain" and tied):
                    k = Fraction(1)
                part = floor64((k * Fraction(root(c), ONE) + (1 - k) * c) / len(of[d]))
                for g in of[d]:
                    a[g, h] += part
        total = 0
        for g in present:
            for h in present:
                if g != h:
                    product = a[g, h] * a[h, g] * (1 << 128)
                    assert product.denominator == 1
                    total += Fraction(isqrt(product.numerator), 1 << 64)
        matches[p] = total * 100
    return matches


def settle(rule, matches):
    """Capped ones, what the others share, and their shares."""
    pool, cap, total = minor(rule["pool"]), minor(rule.get("cap", "0")), sum(matches.values())
    saturated = total > pool or rule.get("scale_up", False)
    rest, out = dict(matches), {}
    while cap and rest:
        left = pool - cap * len(out)
        over = [p for p in rest if (left * rest[p] > cap * sum(rest.values()) if saturated else rest[p] > cap)]
        if not over:
            break
        for p in over:  # all at once gives the same as one by one
            out[p] = cap
            del rest[p]
    left = pool - sum(out.values()) if saturated else (sum(rest.values()) + Fraction(1, 2)).__floor__()
    # Rounding the sum of matches up must not take anybody above the cap.
    while cap and rest and sum(rest.values()) > 0:
        over = [p for p in rest if left * rest[p] > cap * sum(rest.values())]
        if not over:
            break
        for p in over:
            out[p] = cap
            left -= cap
            del rest[p]
    if sum(rest.values()) > 0:
        if "rounding" in rule:
            out |= {p: (left * w / sum(rest.values())).__floor__() for p, w in rest.items()}
        else:
            out |= largest_remainder(left, rest)
    return out


def awards(shares, payees):
    return [{"rule": "r", "to": payees[p], "kind": "money", "minor": m} for p, m in shares.items() if m > 0]


def expect(scheme, result):
    rule = scheme["rules"][0]
    if rule["kind"] == "retro_median":
        return expect_retro(rule, result)
    opened = open_to(rule, result, result["gifts"], "gifts")
    if opened is None:
        return "ERR_SCHEMA"
    payees, excluded = opened
    if any(Fraction(d["weight"]) > 1 for d in result.get("donors", [])):
        return "ERR_SCHEMA"
    if rule.get("match") in ("cluster", "cocm") and "clusters" not in result:
        return "ERR_SCHEMA"
    weights = {d["id"]: Fraction(d["weight"]) for d in result.get("donors", [])}
    gifts = {p: defaultdict(Fraction) for p in payees}
    for g in result["gifts"]:
        if g["project"] in payees and g["donor"] not in excluded:
            gifts[g["project"]][g["donor"]] += minor(g["amount"])
    least = max(minor(rule.get("minimum", "0")), 1)
    gifts = {p: {d: c * weights.get(d, 1) for d, c in given.items() if c >= least and weights.get(d, 1) > 0}
             for p, given in gifts.items()}
    form = rule.get("match", "qf")
    if form == "qf":
        matches = {p: plain([root(c) for c in given.values()]) for p, given in gifts.items()}
    elif form in ("pairwise", "gitcoin_clr"):
        matches = by_pairs(rule, gifts)
    else:
        matches = by_clusters(rule, result, gifts)
    return awards(settle(rule, matches), payees)


def expect_retro(rule, result):
    opened = open_to(rule, result, result["ballots"], "ballots")
    most = minor(rule.get("max_ballot", "90000000000000"))
    if opened is None or any(minor(b.get("amount", "0")) > most for b in result["ballots"]):
        return "ERR_SCHEMA"
    payees, excluded = opened
    ballots = [b for b in result["ballots"] if b["project"] in payees and b["voter"] not in excluded]
    if len({(b["project"], b["voter"]) for b in ballots}) < len(ballots):
        return "ERR_SCHEMA"
    medians = {}
    for p in payees:
        amounts = [Fraction(minor(b["amount"])) for b in ballots if b["project"] == p and "amount" in b]
        if len(amounts) >= rule.get("quorum", 1):
            medians[p] = median(amounts)
    pool, least = minor(rule["pool"]), minor(rule.get("minimum", "0"))
    medians = {p: m for p, m in medians.items() if m > 0}
    while True:
        small = [p for p, m in medians.items() if pool * m / sum(medians.values()) < least]
        if not small:
            break
        medians = {p: m for p, m in medians.items() if p not in small}
    if not medians:
        return []
    if "rounding" in rule:
        return awards({p: (pool * m / sum(medians.values())).__floor__() for p, m in medians.items()}, payees)
    return awards(largest_remainder(pool, medians), payees)
