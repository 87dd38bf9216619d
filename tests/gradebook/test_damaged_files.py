"""Every file that a command reads back: whatever became of it, one sentence that names it, or nothing is lost by it."""

import json
import shutil

import invented
import pytest
from click.testing import CliRunner
from collected import QUIZ, collect
from damages import DAMAGES
from exported import graded
from to_mark import graded_folder

from coursekit.cli import main
from coursekit.errors import BadInput
from coursekit.gradebook.marking.texts_to_mark import read_texts
from coursekit.gradebook.marks import MarkLog

GRADE = ["grade", "{folder}", "--assignment", str(QUIZ), "--out", "{folder}/../out"]
EXPORT, AGREEMENT = ["export", "{folder}", "--to", "canvas"], ["mark", "{folder}", "--agreement"]
FILES = (
    *(("to-export", name, EXPORT) for name in ("run.json", "assignment.json", "grades.csv", "people.csv")),
    *(("to-mark", name, AGREEMENT) for name in ("run.json", "assignment.json", "marks.parquet", "marks/anna.jsonl")),
    *(("to-count", name, ["stats", "{folder}"]) for name in ("run.json", "assignment.json", "marks.parquet", "attempts.parquet")),
    *(("collected", name, GRADE) for name in ("collected.json", "files.parquet", "answers.parquet")),
    *(("collected", name, GRADE) for name in ("people.csv", "matches.csv", "problems.csv")),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, work):
    """The folders as they were written."""
    folder = tmp_path_factory.mktemp("whole")
    graded(folder / "to-export", work)
    graded_folder(folder / "to-mark", work)
    (folder / "to-mark" / "marks").mkdir()
    (folder / "to-mark" / "marks" / "anna.jsonl").write_text("{}\n{}\n")
    invented.write(folder / "to-count", *invented.made(learners=12))
    collect(folder / "collected", work)
    return folder


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(("source", "name", "words"), FILES, ids=lambda value: value if isinstance(value, str) else value[0])
def test_a_damaged_file(whole, tmp_path, source, name, words, damage):
    """The command says which file or folder and what to do, or does what it can; nothing is raised that is not a sentence."""
    folder = shutil.copytree(whole / source, tmp_path / source)
    DAMAGES[damage](folder / name)
    done = CliRunner().invoke(main, [word.replace("{folder}", str(folder)) for word in words])

    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    if done.exit_code and "Error: " in done.output:
        (said,) = (line for line in done.output.splitlines() if line.startswith("Error: "))
        assert (folder / name).name in said or source in said
        assert any(cure in said for cure in ("coursekit", "again", "Check the path")), said


@pytest.mark.parametrize("partial", [[], ["--partial"]])
@pytest.mark.parametrize("name", ["grades.csv", "people.csv"])
def test_a_table_that_was_cut_short(whole, tmp_path, name, partial):
    """Wherever it ends now: nothing is exported in which somebody's grade is missing."""
    lines = (whole / "to-export" / name).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    for length in range(1, len(lines)):
        folder = shutil.copytree(whole / "to-export", tmp_path / str(length))
        (folder / name).write_text("".join(lines[:length]), encoding="utf-8-sig", newline="")
        done = CliRunner().invoke(main, ["export", str(folder), "--to", "csv", "--out", str(tmp_path / "out.csv"), *partial])

        assert (done.exit_code, (tmp_path / "out.csv").exists()) == (1, False)
        assert name in done.output and "again" in done.output


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "gone"])
def test_marks_that_cannot_be_read_are_told(whole, tmp_path, damage):
    """A marker's log is named, and grading goes on."""
    folder = shutil.copytree(whole / "collected", tmp_path / "collected")
    (tmp_path / "out" / "marks").mkdir(parents=True)
    log = tmp_path / "out" / "marks" / "anna.jsonl"
    log.write_text(json.dumps({"v": 1}) + "\n")
    DAMAGES[damage](log)
    done = CliRunner().invoke(main, [*(word.replace("{folder}", str(folder)) for word in GRADE), "--force"])

    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert (tmp_path / "out" / "grades.csv").is_file()
    assert "marks/anna.jsonl" in (tmp_path / "out" / "problems.csv").read_text("utf-8-sig") or damage in ("empty", "blank")


def test_the_marks_table_of_another_version(whole, tmp_path):
    """A table without the columns that are needed is named too."""
    folder = shutil.copytree(whole / "to-mark", tmp_path / "to-mark")
    shutil.copy(whole / "collected" / "files.parquet", folder / "marks.parquet")
    with pytest.raises(BadInput, match=r"marks\.parquet is not as coursekit grade wrote it"):
        read_texts(folder)
    assert MarkLog(folder, "anna").acts() == []
