"""Budgets, and sequential committees, from their definitions."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

from common import APPROVAL, POINTS, RANKING, SCORE, break_tie, weak_orders

SATISFACTIONS = [{}, {"satisfaction": "cardinality"}, {"satisfaction": "effort"}, {"satisfaction": "sqrt_cost"}]
COMPLETIONS = [{}, {"completion": "none"}, {"completion": "greedy"}, {"completion": "phragmen"},
               {"completion": "add1"}, {"completion": "add1u"}, {"completion": "add1", "increment": 2}]
SHARES = [{**s, **c} for s in SATISFACTIONS for c in COMPLETIONS]
SEATS = [{**c, "seats": 0} for c in COMPLETIONS] + [
    {"seats": 0, "ties": "parallel"}, {"seats": 0, "ties": "parallel", "completion": "greedy"}]

METHODS = (
    [("greedy", k, SATISFACTIONS + [{"satisfaction": "cc"}]) for k in (APPROVAL, POINTS, RANKING)]
    + [(name, APPROVAL, options) for name in ("phragmen_seq", "maximin_support")
       for options in ([{}], [{"seats": 0}, {"seats": 0, "ties": "parallel"}])] * 2
    + [("max_welfare", k, [{}, {"satisfaction": "cardinality"}]) for k in (APPROVAL, POINTS, RANKING, SCORE)]
    + [("equal_shares", k, SHARES) for k in (APPROVAL, APPROVAL, POINTS, RANKING, SCORE)]
    + [("exact_equal_shares", APPROVAL, [o for o in options if o.get("completion") != "phragmen" and (
        o.get("ties") != "parallel" or "completion" in o)]) for options in (SHARES, SHARES, SEATS, SEATS)]
    + [("equal_shares", k, SEATS) for k in (APPROVAL, APPROVAL, POINTS)]
    + [("expanding_approvals", k, [{}, {"unranked": "ignored"}, {"seats": 0}]) for k in (RANKING, RANKING, APPROVAL)]
)

SHAPE = {"options": (1, 6), "ballots": (0, 8),
         "chain": dict.fromkeys(["greedy", "phragmen_seq", "maximin_support", "max_welfare", "equal_shares", "exact_equal_shares",
                                "expanding_approvals"], "id")}


def settle(rng, election):
    """Seats (0: to be drawn), and a tie chain that tells everything."""
    options = election["options"]
    running = election["m"] - sum(election["withdrawn"])
    if election["method"] in ("greedy", "max_welfare"):
        options.pop("seats", None)
    elif options.get("seats") == 0:
        options["seats"] = rng.randint(1, max(1, running))
    if options.get("ties") == "earliest":
        options["ties"] = "earliest,id"
    limited = election["method"] in ("greedy", "max_welfare", "equal_shares", "exact_equal_shares",
                                     "expanding_approvals") and options.get("seats") is None
    if limited and options.get("ties") != "parallel" and rng.random() < 0.3:
        ids = [str(o + 1) for o in range(election["m"]) if not election["withdrawn"][o]]
        options["limits"] = []
        for _ in range(rng.randint(1, 2)):
            limit = {"options": rng.sample(ids, rng.randint(0, len(ids)))}
            limit.update(rng.choice([{"count": rng.randint(0, 2)}, {"cost": str(rng.randint(0, 8))},
                                     {"count": 1, "cost": rng.randint(2, 8)}]))
            options["limits"].append(limit)
    if election["kind"] == SCORE:
        for ballot in election["ballots"]:
            ballot["values"] = [max(v, -1) for v in ballot["values"]]


# -- What ballots give -----------------------------------------------------------------------------------------------


def values(election, running):
    """(what the ballot gives to each running option, weight), for each ballot."""
    if election["kind"] == RANKING:
        out = []
        for ranks, weight in weak_orders(election, running):
            below = {o: sum(len(r) for r in ranks[at + 1:]) for at, rank in enumerate(ranks) for o in rank}
            out.append((below, weight))
        return out
    return [({o: v for o, v in zip(b["options"], b["values"]) if o in running}, b["weight"])
            for b in election["ballots"]]


class Market:
    def __init__(self, election, running):
        self.election, self.running = election, running
        self.seats = election["options"].get("seats")
        self.whole = election["method"] == "exact_equal_shares"
        self.budget = election["budget"] if self.seats is None else self.seats
        self.cost = {o: election["costs"][o] if self.seats is None else 1 for o in running}
        ballots = values(election, running)
        self.voters = [({o: v for o, v in given.items() if v > 0}, weight) for given, weight in ballots]
        self.support = {o: sum(w for g, w in self.voters if o in g) for o in running}
        self.total = {o: sum(w * g.get(o, 0) for g, w in self.voters) for o in running}
        self.size = sum(w for _, w in ballots)

    def factor(self, o):
        """Satisfaction of a unit of value, squared so that roots stay exact."""
        how = self.election["options"].get("satisfaction", "cost")
        if how == "cost":
            return Fraction(self.cost[o]) ** 2
        if how == "effort":
            return Fraction(self.cost[o], self.support[o]) ** 2
        if how == "sqrt_cost":
            return Fraction(self.cost[o])
        return Fraction(1)

    def spent(self, bought):
        return sum(self.cost[o] for o in bought)

    def allows(self, bought, o):
        """No limit forbids o beside what is bought."""
        for limit in self.election["options"].get("limits", []):
            members = [int(i) - 1 for i in limit["options"]]
            among = [x for x in bought if x in members]
            if o in members and (len(among) >= limit.get("count", math.inf)
                                 or self.spent(among) + self.cost[o] > float(limit.get("cost", math.inf))):
                return False
        return True

    def fits(self, bought, o):
        return self.spent(bought) + self.cost[o] <= self.budget and self.allows(bought, o)

    def first(self, tied):
        return break_tie(list(tied), self.election)[0][0]


def placed(market, bought, free=0):
    places = {o: (len(bought) + 1, len(market.running)) for o in market.running}
    for i, o in enumerate(bought):
        places[o] = (1, free) if i < free else (i + 1, i + 1)
    return places


# -- Greedy ----------------------------------------------------------------------------------------------------------


def offered(market, votes, bought):
    """Queue of what is not bought, best satisfaction per cost first."""

    def ratio(o):
        if votes[o] == 0:
            return (0, 0)
        if market.cost[o] == 0:
            return (2, votes[o])
        return (1, Fraction(votes[o]) ** 2 * market.factor(o) / Fraction(market.cost[o]) ** 2)

    rest = [o for o in market.running if o not in bought]
    return [o for r in sorted({ratio(o) for o in rest}, reverse=True)
            for block in break_tie([o for o in rest if ratio(o) == r], market.election) for o in block]


def greedy(election, running):
    market = Market(election, running)
    votes = {o: sum(g.get(o, 0) * w for g, w in values(election, running)) for o in running}
    scores = {o: Fraction(votes[o]) for o in running}
    bought, skipped = [], []
    if election["options"].get("satisfaction") == "cc":
        while True:
            fits = [o for o in running if o not in bought and market.fits(bought, o)]
            if not fits:
                return scores, placed(market, bought), bought

            def happy(chosen):
                return sum(w * max([g.get(o, 0) for o in chosen] + [0]) for g, w in market.voters)

            def gain(o):
                if market.cost[o] == 0:
                    return math.inf
                return Fraction(happy(bought + [o]) - happy(bought), market.cost[o])

            best = max(gain(o) for o in fits)
            bought.append(market.first([o for o in fits if gain(o) == best]))
    for o in offered(market, votes, []):
        (bought if market.fits(bought, o) else skipped).append(o)
    return scores, placed(market, bought + skipped), bought


# -- Maximum welfare -------------------------------------------------------------------------------------------------


def max_welfare(election, running):
    market = Market(election, running)
    votes = {o: sum(g.get(o, 0) * w for g, w in values(election, running)) for o in running}
    worth = dict(votes)
    if election["options"].get("satisfaction", "cost") == "cost":
        worth = {o: votes[o] * market.cost[o] for o in running}
    useful = [o for o in running if votes[o] > 0]
    best = {}
    for size in range(len(useful) + 1):
        for chosen in itertools.combinations(useful, size):
            if all(market.fits(chosen[:i], o) for i, o in enumerate(chosen)):
                best.setdefault(sum(worth[o] for o in chosen), []).append(chosen)
    most = max(best)
    priced = [o for o in useful if worth[o] > 0]
    best[most] = list({tuple(o for o in c if o in priced) for c in best[most]})
    priced = [o for o in priced if market.fits([], o) and (market.cost[o] > 0 or "limits" in election["options"])]
    rank = {o: i for i, block in enumerate(break_tie(priced, election)) for o in block}
    chosen = min(best[most], key=lambda c: [o not in c for o in sorted(priced, key=rank.get)])
    while free := [o for o in useful if market.cost[o] == 0 and o not in chosen and market.fits(chosen, o)]:
        chosen += (market.first(free),)
    k = len(chosen)
    places = {o: (1, k) if o in chosen else (k + 1, len(running)) for o in running}
    trace = {"welfare": str(most), "optimum_count": str(len(best[most]))}
    return {o: Fraction(votes[o]) for o in running}, places, list(chosen), trace


# -- Sequential Phragmen ---------------------------------------------------------------------------------------------


def loads_next(market, loads, bought):
    """(new load, who ties for it) among all that are not bought and cost no more than the budget."""
    new = {}
    for o in market.running:
        if o in bought or market.cost[o] > market.budget or not market.allows(bought, o):
            continue
        if market.support[o] == 0:
            new[o] = math.inf
        else:
            carried = sum(w * loads[v] for v, (g, w) in enumerate(market.voters) if o in g)
            new[o] = (market.cost[o] + carried) / Fraction(market.support[o])
    if not new:
        return None, []
    low = min(new.values())
    return low, [o for o in new if new[o] == low]


def loads_after(market, loads, o, load):
    return [load if o in g else old for (g, _), old in zip(market.voters, loads)]


def by_loads(market, loads, bought, rounds):
    while market.seats is None or len(bought) < market.seats:
        load, tied = loads_next(market, loads, bought)
        if not tied or any(market.spent(bought) + market.cost[o] > market.budget for o in tied):
            break
        o = market.first(tied)
        bought.append(o)
        loads = loads_after(market, loads, o, load)
        rounds.append(round_of(market, bought, o, "load", load))


def round_of(market, bought, o, key, number):
    out = {"option": str(o + 1)}
    if market.seats is None:
        out.update(cost=str(market.cost[o]), left=str(market.budget - market.spent(bought)))
    if number is not None and number != math.inf:
        out[key] = str(number)
    return out


def all_committees(market, start, follow):
    """The committees that all orders of ties lead to: follow(state) gives the next states, or a committee."""
    committees, todo = set(), [start]
    while todo:
        step = follow(todo.pop())
        if isinstance(step, frozenset):
            committees.add(step)
        else:
            todo.extend(step)
    rows = sorted(sorted(c) for c in committees)
    n, places = len(rows), {}
    for o in market.running:
        among = sum(o in row for row in rows)
        places[o] = (1 if among else market.seats + 1, market.seats if among == n else len(market.running))
    trace = {"committees": [[str(o + 1) for o in row] for row in rows], "committee_count": n}
    return places, [o for o in market.running if any(o in row for row in rows)], trace


def phragmen_seq(election, running):
    market = Market(election, running)
    scores = {o: Fraction(market.support[o]) for o in running}
    start = [Fraction(0)] * len(market.voters)
    if election["options"].get("ties") == "parallel":
        def follow(state):
            bought, loads = state
            if len(bought) == market.seats:
                return frozenset(bought)
            load, tied = loads_next(market, loads, bought)
            return [(bought + [o], loads_after(market, loads, o, load)) for o in tied]

        return scores, *all_committees(market, ([], start), follow)
    bought, rounds = [], []
    by_loads(market, start, bought, rounds)
    return scores, placed(market, bought), bought, {"rounds": rounds}


# -- Expanding approvals ---------------------------------------------------------------------------------------------


def ranks_of(election, running):
    """(rank of each option: one more than how many stand above it, weight), of ballots that rank someone."""
    out = []
    for ranks, weight in weak_orders(election, running):
        rank, above = {}, 0
        for group in ranks:
            rank.update(dict.fromkeys(group, above + 1))
            above += len(group)
        if rank and election["options"].get("unranked") != "ignored":
            rank.update({o: above + 1 for o in running if o not in rank})
        if rank:
            out.append((rank, weight))
    return out


def expanding_approvals(election, running):
    market = Market(election, running)
    if market.seats is not None and election["options"].get("unranked") == "ignored":
        return {"error": "ERR_ARGUMENT"}
    ballots = ranks_of(election, running)
    named = [({o for rank in ranks for o in rank}, w) for ranks, w in weak_orders(election, running)]
    scores = {o: Fraction(sum(w for names, w in named if o in names)) for o in running}
    left = [Fraction(weight) for _, weight in ballots]
    voters, bought, rounds, rank = sum(left), [], [], 1
    while rank <= len(running):
        able = {}
        for o in running:
            if o in bought or not market.fits(bought, o):
                continue
            have = sum((left[b] for b, (r, _) in enumerate(ballots) if r.get(o, math.inf) <= rank), Fraction(0))
            price = Fraction(voters * market.cost[o], market.budget) if market.cost[o] else Fraction(0)
            if have >= price:
                able[o] = (math.inf if market.cost[o] == 0 else have / market.cost[o], have, price)
        if not able:
            rank += 1
            continue
        best = max(worth for worth, _, _ in able.values())
        o = market.first(x for x in able if able[x][0] == best)
        _, have, price = able[o]
        for b, (r, _) in enumerate(ballots):
            if price and r.get(o, math.inf) <= rank:
                left[b] -= left[b] * price / have
        bought.append(o)
        rounds.append({**round_of(market, bought, o, "support", have), "price": str(price), "rank": rank})
    return scores, placed(market, bought), bought, {"rounds": rounds}


# -- Maximin support -------------------------------------------------------------------------------------------------


def burden(market, chosen):
    """Lowest possible maximum load: by Hall's theorem the largest cost of a subset per weight of its supporters."""
    worst = Fraction(0)
    for size in range(1, len(chosen) + 1):
        for subset in itertools.combinations(chosen, size):
            weight = sum(w for g, w in market.voters if any(o in g for o in subset))
            if weight == 0:
                return math.inf
            worst = max(worst, Fraction(market.spent(subset), weight))
    return worst


