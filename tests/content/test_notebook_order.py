"""Which exercises a notebook asks, read from the notebooks."""

import json

import pytest
from making import TINY

from coursekit.content.notebook_order import asked, file_of, plan


def notebook(path, *cells):
    """Write a notebook of code cells."""
    made = [{"cell_type": kind, "source": source} for kind, source in cells]
    path.write_text(json.dumps({"cells": made}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('exercise("shop/a")', ["shop/a"]),
        ("exercise('shop/a')", ["shop/a"]),
        ('  exercise( "shop/a" )  # the first', ["shop/a"]),
        ('exercise("shop/a");', ["shop/a"]),
        (['exercise("shop/a")\n', 'exercise("shop/b")'], ["shop/a", "shop/b"]),
        ('# exercise("shop/a")', []),
        ("print(\"exercise('shop/a')\")", []),
        ("from coursekit import exercise", []),
        ('my_exercise("shop/a")', []),
        ("exercise(name)", []),
        ("", []),
    ],
    ids=str,
)
def test_asked(tmp_path, source, expected):
    """A cell that shows an exercise asks it; a comment or a word in passing does not."""
    assert expected == asked(notebook(tmp_path / "00_x.ipynb", ("code", source)))


def test_only_code_cells_ask(tmp_path):
    """Text about an exercise does not ask it."""
    path = notebook(
        tmp_path / "00_x.ipynb", ("markdown", 'exercise("shop/a")'), ("raw", 'exercise("shop/b")'), ("code", 'exercise("shop/c")')
    )

    assert asked(path) == ["shop/c"]


def test_plan(tmp_path):
    """Notebooks in the order of their numbers, each under its unit's name; other files are left alone."""
    for name, id in (
        ("05_cost.ipynb", "cost/a"),
        ("00_start_here.ipynb", "start-here/a"),
        ("draft.ipynb", "x/y"),
        ("10_end.ipynb", "end/a"),
    ):
        notebook(tmp_path / name, ("code", f'exercise("{id}")'))

    assert list(plan(tmp_path).items()) == [("start-here", ["start-here/a"]), ("cost", ["cost/a"]), ("end", ["end/a"])]


def test_the_tiny_course_asks_all_its_exercises(tiny):
    """The tiny course's one notebook asks each of its exercises once."""
    assert sorted(tiny) == sorted(plan(TINY / "notebooks")["shop"])


@pytest.mark.parametrize(("unit", "expected"), [("shop", "00_shop.ipynb"), ("nothing", ""), ("", "")])
def test_file_of(unit, expected):
    """The file of a unit's notebook, empty where there is none."""
    assert expected == file_of(TINY / "notebooks", unit)


def test_a_folder_without_notebooks(tmp_path):
    """No folder, no plan."""
    assert plan(tmp_path / "nowhere") == {}
