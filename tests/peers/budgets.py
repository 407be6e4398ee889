"""Participatory budgets of Pabulib, as pabutools answered them with exact fractions."""

from __future__ import annotations

import json
import re
from pathlib import Path

from library import Library, Profile, Refused
from report import Report

TITLE = "Pabulib budgets: pabutools 1.2.3"
SATISFACTION = {"Cost_Sat": "cost", "Cardinality_Sat": "cardinality", "Additive_Cardinal_Sat": "cardinality",
                "Additive_Borda_Sat": "cardinality"}  # fmt: skip


def rule_of(name: str) -> tuple[str, dict]:
    """Our method and options for a rule of pabutools."""
    words = re.findall(r"[A-Za-z_]+_Sat", name)
    options: dict[str, object] = {"satisfaction": SATISFACTION[words[0]]} if words else {}
    increment = re.search(r"voter_budget_increment=(\d+)", name)
    if name.startswith("completion"):
        return "equal_shares", {**options, "completion": "greedy"}
    if name.startswith("mes"):
        if increment:
            return "equal_shares", {**options, "completion": "add1", "increment": int(increment[1])}
        return "equal_shares", {**options, "completion": "none"}
    return {"greedy": "greedy", "max_welfare": "max_welfare", "sequential_phragmen": "phragmen_seq",
            "maximin_support": "maximin_support"}[name.split()[0]], options  # fmt: skip


def welfare(profile: Profile, selected: set[str], options: dict) -> int:
    """Satisfaction of all voters with a selection, from the votes of a greedy run."""
    offers = profile.rank("greedy", **options)["trace"]["offers"]
    worth = {o["option"]: int(o["votes"]) * (1 if options["satisfaction"] != "cost" else int(o["cost"])) for o in offers}
    return sum(worth[o] for o in selected)


def run(library: Library, shared: Path) -> Report:
    report = Report(TITLE)
    for path in sorted((shared / "expected" / "pb").glob("*.json")):
        answers = json.loads(path.read_text())
        file = next(f for f in sorted((shared / "pabulib").rglob(answers["file"])) if f.is_file())
        profile = library.read("pb", file.read_bytes())
        for row in answers["results"]:
            method, options = rule_of(row["method"])
            case = f"{answers['file']} {row['method']}"
            try:
                ours = set(profile.rank(method, **options)["winners"])
            except Refused as why:
                report.differ(method, "pabutools", case, why.text, len(row["selected"]), None)
                continue
            theirs = set(row["selected"])
            if method == "max_welfare" and ours != theirs:
                ours, theirs = welfare(profile, ours, options), welfare(profile, theirs, options)
            report.compare(method, "pabutools", case, ours, theirs)
    return report
