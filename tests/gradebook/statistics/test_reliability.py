"""Alpha, its interval and what goes with it are those of R's psych; tests/data/psych.R says how they were made."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from pytest import approx

from coursekit.gradebook.statistics.group_report import item_rest
from coursekit.gradebook.statistics.reliability import alpha_without, interval, reliability

DATA = Path(__file__).parents[2] / "data"
PSYCH = json.loads((DATA / "psych.json").read_text())
CLOSE = 5e-4  # three decimals


def lsat6():
    """A thousand persons, five items right or wrong; the file has a line a pattern with its count."""
    patterns = pd.read_csv(DATA / "lsat6.csv")
    return patterns.loc[patterns.index.repeat(patterns["n"])].drop(columns="n").reset_index(drop=True)


def scored():
    """The choices of 400 persons, right or wrong, of those who left none out."""
    rows = list(csv.reader((DATA / "choices.csv").read_text().splitlines()))
    return pd.DataFrame(
        [[float(int(cell) == key) for cell, key in zip(row, PSYCH["choices"]["key"], strict=True)] for row in rows[1:] if all(row)]
    )


SETS = {
    "lsat6": (lsat6, PSYCH["lsat6"]),
    "attitude": (lambda: pd.read_csv(DATA / "attitude.csv"), PSYCH["attitude"]),
    "choices": (scored, PSYCH["choices"]["scale"]),
}


@pytest.mark.parametrize("name", SETS)
def test_agrees_with_psych(name):
    """Alpha, Feldt's interval, error of measurement, item-rest correlations and alpha without an item: to three decimals."""
    make, psych = SETS[name]
    scores = make()

    ours = reliability(scores)

    assert (ours.learners, ours.questions) == (psych["n"], len(psych["r_drop"]))
    assert [ours.alpha, ours.low, ours.high, ours.error] == approx([psych[key] for key in ("alpha", "low", "high", "sem")], abs=CLOSE)
    assert list(scores.mean()) == approx(psych["mean"], abs=CLOSE)
    assert list(item_rest(scores)) == approx(psych["r_drop"], abs=CLOSE)
    assert list(alpha_without(scores)) == approx(psych["alpha_drop"], abs=CLOSE)


def test_a_larger_group_gives_a_narrower_interval():
    """The interval holds alpha, and shrinks as learners come."""
    small, large = interval(0.7, 20, 10), interval(0.7, 2000, 10)

    assert small[0] < large[0] < 0.7 < large[1] < small[1]


@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        ([[1, 0]] * 4, None),  # too few learners
        ([[1], [0], [1], [0], [1]], 0.6),  # one question
        ([[1, 0]] * 6, 1.0),  # all the same
        ([[0.1, 0.2], [0.2, 0.1]] * 4, 0.3),  # the same but for binary rounding
        ([[]] * 6, None),  # no question
    ],
)
def test_where_there_is_no_alpha(scores, mean):
    """Fewer than five learners give no figure at all; one question, or totals that are all the same, give no alpha."""
    ours = reliability(pd.DataFrame(scores))

    assert (ours.alpha, ours.low, ours.high, ours.error) == (None, None, None, None)
    assert ours.mean == approx(mean)


def test_questions_that_pull_against_each_other():
    """Alpha below 0 is given; an error of measurement larger than the spread itself is not."""
    ours = reliability(pd.DataFrame([[1, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1], [1, 0, 1]]))

    assert ours.alpha < 0
    assert ours.error is None


def test_alpha_without_one_of_two():
    """A single question that is left has no alpha."""
    assert alpha_without(pd.DataFrame([[1, 0], [0, 1], [1, 1], [0, 0], [1, 1]])).isna().all()
