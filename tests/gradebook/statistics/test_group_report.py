"""The measuring of a group agrees with sums done by hand and with published statistics."""

import itertools
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from coursekit.gradebook.statistics.group_report import alpha, item_rest, report, responses
from coursekit.model.exercise import Option
from coursekit.model.kinds import KINDS
from coursekit.record.attempts import Entry
from coursekit.record.forms import form_for

# Law School Admission Test, section 6: 1,000 persons, five items (Bock & Lieberman, Psychometrika 1970);
# how many gave each pattern, from 00000 to 11111.
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298]


@pytest.fixture(scope="module")
def lsat6():
    """One row a person, one column an item."""
    patterns = itertools.product((0, 1), repeat=5)
    return pd.DataFrame([pattern for pattern, times in zip(patterns, LSAT6, strict=True) for _ in range(times)])


def test_published_statistics_of_lsat6(lsat6):
    """Alpha and the item-rest correlations are those published for the data set."""
    assert len(lsat6) == 1000
    assert round(alpha(lsat6), 3) == 0.295
    assert [round(value, 3) for value in item_rest(lsat6)] == [0.113, 0.153, 0.173, 0.144, 0.122]


def choice(form, name):
    """A test item with the key "a"."""
    options = (Option("a", "A", "why", right=True), Option("b", "B", "why", misconception="M01"))
    return KINDS["single-choice"](id=f"{form}/{name}", title="t", prompt="p", objective=f"cost.{name}", role="test", option=options)


FORMS = {one.id: one for one in (choice(form, name) for form in ("form-a", "form-b", "form-c") for name in ("one", "two"))}
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def entries(learner, moment, answers, confidence=80):
    """What a learner answered to the two items of the form for a moment."""
    form = form_for(learner, moment)
    return [
        Entry(f"{form}/{name}", "check", answer, NOW, learner, "0", None, confidence)
        for name, answer in zip(("one", "two"), answers, strict=True)
    ]


def group(size, before, after):
    """Entries of a group in which learner n answered before[n] and after[n]."""
    return [
        entry
        for n in range(size)
        for moment, answers in (("before", before), ("after", after))
        for entry in entries(f"learner-{n}", moment, answers[n])
    ]


def test_the_report_agrees_with_sums_by_hand():
    """Five learners, two items: before 0, ½, ½, ½, 1 right; after ½, 1, 1, 1, ½."""
    before = ["bb", "ab", "ba", "ab", "aa"]
    after = ["ab", "aa", "aa", "aa", "ba"]

    made = report(responses(FORMS, group(5, before, after)), seed=1)

    moments, change = made.moments.set_index("moment"), made.changes.iloc[0]
    assert moments.loc["before", ["n", "mean"]].tolist() == [5, 0.5]
    assert moments.loc["after", "mean"] == pytest.approx(0.8)
    assert moments.loc["before", "sd"] == pytest.approx(0.353553, abs=1e-6)
    assert change[["difference", "d", "fell"]].tolist() == pytest.approx([0.3, 0.3 / 0.353553, 0.2], abs=1e-5)
    assert change["low"] <= 0.3 <= change["high"]
    assert made.calibration.set_index("moment").loc["before", "bias"] == pytest.approx(0.8 - 0.5)
    assert made.objectives.set_index(["objective", "moment"]).loc[("cost.one", "after"), "mean"] == pytest.approx(0.8)


def test_fewer_than_five_learners_give_counts_and_no_means():
    """A mean over four people says too much about each of them."""
    made = report(responses(FORMS, group(4, ["aa"] * 4, ["aa"] * 4)))

    assert made.moments["n"].tolist() == [4, 4, 0]
    assert made.moments["mean"].isna().all() and made.changes["difference"].isna().all()
    assert made.objectives["mean"].isna().all() and made.calibration["correct"].isna().all()


def test_the_last_readable_answer_of_the_first_day_counts():
    """An unreadable answer, one of the day after next and a claimed score change nothing."""
    form = form_for("x", "before")
    wrong = Entry(f"{form}/one", "check", "a", NOW, "x", "0")
    again = Entry(f"{form}/one", "check", "b", NOW + timedelta(hours=1), "x", "0", {"status": "graded", "score": 1.0})
    unreadable = Entry(f"{form}/one", "check", 7, NOW + timedelta(hours=2), "x", "0")
    later = Entry(f"{form}/one", "check", "a", NOW + timedelta(days=2), "x", "0")

    given = responses(FORMS, [wrong, again, unreadable, later])

    assert given[["item", "score"]].to_numpy().tolist() == [["one", 0.0]]
