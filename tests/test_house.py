"""The house: imports go one way, and what is heavy is imported when it is first needed."""

import subprocess
import sys

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


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


def test_grading_needs_no_page():
    """Loading and grading import no widget, no IPython and no table."""
    code = "import coursekit; library = coursekit.load(); coursekit.grade(next(iter(library.values())), None)"

    assert set() == modules_after(code) & {"IPython", "anywidget", "ipywidgets", "pandas", "matplotlib", "markdown_it"}
