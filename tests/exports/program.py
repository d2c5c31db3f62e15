"""The program that is tried, run on the example or on another book."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "hotel-wisla"
DAY = date(2026, 11, 20)


def start(*words: str, book: Path = EXAMPLE) -> subprocess.CompletedProcess[bytes]:
    """Runs the program, however it ends."""
    command = [str(Path(sys.argv[1]).resolve()), *words, "--book", str(book), "--today", str(DAY)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def run(*words: str, book: Path = EXAMPLE) -> bytes:
    """What the program prints, which must end well."""
    ended = start(*words, book=book)
    assert ended.returncode == 0, (words, ended.stdout, ended.stderr)
    return ended.stdout
