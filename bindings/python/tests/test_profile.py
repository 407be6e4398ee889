"""Evidence: arrays in without a copy, hostile ids, locks, memory."""

import gc
import pickle
import resource
import sys
import threading
import time

import numpy as np
import pytest
from cocreate import Kind, Profile, _lowlevel, errors, rank


def test_a_matrix_is_the_same_as_single_ballots():
    ranks = np.array([[1, 2, 0], [2, 1, 1], [1, 2, 0]], np.uint8)
    one, other = Profile.from_ranks(ranks), Profile(Kind.RANKING, 3)
    for row in ranks:
        marked = np.flatnonzero(row)
        other.add(marked.tolist(), row[marked].astype(int).tolist())
    assert one.encode() == other.encode()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64, np.int8, np.int64])
def test_ranks_of_every_width(dtype):
    assert Profile.from_ranks(np.array([[1, 2], [2, 1]], dtype)).ballots == 2


def test_lossy_matrices_are_refused():
    with pytest.raises(errors.ArgumentError):
        Profile.from_ranks([[1, -1]])
    with pytest.raises(errors.ArgumentError):
        Profile.from_ranks([[1.5, 2]])
    with pytest.raises(errors.ArgumentError, match="2 dimensions"):
        Profile.from_ranks([1, 2])


