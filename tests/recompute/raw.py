"""Reading a book's files as they stand, every scalar as the text that was written."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path) -> Any:
    """A YAML file; `2026-01-12`, `yes` and `0123` stay the texts that they are."""
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=Loader) or {}


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files below a folder, in the order of their paths."""
    return sorted(folder.rglob("*.yaml")) if folder.is_dir() else []


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by the words of its header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key.strip(): (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]


def as_list(value: Any) -> list[Any]:
    """One or a list, as a list."""
    if value in (None, ""):
        return []
    return list(value) if isinstance(value, list) else [value]


def blank(value: Any) -> Any:
    """None for what was left empty."""
    return None if value in ("", "~", "null") else value


def truth(value: Any) -> bool | None:
    """`true` and `false`; None for anything else."""
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None
