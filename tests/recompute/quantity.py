"""Numbers with units, exact, so that 0.6 min is 36 s and not nearly so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# Seconds and millimetres; nothing else converts (page 2 of the design: "s, min, h and d convert among themselves, mm, cm, m and
# km too; nothing else does").
TIME = {"s": 1, "min": 60, "h": 3600, "d": 86400}
LENGTH = {"mm": 1, "cm": 10, "m": 1000, "km": 1_000_000}
# The examples write these units in one language each; singular and plural are one unit.
ALIASES = {
    "ring": "rings", "sygnał": "rings", "sygnały": "rings", "sygnałów": "rings", "signal": "rings", "signaler": "rings",
    "month": "months", "mies.": "months", "month(s)": "months", "månad": "months", "månader": "months",
    "percent": "%", "wd": "wd",
}
WRITTEN = re.compile(r"^\s*(-?\d+(?:[.,]\d+)?)\s*(\S.*)?$")


@dataclass(frozen=True)
class Quantity:
    """An amount of a dimension: seconds, millimetres, or the unit's own name."""

    amount: Fraction
    dimension: str


def parse(text: str) -> Quantity | None:
    """`0.6 min` as 36 of seconds; None where it is no quantity."""
    match = WRITTEN.match(text)
    if not match:
        return None
    amount = Fraction(match.group(1).replace(",", "."))
    unit = (match.group(2) or "").strip()
    unit = ALIASES.get(unit, unit)
    if unit in TIME:
        return Quantity(amount * TIME[unit], "time")
    if unit in LENGTH:
        return Quantity(amount * LENGTH[unit], "length")
    return Quantity(amount, unit)
