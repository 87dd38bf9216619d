"""A download becomes a folder that can be graded: whole or not at all, everybody accounted for, everything else told."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.cli import main
from coursekit.errors import BadInput
from coursekit.gradebook import csv_files
from coursekit.gradebook.collect import answer_spool, collected_folder
from coursekit.gradebook.collect.archive import Limits
from coursekit.gradebook.collect.collect import collect
from coursekit.gradebook.collect.collected_folder import FILES

NOW = datetime(2026, 3, 6, tzinfo=UTC)
HANDED_IN = datetime(2026, 3, 5, 10, tzinfo=UTC)
ROSTER = """\
id,name,email,lms_id,login,section,Tutor
s1,"O'Neill, Zoë",zoe@x.org,101,zo,A,Ms Ray
s2,Bo Li,bo@x.org,102,bo,A,Ms Ray
s3,Ann Smith,ann@x.org,103,ann,B,
s4,"=1+1, Eve",eve@x.org,104,eve,B,-
"""
NAMES = {"s1": "Zoë O'Neill", "s2": "Bo Li", "s3": "Ann Smith", "s4": "Eve =1+1"}
CANVAS = {"s1": "oneillzoë_101_901_", "s2": "libo_102_902_", "s3": "smithann_LATE_103_903_", "s4": "11eve_104_904_"}


def learner(person):
    return hashlib.sha256(person.encode()).hexdigest()[:16]


def handed(person, answers=("a", "b"), name=None, hours=0.0, **header):
    """A file as it is handed in; `answers` are texts to quiz/0, quiz/1, … or (exercise, answer, minutes)."""
    at = HANDED_IN + timedelta(hours=hours)
    shift = int(learner(person)[:6], 16) % 60_000  # nobody saves in the same millisecond as another
    rows = []
    for number, given_ in enumerate(answers):
        exercise, answer, minutes = given_ if isinstance(given_, tuple) else (f"quiz/{number}", given_, number)
        saved = at - timedelta(hours=1) + timedelta(minutes=minutes, milliseconds=shift)
        rows.append(
            {"exercise": exercise, "of": "0" * 12, "answer": answer, "at": saved.isoformat(timespec="milliseconds"), "confidence": 70}
        )
    whole: dict = {
        "coursekit": "submission",
        "v": 1,
        "assignment": "quiz",
        "digest": "d" * 16,
        "course": "0.1.0",
        "learner": learner(person),
        "name": NAMES.get(person, person) if name is None else name,
        "handed_in": at.isoformat(timespec="milliseconds"),
        "answers": len(rows),
        **header,
    }
    return b"".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in (whole, *rows))


def packed(entries):
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


@contextmanager
def quiet(name, size):
    yield lambda count: None


class Class:
    """A download in a folder, and what was made of it."""

    def __init__(self, folder):
        self.folder, self.download, self.out = folder, folder / "d", folder / "out"
        self.download.mkdir()
        self.roster = folder / "roster.csv"
        self.roster.write_text(ROSTER, encoding="utf-8")

    def add(self, path, data):
        place = self.download / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(packed(data) if isinstance(data, dict) else data)

    def collect(self, roster=True, **more):
        more = {"now": NOW, **more}
        self.result = collect(self.download, self.out, quiet, roster=self.roster if roster else None, **more)
        return self

    def table(self, name):
        return csv_files.read_csv(self.out / f"{name}.csv").rows

    def parquet(self, name):
        return pq.read_table(self.out / f"{name}.parquet").to_pylist()

    @property
    def outcomes(self):
        return {row["file"]: (row["person"], row["how"], row["sure"], row["outcome"]) for row in self.table("matches")}

    @property
    def problems(self):
        return [(row["severity"], row["file"], row["person"], row["what"]) for row in self.table("problems")]


@pytest.fixture
def course(tmp_path):
    return Class(tmp_path)


SHAPES = {
    "Canvas": {"sub.zip": {f"{CANVAS[id]}{NAMES[id]}-quiz.coursekit.jsonl": handed(id) for id in NAMES}},
    "Moodle": {
        "q.zip": {f"{NAMES[id].replace(chr(39), '')}_{n}_assignsubmission_file/x.coursekit.jsonl": handed(id) for n, id in enumerate(NAMES)}
    },
    "Moodle, no folders": {
        f"{NAMES[id].replace(chr(39), '')}_{n}_assignsubmission_file_x.coursekit.jsonl": handed(id) for n, id in enumerate(NAMES)
    },
    "Blackboard": {
        f"Quiz_{login}_attempt_2026-03-05-10-00-00_x.coursekit.jsonl": handed(id)
        for id, login in zip(NAMES, ("zo", "bo", "ann", "eve"), strict=True)
    },
    "nbgrader": {f"submitted/{id}/quiz/x.coursekit.jsonl": handed(id) for id in NAMES},
    "a folder for each": {f"{id}/x.coursekit.jsonl": handed(id) for id in NAMES},
    "a zip for each": {f"{id}.zip": {"x.coursekit.jsonl": handed(id)} for id in NAMES},
    "files only": {f"{id} x.coursekit.jsonl": handed(id) for id in NAMES},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_platform(course, shape):
    """Whatever the download is like, the same people have handed in the same answers."""
    for path, data in SHAPES[shape].items():
        course.add(path, data)

    course.collect()

    assert course.result.outcomes == {"counted": 4}
    assert {(one["person"], one["answer"]) for one in course.parquet("answers")} == {
        (id, answer) for id in NAMES for answer in ('"a"', '"b"')
    }
    assert [one["person"] for one in course.table("people")] == list(NAMES)
    assert [severity for severity, *_ in course.problems if severity == "problem"] == []


def test_the_folder(course):
    """Every table has the columns and values of the contract."""
    course.add(f"{CANVAS['s3']}x.coursekit.jsonl", handed("s3", [("quiz/é", {"b": 1, "a": "é"}, 5)]))
    course.collect()

    assert sorted(path.name for path in course.out.iterdir()) == sorted(FILES)
    file, answer = course.parquet("files")[0], course.parquet("answers")[0]
    assert file == {
        "file_id": 0,
        "file": "smithann_LATE_103_903_x.coursekit.jsonl",
        "person": "s3",
        "learner": learner("s3"),
        "assignment": "quiz",
        "digest": "d" * 16,
        "course": "0.1.0",
        "handed_in": HANDED_IN,
        "answers": 1,
        "read": 1,
        "broken": 0,
        "late_by_lms": True,
    }
    saved = answer.pop("at")
    assert HANDED_IN - timedelta(minutes=55) <= saved < HANDED_IN - timedelta(minutes=53)
    assert answer == {
        "file_id": 0,
        "person": "s3",
        "exercise": "quiz/é",
        "of": "0" * 12,
        "answer": '{"a":"é","b":1}',
        "confidence": 70,
        "line": 2,
    }
    row = course.table("matches")[0]
    assert [row[key] for key in ("name_in_file", "name_in_roster", "handed_in", "late_by_lms", "answers")] == [
        "Ann Smith",
        "Ann Smith",
        "2026-03-05T10:00:00.000+00:00",
        "late",
        "1",
    ]
    assert row["sha256"] == hashlib.sha256(handed("s3", [("quiz/é", {"b": 1, "a": "é"}, 5)])).hexdigest()
    person = course.table("people")[3]
    assert [person[key] for key in ("person", "name", "email", "lms_id", "roster:name", "roster:Tutor")] == [
        "s4",
        "=1+1, Eve",
        "eve@x.org",
        "104",
        "=1+1, Eve",
        "-",
    ]
    assert json.loads((course.out / "collected.json").read_text()) == {
        "v": 1,
        "assignment": "quiz",
        "assignment names": {"quiz": 1},
        "files": 1,
        "counted": 1,
        "course": "0.1.0",
    }
    assert ("notice", file["file"], "s3", "the platform calls it late") in course.problems


def test_the_same_input_gives_the_same_bytes(course):
    """Twice, into two folders."""
    for id in NAMES:
        course.add(f"{id}/x.coursekit.jsonl", handed(id, "abc"))
        course.add(f"{id}/y.coursekit.jsonl", handed(id, "ab", hours=1))
    course.add("broken.coursekit.jsonl", b"{")
    course.collect()
    first = {name: (course.out / name).read_bytes() for name in FILES}
    course.out = course.folder / "again"
    course.collect()

    assert first == {name: (course.out / name).read_bytes() for name in FILES}


def test_without_a_roster(course):
    """The learners are those found in the files, by the id of their record."""
    course.add("a.coursekit.jsonl", handed("s1"))
    course.add("b.coursekit.jsonl", handed("s2", name="=HYPERLINK(1)"))
    course.collect(roster=False)

    assert [(row["person"], row["name"]) for row in course.table("people")] == [
        (learner("s2"), "=HYPERLINK(1)"),
        (learner("s1"), "Zoë O'Neill"),
    ]
    assert b"'=HYPERLINK(1)" in (course.out / "people.csv").read_bytes()
    assert course.outcomes["a.coursekit.jsonl"] == (learner("s1"), "learner id", "yes", "counted")


def test_without_a_roster_one_record_is_not_two_people(course):
    """Where the platform gave one record's files to two people, nobody is guessed."""
    course.add(f"{CANVAS['s1']}x.coursekit.jsonl", handed("s1"))
    course.add(f"{CANVAS['s2']}x.coursekit.jsonl", handed("s1", "xyz"))
    course.collect(roster=False)

    assert course.result.outcomes == {"unmatched": 2}
    assert {what for severity, _, _, what in course.problems if severity == "problem"} == {
        "one learner id is in the files of several people"
    }


