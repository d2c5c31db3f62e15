"""Comparing what the program prints with what was recomputed."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

TOLERANCE = 1e-9
LACKING = "(not there)"
# What names an entry of a list, by the list's own name.
KEYS = {
    "standards": ("id", "stamp"), "agreement": ("standard",), "comparisons": ("dimension", "a", "b"),
    "trends": ("standard", "stamp"), "changes": ("standard", "stamp"), "blocks": ("standard", "stamp"), "analysis": ("aspect",), "findings": ("file", "standard"), "points": ("period",), "due": ("id", "stamp"),
    "actions": ("file", "standard", "site", "found", "what"),
}
# Lists of names whose order says nothing.
UNORDERED = {"critical_failed", "tied_with", "reasons"}
# What is no figure: words that the program takes over, places in files.
WORDS = {"title", "line", "today", "text", "book"}


@dataclass
class Comparison:
    """What was found, and how much was looked at."""

    compared: int = 0
    mismatches: list[str] = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    not_recomputed: Counter = field(default_factory=Counter)

    def tell(self, where: str, path: str, theirs: Any, ours: Any) -> None:
        """One mismatch."""
        self.mismatches.append(f"{where}: {path}: theirs {short(theirs)}, ours {short(ours)}")
        self.kinds[kind_of(path, theirs is LACKING)] += 1

    def compare(self, where: str, path: str, theirs: Any, ours: Any) -> None:
        """A value and all below it."""
        if isinstance(ours, dict) and isinstance(theirs, dict):
            for name, value in ours.items():
                self.compare(where, f"{path}.{name}", theirs.get(name, LACKING), value)
            for name in theirs.keys() - ours.keys() - WORDS:
                self.not_recomputed[f"{kind_of(path, False)}.{name}"] += 1
        elif isinstance(ours, list) and isinstance(theirs, list) and any(isinstance(one, dict) for one in ours + theirs):
            self.entries(where, path, theirs, ours)
        elif isinstance(ours, list) and isinstance(theirs, list) and path.rsplit(".", 1)[-1] in UNORDERED:
            self.compared += 1
            if sorted(theirs) != sorted(ours):
                self.tell(where, path, theirs, ours)
        elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
            for index, (their, our) in enumerate(zip(theirs, ours)):
                self.compare(where, f"{path}[{index}]", their, our)
        else:
            self.compared += 1
            if not alike(theirs, ours):
                self.tell(where, path, theirs, ours)

    def entries(self, where: str, path: str, theirs: list[Any], ours: list[Any]) -> None:
        """Lists of entries, met by what names them."""
        names = KEYS.get(path.rsplit(".", 1)[-1], ("key",))
        names = tuple(name for name in names if all(name in one for one in ours + theirs))
        left, right = by_name(theirs, names), by_name(ours, names)
        for key in dict.fromkeys([*left, *right]):
            at = f"{path}[{' '.join(map(str, key))}]"
            if key in left and key in right:
                self.compare(where, at, left[key], right[key])
            else:
                self.compared += 1
                self.tell(where, at, left.get(key, LACKING), right.get(key, LACKING))


def by_name(entries: list[dict[str, Any]], names: tuple[str, ...]) -> dict[tuple, dict[str, Any]]:
    """Entries by what names them; a name that comes again is counted."""
    found: dict[tuple, dict[str, Any]] = {}
    for entry in entries:
        key = tuple(entry[name] for name in names)
        again = 1
        while key in found:
            again += 1
            key = (*key[: len(names)], again)
        found[key] = entry
    return found


def alike(theirs: Any, ours: Any) -> bool:
    """The same, numbers but for the last digits of a sum."""
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return theirs is ours
    if isinstance(theirs, (int, float)) and isinstance(ours, (int, float)):
        return math.isclose(theirs, ours, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(theirs, list) and isinstance(ours, list):
        return len(theirs) == len(ours) and all(alike(one, other) for one, other in zip(theirs, ours))
    return theirs == ours


def kind_of(path: str, lacking: bool) -> str:
    """A path without what names its entries."""
    kind, depth = "", 0
    for letter in path:
        depth += letter == "["
        if not depth:
            kind += letter
        depth -= letter == "]"
    return kind + (" (the program does not print it)" if lacking else "")


def short(value: Any) -> str:
    """A value in a line."""
    text = str(value)
    return text if len(text) <= 160 else text[:157] + "..."
