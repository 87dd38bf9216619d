"""`[figures]` and `[derived]` of a file as named figures, strictly; and whether every text of the file finds its own."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import BadExpression, ContentError
from ..model.expressions import expressions
from ..model.figures import Derived, Figure, Figures
from ..wording import rule_and_cure, say
from .strict_parsing import broken, structure

_LARGEST = 1e300  # as far as a typed answer is read


def read_figures(raw: dict[str, Any], case: str = "", shared: Figures | None = None) -> Figures:
    """The figures of a file (a dict from TOML) on top of those that it shares with its case.

    Raises an ExceptionGroup of ContentError: what is no number, an unknown key, a name that is taken, a derived
    figure that cannot be worked out.
    """
    shared = shared or Figures()
    found: list[ContentError] = []
    given = dict(_read(raw, "figures", _figure, found))
    derived = dict(_read(raw, "derived", _derived, found))
    found += _taken(given, derived, case, shared)
    if found:
        raise ExceptionGroup("content", found)
    try:
        return shared.plus({**given, **derived})
    except BadExpression as error:
        raise ExceptionGroup("content", [_not_worked_out(error, derived)]) from None


def _read(raw: dict[str, Any], key: str, read: Any, found: list[ContentError]) -> Iterator[tuple[str, Any]]:
    """The figures of one table by name; what is wrong with the others goes to `found`."""
    table = raw.get(key, {})
    if not isinstance(table, dict):
        found.append(ContentError(key, *rule_and_cure("figures.table", key=key)))
        return
    for name, value in table.items():
        try:
            yield name, read(value, f"{key}.{name}")
        except ExceptionGroup as group:
            errors: tuple[Any, ...] = group.exceptions  # no group is among them
            found += errors


def _figure(raw: Any, place: str) -> Figure:
    figure = _whole(Figure, raw, place) if isinstance(raw, dict) else None
    value = figure.value if figure else raw
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST < value < _LARGEST:
        raise broken(place, *rule_and_cure("figures.number", value=value))
    return figure or Figure(float(value))


def _derived(raw: Any, place: str) -> Derived:
    if isinstance(raw, dict):
        return _whole(Derived, raw, place)
    if not isinstance(raw, str):
        raise broken(place, *rule_and_cure("figures.expression", value=raw))
    return Derived(raw)


def _whole(cls: type, raw: dict[str, Any], place: str) -> Any:
    """A figure written with its unit and its decimals."""
    figure = structure(cls, raw, place)
    if figure.decimals is not None and not 0 <= figure.decimals <= 6:
        raise broken(f"{place}.decimals", *rule_and_cure("figures.decimals", value=figure.decimals))
    return figure


def _taken(given: Mapping[str, Any], derived: Mapping[str, Any], case: str, shared: Figures) -> Iterator[ContentError]:
    """Names that stand for two figures."""
    for place, table in (("figures", given), ("derived", derived)):
        for name in sorted(table.keys() & shared.keys()):
            yield ContentError(f"{place}.{name}", *rule_and_cure("figures.taken", case=case))
    for name in sorted(given.keys() & derived.keys()):
        yield ContentError(f"derived.{name}", *rule_and_cure("figures.twice"))


def _not_worked_out(error: BadExpression, derived: Mapping[str, Derived]) -> ContentError:
    """What is wrong with a derived figure: it may use only what stands before it, so that none goes round in a circle."""
    place, names = f"derived.{error.figure}", list(derived)
    for later in names[names.index(error.figure) :]:
        if re.search(rf"\b{re.escape(later)}\b", derived[error.figure].value):
            return ContentError(place, *rule_and_cure("figures.later", expression=derived[error.figure].value, later=later))
    return ContentError(place, str(error), say("expression.correct"))


def check_texts(raw: Any, figures: Figures) -> None:
    """Raise an ExceptionGroup of ContentError unless every `{= expression}` in the data's texts can be worked out."""
    found = []
    for place, text in texts(raw):
        try:
            for expression, _ in expressions(text):
                figures.value(expression)
        except BadExpression as error:
            found.append(ContentError(place, str(error), say("expression.correct")))
    if found:
        raise ExceptionGroup("content", found)


def texts(raw: Any) -> list[tuple[str, str]]:
    """Every text in a file's data with its place: ("option[1].why", "It costs €{= fee}.")."""
    found: list[tuple[str, str]] = []
    _gather(raw, "", found)
    return found


def _gather(raw: Any, place: str, found: list[tuple[str, str]]) -> None:
    if isinstance(raw, str):
        found.append((place, raw))
    elif isinstance(raw, dict):
        for key, value in raw.items():
            _gather(value, f"{place}.{key}" if place else key, found)
    elif isinstance(raw, list):
        for number, value in enumerate(raw, 1):
            _gather(value, f"{place}[{number}]", found)
