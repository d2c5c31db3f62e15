"""Conditions over a site: `site.rooms >= 50 and site.stars >= 4`.

The language is minijinja's, and of it what Python reads alike: comparisons, `and`, `or`, `not`, `in`, texts and numbers.
"""

from __future__ import annotations

import ast
import operator
from typing import Any, Callable

COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}
WORDS = {"true": True, "false": False, "True": True, "False": False}


class Lacking(Exception):
    """The site lacks an attribute, so the condition is false as a whole."""


def holds(condition: str, site: dict[str, Any] | None) -> bool:
    """Whether a condition holds at a site; without a site, everything applies."""
    if site is None:
        return True
    try:
        return bool(value_of(ast.parse(condition.strip(), mode="eval").body, site))
    except Lacking:
        return False


def value_of(node: ast.expr, site: dict[str, Any]) -> Any:
    """The value of one part of a condition. All parts are looked at: an attribute that lacks makes the whole false."""
    if isinstance(node, ast.BoolOp):
        values = [bool(value_of(part, site)) for part in node.values]
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return not value_of(node.operand, site)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -value_of(node.operand, site)
    if isinstance(node, ast.Compare):
        left = value_of(node.left, site)
        for comparison, part in zip(node.ops, node.comparators):
            right = value_of(part, site)
            if not COMPARISONS[type(comparison)](left, right):
                return False
            left = right
        return True
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "site":
        return attribute(site, node.attr)
    if isinstance(node, ast.Name):
        return WORDS[node.id] if node.id in WORDS else attribute(site, node.id)
    if isinstance(node, (ast.List, ast.Tuple)):
        return [value_of(part, site) for part in node.elts]
    if isinstance(node, ast.Constant):
        return node.value
    raise ValueError(f"this condition is beyond the recomputation: {ast.dump(node)}")


def attribute(site: dict[str, Any], name: str) -> Any:
    """A site's attribute."""
    if name not in site:
        raise Lacking(name)
    return site[name]