def test_a_large_matrix_is_not_copied():
    ranks = np.tile(np.array([[1, 2, 3, 4]], np.uint64), (1_000_000, 1))  # 32 MB
    profile = Profile(Kind.RANKING, 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    profile.add_ranks(ranks)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024  # kB
    assert profile.ballots == 1_000_000


def test_a_buffer_is_locked_while_it_is_read():
    seen = []
    ranks = bytearray(np.tile(np.array([1, 2], np.uint8), 4_000_000).tobytes())
    matrix = memoryview(ranks).cast("B", (4_000_000, 2))

    def grow(done, total):
        try:
            ranks.append(0)
        except BufferError:
            seen.append(done)
        return False

    _lowlevel.cocreate_profile_add_ranks(Profile(Kind.RANKING, 2)._h, matrix, None, grow)
    assert seen


def test_progress_cancels_and_exceptions_pass():
    ranks = np.tile(np.array([[1, 2]], np.uint8), (4_000_000, 1))
    profile = Profile(Kind.RANKING, 2)
    with pytest.raises(errors.CancelledError):
        profile.add_ranks(ranks, progress=lambda done, total: True)

    def broken(done, total):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        profile.add_ranks(ranks, progress=broken)
    assert profile.ballots == 0


def test_the_interpreter_runs_while_the_library_works():
    ranks = np.argsort(np.random.default_rng(1).random((300_000, 20)), axis=1).astype(np.uint8) + 1
    profile, steps, over = Profile(Kind.RANKING, 20), [0], threading.Event()

    def count():
        while not over.is_set():
            steps[0] += 1
            time.sleep(0)

    other = threading.Thread(target=count)
    interval = sys.getswitchinterval()
    other.start()
    try:
        sys.setswitchinterval(1000)  # without a release inside the call the other thread would not get a turn
        before = steps[0]
        profile.add_ranks(ranks)
        during = steps[0] - before
    finally:
        sys.setswitchinterval(interval)
        over.set()
        other.join()
    assert during > 100


HOSTILE = ["' OR 1=1 --", "a b", "ß", "日本語", "e\u0301", "\u202eabc", "<b>", "${x}", "%s", "\U0001f600", "-", ".", "x" * 128]


@pytest.mark.parametrize("id", HOSTILE)
def test_hostile_ids_round_trip(id):
    profile = Profile(Kind.RANKING, [id, "other"])
    profile.add([id])
    assert Profile.decode(profile.encode()).ids[0] == id
    assert rank(profile, "plurality").winners == [id]


@pytest.mark.parametrize("id", ["", "x" * 129])
def test_bad_ids_are_refused(id):
    with pytest.raises(errors.ArgumentError):
        Profile(Kind.RANKING, [id])


def test_merge_subtract_and_pickle():
    one = Profile.from_ranks([[1, 2], [2, 1]])
    same = pickle.loads(pickle.dumps(one))
    one.merge(same)
    one.merge(one)
    assert one.ballots == 8
    one.subtract(same)
    assert [(b.options.tolist(), b.count) for b in one] == [([0, 1], 3), ([1, 0], 3)]
    with pytest.raises(errors.ArgumentError):
        same.subtract(one)


def test_options_and_budget():
    profile = Profile(Kind.APPROVAL, ["park", "pool"])
    profile.set_option("park", name="A park", cost=700, at=5)
    profile.set_option("park", withdrawn=True)
    park = profile.option(0)
    assert (park.name, park.cost, park.at, park.withdrawn) == ("A park", 700, 5, True)
    assert profile.option("pool").at is None
    assert profile.budget is None
    profile.set_budget(1000, 2)
    assert (profile.budget, profile.cost_exponent, len(profile.options)) == (1000, 2, 2)
    with pytest.raises(errors.NotFoundError):
        profile.index("lake")


def test_a_closed_profile_says_so():
    with Profile(Kind.RANKING, 2) as profile:
        pass
    profile.close()
    with pytest.raises(errors.ArgumentError, match="the profile is closed"):
        len(profile)
    assert repr(profile) == "<Profile, closed>"


def test_readers_and_a_writer_in_threads():
    profile = Profile(Kind.RANKING, ["a", "b"])
    profile.add(["a"])
    failures = []

    def read():
        try:
            for _ in range(200):
                assert rank(profile, "plurality").winners == ["a"]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(200):
        profile.add(["a"])
    for thread in threads:
        thread.join()
    assert not failures
    assert profile.ballots == 201


def test_a_callback_may_not_change_what_it_reports_on():
    ranks = np.tile(np.array([[1, 2]], np.uint8), (4_000_000, 1))
    profile = Profile(Kind.RANKING, 2)
    for use in (lambda: profile.add([0]), lambda: len(profile), lambda: profile.merge(profile)):
        with pytest.raises(errors.ArgumentError, match="a progress callback may not use"):
            profile.add_ranks(ranks, progress=lambda done, total, use=use: use())
    assert profile.ballots == 0
    with pytest.raises(errors.ArgumentError, match="a progress callback may not change"), profile._turns.reading():
        profile.add([0])


def test_two_that_merge_into_each_other_do_not_wait_for_ever():
    one, other = Profile.from_ranks([[1, 2]]), Profile.from_ranks([[2, 1]])

    def join(a, b):
        for _ in range(20):
            a.merge(b)

    threads = [threading.Thread(target=join, args=pair, daemon=True) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_memory_stays_flat():
    """4000 rounds of calls, good and bad; references and resident memory as before."""
    ids, weights = ["a", "b"], np.array([1, 2], np.int64)

    def work(times):
        for _ in range(times):
            profile = Profile(Kind.RANKING, ids)
            profile.add(["b", "a"])
            rank(profile, "borda").explain()
            profile.encode()
            _lowlevel.cocreate_split(10, weights, "dhondt", "id", ids, None, "return", 0, 0, 1)
            for bad in (lambda: profile.add(["c"]), lambda: rank(profile, "none"), lambda: Profile.decode(b"x")):
                with pytest.raises(errors.Error):
                    bad()
            with pytest.raises(OverflowError):
                _lowlevel.cocreate_split(2**70, weights, "dhondt", "id", ids, None, "return", 0, 0, 1)

    def resident():
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize()

    work(500)
    gc.collect()
    references, memory = (sys.getrefcount(ids), sys.getrefcount(weights)), resident()
    work(4000)
    gc.collect()
    assert (sys.getrefcount(ids), sys.getrefcount(weights)) == references
    assert resident() - memory < 2 * 1024 * 1024
