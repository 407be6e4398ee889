"""A story: what people do in a campaign, one command a line, and what must come of it.

Times move forward only. What is expected is worked out in the story, from the figures of its source, and never
taken from what the library said.
"""

from __future__ import annotations

import datetime
import json
import pathlib
from collections.abc import Iterable
from typing import Any

FOLDER = pathlib.Path(__file__).resolve().parent.parent
US = 1_000_000
HOUR, DAY = 3600 * US, 86400 * US


def instant(text: str) -> int:
    """Microseconds of "2007-05-01" or "2009-07-26T18:18:28"."""
    time = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)
    return int((time - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) / datetime.timedelta(microseconds=1))


class Story:
    """Commands in order, and expectations."""

    def __init__(self, name: str, source: str, begins: str) -> None:
        self.name, self.source = name, source
        self.now = instant(begins)
        self.campaign = name.replace("_", "-")
        self.commands: list[dict[str, Any]] = []
        self.expected: dict[str, Any] = {}

    def on(self, text: str) -> None:
        """It is now this time, or later already."""
        self.now = max(self.now, instant(text))

    def wait(self, microseconds: int) -> None:
        self.now += microseconds

    def do(self, actor: str, command: str, **members: Any) -> None:
        """One command, of the campaign of the story unless it names another or is about people."""
        line: dict[str, Any] = {"at": self.now, "actor": actor, "do": command}
        if not command.startswith("participant.") and command != "tick":
            line["campaign"] = self.campaign
        line.update(members)
        self.commands.append(line)

    def people(self, side: str, ids: Iterable[str], **members: Any) -> None:
        for person in ids:
            self.do("host", "participant.put", participant=person, side=side, **members)

    def begin(self, firm: str, preset: str | None = None, **override: Any) -> None:
        """Create the campaign from the preset, and publish it."""
        more = {"override": override} if override else {}
        self.do(firm, "campaign.create", preset=preset or self.name, **more)
        self.do(firm, "campaign.publish")

    def tick(self) -> None:
        self.do("host", "tick")

    def expect(self, campaign: str | None = None, **shown: Any) -> None:
        """What `show` must contain, member for member."""
        self.expected.setdefault(campaign or self.campaign, {}).update(shown)

    def balances(self, currency: str, campaign: str | None = None, **accounts: int) -> None:
        """Balances in minor units; "__" in a name stands for ":"."""
        rows = self.expected.setdefault(campaign or self.campaign, {}).setdefault("balances", [])
        rows += [{"account": name.replace("__", ":"), "currency": currency, "minor": minor}
                 for name, minor in accounts.items()]

    def award(self, reward: str, rule: str, to: str, campaign: str | None = None, **members: Any) -> None:
        """An award to somebody, with these members."""
        rows = self.expected.setdefault(campaign or self.campaign, {}).setdefault("awards", [])
        rows.append({"reward": reward, "rule": rule, "to": to, **members})

    def files(self) -> dict[pathlib.Path, str]:
        """The two files of the story, as they should be."""
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.commands)
        expected = json.dumps({"source": self.source, "campaigns": self.expected}, ensure_ascii=False, indent=1)
        return {FOLDER / f"{self.name}.jsonl": lines, FOLDER / f"{self.name}.expected.json": expected + "\n"}
