"""Who marks which folder and how: the words of the command line made into a session."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from attrs import asdict, frozen

from ...errors import BadInput, NotWritten
from ...files import try_writing
from ...formats import decimal
from ...wording import say
from .. import marks
from ..marks import DECISION, MarkLog
from .agreement import Agreement, agreements, disagreements
from .marking_session import MarkingSession
from .texts_to_mark import Pile, read_texts
from .view import About, Given

_VARIABLE = "COURSEKIT_MARK"  # how the server tells its kernel


@frozen
class Marker:
    """A marker at a graded folder. `second`: also what others have marked, unseen. `decide`: only where markers differ."""

    folder: str
    name: str
    second: bool = False
    decide: bool = False

    def check(self) -> None:
        """Raise BadInput where the name cannot be a marker's, NotWritten where no mark could be saved."""
        if marks.slug(self.name) == DECISION:
            raise BadInput(say("marking.decision_name"))
        try:
            try_writing(Path(self.folder))
        except OSError as error:
            raise NotWritten(say("marking.closed", place=self.folder, error=error.strerror)) from None

    def to_environment(self) -> None:
        """Leave the session where a kernel of this process finds it."""
        os.environ[_VARIABLE] = json.dumps(asdict(self))

    @classmethod
    def from_environment(cls) -> "Marker":
        """The session that `to_environment` left."""
        return cls(**json.loads(os.environ[_VARIABLE]))

    def open(self, clock: Callable[[], datetime], pile: Pile | None = None) -> tuple[MarkingSession, About]:
        """The session as this marker left it, and what the page says around it. Raises BadInput."""
        folder = Path(self.folder)
        pile = pile or read_texts(folder)
        log = MarkLog(folder, DECISION, by=marks.slug(self.name)) if self.decide else MarkLog(folder, self.name)
        levels = marks.levels(folder)
        others = [marks for marker, marks in levels.items() if marker not in (log.marker, DECISION)]
        taken = () if self.second or self.decide else [mark for marks in others for mark in marks]
        disputes = disagreements(levels, pile.of) if self.decide else None
        session = MarkingSession(pile, log.acts(), log.record, clock, taken=taken, disputes=disputes)
        mode = "decision" if self.decide else "second" if self.second else "first"
        found = compared(folder, pile) if self.decide else []
        return session, About(self.name, mode, say("marking.then", folder=self.folder), _given(folder) if self.decide else {}, found)


def compared(folder: Path, pile: Pile) -> list[Agreement]:
    """The agreement of each pair of markers on each criterion."""
    criteria = [(question.exercise.id, one.id) for question in pile.questions for one in question.criteria]
    return agreements(marks.levels(folder), criteria, pile.of)


def _given(folder: Path) -> Given:
    """What the markers gave and said, text by text, in an order that does not tell who was who."""
    given: Given = {}
    for marker in marks.markers(folder):
        if marker != DECISION:
            acts = MarkLog(folder, marker).acts()
            said = marks.comments_of(acts)
            for mark, level in marks.levels_of(acts).items():
                given.setdefault(mark, []).append((level, said.get(mark, "")))
    return {mark: sorted(all, reverse=True) for mark, all in given.items()}


def report(folder: Path) -> Iterator[str]:
    """The agreement of the markers of a folder, line by line, and how many texts wait for a decision. Raises BadInput."""
    pile = read_texts(folder)
    names = [name for name in marks.markers(folder) if name != DECISION]
    if len(names) < 2:
        yield say("marking.one_marker", name=names[0], folder=folder) if names else say("marking.nobody", folder=folder)
    for one in compared(folder, pile):
        shares = {"exact": round(100 * one.exact), "adjacent": round(100 * one.adjacent)}
        kappa = say("marking.kappa_none") if one.kappa is None else decimal(one.kappa, 2)
        criterion = f"{one.exercise} {one.criterion}"
        yield say("marking.agreement", criterion=criterion, first=one.first, second=one.second, n=one.texts, kappa=kappa, **shares)
    if len(names) > 1:
        disputes = disagreements(marks.levels(folder), pile.of)
        waiting = sum(one.decided is None for one in disputes)
        yield say("marking.to_decide", open=waiting, all=len(disputes), folder=folder) if waiting else say("marking.none_to_decide")
    for problem in marks.problems(folder):
        yield say("marking.unread", problem=problem)
