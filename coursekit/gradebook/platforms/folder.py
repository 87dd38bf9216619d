"""No platform: folders, zips and files by whatever names, and tables in columns of our own.

A path says who by its words alone: `collect` looks for an id, an address or a login of the roster in all of them.
"""

from collections.abc import Sequence, Set
from operator import attrgetter

from ..csv_files import short_number
from ..person import FIELDS
from .grade_table import GradeItem, GradeTable, Learner
from .platform import Platform, RosterColumns

_ABOUT = attrgetter(*FIELDS)


class Folder(Platform):
    """A plain folder and CSV files of our own."""

    name = "csv"
    exports = True
    roster = RosterColumns(ids=("id",), names=(("name",),), email=("email",), lms_id=("lms_id",), login=("login",), section=("section",))

    def fits(self, columns: Set[str]) -> bool:
        """Two columns are needed; the others may be there."""
        return {"id", "name"} <= columns

    def table(self, learners: Sequence[Learner], columns: Sequence[str], item: GradeItem) -> GradeTable:
        """Everybody, with what is known of them and of their result."""
        header = item.given or item.title
        rows = []
        for one in learners:
            rest = [one.row.get(name, "") if one.total is not None else "" for name in ("percent", "passed")]
            grade = (short_number(one.total), short_number(item.points))
            rows.append([*_ABOUT(one.person), *grade, *rest, one.late, one.row.get("status", "not handed in")])
        return GradeTable(["person", *FIELDS[1:], header, "of", "percent", "passed", "late", "status"], rows, header)
