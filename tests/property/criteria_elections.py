"""Random elections with few options, and the winners that the library names in them."""

from __future__ import annotations

import ctypes
import json
import pathlib
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "peers"))
from library import APPROVAL, NO_TIME, RANKING, SCORE, Library, Option, Profile, Refused  # noqa: E402

Item = TypeVar("Item")
TOP = 5  # the highest score
SEED = "0" * 64  # of these, which draw an order for ties
DRAWN = {"ranked_pairs_zt", "river_zt"}


class Draw:
    """splitmix64 (Steele, Lea & Flood, 2014): the same draws with every version of Python."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & (1 << 64) - 1
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
        z = (z ^ z >> 27) * 0x94D049BB133111EB & (1 << 64) - 1
        return (z ^ z >> 31) % n

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def choice(self, items: Sequence[Item]) -> Item:
        return items[self.below(len(items))]

    def order(self, n: int) -> tuple[int, ...]:
        left = list(range(n))
        return tuple(left.pop(self.below(len(left))) for _ in range(n))


class Ballots(NamedTuple):
    """`count` ballots alike. Of rankings `options` go from the best to the last; scores have `values`."""

    options: tuple[int, ...]
    count: int
    values: tuple[int, ...] | None = None


class Election:
    """Compared by identity, so that looking up what is known of one is fast. With costs it has a budget."""

    def __init__(self, kind: int, m: int, ballots: Iterable[Ballots], costs: Sequence[int] = (), budget: int = 0) -> None:
        self.kind, self.m, self.ballots = kind, m, tuple(ballots)
        self.costs, self.budget = tuple(costs), budget
        self.voters = sum(b.count for b in self.ballots)

    def of(self, ballots: Iterable[Ballots]) -> Election:
        return Election(self.kind, self.m, ballots, self.costs, self.budget)

    def having(self, *more: Ballots) -> Election:
        return self.of(self.ballots + more)

    def __str__(self) -> str:
        def one(b: Ballots) -> str:
            names = ["abcdefghij"[o] for o in b.options]
            if b.values is not None:
                names = [f"{name}{value} " for name, value in zip(names, b.values)]
            return f"{b.count} x {''.join(names).strip() or '(nobody)'}"

        priced = f" of {' '.join(map(str, self.costs))}, budget {self.budget}" if self.costs else ""
        return f"{self.m} options{priced}; " + ", ".join(one(b) for b in self.ballots)


def alike(draw: Draw, m: int, count: int, truncated: bool = False) -> Ballots:
    order = draw.order(m)
    return Ballots(order[: draw.between(1, m)] if truncated else order, count)


def circle(draw: Draw, m: int, largest: int) -> list[Ballots]:
    """Groups that agree but for who stands first: a circle of all but one option, which stands first or last."""
    *inside, outside = draw.order(m)
    groups = []
    for k in range(len(inside)):
        turned = tuple(inside[k:] + inside[:k])
        for order in ((outside,) + turned, turned + (outside,)):
            groups.append(Ballots(order, draw.between(1, largest)))
    return groups


def rankings(draw: Draw, m: int = 0, truncated: bool = False) -> Election:
    """Up to eight groups that rank alike, of one voter each or larger; or a circle with one or two more groups."""
    m = m or draw.between(3, 5)
    largest = draw.choice((1, 1, 3, 9))
    turns = not truncated and draw.below(5) == 0
    groups = circle(draw, m, largest) if turns else []
    groups += [alike(draw, m, draw.between(1, largest), truncated) for _ in range(draw.between(1, 2 if turns else 8))]
    return Election(RANKING, m, groups)


def approving(draw: Draw, m: int, count: int) -> Ballots:
    return Ballots(tuple(sorted(draw.order(m)[: draw.between(1, m)])), count)


def approvals(draw: Draw, m: int = 0) -> Election:
    m = m or draw.between(3, 5)
    largest = draw.choice((1, 1, 3, 9))
    return Election(APPROVAL, m, [approving(draw, m, draw.between(1, largest)) for _ in range(draw.between(1, 8))])


def graded(draw: Draw, m: int, count: int) -> Ballots:
    return Ballots(tuple(range(m)), count, tuple(draw.between(0, TOP) for _ in range(m)))


def scores(draw: Draw, m: int = 0) -> Election:
    """Everyone scores everyone, from 0 to TOP."""
    m = m or draw.between(3, 5)
    largest = draw.choice((1, 1, 3, 9))
    return Election(SCORE, m, [graded(draw, m, draw.between(1, largest)) for _ in range(draw.between(1, 8))])


class Method(NamedTuple):
    name: str
    options: tuple[tuple[str, str], ...]  # besides the defaults

    def __str__(self) -> str:
        return " ".join([self.name] + [f"{key}={value}" for key, value in self.options])

    @staticmethod
    def read(text: str) -> Method:
        name, *options = text.split()
        return Method(name, tuple((key, value) for key, value in (option.split("=") for option in options)))


class Counter:
    """Counts elections; each is built once for a kind of ballots and counted once by a method."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.profiles: dict[tuple[Election, int], Profile] = {}
        self.known: dict[tuple, frozenset] = {}
        self.c = library.c
        self.c.cocreate_ranking_winner.restype = ctypes.c_size_t
        self.c.cocreate_ranking_winner_count.restype = ctypes.c_size_t
        self.c.cocreate_ranking_winner.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self.c.cocreate_ranking_winner_count.argtypes = [ctypes.c_void_p]
        self.methods = {method["name"]: method for method in self.registry()}
        self.parallel: dict[Method, bool] = {}

    def forget(self) -> None:
        self.profiles.clear()
        self.known.clear()

    def kind(self, method: Method, election: Election) -> int:
        """Approvals are scores of TOP and 0 for a method that knows only scores."""
        scored = election.kind == APPROVAL and "approval" not in self.methods[method.name]["evidence"]
        return SCORE if scored else election.kind

    def profile(self, election: Election, kind: int) -> Profile:
        key = (election, kind)
        if key not in self.profiles:
            handle = ctypes.c_void_p()
            self.library.call(
                "cocreate_profile_new", None, ctypes.c_int32(kind), ctypes.c_size_t(election.m), ctypes.byref(handle)
            )
            profile = Profile(self.library, handle)
            for index, cost in enumerate(election.costs):
                option = Option(ctypes.sizeof(Option), str(index).encode(), None, cost, NO_TIME, 0)
                self.library.call("cocreate_profile_set_option", handle, ctypes.c_size_t(index), ctypes.byref(option))
            if election.costs:
                profile.set_budget(election.budget)
            for options, count, values in election.ballots:
                if kind != election.kind:
                    values = tuple(TOP * (o in options) for o in range(election.m))
                    options = tuple(range(election.m))
                profile.add(options, values, count)
            self.profiles[key] = profile
        return self.profiles[key]

    def winners(self, method: Method, election: Election, seats: int = 1, chain: bool = False) -> frozenset[int]:
        """All co-winners; with `chain` ties go to the option that stands first."""
        key = (method, election, seats, chain)
        if key not in self.known:
            options = dict(method.options)
            if seats != 1:
                options["seats"] = str(seats)
            if chain:
                options["ties"] = "id"
            if method.name in DRAWN:
                options["seed"] = SEED
            text = json.dumps(options).encode() if options else None
            ranking = ctypes.c_void_p()
            self.library.call(
                "cocreate_rank", self.profile(election, self.kind(method, election)).handle, method.name.encode(), text,
                None, ctypes.byref(ranking),
            )  # fmt: skip
            count = self.c.cocreate_ranking_winner_count(ranking)
            self.known[key] = frozenset(self.c.cocreate_ranking_winner(ranking, i) for i in range(count))
            self.c.cocreate_ranking_free(ranking)
        return self.known[key]

    def elected(self, method: Method, election: Election, seats: int = 1) -> frozenset[int]:
        return self.winners(method, election, seats, chain=True)

    def selected(self, method: Method, election: Election) -> frozenset[int]:
        return self.winners(method, election)

    def committees(self, method: Method, election: Election, seats: int) -> frozenset[frozenset[int]]:
        """All committees that tie, or where the method cannot list them the one of the chain."""
        if not self.parallel.setdefault(method, True):
            return frozenset({self.elected(method, election, seats)})
        key = (method, election, seats, None)
        if key not in self.known:
            profile = self.profile(election, self.kind(method, election))
            try:
                result = profile.rank(method.name, seats=seats, ties="parallel", **dict(method.options))
            except Refused as refused:
                if not refused.text.startswith("$."):
                    raise
                self.parallel[method] = False
                return self.committees(method, election, seats)
            index = self.library.ids(profile)
            self.known[key] = frozenset(frozenset(index[o] for o in c) for c in result["trace"]["committees"])
        return self.known[key]

    def registry(self) -> list[dict]:
        text = ctypes.c_void_p()
        self.library.call("cocreate_methods", None, ctypes.byref(text))
        try:
            return json.loads(self.c.cocreate_text_data(text))
        finally:
            self.c.cocreate_text_free(text)
