"""What customers said: counts, means, shares of low ratings, and which groups the ranks of their ratings tell apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from scipy.stats import mannwhitneyu
from statsmodels.stats.multitest import multipletests

from intervals import LEAST, fisher, wilson
from responses import (
    Row, by_key, dissatisfied, every_months, middle, months_before, period, ranked, ratings, read_responses, speaking,
)

def feedback(root: Path, manifest: dict[str, Any], today: str, site: str | None = None) -> dict[str, Any]:
    """What `feedback --format json` is to print, but for the choice itself, whose weighing the design leaves open."""
    rows = [row for row in read_responses(root, manifest) if site is None or row["site"] == site]
    span = period(rows, manifest, today)
    if span is None:
        return {"period": None, "responses": 0, "areas": [], "phases": [], "first": None}
    counted = [row for row in rows if span[0] <= row["date"] <= span[1]]
    told: dict[str, Any] = {
        "period": {"since": span[0], "until": span[1]}, "responses": len(counted), "others": len(rows) - len(counted),
    }
    earlier_until = str(date.fromisoformat(span[0]) - timedelta(days=1))
    earlier_since = str(months_before(date.fromisoformat(earlier_until), every_months(manifest)) + timedelta(days=1))
    earlier = [row for row in rows if earlier_since <= row["date"] <= earlier_until]
    for kind, head in (("area", "areas"), ("phase", "phases")):
        told[head] = groups(counted, kind, middle(manifest))
        ways = directions(by_key(counted, kind), by_key(earlier, kind), middle(manifest))
        for one in told[head]:
            one["direction"] = ways.get(one["key"])
    return told


def low_ratings(root: Path, manifest: dict[str, Any], phase: str, opened: str, today: str) -> float | None:
    """The evidence that customers give on a phase: the share of low ratings as far back as reviews are apart, and of those only what
    came after the last review was opened; None of few."""
    since = str(months_before(date.fromisoformat(today), every_months(manifest)))
    rated = ratings([
        row for row in read_responses(root, manifest)
        if row["phase"] == phase and since <= row["date"] <= today and opened < row["date"]
    ])
    return sum(rating < middle(manifest) for rating in rated) / len(rated) if len(rated) >= LEAST else None


def groups(rows: list[Row], kind: str, low_below: float) -> list[dict[str, Any]]:
    """Each group's figures, with those that it cannot be told from."""
    kept = by_key(rows, kind)
    told = [group(key, members, low_below) for key, members in kept.items()]
    ties = tied(kept, low_below)
    weights = [row["importance"] for row in rows if row["importance"] is not None]
    for one in told:
        one["tied_with"] = sorted(ties[one["key"]])
        placed = one["importance"] is not None and one["mean"] is not None
        one["quadrant"] = quadrant(one, mean(weights), mean(ratings(rows))) if placed else None
    return told


def directions(now: dict[str, list[Row]], before: dict[str, list[Row]], low_below: float) -> dict[str, str]:
    """How each group went since the period before, by the same two tests, corrected over all groups."""
    pairs = {key: (rows, before.get(key, [])) for key, rows in now.items()}
    pairs = {key: pair for key, pair in pairs.items() if min(len(speaking(rows)) for rows in pair) >= LEAST}
    if not pairs:
        return {}
    told = {}
    for (key, (new, old)), by_rank, by_share in zip(pairs.items(), *tests(list(pairs.values()), low_below)):
        higher = float(mannwhitneyu(ranked(new), ranked(old)).statistic) - len(ranked(new)) * len(ranked(old)) / 2
        (bad_now, of_now), (bad_then, of_then) = dissatisfied(new, low_below), dissatisfied(old, low_below)
        moved = higher if by_rank else bad_then / of_then - bad_now / of_now if by_share else 0
        told[key] = "better" if moved > 0 else "worse" if moved < 0 else "not-told"
    return told


def group(key: str, rows: list[Row], low_below: float) -> dict[str, Any]:
    """One group's figures."""
    rated = ratings(rows)
    low = sum(rating < low_below for rating in rated)
    weights = [row["importance"] for row in rows if row["importance"] is not None]
    return {
        "key": key, "n": len(rated), "mean": sum(rated) / len(rated) if rated else None,
        "low_share": low / len(rated) if rated else None, "interval": wilson(low, len(rated)),
        "complaints": sum(row["kind"] == "complaint" for row in rows), "praise": sum(row["kind"] == "praise" for row in rows),
        "responses": len(rows), "importance": sum(weights) / len(weights) if weights else None,
    }


def tests(pairs: list[tuple[list[Row], list[Row]]], low_below: float) -> tuple[list[bool], list[bool]]:
    """Of each pair, whether the ranks of their ratings differ (Mann and Whitney), and the shares of the dissatisfied (Fisher).

    Page 6 says "by their ranks, corrected, not only by a cut into low and not low": both are asked, and corrected together by
    Benjamini and Hochberg's procedure.
    """
    chances = [probability(ranked(a), ranked(b)) for a, b in pairs]
    chances += [fisher(*dissatisfied(a, low_below), *dissatisfied(b, low_below)) for a, b in pairs]
    established = [bool(one) for one in multipletests(chances, alpha=0.05, method="fdr_bh")[0]]
    return established[: len(pairs)], established[len(pairs):]


def tied(kept: dict[str, list[Row]], low_below: float) -> dict[str, set[str]]:
    """Whom each cannot be told from."""
    ties: dict[str, set[str]] = {key: set() for key in kept}
    pairs = list(combinations([key for key, rows in kept.items() if len(speaking(rows)) >= LEAST], 2))
    if not pairs:
        return ties
    for (a, b), by_rank, by_share in zip(pairs, *tests([(kept[a], kept[b]) for a, b in pairs], low_below)):
        if not by_rank and not by_share:
            ties[a].add(b)
            ties[b].add(a)
    return ties


def probability(a: list[float], b: list[float]) -> float:
    """Mann and Whitney's two-sided probability; 1 where all ratings are one, or there are none."""
    return 1.0 if len({*a, *b}) < 2 or not a or not b else float(mannwhitneyu(a, b, alternative="two-sided", method="asymptotic").pvalue)


def mean(values: list[float]) -> float:
    """The mean."""
    return sum(values) / len(values)


def quadrant(one: dict[str, Any], importance: float, performance: float) -> str:
    """Importance against performance, the cross at the means over all responses (Martilla and James 1977)."""
    important, well = one["importance"] >= importance, one["mean"] >= performance
    return {(True, False): "concentrate-here", (True, True): "keep-up", (False, False): "low-priority",
            (False, True): "possible-overkill"}[important, well]
