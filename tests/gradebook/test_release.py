"""What is given out: all that a learner needs, nothing from which a key could be had, and the same bytes each time."""

import errno
import json
import os
import re
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from attrs import evolve, has
from making import walk
from test_masking import EXERCISES, LIBRARY, rekeyed

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.notebook import notebook
from coursekit.content import location
from coursekit.errors import BadInput
from coursekit.gradebook.assignment import Attempts, Feedback, Item, Late, Material, Work, read_assignment
from coursekit.gradebook.masking import mask
from coursekit.gradebook.release import bundle, give_out, release
from coursekit.model.grading import grade

MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
SHIPPED = sorted((location.root() / "exercises" / "assignments").glob("*.toml"))


@pytest.fixture(scope="session")
def everything(work, tmp_path_factory):
    """An assignment that asks every exercise of the course."""
    items = tuple(Item(one.id, Fraction(one.kind != "worksheet")) for one in EXERCISES)
    about = evolve(work.assignment, name="everything", item=items)
    return Work(about, dict(LIBRARY.exercises), tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="session")
def given(everything, tmp_path_factory):
    """That assignment, released."""
    out = tmp_path_factory.mktemp("out")
    release(everything, out)
    return out / "everything"


def texts_of(folder):
    """Every text that stands anywhere in the released files."""
    found = set()
    for path in folder.iterdir():
        content = path.read_text(encoding="utf-8")
        found |= set(walk(json.loads(content))) | set(_keys(json.loads(content))) if path.suffix in (".json", ".ipynb") else {content}
    return found


def _keys(value):
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(one)


def secrets_of(part):
    """Every reason, hint, sample, criterion, model and expression of a key in an exercise."""
    for name in ("why", "explanation", "hint", "model", "key"):
        yield from walk(getattr(part, name, ()))
    for name in ("anchor", "criterion"):
        for one in getattr(part, name, ()):
            yield one.text
    for name in ("option", "item", "bucket", "quantity", "span", "reason", "anchor", "row", "card", "mistake", "slip", "wrong"):
        nested = getattr(part, name, ())
        for one in nested if isinstance(nested, tuple) else ():
            if has(type(one)):
                yield from secrets_of(one)
    if has(type(getattr(part, "principle", None))):
        yield from secrets_of(part.principle)
    for slip in getattr(part, "slip", ()):
        yield slip.value


def test_no_secret_is_in_any_file(given):
    """Searched for in every released text: each reason, hint, sample, criterion, model, key and slip of every exercise."""
    whole = "\n".join(texts_of(given))
    secrets = {secret.strip() for one in EXERCISES for secret in secrets_of(one)}

    assert len(secrets) > 1000
    assert [secret for secret in secrets if len(secret) > 12 and secret in whole] == []


def test_no_key_of_a_file_is_in_any_file(given):
    """The words under which exercise files keep what is secret stand nowhere, nor do the codes of misconceptions."""
    secret = {"right", "why", "credit", "misconception", "hint", "explanation", "objective", "covers", "difficulty", "anchor", "criterion"}
    secret |= {
        "level",
        "slip",
        "tolerance",
        "relative",
        "mistake",
        "order",
        "mark",
        "direction",
        "figures",
        "case",
        "flags",
        "model",
        "role",
    }
    files = [json.loads(path.read_text()) for path in given.glob("*.*") if path.suffix in (".json", ".ipynb")]

    assert set().union(*map(set, map(_keys, files))) & secret == set()
    assert re.findall(r"\bM(?:0[1-9]|1\d|2[0-8])\b", "\n".join(texts_of(given))) == []


def test_another_key_gives_the_same_bytes(everything, given, tmp_path):
    """All right answers moved, all reasons and ids replaced: not one byte differs, so that no byte depends on them."""
    other = {id: one if one.kind == "worksheet" else rekeyed(one) for id, one in everything.exercises.items()}
    other = {id: evolve(one, role=everything.exercises[id].role, confidence=not one.confidence, points=9.0) for id, one in other.items()}
    assert evolve(everything, exercises=other).digest != everything.digest

    release(evolve(everything, exercises=other), tmp_path)

    assert {path.name: path.read_bytes() for path in given.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "everything").iterdir()
    }


