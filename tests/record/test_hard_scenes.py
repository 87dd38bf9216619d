"""A learner who chose to skip scenes of abuse gets something else with the same objective, and may change their mind."""

import shutil
from datetime import UTC, datetime

import pytest

import coursekit
from coursekit.content import location
from coursekit.gradebook.assignment import read_assignment
from coursekit.model.grading import grade
from coursekit.page import notebook_calls
from coursekit.record.attempts import Log
from coursekit.record.hard_scenes import ASKED, skips
from coursekit.record.progress import progress

ROOT = location.root()
LIBRARY = coursekit.load(ROOT / "exercises")
READ_ON, SKIP, _ = next(field for field in LIBRARY[ASKED].field if field.id == "route").option
SCENE = next(one for one in LIBRARY.values() if one.alternative and one.role == "exercise")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A learner's record, empty at first, that the page uses."""
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path))
    return Log(tmp_path)


def say(log, route):
    """Answer the worksheet on content notes."""
    answer = {"route": route}
    log.record(LIBRARY[ASKED], answer, grade(LIBRARY[ASKED], answer), NOW)


def shown(log, id):
    """The title that the page shows for an exercise."""
    form = notebook_calls.exercise(id)
    title = form.fixed["title"]
    form.close()
    return title


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([], False), ([READ_ON], False), ([SKIP], True), ([SKIP, READ_ON], False), ([READ_ON, SKIP], True)],
    ids=["not asked", "reads on", "skips", "changed back", "changed to skipping"],
)
def test_the_last_word_counts(log, answers, expected):
    """Whoever has not answered sees the scenes, announced; the last answer decides."""
    for answer in answers:
        say(log, answer)

    assert skips(LIBRARY, log.entries()) is expected


def test_the_alternative_stands_in_place(log):
    """The page shows the other exercise and the other case, and the first again after a change of mind."""
    assert shown(log, SCENE.id) == SCENE.title
    say(log, SKIP)
    assert shown(log, SCENE.id) == LIBRARY[SCENE.alternative].title
    say(log, READ_ON)
    assert shown(log, SCENE.id) == SCENE.title


def test_a_case_with_a_scene_gives_way_too(log):
    """The card of a case with a scene of abuse is replaced by the card of the case that it names."""
    case = next(case for case in LIBRARY.cases.values() if case.alternative)
    say(log, SKIP)

    assert LIBRARY.case(case.alternative).title in notebook_calls.case(case.name).text


def test_the_alternative_counts_for_the_objective(log):
    """Whoever did the alternative has done the exercise."""
    other = LIBRARY[SCENE.alternative]
    answer = other.samples().right[0]
    log.record(other, answer, grade(other, answer), NOW)

    now = progress(LIBRARY, log.entries(), {SCENE.unit: [SCENE.id]})

    assert now.next is None


def test_every_scene_has_a_way_round():
    """Every exercise and case with a content note on abuse names an alternative without one."""
    cases = [case for case in LIBRARY.cases.values() if case.alternative]

    assert cases and all(not LIBRARY.case(case.alternative).note for case in cases)
    assert all(one.alternative for one in LIBRARY.values() if one.note and one.role != "graded")


def test_graded_work_with_a_scene_has_a_variant_without():
    """An assignment that asks about abuse has another of the same name and "-quiet", with the same points and no such note."""
    folder = ROOT / "exercises" / "assignments"
    works = {path.stem: read_assignment(path) for path in folder.glob("*.toml")}
    noted = [name for name, work in works.items() if any(one.note for one in work.exercises.values())]

    assert noted
    assert all(works[name].assignment.points == works[f"{name}-quiet"].assignment.points for name in noted)
    assert not [name for name in noted if name.endswith("-quiet")]


def test_the_record_is_not_touched_by_reading(log, tmp_path):
    """Opening a page writes nothing into the record."""
    shown(log, SCENE.id)

    assert not log.path.exists()
    shutil.rmtree(tmp_path)


def test_forgetting_a_client_leaves_the_choice(log):
    """Whoever asked not to read such scenes does not meet them again because a client was deleted."""
    say(log, SKIP)
    log.forget_client("own")

    assert skips(LIBRARY, log.entries())


def test_a_choice_in_words_of_another_version_skips(log):
    """Nobody meets a scene because its option was worded anew; a route left open is none."""
    say(log, "Leave those scenes out")
    assert skips(LIBRARY, log.entries())
    say(log, "")
    assert not skips(LIBRARY, log.entries())
