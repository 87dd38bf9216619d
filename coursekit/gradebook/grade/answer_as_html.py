"""A learner's answer in words, as HTML: texts in place of ids, and whatever was typed as text."""

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup, escape

from ...content.markdown import visible
from ...model.controls import Control, Told
from ...model.exercise import Exercise

_PICKED = Markup("<p>{}</p>")
_TYPED = Markup('<p class="typed" dir="auto">{}</p>')
_FIELD = Markup("<dt>{}</dt><dd>{}</dd>")
_PAIR = Markup("{} → {}")
_CELL = Markup("{}: <bdi>{}</bdi>")
_ITEM = Markup("<li>{}</li>")
_STEPS, _POINTS = Markup("<ol>{}</ol>"), Markup("<ul>{}</ul>")


def names(controls: Iterable[Control]) -> Iterator[tuple[str, str]]:
    """(id, text) of whatever feedback may stand beside."""
    for control in controls:
        yield from control.named()


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
    told = control.told(value)
    if told is None or control.told_as == "one":
        (one,) = told or [Told(str(value), typed=True)]
        return (_TYPED if one.typed else _PICKED).format(typed(one.text))
    whole = _STEPS if control.told_as == "steps" else _POINTS
    return whole.format(Markup().join(_ITEM.format(_line(one)) for one in told))


def _line(one: Told) -> Markup:
    of, text = Markup(", ").join(map(typed, one.of)), typed(one.text)
    if one.typed:
        return _CELL.format(of, text)
    return _PAIR.format(of, text) if of else text
