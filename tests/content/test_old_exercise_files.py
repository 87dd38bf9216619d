"""Files of the first format still load: bare numbers as figures, results written out wherever they are used."""

from pathlib import Path

import pytest

from coursekit.content.library import load
from coursekit.model.grading import grade

OLD = load(Path(__file__).parents[1] / "old" / "exercise-v1" / "exercises")
CALLS, SHEET = OLD.get("cost/night-calls"), OLD.get("limits-and-power/third-of-the-spa-prep")


def test_they_load():
    """Two exercises and their cases, without a problem."""
    assert OLD.problems == ()
    assert (list(OLD), list(OLD.cases)) == (["cost/night-calls", "limits-and-power/third-of-the-spa-prep"], ["bluefjord", "spa"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CALLS.hint[-1], "31 calls × 45 minutes ÷ 60 = 23.25 hours in 60 days."),
        (CALLS.explanation, "hours in 60 days, 11.6 hours a month. At NOK 900 that is NOK 10,462.50."),
        (SHEET.hint[-1], "Release hours: at 24 hours you lose 6 regular slots a week."),
        (OLD.case("bluefjord").setting, "the contract left a margin of NOK 5,200 a month"),
    ],
)
def test_their_texts_say_the_same(text, expected):
    """An expression with or without a format, in an exercise or in a case."""
    assert expected in text


def test_their_keys_grade():
    """Keys and slips are worked out from the bare numbers."""
    assert grade(CALLS, {"today": "-5262.50", "tier": "5237.5"}).score == 1
    assert grade(CALLS, {"today": "5200", "tier": "5237.5"}).score == 0.5


def test_a_figure_inside_the_result_of_a_worksheet():
    """A result may still bring a figure in with {= }."""
    assert "€950 a week" in grade(SHEET, {"lost_slots": "10"}).parts[0].text
