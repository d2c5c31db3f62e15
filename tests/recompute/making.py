"""What a random book is made with."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FIRST_DAY, LAST_DAY, TODAY = date(2024, 2, 1), date(2026, 8, 31), "2026-09-15"
SITES = {"high-street": "4", "market": "2", "mill-street": "1"}


@dataclass
class Making:
    """A book being made."""

    binary: str
    root: Path
    chance: random.Random

    def one_in(self, number: int) -> bool:
        """Whether something that happens once in so many times happens."""
        return self.chance.randrange(number) == 0
