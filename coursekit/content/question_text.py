"""An exercise as plain text and plain HTML, for a page that nobody has run: question and ways to answer, no key."""

from ..model.exercise import Exercise
from ..wording import say
from .markdown import html, plain


def as_text(exercise: Exercise) -> str:
    """The exercise as plain text; the same each time."""
    note = [exercise.note.strip(), ""] if exercise.note else []
    lines = [exercise.title, "", *note, exercise.prompt.strip(), ""]
    for control in exercise.controls():
        lines += [say("static.label", label=control.label), *(f"  {mark} {text}" for mark, text in control.lines()), ""]
    return "\n".join([*lines, say("static.how")])


def as_html(exercise: Exercise) -> str:
    """The exercise as HTML without script or style of its own; the same each time."""
    controls = "".join(
        f"<p><strong>{plain(control.label)}</strong></p>" + "".join(f"<p>{mark} {plain(text)}</p>" for mark, text in control.lines())
        for control in exercise.controls()
    )
    note = html(exercise.note) if exercise.note else ""
    return f"<div><h3>{plain(exercise.title)}</h3>{note}{html(exercise.prompt)}{controls}<p><em>{plain(say('static.how'))}</em></p></div>"
