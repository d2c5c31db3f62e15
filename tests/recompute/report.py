"""The audit report, put together from its parts."""

from __future__ import annotations

from typing import Any, Callable

import agreement
import comparisons
import findings
import trends
from analysis import analysis
from book import Book
from judging import Item
from scores import WITH_LEVELS, next_level, score
from stretches import changed, period_before
from units import Unit, units_of
from wanted import Wanted, between

# Figures of a person are told from so many units on, over so many visits.
STAFF_UNITS, STAFF_VISITS = 30, 5


def report(book: Book, wanted: Wanted, today: str) -> dict[str, Any]:
    """What `audit report --format json` is to print."""
    everything = [item for item in book.items if wanted.holds(item)]
    items = between(everything, wanted.first, wanted.last)
    records = {item.record.key: item.record for item in items}.values()
    days = sorted(record.day for record in records)
    staff = staff_figures(items) if wanted.staff else None
    told = {
        "from": days[0] if days else None, "to": days[-1] if days else None, "records": len(records),
        "records_without_edition": sum(book.library.without_edition(record) for record in records),
        "records_of_lost_editions": sum(book.library.lost_edition(record) for record in records),
        "answers_not_counted": sum(book.library.not_counted(record) for record in book.records if wanted.covers(record)),
        "editions": len({book.library.edition_of(record).name for record in records}),
        "visits": len({record.visit_key for record in records}), "overall": score(units_of(items), True),
        "next_level": next_level(units_of(items)), **changed(items, everything, wanted), "analysis": analysis(items),
        "by": by_head(items), "standards": by_standard(items), **agreement_figures(items),
        "comparisons": compared(items, everything, wanted, staff or []), "trends": trend_figures(items), "staff": staff,
        "findings": [findings.finding(item, book.items) for item in items if findings.is_finding(item)],
        "actions": action_figures(everything, wanted, today),
    }
    return told


RECORD_HEADS: dict[str, Callable[[Item], str | None]] = {
    "site": lambda item: item.record.site, "auditor": lambda item: item.record.auditor,
    "month": lambda item: item.record.day[:7], "year": lambda item: item.record.day[:4],
}
UNIT_HEADS: dict[str, Callable[[Unit], list[str | None]]] = {
    "area": lambda unit: [unit.wording.area], "sequence": lambda unit: [unit.wording.sequence],
    "phase": lambda unit: [unit.wording.phase],
    "step": lambda unit: [f"{unit.wording.phase}.{unit.wording.step}" if unit.wording.step else None],
    "type": lambda unit: [unit.wording.type], "level": lambda unit: [unit.wording.level],
    "trait": lambda unit: list(unit.wording.traits), "role": lambda unit: list(unit.roles),
    "aspect": lambda unit: [unit.wording.aspect],
}


def units_by(items: list[Item], head: str) -> dict[str, list[Unit]]:
    """The units of each group. A group of records (a month, an auditor) has units of its own records alone."""
    groups: dict[str, list[Unit]] = {}
    if head in RECORD_HEADS:
        kept: dict[str, list[Item]] = {}
        for item in items:
            key = RECORD_HEADS[head](item)
            if key:
                kept.setdefault(key, []).append(item)
        return {key: units_of(group, head == "auditor") for key, group in sorted(kept.items())}
    for unit in units_of(items):
        for key in UNIT_HEADS[head](unit):
            if key:
                groups.setdefault(key, []).append(unit)
    return groups


def by_head(items: list[Item]) -> dict[str, list[dict[str, Any]]]:
    """Figures by every head."""
    return {
        head: [{"key": key, **score(units, head in WITH_LEVELS)} for key, units in units_by(items, head).items()]
        for head in [*RECORD_HEADS, *UNIT_HEADS]
    }


def by_standard(items: list[Item]) -> list[dict[str, Any]]:
    """Each wording that was judged."""
    told = []
    for (key, stamp), group in trends.by_wording(items).items():
        units = units_of(group)
        met, judged = comparisons.counts(units)
        told.append({
            "id": key, "stamp": stamp, **trends.rate(group), "met": met, "judged": judged,
            "disputed": sum(unit.outcome == "disputed" for unit in units),
            "items": {"met": sum(item.outcome == "met" for item in group), "judged": len(group)},
            "demand": float(group[-1].wording.share),
        })
    return told


def agreement_figures(items: list[Item]) -> dict[str, Any]:
    """Agreement by standard, and pooled over all."""
    units = [unit for unit in units_of(items) if unit.votes]
    ids = list(dict.fromkeys(unit.wording.id for unit in units if len(unit.votes) > 1))
    own = {key: [unit.votes for unit in units if unit.wording.id == key] for key in ids}
    apart = agreement.standing_out(own)
    entries = [{"standard": key, **agreement.coefficients(votes), "stands_out": key in apart} for key, votes in own.items()]
    pooled = agreement.coefficients([unit.votes for unit in units]) if ids else None
    return {"agreement": entries, "agreement_pooled": pooled}


def trend_figures(items: list[Item]) -> list[dict[str, Any]]:
    """Each wording's trend."""
    return [{"standard": key, "stamp": stamp, **trends.trend(group)} for (key, stamp), group in trends.by_wording(items).items()]


def compared(items: list[Item], everything: list[Item], wanted: Wanted, staff: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sites, years, the period and the one as long before it, and persons."""
    found = comparisons.pairs("site", list(units_by(items, "site").items()))
    found += comparisons.pairs("year", list(units_by(items, "year").items()))
    if wanted.first and wanted.last:
        found += period_before(items, everything, wanted)
    told = [one["key"] for one in staff if one["figures"]]
    found += comparisons.pairs("staff", [(key, units_of(of_person(items, key), alone=True)) for key in told])
    comparisons.establish(found)
    return found


def of_person(items: list[Item], key: str) -> list[Item]:
    """What was asked of one person's work."""
    return [item for item in items if item.staff == key]


def staff_figures(items: list[Item]) -> list[dict[str, Any]]:
    """Persons: how much was seen of their work, and their figures where that is enough to be fair."""
    told = []
    for key in sorted({item.staff for item in items if item.staff}):
        own = of_person(items, key)
        units = units_of(own, alone=True)
        observations = sum(item.observations for item in own)
        visits = len({unit.visit for unit in units if unit.votes})
        judged = sum(unit.judged for unit in units)
        enough = judged >= STAFF_UNITS and visits >= STAFF_VISITS
        needed = {"observations_needed": STAFF_UNITS, "units_needed": STAFF_UNITS, "visits_needed": STAFF_VISITS}
        told.append({
            "key": key, "observations": observations, "units": judged, "visits": visits, "figures": score(units, False) if enough else None,
            "withheld": None if enough else needed,
        })
    return told


def action_figures(items: list[Item], wanted: Wanted, today: str) -> list[dict[str, Any]]:
    """The period's actions, and those of earlier findings that were still open in it."""
    own = {id(item) for item in between(items, wanted.first, wanted.last) if findings.with_action(item)}
    chosen = [item for item in items if id(item) in own or findings.open_before(item, wanted.first)]
    return [findings.action(item, today) for item in chosen]
