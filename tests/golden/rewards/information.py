"""Pay for information from its definitions: Brier 1950; Gneiting & Raftery 2007; Lambert et al. 2008; Hanson 2003;
Prelec 2004; Witkowski & Parkes 2012; Radanovic, Faltings & Jurca 2016; Shnayder et al. 2016; Wilson 1927; Shah & Zhou
2016. Logarithms and exponentials are taken with 50 digits and kept to 9 (in a sum of exponentials 15) decimals."""
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import ceil, floor, isqrt, prod

from library import ticket
from procurement import minor, money
from sharing import largest_remainder

KINDS = ["scoring_rule", "lmsr", "peer_prediction", "gold_bonus"]
LISTS = ["questions", "forecasts", "trades", "reports", "gold"]
DIGITS = Context(prec=50)


def scheme_of(rule):
    return {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [{"id": "f", "budget": "9000000.00"}],
            "rules": [{"id": "r", "fund": "f", **rule}]}


# -- Numbers


def decimal(x):
    return DIGITS.divide(Decimal(x.numerator), Decimal(x.denominator))


def keep(x, decimals):
    return Fraction(x.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN, context=DIGITS))


def nearest(x):
    """To 9 decimals, halves to even."""
    return Fraction(round(Fraction(x) * 10**9), 10**9)


def ln(x):
    return keep(DIGITS.ln(decimal(Fraction(x))), 9)


def lot(matter, person):
    """The ticket of a person in a matter."""
    return ticket("r", f"{len(matter.encode())}:{matter}:{person}")


def exact(p):
    return Fraction(str(p))


def odds(row, key):
    return {"yes": exact(row["p"]), "no": 1 - exact(row["p"])} if "p" in row else {
        name: exact(p) for name, p in row[key].items()}


def answer_of(value):
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


# -- Drawing

PROBABILITIES = ["0", "1", "0.5", "0.8", "0.2", "1/3", "0.999999999", "1e", "0.123456789", "7/64"]


def draw_p(rng):
    p = rng.choice(PROBABILITIES)
    return rng.choice([0, 1, 0.25, 0.75]) if p == "1e" else p


def draw_odds(rng, names):
    cuts = sorted(rng.choice([0, 10, 25, 50, 50, 80, 100]) for _ in range(len(names) - 1))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, 100])]
    return {name: str(Fraction(part, 100)) for name, part in zip(names, parts)}


def draw_pay(rng, rule, most_needed):
    rule["scale"] = money(rng.choice([1, 99, 10000, 333333]))
    if rng.random() < 0.6:
        rule["base"] = rng.choice(["0.50", "100", "-0.37", "0", "-5.00"])
    if most_needed or rng.random() < 0.3:
        rule["max"] = money(rng.choice([50, 5000, 1000000]))
    if rng.random() < 0.3:
        rule["min"] = money(rng.choice([1, 50]))
    rule["max_awards"] = rng.choice([2, 60, 60, 60])


def draw_common(rng, rule, rows):
    if rng.random() < 0.2:
        rule["eligibility"] = {"exclude": ["p1"]}
    for row in rows:
        if rng.random() < 0.05:
            row["status"] = "withdrawn"
    if rows and rng.random() < 0.03:
        rows.append(dict(rng.choice(rows)))


def draw_questions(rng, names):
    questions = [{"id": f"q{i}"} for i in range(rng.randint(1, 3))]
    for q in questions:
        outcome = rng.choice([True, False, None, *names])
        if outcome is not None or rng.random() < 0.5:
            q["outcome"] = outcome
    return questions


def draw_scoring(rng):
    rule = {"kind": "scoring_rule", "score": rng.choice(["brier", "log", "spherical"])}
    form = rng.choice(["linear", "linear", "lottery", "wager"]) if rule["score"] != "log" else "linear"
    if form != "linear" or rng.random() < 0.3:
        rule["form"] = form
    if form == "linear":
        draw_pay(rng, rule, False)
    elif form == "lottery":
        rule |= {"prize": money(rng.choice([1, 500])), "max_awards": rng.choice([2, 60])}
    elif rng.random() < 0.2:
        rule["rounding"] = {"method": "floor_return"}
    names = ["a", "b", "c"]
    questions, rows = draw_questions(rng, names), []
    for q in questions:
        for i in range(rng.randint(0, 4)):
            row = {"forecaster": f"p{i}", "question": q["id"]}
            row |= {"p": draw_p(rng)} if rng.random() < 0.6 else {"probabilities": draw_odds(rng, names)}
            if form == "wager":
                row["stake"] = money(rng.choice([1, 100, 100, 777, 1000000]))
            rows.append(row)
    draw_common(rng, rule, rows)
    return rule, {"questions": questions, "forecasts": rows}


