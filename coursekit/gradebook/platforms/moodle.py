"""Moodle.

Its downloads (https://github.com/moodle/moodle/blob/main/mod/assign/classes/downloader.php): `Full
Name_123_assignsubmission_file/file.ext`, or without folders `Full Name_123_assignsubmission_file_file.ext`. 123 is the participant's
number in this assignment, which its grading worksheet has and the gradebook has not; signs that a file name should not have are
missing in the name; anonymous marking has "Participant".

Its gradebook (https://github.com/moodle/moodle/blob/main/grade/export/txt/grade_export_txt.php): First name, Last name (Surname
before 4.0), ID number, Institution, Department, Email address, as the site's setting has it.
An assignment's grading worksheet (https://github.com/moodle/moodle/blob/main/mod/assign/gradingtable.php): Identifier ("Participant
123": the number that stands in the paths of a download), Full name, Email address, …

What its gradebook imports (https://github.com/moodle/moodle/blob/main/grade/import/csv/classes/load_data.php): whoever imports says
in a form which column identifies (ID number, Email address or Username) and which is the grade or the feedback; the others are left
alone. One learner who is not found ends the whole import. An empty cell in a *new* grade item is stored as 0 (import_new_grade_item
keeps the empty text, and the database layer turns '' into 0 in a number's column), so that whoever has no grade gets no row here.
The grading worksheet (mod/assign/feedback/offline/importgradeslib.php) needs Identifier, Grade and Last modified (grade), and skips
an empty grade. If the roster is such a worksheet, the export is that worksheet with its grades filled in.
"""

import re
from collections.abc import Sequence, Set

from attrs import evolve

from ...formats import listed
from ...wording import say
from ..csv_files import safe, short_number
from ..person import Person
from .grade_table import GradeItem, GradeTable, Learner
from .platform import Platform, RosterColumns, Trace

_FILE = re.compile(r"(?P<name>.*?)_(?P<id>\d+)_assignsubmission_(file|onlinetext)(_.*)?", re.DOTALL)
_AROUND_TITLE = re.compile(r"\A[^:]+:\s*|\s*\((Real|Percentage|Letter)\)\s*\Z")
_WORKSHEET = {"Identifier", "Grade", "Last modified (grade)"}


class Moodle(Platform):
    """Moodle: its gradebook, and the grading worksheet of one assignment."""

    name = "moodle"
    title = "Moodle"
    exports = True
    roster = RosterColumns(
        ids=("id number",),
        instead=("email address", "username", "identifier"),
        names=(("full name",), ("first name", "last name"), ("first name", "surname")),
        email=("email address",),
        lms_id=("identifier",),
        login=("username",),
        section=("groups", "group"),
    )

    def trace(self, parts: tuple[str, ...], at: int) -> Trace | None:
        """A participant's folder, or the file where there are no folders."""
        found = _FILE.fullmatch(parts[at])
        return Trace(lms_id=found["id"], name=found["name"]) if found else None

    def fits(self, columns: Set[str]) -> bool:
        """Either of the two. Where there is only a username beside first and last name it is Blackboard's."""
        known = columns & {"email address", "id number", "identifier"}
        user = "username" in columns and not {"first name", "last name"} <= columns
        return bool(known or user) and bool(columns & {"first name", "full name"})

    def clean(self, person: Person) -> Person:
        """Of "Participant 123" the number."""
        return evolve(person, lms_id="".join(re.findall(r"\d+\Z", person.lms_id)))

    def table(self, learners: Sequence[Learner], columns: Sequence[str], item: GradeItem) -> GradeTable:
        """A row for each grade, with whatever identifies people and is known; or the worksheet."""
        if set(columns) >= _WORKSHEET:
            return _worksheet(learners, columns)
        header = item.given or next((one for one in columns if item.is_called(_AROUND_TITLE.sub("", one))), item.title)
        ids = {"ID number": lambda one: one.id, "Email address": lambda one: one.email, "Username": lambda one: one.login}
        there = {name: [one.person.original.get(name, value(one.person)) for one in learners] for name, value in ids.items()}
        there = {name: cells for name, cells in there.items() if any(cells)}
        names = [one.person.name for one in learners]
        rows, told = [], [say("export.moodle", columns=listed(there), grade=header, feedback=f"{header} – feedback")]
        for one, name, *cells in zip(learners, names, *there.values(), strict=True):
            if one.total is not None:
                told += [say("export.risky", person=name, value=cell) for cell in cells if safe(cell) != cell]
                rows.append([name, *cells, short_number(one.total), say("export.late", n=one.late) if one.late else ""])
        return GradeTable(["Full name", *there, header, f"{header} – feedback"], rows, header, told, left_out=True)


def _worksheet(learners: Sequence[Learner], columns: Sequence[str]) -> GradeTable:
    """The grading worksheet that the roster was, with its grades filled in; what has no grade stays as it was."""
    rows = []
    for one in learners:
        cells = dict(one.person.original)
        if one.total is not None:
            cells["Grade"] = str(short_number(one.total))
        rows.append([cells.get(column, "") for column in columns])
    return GradeTable(columns, rows, "Grade", [say("export.worksheet")])
