"""Grades in each platform's columns: nobody's missing grade becomes a zero, no cell a formula, every name itself again."""

import pytest
from attrs import evolve
from click.testing import CliRunner
from exported import PEOPLE, graded, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.cli import main
from coursekit.errors import BadInput
from coursekit.gradebook import csv_files
from coursekit.gradebook.export import export
from coursekit.gradebook.platforms import PLATFORMS as ALL

PLATFORMS = [one.name for one in ALL if one.exports]
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
names = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.lists(
        st.sampled_from(["=", "+", "'", '"', ",", ";", "\t", "\n", "é", "李", "\u200f", "ש", "O'Neill", " ", "@", "＝"]), max_size=6
    ).map("".join),
)


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


SAME = ["1234.5", "1234,5", "1,234.5", "1.234,5", "1 234,50", "1\u00a0234.50", "1\u202f234,5", "1'234.5", "1’234.50", " 1234.50000 "]
OTHER = ["100.00", "12345", "1,234", "1.234", "0", "-1234.5", "1234.5 %", "(read only)", "1234.5.6"]


@pytest.mark.parametrize(("points", "ours", "times"), [
    *((points, 1234.5, 0) for points in (*SAME, "")), *((points, 1234.5, 1) for points in OTHER),
    ("1,234", 1234, 0), ("1.234", 1234, 0), ("10.000", 10, 0), ("10,000", 10, 0), ("9.500", 9.5, 0), ("10 points", 10, 0),
])  # fmt: skip
def test_other_points(tmp_path, work, title, points, ours, times):
    """Where Canvas has another number of points, however it writes it, nothing is scaled, and it is told."""
    first, *rest = work.assignment.item
    about = evolve(work.assignment, item=(evolve(first, points=ours), *(evolve(one, points=0) for one in rest)))
    out, roster = graded(tmp_path / "o", evolve(work, assignment=about)), tmp_path / "r.csv"
    text = f'Student,ID,SIS User ID,SIS Login ID,Section,{title} (5)\n    Points Possible,,,,,"{points}"\nZoe,101,s1,zo,A,\n'
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
    assert "people with a grade: 3 of 4." in given_.output
    assert CliRunner().invoke(main, ["export", str(out), "--to", "word"]).exit_code == 2
