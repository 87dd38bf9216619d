"""Which of a learner's answers count, and what they come to: worked out by the database from answers that a test writes."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import duckdb
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from collected import RIGHT, START, Raw, Tries, collect

from coursekit.gradebook.assignment import Attempts
from coursekit.gradebook.grade import grading_sql
from coursekit.gradebook.grade.answer_keys import AnswerKeys

SAY, COUNTS, OWED, SORT, NOTE, OWN = (
    f"quiz/{name}" for name in ("what-to-say", "what-counts", "what-is-owed", "sort-costs", "note", "my-own-bill")
)
WORST, PARTLY, BEST = "wait", "split", "six"  # 0, 0.25 and 1 of 1
UNREAD = Raw('"z"')


@pytest.fixture
def joined(tmp_path, work):
    """A function that grades what was handed in and returns (marks by person and exercise, attempts)."""

    def join(handed, count="last", most=0, marks=None, assigned=work, **more):
        folder = collect(tmp_path / "collected", assigned, handed, **more)
        rules = evolve(assigned, assignment=evolve(assigned.assignment, attempts=Attempts(count, most)))
        keys, marks = AnswerKeys([assigned]), {key: Fraction(share) for key, share in (marks or {}).items()}
        with grading_sql.connect(tmp_path, "500MB") as con:
            grading_sql.grade_distinct(con, folder, keys, keys.scale(marks), tmp_path / "graded.parquet")
            grading_sql.join(con, folder, tmp_path / "graded.parquet", rules, keys.scale(marks), marks, tmp_path)
        rows = pq.read_table(tmp_path / "marks.parquet").to_pylist()
        return {(row["person"], row["exercise"]): row for row in rows}, pq.read_table(tmp_path / "attempts.parquet").to_pylist()

    return join


class TestWhichCounts:
    """First, last, best and average, and how many."""

    @pytest.mark.parametrize(
        ("count", "most", "tries", "score", "attempts", "answer"),
        [
            ("first", 0, [PARTLY, WORST, BEST], 0.25, 3, "split"),
            ("last", 0, [PARTLY, BEST, WORST], 0, 3, "wait"),
            ("best", 0, [PARTLY, BEST, WORST], 1, 3, "six"),
            ("average", 0, [PARTLY, BEST, WORST], 1.25 / 3, 3, "wait"),
            ("last", 2, [PARTLY, WORST, BEST], 0, 3, "wait"),
            ("best", 2, [PARTLY, WORST, BEST], 0.25, 3, "split"),
            ("average", 2, [PARTLY, WORST, BEST], 0.125, 3, "wait"),
            ("first", 1, [WORST, BEST], 0, 2, "wait"),
            ("last", 1, [WORST, BEST], 0, 2, "wait"),
            ("last", 0, [BEST, BEST, BEST], 1, 1, "six"),
            ("last", 2, [WORST, WORST, BEST], 1, 2, "six"),
            ("average", 0, [WORST, WORST, WORST, BEST], 0.5, 2, "six"),
            ("average", 0, [WORST, BEST, WORST], 1 / 3, 3, "wait"),
            ("average", 0, [WORST, UNREAD, BEST], 0.5, 2, "six"),
            ("last", 0, [BEST, UNREAD], 1, 1, "six"),
            ("last", 0, [BEST, UNREAD, BEST], 1, 1, "six"),
            ("first", 0, [UNREAD, PARTLY, BEST], 0.25, 2, "split"),
            ("last", 1, [UNREAD, UNREAD, BEST], 1, 1, "six"),
            ("best", 0, [WORST], 0, 1, "wait"),
        ],
    )
    def test_table(self, joined, count, most, tries, score, attempts, answer):
        """The one that counts, how many there were, and whose answer a page shows. The unreadable are no attempts; the same
        saved twice in a row is one."""
        marks, _ = joined({"ada": {SAY: Tries(*tries)}}, count, most)
        mark = marks["ada", SAY]

        assert (mark["score"], mark["points"]) == pytest.approx((score, 2 * score))
        assert Fraction(mark["earned"], mark["averaged"] * mark["most"]) == Fraction(score).limit_denominator(12)
        assert ("graded", attempts, f'"{answer}"') == (mark["status"], mark["attempts"], mark["answer"])

    @pytest.mark.parametrize("count", ["first", "last", "best", "average"])
    def test_only_unreadable(self, joined, count):
        """Where nothing could be read there is no score, and no zero; what came is kept for the page."""
        marks, attempts = joined({"ada": {SAY: Tries(Raw('"y"'), UNREAD)}}, count)
        mark = marks["ada", SAY]

        assert tuple(mark[name] for name in ("status", "score", "points", "attempts", "answer")) == ("unreadable", None, None, 0, '"?z"')
        assert [(one["n"], one["counted"]) for one in attempts] == [(0, False)] * 2

    def test_best_takes_the_first_of_equals(self, joined):
        """A later answer of the same worth changes nothing, among them one with a higher number."""
        wrong = [{"flour": a, "rent": b, "oven": c} for a, b, c in (("changes", "changes", "stays"), ("changes", "stays", "changes"))]
        _, attempts = joined({"ada": {SORT: Tries(*wrong)}}, "best")

        assert [(one["n"], one["counted"]) for one in attempts] == [(1, True), (2, False)]

    def test_best_of_thousands(self, joined):
        """However many attempts there were, a better one is better."""
        marks, _ = joined({"ada": {SAY: Tries(*[WORST, PARTLY] * 1_500, BEST)}}, "best")

        assert (marks["ada", SAY]["score"], marks["ada", SAY]["attempts"]) == (1, 3001)

    @pytest.mark.parametrize(
        ("count", "answer"),
        [("first", "One text here"), ("last", "Three texts here"), ("best", "Three texts here"), ("average", "Three texts here")],
    )
    def test_texts(self, joined, count, answer):
        """A text has no score before a person marks it: under “best” and “average” the last one is the one to mark."""
        marks, attempts = joined({"ada": {NOTE: Tries("One text here", "Two texts here", "Three texts here")}}, count)
        mark = marks["ada", NOTE]

        assert ("needs marking", None, None, f'"{answer}"') == tuple(mark[name] for name in ("status", "score", "points", "answer"))
        assert [one["answer"] for one in attempts if one["counted"]] == [f'"{answer}"']
        assert mark["key"] == grading_sql.key_of(NOTE, f'"{answer}"')

    def test_the_same_text_of_two_learners_has_one_key(self, joined):
        """A mark names a text, whoever wrote it; the same text to another question is another."""
        marks, _ = joined({"ada": {NOTE: "Six trays came"}, "bo": {NOTE: "Six trays came"}})

        assert marks["ada", NOTE]["key"] == marks["bo", NOTE]["key"] != grading_sql.key_of(SAY, '"Six trays came"')


class TestMarked:
    """What a person decided."""

    def test_share_of_the_points(self, joined):
        """A text is worth the share that was given, nothing at level 0, and waits where nothing was decided."""
        keys = {person: (NOTE, grading_sql.key_of(NOTE, f'"{person} wrote this"')) for person in ("ada", "bo", "cy")}
        marks, _ = joined({person: {NOTE: f"{person} wrote this"} for person in keys}, marks={keys["ada"]: 0.625, keys["bo"]: 0.0})

        expected = {"ada": ("marked", 0.625, 2.5), "bo": ("marked", 0.0, 0.0), "cy": ("needs marking", None, None)}
        assert expected == {one: tuple(marks[one, NOTE][name] for name in ("status", "score", "points")) for one in keys}

    def test_a_mark_on_another_question(self, joined):
        """A key is that of one question only."""
        marks, _ = joined({"ada": {NOTE: "Six trays came"}}, marks={(SAY, grading_sql.key_of(NOTE, '"Six trays came"')): 1.0})

        assert marks["ada", NOTE]["status"] == "needs marking"

    def test_half_a_comparison_waits_for_a_person(self, joined, tiny, work):
        """A comparison that was not filled to the end is worth something where a person says so; it is never a silent zero."""
        exercise = tiny["shop/two-bills"]
        (half, *_) = exercise.samples().partly
        item = evolve(work.assignment.item[0], exercise=exercise.id, points=Fraction(2))
        assigned = evolve(work, assignment=evolve(work.assignment, item=(item,)), exercises={exercise.id: exercise})

        marks, _ = joined({"ada": {exercise.id: half}}, assigned=assigned)
        free = evolve(assigned, assignment=evolve(assigned.assignment, item=(evolve(item, points=Fraction(0)),)))
        kept, _ = joined({"ada": {exercise.id: half}}, assigned=free)

        assert marks["ada", exercise.id]["status"] == "needs marking"
        assert kept["ada", exercise.id]["status"] == "kept"


class TestNotAnswered:
    """What is not there."""

    def test_a_question_left_out_is_a_zero(self, joined):
        """Who handed in and left a question out has no points for it; a worksheet of one's own has none to give."""
        marks, _ = joined({"ada": {SAY: BEST}})

        assert tuple(marks["ada", OWED][name] for name in ("status", "score", "points", "answer", "attempts")) == (
            "not answered",
            0.0,
            0.0,
            None,
            0,
        )
        assert tuple(marks["ada", OWN][name] for name in ("status", "score", "points")) == ("not answered", None, None)

    def test_every_question_of_every_file_has_a_row(self, joined, work):
        """Also of a file without an answer; nobody else has one."""
        marks, _ = joined({"ada": {}, "bo": RIGHT}, people=["cy"])

        assert {(person, item.exercise) for person in ("ada", "bo") for item in work.assignment.item} == set(marks)

    def test_no_file_at_all(self, joined):
        """A class in which nobody handed in gives empty tables."""
        assert joined({}, people=["ada"]) == ({}, [])

    @pytest.mark.parametrize("row", [{"broken": 1}, {"read": 0, "answers": 3}, {"answers": 2}])
    def test_what_a_broken_file_does_not_say_is_no_zero(self, joined, row):
        """A question without an answer in a file with damaged or missing lines may have been answered there."""
        marks, _ = joined({"ada": {SAY: WORST}}, files={"ada": row})

        assert tuple(marks["ada", OWED][name] for name in ("status", "score", "points")) == ("unreadable", None, None)
        assert tuple(marks["ada", SAY][name] for name in ("status", "score", "points")) == ("graded", 0.0, 0.0)

    def test_own_worksheet(self, joined):
        """What a learner ticked is kept, not graded, and worth nothing."""
        marks, _ = joined({"ada": {OWN: {"client": "Q", "asked": "Why?"}}})

        assert tuple(marks["ada", OWN][name] for name in ("status", "score", "points")) == ("kept", None, None)

    def test_what_was_not_asked_is_no_attempt(self, joined):
        """An answer to another exercise is a line to look at and nothing else."""
        _, attempts = joined({"ada": {"quiz/none": Raw('"a"'), SAY: BEST}})

        assert [one["exercise"] for one in attempts] == [SAY]


