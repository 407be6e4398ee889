#!/usr/bin/env python3
"""Hold the reward rules against an independent computation with Python fractions.

usage: oracle_reward.py LIBRARY [CONTESTS [SEED]]

LIBRARY is the shared library. Random contests under every rule and tie policy are evaluated by the
library and here, from the words of the rules alone; the awards must be the same to the minor unit.
Every contest is also checked for what must hold in general: awards within the fund, entries shuffled
without effect, every trace replayed to its amount and caught when an amount in it is changed.
"""
import json
import random
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "rewards"))
from library import Library, ticket  # noqa: E402

# ---- the rules again, from their words ----

def largest_remainder(pool, claims, lots=False):
    """claims: {id: weight}. The floors, then one each to the largest fractions, by lot or ids first."""
    total = sum(claims.values())
    if total == 0:
        return {i: 0 for i in claims}
    quota = {i: Fraction(pool) * w / total for i, w in claims.items()}
    shares = {i: q.numerator // q.denominator for i, q in quota.items()}
    drawn = {i: ticket("split:largest_remainder", i) if lots else b"" for i in claims}
    order = sorted(claims, key=lambda i: (-(quota[i] - shares[i]), drawn[i], i))
    for i in order[:pool - sum(shares.values())]:
        shares[i] += 1
    return shares


def by_lot(rule):
    return rule.get("rounding", {}).get("tie_break") == ["lot"]


def capped(pool, claims, cap, lots):
    """Water-filling in rounds: all above the cap are fixed together, the others share the rest."""
    shares, active, left = {i: 0 for i in claims}, dict(claims), pool
    while cap and active:
        total = sum(active.values())
        over = [i for i, w in active.items() if w > 0 and Fraction(left) * w / total > cap]
        if not over:
            break
        for i in over:
            shares[i] = cap
            left -= cap
            del active[i]
    shares.update(largest_remainder(left, active, lots))
    return shares


def proportional(rule, entries, minor):
    weight = {e["id"]: max(Fraction(0), Fraction(str(e.get(rule["weight"]) or 0)))
              for e in entries}
    if "top" in rule and rule["top"] < len(weight):
        least = sorted(weight.values(), reverse=True)[rule["top"] - 1]
        weight = {i: w for i, w in weight.items() if w >= least}
    if not any(weight.values()):
        if rule.get("on_empty", "return") == "return":
            return {}
        weight = {i: Fraction(1) for i in weight}
    cap = minor(rule["cap"]) if "cap" in rule else 0
    least = minor(rule["minimum"]) if "minimum" in rule else 0
    weight = {i: w for i, w in weight.items() if w > 0}
    while True:
        shares = capped(minor(rule["pool"]), weight, cap, by_lot(rule))
        poor = [i for i, s in shares.items() if s < least]
        if not poor:
            return shares
        for i in poor:
            del weight[i]


def ranked(rule, entries, minor):
    prizes = [minor(p) for p in rule["prizes"]]
    policy = rule.get("ties", "pool")
    score = {e["id"]: None if e.get("score") is None else Fraction(str(e["score"]))
             for e in entries}
    key = {i: (s is None, -(s or 0)) for i, s in score.items()}
    if rule.get("per_person") == "best_only":
        seen, kept = set(), []
        for e in sorted(entries, key=lambda e: (key[e["id"]], e["submitted_at"], e["id"])):
            persons = {m["id"] for m in e["team"]} if "team" in e else {e["owner"]}
            if not persons & seen:
                seen |= persons
                kept.append(e)
        entries = kept
    submitted = {e["id"]: e["submitted_at"] for e in entries}
    order = sorted((e["id"] for e in entries), key=lambda i: (key[i], i))
    out, at, left = {}, 0, rule.get("max_awards", 0)
    while at < len(order):
        group = [i for i in order if key[i] == key[order[at]]]
        mine = [prizes[p] if p < len(prizes) else 0 for p in range(at, at + len(group))]
        g, pool = len(group), sum(mine)
        if g > 1 and policy == "creator_decides" and mine[0]:
            break
        if policy == "same_prize":
            n = min(left, g)
            left -= n
            out.update(largest_remainder(n * mine[0], {i: 1 for i in group}, by_lot(rule)))
        elif g == 1 or policy == "pool":
            out.update(largest_remainder(pool, {i: 1 for i in group}, by_lot(rule)))
        else:
            fine = sorted(group, key=(lambda i: (ticket(rule["id"], i), i)) if policy == "lot"
                          else (lambda i: (submitted[i], i)))
            if policy == "hort":
                out.update(largest_remainder(pool, {i: Fraction(p, 2) + Fraction(pool, 2 * g)
                                                    for i, p in zip(fine, mine)}, by_lot(rule)))
            else:
                out.update(zip(fine, mine))
        at += g
    return out


def threshold(rule, entries, minor):
    each = minor(rule["each"])
    bounds = [minor(rule["max_total"])] if "max_total" in rule else []
    bounds += [rule["max_awards"] * each] if "max_awards" in rule else []
    bound = min(bounds)
    if rule["metric"] == "selected":
        good = [e for e in entries if e.get("selected")]
    else:
        good = [e for e in entries if e.get(rule["metric"]) is not None
                and Fraction(str(e[rule["metric"]])) >= Fraction(str(rule["threshold"]))]
    if len(good) * each <= bound:
        return {e["id"]: each for e in good}
    if rule.get("overflow") == "prorata":
        return largest_remainder(bound, {e["id"]: 1 for e in good}, by_lot(rule))
    good.sort(key=lambda e: (e["submitted_at"], e["id"]))
    return {e["id"]: each for e in good[:bound // each]}


KINDS = {"ranked_prizes": ranked, "proportional_split": proportional,
         "threshold_award": threshold}


def eligible(rule, entry):
    conditions = rule.get("eligibility", {})
    if entry.get("status", "valid") != "valid":
        return False
    if "min_score" in conditions and (
            entry.get("score") is None
            or Fraction(str(entry["score"])) < Fraction(conditions["min_score"])):
        return False
    names = {entry["id"], entry.get("owner")} | {m["id"] for m in entry.get("team", [])}
    return not names & set(conditions.get("exclude", []))


def team_parts(rule, team, amount):
    """What the members of a team get of an amount."""
    split = rule.get("team", {}).get("split", "declared" if "share" in team[0] else "equal")
    if split == "leader":
        return {m["id"]: amount for m in team if m["leader"]}
    weigh = {"declared": lambda m: Fraction(m["share"]), "equal": lambda m: 1,
             "weighted": lambda m: Fraction(m["weight"])}[split]
    return largest_remainder(amount, {m["id"]: weigh(m) for m in team})


def expect(scheme, result):
    """{(rule, recipient, entry): minor} of everything above 0."""
    def minor(text):
        return int(Fraction(text) * 100)
    out = {}
    for rule in scheme["rules"]:
        entries = [e for e in result["entries"] if eligible(rule, e)]
        for entry, amount in KINDS[rule["kind"]](rule, entries, minor).items():
            e = next(e for e in entries if e["id"] == entry)
            parts = team_parts(rule, e["team"], amount) if "team" in e else {e["owner"]: amount}
            out.update({(rule["id"], to, entry): a for to, a in parts.items() if a > 0})
    return out


def cut_by(guards, persons, awards):
    """Awards as they are without guards, in order: {(rule, recipient, entry): minor} with them."""
    of = {p["id"]: p for p in persons}
    left = {(a["rule"], a["to"], a["entry"]): a["minor"] for a in awards}
    for (rule, to, entry), minor in list(left.items()):
        person = of[to]
        if (person.get("role") in guards.get("exclude_roles", [])
                or guards.get("verified") and not person.get("verified")
                or "account_days" in guards and person.get("account_created", DAY * 100) > DAY * (
                    100 - guards["account_days"])):
            left[rule, to, entry] = 0
    if guards.get("one_prize"):
        for person in of:
            mine = [k for k in left if k[1] == person]
            best = max(mine, key=lambda k: left[k], default=None)  # of equal ones the first
            left.update({k: 0 for k in mine if k != best})
    for name, group in (("person_cap", lambda p: p["id"]),
                        ("household_cap", lambda p: p.get("household"))):
        used = {}
        for k in left if name in guards else ():
            who, cap = group(of[k[1]]), int(Fraction(guards[name]) * 100)
            if who is not None:
                left[k] = min(left[k], cap - used.get(who, 0))
                used[who] = used.get(who, 0) + left[k]
    return {k: m for k, m in left.items() if m > 0}


# ---- random contests ----

DAY = 86_400_000_000

def amount(rng, low, high):
    return "%d.%02d" % divmod(rng.randint(low, high), 100)


def random_entries(rng):
    n = rng.choice([0, 1, 2, 3, 4, 5, 7, 12, 30])
    scores = rng.choice([[1], [1, 2], list(range(n + 1)), ["1/3", "2/3", 1, 0.5]])
    out = []
    for i in rng.sample(range(100), n):
        e = {"id": "e%d" % i, "submitted_at": rng.randint(0, n), "score": rng.choice(scores),
             "votes": rng.choice([0, rng.randint(0, 9), rng.randint(-5, 1000), 0.25]),
             "supporters": rng.randint(0, 20), "selected": rng.random() < 0.5}
        if rng.random() < 0.1:
            e["score"] = None
        if rng.random() < 0.1:
            e["status"] = rng.choice(["withdrawn", "disqualified"])
        if rng.random() < 0.2:
            members = rng.sample("pqrstuv", rng.randint(1, 4))
            e["team"] = [{"id": m, "weight": rng.choice([0, 1, 2, "1/3"]), "leader": False}
                         for m in members]
            rng.choice(e["team"])["leader"] = True
            rng.choice(e["team"])["weight"] = "0.7"
            if rng.random() < 0.5:
                parts = [rng.randint(1, 9) for _ in members]
                for m, p in zip(e["team"], parts):
                    m["share"] = "%d/%d" % (p, sum(parts))
        else:
            e["owner"] = rng.choice("pqrstuvwxyz")
        out.append(e)
    return out


def random_rule(rng, name):
    kind = rng.choice(["ranked_prizes"] * 4 + ["proportional_split"] * 2 + ["threshold_award"])
    rule = {"id": name, "kind": kind, "fund": "f"}
    if kind == "ranked_prizes":
        prizes = sorted((rng.randint(1, 10 ** rng.randint(1, 6)) for _ in
                         range(rng.randint(1, 8))), reverse=True)
        rule["prizes"] = ["%d.%02d" % divmod(p, 100) for p in prizes]
        rule["ties"] = rng.choice(["pool", "earlier", "lot", "hort", "same_prize",
                                   "creator_decides"])
        if rule["ties"] == "same_prize":
            rule["max_awards"] = rng.randint(1, 10)
        if rng.random() < 0.4:
            rule["per_person"] = "best_only"
    elif kind == "proportional_split":
        rule["weight"] = rng.choice(["votes", "supporters"])
        rule["pool"] = amount(rng, 1, 10 ** rng.randint(1, 7))
        if rng.random() < 0.3:
            rule["top"] = rng.randint(1, 5)
        if rng.random() < 0.3:
            rule["cap"] = amount(rng, 1, 10 ** 5)
        if rng.random() < 0.3:
            rule["minimum"] = amount(rng, 1, 10 ** 4)
        if "cap" in rule and "minimum" in rule and (
                Fraction(rule["minimum"]) > Fraction(rule["cap"])):
            del rule["minimum"]
        rule["on_empty"] = rng.choice(["return", "equal"])
    else:
        rule["metric"] = rng.choice(["supporters", "votes", "score", "selected"])
        if rule["metric"] != "selected":
            rule["threshold"] = rng.choice([0, 1, 5, "1/2", 10])
        rule["each"] = amount(rng, 1, 10 ** 5)
        rule["overflow"] = rng.choice(["first_to_reach", "prorata"])
        if rng.random() < 0.5:
            rule["max_awards"] = rng.randint(1, 6)
        else:
            rule["max_total"] = "%d.00" % rng.randint(1001, 9000)
    if rng.random() < 0.3:
        rule["rounding"] = {"tie_break": ["lot"]}
    if rng.random() < 0.5:
        rule["team"] = {"split": rng.choice(["equal", "weighted", "leader"])}
    if rng.random() < 0.3:
        rule["eligibility"] = {"min_score": "1"}
        if rng.random() < 0.5:
            rule["eligibility"]["exclude"] = rng.sample(["p", "q", "e1", "e2", "e3"], 2)
    return rule


def random_persons(rng):
    out = []
    for i in "pqrstuvwxyz":
        p = {"id": i}
        if rng.random() < 0.6:
            p["household"] = rng.choice("mn")
        if rng.random() < 0.2:
            p["role"] = rng.choice(["staff", "guest"])
        if rng.random() < 0.9:
            p["verified"] = rng.random() < 0.9
        if rng.random() < 0.9:
            p["account_created"] = rng.randint(60, 100) * DAY + rng.choice([-1, 0, 0, 1])
        out.append(p)
    return out


def random_guards(rng):
    out = {"exclude_roles": ["staff"], "verified": True, "one_prize": True,
           "account_days": rng.randint(1, 40), "person_cap": amount(rng, 1, 10 ** rng.randint(2, 6)),
           "household_cap": amount(rng, 1, 10 ** rng.randint(2, 6))}
    return {name: out[name] for name in rng.sample(sorted(out), rng.randint(1, 3))}


def check_guards(library, rng, scheme, result, free):
    """`free`: the awards without guards. What is cut stays in the fund."""
    scheme = dict(scheme, guards=random_guards(rng))
    result = dict(result, persons=random_persons(rng), closed_at=100 * DAY)
    got = library.evaluate(scheme, result)
    if isinstance(got, tuple):
        return "refused: %s" % (got,), scheme, result
    wanted = cut_by(scheme["guards"], result["persons"], free)
    awards = {(a["rule"], a["to"], a["entry"]): a["minor"] for a in got["awards"]}
    if awards != wanted:
        return "awards %r, wanted %r" % (awards, wanted), scheme, result
    if Fraction(got["unspent"]["EUR"]) * 100 != 9000000000 - sum(awards.values()):
        return "unspent does not follow the guards", scheme, result
    for cut in got.get("cuts", []):
        if library.replay(cut["trace"]) != cut["minor"] or cut["minor"] >= cut["from"]:
            return "a cut does not follow from its trace: %r" % cut, scheme, result
    rng.shuffle(result["persons"])
    again = library.evaluate(scheme, result)["awards"]
    if [dict(a, id="") for a in again] != [dict(a, id="") for a in got["awards"]]:
        return "the order of persons shows", scheme, result
    return check_traces(library, got["awards"], rng), scheme, result


def check_traces(library, awards, rng):
    for a in awards:
        if library.replay(a["trace"]) != a["minor"]:
            return "a trace does not replay to its amount: %r" % a
    if awards:
        a = rng.choice(awards)
        steps = json.loads(json.dumps(a["trace"]))
        changeable = [s for s in steps if "minor" in s]
        # What a guard cuts shows in the guard alone.
        step = changeable[-1] if changeable[-1]["op"] == "guard" else rng.choice(changeable)
        step["minor"] += rng.choice([-1, 1, 100])
        if library.replay(steps) == a["minor"]:
            return "a changed trace was not noticed: %r" % steps
    return None


def check(library, rng):
    scheme = {"scheme": "cocreate.incentives/1", "currency": "EUR",
              "funds": [{"id": "f", "budget": "90000000.00"}],
              "rules": [random_rule(rng, "r%d" % i) for i in range(rng.choice([1, 1, 2]))]}
    result = {"entries": random_entries(rng)}
    got = library.evaluate(scheme, result)
    if isinstance(got, tuple):
        return "refused: %s" % (got,), scheme, result
    awards = {(a["rule"], a["to"], a["entry"]): a["minor"] for a in got["awards"]}
    wanted = expect(scheme, result)
    if awards != wanted:
        return "awards %r, wanted %r" % (awards, wanted), scheme, result
    spent = sum(awards.values())
    if Fraction(got["unspent"]["EUR"]) * 100 != 9000000000 - spent:
        return "unspent does not follow", scheme, result
    if spent > Fraction(got["liability"]["EUR"]) * 100:
        return "more than the liability", scheme, result
    if rng.random() < 0.4:
        problem = check_guards(library, rng, scheme, result, got["awards"])
        if problem[0]:
            return problem
    rng.shuffle(result["entries"])
    again = library.evaluate(scheme, result)["awards"]
    for a in again + got["awards"]:
        del a["id"]
    if again != got["awards"]:
        return "the order of entries shows", scheme, result
    return check_traces(library, got["awards"], rng), scheme, result


def main(path, contests=2000, seed=1):
    library, rng = Library(path), random.Random(int(seed))
    for i in range(int(contests)):
        problem, scheme, result = check(library, rng)
        if problem:
            print("contest %d: %s\n%s\n%s" % (i, problem, json.dumps(scheme),
                                              json.dumps(result)))
            return 1
    print("%s contests agree" % contests)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
