"""The keys that grade what was handed in: of this assignment as it stands, and of earlier wordings where they are given."""

import json
from collections.abc import Iterable

from attrs import frozen

from ..exercise import Exercise, Grade
from ..grading import grade
from ..wording import say
from .assignment import Work
from .masking import Mask, mask


@frozen
class Outcome:
    """One distinct answer, graded. `answer` is JSON text in the exercise's own ids; `why` says what could not be read."""

    status: str
    score: float | None
    misconceptions: str
    answer: str
    why: str = ""


class Keys:
    """The exercises of one or several works by id and wording; where two have the same wording the first one's key counts."""

    def __init__(self, works: Iterable[Work]):
        self._by: dict[tuple[str, str], tuple[Exercise, Mask]] = {}
        self._known: set[str] = set()
        for work in works:
            for id, exercise in work.exercises.items():
                masked = mask(exercise)
                self._by.setdefault((id, masked.of), (exercise, masked))
                self._known.add(id)

    def grade(self, exercise: str, of: str, answer: str) -> Outcome:
        """The outcome of an answer: JSON text as it was handed in, to the question of that id and wording; raises nothing."""
        found = self._by.get((exercise, of))
        if found is None:
            key = "grade.other_wording" if exercise in self._known else "grade.not_asked"
            return Outcome("unreadable" if exercise in self._known else "not asked", None, "", answer, say(key))
        one, masked = found
        real = masked.real(json.loads(answer))
        given = grade(one, real)
        why = given.feedback if given.status == "unreadable" else ""
        return Outcome(given.status, given.score, " ".join(given.misconceptions), _text(real), why)

    def given(self, exercise: str, of: str, answer: str) -> Grade:
        """The whole grade of an answer in the exercise's own ids, with its reasons, for a page that a learner reads."""
        return grade(self._by[exercise, of][0], json.loads(answer))


def _text(answer: object) -> str:
    """JSON text, the same for equal answers; a lone surrogate stays escaped, as no file can hold it otherwise."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text if text.isascii() or text.encode("utf-8", "ignore").decode() == text else json.dumps(answer, sort_keys=True)
