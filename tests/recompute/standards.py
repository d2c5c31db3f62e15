"""Standards as an edition holds them: wordings, the roles that keep them, and where they apply."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import conditions
import quantity
from raw import as_list, blank, read_yaml, truth

LEVELS = ["basic", "expected", "exclusive"]
WHOLE = Fraction(1)


@dataclass(frozen=True)
class Measure:
    """What a value is compared with."""

    bound: str
    value: quantity.Quantity
    high: quantity.Quantity | None
    share: Fraction

    def passes(self, seen: quantity.Quantity) -> bool:
        """Whether a value keeps to the measure."""
        if seen.dimension != self.value.dimension:
            raise ValueError(f"{seen.dimension} cannot be compared with {self.value.dimension}")
        if self.bound == "at-least":
            return seen.amount >= self.value.amount
        if self.bound == "between":
            assert self.high is not None
            return self.value.amount <= seen.amount <= self.high.amount
        return seen.amount <= self.value.amount


@dataclass(frozen=True)
class Wording:
    """One wording of one standard, as its edition places it."""

    id: str
    stamp: str
    sequence: str
    phase: str
    step: str | None
    area: str | None
    type: str
    level: str
    aspect: str
    procedure: str | None
    traits: tuple[str, ...]
    roles: tuple[str, ...]
    receiver: str | None
    weight: Fraction
    critical: bool
    when: tuple[str, ...]
    measure: Measure | None

    @property
    def share(self) -> Fraction:
        """The share of observations that must pass."""
        return self.measure.share if self.measure else WHOLE


@dataclass
class Edition:
    """A set of standards, with the roles and sites of its day."""

    name: str
    wordings: dict[str, Wording]
    former: dict[str, str]
    levels: list[Fraction]
    roles: dict[str, dict[str, Any]]
    sites: dict[str, dict[str, Any]]
    former_names: dict[str, str] = field(default_factory=dict)

    def site(self, key: str | None) -> dict[str, Any] | None:
        """A site's attributes, with its id."""
        return self.sites.get(key) if key else None

    def keepers(self, wording: Wording, site_key: str | None) -> list[str]:
        """The roles that keep a standard at a site, those absent there folded into who covers for them."""
        site = self.site(site_key)
        return list(dict.fromkeys(self.fold(role, site) for role in wording.roles))

    def fold(self, role: str, site: dict[str, Any] | None) -> str:
        """Who does a role's duties at a site."""
        seen = {role}
        while site is not None:
            entry = self.roles.get(role, {})
            condition, cover = entry.get("when"), entry.get("covered-by")
            if not condition or conditions.holds(condition, site) or not cover or cover in seen:
                break
            role = cover
            seen.add(role)
        return role

    def is_present(self, role: str, site_key: str | None) -> bool:
        """Whether a site has a role, and does not fold it into who covers for it."""
        return self.fold(role, self.site(site_key)) == role

    def applies(self, wording: Wording, site_key: str | None) -> bool:
        """Whether a standard is in force at a site: its conditions hold, and a hand-off has two persons."""
        site = self.site(site_key)
        if site is None:
            return True
        if not all(conditions.holds(condition, site) for condition in wording.when):
            return False
        if wording.receiver in self.roles and wording.roles:
            return {self.fold(role, site) for role in wording.roles} != {self.fold(wording.receiver, site)}
        return True


def read_edition(path: Path) -> Edition:
    """An edition's file."""
    data = read_yaml(path)
    wordings, former = {}, {}
    for row in data["standards"]:
        wording = read_wording(row)
        wordings[wording.id] = wording
        former.update({old: wording.id for old in as_list(row.get("was"))})
    sites = {row["id"]: site_attributes(row) for row in as_list(data.get("sites"))}
    roles = {row["id"]: row for row in as_list(data.get("roles"))}
    levels = [Fraction(share) for share in data["levels"]]
    names = {}
    for kind in ("areas", "sequences", "phases", "traits", "roles", "sites"):
        for row in as_list(data.get(kind)):
            names.update({f"{kind}:{old}": row["id"] for old in as_list(row.get("was"))})
            for step in as_list(row.get("steps")):
                names.update({f"steps:{row['id']}.{old}": step["id"] for old in as_list(step.get("was"))})
    return Edition(data["edition"][:8], wordings, former, levels, roles, sites, names)


def read_wording(row: dict[str, Any]) -> Wording:
    """One row of an edition's standards."""
    return Wording(
        id=row["id"], stamp=row["stamp"], sequence=row["sequence"], phase=row["phase"], step=blank(row.get("step")),
        area=blank(row.get("area")), type=row["type"], level=row["level"], aspect=row["aspect"],
        procedure=blank(row.get("procedure")), traits=tuple(as_list(row.get("traits"))),
        roles=tuple(as_list(row.get("roles"))), receiver=blank(row.get("to")), weight=Fraction(row.get("weight", "1")),
        critical=bool(truth(row.get("critical"))), when=tuple(as_list(row.get("when"))), measure=read_measure(row.get("measure")),
    )


def read_measure(row: dict[str, str] | None) -> Measure | None:
    """A row's measure."""
    if not row:
        return None
    value = quantity.parse(row["value"])
    high = quantity.parse(row["high"]) if row.get("high") else None
    assert value is not None
    return Measure(row["bound"], value, high, Fraction(row.get("share", "1")))


def site_attributes(row: dict[str, Any]) -> dict[str, Any]:
    """What conditions may ask of a site."""
    attributes: dict[str, Any] = {"id": row["id"]}
    for key, text in (row.get("attributes") or {}).items():
        known = truth(text)
        number = quantity.parse(text) if known is None else None
        attributes[key] = known if known is not None else float(number.amount) if number and not number.dimension else text
    return attributes
