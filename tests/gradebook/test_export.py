"""Grades in each platform's columns: nobody's missing grade becomes a zero, no cell a formula, every name itself again."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.cli import main
from coursekit.errors import BadInput
from coursekit.gradebook import csv_files
from coursekit.gradebook.assignment import as_json
from coursekit.gradebook.export import export
from coursekit.gradebook.platforms import PLATFORMS as ALL

PEOPLE = [
    ["s1", "O'Neill, Zoë", "zoe@x.org", "101", "zo", "A", "graded", 9.5, 0],
    ["s2", "=1+1, Bo", "bo@x.org", "102", "bo", "A", "graded", 7, 2],
    ["s3", "Ann “A, B” \u200fסמית", "ann@x.org", "103", "ann", "B", "not handed in", None, 0],
    ["s4", "Eve", "eve@x.org", "104", "eve", "B", "too late", 0, 9],
]
PLATFORMS = [one.name for one in ALL if one.exports]
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
names = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.lists(
        st.sampled_from(["=", "+", "'", '"', ",", ";", "\t", "\n", "é", "李", "\u200f", "ש", "O'Neill", " ", "@", "＝"]), max_size=6
    ).map("".join),
)


def graded(folder, work, people=PEOPLE, original=None):
    """A folder as `grade` writes it, with just what the export reads."""
    folder.mkdir(exist_ok=True)
    (folder / "assignment.json").write_text(as_json(work), encoding="utf-8")
    (folder / "run.json").write_text(json.dumps({"v": 1, "stamp": "a.b", "about": "a"}))
    columns = [f"roster:{column}" for column in original or ()]
    rows = [[*row[:6], *(original[column][number] for column in original or ())] for number, row in enumerate(people)]
    csv_files.write(folder / "people.csv", ["person", "name", "email", "lms_id", "login", "section", *columns], rows)
    csv_files.write(
        folder / "grades.csv",
        ["person", "name", "email", "total", "so_far", "percent", "passed", "late", "attempts", "status"],
        [[id, name, mail, total, 3, 50, "yes", late, 1, status] for id, name, mail, _, _, _, status, total, late in people],
    )
    return folder


def written(path, delimiter=","):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.fixture
def out(tmp_path, work):
    return graded(tmp_path / "out", work)


@pytest.fixture
def title(work):
    return work.assignment.title


@pytest.fixture
def points(work):
    return f"{work.assignment.points:g}"


def test_canvas(out, title, points):
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
    assert "3 of 4 people have a grade" in told[0]
    assert f"“{title}” makes a new one" in told[1]
    assert "never a zero: Ann" in told[2]


def test_canvas_own_columns(tmp_path, work, title):
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


def test_moodle(out, title):
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


def test_moodles_grading_worksheet(tmp_path, out, work):
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
    csv_files.write(roster, columns, rows)

    export(out, "moodle", out / "m.csv", roster=roster)

    assert [row[4] for row in written(out / "m.csv")] == ["Grade", "9.5", "7", "", "0"]
    assert [row[:4] + row[5:] for row in sheet_rows(out / "m.csv")] == [row[:4] + row[5:] for row in rows]


def sheet_rows(path):
    return [list(row.values()) for row in csv_files.read(path).rows]


def test_blackboard(tmp_path, out, work, title, points):
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


def test_csv(out, title, points):
    """For everything else: who, the result, and the status of each."""
    export(out, "csv", out / "g.csv")

    rows = written(out / "g.csv")
    assert rows[0] == ["person", "name", "email", "lms_id", "login", "section", title, "of", "percent", "passed", "late", "status"]
    assert rows[1] == ["s1", "O'Neill, Zoë", "zoe@x.org", "101", "zo", "A", "9.5", points, "50", "yes", "0", "graded"]
    assert rows[3][6:] == ["", points, "", "", "0", "not handed in"]


@pytest.mark.parametrize("status", ["needs marking", "unreadable"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_unsettled_leaves_unasked(tmp_path, work, platform, status):
    """While something is unreadable or not marked, the export refuses; with --partial it is empty, and never a zero."""
    people = [PEOPLE[0], [*PEOPLE[1][:6], status, None, 0]]
    out = graded(tmp_path / "o", work, people)
    with pytest.raises(BadInput, match=f"{status}: =1"):
        export(out, platform, out / "x.csv")
    assert not (out / "x.csv").exists()

    export(out, platform, out / "x.csv", partial=True)
    rows = [row for row in written(out / "x.csv")[1:] if "bo" in row]
    grade = {"canvas": 5, "blackboard": 1, "csv": 6}
    assert rows == [] if platform == "moodle" else rows[0][grade[platform]] == ""


def test_another_roster(tmp_path, out, title):
    """A newer export of the platform's gradebook: who joined has an empty cell, who left is told."""
    roster = tmp_path / "r.csv"
    roster.write_text(f"Student,ID,SIS User ID,SIS Login ID,Section,{title} (5)\nZoe,101,s1,zo,A,\nNew,109,s9,new,A,\n", encoding="utf-8")

    told = export(out, "canvas", out / "c.csv", roster=roster)

    assert [row[-1] for row in written(out / "c.csv")] == [f"{title} (5)", written(out / "c.csv")[1][-1], "9.5", ""]
    assert "not in the roster and not exported: =1+1, Bo" in told[-1]
    roster.write_text("id,name\nx,y\n")
    with pytest.raises(BadInput, match="Nobody who was graded"):
        export(out, "canvas", out / "c.csv", roster=roster)


