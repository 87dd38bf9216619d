"""The route through hard scenes: a learner who chose to skip them gets an exercise with the same objective instead."""

from collections.abc import Iterable

from ..content.library import Library
from ..model.kinds.worksheet import Worksheet
from .entry import Entry

ASKED, FIELD, SKIP = "start-here/content-note", "route", 1  # the worksheet, its field, and which of its options skips


def skips(library: Library, entries: Iterable[Entry]) -> bool:
    """Whether the learner's last word on scenes of abuse was to skip them.

    Words that the course no longer has count as skipping: nobody meets such a scene because an option was reworded.
    """
    asked = library.get(ASKED)
    answers = [entry.answer for entry in entries if entry.exercise == ASKED and isinstance(entry.answer, dict)]
    if not isinstance(asked, Worksheet) or not answers:
        return False
    route = next(field for field in asked.field if field.id == FIELD)
    said = answers[-1].get(FIELD)
    return bool(said) and said not in [text for number, text in enumerate(route.option) if number != SKIP]
