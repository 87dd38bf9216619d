"""`coursekit grade` from a collected folder to the graded one: the same bytes each time, whatever happens on the way."""

import csv
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from collected import PROBLEMS, QUIZ, RIGHT, START, Raw, Tries, collect

from coursekit.errors import BadAssignment, BadInput
from coursekit.gradebook import csv_files
from coursekit.gradebook.assignment import from_json, read_assignment
from coursekit.gradebook.grade.grade import FILES, grade
from coursekit.gradebook.grade.graded_folder import graded
from coursekit.gradebook.grade.grading_sql import key_of
from coursekit.gradebook.marks import Act, MarkLog

SAY, OWED, NOTE = "quiz/what-to-say", "quiz/what-is-owed", "quiz/note"
DUE = read_assignment(QUIZ).assignment.due
CLASS = {
    "ada": RIGHT,
    "bo": {SAY: Tries("wait", "split"), OWED: "1.130", NOTE: "<script>alert(1)</script> and **bold** words"},
    "cy": {SAY: Raw('"six"'), "quiz/none": Raw('"a"')},
    "di": {**RIGHT, NOTE: Raw('"half \\ud800 of a pair"')},
    "../x": {SAY: "six"},
}
NAMES = {"ada": "Zoë <b>O'Neill</b>", "bo": "=1+1", "cy": "שלום, “Cy”", "../x": "\u202eevil"}


@contextmanager
def quiet(name, size):
    """Steps that say nothing."""
    yield lambda count: None


def run(collected, out, **more):
    """Grade in this process."""
    return grade(collected, QUIZ, out, START, quiet, **more)


def command(collected, out, *more):
    """The command as a person types it."""
    return [sys.executable, "-m", "coursekit.cli", "grade", str(collected), "--assignment", str(QUIZ), "--out", str(out), *map(str, more)]


def said(collected, out, *more, **options):
    """Run the command; its exit status, standard output and standard error."""
    done = subprocess.run(command(collected, out, *more), capture_output=True, text=True, **options)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def bytes_of(folder):
    """{path: digest} of every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(path):
    """The rows of a CSV file as it stands there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def collected(tmp_path_factory, work):
    """A small class with everything that can happen to an answer."""
    folder = tmp_path_factory.mktemp("class") / "collected"
    late = {"di": DUE + timedelta(days=1, seconds=1)}
    broken = {"../x": {"broken": 1, "answers": 2}}
    return collect(folder, work, CLASS, names=NAMES, people=["fay"], unreadable=["eve"], at=late, files=broken)


@pytest.fixture(scope="module")
def result(collected, tmp_path_factory):
    """The class graded once: (what was found, the folder)."""
    out = tmp_path_factory.mktemp("graded") / "out"
    return run(collected, out), out


@pytest.fixture(scope="module")
def large(tmp_path_factory, work):
    """A class that takes a second or two."""
    folder = tmp_path_factory.mktemp("large") / "collected"
    handed = {f"p{n:03}": {**RIGHT, OWED: str(80 + n % 40), NOTE: f"Text number {n} about six trays"} for n in range(250)}
    return collect(folder, work, handed)


