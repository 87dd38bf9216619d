"""The house: imports go one way, and what is heavy is imported when it is first needed."""

import ast
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import coursekit
from coursekit.model.controls import CONTROLS
from coursekit.model.kinds import KINDS


def test_imports_go_down_the_floors(capsys):
    """Every contract of pyproject.toml is kept; what breaks one is printed with the line that does."""
    status = lint_imports(no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def modules_after(code):
    """What a fresh Python has imported after running `code`."""
    done = subprocess.run([sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.fixture(scope="module")
def after_import():
    return modules_after("import coursekit")


HEAVY = ["pandas", "duckdb", "matplotlib", "cattrs", "markdown_it", "simpleeval", "IPython", "anywidget", "ipywidgets", "jupyterlab"]


@pytest.mark.parametrize("name", HEAVY)
def test_import_coursekit_brings_in_nothing_heavy(name, after_import):
    """A fresh `import coursekit` is light: what is heavy comes when it is first needed."""
    assert "coursekit" in after_import
    assert name not in after_import


def test_import_coursekit_reads_no_course():
    """What reads the course and the record comes with the first call."""
    done = subprocess.run([sys.executable, "-c", "import coursekit, sys; print(*sys.modules)"], capture_output=True, text=True, check=True)

    assert set(done.stdout.split()) & {"coursekit.content.library", "coursekit.record.attempts", "coursekit.gradebook"} == set()


def test_grading_needs_no_page():
    """Loading and grading import no widget, no IPython and no table."""
    code = "import coursekit; library = coursekit.load(); coursekit.grade(next(iter(library.values())), None)"

    assert set() == modules_after(code) & {"IPython", "anywidget", "ipywidgets", "pandas", "matplotlib", "markdown_it"}


PURE = {"attr", "attrs", "cattrs", "markdown_it", "mdurl", "simpleeval", "typing_extensions"}  # and what the standard library has
BLOCKED = f"""
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in ("coursekit", "stores") and top not in {PURE!r}:
            raise ModuleNotFoundError(f"{{name}} is blocked", name=name)

sys.meta_path.insert(0, Blocked())
"""
LEARNER = ["model", "content", "record", "assignment", "page"]
WIDGETS = {"coursekit.page.widgets", "coursekit.page.notebook_calls"}  # the wire of the workbook


def learners_modules():
    """Every module of the learner's side but those that are made of widgets."""
    root = Path(coursekit.__file__).parent
    found = (path.relative_to(root.parent).with_suffix("") for folder in LEARNER for path in sorted((root / folder).rglob("*.py")))
    names = (".".join(path.parts).removesuffix(".__init__") for path in found)
    return [name for name in names if name not in WIDGETS]


def test_the_learners_side_is_pure_python():
    """It is imported, and a page of the course is built and answered, with every package blocked that a browser could not have."""
    work = """
from datetime import UTC, datetime
from coursekit.content.question_text import as_html
from coursekit.page.seat import Seat
from coursekit.record.attempts import Log
from stores import MemoryStore  # tests/record

seat = Seat(Log(store=MemoryStore()), lambda: datetime(2026, 11, 28, tzinfo=UTC))
assert len(seat.library) > 200 and not seat.library.problems
sitting = seat.sit(seat.exercise("cost/effective-rate"))
sitting.take({"n": 1, "action": "check", "answer": {"answer": "56,14"}})
assert sitting.state()["summary"]["verdict"] == "right" and sitting.state()["saved"]["ok"], sitting.state()
assert seat.progress("cost").html and seat.unit("cost").html and seat.case(sitting.exercise.case).html and as_html(sitting.exercise)
"""
    imports = "\n".join(f"import {name}" for name in learners_modules())
    stores = Path(__file__).parent / "record"
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED + imports + work], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(stores)}
    )

    assert done.returncode == 0, done.stderr


def test_no_two_test_files_have_one_name():
    """pytest imports them by their names alone: two of one name stop the whole run before its first test."""
    names = Counter(path.name for path in Path(__file__).parent.rglob("*.py"))

    assert [name for name, count in names.items() if count > 1 and name != "conftest.py"] == []


ROOT = Path(__file__).parent.parent
KINDS_FOLDER = ROOT / "coursekit" / "model" / "kinds"
CODE = [path for folder in ("coursekit", "benchmarks") for path in (ROOT / folder).rglob("*.py") if KINDS_FOLDER not in path.parents]


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_kind_is_named_outside_the_kinds(path):
    """What a kind is able to do is said by the kind, so that nobody else has to know its name."""
    names = set(KINDS) - set(CONTROLS)  # “number” is a control, too
    texts = {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)}

    assert names & texts == set()
