"""What an older version wrote still works: nothing of a learner's is lost by a newer version of the course."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import TINY

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.hand_in import Handover
from coursekit.cli import main
from coursekit.content import location
from coursekit.content.library import load
from coursekit.gradebook.assignment import read_assignment
from coursekit.gradebook.masking import mask
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log
from coursekit.record.hard_scenes import skips
from coursekit.record.progress import progress

OLD = Path(__file__).parent / "old"
SHOP = load(TINY / "exercises")
COURSE = load(location.root() / "exercises")
QUIZ = {one.exercise: one for one in find_bundle(OLD / "bundle-v1" / "quiz").questions}
LEARNER = "5eed0f1e2d3c4b5a69788796a5b4c3d2"
OWN = {"start-here/choose-a-client", "cost/journal", "shop/my-own-bill"}
THOUGHT = {"thought": "I had never counted the drive. Now I do."}
LETTER = "Dear Mr Abe, six trays came on 3 March, so the new bill is £84. Bo"

# the answer shown, whether it is a draft, tries, hints, the verdict shown: as 0.1.0 showed them
LEFT = [
    (SHOP["shop/answer-mr-abe"], "say-seven", False, 2, 1, "partly"),
    (SHOP["shop/what-counts"], ["slip", "letter"], False, 2, 0, "right"),
    (SHOP["shop/what-is-owed"], {"owed": "84", "share": "0.25"}, False, 1, 1, "right"),
    (SHOP["shop/sort-costs"], {"oven": "sunk", "flour": "open"}, False, 1, 0, "right"),
    (SHOP["shop/note-to-the-baker"], [{"mark": "sort", "reason": "judgement"}], False, 1, 0, "partly"),
    (SHOP["shop/how-likely"], [60, 50, 50], False, 1, 0, "right"),
    (SHOP["shop/write-to-him"], "Six came, I think", True, 0, 0, "marking"),
    (SHOP["shop/two-bills"], {"who-knew": {"bakery": "the driver"}}, True, 0, 0, None),
    (SHOP["shop/my-own-bill"], {"fee": "100", "hours": "8"}, False, 0, 0, "kept"),
    (COURSE["start-here/choose-a-client"], {"client": "The one by the harbour"}, True, 0, 0, None),
    (COURSE["cost/journal"], THOUGHT, True, 0, 0, "kept"),
    (QUIZ["quiz/what-to-say"], "b", False, 0, 0, "kept"),
    (QUIZ["quiz/note"], LETTER, False, 0, 0, "kept"),
    (QUIZ["quiz/my-own-bill"], {"q1": "M."}, False, 0, 0, "kept"),
]


@pytest.fixture
def log(tmp_path):
    """A record of version 0.1.0."""
    return Log(shutil.copytree(OLD / "log-v1", tmp_path / "my-work"))


@pytest.fixture
def moved(log, clock):
    """The same after a first answer in this version."""
    log.record(SHOP["shop/what-counts"], ["slip", "letter"], None, clock(), act="hint")
    return log


@pytest.fixture
def assignment(tmp_path):
    """The folder of a released assignment, with the old record in it."""
    folder = Path(shutil.copytree(OLD / "bundle-v1" / "quiz", tmp_path / "quiz"))
    shutil.copytree(OLD / "log-v1", folder / "my-work")
    return folder


def test_every_line_is_read(log):
    """Each line is an entry of the one learner, in its order; the one that a crash cut short is named."""
    entries = log.entries()

    assert len(log.path.read_bytes().splitlines()) - 1 == len(entries) == 32
    assert {LEARNER} == {entry.learner for entry in entries} == {log.learner()}
    assert sorted(entry.at for entry in entries) == [entry.at for entry in entries]
    assert len({entry.id for entry in entries}) == len(entries)
    assert [problem.line for problem in log.problems()] == [33]


@pytest.mark.parametrize(("exercise", "answer", "drafted", "tries", "hints", "verdict"), LEFT, ids=lambda one: getattr(one, "id", ""))
@pytest.mark.parametrize("record", ["log", "moved"])
def test_each_page_is_as_it_was_left(request, record, clock, exercise, answer, drafted, tries, hints, verdict):
    """Answer, draft, tries, hints and feedback, before and after the record was brought into today's form."""
    sitting = Sitting(exercise, request.getfixturevalue(record), clock)
    hints += record == "moved" and exercise.id == "shop/what-counts"  # which the fixture asked for
    state = sitting.state()

    assert (answer, drafted) == (sitting.raw, state["drafted"])
    assert (tries, hints) == (state["attempts"], len(state["hints"]) if exercise.hint else hints)
    assert verdict == (state["summary"] and state["summary"]["verdict"])
    assert state["mark"] == (3 if exercise.id == "shop/write-to-him" else None)