def test_nothing_in_the_bundle_gives_a_grade(given):
    """A right answer and a wrong one are graded alike from the bundle: kept, without a score."""
    questions = {one.exercise: one for one in find_bundle(given).questions}
    for exercise in EXERCISES:
        made, question = exercise.samples(), questions[exercise.id]
        answers = [mask(exercise).masked(json.loads(json.dumps(answer))) for answer in (*made.right, *made.partly, *made.wrong)]
        grades = {grade(question, answer) for answer in answers}

        assert {(one.status, one.score, one.points, one.parts) for one in grades} <= {("kept", None, None, ()), *_asked(grades)}
        assert (question.solution(), question.hint, question.explanation) == ("", (), "")


def _asked(grades):
    """A figure that reads in two ways is asked back, whatever it is worth."""
    return {(one.status, None, None, one.parts) for one in grades if one.status == "unreadable" and "two ways" in one.feedback}


def test_the_questions_say_what_the_exercises_ask(given):
    """Prompt, note and texts of the options come through whole, and a learner can answer each of them."""
    for one in find_bundle(given).questions:
        exercise = LIBRARY[one.exercise]

        assert (one.title, one.prompt, one.note, one.needs_all) == (exercise.title, exercise.prompt, exercise.note, exercise.needs_all)
        assert [control.label for control in one.controls()] == [control.label for control in exercise.controls()]
        assert one.private == (exercise.kind == "worksheet" or exercise.role == "journal")


def test_a_journal_is_private_whatever_its_kind(work):
    """What a learner writes about themselves stays on their machine unless they tick it."""
    note = work.exercises["quiz/note"]
    journal = evolve(work, exercises={**work.exercises, note.id: evolve(note, role="journal")})

    private = {one["exercise"] for one in bundle(journal)["questions"] if one["private"]}
    assert private == {"quiz/note", "quiz/my-own-bill"}


def test_how_sure_is_asked_only_where_there_is_a_right_answer(work):
    """Nobody can be 80 % sure of a letter."""
    sure = {one["exercise"]: one["confidence"] for one in bundle(work)["questions"]}

    assert (sure["quiz/note"], sure["quiz/my-own-bill"], sure["quiz/what-to-say"]) == (False, False, True)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_assignments_of_the_course_can_be_released(path, tmp_path):
    """Each is read, released, and opens again."""
    release(read_assignment(path), tmp_path)

    assert find_bundle(tmp_path / path.stem).name == path.stem


def test_the_same_work_gives_the_same_bytes(work, tmp_path):
    """Neither time nor place stands in a release."""
    for name in ("a", "b"):
        release(work, tmp_path / name)
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / name / "quiz").iterdir()} for name in ("a", "b"))

    assert first == second
    assert set(first) == {"quiz.ipynb", "quiz.bundle.json", "README.txt"}
    assert str(tmp_path) not in b"".join(first.values()).decode()


def test_the_notebook_is_valid_and_runs_when_opened(given):
    """Notebook format 4.5; hidden one-line cells, each with the text of its question for a page that nobody has run."""
    path = given / "everything.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert (notebook.nbformat, notebook.nbformat_minor, notebook.metadata.coursekit) == (4, 5, {"run_on_open": True})
    assert [cell.source for cell in code] == [
        "from coursekit import hand_in, question",
        *[f"question({n})" for n in range(1, len(EXERCISES) + 1)],
        "hand_in()",
    ]
    assert all(cell.metadata.jupyter.source_hidden for cell in code)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert EXERCISES[0].title in code[1].outputs[0].data["text/plain"]
    assert "widget" not in path.read_text()
    assert [cell for cell in notebook.cells if cell.cell_type == "markdown" and cell.source.count("$") > 1] == []


def test_the_readme_is_three_lines(work, tmp_path):
    """What it is and when it is due; how to open it; how to give it back."""
    release(work, tmp_path)
    lines = (tmp_path / "quiz" / "README.txt").read_text().splitlines()

    assert len(lines) == 3
    assert "6 March 2026, 17:00 (UTC+01:00)" in lines[0] and "coursekit start" in lines[1] and "quiz.coursekit.jsonl" in lines[2]


