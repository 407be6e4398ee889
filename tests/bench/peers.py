#!/usr/bin/env python3
"""Measures the library and its peers from PyPI on the same work in one run, and prints a table.

    python3 -m venv V && V/bin/pip install pref_voting abcvoting pabutools votelib elsim
    V/bin/python tests/bench/peers.py lib/libcocreate.so [--limit SECONDS] [case ...]

Every figure is CPU time: ours the best of several runs, a peer's the best of two where they are short (the first one compiles, where it compiles).
Ours begins with a profile and ends with the result as JSON; a peer's begins with its own profile, which some take much longer to build: that is not counted.
Where a peer takes more than the limit, both get smaller work, and the table says which.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import random
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "peers"))
warnings.filterwarnings("ignore")

import numpy as np
from library import APPROVAL, RANKING, Library, Profile

sys.path.pop(0)  # its neighbours have the names of peers

SHORT = 2.0  # seconds: work that is measured again


@dataclass(frozen=True)
class Case:
    """One kind of work. `sizes` go down from what the goal names; `make` gives the data of a size, `ours` and `peer` take them."""

    name: str
    peer_name: str
    goal: str
    sizes: list[tuple[int, ...]]
    make: Callable[..., Any]
    ours: Callable[[Library, Any], Callable[[], object]]
    peer: Callable[[Any], Callable[[], object]]


# -- Evidence ---------------------------------------------------------------------------------------------------------


def orders(voters: int, options: int, seed: int = 7) -> np.ndarray:
    """Complete rankings, all as likely: options in order of preference, a row a ballot."""
    generator = np.random.default_rng(seed)
    return generator.permuted(np.tile(np.arange(options, dtype=np.uint8 if options < 256 else np.uint16), (voters, 1)), axis=1)


def truncated(voters: int, options: int) -> list[tuple[int, ...]]:
    """Rankings of 1 to all options, those in front liked better."""
    generator = random.Random(7)
    out = []
    for _ in range(voters):
        left = list(range(options))
        out.append(tuple(left.pop(min(generator.randrange(len(left)), generator.randrange(len(left))))
                         for _ in range(generator.randint(1, options))))  # fmt: skip
    return out


def approvals(voters: int, options: int, mean: int) -> list[list[int]]:
    """Approvals, of popular options first."""
    generator = np.random.default_rng(7)
    chance = 2 * mean * (options - np.arange(options)) / options**2
    return [list(map(int, np.flatnonzero(row))) for row in generator.random((voters, options)) < chance]


def of_orders(library: Library, rows: np.ndarray) -> Profile:
    """A profile of complete rankings."""
    ranks = np.empty(rows.shape, dtype=np.uint16)
    np.put_along_axis(ranks, rows.astype(np.int64), np.arange(1, rows.shape[1] + 1, dtype=np.uint16)[None, :], axis=1)
    handle = ctypes.c_void_p()
    library.call("cocreate_profile_new", None, ctypes.c_int32(RANKING), ctypes.c_size_t(rows.shape[1]), ctypes.byref(handle))
    library.call("cocreate_profile_add_ranks", handle, ctypes.c_void_p(ranks.ctypes.data), ctypes.c_uint32(2),
                 ctypes.c_size_t(rows.shape[0]), ctypes.c_size_t(rows.shape[1]), None, None)  # fmt: skip
    return Profile(library, handle)


def rank(profile: Profile, method: str, **options: object) -> Callable[[], object]:
    return lambda: profile.rank(method, **options)


def ranking(method: str, **options: object) -> Callable[[Library, Any], Callable[[], object]]:
    return lambda library, rows: rank(of_orders(library, rows), method, **options)


# -- Peers ------------------------------------------------------------------------------------------------------------


def elsim(name: str) -> Callable[[Any], Callable[[], object]]:
    def begin(rows: np.ndarray) -> Callable[[], object]:
        import elsim.methods

        getattr(elsim.methods, name)(rows[:100])  # compiles

        def run() -> object:
            rows[0] = rows[0][::-1]  # it remembers the last election it was asked about
            return getattr(elsim.methods, name)(rows)

        return run

    return begin


def pref_voting(module: str, name: str, **options: object) -> Callable[[Any], Callable[[], object]]:
    def begin(rows: np.ndarray) -> Callable[[], object]:
        import importlib

        from pref_voting.profiles import Profile as Theirs

        profile = Theirs([tuple(map(int, row)) for row in rows])
        method = getattr(importlib.import_module("pref_voting." + module), name)
        return lambda: method(profile, **options)

    return begin


def pref_voting_pairs(rows: np.ndarray) -> Callable[[], object]:
    """Its profile counts the pairs when it is made, in compiled code."""
    from pref_voting.profiles import Profile as Theirs

    rankings = [tuple(map(int, row)) for row in rows]
    Theirs(rankings[:10])  # compiles
    return lambda: Theirs(rankings)


def pref_voting_stv(name: str) -> Callable[[Any], Callable[[], object]]:
    def begin(ballots: list[tuple[int, ...]]) -> Callable[[], object]:
        from pref_voting import proportional_methods
        from pref_voting.profiles_with_ties import ProfileWithTies

        rankings = [{option: place + 1 for place, option in enumerate(ballot)} for ballot in ballots]
        profile = ProfileWithTies(rankings, candidates=list(range(max(map(max, ballots)) + 1)))
        return lambda: getattr(proportional_methods, name)(profile, num_seats=5)

    return begin


def votelib_stv(ballots: list[tuple[int, ...]]) -> Callable[[], object]:
    from collections import Counter

    from votelib.evaluate.sequential import TransferableVoteSelector

    votes = dict(Counter(ballots))
    return lambda: TransferableVoteSelector(quota_function="droop").evaluate(votes, 5)


def abcvoting(rule: str, seats: int) -> Callable[[Any], Callable[[], object]]:
    def begin(ballots: list[list[int]]) -> Callable[[], object]:
        from abcvoting import abcrules
        from abcvoting.preferences import Profile as Theirs

        profile = Theirs(1 + max(map(max, filter(None, ballots))))
        profile.add_voters([ballot for ballot in ballots if ballot])
        return lambda: abcrules.compute(rule, profile, seats, resolute=True)

    return begin


def pabutools_shares(data: bytes) -> Callable[[], object]:
    import tempfile

    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares

    with tempfile.NamedTemporaryFile(suffix=".pb", delete=False) as file:
        file.write(data)

    def run() -> object:
        instance, profile = parse_pabulib(file.name)
        return method_of_equal_shares(instance, profile.as_multiprofile(), sat_class=Cost_Sat)

    return run


# -- Ours, where it is more than one call -----------------------------------------------------------------------------


def of_truncated(method: str) -> Callable[[Library, Any], Callable[[], object]]:
    def begin(library: Library, ballots: list[tuple[int, ...]]) -> Callable[[], object]:
        ids = [str(i) for i in range(max(map(max, ballots)) + 1)]
        return rank(library.build(RANKING, ids, ((ballot, None, 1) for ballot in ballots)), method, seats=5)

    return begin


def of_approvals(method: str, **options: object) -> Callable[[Library, Any], Callable[[], object]]:
    def begin(library: Library, ballots: list[list[int]]) -> Callable[[], object]:
        ids = [str(i) for i in range(max(map(max, filter(None, ballots))) + 1)]
        return rank(library.build(APPROVAL, ids, ((ballot, None, 1) for ballot in ballots)), method, **options)

    return begin


def from_pabulib(library: Library, data: bytes) -> Callable[[], object]:
    return lambda: library.read("pb", data).rank("equal_shares", completion="none")


def pabulib(voters: int, projects: int) -> bytes:
    """A file of Pabulib of that size: costs as they come, a tenth of them within the budget."""
    generator = random.Random(11)
    costs = [generator.randrange(5000, 900000) for _ in range(projects)]
    lines = ["META", "key;value", "description;made up", "country;X", "unit;X", "instance;1",
             f"num_projects;{projects}", f"num_votes;{voters}", f"budget;{sum(costs) // 10}", "vote_type;approval",
             "rule;greedy", "PROJECTS", "project_id;cost"]  # fmt: skip
    lines += [f"{i};{cost}" for i, cost in enumerate(costs, 1)]
    lines += ["VOTES", "voter_id;vote"]
    for i, ballot in enumerate(approvals(voters, projects, 5), 1):
        lines.append(f"{i};" + ",".join(str(option + 1) for option in ballot or [0]))
    return ("\n".join(lines) + "\n").encode()


CASES = [
    Case("pairwise matrix", "elsim", "2 x 17.5 ns a ballot", [(1_000_000, 50), (100_000, 50)], orders, ranking("copeland"), elsim("ranked_election_to_matrix")),
    Case("pairwise matrix, again", "pref_voting", "100 x", [(100_000, 50), (10_000, 50)], orders, ranking("copeland"), pref_voting_pairs),
    Case("Schulze", "pref_voting", "100 x", [(101, 500), (101, 100), (101, 50)], orders, ranking("schulze"), pref_voting("margin_based_methods", "beat_path")),
    Case("ranked pairs", "pref_voting", "100 ms at 500", [(101, 500), (101, 100), (101, 50), (101, 20)], orders, ranking("ranked_pairs"), pref_voting("margin_based_methods", "ranked_pairs")),
    Case("split cycle", "pref_voting", "100 ms at 500", [(101, 500), (101, 100), (101, 50), (101, 20)], orders, ranking("split_cycle"), pref_voting("margin_based_methods", "split_cycle")),
    Case("instant runoff", "elsim", "5 ms", [(100_000, 20)], orders, ranking("irv", ties=["id"]), elsim("irv")),
    Case("instant runoff, again", "pref_voting", "100 x", [(100_000, 20), (10_000, 20)], orders, ranking("irv", ties=["id"]), pref_voting("iterative_methods", "instant_runoff")),
    Case("Coombs", "elsim", "-", [(100_000, 20)], orders, ranking("coombs", ties=["id"]), elsim("coombs")),
    Case("Borda", "elsim", "-", [(100_000, 20)], orders, ranking("borda"), elsim("borda")),
    Case("Kemeny", "pref_voting", "5 ms at 15", [(101, 15), (101, 10), (101, 8)], orders, ranking("kemeny"), pref_voting("other_methods", "kemeny_young")),
    Case("STV, Scottish, 5 seats", "pref_voting", "50 ms", [(100_000, 30), (10_000, 30), (1_000, 30)], truncated, of_truncated("stv_scottish"), pref_voting_stv("stv_scottish")),
    Case("STV, Meek, 5 seats", "pref_voting", "150 ms", [(100_000, 30), (10_000, 30), (1_000, 30)], truncated, of_truncated("stv_meek"), pref_voting_stv("stv_meek")),
    Case("STV, Gregory, 5 seats", "votelib", "50 ms", [(100_000, 30), (10_000, 30), (1_000, 30)], truncated, of_truncated("stv_gregory"), votelib_stv),
    Case("sequential Phragmen, 20 seats", "abcvoting", "50 ms", [(10_000, 200, 20), (1_000, 200, 20)], approvals, of_approvals("phragmen_seq", seats=20), abcvoting("seqphragmen", 20)),
    Case("sequential PAV, 20 seats", "abcvoting", "50 ms", [(10_000, 200, 20), (1_000, 200, 20)], approvals, of_approvals("pav", seats=20), abcvoting("seqpav", 20)),
    Case("equal shares, 20 seats", "abcvoting", "50 ms", [(10_000, 200, 20), (1_000, 200, 20)], approvals, of_approvals("equal_shares", seats=20), abcvoting("equal-shares", 20)),
    Case("equal shares, budget, file read", "pabutools", "400 ms", [(90_494, 160), (10_000, 160)], pabulib, from_pabulib, pabutools_shares),
]  # fmt: skip


# -- Measuring --------------------------------------------------------------------------------------------------------


def best(run: Callable[[], object], runs: int) -> float:
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        run()
        least = min(least, time.process_time() - start)
    return least


def in_child(work: Callable[[], float], limit: int) -> float | str:
    """The figure that `work` gives in a process of its own, or why there is none."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        try:
            text = repr(work())
        except Exception as error:  # noqa: BLE001 - a peer may fail in any way, which the table tells
            text = f"{type(error).__name__}: {error}"
        os.write(write, text.encode()[:200])
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answers:
        text = answers.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "over the limit" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else f"signal {os.WTERMSIG(status)}"
    try:
        return float(text)
    except ValueError:
        return text or "no answer"


