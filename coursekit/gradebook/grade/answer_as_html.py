"""A learner's answer in words, as HTML: texts in place of ids, and whatever was typed as text."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any

from ...model.controls import Arrange, Assign, Control, Grid, MarkSpans, PickMany, PickOne, Revise, Select
from ...model.controls import Number as NumberBox
from ...model.exercise import Exercise
from ...model.numerals import with_unit

_PARTS = ("options", "items", "spans", "buckets", "reasons", "columns")


def names(controls: Iterable[Control]) -> Iterator[tuple[str, str]]:
    """(id, text) of whatever feedback may stand beside."""
    for control in controls:
        for field in ("options", "items", "spans", "cards"):
            yield from ((one.id, f"“{one.text}”") for one in getattr(control, field, ()))
        yield from ((row.id, row.label) for row in getattr(control, "rows", ()))
        if isinstance(control, NumberBox) and control.id != "answer":
            yield control.id, control.label


def typed(text: str) -> str:
    """Whatever somebody typed, as HTML that shows it and does nothing; a sign that no page can show is a �."""
    shown = "".join(char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") else "\ufffd" for char in text)
    return escape(shown)


def spoken(exercise: Exercise, answer: Any) -> str:
    """What a learner answered, in words. What does not fit the controls is shown as it came."""
    controls = exercise.controls()
    if [control.id for control in controls] == ["answer"]:
        return _value(controls[0], answer)
    given = answer if isinstance(answer, dict) else {}
    lines = [
        f"<dt>{escape(control.label)}</dt><dd>{_value(control, given[control.id])}</dd>" for control in controls if control.id in given
    ]
    return f"<dl>{''.join(lines)}</dl>" if lines else f'<p class="typed" dir="auto">{typed(str(answer))}</p>'


def _value(control: Control, value: Any) -> str:
    texts = {part.id: part.text for field in _PARTS for part in getattr(control, field, ())}

    def named(id: Any) -> str:
        return typed(texts.get(id, id) if isinstance(id, str) else str(id))

    match control, value:
        case ((PickOne() | Select()), str()):
            return f"<p>{named(value)}</p>"
        case PickMany(), list():
            return _list("ul", [named(id) for id in value])
        case Arrange(), list():
            return _list("ol", [named(id) for id in value])
        case Assign(), dict():
            return _list("ul", [f"{named(item)} → {named(bucket)}" for item, bucket in _as_asked(value, control.items)])
        case MarkSpans(), list():
            return _list("ul", [_mark(mark, named) for mark in value])
        case Revise(), list():
            return _list("ol", [f"{escape(card.text)} → {typed(str(place))}" for card, place in zip(control.cards, value, strict=False)])
        case Grid(), dict():
            return _grid(control, value, named)
    text = with_unit(str(value).strip(), control.unit) if isinstance(control, NumberBox) else str(value)
    return f'<p class="typed" dir="auto">{typed(text)}</p>'


def _as_asked(value: dict[str, Any], parts: Iterable[Any]) -> list[tuple[str, Any]]:
    """The entries of an answer in the order of the question; what it does not know comes last."""
    order = {part.id: number for number, part in enumerate(parts)}
    return sorted(value.items(), key=lambda entry: order.get(entry[0], len(order)))


def _mark(mark: Any, named: Callable[[Any], str]) -> str:
    if not isinstance(mark, dict):
        return named(mark)
    return f"{named(mark.get('mark'))} → {named(mark['reason'])}" if mark.get("reason") else named(mark.get("mark"))


def _grid(control: Grid, value: dict[str, Any], named: Callable[[Any], str]) -> str:
    rows, columns = {row.id: row.label for row in control.rows}, {column.id for column in control.columns}
    lines = [
        f"{typed(rows.get(row, str(row)))}{f', {named(column)}' if column in columns else ''}: <bdi>{typed(str(text))}</bdi>"
        for row, cells in _as_asked(value, control.rows)
        if isinstance(cells, dict)
        for column, text in cells.items()
    ]
    return _list("ul", lines)


def _list(tag: str, lines: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"