def draw_market(rng):
    rule = {"kind": "lmsr", "question": "q0", "b": money(rng.choice([100, 1000, 12345, 1000000]))}
    names = ["no", "yes"]
    if rng.random() < 0.5:
        names = [f"o{i}" for i in range(rng.randint(2, 5))]
        rule["outcomes"] = rng.sample(names, len(names))
    if rng.random() < 0.3:
        rule["share"] = money(rng.choice([1, 10, 250]))
    trades, held = [], defaultdict(int)
    for i in rng.sample(range(40), rng.randint(0, 8)):
        trades.append({"question": "q0" if rng.random() < 0.95 else "other", "trader": f"p{rng.randint(0, 2)}", "seq": i})
    for t in sorted(trades, key=lambda t: t["seq"]):
        t["outcome"] = rng.choice(names)
        held_here = held[t["trader"], t["outcome"]]
        sells = rng.random() < 0.4 and (held_here > 0 or rng.random() < 0.02)
        t["shares"] = -rng.randint(0, max(held_here, 1)) if sells else rng.choice([0, 1, 7, 10, 250, 100000])
        held[t["trader"], t["outcome"]] += t["shares"]
    outcome = rng.choice([*names, *names, None])
    questions = [{"id": "q0", "outcome": outcome}, {"id": "other"}]
    if rng.random() < 0.1:
        rule["eligibility"] = {"exclude": ["p1"]}
    return rule, {"questions": questions, "trades": trades}


def draw_peers(rng):
    form = rng.choice(["bts", "rbts", "pts", "ca", "output_agreement"])
    rule = {"kind": "peer_prediction", "form": form}
    names = ["a", "b", "c", "d"][:rng.randint(2, 4)]
    if form != "bts" and rng.random() < 0.6:
        rule["peers"] = rng.choice(["random", "random", "average"])
    prior = form == "pts" and rng.random() < 0.5
    if prior:
        rule["prior"] = {n: str(Fraction(1, len(names))) for n in names}
        if rng.random() < 0.5:
            rule["prior"] = {"a": "0.6", "b": "0.4"}
    draw_pay(rng, rule, form == "bts" or (form == "pts" and not prior))
    if form == "bts":
        if rng.random() < 0.5:
            rule["alpha"] = rng.choice([1, "0.5", "1/3", 2])
        if rng.random() < 0.5:
            rule["epsilon"] = rng.choice(["0.5", "0.001", "1/3"])
    rows, tasks = [], rng.randint(1, 6 if form == "ca" else 3)
    for task in range(tasks):
        for i in range(rng.randint(0, 5)):
            answer = rng.choice(names)
            row = {"reporter": f"p{i}", "task": f"t{task}", "answer": answer}
            if form == "rbts":
                row |= {"answer": rng.choice([True, False, "yes", "no"]), "p": draw_p(rng)}
            if form == "bts":
                row |= {"prediction": draw_odds(rng, names)} if rng.random() < 0.7 else {
                    "p": draw_p(rng), "answer": rng.choice([True, False, answer])}
            rows.append(row)
    draw_common(rng, rule, rows)
    return rule, {"reports": rows}


def draw_gold(rng):
    rule = {"kind": "gold_bonus", "max_awards": rng.choice([1, 9, 9, 9])}
    if rng.random() < 0.5:
        rule |= {"form": "threshold", "each": money(rng.choice([1, 500])), "accuracy": rng.choice(["0.5", "2/3", "0.21"])}
        if rng.random() < 0.6:
            rule["z"] = rng.choice([0, 1, "1.96", "0.5", "2.576"])
        if rng.random() < 0.5:
            rule["min_tasks"] = rng.randint(1, 5)
    else:
        rule |= {"form": "double_or_nothing", "max": money(rng.choice([80, 12345])), "questions": rng.randint(3, 8),
                 "confidence": rng.choice(["1/2", "0.75", "1/3"])}
        if rng.random() < 0.5:
            rule["min"] = money(rng.choice([1, 20, 80]))
    rows = []
    for w in range(rng.randint(0, 4)):
        sure = rng.random() < 0.6
        for t in range(rng.randint(0, 9 if rule["form"] == "threshold" else 4)):
            answer = rng.choice(["correct", "correct", "skipped"] if sure else ["correct", "wrong", "skipped"])
            rows.append({"worker": f"p{w}", "task": f"t{t}", "answer": answer})
    draw_common(rng, rule, rows)
    return rule, {"gold": rows}


