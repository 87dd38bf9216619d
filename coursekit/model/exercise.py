"""What an exercise is, whatever its kind, and what comes back when an answer is graded."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from ..wording import say
from .controls import Control
from .figures import Figures

Status = Literal["graded", "unreadable", "needs marking", "kept"]
Verdict = Literal["right", "partly", "wrong", "missed", "note"]


@frozen
class Part:
    """Feedback on one part of an answer. `id` is the option, item, span, quantity or row it stands beside."""

    id: str
    verdict: Verdict
    text: str = ""
    misconception: str = ""


@frozen
class Grade:
    """The outcome of one answer.

    `status`: "graded"; "unreadable" (not an attempt, never a zero); "needs marking" (a person's mark is due);
    "kept" (a worksheet about the learner's own client: saved and never graded).
    `score` is 0..1 when graded, else None. `points` = score × max_points, else None. `feedback` is Markdown.
    """

    status: Status
    score: float | None = None
    points: float | None = None
    max_points: float = 1.0
    parts: tuple[Part, ...] = ()
    feedback: str = ""

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


@frozen(kw_only=True)
class Exercise:
    """The fields that the files of every kind share; a kind adds its own and the four methods below.

    `figures` are the numbers of the case and of the exercise, given and derived, under the names that expressions use.
    Texts may show them, as `{= figure}`, until the library puts them in for a reader.
    """

    kind: ClassVar[str]
    drafts: ClassVar[bool] = False  # whether it is answered in words that are worth keeping before they are given in

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
    points: float = 1.0
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
    def autosaves(self) -> bool:
        """Whether what is typed is kept before it is given in. Not in a test, where each save counts."""
        return self.drafts and not self.tested

    def said(self, saved: Sequence[Any]) -> str:
        """What the page says of an answer that is kept; `saved` are the answers kept so far, the newest last."""
        return say("summary.test" if self.tested else "summary.kept")

    @property
    def file(self) -> str:
        """Where the exercise stands, from the course's folder."""
        folder = "assignments/" if self.role == "graded" else "measure/" if self.tested else ""
        return f"exercises/{folder}{self.id}.toml"

    def controls(self) -> tuple[Control, ...]:
        """The ways to answer, in reading order. One control named "answer" carries the whole raw answer."""
        raise NotImplementedError

    def read(self, raw: Any) -> Any:
        """The raw JSON answer as something `grade` can trust. Raises `Unreadable` with a sentence for the learner."""
        raise NotImplementedError

    def grade(self, answer: Any) -> Grade:
        """The grade of an answer that `read` returned; raises nothing."""
        raise NotImplementedError

    def solution(self) -> str:
        """The answer and why, in Markdown, for a learner who asks after two honest tries."""
        raise NotImplementedError

    def samples(self) -> Samples:
        """Answers that must grade as right, partly right, wrong and unreadable."""
        raise NotImplementedError

    def problems(self) -> list[tuple[str, str, str]]:
        """What is wrong with the file's content: (place, rule, cure). Empty when all is well."""
        return []

    def graded(self, score: float, parts: list[Part], feedback: str) -> Grade:
        """A grade of this exercise: `score` 0..1, made into points."""
        return Grade("graded", score, round(score * self.points, 6), self.points, tuple(parts), feedback)


@frozen
class Option:
    """One option of a choice. `credit` (0 to 1) is what a wrong option is still worth."""

    id: str
    text: str
    why: str
    right: bool = False
    misconception: str = ""
    credit: float = 0.0
