"""What the documents say is so: their commands run, their skeletons parse, their links lead somewhere."""

import contextlib
import os
import re
import shlex
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from coursekit.cli import main
from coursekit.content.figure_tables import read_figures
from coursekit.gradebook import csv_files
from coursekit.gradebook.assignment import from_json, rubric
from coursekit.gradebook.marks import Act, MarkLog
from coursekit.model.kinds import KINDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "benchmarks" / "README.md"]
EXERCISE_FILES = (ROOT / "docs" / "exercise-files.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
WALK = re.compile(r"^```sh walk\n(.*?)^```", re.M | re.S)  # commands that follow from each other, run in their order
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")

MARKED_BY_HAND = "coursekit mark graded --as anna"  # opens a page: tests/browser/test_marking.py
STATUS = {"coursekit collect": 1, "coursekit grade": 1}  # in the class of the walk some files cannot be read

# Commands that are not run here, and where they are run: a file, and what stands in it.
ELSEWHERE = {
    "make start": ("tests/serve/test_server.py", "def test_serves_from_an_empty_folder_and_ends_when_told"),  # set up before: .ci/run
    "make test": (".ci/run", "make test"),
    "make teach": ("Makefile", "ready-to-test: $(VENV)/ready\n\t@$(BIN)/uv sync --locked --quiet --all-extras"),  # the same, and more
    "make notebooks": ("tests/test_cli.py", "def test_refresh_runs_the_notebooks_of_the_course"),
    "pip install coursekit-0.1.0-py3-none-any.whl": ("tests/test_wheel.py", "def test_the_installed_course_starts"),
    "coursekit start my-course": ("tests/test_wheel.py", "def test_the_installed_course_starts"),
    "python benchmarks/run.py": ("benchmarks/README.md", "Measured on "),  # its result, with the day
}


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks in one language."""
    return [body for name, body in BLOCK.findall(text) if name == language]


def commands() -> dict[str, str]:
    """{command: the document that shows it}, each line of each sh block."""
    found = {}
    for path in DOCUMENTS:
        for body in blocks(path.read_text(encoding="utf-8"), "sh"):
            found |= {line.partition(" #")[0].strip(): path.name for line in body.splitlines() if line.strip()}
    return found


def sections() -> dict[str, str]:
    """{kind: its section} of exercise-files.md; a heading may say more behind the name."""
    parts = re.split(r"^### ([a-z-]+)", EXERCISE_FILES, flags=re.M)[1:]
    return {name: re.split(r"^## ", body, flags=re.M)[0] for name, body in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("command", [line for line in commands() if line not in ELSEWHERE])
def test_shown_commands_run(command, tmp_path):
    """Every command that a document shows ends well in an empty folder, exactly as it is shown."""
    program, *args = shlex.split(command)
    assert program == "coursekit", f"say in ELSEWHERE where “{command}” is run"

    done = subprocess.run([sys.executable, "-m", "coursekit.cli", *args], cwd=tmp_path, capture_output=True, text=True, env=here())

    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def here() -> dict[str, str]:
    """The environment of a command that is run in another folder: the same coursekit as here."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}


class TestTheWalkOfAnInstructor:
    """docs/teaching.md from release to returned grades, on the class that its script makes, as each platform hands it over."""

    def walk(self):
        """The commands in order."""
        text = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
        return [line for body in WALK.findall(text) for line in body.splitlines()]

    @pytest.mark.parametrize("shape", ["canvas", "moodle", "folder"])
    def test_the_walk(self, shape, tmp_path):
        """Every command does as the page says, and at the end each learner has the status that was made for them."""
        for name in ("exercises", "docs"):
            (tmp_path / name).symlink_to(ROOT / name)
        for command in self.walk():
            if command == MARKED_BY_HAND:
                everything_marked(tmp_path / "graded")
            else:
                whole = command.replace("sample_class.py sample", f"sample_class.py sample --shape {shape}")
                (as_a_program if shape == "canvas" else as_a_call)(whole, tmp_path)

        statuses = [row["status"] for row in csv_files.read_csv(tmp_path / "graded" / "grades.csv").rows]

        assert {"graded", "unreadable", "too late", "not handed in"} == set(statuses)
        assert len(list((tmp_path / "graded" / "feedback").iterdir())) == len(statuses) - statuses.count("not handed in") - 1
        assert (tmp_path / "graded" / "stats" / "report.html").is_file()
        assert (tmp_path / "grades-for-canvas.csv").is_file()

    def test_the_page_marks_before_it_grades_again(self):
        """The walk grades, marks, and looks at the questions, in that order."""
        acts = [command.split()[1] for command in self.walk() if command.startswith("coursekit")]

        assert acts == ["release", "collect", "collect", "grade", "mark", "grade", "stats", "export"]


def as_a_program(command, folder):
    """One command of the walk as it is shown, in the folder, in a process of its own."""
    program, *args = shlex.split(command)
    whole = [sys.executable, *args] if program == "python" else [sys.executable, "-m", "coursekit.cli", *args]
    done = subprocess.run(whole, cwd=folder, capture_output=True, text=True, env=here())

    assert (done.returncode, "Traceback" in done.stderr) == (status(command), False), f"{command}\n{done.stdout}\n{done.stderr}"


def as_a_call(command, folder):
    """The same in this process, which has imported already what each program would have to import anew."""
    program, *args = shlex.split(command)
    if program == "python":
        return as_a_program(command, folder)
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, args)

    assert (done.exit_code, isinstance(done.exception, SystemExit | None)) == (status(command), True), f"{command}\n{done.output}"