@pytest.fixture(scope="module")
def undisturbed(large, tmp_path_factory):
    """The bytes of a run that nobody disturbed, and how long the command takes."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    start = time.monotonic()
    assert said(large, out)[0] == 0
    return bytes_of(out), time.monotonic() - start


class TestResult:
    """What a run finds."""

    def test_statuses(self, result):
        """Learners by status, lines by severity; something unreadable is no success."""
        found, out = result

        assert found.statuses == {"needs marking": 1, "unreadable": 5, "not handed in": 1}
        assert (found.problems, found.notices, found.ok, found.fresh) == (3, 1, False, True)
        assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "run.json"])

    def test_grades(self, result):
        """One row a learner; what is unreadable has no total, and cells start no formula."""
        rows = {row["person"]: row for row in table(result[1] / "grades.csv")}

        assert {row["person"]: (row["total"], row["status"]) for row in rows.values()} == {
            "ada": ("", "needs marking"),
            "bo": ("", "unreadable"),
            "cy": ("", "unreadable"),
            "di": ("", "unreadable"),
            "../x": ("", "unreadable"),
            "fay": ("", "not handed in"),
            "eve": ("", "unreadable"),
        }
        assert (rows["bo"]["name"], rows["bo"][SAY], rows["bo"][OWED], rows["bo"]["quiz/what-counts"]) == ("'=1+1", "0.5", "", "0")
        assert (rows["../x"][SAY], rows["../x"][OWED], rows["../x"]["so_far"]) == ("2", "", "2")
        assert (rows["cy"]["so_far"], rows["di"]["late"]) == ("0", "2")

    def test_problems(self, result):
        """Each has file, line, person, exercise, what, why and what to do."""
        rows = table(result[1] / "problems.csv")

        assert {(row["person"], row["line"], row["exercise"], row["severity"]) for row in rows} == {
            ("bo", "4", OWED, "problem"),
            ("cy", "2", SAY, "problem"),
            ("cy", "3", "quiz/none", "notice"),
            ("di", "6", NOTE, "problem"),
        }
        assert all(row[name] for row in rows for name in ("file", "what", "why", "do"))

    def test_pages(self, result):
        """Whoever's file could be read has a page, inside the folder."""
        folder = result[1] / "feedback"

        assert sorted(path.name for path in folder.iterdir()) == ["%2E%2E%2Fx.html", "ada.html", "bo.html", "cy.html", "di.html"]
        assert sorted(path.name for path in result[1].parent.iterdir()) == ["out"]

    def test_the_work_goes_along(self, result, work):
        """The graded folder has the assignment with its keys, and the people."""
        again = from_json((result[1] / "assignment.json").read_text(encoding="utf-8"), work.folder)

        assert (again.assignment, again.exercises) == (work.assignment, work.exercises)
        assert [row["person"] for row in csv_files.read_csv(result[1] / "people.csv").rows] == [*CLASS, "fay", "eve"]

    def test_tables_for_the_next_steps(self, result):
        """marks.parquet and attempts.parquet have just the columns that other commands count on."""
        marks, attempts = (pq.read_schema(result[1] / f"{name}.parquet").names for name in ("marks", "attempts"))

        reached, about = "status score points max_points earned averaged most", "attempts at confidence answer key misconceptions late_days"
        assert set(marks) == {"person", "exercise", *reached.split(), *about.split()}
        assert set(attempts) == set("person exercise n at answer key score status misconceptions confidence why counted".split())  # noqa: SIM905

    def test_a_whole_class_that_is_fine(self, tmp_path, work):
        """Everything readable is a success, and everything marked is graded."""
        answers = {id: one for id, one in RIGHT.items() if id != NOTE}
        found = run(collect(tmp_path / "in", work, {"ada": answers, "bo": answers}), tmp_path / "out")
        rows = table(tmp_path / "out" / "grades.csv")

        assert (found.ok, found.statuses) == (True, {"graded": 2})
        assert {(row["total"], row["percent"], row["passed"]) for row in rows} == {("8", "66.67", "yes")}

    def test_a_true_zero(self, tmp_path, work):
        """Who answered all and had nothing right has a 0, not an empty cell."""
        run(collect(tmp_path / "in", work, {"ada": {SAY: "wait", OWED: "112"}}), tmp_path / "out")
        (row,) = table(tmp_path / "out" / "grades.csv")

        assert (row["total"], row["percent"], row["passed"], row[SAY], row["status"]) == ("0", "0", "no", "0", "graded")

    def test_unreadable_beside_a_readable_file(self, tmp_path, work):
        """A second file that could not be read may be the one that was meant: no total."""
        run(collect(tmp_path / "in", work, {"ada": {SAY: "six"}}, unreadable=["ada"]), tmp_path / "out")
        (row,) = table(tmp_path / "out" / "grades.csv")

        assert (row["total"], row["so_far"], row["status"]) == ("", "2", "unreadable")

    @pytest.mark.parametrize("handed", [{}, {"ada": {}}])
    def test_nothing_handed_in(self, tmp_path, work, handed):
        """A class without an answer is graded too."""
        found = run(collect(tmp_path / "in", work, handed, people=["di"]), tmp_path / "out")

        assert found.ok
        assert (tmp_path / "out" / "feedback").is_dir()

    def test_a_learner_who_is_not_on_the_list(self, tmp_path, work):
        """Nobody who handed in is lost because a row of people.csv is gone: a problem says so."""
        folder = collect(tmp_path / "in", work, {"ada": {SAY: "six"}, "bo": {SAY: "six"}})
        csv_files.write_csv(folder / "people.csv", ("person", "name", "email"), [{"person": "bo", "name": "Bo"}])
        found = run(folder, tmp_path / "out")

        assert [(row["person"], row["total"]) for row in table(tmp_path / "out" / "grades.csv")] == [("bo", "2"), ("ada", "2")]
        assert [(row["file"], row["person"], row["severity"]) for row in table(tmp_path / "out" / "problems.csv")] == [
            ("people.csv", "ada", "problem")
        ]
        assert not found.ok


