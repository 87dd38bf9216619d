"""Blackboard: its Grade Center, worked on offline."""

from exported import graded, written
from rosters import read

from coursekit.gradebook.export import export

BLACKBOARD = """\
"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t"Quiz [Total Pts: 10 Score] |55"
"O'Neill"\tZoë\tzo1\t7\tYes\t
"""


def test_its_roster():
    """Tabs and quotes, the username for a login."""
    person = read(BLACKBOARD, "utf-16").people[0]

    assert (person.id, person.name, person.login) == ("7", "Zoë O'Neill", "zo1")
    assert "Quiz [Total Pts: 10 Score] |55" in person.original


def test_its_table(tmp_path, out, work, title, points):
    """Every cell in quotes; the username identifies, the header names its column with the id it has."""
    told = export(out, "blackboard", out / "b.csv")
    raw = (out / "b.csv").read_bytes().decode("utf-8-sig")
    assert raw.splitlines()[:2] == [f'"Username","{title} [Total Pts: {points} Score]"', '"zo","9.5"']
    assert "makes a new one" in told[1]

    header = f"{title} [Total Pts: {points} Score] |55"
    original = {
        "Last Name": ["O'Neill", "=x", "S", ""],
        "First Name": ["Zoë", "Bo", "A", "Eve"],
        "Username": ["zo", "bo", "ann", "eve"],
        header: [""] * 4,
    }
    out = graded(tmp_path / "o", work, original=original)
    export(out, "blackboard", out / "b.csv")
    assert written(out / "b.csv")[:3] == [
        ["Last Name", "First Name", "Username", header],
        ["O'Neill", "Zoë", "zo", "9.5"],
        ["'=x", "Bo", "bo", "7"],
    ]
