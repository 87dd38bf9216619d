"""A platform is one file and one line: one from outside is known to roster, collect and export, and no other file changes."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from collected import QUIZ, RIGHT
from olat import Olat

from coursekit.errors import BadInput
from coursekit.gradebook import csv_files
from coursekit.gradebook.collect.collect import collect
from coursekit.gradebook.collect.roster import read_roster
from coursekit.gradebook.export import export
from coursekit.gradebook.grade.grade import grade
from coursekit.gradebook.platforms import PLATFORMS

ROSTER = """\
Nr.;Vorname;Nachname;Benutzername;Matrikelnummer;Gruppe;{title} (Punkte)
#11;Ada;Mole;mole;m1;A;
#12;Bo;Li;li;m2;A;
#13;Eve;Ray;ray;m3;B;
;;;;;;99
"""
NOW = datetime(2026, 3, 8, tzinfo=UTC)
CLOSED = {id: answer for id, answer in RIGHT.items() if id != "quiz/note"}  # nobody has to mark


@contextmanager
def quiet(name, size):
    yield lambda count: None


@pytest.fixture(autouse=True)
def registered():
    """The one line, for as long as a test runs."""
    PLATFORMS.append(Olat())
    yield
    PLATFORMS.pop()


@pytest.fixture
def roster(tmp_path, work):
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER.format(title=work.assignment.title), encoding="utf-8")
    return path


@pytest.fixture
def collected(tmp_path, roster, submission):
    """A download of two learners, one of whom the platform calls late, with the receipt that it adds."""
    for folder, name in (("Ada Mole [11]", "Ada"), ("Bo Li [12], delayed", "Ada Mole")):
        place = tmp_path / "download" / folder
        place.mkdir(parents=True)
        (place / "x.coursekit.jsonl").write_bytes(submission(CLOSED, name="", learner=name.encode().hex()[:8] * 4))
        (place / "Abgabe.pdf").write_bytes(b"%PDF")
    collect(tmp_path / "download", tmp_path / "collected", quiet, roster=roster, now=NOW)
    return tmp_path / "collected"


def test_its_roster(roster):
    """Known by its columns, cleaned, without the row of sums, whose points are kept."""
    read = read_roster(roster)

    assert (read.format, [(one.id, one.name, one.lms_id, one.section) for one in read.people]) == (
        "olat",
        [("m1", "Ada Mole", "11", "A"), ("m2", "Bo Li", "12", "A"), ("m3", "Eve Ray", "13", "B")],
    )
    assert "99" in read.points.values()


def test_its_download(collected):
    """Files are matched by its paths, what it calls late is told, and its receipts are not told as strangers."""
    matches = [
        (row["person"], row["how"], row["late_by_lms"], row["outcome"]) for row in csv_files.read_csv(collected / "matches.csv").rows
    ]

    assert matches == [("m1", "lms id", "", "counted"), ("m2", "lms id", "late", "counted")]
    assert "Abgabe" not in (collected / "problems.csv").read_text(encoding="utf-8")
    assert "the platform calls it late" in (collected / "problems.csv").read_text(encoding="utf-8")


def test_its_table(tmp_path, collected, work):
    """Its columns, its quotes, nobody without a grade, and its own number of points told."""
    grade(collected, QUIZ, tmp_path / "graded", NOW, quiet)
    told = export(tmp_path / "graded", "olat", tmp_path / "olat.csv", roster=tmp_path / "roster.csv")
    total = csv_files.read_csv(tmp_path / "graded" / "grades.csv").rows[0]["total"]

    lines = (tmp_path / "olat.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == f'"Benutzername","{work.assignment.title} (Punkte)","Tage zu spät"'
    assert [line.split(",")[0] for line in lines[1:]] == ['"mole"', '"li"']
    assert float(lines[1].split(",")[1].strip('"')) == float(total)
    assert "Import it as “Punkte”." in told
    assert any("99 points possible" in line for line in told)
    assert "Left out, because Olat can take an empty cell for a zero: Eve Ray" in told


def test_it_is_named_where_platforms_are(tmp_path):
    """A roster of no platform is told which there are."""
    (tmp_path / "r.csv").write_text("a,b\n1,2\n")

    with pytest.raises(BadInput, match="Olat"):
        read_roster(tmp_path / "r.csv")