def draw(rng):
    rule, result = rng.choice([draw_scoring, draw_market, draw_peers, draw_peers, draw_gold])(rng)
    return scheme_of(rule), result


# -- Expecting


class Refused(Exception):
    """The name of a status."""


def counted(rule, rows, who):
    excluded = rule.get("eligibility", {}).get("exclude", [])
    return [row for row in rows if row.get("status", "valid") == "valid" and row[who] not in excluded]


def once(rows, *keys):
    if len({tuple(row[k] for k in keys) for row in rows}) < len(rows):
        raise Refused("ERR_SCHEMA")


def within(rule, due):
    if due > rule["max_awards"]:
        raise Refused("ERR_OVERFLOW")


def cents(text):
    return -minor(text[1:]) if text.startswith("-") else minor(text)


def paid(rule, score):
    """None is minus infinity."""
    least = cents(rule.get("min", "0"))
    if score is None:
        return least
    pay = cents(rule.get("base", "0")) + cents(rule["scale"]) * score
    if "max" in rule and pay > cents(rule["max"]):
        pay = cents(rule["max"])
    return floor(max(pay, least))


def award(to, m, entry=None):
    return [{"rule": "r", "to": to, "kind": "money", "minor": m, **({"entry": entry} if entry else {})}] if m > 0 else []


