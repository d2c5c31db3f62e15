"""Trends of one wording over months, with a p-chart from 20 months on (NIST/SEMATECH e-Handbook, 6.3.3.2)."""

from __future__ import annotations

import math
from typing import Any

from scipy.stats import binom

from intervals import LEAST, wilson
from judging import Item
from units import units_of

SUBGROUPS = 20
Wordings = dict[tuple[str, str], list[Item]]


def by_wording(items: list[Item]) -> Wordings:
    """Judged items by `ID@STAMP`."""
    found: Wordings = {}
    for item in items:
        if item.judged:
            found.setdefault((item.wording.id, item.wording.stamp), []).append(item)
    return found


def rate(items: list[Item]) -> dict[str, Any]:
    """A wording's own rate: its observations pooled over records."""
    passed, observations = sum(item.passed for item in items), sum(item.observations for item in items)
    return {"passed": passed, "observations": observations, "rate": passed / observations, "interval": wilson(passed, observations)}


def trend(items: list[Item]) -> dict[str, Any]:
    """A wording's observations and units month by month."""
    months: dict[str, list[int]] = {}
    for item in items:
        seen = months.setdefault(item.record.day[:7], [0, 0])
        seen[0] += item.passed
        seen[1] += item.observations
    points = []
    for month, (passed, n) in sorted(months.items()):
        units = units_of(item for item in items if item.record.day[:7] == month)
        met, judged = sum(unit.outcome == "met" for unit in units), sum(unit.judged for unit in units)
        points.append({"period": month, "passed": passed, "n": n, "met": met, "judged": judged})
    return {"points": points, "chart": chart(points) if len(points) >= SUBGROUPS else None}


def chart(points: list[dict[str, Any]]) -> dict[str, Any]:
    """Centre and limits at three standard deviations, kept between 0 and 1; outside, only months with enough observed."""
    centre = sum(point["passed"] for point in points) / sum(point["n"] for point in points)
    limits = []
    for point in points:
        reach = 3 * math.sqrt(centre * (1 - centre) / point["n"])
        limits.append([max(0.0, centre - reach), min(1.0, centre + reach)])
    outside = [
        point["period"] for point, (low, high) in zip(points, limits)
        if point["n"] >= LEAST and not low <= point["passed"] / point["n"] <= high
    ]
    by_chance = sum(leaves(point["n"], centre, *within) for point, within in zip(points, limits) if point["n"] >= LEAST)
    return {"centre": centre, "limits": limits, "outside": outside, "by_chance": by_chance}


def leaves(n: int, share: float, low: float, high: float) -> float:
    """How likely a share of n observations lies outside limits by chance."""
    counts = [k for k in range(n + 1) if not low - 1e-12 <= k / n <= high + 1e-12]
    return float(sum(binom.pmf(k, n, share) for k in counts))
