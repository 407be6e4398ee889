"""The single transferable vote by Meek's and Warren's methods: every ballot passed anew from its first option on, in
fractions. Equal ranks stand for the mean of all linear orders."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

from common import RANKING, weak_orders
from stv import Count, guarded, text

VARIANTS = ["reference", "new_zealand", "openstv"]

METHODS = [
    ("stv_meek", RANKING, [{}, *({"variant": v} for v in VARIANTS), {"decimals": 2}, {"decimals": 3, "omega": 2},
                           {"variant": "openstv", "decimals": 1}, {"batch": "sure_losers"},
                           {"variant": "new_zealand", "decimals": 1}]),
    ("stv_warren", RANKING, [{}, {"decimals": 2}, {"decimals": "4", "omega": "2"}]),
]

SHAPE = {"options": (1, 6), "ballots": (0, 9), "chain": {name: "id" for name, _, _ in METHODS}}


def settle(rng, election):
    import stv

    stv.settle(rng, election)


def up(value, decimals):
    return Fraction(math.ceil(value * 10**decimals), 10**decimals)


def down(value, decimals):
    return Fraction(math.floor(value * 10**decimals), 10**decimals)


class Meek(Count):
    def __init__(self, election, running, decimals, keeps):
        super().__init__(election, running, decimals)
        self.ballots = [(ranks, weight) for ranks, weight in weak_orders(election, running)]
        self.papers = [p for o in running for parcel in self.parcels[o] for p in parcel]
        self.blank = self.exhausted
        self.keeps, self.factor = keeps, {o: Fraction(1) for o in running}
        self.share()

    def share(self):
        self.votes = {o: Fraction(0) for o in self.running}
        self.exhausted = self.blank
        if self.keeps is keeps_price:
            self.share_orders()
        else:
            self.share_ranks()
        self.quota = down(sum(self.votes.values()) / (self.seats + 1), self.decimals) + Fraction(1, 10**self.decimals)

    def share_orders(self):
        """Each order of equal ranks is a paper of its own."""
        for paper in self.papers:
            weight = Fraction(1)
            for o in paper.order:
                if self.factor[o] > 0:
                    kept, weight = self.keeps(self.factor[o], weight, self.decimals)
                    self.votes[o] += kept * paper.count
            self.exhausted += weight * paper.count

    def share_ranks(self):
        """What an option of a rank keeps is the mean over the orders of the rank, cut once."""
        for ranks, papers in self.ballots:
            weight = Fraction(1)
            for rank in ranks:
                members = sorted(o for o in rank if self.factor[o] > 0)
                if len(members) == 1:
                    kept, weight = self.keeps(self.factor[members[0]], weight, self.decimals)
                    self.votes[members[0]] += kept * papers
                elif members:
                    orders = list(itertools.permutations(members))
                    mean = dict.fromkeys(members, Fraction(0))
                    for order in orders:
                        part = Fraction(1, len(orders))
                        for o in order:
                            mean[o] += part * self.factor[o]
                            part *= 1 - self.factor[o]
                    kept = {o: down(weight * mean[o], self.decimals) for o in members}
                    for o in members:
                        self.votes[o] += kept[o] * papers
                    full = any(self.factor[o] == 1 for o in members)
                    weight = Fraction(0) if full else weight - sum(kept.values())
            if ranks:
                self.exhausted += weight * papers


def keeps_up(factor, weight, decimals):
    kept = up(factor * weight, decimals)
    return kept, weight - kept


def keeps_down(factor, weight, decimals):
    return down(factor * weight, decimals), down((1 - factor) * weight, decimals)


def keeps_price(factor, weight, decimals):
    kept = min(factor, weight)
    return kept, weight - kept


def settle_votes(count, omega, once, batch, look):
    """Sure losers, perhaps, and the surplus, when the iteration ended without an election; else None."""
    last, d = count.valid, count.decimals
    for passes in range(1, 10**9):
        count.round["iterations"] = passes
        count.share()
        count.note()
        count.elect_reaching(look)
        surplus = max(Fraction(0), sum((count.votes[o] - count.quota for o, _ in count.elected), Fraction(0)))
        if count.round["elected"]:
            return None
        losers = count.sure_losers(surplus) if batch else []
        if losers or surplus < omega or surplus >= last:
            return losers, surplus
        last = surplus
        for o, _ in count.elected:
            if count.votes[o]:
                factor = count.factor[o] * count.quota
                factor = (factor if once else up(factor, d)) / count.votes[o]
                count.factor[o] = min(Fraction(1), up(factor, d))


def iterate(count, omega, once=False, tie_by_surplus=False, batch=False, look=None):
    over = False
    while not over:
        count.begin()
        if len(count.hopeful) > count.left():
            stopped = settle_votes(count, omega, once, batch, look)
            count.round["keep"] = {str(o + 1): text(count.factor[o], count.decimals) for o, _ in count.elected}
            if stopped:
                losers, surplus = stopped
                if not losers:
                    least = min(count.votes[o] for o in count.hopeful) + (surplus if tie_by_surplus else 0)
                    losers = [count.pick([o for o in count.hopeful if count.votes[o] <= least], True, look)]
                count.eliminate(sorted(losers, key=lambda o: (count.votes[o], -o)))
                for o in losers:
                    count.factor[o] = Fraction(0)
        over = count.over()
        count.end()
        del count.rounds[-1]["transfers"]
    return count.result()


@guarded
def stv_meek(election, running):
    options = election["options"]
    which = VARIANTS.index(options.get("variant", "reference"))
    decimals = int(options.get("decimals", [9, 9, 6][which]))
    omega = min(decimals, int(options.get("omega", [6, 4, 6][which])))
    count = Meek(election, running, decimals, keeps_down if which == 2 else keeps_up)
    return iterate(count, Fraction(1, 10**omega), once=which == 2, tie_by_surplus=which == 0,
                   batch=which == 2 or options.get("batch") == "sure_losers", look=[None, "earliest", "latest"][which])


@guarded
def stv_warren(election, running):
    options = election["options"]
    decimals = int(options.get("decimals", 9))
    omega = min(decimals, int(options.get("omega", 6)))
    return iterate(Meek(election, running, decimals, keeps_price), Fraction(1, 10**omega), tie_by_surplus=True)
