"""Units: one standard in one visit, after the auditors' votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable

from judging import Item, verdict
from standards import Wording

Grouping = Callable[[Item], bool]


@dataclass(frozen=True)
class Unit:
    """One wording of one standard in one visit. `outcome` is met, not met, disputed, n/a or not observed."""

    wording: Wording
    roles: tuple[str, ...]
    visit: tuple[str, ...]
    outcome: str
    votes: dict[str, str]
    items: tuple[Item, ...]

    @property
    def judged(self) -> bool:
        """Whether it counts in the denominator; what is disputed does not."""
        return self.outcome in ("met", "not met")


def units_of(items: Iterable[Item], alone: bool = False) -> list[Unit]:
    """The units that items make up.

    What one record left unanswered and another of the visit answers was seen, whichever wording a filter asks for; but not by those
    whose records alone are looked at (`alone`).

    A unit is one *standard* in one visit: where auditors judged two wordings of it (which one table cannot hold, page 9), each is
    told for itself, and what was not judged adds nothing to what was.
    """
    standards: dict[tuple, list[Item]] = {}
    for item in (item for item in items if alone or not item.answered_by_others):
        standards.setdefault((item.record.visit_key, item.wording.id), []).append(item)
    units = []
    for (visit, _), group in standards.items():
        stamps = list(dict.fromkeys(item.wording.stamp for item in group if item.judged))
        if not stamps:
            units.append(unit_of(visit, group))
        units += [unit_of(visit, [item for item in group if item.wording.stamp == stamp]) for stamp in stamps]
    return units


def unit_of(visit: tuple[str, ...], items: list[Item]) -> Unit:
    """One unit. What its records may say differently of its place is taken from the last that judged it, or said n/a."""
    judged = [item for item in items if item.judged]
    wording = (judged or [item for item in items if item.outcome == "n/a"] or items)[-1].wording
    votes = votes_of(wording, judged)
    roles = tuple(dict.fromkeys(role for item in items for role in item.roles))
    return Unit(wording, roles, visit, outcome_of(wording, items, votes), votes, tuple(items))


def votes_of(wording: Wording, items: list[Item]) -> dict[str, str]:
    """Each auditor's judgement, their records of the visit pooled."""
    seen: dict[str, tuple[int, int]] = {}
    for item in items:
        passed, observations = seen.get(item.record.judge, (0, 0))
        seen[item.record.judge] = passed + item.passed, observations + item.observations
    return {judge: verdict(wording, passed, observations) for judge, (passed, observations) in seen.items()}


def outcome_of(wording: Wording, items: list[Item], votes: dict[str, str]) -> str:
    """How a visit's answers come out.

    Only met and not met vote. With a measure's share (below all), the passes of all auditors are pooled and nobody votes.
    A critical standard fails if any auditor says not met, with a share too.
    """
    if not votes:
        return "n/a" if any(item.outcome == "n/a" for item in items) else "not observed"
    against = sum(vote == "not met" for vote in votes.values())
    if wording.critical and against:
        return "not met"
    if wording.share < 1:
        judged = [item for item in items if item.judged]
        return verdict(wording, sum(item.passed for item in judged), sum(item.observations for item in judged))
    if 2 * against == len(votes):
        return "disputed"
    return "not met" if 2 * against > len(votes) else "met"
