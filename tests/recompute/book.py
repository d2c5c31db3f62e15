"""A book's raw files together: manifest, names, editions, records, reviews, and today's set."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from judging import Item, items_of, known_by_others
from library import Library
from raw import as_list, read_yaml, yaml_files
from records import Record, read_records
from standards import Edition, read_edition


@dataclass
class Book:
    """What the figures are made of."""

    root: Path
    manifest: dict[str, Any]
    library: Library
    records: list[Record]
    items: list[Item]


def of_today(record: Record, library: Library) -> Record:
    """A record whose auditor, and whoever sees to its actions, go by the role's name of today."""
    answers = [
        replace(answer, action={**answer.action, "owner": library.now("roles", answer.action["owner"])})
        if answer.action and answer.action.get("owner") else answer
        for answer in record.answers
    ]
    return replace(record, auditor=record.auditor and library.now("roles", record.auditor), answers=answers)


def read_book(binary: str, root: Path, today: str) -> Book:
    """Everything of a book."""
    manifest = read_yaml(root / "gamma-ok.yaml")
    editions = {}
    for path in yaml_files(root / "editions"):
        if path.parent.name != "issued":
            edition = read_edition(path)
            editions[edition.name] = edition
    in_force = [(row["in-force"], row["edition"][:8]) for row in map(read_yaml, yaml_files(root / "editions" / "issued"))]
    current = todays_set(binary, root, today)
    library = Library(editions, current, in_force, former_names(root, [*editions.values(), current]))
    records = [of_today(record, library) for record in read_records(root) if record.day <= today]
    items = known_by_others([item for record in records for item in items_of(record, library, lambda *_: True)])
    return Book(root, manifest, library, records, items)


def todays_set(binary: str, root: Path, today: str) -> Edition:
    """Today's standards as the program resolves them: the set that it writes when a copy of the book, without records, is issued."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("audits", "reviews", "feedback", "editions", "out"))
        standards = json_of(binary, copy, today, ["show"])["standards"]
        role = next(role for standard in standards for role in standard["roles"])
        run(binary, copy, today, ["edition", "issue", "--number", "1", "--in-force", today, "--approved-by", role], (0,))
        return read_edition(next(path for path in yaml_files(copy / "editions") if path.parent.name != "issued"))


def run(binary: str, book: Path, today: str, arguments: list[str], statuses: tuple[int, ...]) -> str:
    """What the program prints."""
    command = [binary, "--book", str(book), "--today", today, "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in statuses:
        raise RuntimeError(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}{done.stdout[:500]}")
    return done.stdout


def json_of(binary: str, book: Path, today: str, arguments: list[str], statuses: tuple[int, ...] = (0,)) -> Any:
    """What the program prints as JSON."""
    return json.loads(run(binary, book, today, [*arguments, "--format", "json"], statuses))


def former_names(root: Path, editions: list[Edition]) -> dict[str, str]:
    """What things are called now, by what they were called: `KIND:OLD` to the new id. Today's files come last and win."""
    names: dict[str, str] = {}
    for edition in editions:
        names.update({f"standards:{old}": new for old, new in edition.former.items()})
        names.update(edition.former_names)
    for path in yaml_files(root / "sequences"):
        data = read_yaml(path)
        note(names, "sequences", [data])
        note(names, "phases", as_list(data.get("phases")))
        for phase in as_list(data.get("phases")):
            note(names, "standards", as_list(phase.get("standards")))
            note(names, "steps", as_list(phase.get("steps")), phase["id"] + ".")
    for path in yaml_files(root / "sites"):
        note(names, "sites", [read_yaml(path)])
    for path in yaml_files(root / "traits"):
        note(names, "traits", as_list(read_yaml(path).get("traits")))
    if (root / "roles.yaml").is_file():
        note(names, "roles", as_list(read_yaml(root / "roles.yaml").get("roles")))
    note(names, "areas", as_list(read_yaml(root / "gamma-ok.yaml").get("areas")))
    return {old: new for old, new in names.items() if old.split(":", 1)[1] != new}


def note(names: dict[str, str], kind: str, entries: list[dict[str, Any]], within: str = "") -> None:
    """The former names of some entries."""
    for entry in entries:
        for old in as_list(entry.get("was")):
            names[f"{kind}:{within}{old}"] = within + entry["id"]