def support_next(market, bought):
    fits = [o for o in market.running if o not in bought and market.spent(bought) + market.cost[o] <= market.budget]
    with_it = {o: burden(market, bought + [o]) for o in fits}
    return [o for o in fits if with_it[o] == min(with_it.values())]


def maximin_support(election, running):
    market = Market(election, running)
    scores = {o: Fraction(market.support[o]) for o in running}
    if election["options"].get("ties") == "parallel":
        def follow(bought):
            if len(bought) == market.seats:
                return frozenset(bought)
            return [bought + [o] for o in support_next(market, bought)]

        return scores, *all_committees(market, [], follow)
    bought, rounds = [], []
    while tied := support_next(market, bought):
        bought.append(market.first(tied))
        rounds.append(round_of(market, bought, bought[-1], "burden", burden(market, bought)))
        if market.seats is not None and len(bought) == market.seats:
            break
    return scores, placed(market, bought), bought, {"rounds": rounds}


# -- Equal shares ----------------------------------------------------------------------------------------------------


def price_of(market, money, o):
    """The q with sum of weight * min(money, q * value) = cost, or None where all money is not enough."""
    supporters = [(money[v], g[o], w) for v, (g, w) in enumerate(market.voters) if o in g and w > 0]
    if market.whole:
        payers = supporters
        while payers and any(b < Fraction(market.cost[o], sum(w for _, _, w in payers)) for b, _, _ in payers):
            payers = [p for p in payers if p[0] > min(b for b, _, _ in payers)]
        return Fraction(market.cost[o], sum(w for _, _, w in payers)) if payers and market.cost[o] > 0 else None
    if market.cost[o] == 0 or sum(b * w for b, _, w in supporters) < market.cost[o] or not supporters:
        return None
    supporters.sort(key=lambda s: s[0] / s[1])
    paid, value = Fraction(0), sum(x * w for _, x, w in supporters)
    for b, x, w in supporters:
        q = (market.cost[o] - paid) / value
        if q * x <= b:
            return q
        paid, value = paid + b * w, value - x * w
    raise AssertionError


