"""Tallies: parts merge to the same bytes, also when threads count them, and rank as the ballots do."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from cocreate import Kind, Profile, Tally, TallyKind, errors, methods, rank


def random_ranks(seed, ballots=400, options=6):
    rng = np.random.default_rng(seed)
    ranks = np.argsort(rng.random((ballots, options)), axis=1) + 1
    ranks[rng.random(ranks.shape) < 0.3] = 0
    return ranks.astype(np.uint8)


def tally_of(profile, kind):
    tally = Tally(profile, kind)
    tally.add(profile)
    return tally


@pytest.mark.parametrize("kind", [TallyKind.PLACES, TallyKind.PAIRS])
def test_threads_count_parts_to_the_same_bytes(kind):
    ranks = random_ranks(1)
    whole = tally_of(Profile.from_ranks(ranks), kind)
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda part: tally_of(Profile.from_ranks(part), kind), np.array_split(ranks, 9)))
    merged = Tally(Profile(Kind.RANKING, 6), kind)
    for part in reversed(parts):
        merged.merge(part)
    assert merged.encode() == whole.encode()
    for part in parts:
        merged.subtract(part)
    assert merged.encode() == Tally(Profile(Kind.RANKING, 6), kind).encode()


def known(document):
    document = {key: value for key, value in document.items() if key != "digest"}
    return document | {"ballots": document["ballots"] | {"distinct": None}}


def test_it_ranks_as_the_ballots_do():
    names = {TallyKind.VALUES: Kind.SCORE, TallyKind.PLACES: Kind.RANKING, TallyKind.PAIRS: Kind.RANKING}
    profiles = {
        Kind.RANKING: Profile.from_ranks(random_ranks(2)),
        Kind.SCORE: Profile.from_values(Kind.SCORE, np.random.default_rng(3).integers(0, 6, (200, 5))),
    }
    compared = 0
    for kind, ballots in names.items():
        tally = tally_of(profiles[ballots], kind)
        for method in methods():
            if method["tally"] != kind.name.lower() or ballots.name.lower() not in method["evidence"]:
                continue
            ranking = rank(tally, method["name"])
            assert ranking.document["ballots"]["distinct"] is None
            assert known(ranking.document) == known(rank(profiles[ballots], method["name"]).document)
            compared += 1
    assert compared > 5


def test_counts():
    profile = Profile(Kind.APPROVAL, ["park", "pool"])
    profile.add(["park"], count=3, weight=30)
    profile.add([], count=2)
    tally = tally_of(profile, TallyKind.VALUES)
    assert (tally.kind, tally.ballot_kind, len(tally)) == (TallyKind.VALUES, Kind.APPROVAL, 2)
    assert (tally.ballots, tally.weight, tally.empty, tally.valid, tally.blank) == (5, 32, 2, 3, 2)
    assert repr(tally) == "<Tally: values of 5 ballots over 2 options>"
    assert rank(tally, "approval").winners == ["park"]
    assert pickle.loads(pickle.dumps(tally)).encode() == tally.encode()
    tally.merge(tally)
    assert tally.ballots == 10
    tally.close()
    assert repr(tally) == "<Tally, closed>"
    with pytest.raises(errors.ArgumentError, match="closed"):
        tally.encode()


def test_refusals():
    profile = Profile.from_ranks([[1, 2], [2, 1]])
    tally = tally_of(profile, TallyKind.PAIRS)
    with pytest.raises(errors.ArgumentError, match="irv needs the ballots themselves"):
        rank(tally, "irv")
    with pytest.raises(errors.ArgumentError, match="a tally of values takes approvals, scores or points"):
        Tally(profile, TallyKind.VALUES)
    with pytest.raises(errors.ArgumentError, match="expected a Profile, got Tally"):
        tally.add(tally)
    with pytest.raises(errors.ArgumentError, match="expected a Tally, got Profile"):
        tally.merge(profile)
    with pytest.raises(errors.ArgumentError, match="expected a Profile, got int"):
        Tally(3, TallyKind.PAIRS)
    with pytest.raises(errors.ArgumentError, match="was never counted"):
        Tally(profile, TallyKind.PAIRS).subtract(tally)
    with pytest.raises(errors.CorruptError):
        Tally.decode(tally.encode()[:-1])
    with pytest.raises(errors.CancelledError):
        tally.add(profile, progress=lambda done, total: True)
    assert tally.ballots == 2
