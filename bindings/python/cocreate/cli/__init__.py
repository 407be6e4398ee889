"""The command line: a thin face of the library that decides nothing itself. docs/reference/cli.md describes it."""

from __future__ import annotations

import sys

import click

from cocreate.cli import evidence, rewards, stores  # noqa: F401  (their commands)
from cocreate.cli._frame import BAD_INPUT, REFUSED, cli, leave

__all__ = ["cli", "main"]


def main() -> None:
    """What the command `cocreate` runs."""
    try:
        cli.main(standalone_mode=False, prog_name="cocreate")
    except click.ClickException as error:
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):  # a page, no error of one line
            click.echo(error.format_message(), err=True)
            sys.exit(BAD_INPUT)
        leave("", error.format_message(), BAD_INPUT)
    except click.Abort:
        leave("", "interrupted", REFUSED)
    except BrokenPipeError:
        sys.exit(0)