def cheapest(market, money, bought):
    prices = {o: price_of(market, money, o) for o in market.running
              if o not in bought and market.allows(bought, o)}
    prices = {o: q for o, q in prices.items() if q is not None}
    worth = {o: q ** 2 / market.factor(o) for o, q in prices.items()}
    return [(o, prices[o]) for o in prices if worth[o] == min(worth.values())]


def pay(market, money, o, q):
    if market.whole:
        return [b - q if o in g and b >= q else b for (g, _), b in zip(market.voters, money)]
    return [b - min(b, q * g[o]) if o in g else b for (g, _), b in zip(market.voters, money)]


def shares(market, total):
    """One run with so much money for all together: purchases, rounds, what is left to each."""
    each = Fraction(total) / market.size if market.size else Fraction(0)
    money = [each] * len(market.voters)
    bought, rounds = [], []
    while free := [o for o in market.running if market.cost[o] == 0 and market.support[o] > 0
                   and o not in bought and market.allows(bought, o)]:
        bought.append(market.first(free) if "limits" in market.election["options"] else free[0])
    free = len(bought)
    for o in bought:
        rounds.append(round_of(market, bought, o, "price", None))
    while market.seats is None or len(bought) < market.seats:
        tied = cheapest(market, money, bought)
        if not tied:
            break
        o = market.first([o for o, _ in tied])
        q = dict(tied)[o]
        bought.append(o)
        money = pay(market, money, o, q)
        rounds.append(round_of(market, bought, o, "price", q))
    return bought, rounds, money, free


