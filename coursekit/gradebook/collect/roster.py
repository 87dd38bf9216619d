"""Who is in the class: a roster of our own columns, or a gradebook as a learning platform exports it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field, frozen

from ...errors import BadInput
from ...formats import listed
from ...wording import say
from ..csv_files import Table, read_csv
from ..person import Person
from ..platforms import PLATFORMS
from ..platforms.platform import Platform, RosterColumns

LONGEST = 200  # characters of an id
MOST_TOLD = 20  # problems in one refusal
_MANGLED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)  # what Excel makes of a long number


@frozen
class Roster:
    """The class in the roster's order. `format` is the platform's name; `points` says how many can be had in a column;
    `guessed` is the encoding where the file does not say it; `id_column` gave the ids, `instead` of a column of ids."""

    format: str
    columns: tuple[str, ...]
    people: tuple[Person, ...]
    points: dict[str, str] = field(factory=dict)
    guessed: str = ""
    id_column: str = "id"
    instead: bool = False


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. Raises BadInput, which names every problem of the file at once; nothing of it is then used."""
    return roster(read_csv(path), path.name)


def roster(table: Table, file: str) -> Roster:
    """The same from a table. `file` is said in errors."""
    columns = {column.casefold(): column for column in table.columns if column}
    platform, has = _platform(table, columns, file)
    rows = [platform.clean(_person(has, columns, *row)) for row in zip(table.rows, table.lines, strict=True)]
    people = platform.learners(rows)
    if not people:
        raise BadInput(say("roster.nobody", file=file))
    id_column = _id_column(has, columns, people)
    people = [evolve(one, id=one.original[id_column].strip()) for one in people]
    if found := list(_problems(people, id_column)):
        more = [say("roster.more", n=len(found) - MOST_TOLD)] if len(found) > MOST_TOLD else []
        raise BadInput("\n".join([say("roster.refused", file=file), *found[:MOST_TOLD], *more]))
    instead = id_column.casefold() in has.instead
    return Roster(
        platform.name, tuple(filter(None, table.columns)), tuple(people), platform.points(rows), table.guessed, id_column, instead
    )


def _platform(table: Table, columns: Mapping[str, str], file: str) -> tuple[Platform, RosterColumns]:
    """Whose roster it is, and what its columns are."""
    for platform in PLATFORMS:
        if platform.roster and platform.fits(columns.keys()):
            return platform, platform.roster
    known = listed(platform.title for platform in PLATFORMS if platform.roster and platform.title)
    raise BadInput(say("roster.columns", file=file, columns=listed(table.columns) or "–", platforms=known))


def _person(has: RosterColumns, columns: Mapping[str, str], row: Mapping[str, str], line: int) -> Person:
    """The person of a row, as yet without an id."""

    def first(names: tuple[str, ...]) -> str:
        return next((row[columns[name]].strip() for name in names if name in columns), "")

    parts = next((names for names in has.names if set(names) <= columns.keys()), ())
    return Person(
        id="",
        name=" ".join(row[columns[part]].strip() for part in parts).strip(),
        email=email if "@" in (email := first(has.email)) else "",
        lms_id=first(has.lms_id),
        login=first(has.login),
        section=first(has.section),
        original={column: cell for column, cell in row.items() if column},
        line=line,
    )


def _id_column(has: RosterColumns, columns: Mapping[str, str], people: Sequence[Person]) -> str:
    """The first column of ids in which everybody has one; else the first that there is, so that its gaps are told."""
    there = [columns[one] for one in (*has.ids, *has.instead) if one in columns]
    return next((one for one in there if all(person.original[one].strip() for person in people)), there[0])


def _problems(people: Sequence[Person], id_column: str) -> Iterator[str]:
    ids = Counter(one.id.casefold() for one in people)
    numbers = Counter(one.lms_id for one in people if one.lms_id)
    for one in people:
        if not one.id:
            yield say("roster.no_id", line=one.line, column=id_column, name=one.name or "–")
        elif len(one.id) > LONGEST or not one.id.isprintable():
            yield say("roster.odd_id", line=one.line, id=ascii(one.id[:40]))
        elif _MANGLED.fullmatch(one.id):
            yield say("roster.mangled", line=one.line, id=one.id)
        elif ids[one.id.casefold()] > 1:
            yield say("roster.twice", line=one.line, id=one.id, column=id_column)
        elif one.lms_id and numbers[one.lms_id] > 1:
            yield say("roster.twice", line=one.line, id=one.lms_id, column="lms_id")
