"""A kind that the package does not know: its one file is all that it takes, everywhere."""

import json
import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import walk
from true_false import TrueFalse

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.hand_in import submit
from coursekit.authoring.lint import lint
from coursekit.authoring.lint.exercises import samples
from coursekit.cli import main
from coursekit.content.library import load
from coursekit.content.question_text import as_html, as_text
from coursekit.errors import Unreadable
from coursekit.gradebook.csv_files import read_csv
from coursekit.gradebook.masking import mask
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

ID = "shop/six-trays-came"
FILE = """
kind = "true-false"
title = "Six trays came"
case = "bakery"
objective = "shop.decide"
covers = ["points.cost"]
prompt = '''On 3 March {= trays} trays came. Is that so?'''
hint = ['''HINT: who signed?''']
holds = true
why = '''WHY-SO: the slip names {= trays} trays, and the driver of Mr Abe signed it.'''
misconception = "M01"
[[reason]]
id = "slip"
text = "The slip says it"
right = true
why = '''WHY-SLIP: it was written on 3 March, at the door of the bakery.'''
[[reason]]
id = "mood"
text = "He sounds sure"
misconception = "M01"
why = '''WHY-MOOD: how sure Mr Abe sounds says nothing about 3 March.'''
"""
RIGHT, HALF = {"truth": "true", "reason": "slip"}, {"truth": "true", "reason": "mood"}
ASSIGNMENT = f'title = "Trays"\ndue = 2027-03-06T17:00:00+01:00\n[[item]]\nexercise = "{ID}"\npoints = 4\n'
BLIND = Path(__file__).parents[3] / "benchmarks" / "blind.py"


@pytest.fixture
def course(course_copy, monkeypatch):
    """The tiny course with an exercise of the new kind, which its notebook asks."""
    monkeypatch.setitem(KINDS, TrueFalse.kind, TrueFalse)
    (course_copy / "exercises" / f"{ID}.toml").write_text(FILE, encoding="utf-8")
    path = course_copy / "notebooks" / "00_shop.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    asked = next(cell for cell in notebook["cells"] if "".join(cell["source"]).startswith("exercise("))
    notebook["cells"].append({**asked, "id": "new", "source": [f'exercise("{ID}")'], "outputs": []})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return course_copy


@pytest.fixture
def exercise(course):
    """The exercise, as the library has it."""
    return load(course / "exercises")[ID]


def test_the_library_has_it_and_it_is_graded(exercise):
    """Its figures are those of the case, its answers are graded, and what cannot be read is asked back."""
    assert (exercise.kind, exercise.prompt) == ("true-false", "On 3 March 6 trays came. Is that so?")
    assert [grade(exercise, raw).score for raw in (RIGHT, HALF, {"truth": "false", "reason": "mood"})] == [1, 0.5, 0]
    assert "Because: There is no answer yet." in grade(exercise, {"truth": "true"}).feedback


def test_lint_knows_it(course):
    """Its samples, reasons and names are linted like those of any kind; a bad file is told with its place."""
    assert list(map(str, lint(course))) == []

    bad = FILE.replace("how sure Mr Abe sounds says nothing about 3 March.", "no").replace('"M01"\n[[', '"M99"\n[[')
    (course / "exercises" / f"{ID}.toml").write_text(bad.replace("hint", "#hint"), encoding="utf-8")
    twice = FILE.replace('id = "mood"', 'id = "slip"')
    (course / "exercises" / f"{ID}-again.toml").write_text(twice, encoding="utf-8")

    told = "\n".join(map(str, lint(course)))
    for problem in (
        "reason “mood”: the reason has",
        "why: “M99” is not in",
        "a closed exercise needs",
        "reason: the id “slip” stands twice",
    ):
        assert problem in told


def test_lint_names_a_score_between_its_steps(exercise, monkeypatch):
    """A kind that says its steps wrongly is told before anybody is graded."""
    monkeypatch.setattr(type(exercise), "steps", 1)

    assert next(rule for _, rule, _ in samples(exercise, {})).startswith("the score 1/2 of")


def test_a_page_asks_it_and_takes_an_answer(exercise, tmp_path, clock):
    """The form has its controls, the answer comes back judged, part by part, and is kept."""
    sitting = Sitting(exercise, Log(tmp_path), clock)
    sitting.take({"n": 1, "action": "check", "answer": HALF})

    assert [control["type"] for control in sitting.fixed()["controls"]] == ["pick-one", "select"]
    assert sitting.state()["summary"]["verdict"] == "partly"
    assert [(part["id"], part["verdict"]) for part in sitting.state()["parts"]] == [("true", "right"), ("mood", "wrong")]
    assert Sitting(exercise, Log(tmp_path), clock).raw == HALF


def test_paper_shows_it(exercise):
    """Question and ways to answer, and no key."""
    for shown in (as_text(exercise), as_html(exercise)):
        assert [text for text in ("Is it so?", "○ True", "The slip says it") if text not in shown] == []
        assert "WHY-" not in shown


def test_masking_hides_its_ids_and_gives_them_back(exercise):
    """The author's ids stay at home; an answer in letters comes back in them."""
    masked = mask(exercise)
    there = masked.masked(RIGHT)

    assert there == {"q1": "a", "q2": "a"}
    assert masked.real(there) == RIGHT
    assert not {"slip", "mood", "reason", "WHY"} & set(walk(masked.public))


def test_the_gradebook_takes_it_from_release_to_statistics(course, tmp_path, clock, monkeypatch):
    """Two learners answer what was released; their pages say why, and the statistics what each picked."""
    path = course / "exercises" / "assignments" / "trays.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(ASSIGNMENT, encoding="utf-8")
    run("release", path, "--out", tmp_path / "given")
    for name, raw in {"Ada Mole": RIGHT, "Bo Crumb": HALF}.items():
        answered(tmp_path / name, shutil.copytree(tmp_path / "given" / "trays", tmp_path / name / "trays"), name, raw, clock, monkeypatch)
        (tmp_path / "handed").mkdir(exist_ok=True)
        (file,) = (tmp_path / name / "trays").glob("*.coursekit.jsonl")
        shutil.copy(file, tmp_path / "handed")
    run("collect", tmp_path / "handed", "--out", tmp_path / "collected")
    run("grade", tmp_path / "collected", "--assignment", path, "--out", tmp_path / "graded")
    run("stats", tmp_path / "graded")

    rows = read_csv(tmp_path / "graded" / "grades.csv").rows
    pages = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "graded" / "feedback").iterdir())
    options = read_csv(tmp_path / "graded" / "stats" / "distractors.csv").rows
    assert {row["name"]: row["total"] for row in rows} == {"Ada Mole": "4", "Bo Crumb": "2"}
    assert "“He sounds sure”" in pages and "WHY-MOOD" in pages
    assert {row["option"]: row["n"] for row in options} == {"true": "2", "false": "0", "slip": "1", "mood": "1"}