@pytest.mark.parametrize("record", ["log", "moved"])
def test_progress(request, record):
    """The same exercises are done, and the choice of the route stands."""
    log = request.getfixturevalue(record)
    now = progress(SHOP, log.entries(), {"shop": list(SHOP)})

    done = {id.partition("/")[2] for id, one in now.standings.items() if one.state == "done"}
    assert done == {"answer-mr-abe", "what-counts", "what-is-owed", "sort-costs", "how-likely", "write-to-him", "my-own-bill"}
    assert now.standings["shop/two-bills"].state == "started"
    assert skips(COURSE, log.entries())


def test_where_it_lies_after_the_first_write(moved):
    """What is about the learner's own client lies apart, drafts in their place, and graded work and test forms stay."""
    stays = b"".join(path.read_bytes() for path in [moved.path, *(moved.folder / "drafts").iterdir()])
    own = b"".join(path.read_bytes() for path in (moved.folder / "clients").rglob("*.json*"))

    assert [id for id in OWN if id.encode() in stays or id.encode() not in own] == []
    assert b"never counted" not in stays and b"harbour" not in stays and b'"draft"' not in moved.path.read_bytes()
    assert [id for id in (*QUIZ, "form-a/account-line") if id.encode() not in moved.path.read_bytes()] == []
    assert len(moved.entries()) == 32 - 3 + 1  # three drafts that were given in since, and one hint more
    assert {entry.learner for entry in moved.entries()} == {LEARNER}


def test_the_bundle_is_opened_and_answered(assignment, clock):
    """Its questions are asked, the answers from before count, and one more is saved as the second of three."""
    log = Log(assignment / "my-work")
    desk = Handover(find_bundle(assignment), assignment, log, clock)
    assert [row.state for row in desk.rows()] == ["answered"] * 6
    sitting = Sitting(QUIZ["quiz/what-to-say"], log, clock)
    sitting.take({"n": 1, "action": "check", "answer": {"answer": "c"}, "confidence": 70})

    assert sitting.state()["summary"]["text"].startswith("Saved answer 2 of 3.")
    assert desk.rows()[0].saves == 2
    receipt = desk.hand_in("Ada Molefe", ())
    assert (receipt.answers, receipt.answered) == (6, 5)


def test_a_wording_has_the_name_that_it_was_released_under():
    """So that answers to the old bundle find their questions."""
    work = read_assignment(OLD / "assignment-v1" / "quiz.toml")

    assert {id: mask(exercise).of for id, exercise in work.exercises.items()} == {one.exercise: one.of for one in QUIZ.values()}


def test_the_file_handed_in_is_collected_and_graded(tmp_path):
    """With its name on the roster it is the person's, every answer is read, and the points are those of its assignment."""
    (tmp_path / "roster.csv").write_text("id,name\nada,Ada Molefe\nbo,Bo Chen\n")
    shutil.copytree(OLD / "hand-in-v1", tmp_path / "download")
    collected, graded = str(tmp_path / "collected"), str(tmp_path / "graded")
    collect = ["collect", str(tmp_path / "download"), "--roster", str(tmp_path / "roster.csv"), "--out", collected]
    grade = ["grade", collected, "--assignment", str(OLD / "assignment-v1" / "quiz.toml"), "--out", graded, "--feedback"]
    for command in (collect, grade):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    with (tmp_path / "graded" / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))

    points = {id.partition("/")[2]: value for id, value in rows[0].items() if id.startswith("quiz/")}
    assert points == {"what-to-say": "2", "what-counts": "2", "what-is-owed": "2", "sort-costs": "1.33", "note": ""}
    assert (rows[0]["person"], rows[0]["late"], [row["person"] for row in rows]) == ("ada", "0", ["ada", "bo"])
