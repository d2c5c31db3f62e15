"""Records, responses and a review of a random book, that nobody tidied."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from making import FIRST_DAY, LAST_DAY, SITES, TODAY, Making
from standards import Edition, Wording

AUDITORS = ["owner", "neighbour", "mystery", "accountant"]
PHASES = ["counter", "order", "return"]


def write_records(making: Making, editions: list[Edition], first_in_force: str) -> None:
    """Visits by one to three auditors, some of whom come twice, some records withdrawn or copied."""
    days = (LAST_DAY - FIRST_DAY).days
    folder = making.root / "audits"
    folder.mkdir()
    number = 0
    for turn in range(making.chance.randint(6, 45)):
        day = FIRST_DAY + timedelta(days=making.chance.randrange(days))
        site = making.chance.choice(list(SITES))
        edition = making.chance.choice(editions)
        scope = making.chance.choice(["", "", f"scope: {{phase: [{making.chance.choice(PHASES)}]}}\n", "scope: {up-to: expected}\n",
                                      "scope: {role: owner, type: [personal, procedural]}\n"])
        auditors = making.chance.sample(AUDITORS, making.chance.choice([1, 1, 2, 2, 3, 4]))
        if making.one_in(4):
            auditors.append(auditors[0])
        names = f"edition: {edition.name}\n" if not making.one_in(4) else ""
        shared = len(auditors) > 1 and not making.one_in(6)
        for auditor in auditors:
            number += 1
            head = f"{names}site: {site}\ndate: {day}T{making.chance.choice(['09:00', '14:30'])}\n"
            head += f"visit: visit-{turn}\n" if shared else ""
            head += f"round: {number:08x}\nauditor: {auditor}\n{scope}"
            head += f"staff: S-{making.chance.randint(1, 3)}\n" if making.one_in(2) else ""
            head += "withdrawn: {why: The wrong shop, date: 2026-09-01}\n" if making.one_in(15) else ""
            # Without an edition of its own or of its day, an answer without a stamp may name what today's book does not know.
            stamped = not names or str(day) < first_in_force
            text = head + "answers:\n" + answers(making, edition, editions, site, str(day), stamped)
            (folder / f"{number:03}.yaml").write_text(text, encoding="utf-8")
            if making.one_in(12):
                (folder / f"{number:03}x.yaml").write_text(text, encoding="utf-8")


def answers(making: Making, edition: Edition, editions: list[Edition], site: str, day: str, stamped: bool) -> str:
    """Answers to most of an edition's standards in force at the site, by their stamp, another one's, or none."""
    lines = []
    for wording in edition.wordings.values():
        if not edition.applies(wording, site) or making.one_in(6):
            continue
        asked = wording
        if making.one_in(10):
            other = making.chance.choice(editions)
            asked = other.wordings.get(wording.id, wording)
        # Without a stamp, it is held against whatever the record's edition says; values must fit that.
        bare = making.one_in(8) and not stamped and asked is wording
        lines.append(f"  {wording.id}{'' if bare else '@' + asked.stamp}: {answer(making, asked, day)}\n")
    return "".join(lines) or f"  {next(iter(edition.wordings))}: met\n"


def answer(making: Making, wording: Wording, day: str) -> str:
    """One answer, sometimes with a grade or an action."""
    kind = making.chance.choice(["met", "met", "met", "met", "not met", "not met", "n/a", "not observed", "of", "list", "value", "value"])
    if kind == "n/a":
        return "{answer: n/a, why: Nobody asked for it}"
    seen = {"of": lambda: passes(making), "list": lambda: f"[{', '.join(one(making, wording) for _ in range(making.chance.randint(2, 4)))}]",
            "value": lambda: value(making, wording)}.get(kind, lambda: kind)()
    if not making.one_in(9):
        return seen
    return "{answer: " + seen + f", grade: {making.chance.choice(['minor', 'major', 'opportunity', 'good practice'])}" + action(making, day) + "}"


def action(making: Making, day: str) -> str:
    """An action at some stage."""
    if making.one_in(3):
        return ""
    found = date.fromisoformat(day)
    due, done, verified = (found + timedelta(days=making.chance.randint(low, low + 60)) for low in (5, 10, 90))
    text = f", action: {{what: Practise it, owner: owner, due: {due}"
    if str(done) < TODAY and not making.one_in(3):
        text += f", done: {done}"
        if str(verified) < TODAY and making.one_in(2):
            text += f", verified: {verified}, effective: {making.chance.choice(['true', 'false'])}"
    return text + "}"


def passes(making: Making) -> str:
    """Passes out of observations."""
    of = making.chance.randint(1, 20)
    return f"{making.chance.choice([of, of, making.chance.randint(0, of)])}/{of}"


def one(making: Making, wording: Wording) -> str:
    """One observation of a list."""
    return making.chance.choice(["met", "not met", value(making, wording)])


def value(making: Making, wording: Wording) -> str:
    """A value at, above or below the measure's, in its unit or in a smaller one."""
    if wording.measure is None:
        return making.chance.choice(["met", "not met"])
    bound = wording.measure.value
    amount = bound.amount * making.chance.choice([Fraction(1), Fraction(1), Fraction(1, 2), Fraction(3, 2), Fraction(2)])
    units = {"time": [("s", 1), ("min", 60), ("h", 3600), ("d", 86400)]}.get(bound.dimension, [(bound.dimension, 1)])
    fitting = [(unit, amount / size) for unit, size in units if (amount / size * 100).denominator == 1]
    unit, number = making.chance.choice(fitting)
    text = f"{float(number):g}" if number < 100000 else str(int(number))
    return f'"{text}"' if not unit else f"{text} {unit}"


def write_responses(making: Making) -> None:
    """What customers said, some without a rating, an importance or a phase."""
    areas = {"counter": "counter", "order": "orders", "return": "returns"}
    lines = ["date,site,area,phase,rating,importance,kind"]
    for _ in range(making.chance.randint(0, 160)):
        day = FIRST_DAY + timedelta(days=making.chance.randrange((LAST_DAY - FIRST_DAY).days))
        phase = making.chance.choice(PHASES)
        rating = "" if making.one_in(10) else str(min(5, making.chance.randint(1, 5) + (phase == "counter")))
        importance = "" if making.one_in(5) else str(making.chance.randint(1, 5))
        kind = making.chance.choice(["survey", "survey", "survey", "praise", "complaint"])
        named = "" if making.one_in(6) else phase
        lines.append(f"{day},{making.chance.choice(list(SITES))},{areas[phase]},{named},{rating},{importance},{kind}")
    (making.root / "feedback").mkdir()
    (making.root / "feedback" / "all.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_review(making: Making, editions: list[Edition]) -> None:
    """A closed review of some standards, as their first edition had them."""
    if making.one_in(3):
        return
    lines = ["opened: 2025-03-03", "closed: 2025-03-20", "reviewers: [owner]", "decisions:"]
    first = next(edition for edition in editions if any(edition.name == name for name in issued_first(making.root)))
    for wording in first.wordings.values():
        if not making.one_in(3):
            lines.append(f"  {wording.id}@{wording.stamp}: {{decision: keep, reason: It works, now: \"{wording.stamp}\"}}")
    lines.append("next: 2026-03-20")
    (making.root / "reviews").mkdir()
    (making.root / "reviews" / "2025.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def issued_first(root: Path) -> list[str]:
    """The name of the first issued edition."""
    text = (root / "editions" / "issued" / "1.yaml").read_text(encoding="utf-8")
    return re.findall(r"(?m)^edition: \"?([0-9a-f]{8})", text)
