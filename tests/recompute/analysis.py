"""The front-office analysis: by head, what is surely kept best and worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import comparisons
import trends
from intervals import wilson
from judging import Item
from scores import LEVELS, shares_of
from units import units_of

ASPECTS = ["performance", "organisation", "professionalism"]
# So many are named as best, and as worst.
NAMED = 3


def analysis(items: list[Item]) -> list[dict[str, Any]]:
    """By head, the wordings that were met as often as their level asks for, and those that were not: their intervals' ends in order.

    A critical one that failed was not, nor one whose passes fall short of the share that it demands.

    Told by ends and not by ids, since of two that are as good either may come first.
    """
    found: dict[str, list[Ends]] = {aspect: [] for aspect in ASPECTS}
    wanted = dict(zip(LEVELS, shares_of(units_of(items))))
    for (key, _), group in trends.by_wording(items).items():
        units = units_of(group)
        met, judged = comparisons.counts(units)
        interval, wording = wilson(met, judged), group[-1].wording
        if interval:
            passes = wording.share == 1 or trends.rate(group)["rate"] >= wording.share
            failed = any(unit.wording.critical and unit.outcome == "not met" for unit in units)
            reached = passes and not failed and met >= wanted[wording.level] * judged
            found[wording.aspect].append(Ends(key, interval[0], interval[1], reached))
    return [{"aspect": aspect, **best_and_worst(ends)} for aspect, ends in found.items()]


@dataclass(frozen=True)
class Ends:
    """The ends of a wording's interval, and whether it reaches what is asked of it."""

    id: str
    low: float
    high: float
    reached: bool


def best_and_worst(ends: list[Ends]) -> dict[str, list[float]]:
    """The best and the worst. No standard is both, and the worst are chosen first."""
    worst = first_of_each(sorted((one for one in ends if not one.reached), key=lambda one: one.high))
    named = {one.id for one in worst}
    best = first_of_each(sorted((one for one in ends if one.reached and one.id not in named), key=lambda one: -one.low))
    return {"best": [one.low for one in best], "worst": [one.high for one in worst]}


def first_of_each(ranked: list[Ends]) -> list[Ends]:
    """The first so many standards; one of which two wordings were judged is named once."""
    kept: dict[str, Ends] = {}
    for one in ranked:
        kept.setdefault(one.id, one)
    return list(kept.values())[:NAMED]
