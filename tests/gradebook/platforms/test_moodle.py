"""Moodle: its gradebook, its grading worksheet, and what it imports."""

from exported import PEOPLE, written
from rosters import read

from coursekit.gradebook import csv_files
from coursekit.gradebook.export import export

MOODLE = "First name,Last name,ID number,Institution,Department,Email address,Assignment: Quiz (Real)\nZoë,O'Neill,7,,,zoe@x.org,-\n"
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (grade)\nParticipant 4711,Zoë O'Neill,zoe@x.org,,,10,-\n"
)


def test_its_roster():
    """The gradebook's export; where nobody has an ID number, the address names people."""
    assert [(p.id, p.name, p.email, p.lms_id) for p in read(MOODLE).people] == [("7", "Zoë O'Neill", "zoe@x.org", "")]
    assert read(MOODLE.replace(",7,", ",,")).people[0].id == "zoe@x.org"
    assert read(MOODLE.replace("Last name", "Surname")).people[0].name == "Zoë O'Neill"


def test_its_grading_worksheet():
    """It alone has the number that stands in a download's paths."""
    person = read(WORKSHEET).people[0]

    assert (person.id, person.name, person.lms_id) == ("zoe@x.org", "Zoë O'Neill", "4711")


def test_its_table(out, title):
    """One row for each grade and none for a missing one, because Moodle can take an empty cell for a zero."""
    told = export(out, "moodle", out / "m.csv")

    assert written(out / "m.csv") == [
        ["Full name", "ID number", "Email address", "Username", title, f"{title} – feedback"],
        ["O'Neill, Zoë", "s1", "zoe@x.org", "zo", "9.5", ""],
        ["'=1+1, Bo", "s2", "bo@x.org", "bo", "7", "Handed in 2 days late."],
        ["Eve", "s4", "eve@x.org", "eve", "0", "Handed in 9 days late."],
    ]
    assert any("identify the learner" in one for one in told)
    assert any(one.startswith("Left out") and "Ann" in one for one in told)


def test_the_worksheet_comes_back(tmp_path, out, work):
    """The roster may be the worksheet itself: it comes back with its grades, and is otherwise as it was."""
    roster = tmp_path / "w.csv"
    columns = [
        "Identifier",
        "Full name",
        "ID number",
        "Email address",
        "Grade",
        "Maximum grade",
        "Last modified (grade)",
        "Feedback comments",
    ]
    rows = [[f"Participant {number}", row[1], row[0], row[2], "", "10", "-", "x"] for number, row in enumerate(PEOPLE)]
    csv_files.write_csv(roster, columns, rows)

    told = export(out, "moodle", out / "m.csv", roster=roster)

    assert [row[4] for row in written(out / "m.csv")] == ["Grade", "9.5", "7", "", "0"]
    assert [row[:4] + row[5:] for row in sheet_rows(out / "m.csv")] == [row[:4] + row[5:] for row in rows]
    assert any(one.startswith("An empty cell, never a zero: Ann") for one in told)


def sheet_rows(path):
    return [list(row.values()) for row in csv_files.read_csv(path).rows]
