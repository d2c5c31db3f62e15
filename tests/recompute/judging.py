"""Judging: which wording an answer is held against, and whether it is met. An item is one standard in one record."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Callable

import quantity
from library import Library
from records import Answer, Record
from standards import LEVELS, Edition, Wording

OUT_OF = re.compile(r"^(\d+)\s*/\s*(\d+)$")
NOT_JUDGED = {"n/a": "n/a", "not observed": "not observed"}


@dataclass(frozen=True)
class Item:
    """One standard in one record. `outcome` is met, not met, n/a or not observed; `present` are the roles that its site has;
    `answered_by_others` says of what it left unanswered that another record of the visit has an answer to it, of whatever wording."""

    record: Record
    wording: Wording
    roles: tuple[str, ...]
    outcome: str
    passed: int
    observations: int
    staff: str | None
    answer: Answer | None
    levels: tuple[Fraction, ...]
    present: frozenset[str]
    answered_by_others: bool = False

    @property
    def judged(self) -> bool:
        """Whether it was met or not met."""
        return self.outcome in ("met", "not met")


def items_of(record: Record, library: Library, wanted: Callable[[Wording, list[str]], bool]) -> list[Item]:
    """A record's items: its answers, and as not observed whatever was in its scope and has no answer."""
    edition = library.edition_of(record)
    items, answered = [], set()
    present = frozenset(library.now("roles", role) for role in edition.roles if edition.is_present(role, record.site))
    for answer in record.answers:
        answered.add(library.now("standards", answer.id))
        wording = library.wording(record, answer)
        if wording is None:
            continue
        outcome, passed, observations = judge(wording, answer.seen)
        items.append(item(record, library, edition, wording, outcome, (passed, observations), answer, present))
    for wording in edition.wordings.values():
        if library.now("standards", wording.id) in answered or not edition.applies(wording, record.site):
            continue
        if in_scope(record, edition, wording, library):
            items.append(item(record, library, edition, wording, "not observed", (0, 0), None, present))
    return [one for one in items if wanted(one.wording, list(one.roles))]


def known_by_others(items: list[Item]) -> list[Item]:
    """The same items, each that was left unanswered told whether another record of its visit answers it."""
    answered = {(item.record.visit_key, item.wording.id) for item in items if item.answer}
    return [replace(item, answered_by_others=not item.answer and (item.record.visit_key, item.wording.id) in answered) for item in items]


def item(record: Record, library: Library, edition: Edition, wording: Wording, outcome: str, seen: tuple[int, int],
         answer: Answer | None, present: frozenset[str]) -> Item:
    """An item under today's names."""
    roles = tuple(dict.fromkeys(library.now("roles", role) for role in edition.keepers(wording, record.site)))
    staff = (answer.staff if answer else None) or record.staff
    return Item(record, library.renamed(wording), roles, outcome, seen[0], seen[1], staff, answer,
                tuple(edition.levels), present)


def in_scope(record: Record, edition: Edition, wording: Wording, library: Library) -> bool:
    """Whether a record was to look at a standard: *or* within one key of its scope, *and* between them."""
    values: dict[str, list[str | None]] = {
        "sequence": [wording.sequence], "phase": [wording.phase], "type": [wording.type], "level": [wording.level],
        "procedure": [wording.procedure], "aspect": [wording.aspect], "trait": list(wording.traits),
        "role": list(edition.keepers(wording, record.site)),
    }
    kinds = {"sequence": "sequences", "phase": "phases", "trait": "traits", "role": "roles"}
    for key, wanted in record.scope.items():
        if key == "up-to":
            if LEVELS.index(wording.level) > LEVELS.index(wanted[0]):
                return False
            continue
        kind = kinds.get(key, "")
        names = {library.now(kind, name) for name in wanted}
        if not names & {library.now(kind, value) for value in values[key] if value}:
            return False
    return True


def judge(wording: Wording, seen: list[str]) -> tuple[str, int, int]:
    """An answer's outcome, with the observations that passed and all of them."""
    if len(seen) == 1 and seen[0] in NOT_JUDGED:
        return NOT_JUDGED[seen[0]], 0, 0
    passed = observations = 0
    for text in seen:
        one, of = observed(wording, text)
        passed, observations = passed + one, observations + of
    return verdict(wording, passed, observations), passed, observations


def verdict(wording: Wording, passed: int, observations: int) -> str:
    """Met where the share of passing observations reaches the measure's, which is all of them where it has none."""
    return "met" if Fraction(passed, observations) >= wording.share else "not met"


def observed(wording: Wording, text: str) -> tuple[int, int]:
    """What one answer says: passes and observations."""
    if text in ("met", "not met"):
        return int(text == "met"), 1
    parts = OUT_OF.match(text)
    if parts:
        return int(parts.group(1)), int(parts.group(2))
    value = quantity.parse(text)
    if value is None or wording.measure is None:
        raise ValueError(f"`{text}` says nothing about {wording.id}")
    return int(wording.measure.passes(value)), 1
