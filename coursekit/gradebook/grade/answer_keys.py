"""The keys that grade what was handed in: of this assignment as it stands, and of earlier wordings where they are given."""

import json
from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from attrs import frozen

from ...model.exercise import Exercise
from ...model.grading import grade
from ...wording import say
from ..assignment import Work, steps
from ..masking import Mask, mask
from ..scale import Scale, scale

Decided = dict[tuple[str, str], Fraction]  # {(exercise, key of a text): its share of the points, 0..1}


@frozen
class Outcome:
    """One distinct answer, graded. `answer` is JSON text in the exercise's own ids; `why` says what could not be read."""

    status: str
    score: Fraction | None
    misconceptions: str
    answer: str
    why: str = ""


class AnswerKeys:
    """The exercises of one or several works by id and wording: the first work says what is asked, and where two have the
    same wording its key counts."""

    def __init__(self, works: Iterable[Work]):
        self._works = list(works)
        self._by: dict[tuple[str, str], tuple[Exercise, Exercise, Mask]] = {}
        self._asked: dict[str, Exercise] = {}
        for work in self._works:
            self._asked = self._asked or work.exercises
            for id in self._asked.keys() & work.exercises.keys():
                masked = mask(work.exercises[id])
                self._by.setdefault((id, masked.of), (work.exercises[id], work.exercises[id].as_handed_in(), masked))

    def grade(self, exercise: str, of: str, answer: str) -> Outcome:
        """The outcome of an answer: JSON text as it was handed in, to the question of that id and wording; raises nothing."""
        if exercise not in self._asked:
            return Outcome("not asked", None, "", "null", say("grade.not_asked"))
        if (exercise, of) not in self._by:
            return Outcome("unreadable", None, "", "null", say("grade.other_wording"))
        _, one, masked = self._by[exercise, of]
        try:
            real = masked.real(json.loads(answer))
            given, text = grade(one, real), _text(real)
        except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists without end
            return Outcome("unreadable", None, "", "null", say("grade.no_json"))
        why = _plain(given.feedback) if given.status == "unreadable" else ""
        return Outcome(given.status, given.score, " ".join(given.misconceptions), text, why)

    def scale(self, decided: Decided) -> Scale:
        """The unit of points in which each score, to whichever wording, and what persons decided is a whole number."""
        items, cut = self._works[0].assignment.item, dict[str, int]()
        for item in items:
            wordings = [one for (id, _), (one, *_) in self._by.items() if id == item.exercise]
            shares = [share.denominator for (id, _), share in decided.items() if id == item.exercise]
            cut[item.exercise] = lcm(*(steps(item, one) for one in wordings), *shares)
        return scale({item.exercise: item.points for item in items}, cut)

    def exercise(self, id: str, of: str | None) -> Exercise:
        """The exercise in the wording that was answered; as it is asked now where that is not known."""
        return self._by[id, of][0] if of is not None and (id, of) in self._by else self._asked[id]


def _plain(text: str) -> str:
    """A text that any file can hold."""
    return text.encode("utf-8", "backslashreplace").decode()


def _text(answer: object) -> str:
    """JSON text, the same for equal answers; a lone surrogate stays escaped, as no file can hold it otherwise."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text if text.isascii() or text.encode("utf-8", "ignore").decode() == text else json.dumps(answer, sort_keys=True)