class TestLateDays:
    """Days of 24 hours since the due date; a begun one counts whole. The quiz is due on 6 March 2026, 17:00 in Paris."""

    @pytest.mark.parametrize(
        ("handed_in", "days"),
        [
            (datetime(2026, 3, 6, 15, 59, 59, 999000, UTC), 0),
            (datetime(2026, 3, 6, 16, 0, 0, 0, UTC), 0),
            (datetime(2026, 3, 6, 16, 0, 0, 1000, UTC), 1),
            (datetime(2026, 3, 7, 16, 0, 0, 0, UTC), 1),
            (datetime(2026, 3, 7, 16, 0, 0, 1000, UTC), 2),
            (datetime(2026, 3, 7, 2, 0, 0, tzinfo=timezone(timedelta(hours=10))), 0),  # Brisbane: 16:00 in UTC on the 6th
            (datetime(2026, 3, 6, 10, 0, 1, tzinfo=timezone(timedelta(hours=-6))), 1),  # Chicago: one second late
            (datetime(2026, 3, 13, 16, 0, tzinfo=UTC), 7),
            (datetime(2199, 12, 31, tzinfo=UTC), 9999),  # a clock that is wrong breaks nothing
            (datetime(2000, 1, 1, tzinfo=UTC), 0),
        ],
    )
    def test_table(self, joined, handed_in, days):
        """To the millisecond, whatever zone the learner's clock is set to."""
        marks, _ = joined({"ada": {SAY: BEST}}, at={"ada": handed_in})

        assert {days} == {row["late_days"] for row in marks.values()}

    @pytest.mark.parametrize(
        ("due", "handed_in", "days"),
        [
            ("2026-03-28T17:00:00+01:00", "2026-03-29T17:00:00+02:00", 1),  # 23 hours later: the night in which an hour is left out
            ("2026-03-28T17:00:00+01:00", "2026-03-29T18:00:00+02:00", 1),
            ("2026-03-28T17:00:00+01:00", "2026-03-29T18:00:01+02:00", 2),
            ("2026-10-24T17:00:00+02:00", "2026-10-25T16:00:00+01:00", 1),
            ("2026-10-24T17:00:00+02:00", "2026-10-25T17:00:00+01:00", 2),  # 25 hours later
        ],
    )
    def test_when_the_clocks_change(self, joined, work, due, handed_in, days):
        """A due date names a moment and no town, so that a day has 24 hours in every week of the year."""
        assigned = evolve(work, assignment=evolve(work.assignment, due=datetime.fromisoformat(due)))
        marks, _ = joined({"ada": {SAY: BEST}}, assigned=assigned, at={"ada": datetime.fromisoformat(handed_in)})

        assert marks["ada", SAY]["late_days"] == days


