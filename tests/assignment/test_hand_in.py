"""Handing in: what is answered and what has changed since, one file in place of the one before, and troubles said in a sentence."""

import errno
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from bundles import TEXT, question, raw
from click.testing import CliRunner

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.hand_in import Handover, said, told
from coursekit.assignment.submission import read_answer, read_header
from coursekit.cli import main
from coursekit.errors import BadSubmission, NotSaved
from coursekit.model.grading import grade
from coursekit.record.attempts import Log

DUE = datetime(2027, 1, 15, 16, 0, tzinfo=UTC)


class Learner:
    """Somebody at work in a folder with an assignment; each act takes a minute."""

    def __init__(self, folder, begin=DUE - timedelta(days=1)):
        folder.mkdir(exist_ok=True)
        own = question("own", "short-text", TEXT, private=True)
        (folder / "quiz.bundle.json").write_text(json.dumps(raw(questions=[*raw()["questions"], own])))
        self.now, self.folder, self.log = begin, folder, Log(folder / "my-work")
        self.desk = Handover(find_bundle(folder), folder, self.log, self.clock)

    def clock(self):
        self.now += timedelta(minutes=1)
        return self.now

    def save(self, name, answer, act="check"):
        (one,) = (one for one in self.desk.bundle.questions if one.title == name)
        self.log.record(one, answer, grade(one, answer) if act == "check" else None, self.clock(), act=act)

    def states(self):
        return {row.question.title: row.state for row in self.desk.rows()}

    def files(self):
        return sorted(path.name for path in self.folder.glob("*.jsonl*"))


@pytest.fixture
def ada(tmp_path):
    return Learner(tmp_path / "ada")


def test_how_each_question_stands(ada):
    """Not answered; answered; typed and not saved; not readable, which is not saved either."""
    assert set(ada.states().values()) == {"not answered"}
    ada.save("pick", "a")
    ada.save("note", "A note for you.", act="draft")
    ada.save("sums", {"q1": "twelve"})

    assert ada.states() == {"pick": "answered", "order": "not answered", "note": "not saved", "sums": "not saved", "own": "not answered"}
    assert [said(row) for row in ada.desk.rows()][:1] == ["answered"]


def test_changed_since_it_was_handed_in(ada):
    """Each question by itself; handing in again puts it right."""
    ada.save("pick", "a")
    ada.save("note", "A first note.")
    ada.desk.hand_in("Ada", ())
    assert ada.states()["pick"] == "answered"
    ada.save("pick", "b")
    ada.save("sums", {"q1": "1", "q2": "2"})

    assert {title for title, state in ada.states().items() if state == "changed"} == {"pick", "sums"}
    assert said(ada.desk.rows()[0]) == "changed since you handed in (saved 2 times)"
    ada.desk.hand_in("Ada", ())
    assert "changed" not in ada.states().values()


def test_a_private_answer_that_was_not_handed_in_is_not_changed(ada):
    """It was never meant to leave; once handed in, it is like the others."""
    ada.save("pick", "a")
    ada.save("own", "About my own client.")
    ada.desk.hand_in("Ada", ())
    assert ada.states()["own"] == "answered"
    ada.desk.hand_in("Ada", ["quiz/own"])
    ada.save("own", "Something else of mine.")

    assert ada.states()["own"] == "changed"


def test_what_is_written(ada):
    """One file, whose lines are the saved answers, as was shown before but for the time."""
    ada.save("pick", "a")
    shown = ada.desk.preview("Ada  Mole", ())
    receipt = ada.desk.hand_in(" Ada Mole", ())
    header, *answers = receipt.path.read_bytes().splitlines()

    assert receipt.path == ada.folder / "Ada-Mole-quiz.coursekit.jsonl"
    assert (read_header(header).name, read_header(header).learner, read_header(header).answers) == ("Ada Mole", ada.log.learner(), 1)
    assert [read_answer(line).answer for line in answers] == ["a"]
    assert shown.splitlines()[1:] == [line.decode() for line in answers]
    assert (receipt.answered, receipt.questions, receipt.late, receipt.before) == (1, 5, False, None)
    assert told(receipt)[-1].startswith("Now upload that file")


def test_handing_in_again_replaces_it(ada):
    """There is one file, under whatever name, and it is said that there was another."""
    ada.save("pick", "a")
    first = ada.desk.hand_in("Ada", ())
    second = ada.desk.hand_in("Ada Mole", ())

    assert ada.files() == ["Ada-Mole-quiz.coursekit.jsonl"]
    assert second.before is not None and not first.before
    assert "It replaces the file that you handed in before." in told(second)


def test_a_file_of_somebody_else_stays(ada, tmp_path):
    """Two people of one name at one machine: each has a file."""
    bob = Learner(tmp_path / "bob")
    for one in (ada, bob):
        one.save("pick", "a")
    theirs = bob.desk.hand_in("Ada", ()).path.read_bytes()
    (ada.folder / "Ada-quiz.coursekit.jsonl").write_bytes(theirs)
    ada.desk.hand_in("Ada", ())

    assert ada.files() == sorted(["Ada-quiz.coursekit.jsonl", f"Ada-{ada.log.learner()[:6]}-quiz.coursekit.jsonl"])
    assert (ada.folder / "Ada-quiz.coursekit.jsonl").read_bytes() == theirs
    assert ada.desk.before().header.learner == ada.log.learner()