def budget_with_add1(market, step):
    steps, last = 0, None
    while market.size:
        run = shares(market, market.budget + steps * step * market.size)
        left = market.budget - market.spent(run[0])
        if left < 0:
            return last
        last = (steps, *run)
        if not any(market.cost[o] <= left and market.allows(run[0], o) for o in market.running
                   if o not in run[0] and market.support[o] > 0 and market.cost[o] > 0):
            return last
        steps += 1
    return (0, *shares(market, market.budget))


def committee_with_add1(market, step):
    steps = 0
    while True:
        run = shares(market, market.seats + steps * step)
        if len(run[0]) == market.seats or sum(s > 0 for s in market.support.values()) < market.seats:
            return (steps, *run)
        steps += 1


def most_votes(market, bought):
    most = max(market.total[o] for o in market.running if o not in bought)
    return [o for o in market.running if o not in bought and market.total[o] == most]


def exact_equal_shares(election, running):
    return equal_shares(election, running)


def equal_shares(election, running):
    market, options = Market(election, running), election["options"]
    scores = {o: Fraction(market.total[o]) for o in running}
    completion = options.get("completion", "none" if market.seats is None or market.whole else "phragmen")
    if options.get("ties") == "parallel":
        return scores, *all_equal_shares(market, completion)
    steps = 0
    if completion in ("add1", "add1u"):
        add = budget_with_add1 if market.seats is None else committee_with_add1
        steps, bought, rounds, money, free = add(market, int(options.get("increment", 1)))
    else:
        bought, rounds, money, free = shares(market, market.budget)
    trace = {"completion": completion, "increments": str(steps), "rounds": rounds}
    filled = market.seats is not None and len(bought) == market.seats
    trace["unbought"] = [
        {"option": str(o + 1), "limited": True} if not market.allows(bought, o) else
        {"option": str(o + 1),
         "money": str(sum((w * b for b, (g, w) in zip(money, market.voters) if o in g), Fraction(0)))}
        for o in running if o not in bought and market.support[o] > 0 and not filled]
    if completion == "phragmen":
        by_loads(market, [-b for b in money], bought, rounds)
    elif market.seats is not None and completion != "none":
        while len(bought) < market.seats:
            bought.append(market.first(most_votes(market, bought)))
            rounds.append(round_of(market, bought, bought[-1], "load", None))
    elif completion in ("greedy", "add1u"):
        for o in offered(market, market.total, bought):
            if market.fits(bought, o):
                bought.append(o)
    return scores, placed(market, bought, free), bought, trace


def all_equal_shares(market, completion):
    each = Fraction(market.seats, market.size) if market.size else Fraction(0)

    def follow(state):
        bought, money, loads = state
        if len(bought) == market.seats:
            return frozenset(bought)
        if loads is None:
            tied = cheapest(market, money, bought)
            if tied:
                return [(bought + [o], pay(market, money, o, q), None) for o, q in tied]
            loads = [-b for b in money]
        if completion == "greedy":
            return [(bought + [o], money, loads) for o in most_votes(market, bought)]
        load, tied = loads_next(market, loads, bought)
        return [(bought + [o], money, loads_after(market, loads, o, load)) for o in tied]

    return all_committees(market, ([], [each] * len(market.voters), None), follow)
