"""A marking session: what lies on the session, what was done with it, what comes next. No page, disk or clock of its own.

The session has one criterion at a time: all texts of a question on its first criterion, then all on the second. So the levels
of one criterion are held against each other while they are fresh, and the impression of one criterion is not carried
straight on to the next of the same text (halo: Thorndike 1920, A constant error in psychological ratings, J. Applied
Psychology 4). A text has a key and no name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from attrs import frozen

from ...errors import NotSaved
from ...wording import say
from ..assignment import LEVELS, Criterion
from ..marks import Act, Mark, comments_of, levels_of, standing
from .agreement import Disagreement
from .text_groups import sample
from .texts_to_mark import Pile, Question

RECENT = 20  # decisions that the estimate of the time left is taken from
FEWEST = 3  # decisions before there is an estimate
AWAY = 300  # seconds after which a marker has been away and not been thinking
BANK = 12  # earlier comments that are offered
LONGEST = 2_000  # characters of a comment
INSIDE = 300  # texts of a group that are shown on a look inside


@frozen
class Unit:
    """What one decision marks: texts of one group, or a single one, on one criterion."""

    exercise: str
    criterion: str
    keys: tuple[str, ...]
    group: str = ""

    @property
    def id(self) -> str:
        """Changes with what the decision would mark, so that one meant for something else is not taken."""
        return f"{self.criterion}/{self.keys[0]}/{len(self.keys)}"


class MarkingSession:
    """The state of one marker's session.

    `acts` is the marker's log so far; `record` puts acts into it and returns them, or raises NotSaved. `taken` are texts and
    criteria that others have marked and that are left to them. With `disputes` the session has these only, for a decision.
    """

    def __init__(
        self,
        pile: Pile,
        acts: Iterable[Act],
        record: Callable[[list[Act]], list[Act]],
        clock: Callable[[], datetime],
        *,
        taken: Iterable[Mark] = (),
        disputes: Sequence[Disagreement] | None = None,
    ):
        self.pile, self._record, self._clock = pile, record, clock
        self._acts = list(acts)
        self._taken, self.disputes = frozenset(taken), disputes
        self.place, self.inside = 0, False
        self.said, self.trouble = "", ""
        self._lay()
        if self.units and self.level(self.units[0]) is not None:
            self._go_on()

    # -- what lies there

    def _lay(self) -> None:
        """Work the whole state out again from the log."""
        self.levels, self.comments = levels_of(self._acts), comments_of(self._acts)
        self._apart = dict.fromkeys(act.key for act in standing(self._acts) if act.act in ("pull", "split"))
        self.units = list(self._disputed() if self.disputes is not None else self._units())

    def _disputed(self) -> Iterable[Unit]:
        order = {(question.exercise.id, one.id): None for question in self.pile.questions for one in question.criteria}
        by_place = {place: number for number, place in enumerate(order)}
        known = [one for one in self.disputes or () if (one.exercise, one.criterion) in by_place]
        for one in sorted(known, key=lambda one: by_place[one.exercise, one.criterion]):
            yield Unit(one.exercise, one.criterion, (one.key,))

    def _units(self) -> Iterable[Unit]:
        for question in self.pile.questions:
            here = [group for group in self.pile.groups if group.exercise == question.exercise.id]
            for criterion in question.criteria:
                for group in here:
                    keys = [key for key in group.keys if (key, criterion.id) not in self._taken or (key, criterion.id) in self.levels]
                    rest = tuple(key for key in keys if key not in self._apart)
                    if rest:
                        yield Unit(group.exercise, criterion.id, rest, group.id)
                    for key in self._apart:
                        if key in keys:
                            yield Unit(group.exercise, criterion.id, (key,), group.id)

    @property
    def unit(self) -> Unit | None:
        """What is to be decided now; None where there is nothing to mark at all."""
        return self.units[self.place] if self.units else None

    @property
    def question(self) -> Question:
        """The question that the unit belongs to."""
        return next(one for one in self.pile.questions if self.unit and one.exercise.id == self.unit.exercise)

    @property
    def criterion(self) -> Criterion:
        """The criterion that the unit is marked on."""
        return next(one for one in self.question.criteria if self.unit and one.id == self.unit.criterion)

    def level(self, unit: Unit) -> int | None:
        """The level that all texts of a unit have; None while one has none or another."""
        found = {self.levels.get((key, unit.criterion)) for key in unit.keys}
        return found.pop() if len(found) == 1 else None

    def comment(self, unit: Unit) -> str:
        """The comment that stands at the first text of a unit."""
        return self.comments.get((unit.keys[0], unit.criterion), "")

    @property
    def finished(self) -> bool:
        """Whether every unit has its level."""
        return all(self.level(unit) is not None for unit in self.units)

    def shown(self) -> list[str]:
        """The keys of the unit whose texts are on the desk: the typical one and those least like it, or all inside."""
        if self.unit is None:
            return []
        return list(self.unit.keys[:INSIDE]) if self.inside else sample(self.unit.keys, self.pile.texts)

    def bank(self) -> list[str]:
        """Comments that this marker made on this criterion, the latest first."""
        if self.unit is None:
            return []
        where = (self.unit.exercise, self.unit.criterion)
        said = [act.comment for act in standing(self._acts) if act.comment and (act.exercise, act.criterion) == where]
        return list(dict.fromkeys(reversed(said)))[:BANK]

    @property
    def saved_at(self) -> datetime | None:
        """When something was last put into the log."""
        return self._acts[-1].at if self._acts else None

    def seconds_left(self) -> float | None:
        """The median of the latest decisions' times by the number of decisions left; None before there are three.

        A decision's time is that since the one before it; a pause of more than five minutes is none.
        """
        at: dict[str, datetime] = {}
        for act in standing(self._acts):
            if act.act == "mark":
                at.setdefault(act.step, act.at)
        times = list(at.values())
        gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
        recent = [gap for gap in gaps if 0 <= gap <= AWAY][-RECENT:]
        return median(recent) * self.open_units() if len(recent) >= FEWEST else None

    def open_units(self) -> int:
        """How many decisions are left."""
        return sum(self.level(unit) is None for unit in self.units)

    def done(self, unit: Unit | None = None) -> tuple[int, int]:
        """Texts marked and texts in all: on the criterion of a unit, or on all criteria."""
        keys = [
            (key, one.criterion)
            for one in self.units
            if unit is None or (one.exercise, one.criterion) == (unit.exercise, unit.criterion)
            for key in one.keys
        ]
        return sum(key in self.levels for key in keys), len(keys)

    # -- what can be done

    def take(self, asked: Mapping[str, Any]) -> None:
        """Do what the page asks: {"do": …, "unit": id that it shows, and what that needs}. Anything else is not done."""
        do, self.said, self.trouble = asked.get("do"), "", ""
        acts = {"mark": self._mark, "comment": self._comment, "pull": self._pull}
        plain = {"next": self.next, "back": self.back, "undo": self.undo, "inside": self.look, "split": self.split}
        if do in plain:
            plain[do]()
        elif do in acts and self.unit and asked.get("unit") == self.unit.id:
            acts[do](asked)
        elif do in acts:
            self.said = say("marking.moved_on")

    def _mark(self, asked: Mapping[str, Any]) -> None:
        if type(asked.get("level")) is int and asked["level"] in LEVELS:
            self.mark(asked["level"])

    def _comment(self, asked: Mapping[str, Any]) -> None:
        if isinstance(asked.get("comment"), str):
            self.write(asked["comment"])

    def _pull(self, asked: Mapping[str, Any]) -> None:
        if isinstance(asked.get("key"), str):
            self.pull(asked["key"])

    def mark(self, level: int) -> None:
        """Give all texts of the unit a level 0..4, and go on to the next without one."""
        unit = self._here()
        if self._save([self._act("mark", key, level=level) for key in unit.keys]):
            self.said = say("marking.said_marked", level=level, n=len(unit.keys))
            self._go_on()

    def write(self, comment: str) -> None:
        """Put a comment for the learners at all texts of the unit; an empty one takes it away."""
        comment = " ".join(comment.split())[:LONGEST]
        unit = self._here()
        if comment != self.comment(unit) and self._save([self._act("comment", key, comment=comment) for key in unit.keys]):
            self.said = say("marking.said_comment" if comment else "marking.said_no_comment")

    def pull(self, key: str) -> None:
        """Take a text out of its group, for all criteria of its question. It loses a level given with the group, and comes next."""
        unit = self._here()
        if key not in unit.keys or len(unit.keys) < 2:
            self.said = say("marking.not_in_group")
        elif self._save([self._act("pull", key), *self._unmarked([key])]):
            self.said = say("marking.said_pulled", n=len(unit.keys) - 1)
            if self.level(self._here()) is not None:
                self._go_on()

    def split(self) -> None:
        """Take a group apart: each of its texts is then marked alone."""
        unit = self._here()
        if len(unit.keys) < 2:
            self.said = say("marking.not_in_group")
        elif self._save([*(self._act("split", key) for key in unit.keys), *self._unmarked(unit.keys)]):
            self.inside = False
            self.said = say("marking.said_split", n=len(unit.keys))

    def undo(self) -> None:
        """Take the last thing back that still stands, and go to where it was done."""
        last = next(iter(reversed(standing(self._acts))), None)
        if last is None:
            self.said = say("marking.nothing_to_undo")
        elif self._save([Act("undo", self._clock(), last.exercise, last.key, last.criterion, step=last.step)]):
            self.inside = False
            self.said = say(f"marking.undone_{last.act}")
            where = (last.exercise, last.criterion)
            here = [n for n, one in enumerate(self.units) if (one.exercise, one.criterion) == where and last.key in one.keys]
            self.place = here[0] if here else min(self.place, len(self.units) - 1)

    def look(self) -> None:
        """Show all texts of the group, or again only the first."""
        if len(self._here().keys) > 1:
            self.inside = not self.inside
            self.said = say("marking.said_inside" if self.inside else "marking.said_outside", n=len(self._here().keys))
        else:
            self.said = say("marking.not_in_group")

    def next(self) -> None:
        """Go to the next unit; after the last, to the first without a level."""
        if self.place + 1 < len(self.units):
            self._go(self.place + 1)
        elif not self.finished:
            self._go(next(place for place, unit in enumerate(self.units) if self.level(unit) is None))
        else:
            self.said = say("marking.at_end")

    def back(self) -> None:
        """Go to the unit before."""
        if self.place:
            self._go(self.place - 1)
        else:
            self.said = say("marking.at_start")

    def _go(self, place: int) -> None:
        self.place, self.inside = place, False

    def _go_on(self) -> None:
        """To the next unit without a level, round the end; where none is left, stay."""
        order = [*range(self.place + 1, len(self.units)), *range(self.place + 1)]
        self._go(next((place for place in order if self.level(self.units[place]) is None), self.place))

    def _here(self) -> Unit:
        if self.unit is None:
            raise LookupError("nothing lies on the desk")
        return self.unit

    def _act(self, name: Any, key: str, level: int | None = None, comment: str | None = None) -> Act:
        unit = self._here()
        group = unit.group if len(unit.keys) > 1 else None
        return Act(name, self._clock(), unit.exercise, key, unit.criterion, level, comment, group)

    def _unmarked(self, keys: Iterable[str]) -> list[Act]:
        return [self._act("mark", key) for key in keys if (key, self._here().criterion) in self.levels]

    def _save(self, acts: list[Act]) -> bool:
        try:
            self._acts += self._record(acts)
        except NotSaved as error:
            self.trouble = str(error)
            return False
        self._lay()
        return True
