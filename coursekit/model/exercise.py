"""What an exercise is, whatever its kind, and what comes back when an answer is graded."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from ..errors import Unreadable
from ..wording import rule_and_cure, say
from .controls import Control
from .figures import Figures

Status = Literal["graded", "unreadable", "needs marking", "kept"]
Verdict = Literal["right", "partly", "wrong", "missed", "note"]


@frozen
class Part:
    """Feedback on one part of an answer, `text` in Markdown. `id` is the option, item, span, quantity or row that it stands
    beside; where the page has nothing of that id, it stands below them all.
    """

    id: str
    verdict: Verdict
    text: str = ""
    misconception: str = ""


@frozen
class Grade:
    """The outcome of one answer.

    `status`: "graded"; "unreadable" (not an attempt, never a zero); "needs marking" (a person's mark is due);
    "kept" (a worksheet about the learner's own client: saved and never graded).
    `score` is 0..1 when graded, else None: exact, as all that is worth points. `feedback` is Markdown, but plain text when
    unreadable, as it may quote what was typed.
    """

    status: Status
    score: Fraction | None = None
    max_points: Fraction = Fraction(1)
    parts: tuple[Part, ...] = ()
    feedback: str = ""

    @property
    def points(self) -> Fraction | None:
        """score × max_points, not rounded; None where there is no score."""
        return None if self.score is None else self.score * self.max_points

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The codes M01..M28 that the answer shows, each once, in the order of the parts."""
        return tuple(dict.fromkeys(part.misconception for part in self.parts if part.misconception))


@frozen
class Samples:
    """Raw answers that an exercise makes up about itself, so that every exercise in the bank tests itself."""

    right: tuple[Any, ...] = ()
    partly: tuple[Any, ...] = ()
    wrong: tuple[Any, ...] = ()
    unreadable: tuple[Any, ...] = ()


@frozen
class Offered:
    """Something that a learner can pick; `right` if it belongs to the key. `text` is plain text, or a figure."""

    id: str
    text: str
    right: bool
    misconception: str = ""


@frozen(kw_only=True)
class Exercise:
    """The fields that the files of every kind share. A kind adds its own, says what it is able to do, and answers the methods below.

    `figures` are the numbers of the case and of the exercise, given and derived, under the names that expressions use.
    Texts may show them, as `{= figure}`, until the library puts them in for a reader.

    What a kind is able to do is said by these facts of its class, and nowhere by its name:
    `kind` is the word by which its files name it.
    `marked_by` is who decides what an answer is worth: the "key"; a "person", by `criterion`, with `anchor` as samples; "nobody".
    `private`: it is always about the learner's own client, so that an answer leaves the machine only where it is ticked.
    `drafts`: it is answered in words, which are saved and not checked.
    `needs_all`: where it has several boxes, an answer fills every one of them.
    `picks` is how many of what is offered a right answer takes, where each wrong one is a rival of a right one: "one" (also a
    figure that is typed), "some", or "" where things are placed, marked or written instead.
    `parts_tell_all`: the feedback on its parts says the whole right answer, so that a solution below would say it again.
    `parts_are_facts`: its lines are facts of the case, so that their reasons need not name one.
    `in_every_unit`: a unit is not complete without one.
    `words_least` is the least number of words of a text; a shorter one is asked back.
    """

    kind: ClassVar[str]
    marked_by: ClassVar[Literal["key", "person", "nobody"]] = "key"
    drafts: ClassVar[bool] = False
    picks: ClassVar[Literal["", "one", "some"]] = ""
    parts_tell_all: ClassVar[bool] = False
    parts_are_facts: ClassVar[bool] = False
    in_every_unit: ClassVar[bool] = False
    # Facts of most kinds, and fields of some: without an annotation they are no fields here, and may become one there.
    private = False
    needs_all = False
    words_least = 0
    criterion = tuple[Any, ...]()
    anchor = tuple[Any, ...]()

    id: str
    title: str
    prompt: str
    objective: str
    covers: tuple[str, ...] = ()
    difficulty: Literal["recall", "understand", "apply", "analyse", "judge"] = "apply"
    role: Literal["exercise", "recall", "faded", "follow-up", "journal", "demo", "alternative", "test", "graded"] = "exercise"
    case: str = ""
    note: str = ""
    alternative: str = ""
    hint: tuple[str, ...] = ()
    explanation: str = ""
    confidence: bool = False
    points: Fraction = Fraction(1)
    figures: Figures = field(factory=Figures)

    @property
    def unit(self) -> str:
        """The folder the exercise lives in: the notebook's name without its number."""
        return self.id.partition("/")[0]

    @property
    def tested(self) -> bool:
        """Whether this is an item of a test form or of graded work: its page says nothing about right or wrong."""
        return self.role == "graded" or self.unit.startswith("form-")

    @property
    def saves(self) -> bool:
        """Whether an answer is saved, not checked: nothing in it is found right or wrong on the page."""
        return self.drafts or self.tested

    @property
    def written(self) -> bool:
        """Whether an answer is in the learner's own words: none is put in the place of another unasked."""
        return self.drafts

    def said(self, saved: Sequence[Any]) -> str:
        """What the page says of an answer that is kept; `saved` are the answers kept so far, the newest last."""
        return say("summary.test" if self.tested else "summary.kept")

    @property
    def file(self) -> str:
        """Where the exercise stands, from the course's folder."""
        folder = "assignments/" if self.role == "graded" else "measure/" if self.tested else ""
        return f"exercises/{folder}{self.id}.toml"

    @property
    def steps(self) -> int:
        """Into how many equal steps a score of the key is cut: each score is a whole number of them."""
        return 1

    def controls(self) -> tuple[Control, ...]:
        """The ways to answer, in reading order. One control named "answer" carries the whole raw answer."""
        raise NotImplementedError

    @cached_property
    def control(self) -> Control:
        """The only way to answer. Raises ValueError where there are several."""
        (control,) = self.controls()
        return control

    def read(self, raw: Any) -> Any:
        """The raw JSON answer as something `grade` can trust: what its only control reads, unless the kind says more.

        Raises `Unreadable` with a sentence for the learner.
        """
        return self.control.read(raw)

    def same(self, one: Any, other: Any) -> bool:
        """Whether two raw answers say the same, as "5" and "5,0" do, and the same picks in another order."""
        with suppress(Unreadable):
            return bool(one == other or self.read(one) == self.read(other))
        return False

    def grade(self, answer: Any) -> Grade:
        """The grade of an answer that `read` returned; raises nothing."""
        raise NotImplementedError

    def solution(self) -> str:
        """The answer and why, in Markdown, for a learner who asks after two honest tries or a right one; empty where there is none."""
        raise NotImplementedError

    def samples(self) -> Samples:
        """Answers that must grade as right, partly right, wrong and unreadable."""
        raise NotImplementedError

    def problems(self) -> list[tuple[str, str, str]]:
        """What is wrong with the file's content: (place, rule, cure). Empty when all is well."""
        return []

    def guessed(self) -> Iterable[tuple[str, str, str]]:
        """What gives points to somebody who knows nothing: (place, rule, cure). Lint names it; the exercise works all the same."""
        return ()

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        """Whatever explains a wrong answer, or a part that was missed: (place in the file, why, code of the misconception)."""
        return ()

    def offered(self) -> list[Offered]:
        """What can be picked, in the order of the question; of a figure the key alone. Empty where nothing is picked."""
        return []

    def picked(self, answer: Any) -> list[Offered]:
        """What an answer that `read` returned took of what is offered, or the figures that it gave."""
        return []

    def offered_of(self, ids: Collection[str]) -> list[Offered]:
        """Those of the offered that have one of the ids."""
        return [one for one in self.offered() if one.id in ids]

    def as_asked(self) -> "Exercise":
        """The exercise as somebody first sees it: where things are to be brought into order, not in an order that is right."""
        return self

    def as_handed_in(self) -> "Exercise":
        """The exercise as it grades what was handed in, when nobody can be asked back any more."""
        return self

    def graded(self, score: Fraction, parts: list[Part], feedback: str) -> Grade:
        """A grade of this exercise: `score` 0..1."""
        return Grade("graded", score, self.points, tuple(parts), feedback)


@frozen
class Option:
    """One option of a choice. `text` is plain text, shown as typed everywhere; `why` is Markdown. `credit` (from 0 to under 1) is what a
    wrong option is still worth."""

    id: str
    text: str
    why: str
    right: bool = False
    misconception: str = ""
    credit: Fraction = Fraction(0)

    @property
    def offered(self) -> Offered:
        """The option as something that can be picked."""
        return Offered(self.id, self.text, self.right, self.misconception)


def paid_for_all(offered: Collection[Offered], why: str) -> Iterator[tuple[str, str, str]]:
    """That ticking everything earns something: more is right than wrong, and `why` does not say why it has to be."""
    right = sum(one.right for one in offered)
    if 2 * right > len(offered) and not why.strip():
        yield "more_right", *rule_and_cure("kinds.choice.all_pays", n=right, all=len(offered))
    if 2 * right <= len(offered) and why:
        yield "more_right", *rule_and_cure("kinds.choice.none_to_excuse")


def reasons_of_options(options: Iterable[Option]) -> Iterator[tuple[str, str, str]]:
    """Why each wrong option is wrong: (place, why, misconception)."""
    return ((f"option “{one.id}”", one.why, one.misconception) for one in options if not one.right)
