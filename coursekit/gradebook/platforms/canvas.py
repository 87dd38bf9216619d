"""Canvas.

Its downloads (https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb): `name_LATE_123_456_file.ext`. The name
is "last, first" in small letters without anything but letters and digits, LATE stands there only if the submission was late, 123
is the user's ID, 456 the attachment's; anonymous marking has `anon_abc12_456_file.ext`.

Its gradebook (https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_exporter.rb): Student (sortable name) or LastName
and FirstName, ID, SIS User ID, SIS Login ID, Section, then a "Title (id)" column for each assignment; after the header a row "Manual
Posting" and a row "    Points Possible"; the test student is "Student, Test". A name that starts with "=" is written as ="name".

What it imports (https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb): the first columns are Student, ID,
SIS User ID, SIS Login ID, Section. A learner is looked up by ID, else SIS User ID, else SIS Login ID, and only then by name. "Title
(id)" names an assignment that exists, any other title makes a new one, for which the row "    Points Possible" has the most points.
An empty cell is no grade.
"""

import re
from collections.abc import Sequence, Set
from itertools import dropwhile, takewhile
from typing import Any

from attrs import evolve

from ...wording import say
from ..csv_files import safe, short_number
from ..person import Person
from .grade_table import GradeItem, GradeTable, Learner
from .platform import Platform, RosterColumns, Trace

_FILE = re.compile(r"(?P<name>[^\W_].*?|)(?P<late>_LATE)?_?(?<![^_])(?P<id>\d+)_\d+_.+", re.DOTALL)
_ANONYMOUS = re.compile(r"(LATE_)?anon_(LATE_)?\w{5}_\d+_.+")
_YEAR = re.compile(r"(19|20)\d\d")  # a download that somebody called quiz_2026_11_22.zip
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # how it writes a name that begins with "="
_TEST_STUDENT = ("Student, Test", "Test Student")
_ASSIGNMENT_ID = re.compile(r"\s*\(\d+\)\s*\Z")
_IDS = ("ID", "SIS User ID", "SIS Login ID")


class Canvas(Platform):
    """Canvas LMS."""

    name = "canvas"
    title = "Canvas"
    exports = True
    roster = RosterColumns(
        ids=("sis user id", "id"),
        names=(("student",), ("firstname", "lastname")),
        email=("sis login id",),
        lms_id=("id",),
        login=("sis login id",),
        section=("section",),
    )

    def trace(self, parts: tuple[str, ...], at: int) -> Trace | None:
        """A file's name, or that of a zip that was handed in."""
        part, last = parts[at], at == len(parts) - 1
        if last and _ANONYMOUS.fullmatch(part):
            return Trace(late="LATE_" in part)
        if (found := _FILE.fullmatch(part)) and (last or (part.endswith(".zip") and not _YEAR.fullmatch(found["id"]))):
            return Trace(lms_id=found["id"], name=found["name"], late=bool(found["late"]), listed=True)
        return None

    def fits(self, columns: Set[str]) -> bool:
        """Its gradebook, whichever columns an institution has chosen."""
        named = "student" in columns or {"lastname", "firstname"} <= columns
        return "id" in columns and named and bool(columns & {"section", "sis login id"})

    def clean(self, person: Person) -> Person:
        """A name that was made a formula is a name again."""
        found = _FORMULA.fullmatch(person.name)
        return evolve(person, name=found[1]) if found else person

    def learners(self, people: Sequence[Person]) -> Sequence[Person]:
        """All but the headings and the test student."""
        return [*dropwhile(_is_heading, (one for one in people if one.name not in _TEST_STUDENT))]

    def points(self, people: Sequence[Person]) -> dict[str, str]:
        """The row "Points Possible"."""
        return next((one.original for one in reversed([*takewhile(_is_heading, people)]) if one.name), {})

    def table(self, learners: Sequence[Learner], columns: Sequence[str], item: GradeItem) -> GradeTable:
        """Everybody, below the row of points; whoever has no grade has an empty cell."""
        header, told = item.header(columns, _ASSIGNMENT_ID, item.title)
        rows: list[list[Any]] = [["    Points Possible", "", "", "", "", short_number(item.points)]]
        for one in learners:
            person, own = one.person, one.person.original
            values = [own.get(id, other) for id, other in zip(_IDS, (person.lms_id, person.id, person.login or person.email), strict=True)]
            exact = [value if safe(value) == value else "" for value in values]
            if not any(exact):
                told.append(say("export.risky", person=person.name or person.id, value=next(filter(None, values), "–")))
            rows.append([own.get("Student", person.name), *exact, own.get("Section", person.section), short_number(one.total)])
        return GradeTable(["Student", *_IDS, "Section", header], rows, header, told)


def _is_heading(person: Person) -> bool:
    """Whether a row above the first learner is none: it has no ID, in any language."""
    return not person.lms_id
