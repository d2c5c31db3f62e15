"""A chain of sites with years of audits: the same chain for the same numbers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2023, 1, 1)
YEARS = 3
LEVELS = ["basic", "expected", "exclusive"]
TYPES = ["personal", "product", "procedural"]
PHASES = ["arrival", "order", "meal", "payment", "farewell"]
AUDITORS = ["area-lead", "quality-lead", "guest"]


def make_chain(root: Path, sites: int, visits: int, standards: int, seed: int) -> int:
    """Writes the book; says how many answers are in it."""
    chance = random.Random(seed)
    root.mkdir(parents=True)
    (root / "gamma-ok.yaml").write_text("title: The chain\nderive: false\nreview: {since: 2023-01-01}\n", encoding="utf-8")
    for folder in ["sites", "sequences", "audits"]:
        (root / folder).mkdir()
    for site in range(sites):
        (root / "sites" / f"s{site:04}.yaml").write_text(f"id: s{site:04}\ntables: {8 + site % 40}\n", encoding="utf-8")
    ids = write_standards(root, standards, chance)
    answers = 0
    for site in range(sites):
        answers += write_audits(root, f"s{site:04}", visits, ids, random.Random(seed * 1_000_003 + site))
    return answers


def write_standards(root: Path, standards: int, chance: random.Random) -> list[tuple[str, bool]]:
    """The sequence; ids, and whether each is answered by passes out of observations."""
    lines = ["id: visit", "title: A visit", "phases:"]
    ids = []
    for place, phase in enumerate(PHASES):
        lines += [f"  - id: {phase}", f"    title: {phase.capitalize()}", "    standards:"]
        for number in range(place, standards, len(PHASES)):
            shared = number % 7 == 3
            name = f"rule-{number}"
            ids.append((name, shared))
            lines += [
                f"      - id: {name}",
                f"        type: {TYPES[number % 3]}",
                f"        level: {LEVELS[min(2, number % 5 // 2)]}",
                f"        weight: {chance.choice([1, 1, 1, 2, 0.5, 1.25])}",
                f"        critical: {'true' if number % 17 == 5 else 'false'}",
                f"        text: The waiter does thing {number}.",
                "        why: Guests come back.",
            ]
            if number % 11 == 2:
                lines.append("        when: site.tables >= 20")
            if shared:
                lines.append("        measure: {what: thing, at-most: 3 min, share: 80 %}")
    (root / "sequences" / "visit.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ids


def write_audits(root: Path, site: str, visits: int, ids: list[tuple[str, bool]], chance: random.Random) -> int:
    quality = 0.7 + 0.28 * chance.random()
    answers = 0
    folder = root / "audits" / site
    folder.mkdir()
    for number in range(visits * YEARS):
        day = FIRST_DAY + timedelta(days=(number * 365 * YEARS + chance.randrange(365)) // (visits * YEARS))
        # Every fifth visit is made by two, who do not always agree.
        for auditor in AUDITORS[: 2 if number % 5 == 0 else 1]:
            lines = [f"site: {site}", f"date: {day}", f"visit: v{number}", f"auditor: {auditor}", "answers:"]
            for name, shared in ids:
                answer = said(name, shared, quality, chance)
                if answer:
                    lines.append(f"  {name}: {answer}")
                    answers += 1
            (folder / f"{number:04}-{auditor}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return answers


def said(name: str, shared: bool, quality: float, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < 0.06:
        return ""
    if drawn < 0.09:
        return "{answer: n/a, why: Not served here}"
    if drawn < 0.12:
        return "not observed"
    if shared:
        of = chance.randrange(3, 12)
        return f"{sum(chance.random() < quality for _ in range(of))}/{of}"
    return "met" if chance.random() < quality else "not met"
