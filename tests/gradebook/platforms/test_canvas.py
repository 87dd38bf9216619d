"""Canvas: its paths, its gradebook, and the table that it imports."""

from exported import graded, written
from rosters import read

from coursekit.gradebook.export import export

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz (77),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,10,(read only)
"O'Neill, Zoë",101,s1,zoe@x.org,A,,
"=""=1+1, Bo""",102,s2,bo,A and B,7,70
"Student, Test",999,,,A,,
'''


def test_its_roster():
    """The rows that are no learners are passed over; the original cells are kept; a name that Canvas wrote as a formula is read."""
    given = read(CANVAS)

    assert [(one.id, one.name, one.lms_id, one.email) for one in given.people] == [
        ("s1", "O'Neill, Zoë", "101", "zoe@x.org"),
        ("s2", "=1+1, Bo", "102", ""),
    ]
    assert (given.format, given.id_column, given.points["Quiz (77)"]) == ("canvas", "SIS User ID", "10")
    assert given.people[1].original["Student"] == '="=1+1, Bo"'


def test_its_roster_in_two_columns_and_another_language():
    """LastName and FirstName may stand apart, and the row of points is known by its missing ID."""
    given = read("LastName,FirstName,ID,SIS Login ID,Section,Quiz (77)\n    Punkte,,,,,10\nO'Neill,Zoë,101,zo,A,\nStudent,Test,9,,A,\n")

    assert [(one.id, one.name) for one in given.people] == [("101", "Zoë O'Neill")]


def test_its_roster_without_sis_ids_for_all():
    """One column of ids serves everybody: the first that has no gap."""
    given = read("Student,ID,SIS User ID,SIS Login ID,Section\nAnn,1,s1,a,\nBo,2,,b,\n")

    assert (given.id_column, [one.id for one in given.people]) == ("ID", ["1", "2"])


def test_its_table(out, title, points):
    """The columns that Canvas looks for, its row of points, and empty cells where there is no grade."""
    told = export(out, "canvas", out / "c.csv")

    assert written(out / "c.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title],
        ["    Points Possible", "", "", "", "", points],
        ["O'Neill, Zoë", "101", "s1", "zo", "A", "9.5"],
        ["'=1+1, Bo", "102", "s2", "bo", "A", "7"],
        ["Ann “A, B” \u200fסמית", "103", "s3", "ann", "B", ""],
        ["Eve", "104", "s4", "eve", "B", "0"],
    ]
    assert "people with a grade: 3 of 4" in told[0]
    assert f"“{title}” makes a new one" in told[1]
    assert "never a zero: Ann" in told[2]


def test_its_own_columns(tmp_path, work, title):
    """Where the roster was Canvas's, its cells go back as they came and its column is filled."""
    original = {
        "Student": ["a", "b", "c", "d"],
        "ID": ["101", "102", "103", "104"],
        "Section": ["A and B", "", "", ""],
        f"{title.upper()} (77)": [""] * 4,
    }
    out = graded(tmp_path / "o", work, original=original)

    told = export(out, "canvas", out / "c.csv")

    assert written(out / "c.csv")[0][-1] == f"{title.upper()} (77)"
    assert written(out / "c.csv")[2] == ["a", "101", "s1", "zo", "A and B", "9.5"]
    assert len(told) == 2
