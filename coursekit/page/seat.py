"""One learner on the course's pages: which exercise they get, their cards, their progress, their assignment.

Knows no widget, no socket and no kernel, so that a notebook, a page and a classroom seat people alike.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from attrs import field, frozen

from ..assignment.bundle import Bundle, Released, find_bundle
from ..assignment.hand_in import Handover
from ..content import location
from ..content.library import Library, load
from ..content.notebook_order import file_of, plan
from ..errors import BadBundle, NotSaved
from ..model.exercise import Exercise
from ..record.attempts import Entry, Log
from ..record.forms import Moment, form_for, items
from ..record.hard_scenes import skips
from ..record.progress import Progress, progress
from ..wording import say
from .cards import Card, case_card, unit_card
from .progress_panel import Next, progress_panel
from .sitting import Sitting


@cache
def library(course: Path) -> Library:
    """The content of the course in a folder, read once for all seats of this process."""
    return load(course / "exercises")


@frozen
class Seat:
    """A learner's place: their record and a clock (which returns aware times), at the course in a folder."""

    log: Log
    clock: Callable[[], datetime]
    course: Path = field(factory=lambda: location.root())

    @property
    def library(self) -> Library:
        """The course's content."""
        return library(self.course)

    def exercise(self, id: str) -> Exercise:
        """The exercise of that id, or the one without its hard scene for a learner who skips those. Raises UnknownExercise."""
        asked = self.library[id]
        return self.library[asked.alternative] if asked.alternative and self._skips() else asked

    def sit(self, exercise: Exercise) -> Sitting:
        """This learner at an exercise, as they left it."""
        return Sitting(exercise, self.log, self.clock)

    def measure(self, moment: Moment) -> list[Exercise]:
        """The items of the test form that this learner gets at that moment. Raises NotSaved where no id can be kept."""
        return [self.exercise(id) for id in items(self.library, form_for(self.log.learner(), moment))]

    def unit(self, name: str) -> Card:
        """Where a unit stands on the decision path, with its questions and objectives. Raises UnknownUnit."""
        return unit_card(self.library.unit(name))

    def case(self, name: str) -> Card:
        """Who is who in a case, what happened, and the letters. Raises UnknownCase."""
        asked = self.library.case(name)
        return case_card(self.library.case(asked.alternative) if asked.alternative and self._skips() else asked)

    def _skips(self) -> bool:
        return skips(self.library, self.log.entries())

    def progress(self, unit: str = "", entries: list[Entry] | None = None) -> Card:
        """What is done and what comes next: the whole course, or one unit with its objectives. Raises UnknownUnit.

        `entries` takes the place of the record: without any it is the panel of somebody who has not begun.
        """
        now = progress(self.library, self.log.entries() if entries is None else entries, plan(self.course / "notebooks"))
        rows = [(self._title(tally.id), tally) for tally in now.units if tally.total and unit in ("", tally.id)]
        if unit:
            objectives = self.library.unit(unit).objective
            rows += [(one.text, now.objectives[one.id]) for one in objectives if one.id in now.objectives]
        return progress_panel(rows, self._next(now))

    def _next(self, now: Progress) -> Next:
        if now.next is None:
            return Next(say("progress.all_done"))
        one = self.library[now.next]
        sentence = say("progress.next", title=one.title, unit=self._title(one.unit))
        return Next(sentence, file_of(self.course / "notebooks", one.unit))

    def _title(self, unit: str) -> str:
        units = self.library.units
        return units[unit].title if unit in units else unit

    def assignment(self, folder: Path) -> Bundle:
        """The assignment in a folder as this learner has it. Raises BadBundle."""
        try:
            learner = self.log.learner()
        except NotSaved:  # said at the first answer
            learner = ""
        return find_bundle(folder).for_learner(learner)

    def hand_in(self, folder: Path) -> Handover:
        """This learner handing in the assignment in a folder. Raises BadBundle."""
        return Handover(self.assignment(folder), folder, self.log, self.clock)


def question(bundle: Bundle, number: int) -> Released:
    """A question of an assignment; the first is number 1. Raises BadBundle."""
    if number not in range(1, len(bundle.questions) + 1):
        raise BadBundle(say("bundle.no_question", number=number, count=len(bundle.questions)))
    return bundle.questions[number - 1]
