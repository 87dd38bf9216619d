"""Eight words in a row from somebody else's text are found wherever an author wrote them."""

import json

import pytest

from coursekit.authoring.overlap import overlaps

TAKEN = "the quick brown fox jumps over the lazy dog"
PLACES = {
    "exercises/shop/a.toml": f'title = "x"\nprompt = """They say: {TAKEN.upper()}!"""\n',
    "exercises/cases/b.toml": f'[[event]]\ntext = "{TAKEN}"\n',
    "notebooks/01_x.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": [TAKEN]}], "metadata": {}}),
}


@pytest.fixture
def sources(tmp_path):
    """A folder with one text of somebody else's."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "article.txt").write_text(f"Once, {TAKEN}; then it slept.", encoding="utf-8")
    return folder


@pytest.mark.parametrize("place", PLACES)
def test_a_shared_run_is_named_with_its_file(tmp_path, sources, place):
    """The file, the number of runs, where they stand and the first of them."""
    for name, text in PLACES.items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            text
            if name == place
            else text.replace("lazy", "sleepy").replace("LAZY", "SLEEPY").replace("brown", "red").replace("BROWN", "RED")
        )

    (problem,) = overlaps(tmp_path / "course", sources)

    assert problem.file == place
    assert problem.rule.startswith("2 runs of 8 words stand in article.txt too, the first: “the quick brown fox jumps over the lazy”")


def test_seven_words_and_code_are_no_problem(tmp_path, sources):
    """Seven words in a row are shared by chance, and what a code cell says is not prose."""
    notebooks = tmp_path / "course/notebooks"
    notebooks.mkdir(parents=True)
    short = {"cell_type": "markdown", "source": [" ".join(TAKEN.split()[:7])]}
    (notebooks / "01_x.ipynb").write_text(json.dumps({"cells": [short, {"cell_type": "code", "source": [TAKEN]}]}))

    assert overlaps(tmp_path / "course", sources) == []


DAMAGED = {
    "exercises/shop/a.toml": 'title = "x',
    "exercises/shop/b.toml": b"\xff\xfe",
    "exercises/shop/c.toml": "a = " + "[" * 5000,
    "notebooks/01_x.ipynb": "{",
    "notebooks/02_x.ipynb": "[]",
    "notebooks/03_x.ipynb": '{"cells": 7, "metadata": {}}',
}


@pytest.mark.parametrize("place", DAMAGED)
def test_a_damaged_file_does_not_end_the_search(tmp_path, sources, place):
    """Lint tells of it; what can be read is looked through."""
    course = tmp_path / "course"
    for name, content in {**PLACES, place: DAMAGED[place]}.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    assert {problem.file for problem in overlaps(course, sources)} == PLACES.keys() - {place}
