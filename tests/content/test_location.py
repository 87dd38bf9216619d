"""The one look-up of where the course lies."""

import pytest

from coursekit.content import location
from coursekit.errors import CourseNotFound


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package folder that lies at tmp_path/coursekit."""
    package = tmp_path / "coursekit"
    package.mkdir()
    monkeypatch.setattr(location, "files", lambda name: package)
    location.root.cache_clear()
    yield package
    location.root.cache_clear()


def make_course(folder):
    for part in location.PARTS:
        (folder / part).mkdir(parents=True)


def test_a_wheel_carries_the_course_inside(installed):
    """An installed package finds the course in itself, even where something like it lies beside."""
    make_course(installed.parent)
    make_course(installed / "_course")

    assert location.root() == installed / "_course"
    assert not location.in_repository()


def test_the_repository_has_the_course_beside_the_package(installed):
    """An editable install finds the course in the repository, not in a copy."""
    make_course(installed.parent)

    assert location.root() == installed.parent
    assert location.in_repository()


def test_no_course_says_where_it_was_looked_for(installed):
    """Without a course, both places are named."""
    with pytest.raises(CourseNotFound, match=r"_course.*Install coursekit again"):
        location.root()
