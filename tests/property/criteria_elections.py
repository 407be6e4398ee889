"""Random elections with few options, and the winners that the library names in them."""

from __future__ import annotations

import ctypes
import json
import pathlib
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "peers"))
from library import APPROVAL, RANKING, SCORE, Library, Profile  # noqa: E402

Item = TypeVar("Item")
KINDS = {RANKING: "rankings", APPROVAL: "approvals", SCORE: "scores"}


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
    """Compared by identity, so that looking up what is known of one is fast."""

    def __init__(self, kind: int, m: int, ballots: Iterable[Ballots]) -> None:
        self.kind, self.m, self.ballots = kind, m, tuple(ballots)
        self.voters = sum(b.count for b in self.ballots)

    def of(self, ballots: Iterable[Ballots]) -> Election:
        return Election(self.kind, self.m, ballots)

    def having(self, *more: Ballots) -> Election:
        return self.of(self.ballots + more)

    def __str__(self) -> str:
        def one(b: Ballots) -> str:
            names = ["abcdefghij"[o] for o in b.options]
            if b.values is not None:
                names = [f"{name}{value} " for name, value in zip(names, b.values)]
            return f"{b.count} x {''.join(names).strip() or '(nobody)'}"

        return f"{self.m} options; " + ", ".join(one(b) for b in self.ballots)


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


def approvals(draw: Draw, m: int = 0) -> Election:
    m = m or draw.between(3, 5)
    groups = [
        Ballots(tuple(sorted(draw.order(m)[: draw.between(1, m)])), draw.between(1, 3)) for _ in range(draw.between(1, 7))
    ]
    return Election(APPROVAL, m, groups)


def graded(draw: Draw, m: int, count: int) -> Ballots:
    return Ballots(tuple(range(m)), count, tuple(draw.between(0, 5) for _ in range(m)))


def scores(draw: Draw, m: int = 0) -> Election:
    """Everyone scores everyone, from 0 to 5."""
    m = m or draw.between(3, 5)
    return Election(SCORE, m, [graded(draw, m, draw.between(1, 3)) for _ in range(draw.between(1, 7))])


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
    """Counts elections; each is built once and counted once by a method."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.profiles: dict[Election, Profile] = {}
        self.known: dict[tuple, frozenset[int]] = {}
        self.c = library.c
        self.c.cocreate_ranking_winner.restype = ctypes.c_size_t
        self.c.cocreate_ranking_winner_count.restype = ctypes.c_size_t
        self.c.cocreate_ranking_winner.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self.c.cocreate_ranking_winner_count.argtypes = [ctypes.c_void_p]

    def forget(self) -> None:
        self.profiles.clear()
        self.known.clear()

    def profile(self, election: Election) -> Profile:
        if election not in self.profiles:
            handle = ctypes.c_void_p()
            self.library.call(
                "cocreate_profile_new", None, ctypes.c_int32(election.kind), ctypes.c_size_t(election.m),
                ctypes.byref(handle),
            )  # fmt: skip
            profile = Profile(self.library, handle)
            for options, count, values in election.ballots:
                profile.add(options, values, count)
            self.profiles[election] = profile
        return self.profiles[election]

    def winners(self, method: Method, election: Election, seats: int = 1) -> frozenset[int]:
        key = (method, election, seats)
        if key not in self.known:
            options = dict(method.options)
            if seats != 1:
                options["seats"] = str(seats)
            text = json.dumps(options).encode() if options else None
            ranking = ctypes.c_void_p()
            self.library.call(
                "cocreate_rank", self.profile(election).handle, method.name.encode(), text, None,
                ctypes.byref(ranking),
            )  # fmt: skip
            count = self.c.cocreate_ranking_winner_count(ranking)
            self.known[key] = frozenset(self.c.cocreate_ranking_winner(ranking, i) for i in range(count))
            self.c.cocreate_ranking_free(ranking)
        return self.known[key]

    def registry(self) -> list[dict]:
        text = ctypes.c_void_p()
        self.library.call("cocreate_methods", None, ctypes.byref(text))
        try:
            return json.loads(self.c.cocreate_text_data(text))
        finally:
            self.c.cocreate_text_free(text)
