"""summary.md: how many, how well, and what to do next."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from coursekit.gradebook.assignment import Assignment, Item
from coursekit.gradebook.grade.summary import summary
from coursekit.gradebook.grade.totals import LearnerTotal

DUE = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
QUIZ = Assignment("quiz", "A tiny\nquiz", DUE, (Item("a", 4),), pass_percent=50)
GRADED = LearnerTotal("ada", (4.0,), 4.0, 4.0, 100.0, True, 0, 1, "graded")
FAILED = evolve(GRADED, person="bo", total=1.0, percent=25.0, passed=False, late_days=2)
MARK, UNREAD, NONE = (
    evolve(GRADED, total=None, percent=None, passed=None, status=one) for one in ("needs marking", "unreadable", "not handed in")
)


def written(found, problems=0, notices=0, to_mark=0, pages=True, after=None, assignment=QUIZ):
    return summary(assignment, found, problems, notices, to_mark, pages, after)


def test_a_class():
    """Counts of every status, mean and median of whole results, who passed and who was late."""
    text = written([GRADED, FAILED, MARK, UNREAD, NONE], problems=2, notices=1, to_mark=1)

    assert text.startswith("# A tiny quiz\n\n| Learners | 5 |\n|:--|--:|\n| graded | 2 |\n")
    assert "Of 2 whole results the mean is 62.5 %, the median 62.5 %, the lowest 25 %, the highest 100 %." in text
    assert "1 of 2 passed." in text
    assert "1 handed in late." in text
    assert text.endswith("\n") and "\n\n\n" not in text


def test_nobody():
    """A class without learners has a page too, and no mean of nothing."""
    text = written([])

    assert "| Learners | 0 |" in text
    assert "mean" not in text and "passed" not in text


@pytest.mark.parametrize(
    ("more", "said", "unsaid"),
    [
        ({}, ["coursekit export", "folder feedback"], ["problems.csv", "coursekit mark", "until"]),
        ({"problems": 2}, ["problems.csv: 2 times"], ["coursekit export"]),
        ({"notices": 3}, ["3 notices", "coursekit export"], []),
        ({"to_mark": 7}, ["7 different texts", "coursekit mark"], ["coursekit export"]),
        ({"pages": False}, [], ["feedback", "until"]),
        ({"pages": False, "after": DUE}, ["until Friday, 6 March 2026, 16:00 (UTC)"], ["The folder feedback"]),
        ({"found": [UNREAD]}, [], ["coursekit export"]),
    ],
)
def test_what_to_do_next(more, said, unsaid):
    """Each thing that waits has its line; export is named once nothing does."""
    text = written(**{"found": [GRADED], **more})

    assert all(one in text for one in said)
    assert not any(one in text for one in unsaid)


def test_no_pass_mark():
    """Nothing is said about passing where nothing is asked for."""
    assert "passed" not in written([evolve(GRADED, passed=None)], assignment=evolve(QUIZ, pass_percent=None))
