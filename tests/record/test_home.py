"""Where a record lies."""

from pathlib import Path

import pytest

from coursekit.record.home import home, nearest, within


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with notebooks, an assignment beside them, and the record of the course."""
    (tmp_path / "notebooks" / "quiz").mkdir(parents=True)
    (tmp_path / "my-work").mkdir()
    monkeypatch.delenv("COURSEKIT_HOME", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("find", "folder", "expected"),
    [
        (lambda _: home(), "notebooks", "my-work"),
        (lambda _: home(), ".", "my-work"),
        (lambda _: home(), "notebooks/quiz", "notebooks/quiz/my-work"),
        (within, ".", "my-work"),
        (within, "notebooks", "notebooks/my-work"),
        (nearest, "notebooks/quiz", "my-work"),
        (nearest, "notebooks", "my-work"),
    ],
)
@pytest.mark.parametrize("moved", ["", "/elsewhere"])
def test_where(course, monkeypatch, find, folder, expected, moved):
    """A course's record, a server's, and that of an assignment; the variable moves each of them."""
    monkeypatch.setenv("COURSEKIT_HOME", moved)
    monkeypatch.chdir(course / folder)

    assert find((course / folder).resolve()) == (Path(moved) if moved else course.resolve() / expected)


def test_an_assignment_alone(tmp_path, monkeypatch):
    """Where no record lies near, an assignment gets its own."""
    monkeypatch.delenv("COURSEKIT_HOME", raising=False)

    assert nearest(tmp_path / "a" / "b" / "c") == tmp_path / "a" / "b" / "c" / "my-work"
