"""What every command has: errors in one line, progress, one document or a table."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import Progress

import cocreate
from cocreate import _tables, errors

REFUSED, BAD_INPUT = 1, 2

# What a rule says no to, and what does not verify; the rest is bad input.
_REFUSALS = (
    errors.RefusedError,
    errors.NotAllowedError,
    errors.ConflictError,
    errors.TimeOrderError,
    errors.VerifyError,
    errors.TieError,
    errors.UnboundedError,
    errors.BusyError,
    errors.StorageError,
)


def leave(place: str, text: str, status: int) -> NoReturn:
    """One line on standard error, and out."""
    one_line = " ".join(text.split("\n")).removeprefix(f"{place}: ")
    click.echo(f"cocreate: {place}: {one_line}" if place else f"cocreate: {one_line}", err=True)
    sys.exit(status)


@contextmanager
def about(place: str | Path = "", lines: bool = False) -> Iterator[None]:
    """Turn errors into one line and an exit status. With `lines`, `where` is a line of the file."""
    try:
        yield
    except errors.Error as error:
        spot = f"{place}:{error.where}" if lines and error.where else str(place)
        leave(spot, error.text, REFUSED if isinstance(error, _REFUSALS) else BAD_INPUT)
    except UnicodeError:
        leave(str(place), "not UTF-8", BAD_INPUT)
    except OSError as error:
        leave(str(place) or str(error.filename), (error.strerror or str(error)).lower(), BAD_INPUT)
    except (ValueError, TypeError, OverflowError) as error:
        leave(str(place), str(error), BAD_INPUT)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error once work has taken half a second; nothing where that is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    bar = Progress(console=console, transient=True)
    task = bar.add_task(label, total=None)
    patience = time.monotonic() + 0.5

    def report(done: int, total: int) -> None:
        if not bar.live.is_started and time.monotonic() > patience:
            bar.start()
        bar.update(task, completed=done, total=total or None)

    try:
        yield report
    finally:
        bar.stop()


def output(format: str | None, value: Any, table: Callable[[Console], None]) -> None:
    """One JSON document, or a table for people."""
    if format is None:
        format = "table" if sys.stdout.isatty() else "json"
    if format == "json":
        click.echo(json.dumps(value, indent=2, ensure_ascii=False))
    else:
        table(_tables.console())


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that every command takes."""
    return click.option(
        "--format",
        "format",
        type=click.Choice(["table", "json"]),
        help="Default: table on a terminal, else json.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(cocreate.__version__, prog_name="cocreate")
def cli() -> None:
    """Co-creation campaigns that explain and prove their results.

    Exit status: 0 done, 1 refused or not verified, 2 usage or bad input.
    """