class TestDuplicates:
    """Several files of one person, and one file from several."""

    def test_the_last_one_counts(self, course):
        """By its own time; the others are listed, and what the last lacks is told."""
        course.add("s1/new.coursekit.jsonl", handed("s1", ["a"], hours=2))
        course.add("s1/old.coursekit.jsonl", handed("s1", ["a", "b"]))
        course.collect()

        assert course.outcomes["s1/old.coursekit.jsonl"][3] == "replaced by s1/new.coursekit.jsonl"
        assert [one["answer"] for one in course.parquet("answers")] == ['"a"']
        missing = next(row for row in course.table("problems") if row["exercise"])
        assert (missing["exercise"], missing["file"], missing["severity"]) == ("quiz/1", "s1/new.coursekit.jsonl", "notice")

    def test_the_same_file_again(self, course):
        """A copy is named as one, also where its path says nothing."""
        for path in ("s1/x.coursekit.jsonl", "s1/x.coursekit (1).jsonl", "extracted/x.coursekit.jsonl"):
            course.add(path, handed("s1", name="Z"))
        course.collect()

        assert sorted(outcome for *_, outcome in course.outcomes.values()) == [
            "copy of s1/x.coursekit (1).jsonl",
            "copy of s1/x.coursekit (1).jsonl",
            "counted",
        ]

    def test_one_file_from_two_people(self, course):
        """Both count, and both are listed."""
        for id in ("s1", "s2"):
            course.add(f"{id}/x.coursekit.jsonl", handed("s1", name=""))
        course.collect()

        assert course.result.outcomes == {"counted": 2}
        assert [problem for problem in course.problems if "same file" in problem[3]] == [
            ("notice", f"{id}/x.coursekit.jsonl", id, "several people handed in the same file") for id in ("s1", "s2")
        ]

    def test_a_record_passed_on(self, course):
        """One learner id from two people, and the same answers with the same save times."""
        course.add("s1/x.coursekit.jsonl", handed("s1", "abc"))
        course.add("s2/x.coursekit.jsonl", handed("s1", "abcd", name="Bo Li"))
        course.collect()

        whats = {(person, what) for _, _, person, what in course.problems}
        assert {(id, "one learner id is handed in by several people") for id in ("s1", "s2")} <= whats
        assert {(id, "several people have the same answers with the same save times") for id in ("s1", "s2")} <= whats

    def test_answers_copied_under_another_id(self, course):
        """Changing the header hides nothing; two in common are chance enough, three are not."""
        for count, told in ((2, 0), (3, 2)):
            course.add("s1/x.coursekit.jsonl", handed("s1", "abcdef"))
            course.add("s2/x.coursekit.jsonl", handed("s1", "abcdef"[:count], learner=learner("s2"), name="Bo Li"))
            course.collect(force=True)
            assert sum("same save times" in what for *_, what in course.problems) == told

    def test_the_same_long_text(self, course):
        """Word for word the same is worth a look; a short answer is not."""
        text = "I looked at the ledger first, and then I wrote to Mr Abe that the six trays are £84 and are due on 3 March this year."
        for id in NAMES:
            course.add(f"{id}/x.coursekit.jsonl", handed(id, ["yes", text if id in ("s1", "s3") else id]))
        course.collect()

        assert [(person, what) for _, _, person, what in course.problems] == [
            ("s1", "several people have the same long text"),
            ("s3", "several people have the same long text"),
        ]


