"""A result is named once: expressions and formats that stand twice in a file of the course."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...content.figure_tables import texts
from ...content.library import Library, Problem
from ...errors import BadExpression
from ...model.expressions import expressions
from ...wording import rule_and_cure, say

_COUNTED = re.compile(r"derived\.\w+(\.value)?|quantity\[\d+\]\.(key|slip\[\d+\]\.value)")  # texts that are an expression


def repeated_expressions(root: Path, library: Library) -> Iterator[Problem]:
    """No expression and no format of a figure stands twice in a file. Results of worksheets are sums over what a learner
    types, and may be alike."""
    for path in sorted((root / "exercises").rglob("*.toml")):
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):  # the library has named it
            continue
        for problem in (*_sums(raw), *_formats(raw)):
            yield Problem(path.relative_to(root).as_posix(), *problem)


def _sums(raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    found: dict[str, list[str]] = {}
    for place, expression, _ in _all(raw):
        if sum_ := _plain(expression):
            found.setdefault(sum_, []).append(place)
    for sum_, places in found.items():
        if len(places) > 1:
            name = next((place.split(".")[1] for place in places if place.startswith("derived.")), "")
            cure = say("lint.write_name", name=name) if name else say("lint.name_it")
            elsewhere = next(place for place in places if not name or not place.startswith(f"derived.{name}"))
            yield elsewhere, say("lint.expression", expression=sum_, n=len(places)), cure


def _formats(raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for place, expression, decimals in _all(raw):
        if decimals and not _plain(expression):
            found.setdefault((expression, decimals), []).append(place)
    for (name, decimals), places in found.items():
        if len(places) > 1:
            shown = f"{{= {name} : .{decimals}f}}"
            yield places[0], *rule_and_cure("lint.format", format=shown, n=len(places), decimals=decimals, name=name)


def _all(raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every expression with its place and the decimals asked for, "" for none."""
    for place, text in texts(raw):
        if _COUNTED.fullmatch(place):
            yield place, text, ""
            continue
        try:
            yield from ((place, *one) for one in expressions(text))
        except BadExpression:  # the library has named it
            continue


def _plain(expression: str) -> str:
    """An expression in one spelling; empty for a name or a number alone, and for what is no expression."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        return ""
    return "" if isinstance(tree, ast.Name | ast.Constant) else ast.unparse(tree)


RULES = (repeated_expressions,)
