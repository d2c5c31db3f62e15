"""Audit records: who looked at what, when and where, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raw import as_list, blank, read_yaml, truth, yaml_files


@dataclass(frozen=True)
class Answer:
    """One answer of a record, as written."""

    id: str
    stamp: str | None
    seen: list[str]
    grade: str | None
    note: str | None
    staff: str | None
    action: dict[str, Any] | None


@dataclass(frozen=True)
class Record:
    """One record; `key` is its file's path below the book."""

    key: str
    edition: str | None
    site: str | None
    day: str
    moment: str
    visit: str | None
    round: str | None
    auditor: str | None
    staff: str | None
    scope: dict[str, list[str]]
    answers: list[Answer]
    withdrawn: bool

    @property
    def visit_key(self) -> tuple[str, ...]:
        """Records share a visit only where both name the same one at the same site; else each is its own."""
        return ("shared", self.site or "", self.visit) if self.visit else ("alone", self.key)

    @property
    def judge(self) -> str:
        """Who judged. A record that names nobody is taken for a person of its own (the design is silent)."""
        return self.auditor or f"nobody named, {self.key}"


def read_records(book: Path) -> list[Record]:
    """Every record that counts: not withdrawn, and each round once."""
    records, rounds = [], set()
    for path in yaml_files(book / "audits"):
        record = read_record(path, path.relative_to(book).as_posix())
        if record.withdrawn or (record.round and record.round in rounds):
            continue
        rounds.add(record.round)
        records.append(record)
    return sorted(records, key=lambda record: (record.moment, record.key))


def read_record(path: Path, key: str) -> Record:
    """One record's file."""
    data = read_yaml(path)
    answers = [read_answer(name, value) for name, value in (data.get("answers") or {}).items()]
    return Record(
        key=key, edition=blank(data.get("edition")), site=blank(data.get("site")), day=data["date"][:10], moment=data["date"],
        visit=blank(data.get("visit")), round=blank(data.get("round")), auditor=blank(data.get("auditor")),
        staff=blank(data.get("staff")), scope={name: as_list(value) for name, value in (data.get("scope") or {}).items()},
        answers=answers, withdrawn=bool(data.get("withdrawn")),
    )


def read_answer(name: str, value: Any) -> Answer:
    """One answer, short or with what else was noted."""
    key, _, stamp = name.partition("@")
    entry = value if isinstance(value, dict) else {"answer": value}
    action = entry.get("action") or None
    if action:
        action = {word: blank(text) for word, text in action.items()}
        action["effective"] = truth(action.get("effective"))
    return Answer(
        id=key, stamp=stamp or None, seen=as_list(entry.get("answer")), grade=blank(entry.get("grade")),
        note=blank(entry.get("note")), staff=blank(entry.get("staff")), action=action,
    )
