"""Which exercises a notebook asks, read from the notebooks."""

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import TINY

from coursekit.content.notebook_order import asked, file_of, plan
from coursekit.page.seat import Seat
from coursekit.record.attempts import Log


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


@pytest.fixture
def read(monkeypatch):
    """The names of the notebooks that were read, in order."""
    names, really = [], io.open

    def opened(file, mode="r", *args, **named):
        if str(file).endswith(".ipynb") and "r" in mode:
            names.append(Path(file).name)
        return really(file, mode, *args, **named)

    monkeypatch.setattr(io, "open", opened)  # what pathlib calls
    return names


def test_a_panel_reads_each_notebook_once(course_copy, tmp_path, read):
    """Whether of the course or of a unit."""
    notebook(course_copy / "notebooks" / "01_more.ipynb")
    seat = Seat(Log(tmp_path / "my-work"), lambda: datetime(2026, 11, 28, tzinfo=UTC), course_copy)
    for unit in ("", "shop"):
        del read[:]
        seat.progress(unit)

        assert read == ["00_shop.ipynb", "01_more.ipynb"]


@pytest.mark.parametrize("panels", [1, 3])
def test_panels_parse_each_notebook_once(tmp_path, monkeypatch, panels):
    """However many there are."""
    parsed, really = [], json.loads
    for name in ("00_one", "01_two"):
        notebook(tmp_path / f"{name}.ipynb", ("code", f'exercise("{tmp_path.name}/{name}")'))
    monkeypatch.setattr(json, "loads", lambda content: parsed.append(content) or really(content))

    assert [len(plan(tmp_path)) for _ in range(panels)] == [2] * panels
    assert len(parsed) == 2


def _written_over(path):
    notebook(path, ("code", 'exercise("two/b")'))


def _replaced(path):
    notebook(path.with_name("new"), ("code", 'exercise("two/b")'))
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    os.utime(path.with_name("new"), ns=times)
    path.with_name("new").replace(path)


@pytest.mark.parametrize(
    ("edit", "now"),
    [
        (_written_over, {"one": ["one/a"], "two": ["two/b"]}),
        (_replaced, {"one": ["one/a"], "two": ["two/b"]}),
        (lambda path: path.rename(path.with_name("03_three.ipynb")), {"one": ["one/a"], "three": ["two/a"]}),
        (lambda path: path.unlink(), {"one": ["one/a"]}),
    ],
    ids=["written over", "replaced by one as long and as old", "renamed", "deleted"],
)
def test_an_edit_counts_at_once(tmp_path, edit, now):
    """A plan is that of the notebooks as they are."""
    notebook(tmp_path / "00_one.ipynb", ("code", 'exercise("one/a")'))
    path = notebook(tmp_path / "01_two.ipynb", ("code", 'exercise("two/a")'))
    assert plan(tmp_path) == {"one": ["one/a"], "two": ["two/a"]}
    edit(path)

    assert plan(tmp_path) == now


def test_a_plan_is_its_callers_own(tmp_path):
    """Whoever changes it changes nobody else's."""
    notebook(tmp_path / "00_one.ipynb", ("code", 'exercise("one/a")'))
    plan(tmp_path)["one"].clear()

    assert plan(tmp_path) == {"one": ["one/a"]}


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
