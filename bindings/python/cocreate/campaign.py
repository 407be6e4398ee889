"""Briefs and presets: what a campaign is, before it runs. `cocreate.Store` runs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cocreate import _lowlevel
from cocreate.base import document
from cocreate.errors import NotFoundError

__all__ = ["Preset", "check_brief", "commands", "mode", "preset", "presets", "reports", "schema"]


@dataclass(frozen=True)
class Preset:
    """A real campaign as a brief."""

    #: As in {"do": "campaign.create", "preset": NAME}.
    name: str
    title: str
    brief: dict[str, Any]


def presets() -> list[Preset]:
    """All presets.

    Examples
    --------
    >>> [preset.name for preset in presets()][:3]
    ['advego_order', 'design99', 'feedback_prizes']
    """
    rows = (_lowlevel.cocreate_preset_at(i) for i in range(_lowlevel.cocreate_preset_count()))
    return [Preset(name, title, json.loads(brief)) for name, title, brief in rows]


def preset(name: str) -> Preset:
    """The preset of this name.

    Raises
    ------
    cocreate.errors.NotFoundError
        If there is none.

    Examples
    --------
    >>> preset("netflix_prize").brief["title"]
    'Netflix Prize'
    """
    for row in presets():
        if row.name == name:
            return row
    raise NotFoundError(f"no preset {name!r}; there are {', '.join(row.name for row in presets())}")


def check_brief(brief: Any) -> dict[str, Any]:
    """Check a brief without a store; the brief with every default filled in.

    Parameters
    ----------
    brief : str, bytes or dict
        JSON, schema "cocreate.brief/1".

    Raises
    ------
    cocreate.errors.SchemaError
        The text begins with the JSON path.

    Examples
    --------
    >>> check_brief(preset("netflix_prize").brief)["mode"]
    'submitting'
    """
    value: dict[str, Any] = json.loads(_lowlevel.cocreate_brief_check(document(brief)))
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a brief.

    Examples
    --------
    >>> schema()["title"]
    'Brief of a co-creation campaign'
    """
    value: dict[str, Any] = json.loads(_lowlevel.cocreate_brief_schema())
    return value


def mode(control: str, lead: str) -> str | None:
    """The mode of a campaign by who controls what, or None for other words.

    Parameters
    ----------
    control : {"fixed", "open"}
        Customer control of the contribution.
    lead : {"firm", "customer"}
        Who leads the selection.

    Notes
    -----
    O'Hern & Rindfleisch, Customer Co-Creation, Review of Marketing Research 6 (2010).

    Examples
    --------
    >>> mode("open", "firm")
    'tinkering'
    """
    return _lowlevel.cocreate_mode(control, lead)


def commands() -> list[dict[str, Any]]:
    """The commands that `Store.execute` takes: {"do", "title", "parameters"}.

    Examples
    --------
    >>> "ballot.cast" in {command["do"] for command in commands()}
    True
    """
    rows: list[dict[str, Any]] = json.loads(_lowlevel.cocreate_commands())
    return rows


def reports() -> dict[str, str]:
    """The reports that `Store.report` knows: {name: title}.

    Examples
    --------
    >>> reports()["funnel"]
    'from submissions to what was implemented'
    """
    return dict(_lowlevel.cocreate_report_at(i) for i in range(_lowlevel.cocreate_report_count()))
