"""Grades in the columns that a learning platform imports. What is not known is an empty cell or no row, and never a zero.

What each platform's source and documentation say, and what was decided:

Canvas (https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb): the first columns are Student, ID, SIS User
ID, SIS Login ID, Section. A learner is looked up by ID, else SIS User ID, else SIS Login ID, and only then by name. "Title (id)"
names an assignment that exists, any other title makes a new one, for which the row "    Points Possible" has the most points. An
empty cell is no grade.

Moodle, gradebook import (https://github.com/moodle/moodle/blob/main/grade/import/csv/classes/load_data.php): whoever imports says in
a form which column identifies (ID number, Email address or Username) and which is the grade or the feedback; the others are left
alone. One learner who is not found ends the whole import. An empty cell in a *new* grade item is stored as 0 (import_new_grade_item
keeps the empty text, and the database layer turns '' into 0 in a number's column), so that whoever has no grade gets no row here.
Moodle, grading worksheet (mod/assign/feedback/offline/importgradeslib.php): needs Identifier, Grade and Last modified (grade), and
skips an empty grade. If the roster is such a worksheet, the export is that worksheet with its grades filled in.

Blackboard (https://und.teamdynamix.com/TDClient/2048/IT/KB/ArticleDet?ID=59084, a copy of its help, and the older
http://library.blackboard.com/ref/3ea64795-6ecc-4abd-b595-0a9a8dfdec94/Content/_instructor_grade_center/grade_center_upload_download.htm):
Username identifies, the id after "|" in the header names the column, a column without an id makes a new text column of 0 points,
every cell of a comma-separated file stands in quotes, and changes to names are not taken over
(http://library.blackboard.com/docs/r7/71/en_US/instructor/bbas_r7_1_instructor/upload_gradebook.htm). The form of the header,
"Title [Total Pts: 10 Score] |123", is as public exports have it, and uncertain for Ultra.

A cell that would start a formula gets an apostrophe (see `sheet`). No platform imports names where ids are there, so that a name
that begins with "=" is safe in a spreadsheet and stays as it was on the platform. An id that would start a formula would no longer
be found; such a person is told by name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from ..errors import BadInput
from ..wording import say
from . import csv_files
from .assignment import Assignment, from_json
from .collect.roster import read_roster
from .grade.graded_folder import graded
from .person import FIELDS, Person

PLATFORMS = ("canvas", "moodle", "blackboard", "csv")
UNSETTLED = ("needs marking", "unreadable")
MOST_NAMED = 10
_ID = {"canvas": re.compile(r"\s*\(\d+\)\s*\Z"), "blackboard": re.compile(r"\s*\[Total Pts:[^\]]*\]\s*(\|\s*\d+)?\s*\Z")}
_MOODLE_ITEM = re.compile(r"\A[^:]+:\s*|\s*\((Real|Percentage|Letter)\)\s*\Z")
_OWN = "roster:"


@frozen
class Learner:
    """A row to export. `total` is None where there is no grade."""

    person: Person
    total: float | None
    late: int
    row: Mapping[str, str]


@frozen
class Table:
    """What is written, and sentences for whoever imports it."""

    columns: list[str]
    rows: list[list[Any]]
    told: list[str]


def export(out: Path, to: str, file: Path, *, roster: Path | None = None, column: str | None = None, partial: bool = False) -> list[str]:
    """Write the grades of a graded folder for that platform into `file`, and return what whoever imports it has to know.

    `column` is the header of the platform's column, where its title is not the assignment's. Raises BadInput, also while rows are
    unreadable or not marked, unless `partial`.
    """
    graded(out)
    assignment = from_json((out / "assignment.json").read_text(encoding="utf-8"), out).assignment
    rows = {row["person"]: row for row in csv_files.read(out / "grades.csv").rows}
    _refuse_unsettled(rows, partial)
    people, columns, points = _people(out, roster)
    if not set(rows) & {one.id for one in people}:
        raise BadInput(say("export.nobody", file=roster or "people.csv"))
    learners = [_learner(one, rows.get(one.id, {})) for one in people]
    table = _TABLES[to](learners, columns, assignment, column)
    csv_files.write(file, table.columns, table.rows, quote_all=to == "blackboard")
    without = [one.person.name or one.person.id for one in learners if one.total is None]
    if (theirs := points.get(table.columns[-1], "").strip()) and _number(theirs) != assignment.points:
        table.told.append(say("export.other_points", theirs=theirs, ours=f"{assignment.points:g}"))
    told = [say("export.written", file=file, count=len(learners) - len(without), people=len(learners)), *table.told]
    if without:
        told.append(say(f"export.without_{'row' if to == 'moodle' else 'cell'}", people=_some(without)))
    if left := [row["name"] or person for person, row in rows.items() if person not in {one.id for one in people}]:
        told.append(say("export.not_in_roster", people=_some(left)))
    return told


def _refuse_unsettled(rows: Mapping[str, Mapping[str, str]], partial: bool) -> None:
    waiting = {status: [row["name"] or row["person"] for row in rows.values() if row["status"] == status] for status in UNSETTLED}
    if any(waiting.values()) and not partial:
        told = " – ".join(f"{status}: {_some(names)}" for status, names in waiting.items() if names)
        raise BadInput(say("export.unsettled", told=told))


def _people(out: Path, roster: Path | None) -> tuple[list[Person], tuple[str, ...], dict[str, str]]:
    """Everybody to export, the columns of the roster they came from, and what Canvas says is possible in each."""
    if roster:
        known = read_roster(roster)
        return list(known.people), known.columns, known.points
    table = csv_files.read(out / "people.csv")
    own = [column for column in table.columns if column.startswith(_OWN)]
    people = [
        Person(row["person"], *(row[name] for name in FIELDS[1:]), {column.removeprefix(_OWN): row[column] for column in own})
        for row in table.rows
    ]
    return people, tuple(column.removeprefix(_OWN) for column in own), {}


def _learner(person: Person, row: Mapping[str, str]) -> Learner:
    known = row.get("total") if row.get("status") in ("graded", "too late") else ""
    return Learner(person, float(known) if known else None, int(row.get("late") or 0), row)


def _canvas(learners: list[Learner], columns: tuple[str, ...], assignment: Assignment, column: str | None) -> Table:
    header, told = _header("canvas", columns, assignment, column)
    ids = ("ID", "SIS User ID", "SIS Login ID")
    rows: list[list[Any]] = [["    Points Possible", "", "", "", "", _short(assignment.points)]]
    for one in learners:
        person, own = one.person, one.person.original
        values = [own.get(id, other) for id, other in zip(ids, (person.lms_id, person.id, person.login or person.email), strict=True)]
        exact = [value if csv_files.safe(value) == value else "" for value in values]
        if not any(exact):
            told.append(say("export.risky", person=person.name or person.id, value=next(filter(None, values), "–")))
        rows.append([own.get("Student", person.name), *exact, own.get("Section", person.section), _short(one.total)])
    return Table(["Student", *ids, "Section", header], rows, told)


def _moodle(learners: list[Learner], columns: tuple[str, ...], assignment: Assignment, column: str | None) -> Table:
    if {"Identifier", "Grade", "Last modified (grade)"} <= set(columns):
        return _worksheet(learners, columns)
    header = column or next((one for one in columns if _same(_MOODLE_ITEM.sub("", one), assignment.title)), assignment.title)
    ids = {"ID number": lambda one: one.id, "Email address": lambda one: one.email, "Username": lambda one: one.login}
    there = {name: [one.person.original.get(name, value(one.person)) for one in learners] for name, value in ids.items()}
    there = {name: cells for name, cells in there.items() if any(cells)}
    names = [one.person.name for one in learners]
    rows, told = [], [say("export.moodle", columns=", ".join(there), grade=header, feedback=f"{header} – feedback")]
    for one, name, *cells in zip(learners, names, *there.values(), strict=True):
        if one.total is not None:
            told += [say("export.risky", person=name, value=cell) for cell in cells if csv_files.safe(cell) != cell]
            rows.append([name, *cells, _short(one.total), say("export.late", days=one.late) if one.late else ""])
    return Table(["Full name", *there, header, f"{header} – feedback"], rows, told)


def _worksheet(learners: list[Learner], columns: tuple[str, ...]) -> Table:
    """The grading worksheet that the roster was, with its grades filled in; what has no grade stays as it was."""
    rows = []
    for one in learners:
        cells = dict(one.person.original)
        if one.total is not None:
            cells["Grade"] = str(_short(one.total))
        rows.append([cells.get(column, "") for column in columns])
    return Table(list(columns), rows, [say("export.worksheet")])


def _blackboard(learners: list[Learner], columns: tuple[str, ...], assignment: Assignment, column: str | None) -> Table:
    header, told = _header("blackboard", columns, assignment, column)
    names = [name for name in ("Last Name", "First Name") if name in columns]
    rows = []
    for one in learners:
        login = one.person.original.get("Username", one.person.login or one.person.id)
        if csv_files.safe(login) != login:
            told.append(say("export.risky", person=one.person.name or one.person.id, value=login))
        rows.append([*(one.person.original.get(name, "") for name in names), login, _short(one.total)])
    return Table([*names, "Username", header], rows, told)


def _csv(learners: list[Learner], columns: tuple[str, ...], assignment: Assignment, column: str | None) -> Table:
    rows = []
    for one in learners:
        about = [getattr(one.person, name) for name in FIELDS]
        rest = [one.row.get(name, "") if one.total is not None else "" for name in ("percent", "passed")]
        rows.append([*about, _short(one.total), _short(assignment.points), *rest, one.late, one.row.get("status", "not handed in")])
    return Table(["person", *FIELDS[1:], column or assignment.title, "of", "percent", "passed", "late", "status"], rows, [])


_TABLES: dict[str, Callable[[list[Learner], tuple[str, ...], Assignment, str | None], Table]] = {
    "canvas": _canvas,
    "moodle": _moodle,
    "blackboard": _blackboard,
    "csv": _csv,
}


def _header(platform: str, columns: Iterable[str], assignment: Assignment, column: str | None) -> tuple[str, list[str]]:
    """The header of the platform's own column for the assignment where the roster has it, else one that makes a new column."""
    if column:
        return column, []
    here = [one for one in columns if _ID[platform].search(one) and _same(_ID[platform].sub("", one), assignment.title)]
    if len(here) > 1:
        raise BadInput(say("export.two_columns", columns="; ".join(here)))
    if here:
        return here[0], []
    new = assignment.title if platform == "canvas" else f"{assignment.title} [Total Pts: {assignment.points:g} Score]"
    return new, [say("export.new_column", column=new)]


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _some(names: list[str]) -> str:
    more = f" + {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more


def _short(value: float | None) -> float | int | None:
    """2 and not 2.0, in a table that people read."""
    return int(value) if value is not None and value == int(value) else value


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
