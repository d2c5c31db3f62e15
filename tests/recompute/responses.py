"""What customers said: reading the tables, and what a response says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from raw import as_list, read_table, read_yaml, yaml_files

Row = dict[str, Any]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of a shorter month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def every_months(manifest: dict[str, Any]) -> int:
    """How many months reviews are apart."""
    return int(manifest.get("review", {}).get("every", "12 months").split()[0])


def read_responses(root: Path, manifest: dict[str, Any]) -> list[Row]:
    """Every response, its area and phase by their ids. A phase without an area is in its sequence's."""
    names = titles(root, manifest)
    area_of = {phase: area for area, phase in places(root)}
    rows = []
    for path in sorted((root / "feedback").glob("*.csv")):
        for row in read_table(path):
            phase = names["phase"].get(row.get("phase", "").casefold())
            area = names["area"].get(row.get("area", "").casefold()) or area_of.get(phase or "")
            rows.append({
                "date": row["date"][:10], "site": row.get("site") or None, "area": area, "phase": phase,
                "rating": number(row.get("rating")), "importance": number(row.get("importance")), "kind": row.get("kind"),
            })
    return rows


def number(text: str | None) -> float | None:
    """A cell's number."""
    return float(text.replace(",", ".")) if text else None


def places(root: Path) -> list[tuple[str | None, str]]:
    """Each phase with its area."""
    found = []
    for path in yaml_files(root / "sequences"):
        data = read_yaml(path)
        found += [(data.get("area"), phase["id"]) for phase in as_list(data.get("phases"))]
    return found


def titles(root: Path, manifest: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What an area or phase may be called in a table: its id, former ids, and titles in any language."""
    phases = [phase for path in yaml_files(root / "sequences") for phase in as_list(read_yaml(path).get("phases"))]
    found: dict[str, dict[str, str]] = {"area": {}, "phase": {}}
    for kind, entries in (("area", as_list(manifest.get("areas"))), ("phase", phases)):
        for entry in entries:
            title = entry.get("title", "")
            words = list(title.values()) if isinstance(title, dict) else [title]
            found[kind].update({word.casefold(): entry["id"] for word in [entry["id"], *as_list(entry.get("was")), *words] if word})
    return found


def period(rows: list[Row], manifest: dict[str, Any], today: str) -> tuple[str, str] | None:
    """From as far back as reviews are apart to the newest response."""
    days = [row["date"] for row in rows if row["date"] <= today]
    if not days:
        return None
    until = date.fromisoformat(max(days))
    return str(months_before(until, every_months(manifest)) + timedelta(days=1)), str(until)


def middle(manifest: dict[str, Any]) -> float:
    """The middle of the scale; a rating below it is low."""
    low, high = (float(end) for end in manifest.get("feedback", {}).get("scale", ["1", "5"]))
    return (low + high) / 2


def by_key(rows: list[Row], kind: str) -> dict[str, list[Row]]:
    """Responses by their area or phase."""
    kept: dict[str, list[Row]] = {}
    for row in rows:
        if row[kind]:
            kept.setdefault(row[kind], []).append(row)
    return kept


def ratings(rows: list[Row]) -> list[float]:
    """The ratings among some responses."""
    return [row["rating"] for row in rows if row["rating"] is not None]


def speaking(rows: list[Row]) -> list[Row]:
    """Responses that say whether somebody was satisfied: with a rating, or complaints."""
    return [row for row in rows if row["rating"] is not None or row["kind"] == "complaint"]


def dissatisfied(rows: list[Row], low_below: float) -> tuple[int, int]:
    """Who rated low or complained, of those who rated or complained."""
    told = speaking(rows)
    return sum(row["kind"] == "complaint" or row["rating"] < low_below for row in told), len(told)


def ranked(rows: list[Row]) -> list[float]:
    """What ranks are made of: ratings, and complaints without one, which come below all (the design is silent; the program's way)."""
    return [-1.0 if row["rating"] is None else row["rating"] for row in speaking(rows)]
