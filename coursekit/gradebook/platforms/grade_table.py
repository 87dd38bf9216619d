"""A table of grades for a platform to import, and what it is made from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ...errors import BadInput
from ...wording import say
from ..person import Person


@frozen
class Learner:
    """A learner to export. `total` is None where there is no grade; `late` is in days; `row` is their row of grades.csv."""

    person: Person
    total: float | None
    late: int
    row: Mapping[str, str]


@frozen
class GradeTable:
    """What is written. `grades` is the column with the grades; `left_out` says that whoever has none has no row; `told` are
    sentences for whoever imports it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    grades: str
    told: Sequence[str] = ()
    left_out: bool = field(default=False, kw_only=True)


@frozen
class GradeItem:
    """What the grades are for: an assignment's title and points. `given` is the header of its column, if an instructor gave it."""

    title: str
    points: float
    given: str | None = None

    def is_called(self, title: str) -> bool:
        """Whether a title is the assignment's, whatever its case and spaces."""
        return " ".join(title.split()).casefold() == " ".join(self.title.split()).casefold()

    def header(self, columns: Iterable[str], ending: re.Pattern[str], new: str) -> tuple[str, list[str]]:
        """The header of the platform's own column, and what to tell: the title and an `ending` where the roster has that, else
        `new`, which makes a column. Raises BadInput where several columns have the title."""
        if self.given:
            return self.given, []
        here = [one for one in columns if ending.search(one) and self.is_called(ending.sub("", one))]
        if len(here) > 1:
            raise BadInput(say("export.two_columns", columns="; ".join(here)))
        return (here[0], []) if here else (new, [say("export.new_column", column=new)])
