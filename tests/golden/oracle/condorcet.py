"""The methods on pairwise majorities, from their definitions, by trying all sets, paths and orders."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from fractions import Fraction

from common import RANKING, break_tie, by_score, places_of, weak_orders

UNRANKED = [{}, {"unranked": "ignored"}]
STRENGTH = [{}, {"strength": "margins"}, {"unranked": "ignored"}, {"strength": "margins", "unranked": "ignored"}]
OPPOSITION = [*STRENGTH, {"strength": "opposition"}, {"strength": "opposition", "unranked": "ignored"}]
LOCKED = [*STRENGTH, {"ties": "parallel"}, {"ties": "parallel", "strength": "margins"}]
VARIANTS = [{"variant": v, **u} for v in ("left", "right", "mckelvey", "fishburn") for u in UNRANKED]

BETA = [{}, *({"beta": b, **u} for b in ("1/2", "0.6", "2/3", [1]) for u in UNRANKED)]
PARETO = [{}, *({"variant": v, **u} for v in ("weak", "strong") for u in UNRANKED)]

DRAWN = [{"seed": f"{k:064x}", "context": f"round {k % 3}", **u} for k in range(12) for u in STRENGTH]

METHODS = [
    ("condorcet", RANKING, UNRANKED), ("condorcet_loser", RANKING, UNRANKED),
    ("weak_condorcet", RANKING, UNRANKED), ("smith", RANKING, UNRANKED), ("schwartz", RANKING, UNRANKED),
    ("uncovered", RANKING, [{}, *VARIANTS]), ("copeland", RANKING, UNRANKED), ("llull", RANKING, UNRANKED),
    ("minimax", RANKING, OPPOSITION), ("smith_minimax", RANKING, OPPOSITION), ("split_cycle", RANKING, STRENGTH),
    ("ranked_pairs", RANKING, LOCKED), ("river", RANKING, LOCKED),
    ("ranked_pairs_zt", RANKING, DRAWN), ("river_zt", RANKING, DRAWN), ("black", RANKING, UNRANKED),
    ("copeland_local_borda", RANKING, UNRANKED), ("copeland_global_borda", RANKING, UNRANKED),
    ("copeland_local_minimax", RANKING, OPPOSITION), ("copeland_global_minimax", RANKING, OPPOSITION),
    ("borda_minimax_faceoff", RANKING, OPPOSITION), ("condorcet_plurality", RANKING, UNRANKED),
    ("daunou", RANKING, UNRANKED), ("superior_voting", RANKING, UNRANKED), ("leximax", RANKING, UNRANKED),
    ("most_wins_smallest_loss", RANKING, UNRANKED), ("simplified_dodgson", RANKING, UNRANKED),
    ("banks", RANKING, UNRANKED), ("weighted_covering", RANKING, UNRANKED), ("beta_uncovered", RANKING, BETA),
    ("pareto", RANKING, PARETO), ("stable_voting", RANKING, STRENGTH),
    ("simple_stable_voting", RANKING, STRENGTH), ("loss_trimmer", RANKING, [*UNRANKED, {"ties": "parallel"}]),
]  # fmt: skip

SHAPE = {"options": (1, 6), "ballots": (0, 9)}


class Contest:
    """Who beats whom, and by how much."""

    def __init__(self, election, running):
        self.election, self.running, self.options = election, running, dict(election["options"])
        if self.options.get("ties") == "parallel":
            del self.options["ties"]
            self.election = {**election, "options": self.options}
        self.votes = {(a, b): 0 for a in running for b in running}
        for ranks, weight in weak_orders(election, running):
            rest = set(running) - set().union(*ranks) if ranks else set()
            if ranks and rest and self.options.get("unranked") != "ignored":
                ranks = ranks + [rest]
            for high, low in itertools.combinations(ranks, 2):
                for a, b in itertools.product(high, low):
                    self.votes[a, b] += weight

    def margin(self, a, b):
        return self.votes[a, b] - self.votes[b, a]

    def beats(self, a, b):
        return self.margin(a, b) > 0

    def strength(self, a, b):
        """Of a majority."""
        assert self.beats(a, b)
        return self.margin(a, b) if self.options.get("strength") == "margins" else self.votes[a, b]

    def sets(self):
        for n in range(1, len(self.running) + 1):
            yield from itertools.combinations(self.running, n)

    def outside(self, members):
        return [o for o in self.running if o not in members]

    def places(self, groups):
        return places_of([g for g in groups if g], self.election)

    def place_set(self, members):
        return self.places([list(members), self.outside(members)])

    def place_by(self, key, among=None):
        """Those of `among` by their key, smallest first, then the others."""
        among = list(self.running) if among is None else list(among)
        keys = sorted({key(o) for o in among})
        return self.places([[o for o in among if key(o) == k] for k in keys] + [self.outside(among)])


def nothing(running):
    return {o: None for o in running}


# -- Sets --------------------------------------------------------------------------------------------------------------


def condorcet(election, running):
    c = Contest(election, running)
    winner = [a for a in running if all(c.beats(a, b) for b in running if b != a)]
    places = c.place_set(winner)
    return nothing(running), places, None if winner else [], {"winner": label(election, winner)}


def condorcet_loser(election, running):
    c = Contest(election, running)
    loser = [a for a in running if all(c.beats(b, a) for b in running if b != a)]
    places = c.place_set([a for a in running if a not in loser or len(running) == 1])
    return nothing(running), places, None, {"loser": label(election, loser)}


def label(election, found):
    """Ids are the numbers from 1 where nothing gave another."""
    return str(found[0] + 1) if found else None


def weak_condorcet(election, running):
    c = Contest(election, running)
    unbeaten = [a for a in running if not any(c.beats(b, a) for b in running)]
    return nothing(running), c.place_set(unbeaten), None if unbeaten else []


def smith_set(c):
    for members in c.sets():
        if all(c.beats(a, b) for a in members for b in c.outside(members)):
            return list(members)
    raise AssertionError


def smith(election, running):
    c = Contest(election, running)
    return nothing(running), c.place_set(smith_set(c))


def schwartz(election, running):
    c = Contest(election, running)
    undominated = [set(s) for s in c.sets() if not any(c.beats(b, a) for a in s for b in c.outside(s))]
    minimal = [s for s in undominated if not any(t < s for t in undominated)]
    return nothing(running), c.place_set(sorted(set().union(*minimal)))


def uncovered(election, running):
    c = Contest(election, running)
    variant = c.options.get("variant", "left")

    def left(a, b):
        return all(c.beats(z, b) for z in running if c.beats(z, a))

    def right(a, b):
        return all(c.beats(a, z) for z in running if c.beats(b, z))

    def covers(a, b):
        if variant == "fishburn":
            return left(a, b) and any(c.beats(z, b) and not c.beats(z, a) for z in running)
        wanted = {"left": [left], "right": [right], "mckelvey": [left, right]}[variant]
        return c.beats(a, b) and all(f(a, b) for f in wanted)

    return nothing(running), c.place_set([b for b in running if not any(covers(a, b) for a in running)])


def banks(election, running):
    """Who heads a chain that is part of no larger one."""
    c = Contest(election, running)
    chains = [p for n in range(1, len(running) + 1) for p in itertools.permutations(running, n)
              if all(c.beats(a, b) for a, b in itertools.combinations(p, 2))]
    members = [frozenset(p) for p in chains]
    maximal = [p for p in chains if not any(frozenset(p) < q for q in members)]
    return nothing(running), c.place_set(sorted({p[0] for p in maximal}))


def uncovered_by(election, running, covers):
    c = Contest(election, running)
    return nothing(running), c.place_set([b for b in running if not any(covers(c, a, b) for a in running if a != b)])


def weighted_covering(election, running):
    return uncovered_by(election, running, lambda c, a, b: c.beats(a, b) and all(
        c.margin(a, z) >= c.margin(b, z) for z in running))


def beta_uncovered(election, running):
    beta = election["options"].get("beta", "1/2")
    beta = Fraction(beta[0] if isinstance(beta, list) else beta)
    voters = sum(b["weight"] for b in election["ballots"])

    def enough(c, a, b):
        return voters > 0 and Fraction(c.votes[a, b], voters) >= beta

    return uncovered_by(election, running, lambda c, a, b: enough(c, a, b) and all(
        enough(c, z, b) for z in running if enough(c, z, a)))


def pareto(election, running):
    voters = sum(b["weight"] for b in election["ballots"])
    if election["options"].get("variant") == "strong":
        return uncovered_by(election, running, lambda c, a, b: c.votes[a, b] > 0 == c.votes[b, a])
    return uncovered_by(election, running, lambda c, a, b: voters > 0 and c.votes[a, b] == voters)


# -- Scores ------------------------------------------------------------------------------------------------------------


def copeland(election, running, tie=Fraction(1, 2)):
    c = Contest(election, running)
    scores = {a: sum((Fraction(1) if c.beats(a, b) else tie if not c.beats(b, a) else Fraction(0))
                     for b in running if b != a) + Fraction(0) for a in running}
    return scores, by_score(scores, election)


def llull(election, running):
    return copeland(election, running, Fraction(1))


def worst_defeat(c, a, among):
    if c.options.get("strength") == "opposition":
        return max((c.votes[b, a] for b in among), default=0)
    return max((c.strength(b, a) for b in among if c.beats(b, a)), default=0)


def minimax(election, running):
    c = Contest(election, running)
    scores = {a: Fraction(-worst_defeat(c, a, running)) for a in running}
    return scores, by_score(scores, election)


def smith_minimax(election, running):
    c = Contest(election, running)
    members = smith_set(c)
    scores = {a: Fraction(-worst_defeat(c, a, members)) if a in members else None for a in running}
    return scores, by_score(scores, election)


# -- Methods made of two -----------------------------------------------------------------------------------------------


def condorcet_winner(c):
    return [a for a in c.running if all(c.beats(a, b) for b in c.running if b != a)]


def symmetric_borda(c, a, among):
    return sum(c.margin(a, b) for b in among)


def black(election, running):
    c = Contest(election, running)
    borda = {a: symmetric_borda(c, a, running) for a in running}
    winner = condorcet_winner(c)
    scores = {a: Fraction(borda[a]) for a in running}
    return scores, c.place_by(lambda a: (a not in winner, -borda[a])), None, {"winner": label(election, winner)}


def copeland_then(election, running, second, local):
    c = Contest(election, running)
    points = copeland(c.election, running)[0]
    best = [a for a in running if points[a] == max(points.values())]

    def key(a):
        if local:
            return -points[a], second(c, a, best) if a in best else 0
        return -points[a], second(c, a, running)

    return points, c.place_by(key)


def copeland_local_borda(election, running):
    return copeland_then(election, running, lambda c, a, among: -symmetric_borda(c, a, among), True)


def copeland_global_borda(election, running):
    return copeland_then(election, running, lambda c, a, among: -symmetric_borda(c, a, among), False)


def copeland_local_minimax(election, running):
    return copeland_then(election, running, worst_defeat, True)


def copeland_global_minimax(election, running):
    return copeland_then(election, running, worst_defeat, False)


def borda_minimax_faceoff(election, running):
    c = Contest(election, running)
    borda = {a: symmetric_borda(c, a, running) for a in running}
    worst = {a: worst_defeat(c, a, running) for a in running}
    by_borda = {a for a in running if borda[a] == max(borda.values())}
    by_minimax = {a for a in running if worst[a] == min(worst.values())}
    if by_borda == by_minimax:
        return nothing(running), c.place_set(sorted(by_borda))
    winners = set()
    for a, b in itertools.product(by_borda, by_minimax):
        winners |= {a} if c.beats(a, b) else {b} if c.beats(b, a) else {a, b}
    return nothing(running), c.place_set(sorted(winners))


def first_places(election, among):
    votes = {a: Fraction(0) for a in among}
    for ranks, weight in weak_orders(election, among):
        for a in ranks[0] if ranks else []:
            votes[a] += Fraction(weight, len(ranks[0]))
    return votes


def condorcet_plurality(election, running, drops=False):
    c = Contest(election, running)
    winner = condorcet_winner(c)
    if winner:
        return nothing(running), c.place_set(winner), None, {"winner": label(election, winner)}
    left, out = list(running), []
    while drops:
        losers = [a for a in left if len(left) > 1 and all(c.beats(b, a) for b in left if b != a)]
        if not losers:
            break
        left.remove(losers[0])
        out += losers
    votes = first_places(election, left)
    scores = {a: votes.get(a) for a in running}
    trace = {"winner": None, "eliminated": [str(a + 1) for a in out]} if drops else {"winner": None}
    return scores, c.place_by(lambda a: -votes[a], left), None, trace


def daunou(election, running):
    return condorcet_plurality(election, running, True)


def superior_voting(election, running):
    c = Contest(election, running)
    firsts = first_places(election, running)
    scores = {a: firsts[a] + sum(firsts[b] for b in running if c.beats(a, b)) for a in running}
    return scores, by_score(scores, election)


# -- All defeats -------------------------------------------------------------------------------------------------------


def leximax(election, running):
    c = Contest(election, running)
    return nothing(running), c.place_by(
        lambda a: tuple(sorted((c.margin(b, a) for b in running if b != a), reverse=True)))


def most_wins_smallest_loss(election, running):
    c = Contest(election, running)
    points = copeland(c.election, running)[0]
    losses = {a: tuple(sorted((c.margin(b, a) for b in running if c.beats(b, a)), reverse=True)) for a in running}
    return points, c.place_by(lambda a: (-points[a], losses[a]))


def simplified_dodgson(election, running):
    c = Contest(election, running)
    scores = {a: Fraction(-sum(c.margin(b, a) for b in running if c.beats(b, a))) for a in running}
    return scores, by_score(scores, election)


# -- Split Cycle and places of partial orders --------------------------------------------------------------------------


def circles(c):
    """Simple circles of majorities, as tuples of options."""
    def walk(path):
        for b in c.running:
            if c.beats(path[-1], b):
                if b == path[0]:
                    yield tuple(path)
                elif b not in path and b > path[0]:
                    yield from walk([*path, b])

    for a in c.running:
        yield from walk([a])


def split_cycle_defeats(c):
    """Majorities, less the weakest of every circle."""
    kept = {(a, b) for a in c.running for b in c.running if c.beats(a, b)}
    for circle in circles(c):
        edges = list(zip(circle, circle[1:] + circle[:1]))
        weakest = min(c.strength(*e) for e in edges)
        kept -= {e for e in edges if c.strength(*e) == weakest}
    return kept


def closure(pairs, running):
    over = set(pairs)
    for k, a, b in itertools.product(running, repeat=3):
        if (a, k) in over and (k, b) in over:
            over.add((a, b))
    return over


def ranges(over, rest, done):
    return {o: (done + 1 + sum((x, o) in over for x in rest),
                done + len(rest) - sum((o, x) in over for x in rest)) for o in rest}


def place_relation(c, over):
    """Places from a strict partial order; with a chain, one after the other from those nothing stands above."""
    if "ties" not in c.options:
        return ranges(over, c.running, 0)
    places, rest = {}, list(c.running)
    while rest:
        top = [o for o in rest if not any((x, o) in over for x in rest)]
        block = break_tie(top, c.election)[0]
        others = [o for o in rest if o not in block]
        if len(block) > 1 and any((b, o) not in over for b in block for o in others):
            places.update(ranges(over, rest, len(places)))
            break
        first = len(places) + 1
        for o in block:
            places[o] = (first, first + len(block) - 1)
        rest = others
    return places


def split_cycle(election, running):
    c = Contest(election, running)
    return nothing(running), place_relation(c, closure(split_cycle_defeats(c), running))


# -- Ranked pairs and river --------------------------------------------------------------------------------------------


def is_stack(c, order):
    """Ranked pairs can lock this order (Zavist & Tideman 1989): against every majority for the lower of two a path
    leads down from the higher one whose links are as strong."""
    n = len(order)
    path = {(i, i): Fraction(10**9) for i in range(n)}
    for i in range(n):
        for j in range(i + 1, n):
            strongest = Fraction(-1)
            for k in range(i, j):
                x, y = order[k], order[j]
                if not c.beats(y, x) and (i, k) in path:
                    link = c.strength(x, y) if c.beats(x, y) else 0
                    strongest = max(strongest, min(path[i, k], link))
            if strongest >= 0:
                path[i, j] = strongest
            if c.beats(order[j], order[i]) and strongest < c.strength(order[j], order[i]):
                return False
    return True


def chain_classes(c):
    """The chain breaks ties within the Smith set, the Smith set of the others, and so on."""
    classes, rest = {}, list(c.running)
    while rest:
        layer = smith_set(Contest(c.election, rest))
        for i, block in enumerate(break_tie(layer, c.election)):
            classes.update({o: i for o in block})
        rest = [o for o in rest if o not in layer]
    return classes


def pair_groups(c):
    """Pairs of equal strength that the chain does not tell apart, in their order; with a chain the ties at the end."""
    chain = "ties" in c.options or "seed" in c.options
    classes = drawn_order(c) if "seed" in c.options else chain_classes(c) if chain else {o: 0 for o in c.running}
    groups = {}
    for a, b in itertools.permutations(c.running, 2):
        if c.beats(a, b) or (chain and not c.beats(b, a)):
            strength = c.strength(a, b) if c.beats(a, b) else 0
            groups.setdefault((-strength, classes[a], classes[b]), []).append((a, b))
    return [groups[k] for k in sorted(groups)]


def all_ends(c, fits, keep):
    """What is locked in the end, over all orders within each group."""
    ends = {frozenset()}
    for group in pair_groups(c):
        done, todo, seen = set(), list(ends), set(ends)
        while todo:
            state = todo.pop()
            later = [keep(state, p) for p in group if fits(state, p)]
            if not later:
                done.add(state)
            for s in later:
                if s not in seen:
                    seen.add(s)
                    todo.append(s)
        ends = done
    return ends


def ranked_pairs(election, running):
    c = Contest(election, running)
    if "ties" not in c.options and "seed" not in c.options:
        places = {}
        for order in itertools.permutations(running):
            if is_stack(c, order):
                for i, o in enumerate(order):
                    low, high = places.get(o, (i + 1, i + 1))
                    places[o] = (min(low, i + 1), max(high, i + 1))
        return nothing(running), places

    def fits(over, pair):
        return pair not in over and pair[::-1] not in over

    def keep(over, pair):
        return frozenset(closure(over | {pair}, running))

    found = [ranges(over, running, 0) for over in all_ends(c, fits, keep)]
    return nothing(running), {o: (min(f[o][0] for f in found), max(f[o][1] for f in found)) for o in running}


def river(election, running):
    c = Contest(election, running)

    def root(tree, o):
        over = dict((b, a) for a, b in tree)
        while o in over:
            o = over[o]
        return o

    def fits(tree, pair):
        return all(b != pair[1] for _, b in tree) and root(tree, pair[0]) != pair[1]

    ends = all_ends(c, fits, lambda tree, pair: tree | {pair})
    return nothing(running), c.place_set([o for o in running if any(root(t, o) == o for t in ends)])


def draw_number(options, k, below):
    """Rule cc-draw/1."""
    context, stream, counter = options["context"].encode(), b"", 0
    size = (below.bit_length() + 7) // 8
    while True:
        while len(stream) < size:
            message = b"libcocreate/draw/v1\0" + len(context).to_bytes(4, "big") + context
            message += k.to_bytes(4, "big") + counter.to_bytes(4, "big")
            stream += hmac.new(bytes.fromhex(options["seed"]), message, hashlib.sha256).digest()
            counter += 1
        number = int.from_bytes(stream[:size], "big") % (1 << below.bit_length())
        stream = stream[size:]
        if number < below:
            return number


def lot(options, name):
    """Rule cc-tie/1."""
    message = b"libcocreate/tie/v1\0"
    for text in (options["context"].encode(), name.encode()):
        message += len(text).to_bytes(4, "big") + text
    return hmac.new(bytes.fromhex(options["seed"]), message, hashlib.sha256).digest()


def drawn_order(c):
    """Zavist & Tideman: the first ballot drawn, ties by the second, and so on, in the end by lot. Ballots stand in the
    order of their options, and where these are the same a rank that ends stands before one that goes on."""
    voters = {}
    for ranks, weight in weak_orders(c.election, c.running):
        key = tuple((o, o != max(r)) for r in ranks for o in sorted(r))
        if key:
            voters[key] = (voters.get(key, (0,))[0] + weight, ranks)
    said = {o: [] for o in c.running}
    k, left = 1, dict(voters)
    while sum(w for w, _ in left.values()) and len({tuple(x) for x in said.values()}) < len(c.running):
        number = draw_number(c.options, k, sum(w for w, _ in left.values()))
        for key in sorted(left):
            number -= left[key][0]
            if number < 0:
                break
        ranks = left.pop(key)[1]
        for o in c.running:
            said[o].append(next((i for i, r in enumerate(ranks) if o in r), len(ranks)))
        k += 1
    order = sorted(c.running, key=lambda o: (said[o], lot(c.options, str(o + 1))))
    return {o: i for i, o in enumerate(order)}


def ranked_pairs_zt(election, running):
    return ranked_pairs(election, running)


def river_zt(election, running):
    return river(election, running)


def settle(rng, election):
    """A draw needs no chain."""
    if "seed" in election["options"]:
        election["options"].pop("ties", None)


# -- Searches over sets ------------------------------------------------------------------------------------------------


def stable_voting(election, running, simple=False):
    c = Contest(election, running)
    found = {}

    def strength(a, b):
        return c.margin(a, b) if c.options.get("strength") == "margins" else c.votes[a, b]

    def winners(some):
        if some not in found:
            inside = Contest(c.election, sorted(some))
            left = set(some) if simple else some - {b for _, b in split_cycle_defeats(inside)}
            pairs = [(a, b) for a in left for b in some - {a} if a in winners(some - {b})]
            best = max((strength(*p) for p in pairs), default=0)
            assert pairs or len(some) == 1
            found[some] = {a for a, b in pairs if strength(a, b) == best} if pairs else set(some)
        return found[some]

    return nothing(running), c.place_set(sorted(winners(frozenset(running))))


def simple_stable_voting(election, running):
    return stable_voting(election, running, True)


def loss_trimmer(election, running):
    c = Contest(election, running)

    def winners(some):
        unbeaten = {a for a in some if not any(c.beats(b, a) for b in some)}
        if unbeaten:
            return unbeaten
        lost = {a: sum(c.margin(b, a) for b in some if c.beats(b, a)) for a in some}
        worst = [a for a in some if lost[a] == max(lost.values())]
        return set().union(*(winners(some - {a}) for a in break_tie(worst, c.election)[-1]))

    return nothing(running), c.place_set(sorted(winners(frozenset(running))))