def status(command):
    """How a command of the walk ends."""
    return STATUS.get(" ".join(command.split()[:2]), 0)


def everything_marked(graded):
    """What an instructor does on the marking page, written into their log: level 3 for every criterion of every text."""
    work = from_json((graded / "assignment.json").read_text(encoding="utf-8"), graded)
    waiting = duckdb.sql(f"SELECT DISTINCT exercise, key FROM '{graded}/marks.parquet' WHERE status = 'needs marking'").fetchall()
    items = {item.exercise: item for item in work.assignment.item}
    now = datetime(2027, 2, 2, tzinfo=UTC)
    criteria = {id: rubric(items[id], work.exercises[id]) for id, _ in waiting}
    MarkLog(graded, "anna").record(Act("mark", now, id, key, one.id, 3) for id, key in waiting for one in criteria[id])


@pytest.mark.parametrize("command", ELSEWHERE)
def test_other_commands_are_run_elsewhere(command):
    """A command that is not run here is shown in some document, and what covers it exists."""
    file, text = ELSEWHERE[command]
    shown = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)

    assert command in shown
    assert text in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_is_documented(name):
    """Each command shows an example in its help and stands in a document."""
    shown = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)

    assert f"Example: coursekit {name}" in main.get_command(None, name).help
    assert f"coursekit {name}" in shown


def test_every_kind_has_a_section():
    """exercise-files.md describes exactly the kinds that there are."""
    assert set(sections()) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_skeleton_of_a_kind(kind):
    """The section of a kind says what an answer is, and its skeleton is TOML whose keys are fields of the kind."""
    section = sections()[kind]
    found = [tomllib.loads(body) for body in blocks(section, "toml")]
    fields = {field.name for field in KINDS[kind].__attrs_attrs__}

    assert "Answer:" in section
    assert found or "Same `[[option]]`" in section
    assert {key for skeleton in found for key in skeleton} <= fields


def test_other_skeletons_parse():
    """What all kinds share, a case and a unit are TOML too."""
    found = [tomllib.loads(body) for body in blocks(EXERCISE_FILES, "toml")]

    assert len(found) >= len(KINDS) + 2
    assert any("person" in one for one in found) and any("minutes" in one for one in found)


@pytest.mark.parametrize(("text", "shown"), re.findall(r"`(\{= night_cost[^`]*)`[^`]*`([\d,.]+)`", EXERCISE_FILES))
def test_figures_print_as_the_document_says(text, shown):
    """The example of the section on figures works, and each `{= figure}` there prints what stands behind it."""
    section = EXERCISE_FILES.partition("## Figures")[2].partition("\n## ")[0]

    assert shown == read_figures(tomllib.loads(blocks(section, "toml")[0])).shown(text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    """Every relative link and picture of a document exists, and a link to a heading finds it."""
    text = path.read_text(encoding="utf-8")
    broken = []
    for target in LINK.findall(text):
        file, _, heading = target.partition("#")
        place = path.parent / file if file else path
        if not place.exists() or (heading and heading not in anchors(place)):
            broken.append(target)

    assert broken == []


def anchors(path: Path) -> set[str]:
    """What the headings of a Markdown file are called in a link."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_named_files_exist(path):
    """Every file or folder of the repository that a document names is there; NAME, UNIT, NN and my-… are examples."""
    named = re.findall(r"`([\w.-]+/[\w./-]*)`", path.read_text(encoding="utf-8"))
    real = [name for name in named if (ROOT / name.split("/")[0]).is_dir() and not re.search(r"[A-Z]{2}|\bmy-", name)]

    assert [name for name in real if not (ROOT / name).exists()] == []


def test_the_map_shows_the_floors():
    """The drawn house has the folders that there are, in the order in which imports go down."""
    drawn = (ROOT / "docs" / "images" / "house.svg").read_text(encoding="utf-8")
    names = re.findall(r'font-weight="700" fill="#24476b">([^<]+)<', drawn)
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
    modules = [{name.removesuffix(".py").rstrip("/") for name in floor.split(", ")} for floor in names]
    floors = [set(layer.split(" : ")) - {"measure", "attempts"} for layer in layers]  # names that are only kept

    drawn_together = [set.union(*floors[:2]), *floors[2:-3], set.union(*floors[-3:])]  # what a command is; what all stand on
    assert drawn_together == modules