class TestReading:
    """What comes out beside the marks."""

    def test_problems_are_in_order(self, tmp_path, work):
        """Each answer that was not graded has its file, its line and its reason."""
        folder = collect(
            tmp_path / "collected", work, {"bo": {SAY: UNREAD}, "ada": {"quiz/none": Raw("1"), OWED: Raw('"84"', "0" * 12), SAY: BEST}}
        )
        keys = AnswerKeys([work])
        with grading_sql.connect(tmp_path, "500MB") as con:
            grading_sql.grade_distinct(con, folder, keys, keys.scale({}), tmp_path / "graded.parquet")
            grading_sql.join(con, folder, tmp_path / "graded.parquet", work, keys.scale({}), {}, tmp_path)
            found = [row[:5] for row in grading_sql.answer_problems(con)]

        assert found == [
            ("ada.coursekit.jsonl", 2, "ada", "quiz/none", "not asked"),
            ("ada.coursekit.jsonl", 3, "ada", OWED, "unreadable"),
            ("bo.coursekit.jsonl", 2, "bo", SAY, "unreadable"),
        ]

    def test_many_learners_and_batches(self, tmp_path, work, monkeypatch):
        """Each distinct answer is graded once, in batches of any size, and everybody gets theirs."""
        monkeypatch.setattr(grading_sql, "BATCH", 7)
        asked, told = [], []
        keys = AnswerKeys([work])
        monkeypatch.setattr(AnswerKeys, "grade", lambda self, *what, grade=AnswerKeys.grade: asked.append(what) or grade(self, *what))
        folder = collect(tmp_path / "collected", work, {f"p{n:03}": {OWED: str(84 + n % 50), SAY: BEST} for n in range(200)})

        with grading_sql.connect(tmp_path, "500MB") as con:
            assert grading_sql.count_distinct(con, folder) == pytest.approx(51, rel=0.2)
            grading_sql.grade_distinct(con, folder, keys, keys.scale({}), tmp_path / "graded.parquet", told.append)
            grading_sql.join(con, folder, tmp_path / "graded.parquet", work, keys.scale({}), {}, tmp_path)
        rows = pq.read_table(tmp_path / "marks.parquet").to_pylist()

        assert (len(asked), sum(told)) == (51, 51)
        assert {row["person"] for row in rows if row["exercise"] == OWED and row["score"] == 1} == {f"p{n:03}" for n in range(0, 200, 50)}
        assert [row["person"] for row in rows] == sorted(row["person"] for row in rows)

    def test_paths_with_quotes(self, tmp_path, work):
        """A folder may have any name."""
        inside = tmp_path / 'it\'s "ours"; DROP'
        inside.mkdir()
        folder, keys = collect(inside / "collected", work), AnswerKeys([work])
        with grading_sql.connect(inside, "500MB") as con:
            grading_sql.grade_distinct(con, folder, keys, keys.scale({}), inside / "graded.parquet")
            grading_sql.join(con, folder, inside / "graded.parquet", work, keys.scale({}), {}, inside)

        assert pq.read_table(inside / "marks.parquet").num_rows == len(work.assignment.item)

    def test_unfit_memory(self, tmp_path):
        """A size that is none is an error of the database at once."""
        with pytest.raises(duckdb.Error):
            grading_sql.connect(tmp_path, "abc")


def test_start_is_before_the_due_date(work):
    """What the tests hand in without a time is in time."""
    assert START + timedelta(hours=2) < work.assignment.due
