"""What can be told of a raw answer from the control it was given to alone, without a key: whether its shape fits."""

from collections.abc import Collection
from typing import Any

from ..errors import Unreadable
from ..wording import say
from .controls import Arrange, Assign, Control, Grid, MarkSpans, Number, PickMany, PickOne, Revise, Select
from .numerals import read as read_number
from .numerals import two_readings
from .raw_values import clean, ids, json_number, mapping, one_id


def read_named(control: Control, raw: Any) -> Any:
    """What was typed into one of several controls; what cannot be read names it."""
    try:
        return read(control, raw)
    except Unreadable as error:
        raise Unreadable(f"{control.label}: {error}", error.part or control.id) from None


def read(control: Control, raw: Any, words_least: int = 0) -> Any:
    """What was given to one control, if its shape fits. Raises Unreadable."""
    match control:
        case PickOne() | Select():
            return one_id(raw, _ids(control.options), say("unreadable.pick_one"))
        case PickMany():
            return list(_some(ids(raw, _ids(control.options), say("unreadable.pick_many")), say("unreadable.pick_many")))
        case Arrange():
            return list(_all(ids(raw, _ids(control.items), say("unreadable.arrange")), control.items))
        case Assign():
            buckets, what = _ids(control.buckets), say("unreadable.assign")
            placed = {item: bucket for item, bucket in mapping(raw, _ids(control.items), what).items() if bucket}
            _all(placed, control.items)
            return {item: one_id(bucket, buckets, what) for item, bucket in placed.items()}
        case MarkSpans():
            return _marks(control, raw)
        case Revise():
            return _positions(control, raw)
        case Grid():
            return _cells(control, raw)
        case Number():
            return _number(control, raw)
    return _text(raw, words_least)


def _ids(parts: Collection[Any]) -> list[str]:
    return [part.id for part in parts]


def _some(given: Collection[Any], what: str) -> Collection[Any]:
    if not given:
        raise Unreadable(say("unreadable.empty", what=what))
    return given


def _all(given: Collection[str], parts: Collection[Any]) -> Collection[str]:
    if left_out := [part for part in parts if part.id not in given]:
        raise Unreadable(say("unreadable.left_out", items="; ".join(part.text for part in left_out)), left_out[0].id)
    return given


def _marks(control: MarkSpans, raw: Any) -> Any:
    what, known = say("unreadable.mark"), _ids(control.spans)
    if not control.reasons:
        return list(_some(ids(raw or [], known, what), what))
    if not isinstance(raw, list) or not all(isinstance(mark, dict) for mark in raw):
        raise Unreadable(say("unreadable.shape", what=what))
    for id, mark in zip(_some(ids([mark.get("mark") for mark in raw], known, what), what), raw, strict=True):
        if not mark.get("reason"):
            raise Unreadable(say("unreadable.reason"), id)
        one_id(mark["reason"], _ids(control.reasons), say("unreadable.reason"))
    return raw


def _positions(control: Revise, raw: Any) -> Any:
    values = [json_number(value) for value in raw] if isinstance(raw, list) else []
    if len(values) != len(control.cards) or not all(value is not None and 0 <= value <= 100 for value in values):
        raise Unreadable(say("unreadable.shape", what=say("unreadable.revise", all=len(control.cards))))
    return values


def _cells(control: Grid, raw: Any) -> Any:
    what, columns = say("unreadable.row"), {cell.column for row in control.rows for cell in row.cells}
    rows = {
        row: {column: clean(text, what) for column, text in mapping(cells, columns, what).items() if text}
        for row, cells in mapping(raw, _ids(control.rows), what).items()
        if cells
    }
    return dict(_some({row: cells for row, cells in rows.items() if cells}, what))


def _number(control: Number, raw: Any) -> Any:
    if (value := json_number(raw)) is not None:
        return value
    text = clean("" if raw is None else raw, say("unreadable.no_number", example="1130"), limit=200)
    reading = read_number(text, control.unit)
    if reading.other is not None:
        raise Unreadable(two_readings(text.strip(), reading.value, reading.other))
    return text


def _text(raw: Any, words_least: int) -> str:
    text = clean(raw, say("unreadable.write")).strip()
    if not text:
        raise Unreadable(say("unreadable.empty", what=say("unreadable.write")))
    if (count := len(text.split())) < words_least:
        raise Unreadable(say("flag.words_few", count=count, least=words_least))
    return text
