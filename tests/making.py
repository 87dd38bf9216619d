"""Exercises for tests, made from a few lines of TOML in the way that the library makes them from a file."""

import tomllib
from pathlib import Path
from typing import Any

from coursekit.content.figure_tables import read_figures
from coursekit.content.shown import with_texts
from coursekit.content.strict_parsing import structure
from coursekit.model.exercise import Exercise
from coursekit.model.kinds import KINDS

TINY = Path(__file__).parent / "tiny_course"
SHARED = {"title": "A title", "prompt": "A question", "objective": "shop.decide"}


def made(kind: str, text: str, **more: Any) -> Exercise:
    """An exercise of that kind from the TOML of its own fields; `figures` and shared fields as keywords."""
    raw = {**SHARED, **tomllib.loads(text), **more}
    figures = read_figures({"figures": raw.pop("figures", {}), "derived": raw.pop("derived", {})})
    return with_texts(structure(KINDS[kind], {**raw, "figures": figures, "id": f"shop/{kind}"}), figures.shown)


def verdicts(grade: Any) -> dict[str, str]:
    """{part: verdict} of a grade."""
    return {part.id: part.verdict for part in grade.parts}


def walk(value: Any) -> Any:
    """Every text in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from walk(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from walk(one)
