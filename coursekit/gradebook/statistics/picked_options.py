"""What an answer picked: the options of a question, and which of them one answer took."""

import json
from collections.abc import Callable
from typing import Any

from attrs import frozen

from ...errors import Unreadable
from ...model.exercise import Exercise
from ...model.numerals import show, with_unit

_ARROW = " → "


@frozen
class Offered:
    """Something that a learner can pick; `right` if it belongs to the key. `text` is Markdown of the author, or a figure."""

    id: str
    text: str
    right: bool
    misconception: str = ""


def offered(exercise: Exercise) -> list[Offered]:
    """What can be picked, in the order of the question; of a number the key alone; empty for kinds without options."""
    return _OFFERED[exercise.kind](exercise) if exercise.kind in _OFFERED else []


def picked(exercise: Exercise, answer: str) -> list[Offered]:
    """What one answer (JSON text in the exercise's own ids) picked; empty where it cannot be read."""
    try:
        read = exercise.read(json.loads(answer))
    except (Unreadable, ValueError):
        return []
    if exercise.kind == "number":
        return _figures(exercise, read)
    taken = _PICKED[exercise.kind](read) if exercise.kind in _PICKED else ()
    return [one for one in offered(exercise) if one.id in taken]


def _options(exercise: Any) -> list[Offered]:
    return [Offered(one.id, one.text, one.right, one.misconception) for one in exercise.option]


def _buckets(exercise: Any) -> list[Offered]:
    """Each item in each bucket."""
    found = []
    for item in exercise.item:
        own = {wrong.bucket: wrong.misconception for wrong in item.wrong}
        for bucket in exercise.bucket:
            right = bucket.id in item.accepted
            code = "" if right else own.get(bucket.id, item.misconception)
            found.append(Offered(item.id + _ARROW + bucket.id, item.text + _ARROW + bucket.text, right, code))
    return found


def _spans(exercise: Any) -> list[Offered]:
    return [Offered(one.id, one.text, one.mark, "" if one.mark else one.misconception) for one in exercise.span]


def _keys(exercise: Any) -> list[Offered]:
    """The figures that are right, one for each quantity."""
    return [_figure(exercise, quantity, exercise.figures.value(quantity.key), True, "") for quantity in exercise.quantity]


def _figures(exercise: Any, read: Any) -> list[Offered]:
    """The figures typed; all that count as the key are one."""
    parts, keys = exercise.grade(read).parts, _keys(exercise)
    return [
        key if part.verdict == "right" else _figure(exercise, quantity, reading.value, False, part.misconception)
        for key, quantity, reading, part in zip(keys, exercise.quantity, read, parts, strict=True)
    ]


def _figure(exercise: Any, quantity: Any, value: float, right: bool, code: str) -> Offered:
    name = "key" if right else f"{round(value, quantity.decimals):.12g}"
    text = with_unit(show(value, quantity.decimals), quantity.unit)
    if len(exercise.quantity) > 1:
        name, text = quantity.id + _ARROW + name, quantity.label + _ARROW + text
    return Offered(name, text, right, code)


_OFFERED: dict[str, Callable[[Any], list[Offered]]] = {
    "single-choice": _options,
    "multiple-choice": _options,
    "sorting": _buckets,
    "highlight": _spans,
    "number": _keys,
}
_PICKED: dict[str, Callable[[Any], Any]] = {
    "single-choice": lambda read: (read,),
    "multiple-choice": set,
    "sorting": lambda read: {item + _ARROW + bucket for item, bucket in read.items()},
    "highlight": set,
}
