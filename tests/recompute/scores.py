"""What a group of units scores: share by weight, coverage, interval, levels."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Iterable

from intervals import wilson
from standards import LEVELS
from units import Unit

# Where a level is asked for: of places and of periods. Elsewhere (types, roles, persons …) it is null.
WITH_LEVELS = {"overall", "site", "area", "sequence", "phase", "step", "month", "year"}


def score(units: list[Unit], asked: bool) -> dict[str, Any]:
    """The figures of a group, as `audit report --format json` calls them."""
    judged = [unit for unit in units if unit.judged]
    met = [unit for unit in judged if unit.outcome == "met"]
    count = {name: sum(unit.outcome == name for unit in units) for name in ("n/a", "not observed", "disputed")}
    items = [item for unit in units for item in unit.items if item.judged]
    observed = len(judged) + count["not observed"]
    return {
        "score": share(met, judged), "met": len(met), "judged": len(judged), "not_applicable": count["n/a"],
        "not_observed": count["not observed"], "disputed": count["disputed"],
        "items": {"met": sum(item.outcome == "met" for item in items), "judged": len(items)},
        "passed": sum(item.passed for item in items),
        "observations": sum(item.observations for item in items),
        "visits": len({unit.visit for unit in judged}),
        "reached_in": reached_in(units) if asked else None,
        "coverage": len(judged) / observed if observed else None,
        "interval": wilson(len(met), len(judged)),
        "critical_failed": sorted({unit.wording.id for unit in judged if unit.wording.critical and unit.outcome == "not met"}),
        "level_reached": level_reached(units) if asked else None,
    }


def share(met: Iterable[Unit], judged: Iterable[Unit]) -> float | None:
    """Weight of what was met, of the weight of what was judged."""
    total = sum((unit.wording.weight for unit in judged), Fraction(0))
    return float(sum((unit.wording.weight for unit in met), Fraction(0)) / total) if total else None


def level_reached(units: list[Unit]) -> str | None:
    """The highest level for which it and every one below reach their share and no critical standard of them fails.

    A level of which nothing was judged neither counts nor blocks. The share is the score, so it goes by weight.
    """
    reached = None
    for level, wanted in zip(LEVELS, shares_of(units)):
        judged = [unit for unit in units if unit.judged and unit.wording.level == level]
        if not judged:
            continue
        met = [unit for unit in judged if unit.outcome == "met"]
        weight = sum((unit.wording.weight for unit in judged), Fraction(0))
        if any(unit.wording.critical and unit.outcome == "not met" for unit in judged):
            break
        if weight == 0 or sum((unit.wording.weight for unit in met), Fraction(0)) < wanted * weight:
            break
        reached = level
    return reached


def shares_of(units: list[Unit]) -> tuple[Fraction, ...]:
    """The levels' shares by the last edition that judged among these units (page 9)."""
    items = [item for unit in units for item in unit.items]
    return max(items, key=lambda item: (item.record.moment, item.record.key)).levels if items else ()


def reached_in(units: list[Unit]) -> dict[str, int]:
    """How many visits reached each level; who reached a higher one reached those below."""
    visits: dict[tuple[str, ...], list[Unit]] = {}
    for unit in units:
        visits.setdefault(unit.visit, []).append(unit)
    counts = dict.fromkeys(LEVELS, 0)
    for group in visits.values():
        reached = level_reached(group)
        for level in LEVELS[: LEVELS.index(reached) + 1] if reached else []:
            counts[level] += 1
    return counts


def next_level(units: list[Unit]) -> dict[str, Any] | None:
    """The lowest level that was looked at and not reached, and what was not met of it."""
    shares = dict(zip(LEVELS, shares_of(units)))
    for level in LEVELS:
        judged = [unit for unit in units if unit.judged and unit.wording.level == level]
        if not judged or level_reached(judged):
            continue
        return {
            "level": level, "met": sum(unit.outcome == "met" for unit in judged), "judged": len(judged),
            "wanted": float(shares[level]), "blocks": blocks(judged),
        }
    return None


def blocks(judged: list[Unit]) -> list[dict[str, Any]]:
    """The wordings that were not always met."""
    kept: dict[tuple[str, str], list[Unit]] = {}
    for unit in judged:
        kept.setdefault((unit.wording.id, unit.wording.stamp), []).append(unit)
    return [
        {"standard": key, "stamp": stamp, "met": sum(unit.outcome == "met" for unit in group), "judged": len(group),
         "critical": group[-1].wording.critical}
        for (key, stamp), group in kept.items() if any(unit.outcome == "not met" for unit in group)
    ]
