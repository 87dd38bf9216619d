"""A place that cannot be written: every command ends with 2 and one sentence that names it, and leaves nothing that looks whole."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import invented
import pytest
from closed import PROGRAM, coursekit, full, heed_permissions
from collected import QUIZ, RIGHT, collect
from exported import graded
from making import TINY
from to_mark import graded_folder

from coursekit.assignment.bundle import find_bundle
from coursekit.cli import main
from coursekit.gradebook.release import give_out
from coursekit.model.grading import grade
from coursekit.record.attempts import Log

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
AUTHOR = "import sys; from pathlib import Path; from coursekit.content import location; root = Path(sys.argv.pop(1))\n"
AUTHOR += "from coursekit.authoring import refresh; refresh._renew = lambda path: True; location.root = lambda: root\n"
AUTHOR += "from coursekit import wording; wording.LANGUAGES = root\n"
OF_AUTHORS = (sys.executable, "-c", AUTHOR + "from coursekit.cli import main; main()")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory, work, submission):
    """What the commands work on: a download, a collected class, graded folders, an assignment with an answer."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "download").mkdir()
    (folder / "course" / "notebooks").mkdir(parents=True)
    for name in ("01_one", "02_two"):
        (folder / "course" / "notebooks" / f"{name}.ipynb").write_text("{}")
    (folder / "download" / "ada.coursekit.jsonl").write_bytes(submission())
    collect(folder / "collected", work)
    graded(folder / "to-export", work)
    graded_folder(folder / "to-mark", work)
    invented.write(folder / "to-count", *invented.made(learners=12))
    for name in ("given", "released"):
        give_out(QUIZ, folder / name)
    (note,) = (one for one in find_bundle(folder / "given" / "quiz").questions if one.exercise == "quiz/note")
    Log(folder / "given" / "quiz" / "my-work").record(note, RIGHT[note.exercise], grade(note, RIGHT[note.exercise]), NOW)
    return folder


# What each command is given besides {out}, the folder that it writes into, and from what {out} is copied.
COMMANDS = {
    "start": (["start", "{out}", "--no-browser"], None),
    "submit": (["submit", "{out}", "--name", "Ada"], "given/quiz"),
    "release": (["release", str(QUIZ), "--out", "{out}"], None),
    "release --force": (["release", str(QUIZ), "--out", "{out}", "--force"], "released"),
    "collect": (["collect", "{in}/download", "--out", "{out}/collected"], None),
    "collect --force": (["collect", "{in}/download", "--out", "{out}", "--force"], "collected"),
    "grade": (["grade", "{in}/collected", "--assignment", str(QUIZ), "--out", "{out}/graded"], None),
    "mark": (["mark", "{out}", "--as", "anna", "--no-browser"], "to-mark"),
    "stats": (["stats", "{out}"], "to-count"),
    "export": (["export", "{out}", "--to", "canvas"], "to-export"),
    "refresh": (["refresh"], "course"),
    "translate": (["translate", "de"], None),
}
WRITES_NOTHING = {
    "lint": (["lint", str(TINY)], 0),
    "check": (["check", "shop/answer-mr-abe", "say-six", "--exercises", str(TINY / "exercises")], 0),
}


@pytest.fixture
def asked(inputs, tmp_path):
    """asked(name) copies what the command works on; returns its folder, its words, and the program that takes them."""

    def copied(name):
        words, source = COMMANDS[name]
        out = tmp_path / "out"
        shutil.copytree(inputs / source, out) if source else out.mkdir()
        program = (*OF_AUTHORS, str(out)) if name in ("refresh", "translate") else PROGRAM
        return out, [word.replace("{out}", str(out)).replace("{in}", str(inputs)) for word in words], program

    return copied


def inside(folder):
    """{file: its bytes}, without what a broken-off run of `grade` goes on with."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".work" not in path.parts}


def refused(given, place):
    """It ends with 2 and a sentence that names the place; before it at most how far it came."""
    status, _, error = given

    assert (status, error.splitlines()[-1][:7], "Traceback" in error) == (2, "Error: ", False), given
    assert error.count("\n") <= 3
    assert str(place) in error


def test_every_command_is_here():
    """None is forgotten."""
    assert {*(name.partition(" ")[0] for name in COMMANDS), *WRITES_NOTHING} == set(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_permission(asked, name):
    """A folder of somebody else's, or a disk that is closed to writing."""
    out, words, program = asked(name)
    before = inside(out)
    folders = [path for path in [out, *out.rglob("*")] if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    given = coursekit(*words, before=heed_permissions, program=program)
    for folder in folders:
        folder.chmod(0o755)

    refused(given, out)
    assert inside(out) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(asked, name):
    """There is room for a few words, and not for more."""
    out, words, program = asked(name)
    before = inside(out)
    given = full(*words, program=program)

    refused(given, out)
    assert inside(out) == before


@pytest.mark.parametrize("name", ["release", "collect", "grade"])
def test_a_file_where_a_folder_should_be(asked, name):
    """It is named, and stays."""
    out, words, program = asked(name)
    out.rmdir()
    out.write_text("mine")
    status, _, error = coursekit(*words, program=program)

    assert (status, error.rstrip().count("\n") < 4, "Traceback" in error) == (2, True, False), error
    assert str(out) in error
    assert out.read_text() == "mine"


@pytest.mark.parametrize("name", WRITES_NOTHING)
def test_what_writes_nothing_needs_no_room(name, tmp_path):
    """Checking content works on a full disk, and with a home that is closed."""
    words, status = WRITES_NOTHING[name]

    assert full(*words, HOME="/dev/null/nobody")[0] == status


def test_a_full_disk_for_what_is_printed():
    """Standard output is such a place too."""
    with Path("/dev/full").open("w") as output:
        status, _, error = coursekit(*WRITES_NOTHING["check"][0], output=output)

    assert (status, error.count("\n"), "Traceback" in error) == (2, 1, False), error
