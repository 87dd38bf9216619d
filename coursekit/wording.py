"""What the package says to a person: every sentence stands in text.toml and is looked up here."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def section(name: str) -> dict[str, Any]:
    """All entries of one section of text.toml, as they stand."""
    text = (files(__package__) / "text.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)[name]


@cache
def _entry(key: str) -> str:
    where, _, name = key.partition(".")
    return section(where)[name]


def say(key: str, **values: object) -> str:
    """The sentence of that key ("section.key") with its {places} filled in."""
    return _entry(key).format(**values) if values else _entry(key)
