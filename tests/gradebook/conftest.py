"""A tiny assignment, and files that learners hand in for it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from collected import QUIZ, RIGHT, START, Tries
from exported import graded

from coursekit.gradebook.assignment import Work, read_assignment
from coursekit.gradebook.masking import mask


@pytest.fixture(scope="session")
def work() -> Work:
    """The tiny quiz with its exercises."""
    return read_assignment(QUIZ)


@pytest.fixture(scope="session")
def submission(work: Work) -> Callable[..., bytes]:
    """A function that makes a file as it is handed in."""

    def make(answers: dict[str, Any] | None = None, name: str = "Ada Mole", learner: str = "ab" * 16, **header: Any) -> bytes:
        """`answers` is {exercise: answer in its own ids}, a list of `Tries` for several; `header` replaces header fields."""
        rows, at = [], START
        for id, given in (RIGHT if answers is None else answers).items():
            for answer in given.tries if isinstance(given, Tries) else [given]:
                at += timedelta(minutes=2)
                masked = mask(work.exercises[id])
                rows.append({"exercise": id, "of": masked.of, "answer": masked.masked(answer), "at": at.isoformat(), "confidence": 80})
        whole = {
            "coursekit": "submission",
            "v": 1,
            "assignment": "quiz",
            "digest": work.digest,
            "course": "0.1.0",
            "learner": learner,
            "name": name,
            "handed_in": (at + timedelta(minutes=1)).isoformat(),
            "answers": len(rows),
        }
        return b"".join(json.dumps(row).encode() + b"\n" for row in ({**whole, **header}, *rows))

    return make


@pytest.fixture
def out(tmp_path, work):
    """A graded folder of four people."""
    return graded(tmp_path / "out", work)


@pytest.fixture
def title(work):
    """The quiz's title."""
    return work.assignment.title


@pytest.fixture
def points(work):
    """Its points, as a table has them."""
    return f"{float(work.assignment.points):g}"