def score_of(rule, forecast, outcome):
    given = odds(forecast, "probabilities")
    p, squares = given.get(outcome, Fraction(0)), sum(x * x for x in given.values())
    if rule["score"] == "brier":
        return 1 - ((1 - p) ** 2 + squares - p * p) / 2
    if rule["score"] == "spherical":
        x = p * p / squares
        return Fraction(isqrt(x.numerator * 4**32 // x.denominator), 2**32)
    return ln(p) if p > 0 else None


def expect_scoring(rule, result):
    outcomes = {q["id"]: answer_of(q.get("outcome")) for q in result["questions"]}
    rows = counted(rule, result["forecasts"], "forecaster")
    once(rows, "forecaster", "question")
    form, out = rule.get("form", "linear"), []
    if form != "wager":
        rows = [row for row in rows if outcomes[row["question"]] is not None]
        within(rule, len(rows))
        for row in rows:
            score = score_of(rule, row, outcomes[row["question"]])
            pay = paid(rule, score) if form == "linear" else 0
            if form == "lottery":
                drawn = Fraction(int.from_bytes(lot(row["question"], row["forecaster"])[:6], "big"), 2**48)
                pay = cents(rule["prize"]) if drawn < score else 0
            out += award(row["forecaster"], pay, row["question"])
        return out
    for question, outcome in outcomes.items():
        stakes = {row["forecaster"]: cents(row["stake"]) for row in rows if row["question"] == question}
        if outcome is None or not stakes:
            out += [a for who, m in stakes.items() for a in award(who, m, question)]
            continue
        scores = {row["forecaster"]: nearest(score_of(rule, row, outcome)) for row in rows if row["question"] == question}
        total = sum(stakes.values())
        mean = sum(stakes[i] * scores[i] for i in stakes) / total
        becomes = {i: stakes[i] * (1 + scores[i] - mean) for i in stakes}
        assert sum(becomes.values()) == total and min(becomes.values()) >= 0
        if "rounding" in rule:
            shares = {i: floor(x) for i, x in becomes.items()}
        else:
            shares = largest_remainder(total, becomes) if total else {}
        out += [a for who, m in shares.items() for a in award(who, m, question)]
    return out


def expect_market(rule, result):
    names, b, share = rule.get("outcomes", ["no", "yes"]), cents(rule["b"]), cents(rule.get("share", "1.00"))
    trades = [t for t in counted(rule, result["trades"], "trader") if t["question"] == "q0"]
    sold, held = dict.fromkeys(names, 0), defaultdict(int)
    charged, refunded = defaultdict(int), defaultdict(int)

    def cost():
        most = max(sold.values())
        terms = [keep(DIGITS.exp(decimal(Fraction(share * (q - most), b))), 15) for q in sold.values()]
        return share * most + b * ln(sum(terms))

    before = start = cost()
    for t in sorted(trades, key=lambda t: t["seq"]):
        held[t["trader"], t["outcome"]] += t["shares"]
        if held[t["trader"], t["outcome"]] < 0:
            raise Refused("ERR_SCHEMA")
        sold[t["outcome"]] += t["shares"]
        change, before = cost() - before, cost()
        if change > 0:
            charged[t["trader"]] += ceil(change)
        else:
            refunded[t["trader"]] += floor(-change)
    traders = sorted({t["trader"] for t in trades})
    outcome = next(q["outcome"] for q in result["questions"] if q["id"] == "q0")
    if outcome is None:
        return [a for t in traders for a in award(t, charged[t], "q0")]
    out = [a for t in traders for a in award(t, share * held[t, outcome] + refunded[t], "q0")]
    assert sum(a["minor"] for a in out) - sum(charged.values()) <= ceil(start)  # b ln n
    return out


def truth_serum(rule, reports):
    answers = sorted({answer_of(r["answer"]) for r in reports}.union(*(odds(r, "prediction") for r in reports)))
    epsilon, alpha, n = Fraction(str(rule.get("epsilon", "0.01"))), Fraction(str(rule.get("alpha", 1))), len(reports)
    logs = []
    for r in reports:
        raised = {k: max(odds(r, "prediction").get(k, Fraction(0)), epsilon) for k in answers}
        logs.append({k: ln(p / sum(raised.values())) for k, p in raised.items()})
    given = [answer_of(r["answer"]) for r in reports]
    x = {k: Fraction(given.count(k), n) for k in given}
    predicted = {k: sum(own[k] for own in logs) / n for k in answers}
    return [ln(x[k]) - predicted[k] + alpha * sum(x[j] * (own[j] - ln(x[j])) for j in x) for k, own in zip(given, logs)]


def quadratic(y, yes):
    return 2 * y - y * y if yes else 1 - y * y


def robust(rule, reports):
    yes, y, n = [answer_of(r["answer"]) == "yes" for r in reports], [exact(r["p"]) for r in reports], len(reports)

    def shadow(i, j):
        return y[j] + min(y[j], 1 - y[j]) if yes[i] else y[j] - min(y[j], 1 - y[j])

    if rule.get("peers") == "random":
        return [quadratic(shadow(i, (i + 1) % n), yes[(i + 2) % n]) + quadratic(y[i], yes[(i + 2) % n]) for i in range(n)]
    scores = []
    for i in range(n):
        pairs = [(j, k) for j in range(n) for k in range(n) if len({i, j, k}) == 3]
        information = sum(nearest(quadratic(shadow(i, j), yes[k])) for j, k in pairs) / len(pairs)
        prediction = sum(nearest(quadratic(y[i], yes[k])) for k in range(n) if k != i) / (n - 1)
        scores.append(information + prediction)
    return scores


def agreement(rule, reports, histogram):
    n, scores = len(reports), []
    for i, r in enumerate(reports):
        peers = [(i + 1) % n] if rule.get("peers") == "random" else [j for j in range(n) if j != i]
        score = Fraction(sum(reports[j]["answer"] == r["answer"] for j in peers), len(peers))
        scores.append(score / histogram[r["answer"]] if histogram else score)
    return scores


def pair_score(first, second, drawn=None):
    """Of two dictionaries from tasks to answers."""
    tasks = sorted(first.keys() & second.keys())
    m = len(tasks)

    def s(a, b):
        both = sum(first[t] == a and second[t] == b for t in tasks)
        alone = sum(first[t] == a for t in tasks) * sum(second[t] == b for t in tasks)
        return Fraction(both, m) > Fraction(alone, m * m)

    if drawn is not None:
        tasks.sort(key=lambda t: (lot(drawn, t), t))
        return Fraction(sum(s(first[t], second[t]) for t in tasks)
                        - sum(s(first[tasks[(i + 1) % m]], second[tasks[(i + 2) % m]]) for i in range(m)), m)
    together = Fraction(sum(s(first[t], second[t]) for t in tasks), m)
    apart = Fraction(sum(s(first[p], second[q]) for p in tasks for q in tasks if p != q), m * (m - 1))
    return nearest(together - apart)


def expect_correlated(rule, rows):
    given = defaultdict(dict)
    for r in rows:
        given[r["reporter"]][r["task"]] = r["answer"]
    scores = {}
    people = sorted(given, key=(lambda i: (lot("", i), i)) if rule.get("peers") == "random" else None)
    for at, i in enumerate(people):
        others = people[at + 1:] + people[:at]
        if rule.get("peers") == "random":
            peer = next((j for j in others if len(given[i].keys() & given[j].keys()) >= 3), None)
            if peer is not None:
                scores[i] = pair_score(given[i], given[peer], i)
            continue
        found = [pair_score(given[i], given[j]) for j in others if len(given[i].keys() & given[j].keys()) >= 2]
        if found:
            scores[i] = sum(found) / len(found)
    within(rule, len(scores))
    return [a for i, s in scores.items() for a in award(i, paid(rule, s))]


def expect_peers(rule, result):
    rows = counted(rule, result["reports"], "reporter")
    once(rows, "reporter", "task")
    form = rule["form"]
    if form == "ca":
        return expect_correlated(rule, rows)
    if "prior" in rule and any(r["answer"] not in rule["prior"] for r in rows):
        raise Refused("ERR_SCHEMA")
    histogram = None
    if form == "pts":
        answers = [r["answer"] for r in rows]
        histogram = ({k: exact(p) for k, p in rule["prior"].items()} if "prior" in rule
                     else {k: Fraction(answers.count(k), len(answers)) for k in answers})
    tasks = defaultdict(list)
    for r in rows:
        tasks[r["task"]].append(r)
    tasks = {t: list_ for t, list_ in tasks.items() if len(list_) >= (3 if form == "rbts" else 2)}
    within(rule, sum(map(len, tasks.values())))
    out = []
    for task, reports in tasks.items():
        drawn = rule.get("peers") == "random"
        reports.sort(key=lambda r: (lot(task, r["reporter"]) if drawn else b"", r["reporter"]))
        scores = (truth_serum(rule, reports) if form == "bts" else robust(rule, reports) if form == "rbts"
                  else agreement(rule, reports, histogram))
        out += [a for r, s in zip(reports, scores) for a in award(r["reporter"], paid(rule, s), task)]
    return out


def wilson_reaches(right, n, z, accuracy):
    """The lower bound (right + z^2/2 - z sqrt(right wrong / n + z^2/4)) / (n + z^2) >= accuracy, by squaring."""
    room = right + z * z / 2 - accuracy * (n + z * z)
    return room >= 0 and room * room >= z * z * (Fraction(right * (n - right), n) + z * z / 4)


def expect_gold(rule, result):
    rows = counted(rule, result["gold"], "worker")
    once(rows, "worker", "task")
    workers = defaultdict(list)
    for row in rows:
        workers[row["worker"]].append(row["answer"])
    pays = {}
    for who, answers in sorted(workers.items()):
        right, wrong = answers.count("correct"), answers.count("wrong")
        if rule["form"] == "threshold":
            n, z = right + wrong, Fraction(str(rule.get("z", "1.96")))
            if n >= rule.get("min_tasks", 1) and wilson_reaches(right, n, z, exact(rule["accuracy"])):
                pays[who] = cents(rule["each"])
            continue
        if len(answers) > rule["questions"]:
            raise Refused("ERR_SCHEMA")
        least, factor = cents(rule.get("min", "0")), {"correct": 1 / exact(rule["confidence"]), "skipped": 1, "wrong": 0}
        kappa = (cents(rule["max"]) - least) * exact(rule["confidence"]) ** rule["questions"]
        pays[who] = floor(kappa * prod(factor[a] for a in answers) + least)
    within(rule, len(pays))
    return [a for who, m in pays.items() for a in award(who, m)]


def expect(scheme, result):
    rule = scheme["rules"][0]
    try:
        return {"scoring_rule": expect_scoring, "lmsr": expect_market, "peer_prediction": expect_peers,
                "gold_bonus": expect_gold}[rule["kind"]](rule, result)
    except Refused as refusal:
        return str(refusal)
