"""The recomputation itself, held against published values."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import agreement
import conditions
import quantity
import numpy as np

from comparisons import establish, scattered
from intervals import newcombe, wilson
from trends import chart

# Gwet's and Krippendorff's example: four coders, twelve units.
CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# Fleiss' kappa: ten subjects, five categories, fourteen raters.
SUBJECTS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]
# NIST/SEMATECH e-Handbook 6.3.3.2, after Montgomery: thirty samples of fifty.
NONCONFORMING = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# Benjamini and Hochberg 1995: fifteen probabilities, of which four are rejected.
CHANCES = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]


def near(ours: float | None, published: float, digits: float = 5e-6) -> None:
    """The published value, as far as it was printed."""
    assert ours is not None and isclose(ours, published, abs_tol=digits), (ours, published)


def run() -> None:
    """Every check; an AssertionError names what differs."""
    of_intervals()
    of_agreement()
    of_many()
    of_reading()


def of_intervals() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872 and 873-890."""
    for met, judged, low, high in [(81, 263, .2553, .3662), (15, 148, .0624, .1605), (0, 20, 0, .1611), (1, 29, .0061, .1718)]:
        interval = wilson(met, judged)
        assert interval is not None
        near(interval[0], low, 5e-5)
        near(interval[1], high, 5e-5)
    assert wilson(4, 4) is None
    for (a, m, b, n), low, high in [((56, 70, 48, 80), .0524, .3339), ((9, 10, 3, 10), .1705, .8090), ((10, 10, 0, 20), .6791, 1)]:
        near(newcombe(a, m, b, n)[0], low, 5e-5)
        near(newcombe(a, m, b, n)[1], high, 5e-5)


def units_of_table(table: list[list[int]]) -> list[dict[str, object]]:
    """Two auditors' judgements from their table."""
    return [{"a": row, "b": column} for row, counts in enumerate(table) for column, of in enumerate(counts) for _ in range(of)]


def of_agreement() -> None:
    """Published tables of agreement."""
    for table, kappa, ac1 in [([[20, 5], [10, 15]], .4, .405941), ([[80, 10], [5, 5]], .318182, .808)]:
        figures = agreement.coefficients(units_of_table(table))
        near(figures["cohen_kappa"], kappa)
        near(figures["gwet_ac1"], ac1)
        assert figures["fleiss_kappa"] is None and figures["why"] is None
    subjects = [
        {f"{place:02}": value for place, value in enumerate(value for value, of in enumerate(row) for _ in range(of))} for row in SUBJECTS
    ]
    near(agreement.coefficients(subjects)["fleiss_kappa"], .209931)
    units = [{str(coder): row[unit] for coder, row in enumerate(CODERS) if row[unit] is not None} for unit in range(12)]
    figures = agreement.coefficients(units)
    near(figures["krippendorff_alpha"], .743421)
    near(figures["gwet_ac1"], .77544)
    assert figures["why"] == "unequal-numbers" and figures["fleiss_kappa"] is None
    assert agreement.coefficients([{"a": 1, "b": 1}, {"a": 0}])["why"] == "no-variation"


def of_many() -> None:
    """Many comparisons, and the p-chart."""
    comparisons = [{"p": chance, "established": False} for chance in CHANCES]
    establish(comparisons)
    assert sum(one["established"] for one in comparisons) == 4
    told = chart([{"period": str(index), "passed": count, "n": 50} for index, count in enumerate(NONCONFORMING, 1)])
    near(told["centre"], .2313, 5e-5)
    near(told["limits"][0][0], .0524, 5e-5)
    near(told["limits"][0][1], .4102, 5e-5)
    assert told["outside"] == ["15", "23"]


def of_visits() -> None:
    """Rao and Scott's table 1, after Weil: design effects of 1.232495 and 3.952861 (R package PF, `rsb`)."""
    control = [13, 12, 9, 9, 8, 8, 12, 11, 9, 9, 8, 11, 4, 5, 7, 7], [13, 12, 9, 9, 8, 8, 13, 12, 10, 10, 9, 13, 5, 7, 10, 10]
    treated = [12, 11, 10, 9, 10, 9, 9, 8, 8, 4, 7, 4, 5, 3, 3, 0], [12, 11, 10, 9, 11, 10, 10, 9, 9, 5, 9, 7, 10, 6, 10, 7]
    for (met, judged), effect in [(control, 1.232495), (treated, 3.952861)]:
        lived, pups = np.array(met, dtype=float), np.array(judged, dtype=float)
        near(scattered((lived, pups)) / (lived.sum() * (1 - lived.sum() / pups.sum())), effect)


def of_reading() -> None:
    """Quantities and conditions."""
    assert quantity.parse("0,6 min") == quantity.Quantity(Fraction(36), "time") == quantity.parse("36 s")
    assert quantity.parse("met") is None
    site = {"id": "krakow", "rooms": 240.0, "lift": False}
    assert conditions.holds('site.rooms >= 120 and site.id == "krakow" and not site.lift', site)
    assert not conditions.holds("site.rooms >= 120 or site.pool", site)
    assert conditions.holds("site.rooms < 3", None)
