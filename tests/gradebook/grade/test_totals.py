"""From points to a row of the gradebook: what is missing stays missing, and what is late costs what the rule says."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from coursekit.gradebook.assignment import Assignment, Item, Late
from coursekit.gradebook.grade.totals import STATUSES, factor, learner_totals
from coursekit.gradebook.scale import scale

DUE = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
QUIZ = Assignment("quiz", "Quiz", DUE, (Item("a", 2), Item("b", 3), Item("own", 0)), pass_percent=50)
UNTIL = Late("cut-off", until=DUE + timedelta(days=2))
DAILY = Late("per-day", 10)
BOTH = Late("per-day", 10, DUE + timedelta(days=2))
STEPS = 600  # of each score


def result(reached=(600, 200, None), statuses=("graded", "graded", "not answered"), late=timedelta(), **more):
    """What the database says of a learner who handed in so long after the due date: of each score the 600th parts."""
    days = max(0, -(-late // timedelta(days=1)))
    whole = {"averaged": (1,) * len(reached), "late_days": days, "attempts": 3, "handed_in": DUE + late, "broken": False}
    return {"reached": reached, "statuses": statuses, **whole, **more}


def scaled(assignment):
    """The scale of an assignment whose scores are cut into so many steps."""
    return scale({item.exercise: item.points for item in assignment.item}, {item.exercise: STEPS for item in assignment.item})


def row(found, assignment=QUIZ):
    """The row of one learner."""
    (one,) = learner_totals(assignment, scaled(assignment), ["ada"], {"ada": found} if found else {})
    return one


class TestFactor:
    """What a late rule leaves of the points."""

    @pytest.mark.parametrize(
        ("late", "after", "expected"),
        [
            (Late(), timedelta(days=300), 1),
            (DAILY, timedelta(days=-3), 1),
            (DAILY, timedelta(0), 1),
            (DAILY, timedelta(milliseconds=1), Fraction("0.9")),
            (DAILY, timedelta(days=1), Fraction("0.9")),
            (DAILY, timedelta(days=1, milliseconds=1), Fraction("0.8")),
            (DAILY, timedelta(days=3), Fraction("0.7")),
            (DAILY, timedelta(days=10), 0),
            (DAILY, timedelta(days=40), 0),
            (Late("per-day", 100), timedelta(seconds=1), 0),
            (Late("per-day", Fraction("0.5")), timedelta(days=1), Fraction("0.995")),
            (UNTIL, timedelta(days=2), 1),
            (UNTIL, timedelta(days=2, milliseconds=1), 0),
            (BOTH, timedelta(days=2), Fraction("0.8")),
            (BOTH, timedelta(days=2, milliseconds=1), 0),
        ],
    )
    def test_table(self, late, after, expected):
        """On the second there is nothing to pay; a begun day costs a whole one; after the last moment nothing counts."""
        found = result(late=after)

        assert factor(evolve(QUIZ, late=late), found["handed_in"], found["late_days"]) == expected

    def test_the_last_moment_in_another_zone(self):
        """A moment is the same in every zone."""
        paris = Late("cut-off", until=datetime.fromisoformat("2026-03-08T17:00:00+01:00"))

        assert factor(evolve(QUIZ, late=paris), datetime.fromisoformat("2026-03-09T02:00:00+10:00"), 2) == 1
        assert factor(evolve(QUIZ, late=paris), datetime.fromisoformat("2026-03-09T02:00:01+10:00"), 2) == 0


class TestRow:
    """One learner."""

    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (result(), ("graded", 3, 3, 60, True)),
            (result((0, 0, None)), ("graded", 0, 0, 0, False)),
            (result((300, 300, None)), ("graded", 2.5, 2.5, 50, True)),
            (result((300, 298, None)), ("graded", Fraction("2.49"), Fraction("2.49"), Fraction("49.8"), False)),
            (result((300, 599, None), averaged=(1, 2, 1)), ("graded", Fraction("2.4975"), Fraction("2.4975"), Fraction("49.95"), False)),
            (result((600, None, None), ("graded", "unreadable", "not answered")), ("unreadable", None, 2, None, None)),
            (result((None, None, None), ("unreadable", "unreadable", "unreadable")), ("unreadable", None, None, None, None)),
            (result((600, None, None), ("graded", "needs marking", "kept")), ("needs marking", None, 2, None, None)),
            (result((None, None, None), ("unreadable", "needs marking", "kept")), ("unreadable", None, None, None, None)),
            (result(broken=True), ("unreadable", None, 3, None, None)),
            (result(statuses=("graded", "graded", "unreadable")), ("graded", 3, 3, 60, True)),
            (result(statuses=("graded", "graded", "needs marking")), ("graded", 3, 3, 60, True)),
            (result(statuses=("marked", "graded", "kept")), ("graded", 3, 3, 60, True)),
            ({"statuses": ()}, ("unreadable", None, None, None, None)),
            (None, ("not handed in", None, None, None, None)),
        ],
    )
    def test_status_total_so_far_percent_passed(self, found, expected):
        """A total is there once every question with points is known; before, it is empty and never a zero."""
        one = row(found)

        assert (one.status, one.total, one.so_far, one.percent, one.passed) == expected

    @pytest.mark.parametrize(
        ("least", "reached", "averaged", "passed"),
        [
            (0, 0, 1, True),
            ("0.3", 180, 1, True),
            ("0.3", 179, 1, False),
            ("0.3333", 200, 1, True),
            ("0.3334", 200, 1, False),
            ("0.3", 540, 3, True),
            ("0.3", 539, 3, False),
            ("0.3", None, 1, False),
        ],
    )
    def test_least(self, least, reached, averaged, passed):
        """A question of which a share must be reached: compared exactly, of an average too."""
        items = (Item("a", 9), Item("b", 1, Fraction(least)))

        assert row(result((600, reached), ("graded",) * 2, averaged=(1, averaged)), evolve(QUIZ, item=items)).passed is passed

    @pytest.mark.parametrize(
        ("late", "after", "expected"),
        [
            (DAILY, timedelta(hours=1), ("graded", Fraction("2.7"), 54, True)),
            (DAILY, timedelta(days=2), ("graded", Fraction("2.4"), 48, False)),
            (DAILY, timedelta(days=30), ("too late", 0, 0, False)),
            (UNTIL, timedelta(days=3), ("too late", 0, 0, False)),
            (Late(), timedelta(days=3), ("graded", 3, 60, True)),
        ],
    )
    def test_late(self, late, after, expected):
        """Lateness is taken off the sum; `so_far` stays what was reached."""
        one = row(result(late=after), evolve(QUIZ, late=late))

        assert (one.status, one.total, one.percent, one.passed) == expected
        assert one.so_far == 3
        assert one.late_days == -(-after // timedelta(days=1))

    def test_too_late_and_not_marked(self):
        """Nobody has to mark what does not count."""
        found = result((600, None, None), ("graded", "needs marking", "kept"), timedelta(days=3))

        assert row(found, evolve(QUIZ, late=UNTIL)).status == "too late"

    def test_too_late_and_unreadable(self):
        """What could not be read is still no zero: the time in it may be wrong too."""
        found = result((600, None, None), ("graded", "unreadable", "kept"), timedelta(days=3))

        assert (row(found, evolve(QUIZ, late=UNTIL)).status, row(found, evolve(QUIZ, late=UNTIL)).total) == ("unreadable", None)

    def test_no_points_at_all(self):
        """An assignment without points has no percentage, and nobody passes or fails."""
        one = row(result((None, None, None)), evolve(QUIZ, item=(Item("a", 0), Item("b", 0), Item("own", 0))))

        assert (one.status, one.total, one.percent, one.passed) == ("graded", 0, None, None)

    def test_no_pass_mark(self):
        """Where no percentage is asked for, nothing is said about passing."""
        assert row(result(), evolve(QUIZ, pass_percent=None)).passed is None


@given(
    st.lists(st.tuples(st.sampled_from(["2", "3", "0", "0.1"]), st.integers(0, STEPS)), min_size=1, max_size=12),
    st.integers(0, 20),
)
def test_a_row_keeps_within_its_points(items, days):
    """Whatever the points: total and percentage are never below 0 nor above all there is, and late never pays."""
    assignment = Assignment("q", "Q", DUE, tuple(Item(str(n), Fraction(most)) for n, (most, _) in enumerate(items)), late=DAILY)
    one = row(result(tuple(part for _, part in items), ("graded",) * len(items), timedelta(days=days)), assignment)

    assert 0 <= one.total <= one.so_far <= assignment.points
    assert one.percent is None or 0 <= one.percent <= 100
    assert one.status in STATUSES


def test_everybody_has_a_row_in_their_order():
    """The rows are those of the list of people, and of nobody else."""
    found = list(learner_totals(QUIZ, scaled(QUIZ), ["cy", "ada", "bo"], {"ada": result(), "zoe": result()}))

    assert [one.person for one in found] == ["cy", "ada", "bo"]
    assert [one.status for one in found] == ["not handed in", "graded", "not handed in"]
    assert all(len(one.points) == 3 for one in found)
