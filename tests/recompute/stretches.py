"""Stretches of time that are compared: a period and the one before it, or the halves of what there is."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import comparisons
from judging import Item
from units import units_of
from wanted import Wanted, between


def before(first: str, last: str) -> tuple[str, str]:
    """The period before one, which is as long and ends the day before: as many months of whole months, else as many days."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if months > 0 and after.day == start.day:
        count = start.year * 12 + start.month - 1 - months
        length = calendar.monthrange(count // 12, count % 12 + 1)[1]
        return str(date(count // 12, count % 12 + 1, min(start.day, length))), str(start - timedelta(days=1))
    return str(start - (end - start) - timedelta(days=1)), str(start - timedelta(days=1))


def period_before(items: list[Item], everything: list[Item], wanted: Wanted) -> list[dict[str, Any]]:
    """The comparison with the period before."""
    assert wanted.first and wanted.last
    start, end = before(wanted.first, wanted.last)
    earlier = units_of(between(everything, start, end))
    one = comparisons.compare("period", (f"{wanted.first}/{wanted.last}", units_of(items)), (f"{start}/{end}", earlier))
    return [one] if one else []


def calendar_months(items: list[Item]) -> list[str]:
    """The months from the first to the last, those without records too."""
    days = [item.record.day for item in items]
    first, last = ((int(day[:4]) * 12 + int(day[5:7]) - 1) for day in (min(days), max(days))) if days else (0, -1)
    return [f"{count // 12:04}-{count % 12 + 1:02}" for count in range(first, last + 1)]


def before_and_now(items: list[Item], wanted: Wanted) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The stretches of time of which changes are told: the period and the one before it, else the halves of the months."""
    if wanted.first and wanted.last:
        return before(wanted.first, wanted.last), (wanted.first, wanted.last)
    months = calendar_months(items)
    half = len(months) // 2
    return ((months[0], months[half - 1]), (months[half], months[-1])) if half else None


def changed(items: list[Item], everything: list[Item], wanted: Wanted) -> dict[str, Any]:
    """What became of each wording."""
    stretches = before_and_now(items, wanted)
    if stretches is None:
        return {"compared": None, "changes": []}
    earlier, later = (units_of(between(everything, first, last + "~")) for first, last in stretches)
    return {
        "compared": {"before": list(stretches[0]), "now": list(stretches[1])}, "changes": comparisons.changes(earlier, later),
    }
