"""Small random books: the example of the shop with other sites, standards that change, and records that nobody tidied."""

from __future__ import annotations

import random
import re
import shutil
from datetime import date
from pathlib import Path

from book import json_of, run
from made_records import write_records, write_responses, write_review
from making import FIRST_DAY, SITES, TODAY, Making
from raw import yaml_files
from standards import LEVELS, read_edition


def make_book(binary: str, example: Path, root: Path, seed: int) -> None:
    """A book of this seed: two issued editions, a working copy that differs from both, records, responses, a review."""
    making = Making(binary, root, random.Random(seed))
    shutil.copytree(example, root, ignore=shutil.ignore_patterns("audits", "editions", "reviews", "feedback", "out"))
    for site, team in SITES.items():
        (root / "sites" / f"{site}.yaml").write_text(f"id: {site}\ntitle: {site}\nteam: {team}\n", encoding="utf-8")
    change_standards(making, 8)
    first_in_force = making.chance.choice([FIRST_DAY, date(2024, 10, 1)])
    issue(making, 1, first_in_force)
    change_standards(making, 5)
    if making.one_in(2):
        run(binary, root, TODAY, ["rename", "sold-by-the-piece", "single-pieces-sold"], (0,))
    issue(making, 2, date(2025, 6, 1))
    change_standards(making, 3)
    editions = [read_edition(path) for path in yaml_files(root / "editions") if path.parent.name != "issued"]
    write_records(making, editions, str(first_in_force))
    write_responses(making)
    write_review(making, editions)


def issue(making: Making, number: int, day: date) -> None:
    """Issues the standards as they stand."""
    arguments = ["edition", "issue", "--number", str(number), "--in-force", str(day), "--approved-by", "owner"]
    run(making.binary, making.root, str(day), arguments, (0,))


def change_standards(making: Making, times: int) -> None:
    """Changes some standards: how much they weigh, whether they are critical, their level, share, figure or words, or in force."""
    for _ in range(times):
        path = making.chance.choice(yaml_files(making.root / "sequences"))
        before = path.read_text(encoding="utf-8")
        head, *blocks = re.split(r"(?m)^(?=      - id: )", before)
        written = [index for index, block in enumerate(blocks) if "\n        level: " in block]
        index = making.chance.choice(written)
        blocks[index] = changed(making, blocks[index])
        path.write_text(head + "".join(blocks), encoding="utf-8")
        if "status: retired" in blocks[index] and listed(making.binary, making.root):
            # A moment of truth would be left without standards.
            path.write_text(before, encoding="utf-8")


def changed(making: Making, block: str) -> str:
    """One standard, changed in one way."""
    way = making.chance.choice(["weight", "critical", "level", "share", "figure", "words", "retired"])
    if way == "weight" and "weight:" not in block:
        return added(block, f"weight: {making.chance.choice(['0.5', '2', '3'])}")
    if way == "critical" and "critical:" not in block:
        return added(block, "critical: true")
    if way == "retired" and "status:" not in block:
        return added(block, "status: retired")
    if way == "level":
        return re.sub(r"(?m)^        level: \w+", f"        level: {making.chance.choice(LEVELS)}", block)
    if way == "share" and "measure:" in block and "share:" not in block:
        return re.sub(r"(measure: \{[^}]*)\}", rf"\1, share: {making.chance.choice([60, 75, 90])} %}}", block)
    if way == "figure":
        return re.sub(r"(within|at-least): (\d+)", lambda match: f"{match.group(1)}: {int(match.group(2)) + 1}", block)
    return re.sub(r"(?m)^(        text: .*)\.$", r"\1 and smiles.", block) if "smiles" not in block else block


def added(block: str, line: str) -> str:
    """A standard with one more line after its first."""
    first, rest = block.split("\n", 1)
    return f"{first}\n        {line}\n{rest}"


def listed(binary: str, root: Path) -> list[str]:
    """What `check` has against a book, errors only; a book with errors would test nothing."""
    told = json_of(binary, root, TODAY, ["check"], (0, 1))
    return [f"{one['file']}:{one['line']}: {one['rule']}: {one['message']}" for one in told if one["severity"] == "error"]
