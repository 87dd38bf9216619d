"""What every test shares: the tiny course, and moderate Hypothesis settings."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("coursekit", deadline=None, derandomize=True, max_examples=40, print_blob=False)
settings.load_profile("coursekit")

TINY = Path(__file__).parent / "tiny_course"


@pytest.fixture(scope="session")
def tiny():
    """The library of the tiny course: one exercise of each kind."""
    from coursekit.content.library import load

    return load(TINY / "exercises")


@pytest.fixture
def course_copy(tmp_path):
    """A copy of the tiny course that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "course"))


@pytest.fixture
def clock():
    """A clock that moves on one minute with each look, from a fixed day on."""
    ticks = iter(range(1_000_000))
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC).timestamp()
    return lambda: datetime.fromtimestamp(start + 60 * next(ticks), UTC)
