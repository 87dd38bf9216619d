"""A course that lives on nbgrader can give out and collect with it: its own validator and its own commands take the bundle.

nbgrader is not part of coursekit: it gets an environment of its own, kept in the system's folder for temporary files.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from coursekit.gradebook.release import release
from coursekit.serve.signing import sign_assignment

NBGRADER = "nbgrader==0.9.6"
UV = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
CHECK = """
import sys
import nbformat
from nbgrader.nbgraderformat import read
from nbgrader.nbgraderformat import MetadataValidator
for path in sys.argv[1:]:
    notebook = read(path, as_version=4)
    MetadataValidator().validate_nb(notebook)
    nbformat.validate(notebook)
    print("valid")
"""


@pytest.fixture(scope="module")
def nbgrader():
    """The folder with nbgrader's Python and commands: made once for a machine, within seconds where uv has the packages."""
    if UV is None:
        pytest.fail("This test needs uv, as `make test` installs it: .venv/bin/pip install uv")
    place = Path(tempfile.gettempdir()) / f"coursekit-{NBGRADER.replace('==', '-')}-py{sys.version_info.major}.{sys.version_info.minor}"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        run(UV, "venv", "--quiet", "--python", sys.executable, place)
        run(UV, "pip", "install", "--quiet", "--python", place / "bin" / "python", NBGRADER)
        run(UV, "pip", "uninstall", "--quiet", "--python", place / "bin" / "python", "rfc3987-syntax")  # a second at each start
        (place / "ready").touch()
    return place / "bin"


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(work, tmp_path_factory, nbgrader):
    """A course of nbgrader with the quiz among its sources, released with nbgrader's own command."""
    course = tmp_path_factory.mktemp("nbgrader")
    release(work, course / "source")
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'clients'\n")
    commands(nbgrader, course, "generate_assignment", "quiz")
    return course


def commands(nbgrader, course, *words):
    own = {"HOME": course, "JUPYTER_CONFIG_DIR": course / "jupyter", "JUPYTER_DATA_DIR": course / "data"}
    path = f"{nbgrader}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by its name
    return run(
        nbgrader / "nbgrader", *words, cwd=course, env={**os.environ, **{name: str(value) for name, value in own.items()}, "PATH": path}
    )


def cells(path):
    return [(cell.cell_type, cell.source) for cell in nbformat.read(path, as_version=4).cells]


def test_nbgraders_validator_takes_it(nbgrader, course):
    """As a source and as released: format, metadata of each cell, ids that stand once."""
    paths = [course / step / "quiz" / "quiz.ipynb" for step in ("source", "release")]

    assert run(nbgrader / "python", "-c", CHECK, *paths).split() == ["valid", "valid"]


def test_generate_assignment_passes_it_through(nbgrader, course):
    """What nbgrader releases has the same cells, locked; and bundle and text lie beside it, byte for byte."""
    source, given = course / "source" / "quiz", course / "release" / "quiz"

    assert cells(given / "quiz.ipynb") == cells(source / "quiz.ipynb")
    for name in ("quiz.bundle.json", "README.txt"):
        assert (given / name).read_bytes() == (source / name).read_bytes()
    for cell in nbformat.read(given / "quiz.ipynb", as_version=4).cells:
        assert (cell.metadata.nbgrader.locked, cell.metadata.get("editable"), cell.metadata.get("deletable")) == (True, False, False)


def test_what_nbgrader_releases_runs_when_opened(nbgrader, course, tmp_path, monkeypatch):
    """It has no outputs and more metadata, and its cells are still the ones that belong to the bundle."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))

    assert sign_assignment(course / "release" / "quiz") == "quiz.ipynb"


def test_the_file_handed_in_is_collected_with_the_rest(nbgrader, course, submission):
    """In submitted/ID/ASSIGNMENT the file lies beside the notebook, and nbgrader's autograder leaves it as it is."""
    place = course / "submitted" / "ada" / "quiz"
    shutil.copytree(course / "release" / "quiz", place)
    (place / "Ada-Mole-quiz.coursekit.jsonl").write_bytes(submission())
    commands(nbgrader, course, "autograde", "quiz", "--create")

    graded = course / "autograded" / "ada" / "quiz"
    assert (graded / "Ada-Mole-quiz.coursekit.jsonl").read_bytes() == submission()
    assert json.loads((graded / "quiz.bundle.json").read_text())["name"] == "quiz"
