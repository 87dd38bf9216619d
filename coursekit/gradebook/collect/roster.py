"""Who is in the class: a roster of our own columns, or a gradebook as Canvas, Moodle or Blackboard exports it.

Column names, from the platforms' own source and documentation:

- Canvas, gradebook export: Student (sortable name) or LastName and FirstName, ID, SIS User ID, SIS Login ID, Section, then a
  "Title (id)" column for each assignment; after the header a row "Manual Posting" and a row "    Points Possible"; the test
  student is "Student, Test". A name that starts with "=" is written as ="name".
  https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_exporter.rb
- Moodle, gradebook export: First name, Last name (Surname before 4.0), ID number, Institution, Department, Email address, as the
  site's setting has it. https://github.com/moodle/moodle/blob/main/grade/export/txt/grade_export_txt.php
- Moodle, grading worksheet of an assignment: Identifier ("Participant 123": the number that stands in the paths of a
  download), Full name, Email address, … https://github.com/moodle/moodle/blob/main/mod/assign/gradingtable.php
- Blackboard, Grade Center work offline: Last Name, First Name, Username, Student ID, Last Access, Availability, then
  "Title [Total Pts: 10 Score] |id". Its help says only that the username and the column's id identify
  (https://und.teamdynamix.com/TDClient/2048/IT/KB/ArticleDet?ID=59084 has it word for word); the names are as in public exports.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import field, frozen

from ...errors import BadInput
from ...wording import say
from ..csv_files import Table, read
from ..person import Person

LONGEST = 200  # characters of an id
MOST_TOLD = 20  # problems in one refusal
_MANGLED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)  # what Excel makes of a long number
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # how Canvas writes a name that begins with "="


@frozen
class Roster:
    """The class in the roster's order. `points` are the cells of Canvas's row "Points Possible"; `guessed` the encoding where
    the file does not say it; `id_column` the column that gave the ids."""

    format: str
    columns: tuple[str, ...]
    people: tuple[Person, ...]
    points: dict[str, str] = field(factory=dict)
    guessed: str = ""
    id_column: str = "id"


@frozen
class _Format:
    """Where a platform's export has what; a name may be in two columns, first and last. Column names in small letters."""

    name: str
    fits: Callable[[set[str]], bool]
    ids: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    email: tuple[str, ...] = ()
    lms_id: tuple[str, ...] = ()
    login: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


