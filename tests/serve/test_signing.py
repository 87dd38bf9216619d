"""A notebook is trusted only as the course shipped it, or as it would be made here: a stranger's code never runs by itself."""

import json

import nbformat
import pytest
from bundles import raw
from damages import DAMAGES
from nbformat.sign import NotebookNotary

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.notebook import notebook
from coursekit.content import location
from coursekit.content.notebooks import title_of, write_manifest
from coursekit.errors import BadBundle, CourseNotFound
from coursekit.serve import server
from coursekit.serve.signing import sign_assignment, sign_course


@pytest.fixture
def unpack(tmp_path, monkeypatch):
    """unpack(folder) puts an assignment there as it is given out; nobody's signatures but this test's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONSAFEPATH", "")
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path / "record"))

    def unpacked(folder):
        folder.mkdir(parents=True)
        material = [{"title": "The letter", "file": "letter.md"}]
        (folder / "letter.md").write_text("It cost $850.")
        (folder / "quiz.bundle.json").write_text(json.dumps(raw(material=material, about="<script>x</script> [a](javascript:x)")))
        (folder / "quiz.ipynb").write_text(notebook(find_bundle(folder), folder), encoding="utf-8")
        return folder

    return unpacked


def is_trusted(path):
    notary = NotebookNotary()
    trusted = notary.check_signature(nbformat.read(path, as_version=4))
    notary.store.close()
    return trusted


def test_the_notebook_that_belongs_to_the_bundle_is_trusted(unpack, tmp_path):
    """It runs when it is opened."""
    folder = unpack(tmp_path / "quiz")

    assert sign_assignment(folder) == "quiz.ipynb"
    assert is_trusted(folder / "quiz.ipynb")


def code(notebook):
    return next(cell for cell in notebook.cells if cell.source == "question(1)")


FORGED = {
    "other code": lambda one: code(one).update(source="import os"),
    "more code": lambda one: code(one).update(source="question(1); import os"),
    "one more cell": lambda one: one.cells.append(nbformat.v4.new_code_cell("import os")),
    "a cell less": lambda one: one.cells.pop(),
    "cells in another order": lambda one: one.cells.reverse(),
    "code for text": lambda one: one.cells[0].update(cell_type="code", outputs=[], execution_count=None),
    "other text": lambda one: one.cells[0].update(source="<script>alert(1)</script>"),
    "a script in an output": lambda one: code(one).outputs[0]["data"].update({"text/html": "<script>alert(1)</script>"}),
    "one more output": lambda one: code(one).outputs.append(nbformat.v4.new_output("display_data", {"text/html": "<script></script>"})),
    "a widget of its own": lambda one: one.metadata.update(widgets={"application/vnd.jupyter.widget-state+json": {"state": {}}}),
    "a picture of its own": lambda one: one.cells[0].update(attachments={"x.svg": {"image/svg+xml": "<svg/>"}}),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_notebook_is_not_trusted(unpack, tmp_path, forge):
    """One letter, output or widget that is not the bundle's own, and it stays unsigned; starting says so and serves nothing."""
    folder = unpack(tmp_path / "quiz")
    forged = nbformat.read(folder / "quiz.ipynb", as_version=4)
    forge(forged)
    (folder / "quiz.ipynb").write_text(json.dumps(forged), encoding="utf-8")

    with pytest.raises(BadBundle, match="does not run by itself"):
        sign_assignment(folder)
    with pytest.raises(BadBundle, match="does not run by itself"):
        server._prepare(folder)
    assert not is_trusted(folder / "quiz.ipynb")


WHOLE = b'{"cells": [7], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"cells": 7}', WHOLE])
def test_a_notebook_that_is_none(unpack, tmp_path, content):
    """Damaged on its way: it is not trusted, and nothing is raised but that."""
    folder = unpack(tmp_path / "quiz")
    (folder / "quiz.ipynb").write_bytes(content)
    with pytest.raises(BadBundle, match="does not run by itself"):
        sign_assignment(folder)


def test_what_is_missing_is_named(unpack, tmp_path):
    """The notebook, or a material that it shows."""
    folder = unpack(tmp_path / "quiz")
    (folder / "letter.md").unlink()
    with pytest.raises(BadBundle, match=r"letter\.md, which belongs to this assignment, is missing"):
        sign_assignment(folder)
    (folder / "quiz.ipynb").unlink()
    with pytest.raises(BadBundle, match=r"quiz\.ipynb is missing"):
        sign_assignment(folder)


def test_one_that_the_learner_ran_and_saved_stays_trusted(unpack, tmp_path):
    """Jupyter signed it then, and nobody else can."""
    folder = unpack(tmp_path / "quiz")
    saved = nbformat.read(folder / "quiz.ipynb", as_version=4)
    saved.cells.append(nbformat.v4.new_markdown_cell("My notes", id="mine"))
    nbformat.write(saved, folder / "quiz.ipynb")
    notary = NotebookNotary()
    notary.sign(nbformat.read(folder / "quiz.ipynb", as_version=4))
    notary.store.close()

    assert sign_assignment(folder) == "quiz.ipynb"


