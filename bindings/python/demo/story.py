"""What the three parts of the demo have in common: a console, a store to begin with, checks that must hold."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import cocreate
from cocreate import _tables
from rich.table import Table

console = _tables.console()

SECOND = 1_000_000
DAY = 86_400 * SECOND


def title(text: str) -> None:
    """A headline."""
    console.print()
    _tables.say(console, text, "bold")
    _tables.say(console, "=" * len(text))


def say(text: str) -> None:
    """A paragraph."""
    _tables.say(console, text)


def table(*columns: str, rows: list[tuple[Any, ...]]) -> None:
    """A small table."""
    grid: Table = _tables.grid(*columns)
    for row in rows:
        _tables.row(grid, *row)
    console.print()
    console.print(grid)
    console.print()


def fresh(folder: Path, name: str) -> cocreate.Store:
    """A new store in a file."""
    for leftover in folder.glob(f"{name}.store*"):
        leftover.unlink()
    return cocreate.Store(folder / f"{name}.store")


def must(holds: bool, what: str) -> None:
    """The demo ends badly where the story is not true."""
    if not holds:
        sys.exit(f"demo: {what}")


def command(*arguments: str) -> tuple[int, str]:
    """Run `cocreate` as a user would; its status and what it printed."""
    program = shutil.which("cocreate", path=str(Path(sys.executable).parent))
    must(program is not None, "`cocreate` is not installed beside this Python")
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()
