"""What a notebook calls, in its kernel: one learner's seat, and the widgets of one page, which keep each other up to date."""

from datetime import UTC, datetime
from pathlib import Path

from ..errors import NotSaved
from ..record.attempts import Log
from ..record.forms import Moment
from ..wording import say
from .cards import Card
from .handing_in import HandingIn
from .html import tag
from .seat import Seat
from .seat import question as question_of
from .widgets import ExerciseList, ExerciseWidget, HandInWidget, Panel

_panels: list[tuple[str, Panel]] = []  # shown in this kernel, refreshed after each act
_hand_ins: list[HandInWidget] = []  # likewise


def seat() -> Seat:
    """The learner of this kernel; the record is looked up each time, as a test or a learner may move it."""
    return Seat(Log(), now)


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def exercise(id: str) -> ExerciseWidget:
    """An exercise with the learner's last answer in it. Raises UnknownExercise."""
    here = seat()
    return ExerciseWidget(here.sit(here.exercise(id)), _refresh_panels)


def measure(moment: Moment) -> ExerciseList | Card:
    """The test form that this learner gets at that moment: "before", "after" or "later"."""
    here = seat()
    try:
        items = [ExerciseWidget(here.sit(one), _refresh_panels) for one in here.measure(moment)]
    except NotSaved:
        return Card(tag("p", text := say("measure.closed")), text)
    return ExerciseList(items, f"{say('measure.about', n=len(items))} {say('measure.silent')}")


def unit(name: str) -> Card:
    """Where the unit stands on the decision path, with its questions and objectives. Raises UnknownUnit."""
    return seat().unit(name)


def case(name: str) -> Card:
    """Who is who in a case, what happened, and the letters. Raises UnknownCase."""
    return seat().case(name)


def progress(name: str = "") -> Panel:
    """What is done and what comes next: the whole course, or one unit with its objectives. Raises UnknownUnit."""
    panel = Panel(seat().progress(name).html, unrun=seat().progress(name, entries=[]))
    _panels.append((name, panel))
    return panel


def question(number: int) -> ExerciseWidget:
    """A question of the assignment in this folder; the first is number 1. Raises BadBundle."""
    here = seat()
    return ExerciseWidget(here.sit(question_of(here.assignment(Path.cwd()), number)), _refresh_hand_ins)


def hand_in() -> HandInWidget:
    """What is answered of the assignment in this folder, and a button to hand it in. Raises BadBundle."""
    widget = HandInWidget(HandingIn(seat().hand_in(Path.cwd())))
    _hand_ins.append(widget)
    return widget


def _refresh_panels() -> None:
    for name, panel in _panels:
        panel.html = seat().progress(name).html


def _refresh_hand_ins() -> None:
    for widget in _hand_ins:
        widget.refresh()
