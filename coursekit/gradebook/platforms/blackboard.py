"""Blackboard.

Its downloads: `Assignment_username_attempt_2026-11-20-10-11-12_file.ext`, and beside them a receipt of that name that ends in .txt.
Not in its documentation; as in public tools that read it (https://github.com/terr-steak/bb-file-cleanup,
https://github.com/vangef/BBGradebookOrganiser). A title may have underscores, and so may a username, so that the usernames of the
roster decide.

Its Grade Center, to work offline: Last Name, First Name, Username, Student ID, Last Access, Availability, then "Title [Total Pts: 10
Score] |id". Its help (https://und.teamdynamix.com/TDClient/2048/IT/KB/ArticleDet?ID=59084, a copy, and the older
http://library.blackboard.com/ref/3ea64795-6ecc-4abd-b595-0a9a8dfdec94/Content/_instructor_grade_center/grade_center_upload_download.htm)
says only that the username and the column's id identify; the names are as in public exports.

What it imports: Username identifies, the id after "|" in the header names the column, a column without an id makes a new text column
of 0 points, every cell of a comma-separated file stands in quotes, and changes to names are not taken over
(http://library.blackboard.com/docs/r7/71/en_US/instructor/bbas_r7_1_instructor/upload_gradebook.htm). The form of the header is as
public exports have it, and uncertain for Ultra.
"""

import re
from collections.abc import Sequence, Set

from ...wording import say
from ..csv_files import safe, short_number
from .grade_table import GradeItem, GradeTable, Learner
from .platform import Platform, RosterColumns, Trace

_FILE = re.compile(r"(?P<who>.+?)_attempt_(?P<at>\d{4}(-\d\d){5})([_.].*)?", re.DOTALL)
_RECEIPT = re.compile(r".+_attempt_\d{4}(-\d\d){5}\.txt", re.IGNORECASE)
_AFTER_TITLE = re.compile(r"\s*\[Total Pts:[^\]]*\]\s*(\|\s*\d+)?\s*\Z")


class Blackboard(Platform):
    """Blackboard Learn."""

    name = "blackboard"
    title = "Blackboard"
    exports = True
    quotes_all = True
    roster = RosterColumns(
        ids=("student id",), instead=("username",), names=(("first name", "last name"),), email=("email",), login=("username",)
    )

    def trace(self, parts: tuple[str, ...], at: int) -> Trace | None:
        """A file's name, or that of a zip that was handed in."""
        found = _FILE.fullmatch(parts[at])
        return Trace(who=found["who"], at=found["at"]) if found else None

    def is_receipt(self, name: str) -> bool:
        """The text beside each attempt that says who handed in what."""
        return bool(_RECEIPT.fullmatch(name))

    def fits(self, columns: Set[str]) -> bool:
        """Its Grade Center; with an address or an ID number it is Moodle's."""
        return {"username", "last name", "first name"} <= columns and not columns & {"email address", "id number"}

    def table(self, learners: Sequence[Learner], columns: Sequence[str], item: GradeItem) -> GradeTable:
        """Everybody by username; whoever has no grade has an empty cell."""
        header, told = item.header(columns, _AFTER_TITLE, f"{item.title} [Total Pts: {short_number(item.points)} Score]")
        names = [name for name in ("Last Name", "First Name") if name in columns]
        rows = []
        for one in learners:
            login = one.person.original.get("Username", one.person.login or one.person.id)
            if safe(login) != login:
                told.append(say("export.risky", person=one.person.name or one.person.id, value=login))
            rows.append([*(one.person.original.get(name, "") for name in names), login, short_number(one.total)])
        return GradeTable([*names, "Username", header], rows, header, told)