def test_other_points(tmp_path, out, title):
    """Where Canvas has another number of points, nothing is scaled, and it is told."""
    roster = tmp_path / "r.csv"
    for points, times in (("100.00", 1), ("", 0)):
        text = f"Student,ID,SIS User ID,SIS Login ID,Section,{title} (5)\n    Points Possible,,,,,{points}\nZoe,101,s1,zo,A,\n"
        roster.write_text(text, encoding="utf-8")
        told = export(out, "canvas", out / "c.csv", roster=roster)
        assert sum("not scaled" in line for line in told) == times


def test_which_column(tmp_path, work, title):
    """A header may be given; two of one title are asked about."""
    original = {f"{title} (1)": [""] * 4, f"{title} (2)": [""] * 4}
    out = graded(tmp_path / "o", work, original=original)
    with pytest.raises(BadInput, match=r"Several columns .* \(1\); .* \(2\)"):
        export(out, "canvas", out / "c.csv")

    export(out, "canvas", out / "c.csv", column=f"{title} (2)")
    assert written(out / "c.csv")[0][-1] == f"{title} (2)"


@pytest.mark.parametrize("platform, told", [("canvas", False), ("moodle", True), ("blackboard", True)])
def test_an_id_that_would_start_a_formula(tmp_path, work, platform, told):
    """It is not written as it is, and where nothing else identifies its owner that is told."""
    out = graded(tmp_path / "o", work, [["s1", "Zoë", "", "101", "+49171", "A", "graded", 5, 0]])

    lines = export(out, platform, out / "x.csv")

    assert not any(cell.startswith(STARTS) for row in written(out / "x.csv") for cell in row)
    assert any("“+49171” would start a formula" in line for line in lines) is told


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=names, platform=st.sampled_from(PLATFORMS))
def test_every_name_survives(tmp_path_factory, work, name, platform):
    """No cell starts a formula, the ids are exact, and the name read back is the name."""
    out = graded(tmp_path_factory.mktemp("x") / "o", work, [["s1", name, "z@x.org", "101", "zo", "A", "graded", 5, 0]])
    export(out, platform, out / "x.csv")

    rows = written(out / "x.csv")
    assert not any(cell.lstrip(" ").startswith(STARTS) for row in rows for cell in row)
    cells = next(row for row in rows if "zo" in row)
    if platform != "blackboard":
        assert name in [csv_files.plain(cell) for cell in cells]


def test_a_folder_that_is_not_graded(tmp_path):
    """Says what to run first."""
    with pytest.raises(BadInput, match="Run first: coursekit grade"):
        export(tmp_path, "canvas", tmp_path / "c.csv")


def test_the_command(out):
    """It writes beside the grades if nothing else is said, and what to know is printed."""
    given_ = CliRunner().invoke(main, ["export", str(out), "--to", "canvas"])

    assert (given_.exit_code, (out / "export-canvas.csv").is_file()) == (0, True)
    assert "3 of 4 people have a grade." in given_.output
    assert CliRunner().invoke(main, ["export", str(out), "--to", "word"]).exit_code == 2
