"""What a report is asked for: place, period, filters."""

from __future__ import annotations

from dataclasses import dataclass

from judging import Item
from records import Record
from standards import LEVELS


@dataclass(frozen=True)
class Wanted:
    """What a report is asked for. `filters` are those of the command line, *and* between them."""

    site: str | None = None
    first: str | None = None
    last: str | None = None
    staff: bool = False
    filters: tuple[tuple[str, str], ...] = ()

    def arguments(self) -> list[str]:
        """The same as arguments of the program."""
        pairs = [("site", self.site), ("from", self.first), ("to", self.last), *self.filters]
        return [word for name, value in pairs if value for word in (f"--{name}", value)] + (["--staff"] if self.staff else [])

    def covers(self, record: Record) -> bool:
        """Whether a record is of the place and the period."""
        return (self.site is None or record.site == self.site) and (self.first or "") <= record.day <= (self.last or "9999")

    def holds(self, item: Item) -> bool:
        """Whether an item passes the filters, whatever its day."""
        return (self.site is None or item.record.site == self.site) and all(passes(item, *one) for one in self.filters)


def passes(item: Item, name: str, value: str) -> bool:
    """Whether an item passes one filter."""
    wording = item.wording
    if name == "up-to":
        return LEVELS.index(wording.level) <= LEVELS.index(value)
    if name == "role" and not item.roles:
        # What names no role is everybody's, of whoever is there.
        return value in item.present
    values: dict[str, list[str | None]] = {
        "sequence": [wording.sequence], "phase": [wording.phase], "type": [wording.type], "level": [wording.level],
        "procedure": [wording.procedure], "aspect": [wording.aspect], "trait": list(wording.traits), "role": list(item.roles),
    }
    return value in values[name]


def between(items: list[Item], first: str | None, last: str | None) -> list[Item]:
    """The items of a period."""
    return [item for item in items if (first or "") <= item.record.day <= (last or "9999")]