class TestFeedbackWhen:
    """When there are pages."""

    @pytest.fixture
    def after(self, tmp_path, work):
        """The quiz, with feedback after the due date only."""
        shutil.copytree(QUIZ.with_suffix(""), tmp_path / "quiz")
        text = QUIZ.read_text(encoding="utf-8").replace("[late]", "[feedback]\nafter = 2026-03-09T17:00:00+01:00\n[late]")
        (tmp_path / "quiz.toml").write_text(text, encoding="utf-8")
        return collect(tmp_path / "in", work, {"ada": {SAY: "six"}}), tmp_path / "quiz.toml", tmp_path / "out"

    def test_held_back_and_then_written(self, after):
        """Before that moment there is none, and summary.md says until when; at that moment the same command writes them."""
        grade(*after, DUE, quiet)
        assert not (after[2] / "feedback").exists()
        assert "until Monday, 9 March 2026, 17:00 (UTC+01:00)" in (after[2] / "summary.md").read_text()

        assert grade(*after, DUE + timedelta(days=3), quiet).fresh
        assert [path.name for path in (after[2] / "feedback").iterdir()] == ["ada.html"]
        assert "until" not in (after[2] / "summary.md").read_text()

    @pytest.mark.parametrize(("feedback", "pages"), [(True, True), (False, False)])
    def test_said_by_hand(self, after, feedback, pages):
        """--feedback and --no-feedback go before what the assignment says."""
        grade(*after, DUE, quiet, feedback=feedback)

        assert (after[2] / "feedback").exists() == pages
        assert "until" not in (after[2] / "summary.md").read_text()


class TestMarks:
    """What persons marked."""

    def test_new_marks_change_grades_and_nothing_else_is_needed(self, tmp_path, work):
        """The same words again: points, total, page and summary have the mark; two criteria count by their weight."""
        folder, out = collect(tmp_path / "in", work, {"ada": RIGHT, "bo": {**RIGHT, NOTE: "Another text here"}}), tmp_path / "out"
        run(folder, out)
        key = key_of(NOTE, json.dumps(RIGHT[NOTE], ensure_ascii=False))
        acts = [Act("mark", START, NOTE, key, criterion, level) for criterion, level in (("fact", 4), ("tone", 2))]
        MarkLog(out, "anna").record([*acts, Act("comment", START, NOTE, key, "fact", comment="<i>Good</i>")])
        before = bytes_of(out / "marks")

        found = run(folder, out)
        rows = {row["person"]: row for row in table(out / "grades.csv")}
        page = (out / "feedback" / "ada.html").read_text(encoding="utf-8")

        assert (found.fresh, found.statuses) == (True, {"graded": 1, "needs marking": 1})
        assert (rows["ada"][NOTE], rows["ada"]["total"], rows["bo"]["total"]) == ("3.5", "11.5", "")
        assert "&lt;i&gt;Good&lt;/i&gt;" in page and "Day, count and paper." in page
        assert bytes_of(out / "marks") == before
        assert not run(folder, out).fresh

    def test_criteria_of_one_name_in_two_questions(self, tmp_path, work):
        """Each question has its own weights, also where its criteria are called the same as another's."""
        shutil.copytree(QUIZ.with_suffix(""), tmp_path / "quiz")
        shutil.copyfile(tmp_path / "quiz" / "note.toml", tmp_path / "quiz" / "zweite.toml")
        criteria = ('id = "fact"\ntext = "F"', 'id = "tone"\ntext = "T"\nweight = 3.0')
        more = "\n".join(['\n[[item]]\nexercise = "quiz/zweite"\npoints = 4', *(f"[[item.criterion]]\n{one}" for one in criteria)])
        (tmp_path / "quiz.toml").write_text(QUIZ.read_text(encoding="utf-8") + more, encoding="utf-8")
        assigned = read_assignment(tmp_path / "quiz.toml")
        text = "Six trays came here"
        folder, out = collect(tmp_path / "in", assigned, {"ada": {NOTE: text, "quiz/zweite": text}}), tmp_path / "out"
        grade(folder, tmp_path / "quiz.toml", out, START, quiet)
        for id in (NOTE, "quiz/zweite"):
            key = key_of(id, json.dumps(text))
            MarkLog(out, "anna").record([Act("mark", START, id, key, "fact", 4), Act("mark", START, id, key, "tone", 0)])

        grade(folder, tmp_path / "quiz.toml", out, START, quiet)
        (row,) = table(out / "grades.csv")

        assert (row[NOTE], row["quiz/zweite"]) == ("3", "1")

    def test_a_damaged_line_of_a_log(self, tmp_path, work):
        """It is a problem with its file and line, the same in every folder, and the others count."""
        folder = collect(tmp_path / "in", work, {"ada": RIGHT})
        for name in ("a", "b"):
            (tmp_path / name / "marks").mkdir(parents=True)
            (tmp_path / name / "marks" / "anna.jsonl").write_text('{"v": 1}\n')
            assert not run(folder, tmp_path / name).ok

        assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
        assert [(row["file"], row["line"]) for row in table(tmp_path / "a" / "problems.csv")] == [("marks/anna.jsonl", "1")]


