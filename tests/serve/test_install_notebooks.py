"""Bringing the course into a learner's folder never takes anything the learner wrote."""

import json
from datetime import date

import pytest

from coursekit.serve.install_notebooks import deliver

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
