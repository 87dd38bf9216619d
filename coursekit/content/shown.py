"""Exercises and cases as people read them: figures are put into their texts when one is looked up, not when it is loaded."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from attrs import evolve, fields, has

from ..model.figures import Figures


class Shown(Mapping[str, Any]):
    """Exercises (or cases) by id, each with every `{= figure}` of its texts worked out when it is first looked up.

    `written` has them as their files say it. Another language, or numbers in a reader's own format, is another
    `Shown` of the same `written`.
    """

    def __init__(self, written: Mapping[str, Any]):
        self.written = written
        self._shown: dict[str, Any] = {}

    def __getitem__(self, id: str) -> Any:
        if id not in self._shown:
            one = self.written[id]
            self._shown[id] = with_texts(one, one.figures.shown)
        return self._shown[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.written)

    def __len__(self) -> int:
        return len(self.written)


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same typed object with `change` done to each of its texts, at any depth."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(one, change) for one in value)
    if isinstance(value, dict):
        return {key: with_texts(one, change) for key, one in value.items()}
    old = {name: getattr(value, name) for name in _fields(type(value))}  # type: ignore[arg-type]  # every class can be hashed
    new = {name: with_texts(one, change) for name, one in old.items()}
    return evolve(value, **new) if new != old else value


@cache
def _fields(cls: type) -> tuple[str, ...]:
    """The fields that may hold texts; a figure's expressions are none."""
    return tuple(one.name for one in fields(cls) if one.type is not Figures) if has(cls) else ()
