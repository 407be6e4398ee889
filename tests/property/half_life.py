#!/usr/bin/env python3
"""Hold the order by half-life against Python integers, fractions and decimals of 80 digits.

usage: half_life.py LIBRARY [IDEAS [SEED]]

Campaigns of random half-lives, ideas and votes, of which some are cast again, some taken back. What each idea is worth is
computed twice: by the words of lib/campaign/rounds/worths.h, every power of two rounded from a decimal, which must give the
same places, ties and millionths; and as the real number sum(10 * 2^(-age / half_life)), from which no worth may be farther
than half a millionth and what 2^-62 makes of its points. An hour later, with no vote more, the order must be the same.
"""
import ctypes
import json
import random
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 80
HOUR = 3_600_000_000
IDEAS = 20


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        self.c.cocreate_text_data.restype = ctypes.c_char_p
        for name in ("cocreate_text_data", "cocreate_text_free", "cocreate_store_close"):
            getattr(self.c, name).argtypes = [ctypes.c_void_p]
        self.c.cocreate_text_free.restype = self.c.cocreate_store_close.restype = None
        self.c.cocreate_execute.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p]
        self.c.cocreate_show.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p]

    def open(self):
        store = ctypes.c_void_p()
        assert self.c.cocreate_store_open(None, b":memory:", None, ctypes.byref(store), None) == 0
        return store

    def do(self, store, at, actor, what, **members):
        text = json.dumps({"at": at, "actor": actor, "do": what, **members}).encode()
        status = self.c.cocreate_execute(store, text, len(text), None, None)
        assert status == 0, (status, text)

    def show(self, store):
        text = ctypes.c_void_p()
        assert self.c.cocreate_show(store, b"x", ctypes.byref(text), None) == 0
        document = json.loads(self.c.cocreate_text_data(text))
        self.c.cocreate_text_free(text)
        return document


def split(at, half_life):
    """m(at) in units of 2^-63, and the whole half-lives."""
    whole, rest = divmod(at, half_life)
    power = Decimal(2) ** (Decimal(rest) / Decimal(half_life)) * 2**63
    return int(power.to_integral_value(rounding="ROUND_HALF_EVEN")), whole


def expected(votes, ideas, half_life, now):
    """Of each idea: its sum, its worth in millionths, the real number."""
    sums = dict.fromkeys(ideas, Fraction(0))
    reals = dict.fromkeys(ideas, Decimal(0))
    for (_, idea), (at, sign) in votes.items():
        part, whole = split(at, half_life)
        sums[idea] += sign * 10 * part * Fraction(2) ** whole
        reals[idea] += sign * 10 * Decimal(2) ** (Decimal(at - now) / Decimal(half_life))
    part, whole = split(now, half_life)
    point = part * Fraction(2) ** whole
    return {idea: (sums[idea], round(sums[idea] / point * 10**6), reals[idea]) for idea in ideas}


def compare(board, want, points):
    got = {}
    for place in board:
        total, millionths, real = want[place["id"]]
        better = sum(1 for other in want.values() if other[0] > total)
        equal = sum(1 for other in want.values() if other[0] == total)
        assert (place["from"], place["to"]) == (better + 1, better + equal), place
        assert Fraction(place["exact"]) == Fraction(millionths, 10**6), (place, millionths)
        assert place["points"] == points[place["id"]], place
        slack = Decimal("0.0000005") + Decimal(1000) / 2**62
        assert abs(Decimal(place["exact"]) - real) <= slack, (place, real)
        got[place["id"]] = (place["from"], place["to"])
    assert len(got) == len(want)
    return got


def play(library, rng):
    store = library.open()
    library.do(store, 0, "host", "participant.put", participant="firm", side="firm")
    voters = [f"v{i}" for i in range(12)]
    for voter in voters:
        library.do(store, 0, "host", "participant.put", participant=voter, side="customer")
    half_life = rng.choice([HOUR, 24 * HOUR, 14 * 24 * HOUR, 365 * 24 * HOUR, rng.randint(HOUR, 365 * 24 * HOUR)])
    start = rng.choice([0, rng.randint(0, 2**50)])
    length = min(rng.choice([half_life // 2, half_life * 5, half_life * 90]), 2 * 10**15)
    brief = {"brief": "cocreate.brief/1", "title": "Ideas", "mode": "tinkering", "control": "open",
             "contributors": ["customer"],
             "phases": [{"id": "p", "after_us": 0, "for_us": length + 2 * HOUR, "allows": ["submit", "vote"]}],
             "rounds": [{"id": "r", "lead": "customer", "instrument": "updown", "step": 10, "phase": "p", "rolling": True,
                         "self_vote": True, "cut": "all", "certify": "auto", "half_life_us": half_life}]}
    library.do(store, start, "firm", "campaign.create", campaign="x", brief=brief)
    library.do(store, start, "firm", "campaign.publish", campaign="x")
    ideas = [f"i{i:02}" for i in range(IDEAS)]
    for idea in ideas:
        library.do(store, start, "v0", "contribution.submit", campaign="x", contribution=idea)
    votes, times = {}, [start + rng.randint(0, length) for _ in range(80)]
    times += rng.choices(times, k=20)  # of one instant, for ties
    for at in sorted(times):
        voter, idea, sign = rng.choice(voters), rng.choice(ideas), rng.choice([1, 1, 1, -1])
        if (voter, idea) in votes and rng.random() < 0.5:
            library.do(store, at, voter, "ballot.retract", campaign="x", round="r", options=[idea])
            del votes[voter, idea]
        elif votes.get((voter, idea), (0, 0))[1] != sign:
            library.do(store, at, voter, "ballot.cast", campaign="x", round="r", ballot={idea: sign})
            votes[voter, idea] = (at, sign)
    points = {idea: sum(10 * sign for (_, of), (_, sign) in votes.items() if of == idea) for idea in ideas}
    shown = library.show(store)
    now = shown["log"]["last_at"]
    first = compare(shown["rounds"][0]["board"], expected(votes, ideas, half_life, now), points)
    later = start + length + HOUR
    library.do(store, later, "host", "participant.put", participant="late", side="customer")
    board = library.show(store)["rounds"][0]["board"]
    assert compare(board, expected(votes, ideas, half_life, later), points) == first
    assert library.c.cocreate_verify(store, None, 0, None, None, None) == 0
    library.c.cocreate_store_close(store)


def main():
    library = Library(sys.argv[1])
    ideas = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    for _ in range(0, ideas, IDEAS):
        play(library, rng)
    print(f"{ideas} ideas are worth what they should be")


main()
