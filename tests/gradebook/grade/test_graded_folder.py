"""The graded folder: nothing is mixed, nothing is lost, and no page leaves it, whatever a learner's id is."""

import json
import os
import shutil

import pytest
from collected import collect
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import BadInput
from coursekit.files import write
from coursekit.gradebook.grade.graded_folder import LONGEST, Outputs, file_names, graded, read_run, stamp

ONE, MARKED, OTHER = "aaaa.1111", "aaaa.2222", "bbbb.1111"  # a class, the same one with other marks, another class
FILES = ("grades.csv", "feedback")


def run(folder, stamp, force=False, text="1", feedback=True):
    """A whole run, which writes two names."""
    outputs = Outputs(folder, stamp)
    if not outputs.open(force):
        return False
    write(outputs.work / "grades.csv", text)
    if feedback:
        (outputs.work / "feedback").mkdir(exist_ok=True)
        write(outputs.work / "feedback" / "ada.html", text)
    outputs.publish(FILES, {"statuses": {}, "problems": 0, "notices": 0})
    return True


def inside(folder):
    """{path: text} of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_how_many_rows_a_table_has_is_kept(tmp_path):
    """So that one that was cut short is noticed; a name may hold a line break."""
    run(tmp_path, ONE, text='person,name\r\n1,"Ann\nB"\r\n2,Bo\r\n')

    assert graded(tmp_path)["rows"] == {"grades.csv": 2}


class TestOpen:
    """What is in the folder already."""

    def test_a_whole_run(self, tmp_path):
        """It leaves what was finished and run.json, and nothing of the work."""
        run(tmp_path / "new" / "out", ONE)

        assert sorted(inside(tmp_path / "new" / "out")) == ["feedback/ada.html", "grades.csv", "run.json"]
        assert graded(tmp_path / "new" / "out")["files"] == list(FILES)

    def test_the_same_again_changes_nothing(self, tmp_path):
        """Up to date is up to date, also with --force."""
        run(tmp_path, ONE)
        before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

        assert not run(tmp_path, ONE, text="2")
        assert not run(tmp_path, ONE, text="2", force=True)
        assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before

    @pytest.mark.parametrize("name", ["grades.csv", "feedback"])
    def test_what_was_deleted_is_made_again(self, tmp_path, name):
        """A folder from which something was taken is not up to date."""
        run(tmp_path, ONE)
        target = tmp_path / name
        shutil.rmtree(target) if target.is_dir() else target.unlink()

        assert run(tmp_path, ONE)
        assert target.exists()

    def test_new_marks_need_no_word(self, tmp_path):
        """The same class with other marks replaces its results, and pages that are no longer due go."""
        run(tmp_path, ONE)

        assert run(tmp_path, MARKED, text="2", feedback=False)
        assert inside(tmp_path).keys() == {"grades.csv", "run.json"}

    def test_another_class_is_refused(self, tmp_path):
        """Results of another class stay, unless --force says otherwise; marks always stay."""
        run(tmp_path, ONE)
        (tmp_path / "marks").mkdir()
        (tmp_path / "marks" / "anna.jsonl").write_text("{}\n")
        before = inside(tmp_path)

        with pytest.raises(BadInput, match="--force"):
            run(tmp_path, OTHER, text="2")
        assert inside(tmp_path) == before

        assert run(tmp_path, OTHER, text="2", force=True)
        assert (tmp_path / "grades.csv").read_text() == "2"
        assert (tmp_path / "marks" / "anna.jsonl").read_text() == "{}\n"

    @pytest.mark.parametrize("name", ["notes.txt", "run.json", "grades.csv"])
    def test_somebody_elses_folder_is_refused(self, tmp_path, name):
        """A file that grade did not write, or a run.json that cannot be read, is a reason to ask; the file stays anyhow."""
        (tmp_path / name).write_text("mine")

        with pytest.raises(BadInput, match=name):
            run(tmp_path, ONE)
        assert inside(tmp_path) == {name: "mine"}

    def test_marks_alone_are_no_results(self, tmp_path):
        """A folder that has marks only is as good as an empty one."""
        (tmp_path / "marks").mkdir()

        assert run(tmp_path, ONE)


class TestBrokenOff:
    """A run that did not end."""

    @pytest.mark.parametrize("left", ["", "stamp", "half"])
    def test_goes_on(self, tmp_path, left):
        """Whatever was there of the work when it was killed, the same words finish it."""
        outputs = Outputs(tmp_path, ONE)
        outputs.work.mkdir()
        if left:
            (outputs.work / "stamp").write_text(ONE[: 3 if left == "half" else 99])

        with pytest.raises(BadInput, match="broken off"):
            graded(tmp_path)
        assert run(tmp_path, ONE)
        assert graded(tmp_path)["stamp"] == ONE

    def test_keeps_what_is_finished(self, tmp_path):
        """What the run before had finished of just this input is still there."""
        Outputs(tmp_path, ONE).open(False)
        write(tmp_path / ".work" / "graded.parquet", "long work")

        assert Outputs(tmp_path, ONE).open(False)
        assert (tmp_path / ".work" / "graded.parquet").read_text() == "long work"

    @pytest.mark.parametrize("other", [MARKED, OTHER])
    def test_never_mixes_two_inputs(self, tmp_path, other):
        """What was begun for another input is thrown away."""
        Outputs(tmp_path, ONE).open(False)
        write(tmp_path / ".work" / "graded.parquet", "long work")

        assert Outputs(tmp_path, other).open(False)
        assert not (tmp_path / ".work" / "graded.parquet").exists()

    def test_half_published_results_of_another_class(self, tmp_path):
        """A folder in which class A was being put is not open to class B without --force."""
        Outputs(tmp_path, ONE).open(False)
        write(tmp_path / "grades.csv", "of class A")

        with pytest.raises(BadInput, match="--force"):
            run(tmp_path, OTHER)
        assert run(tmp_path, ONE)

    def test_ended_after_its_last_word(self, tmp_path):
        """Killed while it tidied up: the results are whole, and the rest goes with the next run."""
        run(tmp_path, ONE)
        (tmp_path / ".work").mkdir()
        (tmp_path / ".work" / "graded.parquet").write_text("long work")

        assert not run(tmp_path, ONE)
        assert not (tmp_path / ".work").exists()

    def test_published_without_its_last_word(self, tmp_path, monkeypatch):
        """Killed between the first file and run.json: no other step takes the folder, and the same words finish it."""
        run(tmp_path, ONE)
        real, moves = os.replace, []

        def replace(old, new):
            moves.append(new)
            if len(moves) == 4:  # stamp, two files of the work, then the first that is published
                raise KeyboardInterrupt
            real(old, new)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", replace)
            with pytest.raises(KeyboardInterrupt):
                run(tmp_path, MARKED, text="2")
        with pytest.raises(BadInput, match="broken off"):
            graded(tmp_path)

        assert run(tmp_path, MARKED, text="2")
        assert inside(tmp_path)["grades.csv"] == inside(tmp_path)["feedback/ada.html"] == "2"


class TestRead:
    """run.json."""

    @pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"stamp": "a.b"}', "\0", "é" * 3])
    def test_one_that_cannot_be_read(self, tmp_path, text):
        """It is as good as none, and a later step says what to run."""
        (tmp_path / "run.json").write_bytes(text.encode("latin-1"))

        assert read_run(tmp_path) is None
        with pytest.raises(BadInput, match="Run first: coursekit grade"):
            graded(tmp_path)


class TestStamp:
    """What names an input."""

    def test_class_and_rest(self, tmp_path, work):
        """What was collected and the keys are before the dot; marks and the day are behind it."""
        folder, out = collect(tmp_path / "collected", work), tmp_path / "out"
        first = stamp(folder, ["k"], out, "pages").split(".")

        assert first == stamp(folder, ["k"], out, "pages").split(".")
        assert first[0] == stamp(folder, ["k"], out, "no pages").split(".")[0]
        assert first[1] != stamp(folder, ["k"], out, "no pages").split(".")[1]
        assert first[0] != stamp(folder, ["other"], out, "pages").split(".")[0]

        (out / "marks").mkdir(parents=True)
        (out / "marks" / "anna.jsonl").write_text("{}\n")
        assert first[1] != stamp(folder, ["k"], out, "pages").split(".")[1]

    @pytest.mark.parametrize("name", ["collected.json", "files.parquet", "answers.parquet", "people.csv", "matches.csv", "problems.csv"])
    def test_every_file_of_the_folder(self, tmp_path, work, name):
        """A change in any of them is another class."""
        folder = collect(tmp_path / "collected", work)
        before = stamp(folder, [], tmp_path, "")
        with (folder / name).open("ab") as file:
            file.write(b"x")

        assert before.split(".")[0] != stamp(folder, [], tmp_path, "").split(".")[0]


class TestFileNames:
    """The page of each learner."""

    @pytest.mark.parametrize(
        ("person", "name"),
        [
            ("4711", "4711.html"),
            ("ada@example.org", "ada@example%2Eorg.html"),
            ("Ada Mole", "Ada Mole.html"),
            ("Zoë", "Zo%C3%AB.html"),
            ("../x", "%2E%2E%2Fx.html"),
            ("a/b", "a%2Fb.html"),
            ("a\\b", "a%5Cb.html"),
            ("C:x", "C%3Ax.html"),
            (".", "%2E.html"),
            ("..", "%2E%2E.html"),
            ("a\0b", "a%00b.html"),
            ("a\nb", "a%0Ab.html"),
            ('<b>"*?|', "%3Cb%3E%22%2A%3F%7C.html"),
            ("~", "%7E.html"),
            ("CON", None),
            ("com1", None),
            ("nul ", None),
            ("", "~e3b0c44298fc.html"),
            (" ", None),
            ("x" * 300, None),
            ("é" * 100, None),
            ("\ud800", "%ED%A0%80.html"),
        ],
    )
    def test_table(self, person, name):
        """An ordinary id is the page's name; what a file system could take otherwise is written as %xx, or gets a digest."""
        (found,) = file_names([person]).values()

        assert found == name if name else "~" in found
        assert len(found) <= LONGEST + 20

    @pytest.mark.parametrize(
        "people", [["A1", "a1"], ["x" * 300, "x" * 301], ["", " ", "."], ["a/b", "a%2Fb", "a\\b"], ["CON", "con", "Con"], ["ſ", "s"]]
    )
    def test_no_two_alike(self, people):
        """Where upper and lower case are one, as on a Mac and on Windows, two learners still have two pages."""
        assert len({name.casefold() for name in file_names(people).values()}) == len(people)

    @given(st.lists(st.text(st.characters(), max_size=130) | st.sampled_from(["a", "A", "a~", "con", "CON"]), unique=True, max_size=8))
    def test_any_ids(self, tmp_path_factory, people):
        """Whatever the ids: each page is a file of that very folder, and no two are one."""
        folder = tmp_path_factory.getbasetemp() / "pages"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        names = file_names(people)

        for person, name in names.items():
            (folder / name).write_text(person, encoding="utf-8", errors="surrogatepass")

        assert sorted(os.listdir(folder)) == sorted(names.values())
        assert len({name.casefold() for name in names.values()}) == len(people)


def test_write_is_whole_or_not_at_all(tmp_path):
    """A text that cannot be written leaves the file that was there."""
    write(tmp_path / "a.txt", "first")
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path / "a.txt", "\ud800")

    assert (tmp_path / "a.txt").read_text() == "first"


def test_run_is_the_same_each_time(tmp_path):
    """There is no time of day in run.json."""
    run(tmp_path / "a", ONE)
    run(tmp_path / "b", ONE)

    assert inside(tmp_path / "a") == inside(tmp_path / "b")
    assert json.loads((tmp_path / "a" / "run.json").read_text())["v"] == 2
