"""Bringing the course into a learner's folder never takes anything the learner wrote."""

import json
import shutil
from datetime import date
from itertools import count

import pytest
from breaking import broken

from coursekit.content.notebooks import digest
from coursekit.files import leftover
from coursekit.serve.install_notebooks import RECORD, deliver

TODAY = date(2026, 11, 22)
ASIDE = "05_cost (yours, 2026-11-22).ipynb"


def notebook(text, output=""):
    cells = [{"cell_type": "markdown", "source": [text]}, {"cell_type": "code", "source": ["1"], "outputs": [output]}]
    return json.dumps({"cells": cells})


@pytest.fixture
def places(tmp_path):
    """A course of one notebook with a picture, delivered once into a folder."""
    course, folder = tmp_path / "course", tmp_path / "mine"
    (course / "notebooks" / "images").mkdir(parents=True)
    (course / "notebooks" / "images" / "map.svg").write_text("<svg/>")
    (course / "notebooks" / "manifest.json").write_text("{}")
    (course / "notebooks" / "05_cost.ipynb").write_text(notebook("first"))
    folder.mkdir()
    assert deliver(course, folder, TODAY) == []
    return course / "notebooks" / "05_cost.ipynb", folder / "notebooks" / "05_cost.ipynb"


def again(places):
    return deliver(places[0].parents[1], places[1].parents[1], TODAY)


def test_pictures_come_along_and_the_manifest_does_not(places):
    """What a page shows is there; what only the course needs stays in the course."""
    assert (places[1].parent / "images" / "map.svg").is_file()
    assert not (places[1].parent / "manifest.json").exists()


def test_an_untouched_notebook_is_renewed_in_silence(places):
    """A newer notebook takes the place of one that the learner only read."""
    places[0].write_text(notebook("second"))

    assert again(places) == []
    assert places[1].read_text() == notebook("second")


def test_a_notebook_that_was_only_run_is_renewed_too(places):
    """Other outputs are no edit."""
    places[1].write_text(notebook("first", output="saved by JupyterLab"))
    places[0].write_text(notebook("second"))

    assert again(places) == []
    assert places[1].read_text() == notebook("second")


def test_an_edited_notebook_is_kept_aside(places):
    """When both have changed, the learner's is kept under a name that says whose it is, and one line says so."""
    places[1].write_text(notebook("mine"))
    places[0].write_text(notebook("second"))

    said = again(places)

    assert len(said) == 1 and ASIDE in said[0]
    assert (places[1].parent / ASIDE).read_text() == notebook("mine")
    assert places[1].read_text() == notebook("second")


def test_two_edits_on_one_day_are_both_kept(places):
    """A second one on the same day gets a number."""
    for text in ("mine", "mine again"):
        places[1].write_text(notebook(text))
        places[0].write_text(notebook("newer than " + text))
        again(places)

    assert (places[1].parent / ASIDE).read_text() == notebook("mine")
    assert (places[1].parent / "05_cost (yours, 2026-11-22, 2).ipynb").read_text() == notebook("mine again")


def test_an_edited_notebook_stays_while_the_course_is_the_same(places):
    """Starting again with the same course leaves everything as it is."""
    places[1].write_text(notebook("mine"))

    assert again(places) == []
    assert places[1].read_text() == notebook("mine")


def test_a_notebook_of_that_name_that_was_there_before_is_kept(places, tmp_path):
    """A folder that is not empty loses nothing."""
    folder = tmp_path / "full"
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / "05_cost.ipynb").write_text("not even a notebook")

    deliver(places[0].parents[1], folder, TODAY)

    assert (folder / "notebooks" / ASIDE).read_text() == "not even a notebook"


