"""Three campaigns from brief to money, each verified afterwards; then one cent is changed and found.

usage: demo.py [FOLDER]     where the stores are kept; default: build/demo
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import sys
from pathlib import Path

import citizens_budget
import netflix_prize
import threadless_week
from story import command, must, say, table, title


def tamper(store: Path) -> Path:
    """A copy in which one award is a cent larger."""
    copy = store.with_name("tampered.store")
    for leftover in copy.parent.glob("tampered.store*"):
        leftover.unlink()
    shutil.copy(store, copy)
    with contextlib.closing(sqlite3.connect(copy)) as database, database:
        changed = database.execute(
            "UPDATE row SET data = CAST(replace(CAST(data AS TEXT), '100000000', '100000001') AS BLOB)"
            " WHERE instr(CAST(data AS TEXT), '\"amount\":\"1000000.00\"') > 0"
        ).rowcount
    must(changed == 1, f"{changed} rows were changed, not 1")
    return copy


def verify(stores: list[Path]) -> None:
    """`cocreate verify` on every store, then on a copy that was tampered with."""
    title("Verify: replay every log, recompute every place and cent")
    rows = []
    for store in stores:
        status, printed = command("verify", str(store), "--format", "json")
        must(status == 0, printed)
        counts = json.loads(printed)
        rows.append((store.name, *(counts[name] for name in ("events", "ballots", "results", "awards")), counts["root"][:16]))
    table("store", ">events", ">ballots", ">results", ">awards", "root of the log", rows=rows)
    copy = tamper(stores[1])
    say("One cent more for the winner, written into a copy with sqlite3:")
    status, printed = command("verify", str(copy))
    say(f"  $ cocreate verify {copy.name}")
    say("  " + printed.replace(str(copy), copy.name))
    must(status == 1, f"the tampered copy left status {status}, not 1")
    say(f"  exit status {status}: caught.")


def main() -> None:
    """The whole story."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    folder.mkdir(parents=True, exist_ok=True)
    stores = [part.tell(folder) for part in (citizens_budget, netflix_prize, threadless_week)]
    verify(stores)
    title("In short")
    say(
        "A real vote funded what the city funded; a real contest was won by twenty minutes; a week of scores gave "
        "two prints and four awards. Three logs verified, one changed cent found. Look further:"
    )
    say(f"  .venv/bin/cocreate show {stores[0]} witomino")
    say(f"  .venv/bin/cocreate explain {stores[1]} bellkor-final")


if __name__ == "__main__":
    main()
