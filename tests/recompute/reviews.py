"""Which standards are due for review, and the evidence on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedback
from agreement import percent
from book import Book
from comparisons import counts
from intervals import LEAST, wilson
from raw import blank, read_yaml, yaml_files
from responses import every_months, months_before
from standards import Wording
from units import Unit, units_of


@dataclass(frozen=True)
class Reviewed:
    """What a closed review left of one standard."""

    opened: str
    closed: str
    decision: str
    stamp: str
    left: str | None


def read_reviews(root: Path, book: Book, today: str) -> dict[str, Reviewed]:
    """The last closed review of each standard. One that is still open has reviewed nothing yet."""
    last: dict[str, Reviewed] = {}
    for path in yaml_files(root / "reviews"):
        data = read_yaml(path)
        closed = blank(data.get("closed"))
        if not closed or closed > today:
            continue
        for name, entry in (data.get("decisions") or {}).items():
            key, _, stamp = name.partition("@")
            entry = entry if isinstance(entry, dict) else {"decision": entry}
            key = book.library.now("standards", key)
            if entry.get("decision") and (key not in last or last[key].closed <= closed):
                last[key] = Reviewed(data["opened"], closed, entry["decision"], stamp, blank(entry.get("now")))
    return last


def due(book: Book, today: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The standards that are due by their age or by a changed wording, and the evidence on any.

    What evidence calls a standard by is left to the program: the design gives no bounds of agreement or of complaints.
    """
    last = read_reviews(book.root, book, today)
    low_ratings: dict[tuple[str, str], float | None] = {}
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for wording in book.library.today.wordings.values():
        reviewed = last.get(wording.id)
        asked = (wording.phase, reviewed.opened if reviewed else "")
        if asked not in low_ratings:
            low_ratings[asked] = feedback.low_ratings(book.root, book.manifest, *asked, today)
        told[wording.id, wording.stamp] = {
            "id": wording.id, "stamp": wording.stamp, "phase": wording.phase,
            "reasons": reasons(book, wording, reviewed, today), "overdue": overdue(book, wording, reviewed, today),
            "last_review": reviewed.closed if reviewed else None, "last_decision": reviewed.decision if reviewed else None,
            "evidence": {**evidence(book, wording, reviewed, today), "low_ratings": low_ratings[asked]},
        }
    return told


def older(book: Book, since: str, today: str) -> bool:
    """Whether a day is longer ago than reviews are apart."""
    return since < str(months_before(date.fromisoformat(today), every_months(book.manifest)))


def overdue(book: Book, wording: Wording, reviewed: Reviewed | None, today: str) -> bool:
    """Reviewed longer ago than allowed, or never and in force for longer than that."""
    since = reviewed.closed if reviewed else in_force_since(book, wording)
    return since is not None and older(book, since, today)


def in_force_since(book: Book, wording: Wording) -> str | None:
    """The day on which a standard came into force: the first issued edition's that holds it in whatever words, else the book's own."""
    for day, name in book.library.in_force:
        if book.library.row(book.library.editions[name], wording.id):
            return day
    return blank(book.manifest.get("review", {}).get("since"))


def reasons(book: Book, wording: Wording, reviewed: Reviewed | None, today: str) -> list[str]:
    """Why it is due, evidence aside."""
    if reviewed is None:
        return ["never-reviewed"]
    found = ["older-than-review"] if older(book, reviewed.closed, today) else []
    if wording.stamp != (reviewed.left or reviewed.stamp) and (reviewed.decision == "keep" or reviewed.left):
        found.append("changed")
    return found


def evidence(book: Book, wording: Wording, reviewed: Reviewed | None, today: str) -> dict[str, Any]:
    """Units of the present `ID@STAMP` since the last review was opened; what came before was frozen in it."""
    since = reviewed.opened if reviewed else ""
    units = units_since(book, wording, since, today)
    year = counts(units_since(book, wording, str(months_before(date.fromisoformat(today), 12) - timedelta(days=1)), today))
    met, judged = counts(units)
    shared = [unit.votes for unit in units if len(unit.votes) > 1]
    return {
        "met": met, "of": judged, "interval": wilson(met, judged), "agreement": percent(shared), "agreement_units": len(shared),
        "year": {"met": year[0], "of": year[1]}, "failed-by-most": judged >= LEAST and 2 * met < judged,
    }


def units_since(book: Book, wording: Wording, since: str, today: str) -> list[Unit]:
    """The units of a wording after a day."""
    return units_of(
        item for item in book.items
        if (item.wording.id, item.wording.stamp) == (wording.id, wording.stamp) and since < item.record.day <= today
    )
