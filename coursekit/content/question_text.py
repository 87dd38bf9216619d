"""An exercise as plain text and plain HTML, for a page that nobody has run: question and ways to answer, no key."""

from collections.abc import Iterator

from ..model.controls import Arrange, Assign, Control, Grid, MarkSpans, PickMany, PickOne, Revise, Select
from ..model.exercise import Exercise
from ..wording import say
from .markdown import html, plain


def as_text(exercise: Exercise) -> str:
    """The exercise as plain text; the same each time."""
    note = [exercise.note.strip(), ""] if exercise.note else []
    lines = [exercise.title, "", *note, exercise.prompt.strip(), ""]
    for control in exercise.controls():
        lines += [f"{control.label}:", *(f"  {mark} {text}" for mark, text in _lines(control)), ""]
    return "\n".join([*lines, say("static.how")])


def as_html(exercise: Exercise) -> str:
    """The exercise as HTML without script or style of its own; the same each time."""
    controls = "".join(
        f"<p><strong>{plain(control.label)}</strong></p>" + "".join(f"<p>{mark} {plain(text)}</p>" for mark, text in _lines(control))
        for control in exercise.controls()
    )
    note = html(exercise.note) if exercise.note else ""
    return f"<div><h3>{plain(exercise.title)}</h3>{note}{html(exercise.prompt)}{controls}<p><em>{plain(say('static.how'))}</em></p></div>"


def _lines(control: Control) -> Iterator[tuple[str, str]]:
    """The lines of a control, each with the mark that stands for its box."""
    match control:
        case PickOne():
            yield from (("○", option.text) for option in control.options)
        case PickMany():
            yield from (("☐", option.text) for option in control.options)
        case Arrange():
            yield from (("__.", item.text) for item in control.items)
        case Assign():
            buckets = " / ".join(bucket.text for bucket in control.buckets)
            yield from (("•", f"{item.text} → ______") for item in control.items)
            yield "→", buckets
        case MarkSpans():
            yield from (("☐", span.text) for span in control.spans)
            if control.reasons:
                yield "→", " / ".join(reason.text for reason in control.reasons)
        case Select():
            yield from (("○", option.text) for option in control.options)
        case Revise():
            yield from (("•", f"{card.text} ______") for card in control.cards)
            yield "→", f"0: {control.low} … 100: {control.high}"
        case Grid():
            names = {column.id: column.text for column in control.columns}
            for row in control.rows:
                blanks = "; ".join(f"{names.get(cell.column, '')} ______".strip() for cell in row.cells)
                yield "•", f"{row.label}: {blanks}"
        case _:
            yield "•", f"______ {getattr(control, 'unit', '')}".strip()
