"""The wheel as somebody gets it who has no repository: what is in it, and that it starts in an empty folder."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from coursekit.content.location import PARTS

ROOT = Path(__file__).parent.parent
UV = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
DATA = r"coursekit-[\d.]+\.data/data/share/jupyter/"
EXPECTED = {  # what must be in the wheel, as patterns of names
    "the package": r"coursekit/cli\.py",
    "the form": r"coursekit/page/(js|css)/exercise\.(js|css)",
    "the settings of JupyterLab": r"coursekit/serve/lab_settings/overrides\.json",
    "the texts": r"coursekit/text/\w+\.toml",
    "the languages": r"coursekit/languages/(en-XA\.mo|formats\.json)",
    "the notebooks": r"coursekit/_course/notebooks/\d\d_\w+\.ipynb",
    "their manifest": r"coursekit/_course/notebooks/manifest\.json",
    "their pictures": r"coursekit/_course/notebooks/images/[\w-]+\.svg",
    "their data": r"coursekit/_course/notebooks/data/clients\.csv",
    "the exercises": r"coursekit/_course/exercises/[\w-]+/[\w-]+\.toml",
    "the extension": DATA + r"labextensions/@coursekit/run-on-open/(package\.json|static/.+\.js)",
    "the words of the extension": DATA + r"labextensions/@coursekit/run-on-open/static/workbook\.json",
    "the template": DATA + r"voila/templates/coursekit/(index\.html\.j2|conf\.json|static/.+)",
    "the licences": r"coursekit-[\d.]+\.dist-info/licenses/LICENSE(-content)?",
}
STRANGERS = re.compile(
    r"my-work|attempts\.jsonl|(^|/)tests?/|benchmarks/|\.ipynb_checkpoints|__pycache__|\.pyc$|^coursekit/(labextension|voila)/"
)


def run(*command: str | Path, **more) -> str:
    """What a command prints; one that fails shows why."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this repository."""
    if UV is None:
        pytest.fail("This test needs uv, as `make test` installs it: .venv/bin/pip install uv")
    folder = tmp_path_factory.mktemp("wheel")
    run(UV, "build", "--wheel", "--quiet", "--out-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel):
    """The names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_readme_names_it(wheel):
    """The file is called as the README says."""
    assert wheel.name in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("what", EXPECTED)
def test_it_carries(names, what):
    """The package, the course and what JupyterLab and Voilà look for are in it."""
    assert [name for name in names if re.fullmatch(EXPECTED[what], name)]


def test_it_carries_all_of_the_course(names):
    """Every file of the course under version control or beside it is in the wheel, and no other: graded work stays out."""
    carried = {name.removeprefix("coursekit/_course/") for name in names if name.startswith("coursekit/_course/")}
    course = {str(path.relative_to(ROOT)) for part in PARTS for path in (ROOT / part).rglob("*") if path.is_file()}

    assert carried == {name for name in course if not STRANGERS.search(name) and not name.startswith("exercises/assignments/")}


def test_no_key_of_graded_work_is_in_it(names):
    """A learner who installs the course gets no assignment, and none of its items."""
    assert [name for name in names if "assignments" in name] == []


def test_it_carries_nothing_else(names):
    """No learner's record, no tests, no leftovers, and nothing twice."""
    assert [name for name in names if STRANGERS.search(name)] == []
    assert len(names) == len(set(names))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The `coursekit` command of a fresh environment that holds the wheel and what it asks for."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    run(UV, "venv", "--quiet", "--python", sys.executable, environment)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(UV, "pip", "install", "--quiet", "--python", python, wheel)
    return python.with_name("coursekit")


@pytest.fixture
def outside(tmp_path):
    """An environment in which nothing of this repository or of the user's Jupyter is found."""
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COURSEKIT", "VIRTUAL_ENV"))}
    return {**kept, **own, "IPYTHONDIR": str(tmp_path / "ipython")}


def test_the_installed_course_starts(installed, outside, tmp_path):
    """In an empty folder: the reading view answers with the page, Ctrl-C ends it, and the folder holds the course."""
    (folder := tmp_path / "empty").mkdir()
    command = [installed, "start", "my-course", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, env=outside, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = next(line for line in process.stdout if line.startswith("Reading view:")).split()[-1]
            page = answer(address)
            process.send_signal(signal.SIGINT)
            ended = process.wait(timeout=20)
        finally:
            process.kill()  # or a failure above would wait for ever

    assert "<main" in page and "templates/coursekit/static/reading.js" in page
    assert ended == 0
    assert (folder / "my-course" / "notebooks" / "00_start_here.ipynb").exists()
    assert (folder / "my-course" / "my-work").is_dir()


def answer(address: str) -> str:
    """The page at an address that has just been printed; anything but 200 is an error."""
    with urllib.request.urlopen(address, timeout=40) as reply:
        assert reply.status == 200
        return reply.read().decode()


def test_the_installed_commands_know_the_course(installed, outside, tmp_path):
    """`check` and `lint` work on the course inside the wheel, and the extension lies where JupyterLab looks."""
    share = installed.parent.parent / "share" / "jupyter"

    assert run(installed, "check", "cost/effective-rate", "56,14", cwd=tmp_path, env=outside).startswith("graded: 1 of 1")
    assert run(installed, "lint", cwd=tmp_path, env=outside) == ""
    assert (share / "labextensions" / "@coursekit" / "run-on-open" / "package.json").exists()
    assert (share / "voila" / "templates" / "coursekit" / "index.html.j2").exists()


def test_the_installed_command_says_what_grading_needs(installed, outside, tmp_path):
    """Without the extra `teach`, grading ends with a sentence that says how to get it."""
    done = subprocess.run(
        [installed, "grade", tmp_path, "--assignment", ROOT / "pyproject.toml", "--out", tmp_path / "out"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=outside,
    )

    assert done.returncode == 1
    assert "make teach" in done.stderr and "coursekit[teach]" in done.stderr and "Traceback" not in done.stderr