def measure_peer(case: Case, data: Any) -> float:
    run = case.peer(data)
    took = best(run, 1)
    return min(took, best(run, 2)) if took < SHORT else took


def measure(library: Library, case: Case, limit: int) -> str:
    why = ""
    for size in case.sizes:
        data = case.make(*size)
        run = case.ours(library, data)
        ours = best(run, 1)
        ours = min(ours, best(run, 9 if ours < SHORT else 1))
        peer = in_child(lambda data=data: measure_peer(case, data), limit)
        work = f"{case.name}, {' x '.join(f'{n:,}' for n in size)}{why}"
        if isinstance(peer, float):
            return f"| {work} | {ours * 1e3:.2f} | {case.peer_name} | {peer:.3f} | {peer / ours:,.0f} | {case.goal} |"
        line = f"| {work} | {ours * 1e3:.2f} | {case.peer_name} | {peer} | - | {case.goal} |"
        print(line, flush=True)
        why = " (smaller for both)"
    return ""


def machine() -> str:
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "") if sys.platform == "linux" else ""
    return f"{model or platform.processor()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", help="libcocreate.so, built for speed")
    parser.add_argument("--limit", type=int, default=60, help="CPU seconds that a peer has, its profile included")
    parser.add_argument("cases", nargs="*", help="only cases whose name begins like one of these")
    arguments = parser.parse_args()
    library = Library(arguments.library)
    print(machine(), flush=True)
    print("| work | ours, CPU ms | peer | peer, CPU s | times | goal |\n| --- | ---: | --- | ---: | ---: | --- |", flush=True)
    for case in CASES:
        if not arguments.cases or case.name.startswith(tuple(arguments.cases)):
            line = measure(library, case, arguments.limit)
            if line:
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
