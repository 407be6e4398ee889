"""Writes elections with their expected answers, one JSON object a line: run.py MODULE SEED N."""

from __future__ import annotations

import importlib
import json
import random
import sys

from common import count, draw


def main() -> None:
    module, seed, n = importlib.import_module(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    for _ in range(n):
        election = draw(rng, module)
        election["expected"] = count(module, election)
        print(json.dumps(election, separators=(",", ":")))


if __name__ == "__main__":
    main()
