"""What a learner has done and what comes next."""

from datetime import UTC, datetime, timedelta

import pytest

from coursekit.record.attempts import Entry
from coursekit.record.progress import Standing, Tally, progress, standing

START = datetime(2026, 3, 2, tzinfo=UTC)


def entry(exercise, act="check", answer="a", status="graded", score=None, minute=0):
    grade = {"status": status, "score": score} if act == "check" else None
    return Entry(exercise, act, answer, START + timedelta(minutes=minute), "l", "1", grade)


def check(answer="a", score=0.0, status="graded"):
    return entry("x", answer=answer, score=score, status=status)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], Standing()),
        ([check(score=0.0)], Standing("started", 0.0, 1)),
        ([check(score=1.0)], Standing("done", 1.0, 1)),
        ([check("a", 0.0), check("a", 0.0)], Standing("started", 0.0, 1)),
        ([check("a", 0.0), check("b", 0.5), check("a", 0.0)], Standing("started", 0.5, 3)),
        ([check("a", 1.0), check("b", 0.0)], Standing("done", 1.0, 2)),
        ([check(status="unreadable", score=None)], Standing("started", None, 0)),
        ([check("a", 0.0), check("?", None, "unreadable"), check("a", 0.0)], Standing("started", 0.0, 1)),
        ([check(status="kept", score=None)], Standing("done", None, 0)),
        ([check(status="needs marking", score=None)], Standing("done", None, 0)),
        ([entry("x", "draft")], Standing("started")),
        ([entry("x", "hint")], Standing()),
        ([entry("x", "solution")], Standing(seen=True)),
        ([check("a", 0.0), entry("x", "solution")], Standing("done", 0.0, 1, True)),
        ([check("?", None, "unreadable"), entry("x", "solution")], Standing("started", None, 0, True)),
        ([Entry("x", "check", "a", START, "l", "1")], Standing("started")),
    ],
)
def test_standing(entries, expected):
    """Done is all right once, or the answer asked for after a try, or a text or worksheet saved; the unreadable counts for nothing."""
    assert expected == standing(entries, {})


IDS = ["shop/answer-mr-abe", "shop/what-counts", "shop/first-things"]


@pytest.mark.parametrize(
    ("done", "following"),
    [([], 0), ([0], 1), ([1], 0), ([0, 1], 2), ([0, 1, 2], None)],
    ids=str,
)
def test_progress(tiny, done, following):
    """Counts by unit and objective; the next exercise is the first one not done, in the order of the notebook."""
    now = progress(tiny, [entry(IDS[n], score=1.0) for n in done], {"shop": IDS})

    assert (Tally("shop", len(done), 3),) == now.units
    assert {"shop.decide": Tally("shop.decide", len(done), 3)} == now.objectives
    assert (None if following is None else IDS[following]) == now.next


def test_the_order_is_the_plans(tiny):
    """Units and exercises come in the order of the plan, not of their names."""
    now = progress(tiny, [], {"later": [IDS[2]], "earlier": [IDS[1], IDS[0]], "empty": []})

    assert [tally.id for tally in now.units] == ["later", "earlier", "empty"]
    assert IDS[2] == now.next


@pytest.mark.parametrize(
    "plan", [{}, {"shop": []}, {"shop": ["shop/unknown"]}], ids=["no plan", "no exercises", "an exercise that could not be loaded"]
)
def test_nothing_to_do(tiny, plan):
    """Where nothing is asked nothing comes next; entries on what is not asked, or not known, do not count."""
    now = progress(tiny, [entry(IDS[0], score=1.0), entry("gone/exercise", score=1.0)], plan)

    assert (now.next, now.objectives, now.standings) == (None, {}, {})
    assert all(tally.total == 0 for tally in now.units)


def test_demonstrations_do_not_count(tmp_path, course_copy):
    """An exercise that only shows a kind is neither counted nor next."""
    from coursekit.content.library import load

    file = course_copy / "exercises/shop/answer-mr-abe.toml"
    file.write_text('role = "demo"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    now = progress(load(course_copy / "exercises"), [], {"shop": IDS})

    assert (Tally("shop", 0, 2),) == now.units
    assert IDS[1] == now.next