@pytest.mark.parametrize("name", ["Ada", "x" * 60, "𝔸" * 60, "न\u093f" * 90], ids=ascii)
def test_no_name_takes_anothers_file(ada, tmp_path, name):
    """However long the name is that two people share, and also where only its end tells them apart."""
    bob = Learner(tmp_path / "bob")
    for one in (ada, bob):
        one.save("pick", "a")
    theirs = bob.desk.hand_in(name, ()).path
    (ada.folder / theirs.name).write_bytes(theirs.read_bytes())
    mine = ada.desk.hand_in(name, ()).path

    assert mine.name != theirs.name == bob.desk.hand_in(name, ()).path.name
    assert ada.desk.hand_in(f"{name}x", ()).path.name not in (mine.name, theirs.name)


def test_a_damaged_file_from_before_is_as_none(ada):
    """It counts as nothing and is replaced."""
    ada.save("pick", "a")
    (ada.folder / "Ada-quiz.coursekit.jsonl").write_bytes(b"{\xff")

    assert ada.desk.before() is None
    assert ada.desk.hand_in("Ada", ()).before is None


def test_late(tmp_path):
    """A second after the due time is late; it is handed in, and said."""
    ada = Learner(tmp_path / "ada", DUE)
    ada.save("pick", "a")
    receipt = ada.desk.hand_in("Ada", ())

    assert receipt.late and ada.desk.late()
    assert "It is after the due time." in told(receipt)


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "cannot be written to"), (errno.EIO, "Input/output")]
)
def test_a_file_that_cannot_be_written(ada, monkeypatch, number, says):
    """Nothing was handed in, why, and what to do; the file from before is whole, and no half of one lies about."""
    ada.save("pick", "a")
    before = ada.desk.hand_in("Ada", ()).path.read_bytes()
    ada.save("pick", "b")

    def fail(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotSaved, match=f"Nothing was handed in: .*{says}"):
        ada.desk.hand_in("Ada", ())

    assert ada.files() == ["Ada-quiz.coursekit.jsonl"]
    assert (ada.folder / "Ada-quiz.coursekit.jsonl").read_bytes() == before


def test_a_record_that_cannot_be_read_or_kept(tmp_path):
    """Without a record there is nothing to hand in, and that is what is said."""
    ada = Learner(tmp_path / "ada")
    (ada.folder / "my-work").write_text("a file where the folder should be")

    assert set(ada.states().values()) == {"not answered"}
    with pytest.raises(BadSubmission, match="no saved answer yet"):
        ada.desk.hand_in("Ada", ())


def test_a_damaged_id_is_put_right(ada):
    """The file is known by the same id as the saved answers."""
    ada.save("pick", "a")
    before = ada.log.learner()
    (ada.folder / "my-work" / "learner-id").write_text("Ada!")

    assert read_header(ada.desk.hand_in("Ada", ()).path.read_bytes().splitlines()[0]).learner == before


def test_an_id_that_is_none_is_not_handed_in(ada):
    """A file that nobody could read must not be called handed in."""
    ada.save("pick", "a")
    ada.log.path.write_text(ada.log.path.read_text().replace(ada.log.learner(), "Ada!"))
    (ada.folder / "my-work" / "learner-id").write_text("Ada!")
    with pytest.raises(BadSubmission, match="learner-id"):
        ada.desk.hand_in("Ada", ())


def submit(ada, *words):
    return CliRunner().invoke(main, ["submit", str(ada.folder), *words], env={"COURSEKIT_HOME": ""})


def test_from_the_command_line(ada):
    """The same file, and each question with its state; what stays is named with the way to put it in."""
    ada.save("pick", "a")
    ada.save("own", "About my own client.")
    done = submit(ada, "--name", "Ada")

    assert done.exit_code == 0
    assert "1. pick: answered" in done.output and "2. order: not answered" in done.output
    assert "quiz/own (--include quiz/own puts it in)" in done.output and "It has answers to 1 of 5 questions" in done.output
    assert ada.files() == ["Ada-quiz.coursekit.jsonl"]
    assert "answers to 2 of 5" in submit(ada, "--name", "Ada", "--include", "quiz/own").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--name", "Ada"], "There is no saved answer yet."),
        (["--name", "Ada", "--include", "quiz/pick"], "quiz/pick: no question about your own work has this id."),
    ],
)
def test_troubles_on_the_command_line(ada, words, says):
    """One sentence, exit 1, no file."""
    done = submit(ada, *words)

    assert done.exit_code == 1 and done.output.startswith(f"Error: {says}") and done.output.count("\n") == 1
    assert ada.files() == []


def test_a_folder_without_an_assignment(tmp_path):
    """Said with what to do."""
    done = CliRunner().invoke(main, ["submit", str(tmp_path), "--name", "Ada"])

    assert done.exit_code == 1 and "There is no graded work in" in done.output


def test_an_assignment_in_the_folder_of_the_course(tmp_path, monkeypatch):
    """Its answers are in the record of the course, one or two folders up."""
    monkeypatch.setenv("COURSEKIT_HOME", "")
    (tmp_path / "notebooks").mkdir()
    ada = Learner(tmp_path / "notebooks" / "quiz")
    ada.log = Log(tmp_path / "my-work")
    ada.save("pick", "a")

    assert submit(ada, "--name", "Ada").exit_code == 0


def test_a_learner_needs_nothing_of_the_gradebook():
    """Neither the page nor the command imports a key, a database or a table."""
    code = "import sys, coursekit.assignment.hand_in, coursekit.page.notebook_calls; print(*sys.modules)"
    names = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())

    assert {name for name in names if name.startswith("coursekit.gradebook")} == set()
    assert names & {"duckdb", "pyarrow", "pandas", "numpy", "sklearn"} == set()