class TestBrokenOff:
    """A start that is killed, or stopped by a full disk, at any file operation: the next one tells untouched from changed."""

    COURSES = (
        {"01_read": "one", "02_run": "one", "03_edited": "one", "04_deleted": "one", "05_the_same": "one"},
        {"01_read": "two", "02_run": "two", "03_edited": "two", "04_deleted": "two", "05_the_same": "one", "06_own": "two"},
        {"01_read": "three", "02_run": "two", "03_edited": "three", "04_deleted": "two", "05_the_same": "one", "06_own": "three"},
        {"01_read": "four", "02_run": "four", "03_edited": "four", "04_deleted": "four", "05_the_same": "one", "06_own": "four"},
    )

    @pytest.fixture
    def courses(self, tmp_path):
        """Four versions of a course."""
        for number, texts in enumerate(self.COURSES):
            folder = tmp_path / f"course-{number}" / "notebooks"
            folder.mkdir(parents=True)
            for name, text in texts.items():
                (folder / f"{name}.ipynb").write_text(notebook(text))
        return [tmp_path / f"course-{number}" for number in range(len(self.COURSES))]

    @pytest.fixture
    def mine(self, tmp_path, courses):
        """A folder in which the learner was at work with the first version."""
        folder = tmp_path / "mine"
        deliver(courses[0], folder, TODAY)
        pages = folder / "notebooks"
        (pages / "02_run.ipynb").write_text(notebook("one", output="saved"))
        (pages / "03_edited.ipynb").write_text(notebook("one, and mine"))
        (pages / "04_deleted.ipynb").unlink()
        (pages / "05_the_same.ipynb").write_text(notebook("one, and mine too"))
        (pages / "06_own.ipynb").write_text(notebook("my own"))
        return folder

    def files(self, folder):
        """Every file but the record, and but what a killed process left that never had its name."""
        paths = (path for path in folder.rglob("*") if path.is_file() and path.name != RECORD and not leftover(path.name))
        return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}

    @pytest.mark.parametrize(("how", "versions"), [("killed", (0, 1, 3)), ("failed", (0, 1, 3)), ("killed", (0, 0, 1))])
    def test_the_first_start(self, tmp_path, courses, how, versions):
        """Nobody touched anything, so nothing is anybody's."""
        first, *others = (courses[version] for version in versions)
        for number in count():
            folder = tmp_path / f"new-{number}"
            reached = broken(lambda folder=folder: deliver(first, folder, TODAY), number, how)
            said = [line for course in others for line in deliver(course, folder, TODAY)]

            assert (said, self.files(folder)) == ([], self.files(others[-1])), number
            if not reached:
                break
        assert number > 20

    @pytest.mark.parametrize(("how", "then"), [("killed", (1, 3)), ("failed", (1, 3)), ("killed", (2, 3))])
    def test_a_newer_version(self, tmp_path, courses, mine, how, then):
        """In the end all is as if nothing had happened: what the learner wrote lies aside once, and nothing else does."""
        whole = shutil.copytree(mine, tmp_path / "whole")
        for version in (1, *then):
            deliver(courses[version], whole, TODAY)
        for number in count():
            folder = shutil.copytree(mine, tmp_path / f"mine-{number}")
            reached = broken(lambda folder=folder: deliver(courses[1], folder, TODAY), number, how)
            for version in then:
                deliver(courses[version], folder, TODAY)

            assert self.files(folder) == self.files(whole), number
            if not reached:
                break
        assert number > 20
        assert sorted(name for name in self.files(whole) if "yours" in name) == [
            f"notebooks/{name} (yours, 2026-11-22).ipynb" for name in ("03_edited", "06_own")
        ]

    @pytest.mark.parametrize("says", ["pathlib.Path.write_bytes", "os.fsync"])
    def test_nothing_is_renamed_without_need(self, courses, mine, monkeypatch, says):
        """Where the newer ones find no room, the learner's stay where they are, whenever the disk says so."""
        before = self.files(mine)
        monkeypatch.setattr(says, lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="space"):
            deliver(courses[1], mine, TODAY)

        assert self.files(mine) == before

    def test_a_start_that_has_nothing_to_do_writes_nothing(self, courses, mine):
        """Also on a disk that is closed to writing."""
        deliver(courses[1], mine, TODAY)
        before = {path: path.stat().st_mtime_ns for path in mine.rglob("*")}

        assert deliver(courses[1], mine, TODAY) == []
        assert {path: path.stat().st_mtime_ns for path in mine.rglob("*")} == before


class TestTheRecord:
    """What is remembered of the versions that were brought, in .coursekit.json."""

    def test_paths_are_those_of_posix(self, places):
        """A folder on a stick is the same on every system."""
        names = set(json.loads((places[1].parents[1] / RECORD).read_text()))

        assert names == {"notebooks/05_cost.ipynb", "notebooks/images/map.svg"}

    @pytest.mark.parametrize("separator", ["/", "\\"])
    def test_one_of_an_older_coursekit(self, places, separator):
        """One version a file, and paths as Windows writes them: it is still known what is untouched."""
        old = {"bytes": digest(places[1]), "text": "0" * 64}
        (places[1].parents[1] / RECORD).write_text(json.dumps({f"notebooks{separator}05_cost.ipynb": old}))
        places[0].write_text(notebook("second"))

        assert again(places) == []
        assert places[1].read_text() == notebook("second")

    @pytest.mark.parametrize(
        "damage",
        [
            b"", b" ", b"{", b'{"notebooks/05_cost.ipynb": {"bytes": "', b"\xff\xfe", b"null", b"7", b'"x"', b"[]", b"[" * 100_000,
            b'{"a": 7}', b'{"a": []}', b'{"a": [7]}', b'{"a": {"bytes": "x"}}', b'{"a": {"bytes": 7, "text": "x"}}', None,
        ],
    )  # fmt: skip
    @pytest.mark.parametrize(("there", "kept"), [("first", 0), ("mine", 1)])
    def test_a_record_that_cannot_be_read(self, places, damage, there, kept):
        """One line says so, it is kept, and what equals the course's own is known as untouched."""
        record = places[1].parents[1] / RECORD
        record.unlink()
        record.mkdir() if damage is None else record.write_bytes(damage)
        places[1].write_text(notebook(there, output="saved by JupyterLab"))
        said = again(places)

        assert [RECORD in line and "cannot be read" in line for line in said] == [True, *[False] * kept]
        assert len(list(places[1].parent.glob("*yours*"))) == kept
        assert (record.parent / ".coursekit (damaged, 2026-11-22).json").exists()
        places[0].write_text(notebook("second"))
        assert again(places) == []
        assert places[1].read_text() == notebook("second")


@pytest.mark.parametrize("way", ["folder", "link"])
def test_something_else_in_the_place_of_a_notebook(places, way):
    """It is kept like an edited page."""
    places[1].unlink()
    places[1].mkdir() if way == "folder" else places[1].symlink_to("/dev/null/nowhere")

    again(places)

    assert places[1].read_text() == notebook("first")
    assert (places[1].parent / ASIDE).is_dir() == (way == "folder")