@pytest.fixture
def with_materials(work, tmp_path):
    """The quiz with a letter full of traps and a table."""
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "letter.md").write_text("# Letter\n\nIt cost $850 and then $27.\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n")
    (folder / "calls.csv").write_text(
        '\ufeffday,what,sum\n2025-02-19,"a | b, <i>c</i>\nd",$5\n2025-02-20,*stars* [x](y),$6\n', encoding="utf-8"
    )
    material = (Material("The letter", "letter.md"), Material("Calls & *sums*", "calls.csv"))
    return Work(evolve(work.assignment, material=material), work.exercises, folder)


def test_materials_are_shown_and_lie_beside(with_materials, tmp_path):
    """Markdown as it is, a table as a table; raw HTML and dollar signs do nothing, in a browser they would."""
    files = release(with_materials, tmp_path / "out")
    folder = tmp_path / "out" / "quiz"
    cells = [cell.source for cell in nbformat.read(folder / "quiz.ipynb", as_version=4).cells if cell.cell_type == "markdown"]

    assert [path.name for path in files] == ["quiz.ipynb", "quiz.bundle.json", "letter.md", "calls.csv", "README.txt"]
    assert (folder / "calls.csv").read_bytes() == (with_materials.folder / "calls.csv").read_bytes()
    assert "<script" not in cells[1] and "<img" not in cells[1] and "$" not in cells[1] and "&#36;</span>850" in cells[1]
    assert cells[2].splitlines()[0] == r"## Calls &amp; \*sums\*"
    assert cells[2].splitlines()[2:4] == ["| day | what | sum |", "| --- | --- | --- |"]
    assert cells[2].splitlines()[4] == r"| 2025‑02‑19 | a \| b, &lt;i>c&lt;/i> d | <span>&#36;</span>5 |"


def test_a_long_table_is_cut_and_says_so(work, tmp_path):
    """The page stays a page; the file has it all."""
    (tmp_path / "long.csv").write_text("n\n" + "\n".join(map(str, range(500))))
    one = Work(evolve(work.assignment, material=(Material("Long", "long.csv"),)), work.exercises, tmp_path)
    release(one, tmp_path / "out")

    assert "300 more rows are in the file long.csv." in (tmp_path / "out" / "quiz" / "quiz.ipynb").read_text()


def test_a_folder_with_something_else_is_left_alone(work, tmp_path):
    """What lies there would be given out too, with --force as well."""
    (tmp_path / "quiz").mkdir()
    (tmp_path / "quiz" / "keys.toml").write_text("secret")
    for force in (False, True):
        with pytest.raises(BadInput, match=r"holds something that is no part of the release \(keys.toml\)"):
            release(work, tmp_path, force)

    assert [path.name for path in (tmp_path / "quiz").iterdir()] == ["keys.toml"]


def test_an_earlier_release_is_replaced_only_if_told(work, tmp_path):
    """--force replaces its own files."""
    release(work, tmp_path)
    (tmp_path / "quiz" / "README.txt").write_text("of last year")
    with pytest.raises(BadInput, match="--force"):
        release(work, tmp_path)
    release(work, tmp_path, force=True)

    assert "of last year" not in (tmp_path / "quiz" / "README.txt").read_text()


def test_a_file_in_the_place_of_the_folder(work, tmp_path):
    """Said in a sentence."""
    (tmp_path / "quiz").write_text("")
    with pytest.raises(BadInput, match="is a file"):
        release(work, tmp_path)


def test_a_full_disk(work, tmp_path, monkeypatch):
    """Said in a sentence that names the folder; no half-written file stays."""

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(BadInput, match="No space left"):
        release(work, tmp_path)

    assert list(tmp_path.iterdir()) == []


IDS = ["42396323307438e6f4aedd0253fcba58", *(sha256(b"%d" % number).hexdigest()[:32] for number in range(300))]
ORDERS = [one for one in EXERCISES if one.kind == "ordering"]


