"""Rankings as peers' tests write them: "A>B=C" from the best to the last, with how many vote so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from library import RANKING, Library, Profile

Groups = list[list[str]]


def groups_of(text: str) -> Groups:
    return [[name.strip() for name in group.split("=")] for group in text.split(">")]


def build(library: Library, ballots: Mapping[str, int], ids: Iterable[str] = ()) -> Profile:
    """Options in the order of `ids`, then of the ballots; options of one group are ranked equally."""
    rankings = [(groups_of(text), count) for text, count in ballots.items()]
    names = list(dict.fromkeys([*ids, *(o for groups, _ in rankings for group in groups for o in group)]))
    profile = library.build(RANKING, names)
    for groups, count in rankings:
        options = [names.index(o) for group in groups for o in group]
        ranks = [rank for rank, group in enumerate(groups, 1) for _ in group]
        profile.add(options, ranks, count)
    return profile


def places_of(result: dict) -> Groups:
    """The places of a result as groups, each sorted."""
    starts: dict[int, list[str]] = {}
    for place in result["places"]:
        starts.setdefault(place["from"], []).append(place["option"])
    return [sorted(starts[start]) for start in sorted(starts)]
