"""What a learning platform has to say: how its downloads, its roster and its table of grades look."""

from collections.abc import Sequence, Set
from typing import ClassVar

from attrs import frozen

from ..person import Person
from .grade_table import GradeItem, GradeTable, Learner


@frozen
class Trace:
    """What a path says of a file. `words` are folders and names that may be an id, a login or an address; `who` ends in a login;
    `at` is when the platform took the file, a text whose order is that of time; `listed` says that `lms_id` stands in the
    platform's roster for everybody, so that an unknown one is a stranger's."""

    platform: str = ""
    lms_id: str = ""
    name: str = ""
    who: str = ""
    words: tuple[str, ...] = ()
    at: str = ""
    late: bool = False
    listed: bool = False


@frozen
class RosterColumns:
    """Where a platform's roster has what: names of columns in small letters, of which the first that is there counts.

    `ids` name people; where they have gaps one of `instead` does, and that is told. A name may stand in two columns, first and
    last.
    """

    ids: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    instead: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    lms_id: tuple[str, ...] = ()
    login: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


class Platform:
    """One learning platform. It overrides what it has; what is left as it is here says that it has no such thing."""

    name: ClassVar[str]  # as in `coursekit export --to`
    title: ClassVar[str] = ""  # as people call it
    roster: ClassVar[RosterColumns | None] = None
    exports: ClassVar[bool] = False  # whether it has a `table`
    quotes_all: ClassVar[bool] = False  # whether every cell of its table is to stand in quotes

    def trace(self, parts: tuple[str, ...], at: int) -> Trace | None:
        """Who and when, if the platform wrote `parts[at]`; `parts` are the folders, archives and name of a path.

        What stands further in was chosen by the learner, and is no evidence. Folders further out are read by `collect`.
        """
        return None

    def is_receipt(self, name: str) -> bool:
        """Whether the platform adds files of that name by itself, so that nobody needs to be told of them."""
        return False

    def fits(self, columns: Set[str]) -> bool:
        """Whether a table with those columns, in small letters, is its roster."""
        return False

    def clean(self, person: Person) -> Person:
        """A person from a row of its roster without what the platform alone writes so. `id` is not yet known."""
        return person

    def learners(self, people: Sequence[Person]) -> Sequence[Person]:
        """Of the rows of its roster those that are learners, and no headings or test accounts."""
        return people

    def points(self, people: Sequence[Person]) -> dict[str, str]:
        """{column: the most points that can be had in it}, where a row of its roster has that; as texts, other columns too."""
        return {}

    def table(self, learners: Sequence[Learner], columns: Sequence[str], item: GradeItem) -> GradeTable:
        """The grades as the platform imports them. `columns` are those of the roster.

        What is not known is an empty cell or no row, and never a zero. Raises BadInput.
        """
        raise NotImplementedError
