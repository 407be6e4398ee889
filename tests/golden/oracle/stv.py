"""The single transferable vote by parcels: every paper one by one, in fractions.

A ballot with equal ranks stands for the mean of all linear orders of it, so each order is a paper of its own, counted
as that part of the ballot. Rounds are compared as a whole: votes, quota, transfers, who leaves, exhausted, residual."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

from common import RANKING, break_tie, places_of, weak_orders

QUOTAS = ["droop", "droop_exact", "hare", "hagenbach_bischoff"]

METHODS = [
    ("stv_scottish", RANKING, [{}]),
    ("stv_wigm", RANKING, [{}, {"decimals": "exact"}, {"decimals": 1}, {"batch": "sure_losers"},
                           *({"quota": q} for q in QUOTAS), *({"quota": q, "decimals": "exact"} for q in QUOTAS)]),
    ("stv_gregory", RANKING, [{}, {"decimals": "2"}, *({"variant": v} for v in ("weighted", "inclusive", "last_parcel")),
                              *({"variant": v, "decimals": 1} for v in ("inclusive", "last_parcel")),
                              *({"quota": q} for q in QUOTAS)]),
    ("stv_last_parcel", RANKING, [{}, {"decimals": 2}, *({"quota": q} for q in QUOTAS)]),
    ("stv_ers97", RANKING, [{}]),
    ("stv_northern_ireland", RANKING, [{}]),
    ("stv_minneapolis", RANKING, [{}]),
    ("stv_cfer", RANKING, [{}, {"batch": "sure_losers"}, {"quota": "droop"},
                           {"quota": "droop", "batch": "sure_losers"}]),
    ("stv_san_francisco", RANKING, [{}]),
    ("qpq", RANKING, [{}, {"variant": "restart"}, {"variant": "continue"}]),
    ("stv_cpo", RANKING, [{}, {"quota": "droop"}, {"quota": "hare"}, {"ties": "parallel"}]),
]

SHAPE = {"options": (1, 6), "ballots": (0, 9), "chain": {name: "id" for name, _, _ in METHODS}}


class Tie(Exception):
    """No step of the chain tells."""


def settle(rng, election):
    """Seats, and weights that make fractions and ties."""
    options, running = election["options"], election["m"] - sum(election["withdrawn"])
    options["seats"] = rng.randint(1, max(running, 1)) if rng.random() < 0.97 else running + 1
    many = rng.choice([1, 1, 1, 5, 37])
    for ballot in election["ballots"]:
        ballot["weight"] *= many if rng.random() < 0.5 else 1


def text(value, decimals):
    if decimals and decimals > 0 and (value * 10**decimals).denominator == 1:
        units = int(value * 10**decimals)
        sign, units = "-" * (units < 0), abs(units)
        return f"{sign}{units // 10**decimals}.{units % 10**decimals:0{decimals}}"
    return str(value)


class Paper:
    def __init__(self, order, count):
        self.order, self.count, self.value, self.moved = order, Fraction(count), Fraction(1), False

    def best(self, hopeful):
        return next((o for o in self.order if o in hopeful), None)


class Count:
    def __init__(self, election, running, decimals):
        self.election, self.decimals = election, decimals
        self.seats = int(election["options"].get("seats", 1))
        self.hopeful, self.elected, self.eliminated = set(running), [], []
        self.running, self.pending = running, set()
        self.parcels = {o: [] for o in running}  # lists of papers
        self.votes = {o: Fraction(0) for o in running}
        self.weight = sum(b["weight"] for b in election["ballots"])
        self.exhausted = self.valid = Fraction(0)
        self.history, self.rounds, self.scores, self.quota = [], [], {}, None
        self.above, self.late = False, set()  # late: elected that still receive papers
        papers = []
        for ranks, weight in weak_orders(election, running):
            orders = list(itertools.product(*(itertools.permutations(sorted(r)) for r in ranks)))
            if ranks:
                self.valid += weight
            for order in orders:
                flat = [o for part in order for o in part]
                papers.append(Paper(flat, Fraction(weight, len(orders))))
        self.give(papers)

    # -- Papers

    def cut(self, value, up=False):
        if self.decimals is None:
            return value
        units = value * 10**self.decimals
        return Fraction(math.ceil(units) if up else math.floor(units), 10**self.decimals)

    def give(self, papers):
        """To the next hopeful; papers of one value make one parcel."""
        parcels = {}
        for paper in papers:
            to = paper.best(self.hopeful | self.late)
            if to is None:
                self.exhausted += paper.count * paper.value
            else:
                parcels.setdefault(to, []).append(paper)
                paper.moved = bool(self.history)
                self.votes[to] += paper.count * paper.value
        for to, parcel in parcels.items():
            self.parcels[to].append(parcel)

    def take(self, options):
        """All papers of these options, by value, highest first."""
        papers = [p for o in options for parcel in self.parcels[o] for p in parcel]
        for o in options:
            self.parcels[o] = []
        return [[p for p in papers if p.value == v] for v in sorted({p.value for p in papers}, reverse=True)]

    def pass_on(self, options):
        for batch in self.take(options):
            self.give(batch)
        for o in options:
            self.votes[o] = Fraction(0)

    def surplus_of(self, o):
        self.pending.discard(o)
        self.late.discard(o)
        surplus = self.votes[o] - self.quota
        self.round["surplus"].append({"amount": text(surplus, self.decimals), "option": str(o + 1)})
        return surplus

    def pass_weighted(self, o, new_value):
        surplus = self.surplus_of(o)
        for batch in self.take([o]):
            value = new_value(batch[0].value, surplus, self.votes[o])
            for paper in batch:
                paper.value = value
            self.give(batch)
        self.votes[o] = self.quota

    def pass_inclusive(self, o):
        surplus, papers = self.surplus_of(o), [p for batch in self.take([o]) for p in batch]
        value = self.cut(surplus / sum(p.count for p in papers))
        for paper in papers:
            paper.value = value
        self.give(papers)
        self.votes[o] = self.quota

    def pass_last(self, o):
        surplus, last = self.surplus_of(o), self.parcels[o][-1] if self.parcels[o] else []
        self.parcels[o] = []
        moving = [p for p in last if p.best(self.hopeful) is not None]
        count = sum(p.count for p in moving)
        if count and count * moving[0].value > surplus:
            for paper in moving:
                paper.value = self.cut(surplus / count)
        self.give(moving)
        self.exhausted += surplus - sum(p.count * p.value for p in moving)
        self.votes[o] = self.quota

    # -- Choosing

    def pick(self, group, worst, look=None):
        group = sorted(group)
        points = getattr(self, "points", self.history)
        past = {None: [], "latest": points[::-1], "earliest": points}[look]
        for votes in past:
            extreme = (min if worst else max)(votes[o] for o in group)
            group = [o for o in group if votes[o] == extreme]
        block = break_tie(group, self.election)[-1 if worst else 0]
        if len(block) > 1:
            raise Tie
        return block[0]

    def lowest(self, look=None):
        least = min(self.votes[o] for o in self.hopeful)
        return self.pick([o for o in self.hopeful if self.votes[o] == least], True, look)

    def largest(self, look=None):
        most = max(self.votes[o] for o in self.pending)
        return self.pick([o for o in self.pending if self.votes[o] == most], False, look)

    def reaches(self, o):
        return self.votes[o] > self.quota if self.above else self.votes[o] >= self.quota

    def sure_losers(self, surplus, or_equal=False):
        order = sorted(self.hopeful, key=lambda o: self.votes[o])
        best = []
        for n in range(1, len(order)):
            losers, total = order[:n], surplus + sum(self.votes[o] for o in order[:n])
            above = self.votes[order[n]]
            if len(order) - n < self.left() or self.votes[order[n - 1]] == above:
                continue
            if total < above or (or_equal and total == above):
                best = losers
        return best

    def left(self):
        return self.seats - len(self.elected)

    # -- Deciding

    def elect(self, o):
        self.hopeful.remove(o)
        self.scores[o] = self.votes[o]
        self.elected.append((o, len(self.history)))
        if self.quota is not None and self.votes[o] > self.quota:
            self.pending.add(o)

    def elect_reaching(self, look=None):
        reaching = {o for o in self.hopeful if self.reaches(o)}
        while reaching and self.left():
            most = max(self.votes[o] for o in reaching)
            tied = {o for o in reaching if self.votes[o] == most}
            while tied and self.left():
                chosen = self.pick(tied, False, look) if len(tied) > self.left() else min(tied)
                self.elect(chosen)
                self.round["elected"].append(chosen)
                tied.remove(chosen)
                reaching.remove(chosen)

    def eliminate(self, group):
        for o in group:
            self.hopeful.remove(o)
            self.scores[o] = self.votes[o]
            self.eliminated.append((o, len(self.history)))
            self.round["eliminated"].append(o)

    def over(self):
        if self.left() and len(self.hopeful) <= self.left():
            for o in sorted(self.hopeful, key=lambda o: (-self.votes[o], o)):
                self.elect(o)
                self.pending.discard(o)
                self.round["filled"].append(o)
        return not self.left()

    # -- Rounds

    def begin(self):
        self.history.append(dict(self.votes))
        self.round = {"elected": [], "eliminated": [], "filled": [], "surplus": []}
        self.note()

    def note(self):
        self.state = {
            "exhausted": self.exhausted, "quota": self.quota,
            "votes": {o: v for o, v in self.votes.items() if o not in [x for x, _ in self.eliminated]},
        }  # fmt: skip
        self.state["residual"] = self.weight - self.state["exhausted"] - sum(self.votes.values())

    def end(self):
        before, out = self.state["votes"], dict(self.round)
        for key in ("elected", "eliminated", "filled"):
            out[key] = [str(o + 1) for o in out[key]]
        if not out["surplus"]:
            del out["surplus"]
        for key in ("exhausted", "quota", "residual"):
            if self.state[key] is not None:
                out[key] = text(self.state[key], self.decimals)
        out["round"] = len(self.history)
        out["votes"] = {str(o + 1): text(v, self.decimals) for o, v in before.items()}
        out["transfers"] = {
            str(o + 1): text(self.votes[o] - v, self.decimals) for o, v in before.items() if self.votes[o] > v
        }
        self.rounds.append(out)

    def result(self):
        groups = []
        for members, key in ((self.elected, 1), (self.eliminated[::-1], 1)):
            if members is not self.elected:
                left = sorted(self.hopeful)
                for o in left:
                    self.scores[o] = self.votes[o]
                for score in sorted({self.scores[o] for o in left}, reverse=True):
                    groups.append([o for o in left if self.scores[o] == score])
            rounds = []
            for o, n in members:
                if not rounds or rounds[-1][0] != n:
                    rounds.append((n, []))
                rounds[-1][1].append(o)
            for _, same in rounds:
                if members is not self.elected:
                    same.sort(key=lambda o: -self.scores[o])
                for _, tied in itertools.groupby(same, key=lambda o: self.scores[o]):
                    groups.append(list(tied))
        winners = [o for o, _ in self.elected]
        return self.scores, places_of(groups, self.election), winners, {"rounds": self.rounds}


def quota_of(count, kind):
    s = count.seats
    if kind == "droop":
        return Fraction(count.valid // (s + 1) + 1), False
    if kind == "droop_exact":
        if count.decimals is None:
            return count.valid / (s + 1), True
        return count.cut(count.valid / (s + 1)) + Fraction(1, 10**count.decimals), False
    return count.cut(count.valid / (s if kind == "hare" else s + 1), up=True), False


def decimals_of(election, standard):
    value = election["options"].get("decimals", standard)
    return None if value == "exact" else int(value)


def guarded(rule):
    def run(election, running):
        if int(election["options"].get("seats", 1)) > len(running):
            return {"error": "ERR_ARGUMENT"}
        try:
            return rule(election, running)
        except Tie:
            return {"error": "ERR_TIE"}

    return run


def plain(count, kind, look, pass_surplus, batch=False, late=False):
    count.quota, count.above = quota_of(count, kind)
    over = False
    while not over:
        count.begin()
        count.elect_reaching(look)
        if late:
            count.late |= set(count.round["elected"])
            count.pending = {o for o in count.late if count.votes[o] > count.quota}
        over = count.over()
        if not over:
            surplus = sum((count.votes[o] - count.quota for o in count.pending), Fraction(0))
            losers = count.sure_losers(surplus) if batch else []
            if not losers and count.pending:
                pass_surplus(count.largest(look))
            else:
                losers = losers or [count.lowest(look)]
                order = sorted(losers, key=lambda o: (count.votes[o], -o))
                count.eliminate(order)
                if len(count.hopeful) > count.left():
                    count.pass_on(losers)
            over = count.over()
        count.end()
    return count.result()


@guarded
def stv_scottish(election, running):
    count = Count(election, running, 5)

    def shrink(value, surplus, votes):
        return count.cut(value * surplus / votes)

    return plain(count, "droop", "latest", lambda o: count.pass_weighted(o, shrink))


@guarded
def stv_wigm(election, running):
    options = election["options"]
    count = Count(election, running, decimals_of(election, 4))

    def shrink(value, surplus, votes):
        return count.cut(count.cut(value * surplus) / votes)

    return plain(count, options.get("quota", "droop"), None, lambda o: count.pass_weighted(o, shrink),
                 options.get("batch") == "sure_losers")


@guarded
def stv_gregory(election, running):
    options = election["options"]
    count = Count(election, running, decimals_of(election, "exact"))

    def shrink(value, surplus, votes):
        return count.cut(value * surplus / votes)

    passes = {"weighted": lambda o: count.pass_weighted(o, shrink), "inclusive": count.pass_inclusive,
              "last_parcel": count.pass_last}
    return plain(count, options.get("quota", "droop"), None, passes[options.get("variant", "weighted")])


@guarded
def stv_last_parcel(election, running):
    count = Count(election, running, decimals_of(election, "exact"))
    return plain(count, election["options"].get("quota", "hagenbach_bischoff"), None, count.pass_last)


@guarded
def stv_minneapolis(election, running):
    count = Count(election, running, 4)

    def shrink(value, surplus, votes):
        return count.cut(value * count.cut(surplus / votes))

    return plain(count, "droop", None, lambda o: count.pass_weighted(o, shrink), batch=True, late=True)


@guarded
def stv_san_francisco(election, running):
    count, over = Count(election, running, None), False
    while not over:
        count.begin()
        over = count.over()
        if not over:
            losers = count.sure_losers(Fraction(0)) or [count.lowest()]
            count.eliminate(sorted(losers, key=lambda o: (count.votes[o], -o)))
            count.pass_on(losers)
        count.end()
    return count.result()


def defeat_set(count):
    """Condition (k) of the draft, set by set."""
    surplus = sum((count.votes[o] - count.quota for o in count.pending), Fraction(0))
    order, best = sorted(count.hopeful, key=lambda o: (count.votes[o], -o)), []
    for n in range(1, len(order)):
        losers, others = order[:n], order[n:]
        total = sum(count.votes[o] for o in losers)
        gap = count.quota - max(count.votes[o] for o in order)
        if len(others) < count.left() or total + surplus >= min(count.votes[o] for o in others):
            continue
        if (count.left() == 1 or len(others) == count.left() or total + surplus < gap
                or (surplus == 0 and total - max(count.votes[o] for o in losers) < gap)):  # fmt: skip
            best = losers
    return best


@guarded
def stv_cfer(election, running):
    options, count, over = election["options"], Count(election, running, 5), False
    count.quota, count.above = quota_of(count, options.get("quota", "droop_exact"))

    def shrink(value, surplus, votes):
        return count.cut(value * surplus / votes)

    while not over:
        count.begin()
        count.elect_reaching()
        over = count.over()
        if not over:
            losers = defeat_set(count) if options.get("batch") == "sure_losers" else []
            if not losers and count.pending:
                for o in [o for o, _ in count.elected if o in count.pending]:
                    count.pass_weighted(o, shrink)
            else:
                losers = losers or [count.lowest()]
                count.eliminate(losers)
                if len(count.hopeful) > count.left():
                    count.pass_on(losers)
            over = count.over()
        count.end()
    return count.result()


def batches(count, losers, after, originals):
    """The papers of the losers, batch by batch."""
    papers = [p for o in losers for parcel in count.parcels[o] for p in parcel]
    for o in losers:
        count.parcels[o], count.votes[o] = [], Fraction(0)

    keyed = [((paper.moved if originals else False, -paper.value), paper) for paper in papers]
    for which in sorted({key for key, _ in keyed}):
        if count.left():
            count.give([paper for key, paper in keyed if key == which])
            after()


def by_last_parcel(count, elect, or_equal, originals, after):
    over = False
    while not over:
        count.begin()
        elect()
        over = count.over()
        if not over:
            surplus = sum((count.votes[o] - count.quota for o in count.pending), Fraction(0))
            losers = count.sure_losers(surplus, or_equal)
            if not losers and count.pending:
                count.pass_last(count.largest("earliest"))
            else:
                losers = losers or [count.lowest("earliest")]
                count.eliminate(sorted(losers, key=lambda o: (count.votes[o], -o)))
                if len(count.hopeful) > count.left():
                    batches(count, losers, after, originals)
            over = count.over()
        count.end()
    return count.result()


@guarded
def stv_ers97(election, running):
    count = Count(election, running, 2)

    def set_quota():
        count.quota = count.cut((count.weight - count.exhausted) / (count.seats + 1), up=True)

    def reaches(o):
        used = sum(min(count.votes[x], count.quota) for x, _ in count.elected)
        share = (count.weight - count.exhausted - used) / (count.left() + 1)
        return count.votes[o] > 0 and count.votes[o] >= min(count.quota, share)

    def elect():
        while count.hopeful and count.left():
            most = max(count.votes[o] for o in count.hopeful)
            tied = sorted(o for o in count.hopeful if count.votes[o] == most)
            if not reaches(tied[0]):
                return
            for votes in count.points if len(tied) > count.left() else []:
                tied = [o for o in tied if votes[o] == max(votes[x] for x in tied)]
            if len(tied) > count.left():
                return
            count.elect(tied[0])
            count.round["elected"].append(tied[0])

    def after():
        count.points.append(dict(count.votes))
        if not count.elected:
            set_quota()
        elect()

    set_quota()
    count.points = Points(count)
    return by_last_parcel(count, elect, True, False, after)


class Points(list):
    """The points a look-back returns to: rounds, and batches between them."""

    def __init__(self, count):
        super().__init__()
        begin = count.begin

        def also_point():
            self.append(dict(count.votes))
            begin()

        count.begin = also_point


@guarded
def stv_northern_ireland(election, running):
    count = Count(election, running, 2)
    count.quota, count.above = quota_of(count, "droop")

    def elect_last():
        count.elect_reaching("earliest")
        if count.left() == 1 and len(count.hopeful) > 1:
            first = max(count.hopeful, key=lambda o: count.votes[o])
            others = [count.votes[o] for o in count.hopeful if o != first]
            surplus = sum(count.votes[o] - count.quota for o in count.pending)
            if count.votes[first] > max(others) and count.votes[first] >= sum(others) + surplus:
                count.elect(first)
                count.pending.discard(first)
                count.round["elected"].append(first)

    return by_last_parcel(count, elect_last, False, True, lambda: count.elect_reaching("earliest"))


@guarded
def qpq(election, running):
    options, count = election["options"], Count(election, running, None)
    papers = [p for o in running for parcel in count.parcels[o] for p in parcel]
    blank, over = count.exhausted, False
    count.above = True
    for paper in papers:
        paper.value = Fraction(0)
    while not over:
        active = [p for p in papers if p.best(count.hopeful) is not None]
        spent = [p for p in papers if p.best(count.hopeful) is None]
        mine = {o: [p for p in active if p.best(count.hopeful) == o] for o in count.hopeful}
        for o in count.hopeful:
            count.votes[o] = sum((p.count for p in mine[o]), Fraction(0)) / (1 + sum(p.count * p.value for p in mine[o]))
        count.quota = sum((p.count for p in active), Fraction(0)) / (count.seats + 1 - sum(p.count * p.value for p in spent))
        count.exhausted = blank + sum((p.count for p in spent), Fraction(0))
        count.begin()
        over = count.over()
        if not over:
            best = max(count.votes[o] for o in count.hopeful)
            if best > count.quota:
                o = count.pick([o for o in count.hopeful if count.votes[o] == best], False)
                count.elect(o)
                count.round["elected"].append(o)
                for paper in mine[o]:
                    paper.value = 1 / best
            else:
                count.eliminate([count.lowest()])
                if options.get("variant", "restart") == "restart" and len(count.hopeful) > count.left():
                    count.hopeful |= {o for o, _ in count.elected}
                    count.elected = []
                    for paper in papers:
                        paper.value = Fraction(0)
            over = not count.left()
        count.end()
        last = count.rounds[-1]
        last["quotients"] = last.pop("votes")
        del last["transfers"], last["residual"]
    return count.result()


def cpo_margin(count, first, second, quota):
    """By how much the first outcome beats the second: only common options pass surpluses on."""
    alive, done = first | second, set()
    votes = dict.fromkeys(alive, Fraction(0))
    piles = {o: [] for o in alive}

    def give(papers, among):
        for order, worth in papers:
            to = next((o for o in order if o in among), None)
            if to is not None:
                votes[to] += worth
                piles[to].append((order, worth))

    give([(p.order, p.count) for p in count.all_papers], alive)
    while True:
        full = {o for o in first & second if o in done or votes[o] >= quota}
        over = [o for o in full - done if votes[o] > quota]
        if not over:
            return sum(votes[o] for o in first) - sum(votes[o] for o in second)
        for o in over:
            share = (votes[o] - quota) / votes[o]
            give([(order, worth * share) for order, worth in piles[o]], alive - full)
            votes[o], piles[o] = quota, []
            done.add(o)


@guarded
def stv_cpo(election, running):
    count = Count(election, running, None)
    count.all_papers = [p for o in running for parcel in count.parcels[o] for p in parcel]
    quota, _ = quota_of(count, election["options"].get("quota", "hagenbach_bischoff"))
    outcomes = [frozenset(c) for c in itertools.combinations(running, count.seats)]
    worst = {x: max((cpo_margin(count, y, x, quota) for y in outcomes if y != x), default=None) for x in outcomes}
    best = [x for x in outcomes if worst[x] == min(worst.values())] if len(outcomes) > 1 else outcomes
    trace = {"committee_count": len(best), "condorcet": worst[best[0]] is None or worst[best[0]] < 0,
             "outcomes": len(outcomes), "quota": str(quota)}  # fmt: skip
    if election["options"].get("ties") == "parallel":
        some, all_ = frozenset().union(*best), frozenset.intersection(*best)
        k, m = count.seats, len(running)
        places = {o: (1 if o in some else k + 1, k if o in all_ else m) for o in running}
        return None, places, sorted(some), trace
    blocks = break_tie(list(running), election)
    rank = {o: i for i, block in enumerate(blocks) for o in block}
    keys = [sorted(rank[o] for o in x) for x in best]
    if keys.count(min(keys)) > 1:
        raise Tie
    chosen = best[keys.index(min(keys))]
    k, m = count.seats, len(running)
    return None, {o: (1, k) if o in chosen else (k + 1, m) for o in running}, sorted(chosen), trace