_FORMATS = (
    _Format(
        "canvas",
        lambda has: "id" in has and ("student" in has or {"lastname", "firstname"} <= has) and bool(has & {"section", "sis login id"}),
        ids=("sis user id", "id"),
        names=(("student",), ("firstname", "lastname")),
        email=("sis login id",),
        lms_id=("id",),
        login=("sis login id",),
        section=("section",),
    ),
    _Format(
        "blackboard",
        lambda has: {"username", "last name", "first name"} <= has and not has & {"email address", "id number"},
        ids=("student id", "username"),
        names=(("first name", "last name"),),
        email=("email",),
        login=("username",),
    ),
    _Format(
        "moodle",
        lambda has: bool(has & {"email address", "id number", "username", "identifier"}) and bool(has & {"first name", "full name"}),
        ids=("id number", "email address", "username", "identifier"),
        names=(("full name",), ("first name", "last name"), ("first name", "surname")),
        email=("email address",),
        lms_id=("identifier",),
        login=("username",),
        section=("groups", "group"),
    ),
    _Format(
        "coursekit",
        lambda has: {"id", "name"} <= has,
        ids=("id",),
        names=(("name",),),
        email=("email",),
        lms_id=("lms_id",),
        login=("login",),
        section=("section",),
    ),
)


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. Raises BadInput, which names every problem of the file at once; nothing of it is then used."""
    return roster(read(path), path.name)


def roster(table: Table, file: str) -> Roster:
    """The same from a table. `file` is said in errors."""
    columns = {column.casefold(): column for column in table.columns if column}
    kind = next((one for one in _FORMATS if one.fits(set(columns))), None)
    if kind is None:
        raise BadInput(say("roster.columns", file=file, columns=", ".join(table.columns) or "–"))
    rows = [(line, row) for line, row in zip(table.lines, table.rows, strict=True)]
    points: dict[str, str] = {}
    if kind.name == "canvas":
        rows, points = _canvas(rows, columns)
    if not rows:
        raise BadInput(say("roster.nobody", file=file))
    id_column = _id_column(kind, columns, rows)
    people = [_person(kind, columns, id_column, row) for _, row in rows]
    if found := list(_problems(people, [line for line, _ in rows], id_column)):
        more = [say("roster.more", count=len(found) - MOST_TOLD)] if len(found) > MOST_TOLD else []
        raise BadInput("\n".join([say("roster.refused", file=file), *found[:MOST_TOLD], *more]))
    return Roster(kind.name, tuple(c for c in table.columns if c), tuple(people), points, table.guessed, id_column)


def _canvas(rows: list[tuple[int, dict[str, str]]], columns: dict[str, str]) -> tuple[list[tuple[int, dict[str, str]]], dict[str, str]]:
    """The rows of learners, and the row "Points Possible". The rows above the first learner have no ID, in any language."""
    learners, points = [], {}
    for line, row in rows:
        name = _name(_FORMATS[0], columns, row)
        if not learners and not row[columns["id"]].strip():
            points = row if name else points
        elif name not in ("Student, Test", "Test Student"):
            learners.append((line, row))
    return learners, points


def _id_column(kind: _Format, columns: dict[str, str], rows: list[tuple[int, dict[str, str]]]) -> str:
    """The first column of ids in which every row has one; else the first that there is, so that its gaps are told."""
    there = [columns[one] for one in kind.ids if one in columns]
    return next((one for one in there if all(row[one].strip() for _, row in rows)), there[0])


def _person(kind: _Format, columns: dict[str, str], id_column: str, row: dict[str, str]) -> Person:
    def first(names: tuple[str, ...]) -> str:
        return next((row[columns[name]].strip() for name in names if name in columns), "")

    email, lms_id = first(kind.email), first(kind.lms_id)
    if kind.name == "moodle":
        lms_id = "".join(re.findall(r"\d+\Z", lms_id))
    return Person(
        id=row[id_column].strip(),
        name=_name(kind, columns, row),
        email=email if "@" in email else "",
        lms_id=lms_id,
        login=first(kind.login),
        section=first(kind.section),
        original={column: cell for column, cell in row.items() if column},
    )


def _name(kind: _Format, columns: dict[str, str], row: dict[str, str]) -> str:
    parts = next((names for names in kind.names if set(names) <= set(columns)), ())
    name = " ".join(row[columns[part]].strip() for part in parts).strip()
    formula = _FORMULA.fullmatch(name) if kind.name == "canvas" else None
    return formula[1] if formula else name


def _problems(people: list[Person], lines: list[int], id_column: str) -> Iterator[str]:
    ids = Counter(one.id.casefold() for one in people)
    numbers = Counter(one.lms_id for one in people if one.lms_id)
    for one, line in zip(people, lines, strict=True):
        if not one.id:
            yield say("roster.no_id", line=line, column=id_column, name=one.name or "–")
        elif len(one.id) > LONGEST or not one.id.isprintable():
            yield say("roster.odd_id", line=line, id=ascii(one.id[:40]))
        elif _MANGLED.fullmatch(one.id):
            yield say("roster.mangled", line=line, id=one.id)
        elif ids[one.id.casefold()] > 1:
            yield say("roster.twice", line=line, id=one.id, column=id_column)
        elif one.lms_id and numbers[one.lms_id] > 1:
            yield say("roster.twice", line=line, id=one.lms_id, column="lms_id")
