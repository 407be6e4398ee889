#!/usr/bin/env python3
"""Measures rewards of the library and of its peers on the same work in one run: the time, and the money that is lost.

    python3 -m venv V && V/bin/pip install numpy pandas py-moneyed shapley-value
    npm install --prefix N dinero.js
    V/bin/python tests/bench/rewards_peers.py lib/libcocreate.so [--node N] [--quick]

Times are of CPU, the best of three runs, of a peer that takes more than a second of one. "lost" is the pot less what
the parts of a peer sum to, in cents: positive was paid to nobody, negative was paid without being there. "moved" is how
many parts change when the list of recipients is turned round, which should be none. Every result of the library is
checked to sum to the pot and to stay where it is.

pandas, floats and Decimal are used as a program uses them that was not written for money; dinero.js and py-moneyed were.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np

POT = 1_000_000_00  # a million in cents

NODE = """
import { readFileSync } from "node:fs";
import { dinero, allocate, toSnapshot, EUR } from "dinero.js";
const { pot, weights } = JSON.parse(readFileSync(process.argv[2]));
const run = () => {
  const start = process.cpuUsage();
  const parts = allocate(dinero({ amount: pot, currency: EUR }), weights);
  const used = process.cpuUsage(start);
  return [parts, (used.user + used.system) / 1e6];
};
let [parts, best] = run();
if (best < 1) best = Math.min(best, run()[1], run()[1]);
console.log(JSON.stringify({ seconds: best, parts: parts.map((part) => toSnapshot(part).amount) }));
"""


class Library:
    """The shared library; arrays go in and come out."""

    def __init__(self, path: str) -> None:
        self.lib = ctypes.CDLL(path)

    def split(self, weights: np.ndarray) -> np.ndarray:
        shares, returned = np.zeros(len(weights), np.int64), ctypes.c_int64()
        self.must(self.lib.cocreate_split(ctypes.c_int64(POT), pointer(weights), ctypes.c_size_t(len(weights)), None,
                                          pointer(shares), ctypes.byref(returned), None))  # fmt: skip
        return shares

    def match(self, gifts: Gifts) -> np.ndarray:
        matches, returned = np.zeros(gifts.n_projects, np.int64), ctypes.c_int64()
        sizes = (ctypes.c_size_t(n) for n in (len(gifts.donors), gifts.n_donors, gifts.n_projects))
        self.must(self.lib.cocreate_quadratic_funding(
            pointer(gifts.donors), pointer(gifts.projects), pointer(gifts.amounts), *sizes, ctypes.c_int64(POT), None,
            pointer(matches), ctypes.byref(returned), None))  # fmt: skip
        return matches

    def shapley(self, values: np.ndarray) -> np.ndarray:
        n = len(values).bit_length() - 1
        numerators, denominator = np.zeros(n, np.int64), ctypes.c_int64()
        self.must(self.lib.cocreate_shapley(pointer(values), ctypes.c_size_t(n), pointer(numerators),
                                            ctypes.byref(denominator), None))  # fmt: skip
        return self.split(numerators)

    def must(self, status: int) -> None:
        if status != 0:
            sys.exit(f"the library refuses: status {status}")


def pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


class Gifts:
    """Gifts of up to 1,000.00 of random donors to random projects."""

    def __init__(self, n: int, n_projects: int) -> None:
        generator = np.random.default_rng(4)
        self.n_donors, self.n_projects = n // 10 + 1, n_projects
        self.donors = generator.integers(self.n_donors, size=n, dtype=np.uint32)
        self.projects = generator.integers(n_projects, size=n, dtype=np.uint32)
        self.amounts = generator.integers(1, 100_001, size=n, dtype=np.int64)


def best(run: Callable[[], Any]) -> tuple[Any, float]:
    """The answer and the CPU seconds."""
    least = None
    for _ in range(3):
        start = time.process_time()
        answer = run()
        used = time.process_time() - start
        least = used if least is None else min(least, used)
        if used > 1:
            break
    assert least is not None
    return answer, least


# -- Splits -----------------------------------------------------------------------------------------------------------


def pandas_split(weights: np.ndarray) -> Callable[[], np.ndarray]:
    import pandas

    table = pandas.DataFrame({"weight": weights})
    return lambda: (POT / 100 * table["weight"] / table["weight"].sum()).round(2).to_numpy()


def decimal_split(weights: np.ndarray) -> Callable[[], list[Decimal]]:
    listed, pot, cent = [Decimal(int(w)) for w in weights], Decimal(POT) / 100, Decimal("0.01")

    def run() -> list[Decimal]:
        total = sum(listed)
        return [(pot * w / total).quantize(cent, ROUND_HALF_UP) for w in listed]

    return run


def moneyed_split(weights: np.ndarray) -> Callable[[], list[Decimal]]:
    from moneyed import EUR, Money

    listed, pot = [int(w) for w in weights], Money(Decimal(POT) / 100, EUR)

    def run() -> list[Decimal]:
        total = sum(listed)
        return [(pot * w / total).round(2).amount for w in listed]

    return run


def dinero_split(folder: str | None) -> Callable[[np.ndarray], tuple[np.ndarray, float]]:
    node = shutil.which("node")
    if node is None:
        raise ImportError("node is not installed")
    if folder is None or not Path(folder, "node_modules/dinero.js").is_dir():
        raise ImportError("dinero.js is not in the folder of --node (npm install --prefix N dinero.js)")

    def run(weights: np.ndarray) -> tuple[np.ndarray, float]:
        with tempfile.TemporaryDirectory(dir=folder) as work:
            script, data = Path(work, "split.mjs"), Path(work, "data.json")
            script.write_text(NODE, encoding="utf-8")
            data.write_text(json.dumps({"pot": POT, "weights": weights.tolist()}), encoding="utf-8")
            done = subprocess.run([node, "--stack-size=8000", script, data], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(next((line for line in done.stderr.splitlines() if "Error" in line), "node failed"))
        answer = json.loads(done.stdout)
        return np.array(answer["parts"], np.int64), answer["seconds"]

    return run


# -- Quadratic funding ------------------------------------------------------------------------------------------------


def pandas_match(gifts: Gifts) -> Callable[[], np.ndarray]:
    import pandas

    table = pandas.DataFrame({"donor": gifts.donors, "project": gifts.projects, "amount": gifts.amounts / 100})

    def run() -> np.ndarray:
        given = table.groupby(["project", "donor"])["amount"].sum()
        roots = (given**0.5).groupby("project").sum() ** 2 - given.groupby("project").sum()
        return (roots * (POT / 100 / roots.sum())).round(2).to_numpy()

    return run


def dictionary_match(gifts: Gifts) -> Callable[[], list[float]]:
    """Dictionaries and floats, as the calculators of grant rounds are written."""
    listed = list(zip(gifts.donors.tolist(), gifts.projects.tolist(), (gifts.amounts / 100).tolist(), strict=True))

    def run() -> list[float]:
        given: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for donor, project, amount in listed:
            given[project][donor] += amount
        ideal = {project: sum(amount**0.5 for amount in donors.values()) ** 2 - sum(donors.values())
                 for project, donors in given.items()}  # fmt: skip
        scale = POT / 100 / sum(ideal.values())
        return [round(match * scale, 2) for match in ideal.values()]

    return run


# -- Shapley value ----------------------------------------------------------------------------------------------------


def worths(n: int) -> np.ndarray:
    """Of coalitions: cents, larger sets tend to be worth more."""
    generator = np.random.default_rng(4)
    sizes = np.array([set_.bit_count() for set_ in range(1 << n)], np.int64)
    values = sizes * 100_000 + generator.integers(0, 100_000, size=1 << n)
    values[0] = 0
    return values


def package_shapley(values: np.ndarray) -> Callable[[], list[float]]:
    from shapley_value import ShapleyCombinations

    n = len(values).bit_length() - 1
    named = {tuple(i for i in range(n) if s >> i & 1): float(values[s]) for s in range(len(values))}

    def run() -> list[float]:
        phi = ShapleyCombinations(list(range(n))).calculate_shapley_values(named)
        total = sum(phi.values())
        return [round(POT / 100 * value / total, 2) for value in phi.values()]

    return run


# -- Report -----------------------------------------------------------------------------------------------------------


def cents(parts: Any) -> np.ndarray:
    """Parts in major units as cents: what was printed is what is paid."""
    return np.array([round(float(part) * 100) for part in parts], np.int64)


def line(work: str, ours: float, peer: str, theirs: float, lost: int, moved: int | None) -> None:
    told = "" if moved is None else str(moved)
    print(f"{work:<42} {ours * 1e3:>10.2f} {peer:<18} {theirs * 1e3:>12.1f} {theirs / ours:>8.1f} {lost:>8} {told:>8}", flush=True)


def skip(work: str, peer: str, why: object) -> None:
    print(f"{work:<42} {'':>10} {peer:<18} skipped: {why}", flush=True)


def splits(library: Library, n: int, node: str | None) -> None:
    weights = np.random.default_rng(4).integers(1, 1 << 20, size=n, dtype=np.int64)
    work = f"split among {n:,}"
    ours, seconds = best(lambda: library.split(weights))
    assert ours.sum() == POT
    for name, make in (("pandas", pandas_split), ("Decimal", decimal_split), ("py-moneyed", moneyed_split)):
        try:
            parts, theirs = best(make(weights))
        except ImportError as error:
            skip(work, name, error)
            continue
        # Each part depends on its weight and the sum alone: turned round it is the same.
        line(work, seconds, name, theirs, int(POT - cents(parts).sum()), 0)
    try:
        run = dinero_split(node)
        parts, theirs = run(weights)
        moved = int((run(weights[::-1].copy())[0][::-1] != parts).sum())
        line(work, seconds, "dinero.js", theirs, int(POT - parts.sum()), moved)
    except (ImportError, RuntimeError) as error:
        skip(work, "dinero.js", error)


def matches(library: Library, n: int, n_projects: int) -> None:
    gifts = Gifts(n, n_projects)
    work = f"quadratic funding, {n:,} gifts, {n_projects:,}"
    ours, seconds = best(lambda: library.match(gifts))
    assert ours.sum() == POT
    for name, make in (("pandas", pandas_match), ("dictionaries", dictionary_match)):
        try:
            parts, theirs = best(make(gifts))
        except ImportError as error:
            skip(work, name, error)
            continue
        line(work, seconds, name, theirs, int(POT - cents(parts).sum()), None)


def values(library: Library, n: int, peer: bool) -> None:
    worth = worths(n)
    work = f"Shapley value, {n} players, and a split"
    ours, seconds = best(lambda: library.shapley(worth))
    assert ours.sum() == POT
    if not peer:
        print(f"{work:<42} {seconds * 1e3:>10.2f}", flush=True)
        return
    try:
        parts, theirs = best(package_shapley(worth))
    except ImportError as error:
        skip(work, "shapley-value", error)
        return
    line(work, seconds, "shapley-value", theirs, int(POT - cents(parts).sum()), None)


def version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"no {package}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library")
    parser.add_argument("--node", metavar="N", help="where npm installed dinero.js")
    parser.add_argument("--quick", action="store_true", help="small work only")
    arguments = parser.parse_args()
    library = Library(arguments.library)
    packages = ", ".join(map(version, ("numpy", "pandas", "py-moneyed", "shapley-value")))
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {packages}")
    print(f"{'work':<42} {'ours, ms':>10} {'peer':<18} {'peer, ms':>12} {'times':>8} {'lost':>8} {'moved':>8}")
    for n in (3, 1_000, 10_000) if arguments.quick else (3, 1_000, 100_000, 1_000_000):
        splits(library, n, arguments.node)
    for n, n_projects in ((10_000, 100),) if arguments.quick else ((10_000, 100), (1_000_000, 10_000)):
        matches(library, n, n_projects)
    values(library, 10, True)
    if not arguments.quick:
        values(library, 14, True)
        values(library, 20, False)


if __name__ == "__main__":
    main()