class TestEarlierVersion:
    """Answers to the questions as they were released before."""

    @pytest.fixture
    def earlier(self, tmp_path):
        """The quiz as it was, with seven trays."""
        shutil.copytree(QUIZ.with_suffix(""), tmp_path / "old" / "quiz")
        shutil.copyfile(QUIZ, tmp_path / "old" / "quiz.toml")
        owed = tmp_path / "old" / "quiz" / "what-is-owed.toml"
        owed.write_text(
            owed.read_text(encoding="utf-8").replace("Six trays at £14", "Seven trays at £14").replace("trays = 6", "trays = 7")
        )
        return tmp_path / "old" / "quiz.toml"

    def test_graded_by_its_own_key(self, tmp_path, earlier):
        """With --keys the old answer is graded by the old key, and its page shows the old question."""
        folder = collect(tmp_path / "in", read_assignment(earlier), {"ada": {OWED: "98"}})

        run(folder, tmp_path / "without")
        run(folder, tmp_path / "with", keys=[earlier])
        page = (tmp_path / "with" / "feedback" / "ada.html").read_text(encoding="utf-8")

        assert [(row[OWED], row["status"]) for row in table(tmp_path / "without" / "grades.csv")] == [("", "unreadable")]
        assert "--keys" in table(tmp_path / "without" / "problems.csv")[0]["why"]
        assert [(row[OWED], row["total"]) for row in table(tmp_path / "with" / "grades.csv")] == [("2", "2")]
        assert "Seven trays" in page and "Six trays at" not in page

    def test_bad_earlier_file(self, tmp_path, collected):
        """An earlier version that cannot be read is said, and nothing is written."""
        (tmp_path / "bad.toml").write_text("title =")
        with pytest.raises(BadAssignment, match=r"bad\.toml"):
            run(collected, tmp_path / "out", keys=[tmp_path / "bad.toml"])

        assert not (tmp_path / "out").exists()


