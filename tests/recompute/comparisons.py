"""Comparisons: which groups can be told apart, all comparisons considered.

What is seen on one visit hangs together, so visits are compared: J. N. K. Rao and A. J. Scott, Biometrics 48 (1992) 577-585, with
one design effect for both groups that is never below 1, and Student's t as E. L. Korn and B. I. Graubard have it, Survey
Methodology 24 (1998) 193-201. A wording is judged once on a visit: what is said of one wording needs none of it.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from scipy.stats import norm, t as student
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
        "dimension": dimension, "a": a[0], "b": b[0], **of_visits(*units),
        "wordings": len(by_wording(units[0])) if of_time else None,
    }


def difference(a: tuple[int, int], b: tuple[int, int]) -> dict[str, Any]:
    """The difference of two shares, both judged at least once; nothing is said of it below the least number."""
    enough = min(a[1], b[1]) >= LEAST
    return {
        "difference": a[0] / a[1] - b[0] / b[1], "interval": newcombe(*a, *b) if enough else None,
        "p": fisher(*a, *b) if enough else None, "established": False,
    }


def by_visit(units: list[Unit]) -> tuple[np.ndarray, np.ndarray]:
    """Of each visit the units met and the units judged."""
    visits: dict[tuple[str, ...], list[int]] = {}
    for unit in units:
        if unit.judged:
            seen = visits.setdefault(unit.visit, [0, 0])
            seen[0] += unit.outcome == "met"
            seen[1] += 1
    table = np.array(list(visits.values()), dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def of_visits(a: list[Unit], b: list[Unit]) -> dict[str, Any]:
    """The difference of two groups of visits."""
    groups = by_visit(a), by_visit(b)
    (met_a, judged_a), (met_b, judged_b) = counts(a), counts(b)
    plain = difference((met_a, judged_a), (met_b, judged_b))
    told = {**plain, "visits": [len(met) for met, _ in groups], "design_effect": None}
    several = [(met, judged) for met, judged in groups if len(met) > 1]
    if plain["p"] is None or not several:
        return {**told, "interval": None, "p": None}
    scatter, expected = sum(map(scattered, several)), sum(met.sum() * (1 - met.sum() / judged.sum()) for met, judged in several)
    effect = max(1.0, float(scatter / expected)) if expected > 1e-12 else 1.0
    degrees = sum(len(met) - 1 for met, _ in several)
    fewer = effect * (student.ppf(0.975, degrees) / norm.ppf(0.975)) ** 2
    share_a, share_b = met_a / judged_a, met_b / judged_b
    (low_a, high_a), (low_b, high_b) = score_interval(share_a, judged_a / fewer), score_interval(share_b, judged_b / fewer)
    middle = share_a - share_b
    interval = [
        max(-1.0, middle - float(np.hypot(share_a - low_a, high_b - share_b))),
        min(1.0, middle + float(np.hypot(high_a - share_a, share_b - low_b))),
    ]
    pooled = (met_a + met_b) / (judged_a + judged_b)
    error = np.sqrt(effect * pooled * (1 - pooled) * (1 / judged_a + 1 / judged_b))
    by_visits = 2 * student.sf(abs(middle) / error, degrees) if error > 0 else 1.0
    return {**told, "interval": interval, "p": max(float(by_visits), plain["p"]), "design_effect": effect}


def scattered(visits: tuple[np.ndarray, np.ndarray]) -> float:
    """How far visits lie from the share of all of them."""
    met, judged = visits
    return float(len(met) * np.var(met - judged * met.sum() / judged.sum(), ddof=1))


def score_interval(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval of a number that need not be whole: where (share - x)^2 = z^2 x (1 - x) / n."""
    z = norm.ppf(0.975)
    low, high = sorted(np.roots([1 + z * z / n, -(2 * share + z * z / n), share * share]).real)
    return max(0.0, float(low)), min(1.0, float(high))


def pairs(dimension: str, groups: list[Named]) -> list[dict[str, Any]]:
    """Each pair of groups."""
    found = [compare(dimension, a, b) for a, b in combinations(groups, 2)]
    return [one for one in found if one]


def establish(comparisons: list[dict[str, Any]]) -> None:
    """Marks what is established by Benjamini and Hochberg's procedure over all comparisons, at 5 %."""
    told = [one for one in comparisons if one["p"] is not None]
    if told:
        for one, rejected in zip(told, multipletests([one["p"] for one in told], alpha=0.05, method="fdr_bh")[0]):
            low, high = one.get("interval") or (1.0, 1.0)
            one["established"] = bool(rejected) and not low <= 0 <= high
