"""Points by rank, from their definitions: a rank shares the places that it covers."""

from __future__ import annotations

from fractions import Fraction

from common import RANKING, by_score, places_of, weak_orders

SPLITS = [{}, {"equal_ranks": "each"}]

METHODS = [
    ("plurality", RANKING, [{}, {"equal_first": "each"}]),
    ("absolute_majority", RANKING, [{}]),
    ("veto", RANKING, [{}, {"equal_last": "each"}, {"unranked": "ignored"},
                       {"unranked": "ignored", "equal_last": "each"}]),
    ("k_approval", RANKING, [{**split, **k} for split in SPLITS for k in ({}, {"k": 1}, {"k": "3"}, {"k": 9})]),
    ("positive_negative", RANKING, [{}, {"unranked": "ignored"}]),
    ("borda", RANKING, [{"variant": v, **u} for v in ("standard", "symmetric", "domination", "weak_domination",
                                                      "non_domination")
                        for u in ({}, {"unranked": "ignored"})]),
    ("bucklin", RANKING, [{**split, **v, **m} for split in SPLITS
                          for v in ({}, {"variant": "simplified"}, {"variant": "weighted"})
                          for m in ({}, {"majority": "continuing"})]),
]


def full_orders(election, running, ignored):
    """Ballots that rank someone, with the left out in a last rank of their own unless they are ignored."""
    for ranks, weight in weak_orders(election, running):
        if ranks:
            rest = set(running) - set().union(*ranks)
            yield ranks + ([rest] if rest and not ignored else []), weight


def ends(election, running, which, each, ignored):
    votes = {o: Fraction(0) for o in running}
    for ranks, weight in full_orders(election, running, ignored):
        for o in ranks[which]:
            votes[o] += Fraction(weight, 1 if each else len(ranks[which]))
    return votes


def plurality(election, running):
    scores = ends(election, running, 0, election["options"].get("equal_first") == "each", True)
    return scores, by_score(scores, election)


def absolute_majority(election, running):
    scores = ends(election, running, 0, False, True)
    total = sum(w for _, w in full_orders(election, running, True))
    return scores, by_score(scores, election), [o for o in running if scores[o] > Fraction(total, 2)]


def veto(election, running):
    options = election["options"]
    scores = ends(election, running, -1, options.get("equal_last") == "each", options.get("unranked") == "ignored")
    scores = {o: -v for o, v in scores.items()}
    return scores, by_score(scores, election)


def positive_negative(election, running):
    ignored = election["options"].get("unranked") == "ignored"
    first, last = ends(election, running, 0, False, True), ends(election, running, -1, False, ignored)
    scores = {o: first[o] - last[o] for o in running}
    return scores, by_score(scores, election)


def down_to(election, running, depth, each, worth):
    """Votes by the first places, each of them worth something."""
    votes = {o: Fraction(0) for o in running}
    for ranks, weight in full_orders(election, running, True):
        above = 0
        for rank in ranks:
            if each:
                share = worth(above + 1) if above < depth else Fraction(0)
            else:
                places = range(above + 1, min(above + len(rank), depth) + 1)
                share = sum((worth(p) for p in places), Fraction(0)) / len(rank)
            for o in rank:
                votes[o] += weight * share
            above += len(rank)
    return votes


def k_approval(election, running):
    options = election["options"]
    scores = down_to(election, running, int(options.get("k", 2)), options.get("equal_ranks") == "each",
                     lambda p: Fraction(1))
    return scores, by_score(scores, election)


def borda(election, running):
    options = election["options"]
    ignored, variant = options.get("unranked") == "ignored", options["variant"]
    scores = {o: Fraction(0) for o in running}
    for ranks, weight in full_orders(election, running, ignored):
        for at, rank in enumerate(ranks):
            over, under = (sum(len(r) for r in side) for side in (ranks[:at], ranks[at + 1:]))
            points = {"standard": under + Fraction(len(rank) - 1, 2), "symmetric": under - over, "domination": under,
                      "weak_domination": under + len(rank), "non_domination": -over}[variant]
            for o in rank:
                scores[o] += weight * points
    return scores, by_score(scores, election)


def bucklin(election, running):
    options, m = election["options"], len(running)
    weighted = options.get("variant") == "weighted"
    ballots = list(full_orders(election, running, True))

    def worth(place):
        return Fraction(m - place, m - 1) if weighted and m > 1 else Fraction(1)

    longest = max([sum(len(r) for r in ranks) for ranks, _ in ballots], default=1)
    for depth in range(1, longest + 1):
        votes = down_to(election, running, depth, options.get("equal_ranks") == "each", worth)
        of = sum(w for ranks, w in ballots
                 if options.get("majority") != "continuing" or sum(len(r) for r in ranks) >= depth)
        over = [o for o in running if 2 * votes[o] > of or (weighted and 2 * votes[o] == of and votes[o] > 0)]
        if over:
            break
    if options.get("variant") != "simplified":
        return votes, by_score(votes, election), None, {"place": depth}
    rest = [o for o in running if o not in over]
    groups = [[o for o in rest if votes[o] == v] for v in sorted({votes[o] for o in rest}, reverse=True)]
    return votes, places_of(([over] if over else []) + groups, election), None, {"place": depth}