class TestMatching:
    """Nobody is guessed, and an instructor has the last word."""

    def test_two_machines_under_one_typed_name(self, course):
        """A typed name alone is enough for one machine only."""
        course.add("a.coursekit.jsonl", handed("s1"))
        course.add("b.coursekit.jsonl", handed("other", name="Zoë O'Neill"))
        course.collect()

        assert [(person, sure, outcome) for person, _, sure, outcome in course.outcomes.values()] == [("", "no", "unmatched")] * 2
        assert course.table("matches")[0]["name_in_roster"] == "O'Neill, Zoë (s1)?"
        assert course.parquet("answers") == []

    def test_a_typed_name_beside_the_platforms_word(self, course):
        """What the platform ties to a person goes before what anybody can type."""
        course.add("s1/x.coursekit.jsonl", handed("s1", hours=-1))
        course.add("b.coursekit.jsonl", handed("other", name="Zoë O'Neill"))
        course.add("c.coursekit.jsonl", handed("s1", "xyz"))
        course.collect()

        assert {path: outcome for path, (*_, outcome) in course.outcomes.items()} == {
            "s1/x.coursekit.jsonl": "replaced by c.coursekit.jsonl",
            "b.coursekit.jsonl": "unmatched",
            "c.coursekit.jsonl": "counted",
        }

    def test_evidence_that_disagrees(self, course):
        """Unmatched, with a problem that says both."""
        course.add("s1/x.coursekit.jsonl", handed("s2"))
        course.collect()

        row = course.table("problems")[0]
        assert (course.result.ok, course.outcomes["s1/x.coursekit.jsonl"][3]) == (False, "unmatched")
        assert row["why"] == "id “s1” = O'Neill, Zoë (s1); typed name “Bo Li” = Bo Li (s2)"

    def test_by_hand(self, course):
        """A corrected matches.csv, saved by Excel with semicolons, settles it; the next run keeps it."""
        course.add("s1/x.coursekit.jsonl", handed("s2"))
        course.add("y.coursekit.jsonl", handed("nobody", name="N. N."))
        course.add("s3/z.coursekit.jsonl", handed("s3"))
        course.collect()
        rows = course.table("matches")
        rows[0]["person"], rows[2]["person"] = "S2", "eve@x.org"
        with (course.folder / "m.csv").open("w", encoding="cp1252", newline="") as file:
            csv.writer(file, delimiter=";").writerows([list(rows[0]), *(row.values() for row in rows)])
        for matches in (course.folder / "m.csv", course.out / "matches.csv"):
            course.collect(matches=matches, force=True)
            assert {path: row[:2] for path, row in course.outcomes.items()} == {
                "s1/x.coursekit.jsonl": ("s2", "by hand"),
                "s3/z.coursekit.jsonl": ("s3", "id"),
                "y.coursekit.jsonl": ("s4", "by hand"),
            }
            assert course.result.ok

    def test_a_match_taken_out(self, course):
        """An empty person where there was a sure one is a decision too."""
        course.add("s1/x.coursekit.jsonl", handed("s1"))
        course.collect()
        rows = course.table("matches")
        csv_files.write_csv(course.folder / "m.csv", list(rows[0]), [{**rows[0], "person": ""}])
        course.collect(matches=course.folder / "m.csv", force=True)

        assert course.outcomes["s1/x.coursekit.jsonl"] == ("", "by hand", "no", "unmatched")

    def test_matches_that_do_not_fit(self, course):
        """A person nobody knows stops it; a file that has changed is told; another table is refused."""
        course.add("s1/x.coursekit.jsonl", handed("s1"))
        course.collect()
        row = course.table("matches")[0]
        csv_files.write_csv(course.folder / "m.csv", list(row), [{**row, "person": "s99"}, {**row, "person": "s98"}])
        with pytest.raises(BadInput, match="not in the roster: s98, s99"):
            course.collect(matches=course.folder / "m.csv", force=True)

        csv_files.write_csv(course.folder / "m.csv", list(row), [{**row, "sha256": "0"}])
        course.collect(matches=course.folder / "m.csv", force=True)
        assert ("notice", row["file"], "s1", "a row of the matches is not used") in course.problems

        with pytest.raises(BadInput, match=r"roster.csv is not the matches.csv .* file, person"):
            course.collect(matches=course.roster, force=True)