class TestSameBytes:
    """The same input, the same files."""

    def test_two_folders_and_processes(self, tmp_path, collected, result):
        """Whatever the order of Python's sets, the number of threads and the folder."""
        program = (
            "import sys, duckdb; from coursekit.gradebook.grade import grading_sql as book; connect = book.connect\n"
            "threads = sys.argv.pop(1)\ndef limited(*given):\n con = connect(*given); con.execute(f'SET threads = {threads}'); return con\n"
            "book.connect = limited\nfrom coursekit.cli import main; main()"
        )
        for seed, threads in ((1, 1), (2, 2), (3, 5)):
            out = tmp_path / f"out{seed}"
            line = [sys.executable, "-c", program, str(threads), *command(collected, out)[3:]]
            done = subprocess.run(line, env={**os.environ, "PYTHONHASHSEED": str(seed)}, capture_output=True, text=True)

            assert done.returncode == 1, done.stderr
            # the command looks at the clock; this quiz has nothing that waits for a day
            assert bytes_of(out) == bytes_of(result[1])

    def test_large_tables(self, tmp_path, work):
        """Also where a table has several groups of rows, which threads write side by side."""
        handed = {f"p{n:05}": {SAY: "six", OWED: str(n % 300)} for n in range(25_000)}
        folder = collect(tmp_path / "in", work, handed)
        program = (
            "import sys; from pathlib import Path\n"
            "from coursekit.gradebook.assignment import read_assignment\n"
            "from coursekit.gradebook.grade import answer_keys as keys, grading_sql as book\n"
            "folder, out, threads = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
            "out.mkdir(); work = read_assignment(Path(sys.argv[4]))\n"
            "con = book.connect(out, '1GB'); con.execute(f'SET threads = {threads}')\n"
            "keys = keys.AnswerKeys([work]); book.grade_distinct(con, folder, keys, keys.scale({}), out / 'graded.parquet')\n"
            "book.join(con, folder, out / 'graded.parquet', work, keys.scale({}), {}, out); (out / 'graded.parquet').unlink()"
        )
        for threads in (1, 2, 6):
            subprocess.run([sys.executable, "-c", program, str(folder), str(tmp_path / f"t{threads}"), str(threads), str(QUIZ)], check=True)

        assert pq.read_metadata(tmp_path / "t1" / "marks.parquet").num_rows == 150_000
        assert bytes_of(tmp_path / "t1") == bytes_of(tmp_path / "t2") == bytes_of(tmp_path / "t6")


class TestCommand:
    """What a person types, and what they get to read."""

    def test_exit_status_and_second_run(self, tmp_path, collected):
        """1 where something could not be read; the second time it says that it is up to date, and nothing changes."""
        out = tmp_path / "out"
        status, printed, steps = said(collected, out)
        before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
        again = said(collected, out)

        assert (status, printed) == (1, (out / "summary.md").read_text(encoding="utf-8"))
        assert "Grading each distinct answer once …" in steps
        assert (again[0], again[1]) == (1, printed)
        assert again[2].startswith("Up to date")
        assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before

    def test_all_well(self, tmp_path, work):
        """0 where everything could be read, also where nobody has marked yet."""
        assert said(collect(tmp_path / "in", work), tmp_path / "out")[0] == 0

    @pytest.mark.parametrize("value", ["abc", "", "0", "-1", "-2GB", "2", "80%", "0GB", "1e3MB", "NaNGB", "1 2GB", "99999999999TB"])
    def test_no_amount_of_memory(self, tmp_path, collected, value):
        """A usage error with a sentence, and no folder."""
        status, _, error = said(collected, tmp_path / "out", f"--memory={value}")

        assert status == 2
        assert f"“{value}” is no amount of memory" in error
        assert not (tmp_path / "out").exists()

    def test_little_memory(self, tmp_path, large):
        """Too little is a sentence with the next step, no results; enough then finishes the job."""
        status, _, error = said(large, tmp_path / "out", "--memory", "1MB")

        assert status == 1
        assert "--memory" in error
        with pytest.raises(BadInput):
            graded(tmp_path / "out")
        assert said(large, tmp_path / "out", "--memory", "500 MB")[0] == 0

    def test_another_class_in_the_folder(self, tmp_path, collected, work):
        """Refused with the word that allows it; marks stay with that word too."""
        run(collected, tmp_path / "out")
        MarkLog(tmp_path / "out", "anna").record([Act("mark", START, NOTE, "0" * 16, "fact", 4)])
        other = collect(tmp_path / "in", work)
        before = bytes_of(tmp_path / "out")

        status, _, error = said(other, tmp_path / "out")
        assert (status, "--force" in error, bytes_of(tmp_path / "out")) == (1, True, before)

        assert said(other, tmp_path / "out", "--force")[0] == 0
        assert (tmp_path / "out" / "marks" / "anna.jsonl").is_file()
        assert [row["person"] for row in table(tmp_path / "out" / "grades.csv")] == ["ada"]

    @pytest.mark.parametrize("more", [[], ["--force"]])
    def test_into_the_collected_folder(self, tmp_path, work, more):
        """What was collected is never written over."""
        folder = collect(tmp_path / "in", work)
        before = bytes_of(folder)

        status, _, error = said(folder, folder, *more)

        assert (status, bytes_of(folder)) == (1, before)
        assert "--out" in error

    def test_no_collected_folder(self, tmp_path):
        """Any other folder is told from one, with the command to run."""
        status, _, error = said(tmp_path, tmp_path / "out")

        assert (status, "coursekit collect" in error, (tmp_path / "out").exists()) == (1, True, False)


