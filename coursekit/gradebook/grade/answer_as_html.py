"""A learner's answer in words, as HTML: texts in place of ids, and whatever was typed as text."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markupsafe import Markup, escape

from ...content.markdown import visible
from ...model.controls import Arrange, Assign, Control, Grid, MarkSpans, PickMany, PickOne, Revise, Select
from ...model.controls import Number as NumberBox
from ...model.exercise import Exercise
from ...model.numerals import with_unit

_TYPED = Markup('<p class="typed" dir="auto">{}</p>')
_FIELD = Markup("<dt>{}</dt><dd>{}</dd>")
_PAIR = Markup("{} → {}")
_CELL = Markup("{}{}: <bdi>{}</bdi>")
_PARTS = ("options", "items", "spans", "buckets", "reasons", "columns")


def names(controls: Iterable[Control]) -> Iterator[tuple[str, str]]:
    """(id, text) of whatever feedback may stand beside."""
    for control in controls:
        for field in ("options", "items", "spans", "cards"):
            yield from ((one.id, f"“{one.text}”") for one in getattr(control, field, ()))
        yield from ((row.id, row.label) for row in getattr(control, "rows", ()))
        if isinstance(control, NumberBox) and control.id != "answer":
            yield control.id, control.label


def typed(text: str) -> Markup:
    """Whatever somebody typed, as HTML that shows it and does nothing; a sign that no page can show is a �."""
    return escape(visible(text))


def spoken(exercise: Exercise, answer: Any) -> Markup:
    """What a learner answered, in words. What does not fit the controls is shown as it came."""
    controls = exercise.controls()
    if [control.id for control in controls] == ["answer"]:
        return _value(controls[0], answer)
    given = answer if isinstance(answer, dict) else {}
    lines = [_FIELD.format(control.label, _value(control, given[control.id])) for control in controls if control.id in given]
    return Markup("<dl>{}</dl>").format(Markup().join(lines)) if lines else _TYPED.format(typed(str(answer)))


def _value(control: Control, value: Any) -> Markup:
    texts = {part.id: part.text for field in _PARTS for part in getattr(control, field, ())}

    def named(id: Any) -> Markup:
        return typed(texts.get(id, id) if isinstance(id, str) else str(id))

    match control, value:
        case ((PickOne() | Select()), str()):
            return Markup("<p>{}</p>").format(named(value))
        case PickMany(), list():
            return _list("ul", [named(id) for id in value])
        case Arrange(), list():
            return _list("ol", [named(id) for id in value])
        case Assign(), dict():
            return _list("ul", [_PAIR.format(named(item), named(bucket)) for item, bucket in _as_asked(value, control.items)])
        case MarkSpans(), list():
            return _list("ul", [_mark(mark, named) for mark in value])
        case Revise(), list():
            return _list("ol", [_PAIR.format(card.text, typed(str(place))) for card, place in zip(control.cards, value, strict=False)])
        case Grid(), dict():
            return _grid(control, value, named)
    text = with_unit(str(value).strip(), control.unit) if isinstance(control, NumberBox) else str(value)
    return _TYPED.format(typed(text))


def _as_asked(value: dict[str, Any], parts: Iterable[Any]) -> list[tuple[str, Any]]:
    """The entries of an answer in the order of the question; what it does not know comes last."""
    order = {part.id: number for number, part in enumerate(parts)}
    return sorted(value.items(), key=lambda entry: order.get(entry[0], len(order)))


def _mark(mark: Any, named: Callable[[Any], Markup]) -> Markup:
    if not isinstance(mark, dict):
        return named(mark)
    return _PAIR.format(named(mark.get("mark")), named(mark["reason"])) if mark.get("reason") else named(mark.get("mark"))


def _grid(control: Grid, value: dict[str, Any], named: Callable[[Any], Markup]) -> Markup:
    rows, columns = {row.id: row.label for row in control.rows}, {column.id for column in control.columns}
    lines = [
        _CELL.format(typed(rows.get(row, str(row))), Markup(", {}").format(named(column)) if column in columns else "", typed(str(text)))
        for row, cells in _as_asked(value, control.rows)
        if isinstance(cells, dict)
        for column, text in cells.items()
    ]
    return _list("ul", lines)


def _list(tag: str, lines: list[Markup]) -> Markup:
    return Markup(f"<{tag}>{{}}</{tag}>").format(Markup().join(map(Markup("<li>{}</li>").format, lines)))
