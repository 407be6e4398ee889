"""What the oracles share: drawing elections, ties, and the form in which expected answers are handed over.

An oracle is a module of this folder, written from the definitions with fractions and sets and without looking for
speed, that never looks at the library. It has

    METHODS         (name, kind of ballots, list of option objects) of each method, drawn with equal chance
    <name>          for each method a function (election, running) -> scores, places[, winners[, trace]]
    settle          optional: (rng, election), last touches to a drawn election
    check           optional: (election, running, places), assertions on the oracle itself
    SHAPE           optional: {"options": (1, 6), "ballots": (0, 7), "seats": (1, 3), "chain": {name: default chain}}

`running` are the options that are not withdrawn, by index. Scores map an option to a Fraction, or to None where it has
none; scores None: not compared. Places map an option to (from, to); places None: not compared. Winners None: the
options with a place up to the seats. Trace: members of the trace that are compared, as JSON values.
A function may return {"error": "ERR_TIE"} instead: the status, without COCREATE_, that the library must give.

    run.py MODULE SEED N      elections with their expected answers, one JSON object a line
"""

from __future__ import annotations

import random
from fractions import Fraction

APPROVAL, RANKING, SCORE, POINTS = 1, 2, 3, 4


# -- Elections ---------------------------------------------------------------------------------------------------------


def draw_values(rng: random.Random, kind: int, chosen: list[int]) -> list[int]:
    if kind == APPROVAL:
        return [1] * len(chosen)
    if kind == RANKING:
        if rng.random() < 0.5:
            return list(range(1, len(chosen) + 1))
        return [rng.randint(1, 4) for _ in chosen]
    if kind == SCORE:
        return [rng.randint(-3, 5) for _ in chosen]
    return [rng.randint(0, 5) for _ in chosen]


def draw(rng: random.Random, module) -> dict:
    """One election: options 0 .. m-1, distinct or repeated ballots, a method and its options."""
    shape = {"options": (1, 6), "ballots": (0, 7), "seats": (1, 3), **getattr(module, "SHAPE", {})}
    method, kind, variants = rng.choice(module.METHODS)
    options = dict(rng.choice(variants))
    m = rng.randint(*shape["options"])
    if rng.random() < 0.3:
        options.setdefault("ties", rng.choice(["id", "earliest", "earliest,id"]))
    withdrawn = [int(rng.random() < 0.07) for _ in range(m)]
    if rng.random() < 0.2 and not any(withdrawn):
        options.setdefault("seats", min(m, rng.randint(*shape["seats"])))
    ballots = []
    for _ in range(rng.randint(*shape["ballots"])):
        chosen = rng.sample(range(m), rng.randint(0, m))
        weight = rng.choice([0, 1, 1, 1, 2, 3, 7])
        ballots.append({"options": chosen, "values": draw_values(rng, kind, chosen), "weight": weight})
    times = [
        rng.choice([None, 10, 10, 20, 30]) if rng.random() < 0.3 else rng.randint(1, 4) for _ in range(m)
    ]
    election = {
        "method": method, "kind": kind, "options": options, "m": m, "ballots": ballots,
        "costs": [rng.choice([0, 1, 2, 2, 3, 5, 7]) for _ in range(m)],
        "budget": rng.randint(0, 12), "times": times, "withdrawn": withdrawn,
        "chain": shape.get("chain", {}).get(method, ""),
    }  # fmt: skip
    if hasattr(module, "settle"):
        module.settle(rng, election)
    if election["options"].get("seats") is None:
        election["options"].pop("seats", None)
    return election


# -- Ties ----------------------------------------------------------------------------------------

def break_tie(group: list[int], election: dict) -> list[list[int]]:
    """Blocks of still tied options, best block first."""
    steps = [s for s in election["options"].get("ties", election["chain"]).split(",") if s]
    blocks = [sorted(group)]
    for step in steps:
        refined = []
        for block in blocks:
            keys = {o: o if step == "id" else election["times"][o] for o in block}
            if None in keys.values():
                refined.append(block)
                continue
            for key in sorted(set(keys.values())):
                refined.append([o for o in block if keys[o] == key])
        blocks = refined
    return blocks


def places_of(groups: list[list[int]], election: dict) -> dict[int, tuple[int, int]]:
    """Places of groups of tied options, best group first."""
    places, done = {}, 0
    for group in groups:
        for block in break_tie(group, election):
            for o in block:
                places[o] = (done + 1, done + len(block))
            done += len(block)
    return places


def by_score(scores: dict, election: dict) -> dict[int, tuple[int, int]]:
    present = sorted({s for s in scores.values() if s is not None}, reverse=True)
    groups = [[o for o in scores if scores[o] == s] for s in present]
    missing = [o for o in scores if scores[o] is None]
    return places_of(groups + ([missing] if missing else []), election)


def weak_orders(election: dict, running: list[int]) -> list[tuple[list[set[int]], int]]:
    """Ballots as lists of ranks, each a set of running options, with their weight."""
    out = []
    for ballot in election["ballots"]:
        rank_of = {o: v for o, v in zip(ballot["options"], ballot["values"]) if o in running}
        ranks = [{o for o in rank_of if rank_of[o] == r} for r in sorted(set(rank_of.values()))]
        out.append((ranks, ballot["weight"]))
    return out


# -- Answers -----------------------------------------------------------------------------------------------------------


def count(module, election: dict) -> dict:
    """Places [from, to] and exact scores by option, and the winners in order of their places."""
    running = [o for o in range(election["m"]) if not election["withdrawn"][o]]
    if not running:
        return {"places": [], "winners": []}
    answer = getattr(module, election["method"])(election, running)
    if isinstance(answer, dict):
        return answer
    scores, places, winners, trace = (*answer, None, None)[:4]
    out = {}
    order = running
    if places is not None:
        if hasattr(module, "check"):
            module.check(election, running, places)
        order = sorted(running, key=lambda o: (places[o], o))
        out["places"] = [[o, *places[o]] for o in order]
        if winners is None:
            winners = [o for o in running if places[o][0] <= election["options"].get("seats", 1)]
    out["winners"] = sorted(winners)
    if scores is not None:
        out["scores"] = {str(o): None if scores[o] is None else str(Fraction(scores[o])) for o in running}
    if trace is not None:
        out["trace"] = trace
    return out
