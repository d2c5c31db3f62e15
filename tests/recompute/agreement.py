"""Agreement of auditors who judged the same thing.

J. Cohen, Educational and Psychological Measurement 20 (1960) 37-46; J. L. Fleiss, Psychological Bulletin 76 (1971) 378-382;
K. Krippendorff, Content Analysis (by the package `krippendorff`); K. L. Gwet, British Journal of Mathematical and Statistical
Psychology 61 (2008) 29-48, with the extension to several auditors and missing judgements of his Handbook (4th ed., 2014).
"""

from __future__ import annotations

import warnings
from typing import Any, Mapping, Sequence

import krippendorff
import numpy
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_of_table
from statsmodels.stats.multitest import multipletests

from intervals import LEAST, fisher

Judgements = Sequence[Mapping[str, Any]]


def coefficients(all_units: Judgements) -> dict[str, Any]:
    """Every coefficient of some units; each unit is what each auditor judged.

    Where what two or more judged does not vary, every coefficient is undefined and the per cent stays.
    """
    shared = [unit for unit in all_units if len(unit) > 1]
    auditors = sorted({auditor for unit in shared for auditor in unit})
    values = sorted({value for unit in all_units for value in unit.values()}, key=str)
    figures: dict[str, Any] = {
        "auditors": len(auditors), "units": len(shared), "percent": percent(shared), "cohen_kappa": None, "fleiss_kappa": None,
        "krippendorff_alpha": None, "gwet_ac1": None, "why": None,
    }
    if len({value for unit in shared for value in unit.values()}) < 2:
        figures["why"] = "no-variation"
        return figures
    figures["krippendorff_alpha"] = alpha(shared, auditors, values)
    figures["gwet_ac1"] = gwet(all_units, values)
    if len(auditors) == 2:
        figures["cohen_kappa"] = cohen(shared, auditors, values)
    elif len({len(unit) for unit in shared}) > 1:
        figures["why"] = "unequal-numbers"
    else:
        figures["fleiss_kappa"] = fleiss(shared, values)
    return figures


def percent(shared: Judgements) -> float | None:
    """Share of agreeing pairs of auditors, the mean over units."""
    return float(numpy.mean([agreeing(unit) for unit in shared])) if shared else None


def agreeing(unit: Mapping[str, Any]) -> float:
    """Share of a unit's pairs of auditors that agree."""
    values = list(unit.values())
    of = len(values)
    return sum(values.count(value) * (values.count(value) - 1) for value in set(values)) / (of * (of - 1))


def standing_out(own: Mapping[str, Judgements]) -> set[str]:
    """Standards on which auditors agree less than on all the others, by more than chance, all standards considered.

    Counted are units on which all agree: a unit's pairs of auditors are not independent of one another.
    """
    agreed = {key: [len(set(unit.values())) == 1 for unit in units if len(unit) > 1] for key, units in own.items()}
    everything = [one for units in agreed.values() for one in units]
    tested, chances = [], []
    for key, units in agreed.items():
        rest, rest_of = sum(everything) - sum(units), len(everything) - len(units)
        if len(units) >= LEAST and rest_of:
            tested.append((key, sum(units) / len(units) < rest / rest_of))
            chances.append(fisher(sum(units), len(units), rest, rest_of))
    if not tested:
        return set()
    rejected = multipletests(chances, alpha=0.05, method="fdr_bh")[0]
    return {key for (key, less), apart in zip(tested, rejected) if less and apart}


def cohen(shared: Judgements, auditors: list[str], values: list[Any]) -> float | None:
    """Cohen's kappa of two auditors."""
    table = numpy.zeros((len(values), len(values)))
    for unit in shared:
        table[values.index(unit[auditors[0]]), values.index(unit[auditors[1]])] += 1
    return float(cohens_kappa(table, return_results=False))


def fleiss(shared: Judgements, values: list[Any]) -> float:
    """Fleiss' kappa, each unit judged by as many."""
    table = [[list(unit.values()).count(value) for value in values] for unit in shared]
    return float(fleiss_of_table(numpy.array(table), method="fleiss"))


def alpha(shared: Judgements, auditors: list[str], values: list[Any]) -> float:
    """Krippendorff's alpha for nominal data."""
    table = [[values.index(unit[auditor]) if auditor in unit else numpy.nan for unit in shared] for auditor in auditors]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(krippendorff.alpha(reliability_data=numpy.array(table, dtype=float), level_of_measurement="nominal"))


def gwet(all_units: Judgements, values: list[Any]) -> float | None:
    """Gwet's AC1: agreement over what two or more judged, prevalence over everything that anyone judged."""
    judged = [list(unit.values()) for unit in all_units if unit]
    prevalence = [float(numpy.mean([unit.count(value) / len(unit) for unit in judged])) for value in values]
    by_chance = sum(share * (1 - share) for share in prevalence) / (len(values) - 1)
    observed = percent([unit for unit in all_units if len(unit) > 1])
    return (observed - by_chance) / (1 - by_chance) if observed is not None else None
