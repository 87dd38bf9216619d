"""A folder as `grade` writes it, with just what an export reads, and the table that came out."""

import csv
import io
import json

from coursekit.gradebook import csv_files
from coursekit.gradebook.assignment import as_json

PEOPLE = [
    ["s1", "O'Neill, Zoë", "zoe@x.org", "101", "zo", "A", "graded", 9.5, 0],
    ["s2", "=1+1, Bo", "bo@x.org", "102", "bo", "A", "graded", 7, 2],
    ["s3", "Ann “A, B” \u200fסמית", "ann@x.org", "103", "ann", "B", "not handed in", None, 0],
    ["s4", "Eve", "eve@x.org", "104", "eve", "B", "too late", 0, 9],
]


def graded(folder, work, people=PEOPLE, original=None):
    """A folder as `grade` writes it, with just what the export reads."""
    folder.mkdir(exist_ok=True)
    (folder / "assignment.json").write_text(as_json(work), encoding="utf-8")
    (folder / "run.json").write_text(
        json.dumps({"v": 1, "stamp": "a.b", "about": "a", "rows": {"people.csv": len(people), "grades.csv": len(people)}})
    )
    columns = [f"roster:{column}" for column in original or ()]
    rows = [[*row[:6], *(original[column][number] for column in original or ())] for number, row in enumerate(people)]
    csv_files.write_csv(folder / "people.csv", ["person", "name", "email", "lms_id", "login", "section", *columns], rows)
    csv_files.write_csv(
        folder / "grades.csv",
        ["person", "name", "email", "total", "so_far", "percent", "passed", "late", "attempts", "status"],
        [[id, name, mail, total, 3, 50, "yes", late, 1, status] for id, name, mail, _, _, _, status, total, late in people],
    )
    return folder


def written(path, delimiter=","):
    """The cells of a CSV file, as they stand there."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))
