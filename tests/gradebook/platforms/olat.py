"""A learning platform that coursekit does not know, all of it in this file."""

import re

from attrs import evolve

from coursekit.gradebook.platforms.grade_table import GradeTable
from coursekit.gradebook.platforms.platform import Platform, RosterColumns, Trace

_FOLDER = re.compile(r"(?P<name>.+) \[(?P<id>\d+)\](?P<late>, delayed)?")
_POINTS = re.compile(r" \(Punkte\)\Z")


class Olat(Platform):
    """`Name [123]/file`, or `Name [123], delayed/file`; a roster with German columns, and a row of sums below the learners."""

    name = "olat"
    title = "Olat"
    exports = True
    quotes_all = True
    roster = RosterColumns(
        ids=("matrikelnummer",),
        instead=("benutzername",),
        names=(("vorname", "nachname"),),
        lms_id=("nr.",),
        login=("benutzername",),
        section=("gruppe",),
    )

    def trace(self, parts, at):
        found = _FOLDER.fullmatch(parts[at])
        return Trace(lms_id=found["id"], name=found["name"], late=bool(found["late"]), listed=True) if found else None

    def is_receipt(self, name):
        return name == "Abgabe.pdf"

    def fits(self, columns):
        return {"benutzername", "vorname", "nachname"} <= columns

    def clean(self, person):
        return evolve(person, lms_id=person.lms_id.removeprefix("#"))

    def learners(self, people):
        return [one for one in people if one.login]

    def points(self, people):
        return people[-1].original

    def table(self, learners, columns, item):
        header, told = item.header(columns, _POINTS, f"{item.title} (Punkte)")
        rows = [[one.person.login, one.total, one.late] for one in learners if one.total is not None]
        return GradeTable(["Benutzername", header, "Tage zu spät"], rows, header, [*told, "Import it as “Punkte”."], left_out=True)