class TestUnreadable:
    """What cannot be read is somebody's, and never a zero."""

    def test_a_file_without_a_header(self, course):
        """Its person is known by the path, so that their row will say unreadable."""
        course.add(f"{CANVAS['s1']}x.coursekit.jsonl", b"{")
        course.collect()

        assert course.outcomes[f"{CANVAS['s1']}x.coursekit.jsonl"] == ("s1", "lms id", "yes", "unreadable")
        assert course.problems == [("problem", f"{CANVAS['s1']}x.coursekit.jsonl", "s1", "the file cannot be read")]
        assert not course.result.ok

    def test_an_older_file_that_can_be_read_counts(self, course):
        """The unreadable one is listed all the same."""
        course.add("s1/a.coursekit.jsonl", handed("s1"))
        course.add("s1/b.coursekit.jsonl", handed("s1", hours=2)[:100])
        course.collect()

        assert course.result.outcomes == {"counted": 1, "unreadable": 1}

    def test_what_was_refused_in_an_archive(self, course):
        """A learner's own zip that is torn is their file that cannot be read."""
        course.add(
            "d.zip", {f"{CANVAS['s1']}own.zip": packed({"x": b"y"})[:30], f"{CANVAS['s2']}w.rar": b"Rar!", f"{CANVAS['s4']}a.docx": b"PK"}
        )
        course.collect()

        assert {path: row[:1] + row[3:] for path, row in course.outcomes.items()} == {
            f"d.zip/{CANVAS['s1']}own.zip": ("s1", "unreadable"),
            f"d.zip/{CANVAS['s2']}w.rar": ("s2", "unreadable"),
        }
        assert ("notice", f"d.zip/{CANVAS['s4']}a.docx", "s4", "a file that is not work handed in with coursekit") in course.problems

    def test_a_huge_file(self, course):
        """More bytes than any honest file has."""
        course.add("s1/x.coursekit.jsonl", handed("s1", ["x" * 5_000]))
        course.collect(limits=Limits(file=2_000))

        assert course.outcomes["s1/x.coursekit.jsonl"][3] == "unreadable"

    def test_bad_lines_and_numbers_that_lie(self, course):
        """The good lines count; the table says how many were promised and how many were not read."""
        course.add("s1/x.coursekit.jsonl", handed("s1", "abc").replace(b'"answers":3', b'"answers":%d' % 10**12) + b"{\n")
        course.collect()

        file = course.parquet("files")[0]
        assert (file["answers"], file["read"], file["broken"]) == (2**31 - 1, 3, 1)

    def test_texts_that_are_no_utf8(self, course):
        """Half a character in a name or an answer ends up in no exception and in no table as such."""
        data = (
            handed("s1", ["x"]).replace(b'"x"', b'"\\ud800"').replace(b'"dddd', b'"\\ud800d').replace("Zoë O'Neill".encode(), b"Z \\ud800")
        )
        course.add("s1/x.coursekit.jsonl", data)
        course.collect()

        assert (course.parquet("answers")[0]["answer"], course.table("matches")[0]["name_in_file"]) == ('"\\ud800"', "Z \\ud800")


