"""Grades in the columns that a learning platform imports. What is not known is an empty cell or no row, and never a zero.

A cell that would start a formula gets an apostrophe (see `csv_files`). No platform imports names where ids are there, so that a name
that begins with "=" is safe in a spreadsheet and stays as it was on the platform. An id that would start a formula would no longer
be found; such a person is told by name.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import BadInput, Unreadable
from ..formats import decimal, listed
from ..model.numerals import read_number
from ..wording import say
from .collect.roster import read_roster
from .csv_files import Table, read_csv, write_csv
from .grade.graded_folder import assigned, graded, reading
from .person import FIELDS, Person
from .platforms import PLATFORMS
from .platforms.grade_table import GradeItem, Learner

UNSETTLED = ("needs marking", "unreadable")
MOST_NAMED = 10
_OWN = "roster:"


def export(out: Path, to: str, file: Path, *, roster: Path | None = None, column: str | None = None, partial: bool = False) -> list[str]:
    """Write the grades of a graded folder for that platform into `file`, and return what whoever imports it has to know.

    `column` is the header of the platform's column, where its title is not the assignment's. Raises BadInput, also while rows are
    unreadable or not marked, unless `partial`.
    """
    assignment = assigned(out).assignment
    with reading(out / "grades.csv"):
        rows = {row["person"]: row for row in _table(out, "grades.csv", "person", "name", "status", "total").rows}
        _refuse_unsettled(rows, partial)
    with reading(out / "people.csv"):
        people, columns, points = _people(out, roster)
    if not set(rows) & {one.id for one in people}:
        raise BadInput(say("export.nobody", file=roster or "people.csv"))
    with reading(out / "grades.csv"):
        learners = [_learner(one, rows.get(one.id, {})) for one in people]
    platform, most = next(one for one in PLATFORMS if one.name == to), float(assignment.points)
    table = platform.table(learners, columns, GradeItem(assignment.title, most, column))
    write_csv(file, table.columns, table.rows, quote_all=platform.quotes_all)
    told = [*table.told, *_other_points(points.get(table.grades, "").strip(), most)]
    without = [one.person.name or one.person.id for one in learners if one.total is None]
    if without:
        key = "export.without_row" if table.left_out else "export.without_cell"
        told.append(say(key, people=_some(without), platform=platform.title))
    if left := [row["name"] or person for person, row in rows.items() if person not in {one.id for one in people}]:
        told.append(say("export.not_in_roster", people=_some(left)))
    return [say("export.written", file=file, count=len(learners) - len(without), people=len(learners)), *told]


def _table(out: Path, name: str, *needed: str) -> Table:
    table, rows = read_csv(out / name), graded(out)["rows"].get(name, 0)
    if missing := [column for column in needed if column not in table.columns]:
        raise ValueError(say("graded.columns", columns=listed(missing)))
    if len(table.rows) < rows:  # cut short: nobody's grade may be missing without a word
        raise ValueError(say("graded.rows", there=len(table.rows), all=rows))
    return table


def _refuse_unsettled(rows: Mapping[str, Mapping[str, str]], partial: bool) -> None:
    waiting = {status: [row["name"] or row["person"] for row in rows.values() if row["status"] == status] for status in UNSETTLED}
    if any(waiting.values()) and not partial:
        told = " – ".join(f"{status}: {_some(names)}" for status, names in waiting.items() if names)
        raise BadInput(say("export.unsettled", told=told))


def _people(out: Path, roster: Path | None) -> tuple[list[Person], tuple[str, ...], dict[str, str]]:
    """Everybody to export, the columns of the roster they came from, and the most points in each that says it."""
    if roster:
        known = read_roster(roster)
        return list(known.people), known.columns, known.points
    table = _table(out, "people.csv", "person", *FIELDS[1:])
    own = [column for column in table.columns if column.startswith(_OWN)]
    people = []
    for row in table.rows:
        about: dict[str, Any] = {name: row[name] for name in FIELDS[1:]}
        people.append(Person(row["person"], **about, original={column.removeprefix(_OWN): row[column] for column in own}))
    return people, tuple(column.removeprefix(_OWN) for column in own), {}


def _learner(person: Person, row: Mapping[str, str]) -> Learner:
    known = row.get("total") if row.get("status") in ("graded", "too late") else ""
    return Learner(person, float(known) if known else None, int(row.get("late") or 0), row)


def _other_points(theirs: str, ours: float) -> list[str]:
    """A sentence where the platform's column has another number of points."""
    same = float(ours) in _readings(theirs)
    return [say("export.other_points", theirs=theirs, ours=decimal(ours))] if theirs and not same else []


def _readings(cell: str) -> set[float | None]:
    """The numbers that a cell may say: a platform writes either a point or a comma before the decimals."""
    for text in (cell, cell.replace(".", ",")):
        with suppress(Unreadable):
            found = read_number(text, "points")
            return set() if found.percent else {found.value, found.other}
    return set()


def _some(names: list[str]) -> str:
    more = f" + {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more
