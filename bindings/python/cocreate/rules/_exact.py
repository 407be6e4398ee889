"""Exact numbers as JSON holds them, and a rule made of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

__all__ = ["Amount", "Number", "Rule", "given", "major", "plain", "rule_of"]

#: Money: major units of the scheme's currency.
Amount = str | int | Decimal
#: An exact number.
Number = str | int | Decimal | Fraction
#: A rule of a scheme, as JSON holds it.
Rule = dict[str, Any]


def plain(value: Any) -> Any:
    """JSON of exact numbers and of what holds them."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float, which is not exact: use a string, a Decimal or a Fraction")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return given(value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def given(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are not None."""
    return {name: plain(value) for name, value in members.items() if value is not None}


def major(value: Any) -> Any:
    """Money as the string that JSON has; an integer is of major units."""
    if isinstance(value, (list, tuple)):
        return [major(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else plain(value)


def rule_of(kind: str, id: str, **parameters: Any) -> Rule:
    """A rule with the parameters that are given."""
    return {"id": id, "kind": kind, **given(parameters)}