def answered(home, folder, name, raw, clock, monkeypatch):
    """One learner saves an answer to the only question, after one that is asked back, and hands it in."""
    monkeypatch.setenv("COURSEKIT_HOME", str(home / "my-work"))
    (question,) = find_bundle(folder).questions
    masked = mask(load(folder.parents[1] / "course" / "exercises")[ID]).masked(raw)
    with pytest.raises(Unreadable, match="Because"):
        question.read({"q1": masked["q1"]})
    Sitting(question, Log(home / "my-work"), clock).take({"n": 1, "action": "check", "answer": masked})
    assert list(submit(folder, name, ()))


def run(*args):
    """A command as it is typed; all goes well."""
    done = CliRunner().invoke(main, list(map(str, args)))
    assert done.exit_code == 0, done.output


def test_the_blind_check_lists_it(exercise):
    """A reader gets the question under letters, and their answer is scored; its wrong reasons are rivals."""
    spec = spec_from_file_location("blind", BLIND)
    blind = module_from_spec(spec)
    spec.loader.exec_module(blind)
    asked = blind.question(exercise)

    assert [line for line in ("q1: Is it so?", "a: True", "q2: Because", "b: He sounds sure") if line not in asked.splitlines()] == []
    assert "b: He sounds sure" in blind.options([exercise]) and exercise.title not in blind.options([exercise])
    assert grade(exercise, mask(exercise).real({"q1": "a", "q2": "a"})).score == 1


def test_it_needs_no_other_file():
    """Nothing in the package names it."""
    package = Path(__file__).parents[3] / "coursekit"

    assert [path.name for path in package.rglob("*.py") if "true-false" in path.read_text(encoding="utf-8")] == []
