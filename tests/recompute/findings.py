"""Findings and actions: what was not met, what is done about it, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from judging import Item
from units import units_of

STATES = ["overdue", "open", "done", "without-effect", "verified"]


def is_finding(item: Item) -> bool:
    """What was not met, was graded, or has an action."""
    answer = item.answer
    return item.outcome == "not met" or bool(answer and (answer.grade or answer.action))


def finding(item: Item, all_items: list[Item]) -> dict[str, Any]:
    """A finding as the report's JSON has it."""
    answer = item.answer
    assert answer is not None
    return {
        "standard": item.wording.id, "stamp": item.wording.stamp, "site": item.record.site, "date": item.record.day,
        "visit": item.record.visit, "auditor": item.record.auditor, "answer": item.outcome, "grade": answer.grade,
        "critical": item.wording.critical and item.outcome == "not met", "note": answer.note,
        "nonconformity": is_failure(item, all_items) and teller(item, all_items) is item,
        "repeats": repeats(item, all_items), "file": item.record.key,
    }


def is_failure(item: Item, all_items: list[Item]) -> bool:
    """Whether its visit says that it was not met: one auditor's word against as many, or more, is no nonconformity."""
    return id(item) in failures(all_items)


FAILURES: dict[int, tuple[list[Item], set[int]]] = {}


def failures(all_items: list[Item]) -> set[int]:
    """The items that say not met in units that were not met."""
    known = FAILURES.get(id(all_items))
    if known is None or known[0] is not all_items:
        found = {
            id(item) for unit in units_of(all_items) if unit.outcome == "not met" for item in unit.items if item.outcome == "not met"
        }
        known = FAILURES[id(all_items)] = (all_items, found)
    return known[1]


GRAVITY = ["major", "minor", "opportunity", "good practice", "conformity", None]


def teller(item: Item, all_items: list[Item]) -> Item:
    """Of the auditors of a visit who found the same, the one who counts: one with an action, else the gravest, else the first."""
    same = [
        other for other in all_items
        if other.record.visit_key == item.record.visit_key and is_finding(other) and (other.outcome == "not met") == (item.outcome == "not met")
        and (other.wording.id, other.wording.stamp) == (item.wording.id, item.wording.stamp)
    ]
    return min(same, key=lambda other: (not with_action(other), GRAVITY.index(other.answer.grade if other.answer else None)))


def same_place(a: Item, b: Item) -> bool:
    """The same standard at the same site."""
    return a.wording.id == b.wording.id and a.record.site == b.record.site


def repeated(item: Item, all_items: list[Item]) -> Item | None:
    """The earlier finding whose action was done last before this one, which repeats it all the same; of several done on one day the
    later in the order of records."""
    if not is_failure(item, all_items):
        return None
    earlier = [
        other for other in all_items
        if same_place(item, other) and other.answer and other.answer.action and is_failure(other, all_items)
        and other.record.day < item.record.day
        and other.answer.action.get("done") and other.answer.action["done"] < item.record.day
    ]
    # Of equals `max` gives the first.
    return max(reversed(earlier), key=done_day, default=None)


def done_day(item: Item) -> str:
    """When the action on a finding was done."""
    return str(item.answer.action["done"]) if item.answer and item.answer.action else ""


def repeats(item: Item, all_items: list[Item]) -> str | None:
    """Day of the finding that this one repeats."""
    earlier = repeated(item, all_items)
    return earlier.record.day if earlier else None


def came_back(item: Item, all_items: list[Item]) -> str | None:
    """The first day on which the same was not met again after the action was done, unless a later action was done by then."""
    later = [other.record.day for other in all_items if same_place(item, other) and repeated(other, all_items) is item]
    return min(later, default=None)


def state(action: dict[str, Any], today: str) -> str:
    """How far an action has come."""
    if action.get("verified"):
        return "without-effect" if action.get("effective") is False else "verified"
    if action.get("done"):
        return "done"
    return "overdue" if action.get("due") and action["due"] < today else "open"


def action(item: Item, today: str) -> dict[str, Any]:
    """An action as the report's JSON has it."""
    assert item.answer is not None and item.answer.action is not None
    entry = item.answer.action
    words = {word: entry.get(word) for word in ("what", "cause", "owner", "due", "done", "verified", "effective")}
    return {"standard": item.wording.id, "site": item.record.site, "found": item.record.day, **words, "state": state(entry, today)}


def follow_up(item: Item, all_items: list[Item], today: str) -> dict[str, Any]:
    """An action as `audit actions` has it."""
    told = action(item, today)
    overdue = told["state"] == "overdue"
    assert item.answer is not None
    return {
        **told, "stamp": item.wording.stamp, "grade": item.answer.grade, "file": item.record.key,
        "days_overdue": (date.fromisoformat(today) - date.fromisoformat(told["due"])).days if overdue else None,
        "came_back": came_back(item, all_items), "repeats": repeats(item, all_items),
    }


def with_action(item: Item) -> bool:
    """Whether something is done about it."""
    return bool(item.answer and item.answer.action)


def open_before(item: Item, first: str | None) -> bool:
    """Whether an action was found before a period and still open when it began: not done by then, or done without effect."""
    if first is None or item.record.day >= first or not with_action(item):
        return False
    assert item.answer is not None and item.answer.action is not None
    entry = item.answer.action
    return not entry.get("done") or entry["done"] >= first or entry.get("effective") is False
