"""Intervals of shares and of their differences."""

from __future__ import annotations

from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

# Below so many judged, a share has no interval and nothing is compared.
LEAST = 5


def wilson(met: int, judged: int) -> list[float] | None:
    """Wilson's 95 % interval; None below the least number."""
    if judged < LEAST:
        return None
    low, high = proportion_confint(met, judged, alpha=0.05, method="wilson")
    return [float(low), float(high)]


def newcombe(met_a: int, judged_a: int, met_b: int, judged_b: int) -> list[float]:
    """Newcombe's 95 % interval of the difference of two shares (his method 10)."""
    low, high = confint_proportions_2indep(met_a, judged_a, met_b, judged_b, method="newcomb", compare="diff", alpha=0.05)
    return [float(low), float(high)]


def fisher(met_a: int, judged_a: int, met_b: int, judged_b: int) -> float:
    """Fisher's exact probability, two-sided."""
    return float(fisher_exact([[met_a, judged_a - met_a], [met_b, judged_b - met_b]])[1])