def test_a_name_with_a_nul_can_be_read_again(course):
    """What a stranger typed does not make our own tables unreadable."""
    course.add("s1/x.coursekit.jsonl", handed("s1", name="N\0N"))
    course.collect()

    assert course.table("matches")[0]["name_in_file"] == "N\ufffdN"


def test_other_assignments(course):
    """The few are listed and not used; where it cannot be told which is meant, it is asked."""
    for id in ("s1", "s2"):
        course.add(f"{id}/x.coursekit.jsonl", handed(id))
    course.add("s3/x.coursekit.jsonl", handed("s3", assignment="essay"))
    course.collect()
    assert course.outcomes["s3/x.coursekit.jsonl"][3] == "other assignment"
    assert not course.result.ok

    course.add("s4/x.coursekit.jsonl", handed("s4", assignment="essay"))
    with pytest.raises(BadInput, match=r"essay \(2\), quiz \(2\)"):
        course.collect(force=True)
    assert course.collect(force=True, assignment="essay").result.outcomes == {"counted": 2, "other assignment": 2}
    with pytest.raises(BadInput, match="no file of “exam”"):
        course.collect(force=True, assignment="exam")


def test_another_version(course):
    """Work from before a correction is used, and told, so that its keys are given too."""
    for id in ("s1", "s2"):
        course.add(f"{id}/x.coursekit.jsonl", handed(id))
    course.add("s3/x.coursekit.jsonl", handed("s3", digest="e" * 16))
    course.collect()

    assert course.problems == [("notice", "s3/x.coursekit.jsonl", "s3", "the file was made for another version of the assignment")]