@pytest.mark.parametrize("exercise", ORDERS, ids=lambda one: one.id)
def test_where_an_order_begins_for_each_learner(everything, exercise, tmp_path):
    """With at most half of the pairs right, whoever it is: an order shuffled for each would be right for some."""
    about = evolve(everything.assignment, name="one", item=(Item(exercise.id),), shuffle=True)
    release(Work(about, {exercise.id: exercise}, tmp_path), tmp_path)
    bundle, masked = find_bundle(tmp_path / "one"), mask(exercise)
    shown = {tuple(item.id for item in bundle.for_learner(id).questions[0].shown[0].items) for id in IDS}

    assert max(grade(exercise, masked.real(list(ids))).score for ids in shown) <= 1 / 2
    assert len(shown) == 1  # each further order would tell more of the key


def test_an_order_that_begins_with_most_of_its_answer(everything, tmp_path):
    """Is not released: what is given out follows from the question, and its learners would begin with the answer."""
    for exercise in ORDERS:
        turned = evolve(exercise, item=exercise.item[::-1])
        if turned.as_asked() != turned:
            with pytest.raises(BadInput, match=f"more than half of their answer: {exercise.id}"):
                release(Work(evolve(everything.assignment, item=(Item(exercise.id),)), {exercise.id: turned}, tmp_path), tmp_path)
    assert list(tmp_path.iterdir()) == []


def _materials(*names):
    return {"material": tuple(Material(name, name) for name in names)}


NAMES = ["a/b", ".hidden", "aux", "CON", "com1", "aux.json", "nul.", "week 1.", "week 1 ", "week:1", "week*", "a\\b", "a\tb", "é" * 100, ""]


@pytest.mark.parametrize(
    "change",
    [*({"name": name} for name in NAMES), _materials("x/a.md", "y/a.md"), _materials("aux.csv"), _materials("A.md", "a.md"),
     _materials("a .md", "é.md", "É.md"), _materials("a?.md")],
    ids=str,
)  # fmt: skip
def test_names_that_cannot_be_given_out(work, tmp_path, change):
    """A name is the name of a file on many machines."""
    with pytest.raises(BadInput, match="cannot be given out"):
        release(Work(evolve(work.assignment, **change), work.exercises, tmp_path), tmp_path / "out")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"feedback": Feedback("none")}, "your result, from your instructor"),
        ({"feedback": Feedback("points")}, "the points for each question"),
        ({"feedback": Feedback(after=MONDAY)}, "Not before Monday, 9 March 2026, 09:00 (UTC)."),
        ({"late": Late()}, "Handing in later costs nothing"),
        ({"late": Late("cut-off", until=MONDAY)}, "after Monday, 9 March 2026, 09:00 (UTC) does not count"),
        ({"late": Late("per-day", 12.5)}, "takes 12.5 % of the points"),
        ({"attempts": Attempts("first")}, "The first one counts."),
        ({"attempts": Attempts("average", 2)}, "The average of all counts. No more than the first 2"),
        ({"minutes": 0}, "**Due** Friday, 6 March 2026, 17:00 (UTC+01:00)."),
    ],
)
def test_the_terms_are_said(work, tmp_path, change, said):
    """When it is due, what late costs, which answer counts and what comes back stand on the first cell in words."""
    release(evolve(work, assignment=evolve(work.assignment, **change)), tmp_path)

    assert said in nbformat.read(tmp_path / "quiz" / "quiz.ipynb", as_version=4).cells[0].source


def test_the_command_says_what_it_wrote(tmp_path):
    """Each file, when it is due, and that the keys stay."""
    lines = give_out(Path(__file__).parent / "quiz.toml", tmp_path)

    assert "6 questions, due Friday, 6 March 2026" in lines[0] and "quiz.ipynb" in lines[1] and "they stay here" in lines[-1]


def test_the_notebook_is_made_again_from_the_bundle(with_materials, tmp_path):
    """What a learner's coursekit makes of the bundle is the notebook that was given out, letter for letter."""
    release(with_materials, tmp_path / "out")
    folder = tmp_path / "out" / "quiz"

    assert notebook(find_bundle(folder), folder) == (folder / "quiz.ipynb").read_text(encoding="utf-8")
