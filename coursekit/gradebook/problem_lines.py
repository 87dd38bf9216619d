"""A line of problems.csv: what could not be read or used, or is worth a look, where, why, and what to do."""

from operator import attrgetter
from typing import Any, Literal

from attrs import frozen

from ..wording import say

COLUMNS = ("file", "line", "person", "exercise", "severity", "what", "why", "do")
_CELLS = attrgetter(*COLUMNS)
SHORT = 400  # characters of a stranger's text in one of the sentences


@frozen
class ProblemLine:
    """One line. "problem": something was not read or used; "notice": look at it, nothing waits for it. `line` counts from 1."""

    severity: Literal["problem", "notice"]
    what: str
    why: str
    do: str
    file: str = ""
    line: int | None = None
    person: str = ""
    exercise: str = ""

    @property
    def row(self) -> tuple[Any, ...]:
        """Its cells, as COLUMNS names them."""
        return _CELLS(self)


def problem(kind: str, file: str = "", line: int | None = None, person: str = "", exercise: str = "", **values: object) -> ProblemLine:
    """The problem of that kind (a table of the section `finding`) with its {places} filled in."""
    return ProblemLine("problem", *_told(kind, values), file, line, person, exercise)


def notice(kind: str, file: str = "", line: int | None = None, person: str = "", exercise: str = "", **values: object) -> ProblemLine:
    """The same as a notice."""
    return ProblemLine("notice", *_told(kind, values), file, line, person, exercise)


def short(text: str) -> str:
    """A stranger's text as a sentence may quote it."""
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _told(kind: str, values: dict[str, Any]) -> tuple[str, str, str]:
    shown = {name: short(value) if isinstance(value, str) else value for name, value in values.items()}
    what, why, do = (say(f"finding.{kind}.{name}", **shown) for name in ("what", "why", "do"))
    return what, why, do