def test_times_in_the_future(course):
    """A clock that is wrong by more than a day is told; without a day given, the newest file of the download is taken for now."""
    course.add("s1/x.coursekit.jsonl", handed("s1", hours=100))
    course.add("s2/x.coursekit.jsonl", handed("s2", hours=20))
    assert [problem[1:] for problem in course.collect().problems] == [("s1/x.coursekit.jsonl", "s1", "a time in the future")]

    for path in course.download.rglob("*.jsonl"):
        os.utime(path, ((HANDED_IN + timedelta(hours=100)).timestamp(),) * 2)
    assert course.collect(now=None, force=True).problems == []


def test_a_roster_worth_a_look(course):
    """A guessed encoding and an unusual column of ids are told."""
    course.roster.write_bytes("First name,Last name,Email address\nZoë,O'Neill,zoe@x.org\n".encode("cp1252"))
    course.add("zoe@x.org/x.coursekit.jsonl", handed("s1"))
    course.collect()

    assert [what for _, file, _, what in course.problems if file == "roster.csv"] == [
        "the roster was read as Windows-1252",
        "“Email address” names the people",
    ]


class TestTheFolderIsWholeOrNot:
    """Nothing is mixed, and nothing half is left that somebody could grade."""

    def test_results_are_not_replaced_unasked(self, course):
        """--force replaces them, and leaves what else lies there."""
        course.add("s1/x.coursekit.jsonl", handed("s1"))
        course.collect()
        (course.out / "mine.txt").write_text("note")
        with pytest.raises(BadInput, match="already holds"):
            course.collect()
        course.add("s2/x.coursekit.jsonl", handed("s2"))
        course.collect(force=True)

        assert (course.result.outcomes, (course.out / "mine.txt").read_text()) == ({"counted": 2}, "note")

    def test_another_folder_is_never_used(self, course):
        """Whatever is said."""
        course.out.mkdir()
        (course.out / "thesis.docx").write_bytes(b"x")
        for force in (False, True):
            with pytest.raises(BadInput, match=r"holds other files \(thesis.docx\)"):
                course.collect(force=force)
        part = course.folder / "new.part"
        part.mkdir()
        (part / "thesis.docx").write_bytes(b"x")
        course.out = course.folder / "new"
        with pytest.raises(BadInput, match="holds other files"):
            course.collect()
        assert (part / "thesis.docx").exists()

    def test_broken_off(self, course, monkeypatch):
        """Ctrl-C and a full disk leave no folder; a second start works."""
        course.add("s1/x.coursekit.jsonl", handed("s1"))

        def stopped(*_):
            raise KeyboardInterrupt

        def full(*_):
            raise OSError(28, "No space left on device")

        for broken, error in ((stopped, KeyboardInterrupt), (full, BadInput)):
            for step, name in ((answer_spool, "answers"), (collected_folder, "write")):
                with monkeypatch.context() as patch:
                    patch.setattr(step, name, broken)
                    with pytest.raises(error):
                        course.collect()
                assert sorted(path.name for path in course.folder.iterdir()) == ["d", "roster.csv"]
        assert course.collect().result.ok

    def test_broken_off_while_replacing(self, course, monkeypatch):
        """Without collected_folder.json nobody takes the folder, and --force makes it whole."""
        course.add("s1/x.coursekit.jsonl", handed("s1"))
        course.collect()
        moved = os.replace

        def stopped(source, target):
            if target == course.out / "people.csv":
                raise KeyboardInterrupt
            moved(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", stopped)
            with pytest.raises(KeyboardInterrupt):
                course.collect(force=True)
        assert not (course.out / "collected.json").exists()
        assert course.collect(force=True).result.ok

    def test_killed(self, course):
        """kill -9 in the middle leaves no folder; a second start works."""
        for number in range(3_000):
            course.add(f"x{number}.coursekit.jsonl", handed(f"p{number}", "ab" * 20))
        command = [sys.executable, "-m", "coursekit.cli", "collect", str(course.download), "--out", str(course.out)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        part = course.folder / "out.part"
        until = time.monotonic() + 60
        while not (part / "spool.parquet").exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()

        assert part.exists() and not course.out.exists()
        assert course.collect(roster=False).result.outcomes == {"counted": 3_000}
        assert not part.exists()

    def test_the_own_folder_is_no_download(self, course):
        """Collected into the download itself, it is passed over the next time."""
        course.add("s1/x.coursekit.jsonl", handed("s1"))
        course.out = course.download / "out"
        course.collect()
        course.collect(force=True)

        assert course.problems == []


def test_the_command(course):
    """Exit 0 where all is well, 1 where something was not read, 2 for wrong usage; it says what to do next."""
    course.add("s1/x.coursekit.jsonl", handed("s1"))
    words = ["collect", str(course.download), "--roster", str(course.roster), "--out", str(course.out), "--now", "2026-03-06"]
    given_ = CliRunner().invoke(main, words)
    assert (given_.exit_code, given_.stdout) == (0, "Files: 1 (1 counted).\nPeople who handed something in: 1 of 4.\n")

    course.add("y.coursekit.jsonl", handed("y", name="N"))
    assert CliRunner().invoke(main, words).exit_code == 1
    given_ = CliRunner().invoke(main, [*words, "--force"])
    assert given_.exit_code == 1
    assert "Waiting for you: 1." in given_.stdout and "Problems: 1, notices: 0." in given_.stdout
    assert CliRunner().invoke(main, words[:2]).exit_code == 2


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(NAMES)), st.integers(0, 400), st.binary(max_size=20)), min_size=1, max_size=6))
def test_whatever_is_handed_in(tmp_path_factory, files):
    """Any mutation ends in a table: every file has an outcome, and the counts add up."""
    course = Class(tmp_path_factory.mktemp("class"))
    for number, (id, at, noise) in enumerate(files):
        data = handed(id, ["a", "long " * 30, "c"])
        course.add(f"{id}/{number}.coursekit.jsonl", data[:at] + noise + data[at + len(noise) :])
    try:
        course.collect()
    except BadInput as error:
        assert "several assignments" in str(error)
        return

    assert sum(course.result.outcomes.values()) == len(files) == len(course.table("matches"))
    assert sum(one["read"] for one in course.parquet("files")) == len(course.parquet("answers"))
