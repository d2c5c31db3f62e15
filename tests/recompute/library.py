"""All editions at hand, the names by which things go today, and which wording an answer is held against."""

from __future__ import annotations

from dataclasses import replace

from records import Answer, Record
from standards import Edition, Wording


class Library:
    """All editions at hand, and the names by which things go today."""

    def __init__(self, editions: dict[str, Edition], today: Edition, in_force: list[tuple[str, str]], names: dict[str, str]):
        self.editions = editions
        self.today = today
        self.in_force = sorted(in_force)
        self.names = names
        self.by_stamp: dict[tuple[str, str], Wording] = {}
        for edition in [*editions.values(), today]:
            for wording in edition.wordings.values():
                self.by_stamp.setdefault((self.now("standards", wording.id), wording.stamp), wording)

    def now(self, kind: str, key: str) -> str:
        """Today's id of something; ids meet through `was`."""
        seen = set()
        while f"{kind}:{key}" in self.names and key not in seen:
            seen.add(key)
            key = self.names[f"{kind}:{key}"]
        return key

    def edition_of(self, record: Record) -> Edition:
        """The record's edition, else the one in force on its day, else today's book."""
        if record.edition and record.edition[:8] in self.editions:
            return self.editions[record.edition[:8]]
        names = [name for day, name in self.in_force if day <= record.day]
        return self.editions[names[-1]] if names else self.today

    def without_edition(self, record: Record) -> bool:
        """Whether only today's book can judge the record."""
        return not record.edition and not any(day <= record.day for day, _ in self.in_force)

    def lost_edition(self, record: Record) -> bool:
        """Whether the edition that the record names is not here."""
        return bool(record.edition) and record.edition[:8] not in {*self.editions, self.today.name}

    def not_counted(self, record: Record) -> int:
        """How many answers of a record nothing here can judge: its edition is not here, and nothing knows the wordings that it names.

        The random books and the examples keep every wording in an edition, so reviews and git are not asked here.
        """
        if not self.lost_edition(record):
            return 0
        return sum(
            answer.stamp is None or (self.now("standards", answer.id), answer.stamp) not in self.by_stamp for answer in record.answers
        )

    def row(self, edition: Edition, key: str) -> Wording | None:
        """An edition's row of a standard, whatever it was called then."""
        wanted = self.now("standards", key)
        if key in edition.wordings:
            return edition.wordings[key]
        return next((row for row in edition.wordings.values() if self.now("standards", row.id) == wanted), None)

    def wording(self, record: Record, answer: Answer) -> Wording | None:
        """The wording that an answer is held against (page 9 of the design, "Judging an answer")."""
        edition = self.edition_of(record)
        row = self.row(edition, answer.id)
        if answer.stamp is None:
            return row or self.row(self.today, answer.id)
        if row and row.stamp == answer.stamp:
            return row
        return self.by_stamp.get((self.now("standards", answer.id), answer.stamp))

    def renamed(self, wording: Wording) -> Wording:
        """A wording under today's names."""
        steps = self.now("steps", f"{wording.phase}.{wording.step}") if wording.step else None
        return replace(
            wording, id=self.now("standards", wording.id), phase=self.now("phases", wording.phase),
            sequence=self.now("sequences", wording.sequence), area=self.now("areas", wording.area) if wording.area else None,
            step=steps.split(".")[-1] if steps else None, traits=tuple(self.now("traits", key) for key in wording.traits),
        )
