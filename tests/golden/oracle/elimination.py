"""Methods that eliminate round by round, from their definitions.

A step looks at a set of options and tells who wins ("win"), who leaves together ("all") or of whom one leaves ("one"),
with the scores of the round and whether those who are placed together stand in the order of these.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from common import RANKING, break_tie, places_of, weak_orders

ELIMINATIONS = [{}, {"elimination": "all_tied"}, {"elimination": "parallel"}]


def times(*lists):
    """All ways to take an option object of each list, merged."""
    return [{k: v for part in parts for k, v in part.items()} for parts in itertools.product(*lists)]


UNRANKED = [{}, {"unranked": "ignored"}]
BOTH = times(ELIMINATIONS, UNRANKED)

METHODS = [
    ("irv", RANKING, times([{}, {"elimination": "all_tied"}, {"elimination": "batch"}, {"elimination": "batch"}],
                           [{}, {"until": "majority"}], [{}, {}, {}, {"minimum": 2}, {"minimum": "4"}])),
    ("irv", RANKING, times([{}, {"elimination": "all_tied"}, {"elimination": "batch"}], [{}, {"until": "majority"}],
                           [{"overvote": "exhaust"}], [{}, {}, {"minimum": 3}])),
    ("approval_irv", RANKING, ELIMINATIONS),
    ("split_irv", RANKING, ELIMINATIONS),
    ("coombs", RANKING, times(BOTH, [{}, {"until": "last"}])),
    ("baldwin", RANKING, BOTH),
    ("nanson", RANKING, times(UNRANKED, [{}, {"variant": "weak"}])),
    ("raynaud", RANKING, times(BOTH, [{}, {"strength": "winning_votes"}])),
    ("benham", RANKING, BOTH),
    ("woodall", RANKING, BOTH),
    ("smith_irv", RANKING, BOTH),
    ("tideman_alternative", RANKING, times(BOTH, [{}, {"variant": "schwartz"}])),
    ("btr_irv", RANKING, BOTH),
    ("condorcet_irv", RANKING, BOTH),
    ("iterated_removal_condorcet_loser", RANKING, UNRANKED),
    ("two_round", RANKING, [{}, {"ties": "parallel"}]),
    ("supplementary", RANKING, [{}, {"preferences": 1}, {"preferences": "3"}]),
    ("bottoms_up", RANKING, times(ELIMINATIONS, [{}, {"seats": 2}, {"threshold": "20"}, {"threshold": ["100/3"]},
                                                {"threshold": "25", "of": "first_round"}])),
    ("bottoms_up", RANKING, times([{"elimination": "cutoff"}], [{"threshold": "15"}, {"threshold": "40"}],
                                  [{}, {"of": "first_round"}])),
    ("multi_pass_irv", RANKING, [{}, {"seats": 2}, {"seats": 3}, {"seats": 2, "overvote": "exhaust"}]),
]

SHAPE = {"chain": {"multi_pass_irv": "id"}}


def settle(rng, election):
    options = election["options"]
    if options.get("elimination") == "parallel":
        options.pop("ties", None)
        if rng.random() < 0.1:
            options["ties"] = "parallel"
    if any(election["withdrawn"]) or election["m"] < options.get("seats", 1):
        options.pop("seats", None)


# -- What is counted ---------------------------------------------------------------------------------------------------


class Ballots:
    def __init__(self, election, running):
        self.election, self.running = election, running
        self.orders = weak_orders(election, running)
        self.ignored = election["options"].get("unranked") == "ignored"
        self.bottom = {"bottom": not self.ignored}
        self.ends = election["options"].get("overvote") == "exhaust"
        self.ended = set()  # ballots that came to several at once

    def firsts(self, alive, each=False):
        votes = dict.fromkeys(alive, Fraction(0))
        for i, (ranks, weight) in enumerate(self.orders):
            tops = [rank & alive for rank in ranks if rank & alive]
            if self.ends and tops and len(tops[0]) > 1:
                self.ended.add(i)
            if i in self.ended:
                continue
            for o in tops[0] if tops else ():
                votes[o] += Fraction(weight, 1 if each else len(tops[0]))
        return votes

    def counting(self, alive):
        """Weight of the ballots that rank one of them."""
        return sum(w for i, (ranks, w) in enumerate(self.orders)
                   if i not in self.ended and any(rank & alive for rank in ranks))

    def lasts(self, alive):
        votes = dict.fromkeys(alive, Fraction(0))
        for ranks, weight in self.orders:
            left = [rank & alive for rank in ranks if rank & alive]
            if not left:
                continue
            rest = alive - frozenset().union(*left)
            last = rest if rest and not self.ignored else left[-1]
            for o in last:
                votes[o] += Fraction(weight, len(last))
        return votes

    def over(self, a, b):
        """Weight of the ballots that put a above b."""
        total = 0
        for ranks, weight in self.orders:
            place = {o: i for i, rank in enumerate(ranks) for o in rank}
            if a in place and b in place:
                total += weight * (place[a] < place[b])
            elif a in place and not self.ignored:
                total += weight
        return total

    def beats(self, a, b):
        return self.over(a, b) > self.over(b, a)

    def condorcet(self, alive):
        return [o for o in alive if all(self.beats(o, x) for x in alive if x != o)]

    def smith(self, alive):
        for size in range(1, len(alive) + 1):
            for s in itertools.combinations(sorted(alive), size):
                if all(self.beats(a, b) for a in s for b in alive - set(s)):
                    return frozenset(s)

    def schwartz(self, alive):
        def undominated(s):
            return not any(self.beats(x, o) for o in s for x in alive - s)

        minimal = []
        for size in range(1, len(alive) + 1):
            for s in map(frozenset, itertools.combinations(sorted(alive), size)):
                if undominated(s) and not any(t < s for t in minimal):
                    minimal.append(s)
        return frozenset().union(*minimal)

    def borda(self, alive):
        """A point for each other below, a half for each that is neither below nor above."""
        weight = sum(w for ranks, w in self.orders if ranks)
        return {o: sum((Fraction(weight + self.over(o, x) - self.over(x, o), 2) for x in alive if x != o), Fraction(0))
                for o in alive}


def least(scores, among):
    low = min(scores[o] for o in among)
    return [o for o in among if scores[o] == low]


# -- Steps -------------------------------------------------------------------------------------------------------------


def instant_runoff(b, each=False):
    def step(alive, last, together):
        votes = b.firsts(alive, each)
        return "one", last(least(votes, alive)), votes, False

    return step


def step_irv(b):
    options = b.election["options"]
    plain = instant_runoff(b)

    def step(alive, last, together):
        votes = b.firsts(alive)
        over = [o for o in alive if 2 * votes[o] > b.counting(alive)]
        if options.get("until") == "majority" and over:
            return "win", over, votes, True
        below = [o for o in alive if votes[o] < int(options.get("minimum", 0))]
        if below and len(alive) > 1:
            if len(below) == len(alive):
                raise Refused("ERR_ARGUMENT")
            return "all", below, votes, True
        if options.get("elimination") == "batch":
            for n in range(len(alive) - 1, 1, -1):
                order = sorted(alive, key=lambda o: (votes[o], o))
                if sum(votes[o] for o in order[:n]) < votes[order[n]]:
                    return "all", order[:n], votes, True
        return plain(alive, last, together)

    return step


def step_coombs(b):
    def step(alive, last, together):
        lasts, votes = b.lasts(alive), b.firsts(alive)
        over = [o for o in alive if 2 * votes[o] > b.counting(alive)]
        if b.election["options"].get("until") != "last" and over:
            return "win", over, lasts, False
        return "one", last(least({o: -v for o, v in lasts.items()}, alive)), lasts, False

    return step


def step_baldwin(b):
    def step(alive, last, together):
        points = b.borda(alive)
        return "one", last(least(points, alive)), points, False

    return step


def step_nanson(b):
    def step(alive, last, together):
        points = b.borda(alive)
        mean = sum(points.values()) / len(alive)
        weak = b.election["options"].get("variant") == "weak"
        out = [o for o in alive if points[o] < mean or (weak and points[o] == mean)]
        if not out or len(out) == len(alive):
            return "win", sorted(alive), points, False
        return "all", out, points, False

    return step


def step_raynaud(b):
    def step(alive, last, together):
        margins = b.election["options"].get("strength") != "winning_votes"
        worst = {o: Fraction(max([0] + [b.over(x, o) - (b.over(o, x) if margins else 0)
                                        for x in alive if b.beats(x, o)])) for o in alive}
        if not any(worst.values()):
            return "win", sorted(alive), worst, False
        return "one", last(least({o: -v for o, v in worst.items()}, alive)), worst, False

    return step


def step_benham(b):
    plain = instant_runoff(b)

    def step(alive, last, together):
        winner = b.condorcet(alive)
        return ("win", winner, b.firsts(alive), False) if winner else plain(alive, last, together)

    return step


def step_condorcet_irv(b):
    plain, winner = instant_runoff(b), b.condorcet(frozenset(b.running))

    def step(alive, last, together):
        return ("win", winner, b.firsts(alive), False) if winner else plain(alive, last, together)

    return step


def step_woodall(b):
    plain, smith = instant_runoff(b), b.smith(frozenset(b.running))

    def step(alive, last, together):
        kind, group, votes, _ = plain(alive, last, together)
        left = sorted(alive & smith)
        if len(left) == 1 or (together and set(left) <= set(group)):
            return "win", left, votes, False
        return kind, group, votes, False

    return step


def step_smith_irv(b):
    plain, smith = instant_runoff(b), b.smith(frozenset(b.running))

    def step(alive, last, together):
        if alive - smith:
            return "all", sorted(alive - smith), b.firsts(alive), False
        return plain(alive, last, together)

    return step


def step_tideman_alternative(b):
    plain = instant_runoff(b)

    def step(alive, last, together):
        inside = (b.schwartz if b.election["options"].get("variant") == "schwartz" else b.smith)(alive)
        if alive - inside:
            return "all", sorted(alive - inside), b.firsts(alive), False
        return plain(alive, last, together)

    return step


def step_btr_irv(b):
    def step(alive, last, together):
        votes = b.firsts(alive)
        bottom = last(least(votes, alive))
        if len(alive) == 1:
            return "one", bottom, votes, False
        out = set()
        second = bottom if len(bottom) > 1 else last(least(votes, alive - set(bottom)))
        for x, y in itertools.product(bottom, second):
            if x != y:
                out.add(y if b.beats(x, y) else x)
        return "one", sorted(out), votes, False

    return step


def step_iterated_removal_condorcet_loser(b):
    def step(alive, last, together):
        none = dict.fromkeys(alive)
        loser = [o for o in alive if all(b.beats(x, o) for x in alive if x != o)]
        return ("all", loser, none, False) if loser and len(alive) > 1 else ("win", sorted(alive), none, False)

    return step


def step_bottoms_up(b):
    options = b.election["options"]
    threshold = options.get("threshold")
    plain = instant_runoff(b)

    def step(alive, last, together):
        kind, group, votes, _ = plain(alive, last, together)
        if threshold is not None:
            share = Fraction(threshold[0] if isinstance(threshold, list) else threshold) / 100
            enough = share * b.counting(frozenset(b.running) if options.get("of") == "first_round" else alive)
            done = all(v >= enough for v in votes.values())
            below = sorted(o for o in alive if votes[o] < enough)
            if options.get("elimination") == "cutoff" and below and len(below) < len(alive):
                return "all", below, votes, True
        else:
            seats = options.get("seats", 1)
            done = len(alive) <= seats or (together and len(alive) - len(group) < seats)
        return ("win", sorted(alive), votes, True) if done else (kind, group, votes, False)

    return step


# -- The process -------------------------------------------------------------------------------------------------------

SAFE = {"irv", "approval_irv", "split_irv", "smith_irv", "condorcet_irv", "bottoms_up"}


def by_scores(group, scores):
    return [[o for o in group if scores[o] == s] for s in sorted({scores[o] for o in group}, reverse=True)]


class Refused(Exception):
    """The library must refuse, with this status."""


class Process:
    def __init__(self, election, running, step):
        self.election, self.step, self.running = election, step, frozenset(running)
        options = election["options"]
        self.method = election["method"]
        self.together = options.get("elimination") == "all_tied"
        self.parallel = options.get("elimination") == "parallel" or options.get("ties") == "parallel"
        self.exhausting = options.get("overvote") == "exhaust"
        self.chain = "ties" in options and options["ties"] != "parallel"
        self.stop = None if "threshold" in options else options.get("seats", 1) if self.method == "bottoms_up" else 1
        self.scores, self.places, self.elected = {}, {}, set()

    def last(self, group):
        if self.together or not self.chain:
            return sorted(group)
        return break_tie(group, self.election)[-1]

    def settle(self, groups, done):
        """Places after `done` others, best group first, by the chain."""
        quiet = dict(self.election, options={k: v for k, v in self.election["options"].items() if v != "parallel"})
        for o, (low, high) in places_of(groups, quiet).items():
            self.places[o] = (low + done, high + done)

    def safe(self, alive, group, votes, tied):
        if self.method not in SAFE or self.stop is None or len(group) != tied or len(alive) - len(group) < self.stop:
            return False
        others = [votes[o] for o in alive if o not in group]
        return bool(others) and sum(votes[o] for o in group) < min(others)

    def look(self, alive):
        tied = []

        def last(group):
            tied.append(len(group))
            return self.last(group)

        kind, group, scores, ordered = self.step(alive, last, self.together)
        return kind, group, scores, ordered, tied[0] if tied else 0

    def follow(self, alive, seen):
        """Every order: the range of places of each."""
        if not alive or alive in seen:
            return
        seen.add(alive)
        kind, group, votes, ordered, tied = self.look(alive)
        size = len(alive)
        if kind == "win":
            self.elected |= set(group)
            rest = [o for o in alive if o not in group]
            self.range(by_scores(group, votes) if ordered else [group], 0)
            self.range(by_scores(rest, votes) if ordered else [rest], len(group))
            return
        zero = self.method in SAFE and self.stop == 1 and len(group) == size and tied == size and not any(votes.values())
        if len(group) == size and (zero or size == 1):
            self.elected |= set(group)  # all are alike, or one is left
        if kind == "all" or size == 1 or len(group) > 1 and (self.safe(alive, group, votes, tied) or zero):
            self.range(by_scores(group, votes) if ordered else [group], size - len(group))
            self.follow(alive - set(group), seen)
            return
        for o in group:
            self.range([[o]], size - 1)
            self.follow(alive - {o}, seen)

    def range(self, groups, done):
        for group in groups:
            for o in group:
                low, high = self.places.get(o, (done + 1, done + len(group)))
                self.places[o] = (min(low, done + 1), max(high, done + len(group)))
            done += len(group)

    def run(self):
        alive, votes = self.running, {}
        if len(alive) == 1:
            votes = self.look(alive)[2]
        while len(alive) > 1:
            kind, group, votes, ordered, tied = self.look(alive)
            self.scores.update(votes)
            if kind == "win":
                rest = [o for o in alive if o not in group]
                self.settle(by_scores(group, votes) if ordered else [group], 0)
                self.settle(by_scores(rest, votes) if ordered else [rest], len(group))
                self.elected |= set(group)
                return
            if kind == "one" and not self.together and len(group) > 1 and self.exhausting:
                raise Refused("ERR_TIE")
            if kind == "one" and not self.together and len(group) > 1 and (
                    self.parallel or not self.safe(alive, group, votes, tied)):
                self.follow(alive, set())
                return
            if len(group) == len(alive):
                break
            alive -= set(group)
            self.settle(by_scores(group, votes) if ordered else [group], len(alive))
        self.scores.update({o: v for o, v in votes.items() if o in alive})
        self.settle([sorted(alive)], 0)
        self.elected |= alive


def whole(make):
    def method(election, running):
        process = Process(election, running, make(Ballots(election, running)))
        try:
            process.run()
        except Refused as refused:
            return {"error": str(refused)}
        winners = sorted(process.elected) if election["method"] == "bottoms_up" else None
        return process.scores, process.places, winners

    return method


irv = whole(step_irv)
approval_irv = whole(lambda b: instant_runoff(b, each=True))
split_irv = whole(instant_runoff)
coombs = whole(step_coombs)
baldwin = whole(step_baldwin)
nanson = whole(step_nanson)
raynaud = whole(step_raynaud)
benham = whole(step_benham)
woodall = whole(step_woodall)
smith_irv = whole(step_smith_irv)
tideman_alternative = whole(step_tideman_alternative)
btr_irv = whole(step_btr_irv)
condorcet_irv = whole(step_condorcet_irv)
iterated_removal_condorcet_loser = whole(step_iterated_removal_condorcet_loser)
bottoms_up = whole(step_bottoms_up)


def multi_pass_irv(election, running):
    """Instant runoff to the last, and again without those who won; the others as the last pass places them."""
    scores, places, elected = {}, {}, []
    while len(elected) < election["options"].get("seats", 1):
        b = Ballots(election, running)
        alive, out = frozenset(running) - set(elected), {}
        votes = b.firsts(alive)
        scores.update(votes)
        while len(alive) > 1:
            group = least(votes, alive)
            if len(group) > 1:
                group = break_tie(group, election)[-1]
                if len(group) > 1:
                    return {"error": "ERR_TIE"}
            alive -= set(group)
            out[group[0]] = len(alive) + 1
            if len(alive) > 1:
                votes = b.firsts(alive)
                scores.update(votes)
        winner = min(alive)
        for o, place in out.items():
            places[o] = (place + len(elected), place + len(elected))
        elected.append(winner)
        places[winner] = (len(elected), len(elected))
    return scores, places, sorted(elected)


# -- Runoffs -----------------------------------------------------------------------------------------------------------


def runoff(election, running, preferences):
    b = Ballots(election, running)
    votes = b.firsts(frozenset(running))
    groups = by_scores(running, votes)
    options = dict(election["options"])
    if options.get("ties") == "parallel":
        del options["ties"]
    election = dict(election, options=options)
    if len(running) == 1 or 2 * votes[groups[0][0]] > b.counting(frozenset(running)):
        return votes, places_of(groups, election)

    def meet(pair):
        """Votes of the two, each ballot's first rank with one of them, as far as its preferences go."""
        out = dict.fromkeys(pair, Fraction(0))
        for ranks, weight in b.orders:
            for rank in ranks[:preferences]:
                if rank & set(pair):
                    for o in rank & set(pair):
                        out[o] += Fraction(weight, len(rank & set(pair)))
                    break
        return out

    def blocks(group):
        return break_tie(group, election)

    top, pairs = groups[0], None
    if len(top) == 2:
        pairs = [tuple(top)]
    elif len(top) > 2:
        first, *others = blocks(top)
        pairs = list(itertools.combinations(first, 2)) if len(first) > 1 else [(first[0], o) for o in others[0]]
    elif len(groups[1]) == 1:
        pairs = [(top[0], groups[1][0])]
    else:
        pairs = [(top[0], o) for o in blocks(groups[1])[0]]
    if len(pairs) == 1:
        final = meet(pairs[0])
        rest = [[o for o in g if o not in pairs[0]] for g in groups]
        order = by_scores(pairs[0], final) + [g for g in rest if g]
        return {**votes, **final}, places_of(order, election)
    places = {}
    for pair in pairs:
        final = meet(pair)
        order = by_scores(pair, final)
        order = blocks(order[0]) if len(order) == 1 else order
        order += [g for g in ([o for o in g if o not in pair] for g in groups) if g]
        done = 0
        for group in order:
            for o in group:
                low, high = places.get(o, (done + 1, done + len(group)))
                places[o] = (min(low, done + 1), max(high, done + len(group)))
            done += len(group)
    return votes, places


def two_round(election, running):
    return runoff(election, running, None)


def supplementary(election, running):
    return runoff(election, running, int(election["options"].get("preferences", 2)))
