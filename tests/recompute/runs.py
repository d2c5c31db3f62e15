"""Which commands are asked of a book, and what each is held against."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedback
import findings
import reviews
from book import Book, json_of, read_book
from compare import Comparison
from intervals import wilson
from report import report
from wanted import Wanted


@dataclass
class Run:
    """A book under examination."""

    binary: str
    name: str
    book: Book
    today: str
    found: Comparison

    def ask(self, arguments: list[str]) -> Any:
        """The program's JSON. Status 1 says that something is overdue."""
        return json_of(self.binary, self.book.root, self.today, arguments, (0, 1))

    def where(self, arguments: list[str]) -> str:
        """What a mismatch begins with."""
        return f"{self.name} --today {self.today}: {' '.join(arguments)}"


def examine(binary: str, name: str, root: Path, today: str, found: Comparison, some: int | None = None) -> None:
    """Everything of one book on one day; of the audit reports all, or so many that chance (always alike) picks."""
    run = Run(binary, name, read_book(binary, root, today), today, found)
    wanted = reports(run.book)
    if some is not None:
        wanted = wanted[:2] + random.Random(name).sample(wanted[2:], min(some, len(wanted[2:])))
    for one in wanted:
        arguments = ["audit", "report", *one.arguments()]
        found.compare(run.where(arguments), "report", with_ends(run.ask(arguments)), report(run.book, one, today))
    actions(run)
    for site in [None, *run.book.library.today.sites]:
        customers(run, site)
    review_due(run)


def with_ends(theirs: dict[str, Any]) -> dict[str, Any]:
    """A report whose best and worst standards are told by the ends of their intervals."""
    intervals: dict[str, list[list[float]]] = {}
    for one in theirs["standards"]:
        interval = wilson(one["met"], one["judged"])
        if interval:
            intervals.setdefault(one["id"], []).append(interval)
    for head in theirs["analysis"]:
        head["best"] = [max(low for low, _ in intervals[key]) for key in head["best"]]
        head["worst"] = [min(high for _, high in intervals[key]) for key in head["worst"]]
    return theirs


def actions(run: Run) -> None:
    """`audit actions`."""
    ours = [findings.follow_up(item, run.book.items, run.today) for item in run.book.items if findings.with_action(item)]
    arguments = ["audit", "actions"]
    states = [one["state"] for one in ours]
    counts = {state.replace("-", "_"): states.count(state) for state in findings.STATES}
    every = run.book.items
    back = [item for item in every if findings.with_action(item) and findings.came_back(item, every)]
    counts["repeat"] = sum(findings.teller(item, every) is item for item in back)
    run.found.compare(run.where(arguments), "actions", run.ask(arguments), {"actions": ours, "counts": counts})


def customers(run: Run, site: str | None) -> None:
    """`feedback`."""
    arguments = ["feedback"] + (["--site", site] if site else [])
    run.found.compare(run.where(arguments), "feedback", run.ask(arguments), feedback.feedback(run.book.root, run.book.manifest, run.today, site))


def review_due(run: Run) -> None:
    """`review due`: what is listed has the figures that it should, and what must be listed is."""
    arguments = ["review", "due"]
    ours = reviews.due(run.book, run.today)
    theirs = run.ask(arguments)["due"]
    listed = set()
    for one in theirs:
        listed.add((one["id"], one["stamp"]))
        one["reasons"] = [reason for reason in one["reasons"] if reason != "evidence"]
        one["evidence"]["failed-by-most"] = "failed-by-most" in one["evidence"]["calls"]
    must = [one for key, one in ours.items() if key in listed or one["reasons"] or one["evidence"]["failed-by-most"]]
    run.found.compare(run.where(arguments), "review", {"due": theirs}, {"due": must})


def reports(book: Book) -> list[Wanted]:
    """What reports are asked for of a book: everything, with persons; years, halves, quarters; sites; each filter."""
    wanted = [Wanted(), Wanted(staff=True)]
    years = sorted({record.day[:4] for record in book.records})
    for year in years:
        wanted += [Wanted(first=f"{year}-01-01", last=f"{year}-12-31"), Wanted(first=f"{year}-07-01"), Wanted(last=f"{year}-06-30")]
        wanted.append(Wanted(first=f"{year}-04-01", last=f"{year}-06-30", staff=True))
    for site in sorted({record.site for record in book.records if record.site}):
        wanted.append(Wanted(site=site))
        wanted += [Wanted(site=site, first=f"{year}-01-01", last=f"{year}-12-31") for year in years]
    if book.items:
        one = book.items[0].wording
        filters = [("phase", one.phase), ("level", "basic"), ("up-to", "expected"), ("type", one.type), ("aspect", one.aspect),
                   ("sequence", one.sequence), ("role", book.items[0].roles[0])] + [("trait", trait) for trait in one.traits[:1]]
        wanted += [Wanted(filters=(one,)) for one in filters]
        wanted.append(Wanted(first=f"{years[-1]}-01-01", filters=(("level", "exclusive"), ("type", "personal"))))
    return wanted
