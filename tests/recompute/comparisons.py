"""Comparisons: which groups can be told apart, all comparisons considered."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from statsmodels.stats.multitest import multipletests

from intervals import LEAST, fisher, newcombe
from units import Unit

Named = tuple[str, list[Unit]]


def counts(units: list[Unit]) -> tuple[int, int]:
    """Units met, and units judged."""
    return sum(unit.outcome == "met" for unit in units), sum(unit.judged for unit in units)


def by_wording(units: list[Unit]) -> dict[tuple[str, str], list[Unit]]:
    """Judged units by `ID@STAMP`."""
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        if unit.judged:
            found.setdefault((unit.wording.id, unit.wording.stamp), []).append(unit)
    return found


def within_one_wording(a: list[Unit], b: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Of two periods, what both judged: a comparison of periods stands only within one `ID@STAMP` (page 9)."""
    left, right = by_wording(a), by_wording(b)
    both = left.keys() & right.keys()
    return [unit for key in both for unit in left[key]], [unit for key in both for unit in right[key]]


def changes(before: list[Unit], now: list[Unit]) -> list[dict[str, Any]]:
    """Each wording that two stretches of time judged, and what may be believed of its change."""
    left, right, told = by_wording(before), by_wording(now), []
    for key, stamp in left.keys() & right.keys():
        (met_a, judged_a), (met_b, judged_b) = counts(left[key, stamp]), counts(right[key, stamp])
        told.append({
            "standard": key, "stamp": stamp, "before": {"met": met_a, "judged": judged_a}, "now": {"met": met_b, "judged": judged_b},
            **difference((met_b, judged_b), (met_a, judged_a)),
        })
    establish(told)
    return told


def compare(dimension: str, a: Named, b: Named) -> dict[str, Any] | None:
    """One comparison; None where one of them has nothing judged."""
    of_time = dimension in ("year", "period")
    units = within_one_wording(a[1], b[1]) if of_time else (a[1], b[1])
    (met_a, judged_a), (met_b, judged_b) = counts(units[0]), counts(units[1])
    if not judged_a or not judged_b:
        return None
    return {
        "dimension": dimension, "a": a[0], "b": b[0], **difference((met_a, judged_a), (met_b, judged_b)),
        "wordings": len(by_wording(units[0])) if of_time else None,
    }


def difference(a: tuple[int, int], b: tuple[int, int]) -> dict[str, Any]:
    """The difference of two shares, both judged at least once; nothing is said of it below the least number."""
    enough = min(a[1], b[1]) >= LEAST
    return {
        "difference": a[0] / a[1] - b[0] / b[1], "interval": newcombe(*a, *b) if enough else None,
        "p": fisher(*a, *b) if enough else None, "established": False,
    }


def pairs(dimension: str, groups: list[Named]) -> list[dict[str, Any]]:
    """Each pair of groups."""
    found = [compare(dimension, a, b) for a, b in combinations(groups, 2)]
    return [one for one in found if one]


def establish(comparisons: list[dict[str, Any]]) -> None:
    """Marks what is established by Benjamini and Hochberg's procedure over all comparisons, at 5 %."""
    told = [one for one in comparisons if one["p"] is not None]
    if told:
        for one, rejected in zip(told, multipletests([one["p"] for one in told], alpha=0.05, method="fdr_bh")[0]):
            one["established"] = bool(rejected)