def test_text_of_a_stranger_is_no_html(unpack, tmp_path):
    """The reading view would run a script that stands in a text."""
    first = nbformat.read(unpack(tmp_path / "quiz") / "quiz.ipynb", as_version=4).cells[0].source

    assert "<script" not in first and "&lt;script>" in first


def test_its_own_folder_is_served_as_it_is(unpack, tmp_path):
    """The course is not put into it; answers are kept in it."""
    folder = unpack(tmp_path / "quiz")

    assert server._prepare(folder) == ["quiz.ipynb"]
    assert {path.name for path in folder.iterdir()} == {"quiz.ipynb", "quiz.bundle.json", "letter.md"}


def test_a_folder_in_a_folder_as_unpacking_may_leave_it(unpack, tmp_path):
    """`quiz/quiz/…` is taken for the inner one; a folder with other things in it is not."""
    folder = unpack(tmp_path / "outer" / "quiz")

    assert server._unpacked(tmp_path / "outer") == folder
    (tmp_path / "outer" / "other").mkdir()
    assert server._unpacked(tmp_path / "outer") == tmp_path / "outer"
    assert server._unpacked(tmp_path / "nothing") == tmp_path / "nothing"


def test_assignments_in_the_folder_of_the_course(unpack, tmp_path, capsys):
    """Beside the notebooks or among them; a forged one is named, and the others and the course open all the same."""
    home = tmp_path / "mine"
    unpack(home / "quiz")
    unpack(home / "notebooks" / "quiz two")
    forged = unpack(home / "forged")
    (forged / "quiz.ipynb").write_text("{}")

    assert server._prepare(home) == ["quiz/quiz.ipynb", "notebooks/quiz two/quiz.ipynb"]
    assert "quiz.ipynb does not run by itself" in capsys.readouterr().out
    assert (home / "notebooks" / "00_start_here.ipynb").is_file()


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The notebooks of a course of two units, and nobody's signatures but this test's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(location, "root", lambda: tmp_path)
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("05_cost.ipynb", "00_start_here.ipynb"):
        put(folder / name, "# A title", "print('out')")
    write_manifest(folder)
    return folder


def put(path, text, code):
    cells = [nbformat.v4.new_markdown_cell(text, id="title"), nbformat.v4.new_code_cell(code, id="code")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def test_only_the_courses_own_bytes_are_signed(course):
    """A stranger's notebook and an edited one are left unsigned, and the reason is said."""
    put(course / "05_cost.ipynb", "# What an hour earns", "print('other')")
    put(course / "99_stranger.ipynb", "# Hello", "print('strange')")

    signed, refused = sign_course(course)

    assert signed == ["00_start_here.ipynb"]
    assert refused == {"05_cost.ipynb": "changed since the course shipped it", "99_stranger.ipynb": "not a notebook of the course"}
    assert {path.name: is_trusted(path) for path in course.glob("*.ipynb")} == {
        "00_start_here.ipynb": True,
        "05_cost.ipynb": False,
        "99_stranger.ipynb": False,
    }


def test_a_forged_manifest_in_the_learners_folder_signs_nothing(course, tmp_path):
    """Only the manifest of the course itself counts, not one that lies beside the notebooks."""
    other = tmp_path / "other"
    other.mkdir()
    put(other / "05_cost.ipynb", "# Other", "print('other')")
    write_manifest(other)

    assert sign_course(other)[0] == []


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "a folder in its place"])
def test_a_notebook_that_is_damaged_stops_nobody(course, damage):
    """The others are signed, and its neighbours' pages name it by its unit."""
    path = course / "05_cost.ipynb"
    DAMAGES[damage](path)

    assert sign_course(course)[0] == ["00_start_here.ipynb"]
    assert title_of(path) == "Cost"


@pytest.mark.parametrize("way", ["folder", "link"])
def test_something_else_in_the_place_of_a_notebook(course, way):
    """It is not signed, and nothing is raised."""
    path = course / "05_cost.ipynb"
    path.unlink()
    path.mkdir() if way == "folder" else path.symlink_to(course / "nowhere")

    assert sign_course(course) == (["00_start_here.ipynb"], {"05_cost.ipynb": "cannot be read"})
    assert title_of(path) == "Cost"


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_courses_own_manifest(course, damage):
    """Damaged, it is said with what to do; without it nothing is the course's own."""
    DAMAGES[damage](course / "manifest.json")
    if damage in ("gone", "a folder in its place", "an empty object"):
        assert sign_course(course)[0] == []
    else:
        with pytest.raises(CourseNotFound, match=r"manifest\.json is damaged"):
            sign_course(course)