class TestDamagedInput:
    """A collected folder that was changed by hand, or cut short."""

    @pytest.mark.parametrize("name", ["people.csv", "matches.csv", "problems.csv", "files.parquet", "answers.parquet", "collected.json"])
    def test_missing(self, tmp_path, work, name):
        """A file that is gone is named."""
        folder = collect(tmp_path / "in", work)
        (folder / name).unlink()

        with pytest.raises(BadInput, match="collected folder" if name == "collected.json" else name):
            run(folder, tmp_path / "out")
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("name", ["people.csv", "matches.csv", "problems.csv", "files.parquet", "answers.parquet"])
    @pytest.mark.parametrize("text", [b"", b"\0" * 50, b"PAR1", b"a,b\r\n1,2\r\n", b'person,name,email\n"ada', b"\xff\xfe\x00"])
    def test_damaged(self, tmp_path, work, name, text):
        """A file that is something else is named too, and no results are left that look whole."""
        folder = collect(tmp_path / "in", work)
        (folder / name).write_bytes(text)

        with pytest.raises(BadInput, match=name):
            run(folder, tmp_path / "out")
        with pytest.raises(BadInput):
            graded(tmp_path / "out")

    @pytest.mark.parametrize("name", ["files.parquet", "answers.parquet"])
    def test_a_hole_in_a_table(self, tmp_path, work, name):
        """A table whose end is sound and whose middle is not ends in a sentence as well."""
        folder = collect(tmp_path / "in", work)
        data = bytearray((folder / name).read_bytes())
        data[8 : len(data) // 3] = bytes(len(data) // 3 - 8)
        (folder / name).write_bytes(data)

        status, _, error = said(folder, tmp_path / "out")

        assert (status, error.splitlines()[-1][:6]) == (1, "Error:")

    def test_cut_short_anywhere(self, tmp_path, work):
        """people.csv cut at every byte: a sentence, or grades in which nobody who handed in is missing."""
        folder = collect(tmp_path / "in", work, {"ada": {SAY: "six"}, "bo": {SAY: "wait"}})
        whole = (folder / "people.csv").read_bytes()
        for end in range(0, len(whole), 5):
            (folder / "people.csv").write_bytes(whole[:end])
            try:
                run(folder, tmp_path / "out", force=True, feedback=False)
            except BadInput:
                continue
            assert {"ada", "bo"} <= {row["person"] for row in table(tmp_path / "out" / "grades.csv")}

    def test_one_person_twice(self, tmp_path, work):
        """Two rows of one id would be two grades: refused."""
        folder = collect(tmp_path / "in", work)
        csv_files.write_csv(folder / "people.csv", ("person", "name", "email"), [{"person": "ada"}, {"person": "ada"}])

        with pytest.raises(BadInput, match="“ada” twice"):
            run(folder, tmp_path / "out")


def wait_for(process, moment):
    """Let a process run for so many seconds; whether it is still running."""
    try:
        process.wait(moment)
        return False
    except subprocess.TimeoutExpired:
        return True


class TestBrokenOff:
    """Real processes that do not end as they should."""

    @pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.soak)])
    def test_killed_at_any_moment(self, tmp_path, large, undisturbed, kills):
        """kill -9, each time somewhere else; a second start gives the bytes of an undisturbed run."""
        expected, seconds = undisturbed
        moments, killed = random.Random(4), 0
        for number in range(4 * kills):  # not each comes before the end; the last assertion says whether enough did
            if killed == kills:
                break
            out, began = tmp_path / f"out{number}", time.monotonic()
            with subprocess.Popen(command(large, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                if number % 2:  # from the moment on in which there is something to break off
                    while not (out / ".work").exists() and process.poll() is None:
                        time.sleep(0.002)
                    running = wait_for(process, moments.uniform(0, seconds * 0.6))
                else:
                    running = wait_for(process, moments.uniform(0.2, 1.05) * seconds)
                killed += running
                process.kill()
            if not running:
                seconds = min(seconds, time.monotonic() - began)  # it was measured on a machine that had more to do
            if running and not (out / "run.json").exists() and out.exists():
                with pytest.raises(BadInput):
                    graded(out)
            run(large, out)

            assert bytes_of(out) == expected

        assert killed == kills

    def test_ctrl_c(self, tmp_path, large, undisturbed):
        """No traceback, no results that look whole, and the same words finish it."""
        out = tmp_path / "out"
        listening = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # where the tests run in the background, it is deaf
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command(large, out), preexec_fn=listening, **streams) as process:
            while not (out / ".work").exists():
                time.sleep(0.002)
            process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=60)

        assert process.returncode == 1
        assert "Traceback" not in error
        with pytest.raises(BadInput):
            graded(out)
        run(large, out)
        assert bytes_of(out) == undisturbed[0]

    @pytest.mark.parametrize("limit", [0, 3_000, 12_000])
    def test_no_room(self, tmp_path, large, undisturbed, limit):
        """A file system that takes no more: a sentence with the next step, nothing that looks whole; with room it goes on."""

        def small():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        status, _, error = said(large, tmp_path / "out", preexec_fn=small, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})

        assert (status, error.splitlines()[-1][:6]) == (2, "Error:")
        with pytest.raises(BadInput):
            graded(tmp_path / "out")
        run(large, tmp_path / "out")
        assert bytes_of(tmp_path / "out") == undisturbed[0]

    @pytest.mark.parametrize("options", ["size=400k", "size=1m", "nr_inodes=60", "ro"])
    def test_a_small_or_closed_disk(self, tmp_path, large, options):
        """A real disk that is full or write-protected, where this machine lets a test mount one."""
        disk = tmp_path / "disk"
        disk.mkdir()
        if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], capture_output=True).returncode:
            pytest.skip("a disk can be mounted by root only")
        try:
            status, _, error = said(large, disk / "out")

            assert (status, error.splitlines()[-1][:6]) == (2, "Error:")
            assert "cannot be written" in error or "Free the disk" in error or "free the disk" in error
            with pytest.raises(BadInput):
                graded(disk / "out")
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def test_problem_columns_are_those_of_collect():
    """Both commands write one form of problems.csv."""
    from coursekit.gradebook.problem_lines import COLUMNS

    assert tuple(COLUMNS) == PROBLEMS


def test_from_files_to_grades(tmp_path, submission):
    """With the real collect: files as learners hand them in, one of them cut short, one damaged."""
    from coursekit.gradebook.collect.collect import collect as really

    download = tmp_path / "download"
    download.mkdir()
    for number, (name, data) in enumerate(
        {
            "Ada Mole": submission(),
            "Bo": submission({SAY: Tries("wait", "six")}, name="Bo", learner="cd" * 16),
            "Cy": submission(name="Cy", learner="ef" * 16)[:-40],
        }.items()
    ):
        (download / f"{number}-{name.replace(' ', '-')}-quiz.coursekit.jsonl").write_bytes(data)
    really(download, tmp_path / "in", quiet)

    status, _, _ = said(tmp_path / "in", tmp_path / "out")
    rows = {row["name"]: row for row in table(tmp_path / "out" / "grades.csv")}

    assert status == 1
    assert {name: (row[SAY], row["total"], row["status"]) for name, row in rows.items()} == {
        "Ada Mole": ("2", "", "needs marking"),
        "Bo": ("2", "2", "graded"),
        "Cy": ("2", "", "unreadable"),
    }
    assert Path(tmp_path / "out" / "feedback").is_dir()
