"""A learner's clock is put back an hour between two saves: the newer save counts, on every surface."""

import csv
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.hand_in import Handover
from coursekit.gradebook.assignment import read_assignment
from coursekit.gradebook.collect.collect import collect
from coursekit.gradebook.grade.grade import grade
from coursekit.gradebook.masking import mask
from coursekit.gradebook.release import give_out
from coursekit.page.handing_in import HandingIn
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

QUIZ = Path(__file__).parent / "gradebook" / "quiz.toml"
ID, OLDER, NEWER = "quiz/what-to-say", "wait", "six"  # 0 of 2 points, and 2
TWO = datetime(2026, 3, 5, 14, tzinfo=UTC)
BACK = timedelta(hours=-1)


@contextmanager
def quiet(name, size):
    """Steps that say nothing."""
    yield lambda count: None


class Learner:
    """Somebody who answers one question of a released assignment; the clock says what a test sets."""

    def __init__(self, folder, assignment=QUIZ):
        give_out(assignment, folder)
        self.folder, self.home, self.assignment, self.now = folder / "quiz", folder, assignment, TWO
        self.log, bundle = Log(folder / "my-work"), find_bundle(folder / "quiz")
        self.desk = Handover(bundle, self.folder, self.log, self.clock)
        self.question = next(one for one in bundle.questions if one.exercise == ID)
        self.mask = mask(read_assignment(assignment).exercises[ID])

    def clock(self):
        """The time, which goes on by a second with each look."""
        self.now += timedelta(seconds=1)
        return self.now

    def save(self, answer, moved=timedelta()):
        """Move the clock, and save an answer on the page."""
        self.now += moved
        Sitting(self.question, self.log, self.clock).take({"n": 1, "action": "check", "answer": self.mask.masked(answer)})

    def both(self):
        """The older answer, and an hour earlier by the clock the newer one."""
        self.save(OLDER)
        self.save(NEWER, BACK)

    def hand_in(self, name="Ada"):
        """The file that was handed in, kept under a name of its own: another hand-in does not take it away."""
        path = self.desk.hand_in(name, ()).path
        return Path(shutil.copy(path, self.home / f"{name}-{self.now:%H%M%S}{''.join(path.suffixes)}"))

    def points(self, *files):
        """What the question is worth in a gradebook made from these files."""
        (self.home / "handed").mkdir()
        for file in files:
            shutil.copy(file, self.home / "handed")
        collect(self.home / "handed", self.home / "collected", quiet, now=TWO)
        grade(self.home / "collected", self.assignment, self.home / "graded", TWO, quiet)
        with (self.home / "graded" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        return row[ID]


@pytest.fixture
def ada(tmp_path):
    """A learner with the tiny quiz."""
    return Learner(tmp_path)


def on_the_page(ada):
    """The page opened again shows it."""
    ada.both()
    return ada.mask.real(Sitting(ada.question, ada.log, ada.clock).raw)


def in_a_second_window(ada):
    """A page that was open all the while takes it in with its next act."""
    open_all_the_while = Sitting(ada.question, ada.log, ada.clock)
    ada.both()
    open_all_the_while.take({"n": 1, "action": "hint"})
    return ada.mask.real([entry for entry in open_all_the_while.entries if entry.act == "check"][-1].answer)


def in_the_file(ada):
    """Of the lines of the file it is the last."""
    ada.both()
    ada.hand_in()
    return ada.mask.real(ada.desk.before().of(ID)[-1].answer)


def in_the_file_shown_before(ada):
    """So it is in what the panel shows before it leaves the machine."""
    ada.both()
    lines = [line for line in ada.desk.preview("Ada", ()).splitlines() if ID in line]
    return OLDER if f'"answer":"{ada.mask.masked(OLDER)}"' in lines[-1] else NEWER


def in_the_newer_of_two_files(ada):
    """Of two files that lie in the folder the one with the later save is the one handed in last."""
    ada.save(OLDER)
    older = ada.hand_in("Ada")
    ada.save(NEWER, BACK)
    ada.hand_in("Ada Mole")
    shutil.copy(older, ada.folder / "Ada-quiz.coursekit.jsonl")
    return ada.mask.real(ada.desk.before().of(ID)[-1].answer)


@pytest.mark.parametrize(
    "surface",
    [on_the_page, in_a_second_window, in_the_file, in_the_file_shown_before, in_the_newer_of_two_files],
    ids=lambda one: one.__name__,
)
def test_the_learners_side(ada, surface):
    """The newer save is the answer."""
    assert surface(ada) == NEWER


def test_the_panel(ada):
    """It says what has changed since it was handed in, and when the newest answer was saved."""
    panel = HandingIn(ada.desk)
    ada.save(OLDER)
    ada.hand_in()
    ada.save(NEWER, BACK)
    (row,) = (one for one in ada.desk.rows() if one.question.exercise == ID)

    assert ([one["state"] for one in panel.state()["rows"] if one["id"] == ID], row.at < TWO) == (["changed"], True)
    ada.hand_in()
    assert [one["state"] for one in panel.state()["rows"] if one["id"] == ID] == ["answered"]


@pytest.mark.parametrize(("count", "points"), [("first", "0"), ("last", "2"), ("best", "2"), ("average", "1")])
@pytest.mark.parametrize("moved", [BACK, -BACK])
def test_the_gradebook(tmp_path, count, points, moved):
    """First, last, best and average go by the order of saving, whichever way the clock was moved."""
    shutil.copytree(QUIZ.with_suffix(""), tmp_path / "quiz.d" / "quiz")
    path = tmp_path / "quiz.d" / "quiz.toml"
    path.write_text(QUIZ.read_text(encoding="utf-8").replace('count = "last"', f'count = "{count}"'), encoding="utf-8")
    ada = Learner(tmp_path / "ada", path)
    ada.save(OLDER)
    ada.save(NEWER, moved)

    assert ada.points(ada.hand_in()) == points


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_two_files_of_one_record_in_a_folder(ada, names):
    """Handed in at two, and with a newer answer at one: the file with the later save counts, whatever it is called."""
    ada.save(OLDER)
    older = ada.hand_in()
    ada.save(NEWER, BACK)
    newer = ada.hand_in()
    files = [file.rename(ada.home / f"{name}.coursekit.jsonl") for file, name in zip((older, newer), names, strict=True)]

    assert ada.points(*files) == "2"


def test_two_files_that_a_platform_dated(ada):
    """The platform's own time goes before whatever the files claim: here somebody handed in an older file once more."""
    ada.save(OLDER)
    older = ada.hand_in()
    ada.save(NEWER, BACK)
    newer = ada.hand_in()
    files = [
        file.rename(ada.home / f"quiz_ada_attempt_2026-03-05-{at}_{file.name}") for file, at in ((newer, "14-00-05"), (older, "14-30-00"))
    ]

    assert ada.points(*files) == "0"
