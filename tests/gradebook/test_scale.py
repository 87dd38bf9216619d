"""Points: read as decimals, summed exactly, compared unrounded, rounded once half up where a person reads them."""

import csv
import json
import shutil
from contextlib import contextmanager
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from collected import START, Tries, collect
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import BadAssignment, BadInput
from coursekit.gradebook.assignment import from_json, read_assignment
from coursekit.gradebook.grade.grade import grade
from coursekit.gradebook.grade.grading_sql import key_of
from coursekit.gradebook.marks import Act, MarkLog
from coursekit.gradebook.scale import scale
from coursekit.gradebook.statistics.item_statistics import read_results, totals
from coursekit.model.grading import grade as graded

TINY = Path(__file__).parents[1] / "tiny_course" / "exercises"
LATE = '[late]\nrule = "per-day"\npercent = '
AVERAGE = '[attempts]\ncount = "average"\n'
TEXT = "Six trays came on 3 March"


def picks(right, *, options=3):
    """A multiple choice of so many right options, and an answer that takes `right` of them: (TOML, answer)."""
    lines = [f'[[option]]\nid = "r{n}"\ntext = "R{n}"\nwhy = "W"\nright = true' for n in range(options)]
    lines += [f'[[option]]\nid = "w{n}"\ntext = "W{n}"\nwhy = "W"\nmisconception = "M01"' for n in range(options)]
    return "\n".join(['kind = "multiple-choice"', *lines]), [f"r{n}" for n in range(right)] or ["w0"]


def credit(worth):
    """A single choice, and an answer that takes an option of that credit, as it is written."""
    lines = ['[[option]]\nid = "a"\ntext = "A"\nwhy = "W"\nright = true', f'[[option]]\nid = "b"\ntext = "B"\nwhy = "W"\ncredit = {worth}']
    return "\n".join(['kind = "single-choice"', *lines]), "b"


def sort(right, items=7):
    """A sorting of so many items, and an answer that puts `right` of them where they belong."""
    lines = [f'[[bucket]]\nid = "{id}"\ntext = "{id}"' for id in ("in", "out")]
    lines += [f'[[item]]\nid = "i{n}"\ntext = "I{n}"\nbucket = "in"\nwhy = "W"\nmisconception = "M01"' for n in range(items)]
    return "\n".join(['kind = "sorting"', *lines]), {f"i{n}": "in" if n < right else "out" for n in range(items)}


def text(*levels):
    """A text whose criteria persons marked at these levels, one a marker."""
    anchors = [f'[[anchor]]\nlevel = {level}\ntext = "Some words here"\nwhy = "W"' for level in (1, 2, 3, 4)]
    return "\n".join(['kind = "short-text"', '[[criterion]]\nid = "fact"\ntext = "F"', *anchors]), levels


class Quiz:
    """An assignment on disk, of (exercise, points) pairs, and what a learner gets for it."""

    def __init__(self, folder, asked, about=""):
        self.folder, self.answers, self.levels, items = folder, {}, {}, []
        self.path = folder / "assignments" / "quiz.toml"
        (folder / "assignments" / "quiz").mkdir(parents=True)
        for name in ("misconceptions.toml", "frameworks.toml"):
            shutil.copy(TINY / name, folder)
        for number, ((toml, answer), points) in enumerate(asked):
            id = f"quiz/q{number}"
            title = f'title = "Q{number}"\nobjective = "shop.decide"\nrole = "graded"\nprompt = "?"\n'
            (folder / "assignments" / f"{id}.toml").write_text(title + toml, encoding="utf-8")
            items.append(f'[[item]]\nexercise = "{id}"\npoints = {points}\n')
            marked = isinstance(answer, tuple)
            self.answers[id] = f"{TEXT} {number}" if marked else answer
            self.levels |= {id: answer} if marked else {}
        self.path.write_text(f'title = "Q"\ndue = 2026-03-06T17:00:00+01:00\n{about}\n{"".join(items)}', encoding="utf-8")

    def work(self):
        """The assignment as it is read."""
        return read_assignment(self.path)

    def rows(self, handed, **more):
        """The rows of grades.csv; `handed` is {person: {exercise: answer}}."""
        out = self.folder / "out"
        folder = collect(self.folder / "in", self.work(), handed, **more)
        for id, levels in self.levels.items():
            key = key_of(id, json.dumps(self.answers[id]))
            for number, level in enumerate(levels):
                MarkLog(out, f"m{number}").record([Act("mark", START, id, key, "fact", level)])
        grade(folder, self.path, out, START, quiet)
        with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def row(self, answers=None, **more):
        """The row of a learner who answered so."""
        (row,) = self.rows({"ada": self.answers if answers is None else answers}, **more)
        return row


@contextmanager
def quiet(name, size):
    """Steps that say nothing."""
    yield lambda count: None


@pytest.mark.parametrize(
    ("about", "asked", "total", "percent", "passed"),
    [
        ("pass_percent = 50", [(picks(1), 1)] * 3 + [(picks(3), 1)], "2", "50", "yes"),
        ("pass_percent = 60", [(picks(1), 1)] * 3 + [(picks(3), 1)] * 2, "3", "60", "yes"),
        ("pass_percent = 60.01", [(picks(1), 1)] * 3 + [(picks(3), 1)] * 2, "3", "60", "no"),
        ("pass_percent = 100", [(picks(3), 0.005)], "0.01", "100", "yes"),
        ("pass_percent = 100", [(picks(2), 0.005)], "0", "66.67", "no"),
        ("pass_percent = 30", [(picks(3), 0.1), (picks(3), 0.2), (picks(0), 0.7)], "0.3", "30", "yes"),
        ("pass_percent = 80", [(picks(3), 0.7), (picks(3), 0.1), (picks(0), 0.2)], "0.8", "80", "yes"),
        ("pass_percent = 33.333", [(picks(1), 1)], "0.33", "33.33", "yes"),
        ("pass_percent = 33.334", [(picks(1), 1)], "0.33", "33.33", "no"),
        ("pass_percent = 49.995", [(sort(4, 8), 0.9999), (picks(0), 0.0001)], "0.5", "50", "yes"),  # 49.995 % exactly
        ("pass_percent = 50", [(sort(4, 8), 0.9999), (picks(0), 0.0001)], "0.5", "50", "no"),  # printed 50, and is less
        ("", [(sort(1, 8), 1)], "0.13", "12.5", ""),  # half up, not to even
        ("", [(sort(3, 8), 1)], "0.38", "37.5", ""),
        ("", [(sort(1, 7), 1)] * 7, "1", "14.29", ""),
        ("", [(picks(1), 0.5)] * 3, "0.5", "33.33", ""),
        ("", [(credit("0.333"), 1)] * 3, "1", "33.3", ""),  # 0.999
        ("", [(credit("0.1"), 0.1)] * 3, "0.03", "10", ""),
        ("pass_percent = 35", [(credit("0.35"), 1)] * 20, "7", "35", "yes"),
        ("pass_percent = 50", [(picks(1), 1), (text(2), 1), (picks(2), 1)], "1.5", "50", "yes"),
        ("pass_percent = 50", [(picks(1), 3), (text(2, 2, 3), 4), (sort(1, 6), 4)], "4", "36.36", "no"),  # 1 + 4 × 7/12 + 2/3
        ("pass_percent = 58.333", [(text(2, 2, 3), 1)], "0.58", "58.33", "yes"),
        ("pass_percent = 50", [(picks(3), 1), (picks(0), 1), (picks(1), 0)], "1", "50", "yes"),  # one without points
        ("pass_percent = 50", [(picks(3), 0)], "0", "", ""),
    ],
)
def test_examples(tmp_path, about, asked, total, percent, passed):
    """What is printed is the exact total and its percentage rounded half up; passing is decided by the exact one."""
    row = Quiz(tmp_path, asked, about).row()

    assert (total, percent, passed) == (row["total"], row["percent"], row["passed"])


@pytest.mark.parametrize(
    ("percent", "days", "asked", "total", "share"),
    [
        ("10", 3, [(picks(3), 1)], "0.7", "70"),  # 1 - 0.3 is less than 0.7 where it is binary
        ("0.1", 1, [(picks(1), 1)], "0.33", "33.3"),
        ("33.3", 3, [(picks(3), 1)], "0", "0.1"),  # 0.001
        ("50", 1, [(picks(3), "0.01")], "0.01", "50"),  # 0.005
        ("50", 1, [(picks(1), 1)] * 3, "0.5", "16.67"),
    ],
)
def test_late(tmp_path, percent, days, asked, total, share):
    """What lateness costs is taken off the exact sum, and rounded with it."""
    quiz = Quiz(tmp_path, asked, LATE + percent)
    row = quiz.row(at={"ada": quiz.work().assignment.due + timedelta(days=days)})

    assert (total, share) == (row["total"], row["percent"])


@pytest.mark.parametrize(
    ("tries", "total"),
    [((1, 2), "0.5"), ((1, 2, 3), "0.67"), ((1, 3, 2, 3, 2, 3, 3), "0.78"), ((0, 1, 0, 1, 0, 1, 0), "0.14")],
)
def test_an_average(tmp_path, tries, total):
    """The mean of several answers is as exact as one of them, whatever their number."""
    quiz = Quiz(tmp_path, [(picks(3), 1)], AVERAGE)

    assert quiz.row({"quiz/q0": Tries(*(picks(right)[1] for right in tries))})["total"] == total


decimals = st.integers(0, 4).flatmap(lambda places: st.integers(0, 3 * 10**places).map(lambda n: Decimal(n).scaleb(-places)))
questions = st.one_of(st.tuples(st.just(credit), decimals.filter(lambda worth: worth < 1)), st.tuples(st.just(sort), st.integers(1, 12)))
draws = st.tuples(*[st.integers(0, 12)] * 6)  # what each of six learners makes of a question


def half_up(value):
    """A fraction as it is to be printed."""
    shown = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{shown.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")


def answer(kind, about, draw):
    """(an answer, its exact score)."""
    if kind is credit:
        return ("a", Fraction(1)) if draw % 2 else ("b", Fraction(about))
    right = draw % (about + 1)
    return sort(right, about)[1], Fraction(right, about)


@settings(max_examples=12)
@given(asked=st.lists(st.tuples(questions, decimals, draws), min_size=1, max_size=9), mark=decimals.map(lambda share: share * 33))
def test_any_points(tmp_path_factory, asked, mark):
    """For any items, points and credits: printed is the exact sum rounded half up, its exact share decides, and the database sums
    the same as Python does."""
    made = [(credit(about) if kind is credit else sort(0, about), points) for (kind, about), points, _ in asked]
    quiz = Quiz(tmp_path_factory.mktemp("any"), made, f"pass_percent = {mark}")
    given_ = {f"p{n}": {f"quiz/q{q}": answer(*one, draw[n]) for q, (one, _, draw) in enumerate(asked)} for n in range(6)}
    work, worth = quiz.work(), {f"quiz/q{q}": Fraction(points) for q, (_, points, _) in enumerate(asked)}
    rows = quiz.rows({person: {id: raw for id, (raw, _) in all_.items()} for person, all_ in given_.items()})
    marks = pq.read_table(quiz.folder / "out" / "marks.parquet").to_pylist()
    most = sum(worth.values())

    for row in rows:
        mine = given_[row["person"]]
        total = sum(score * worth[id] for id, (_, score) in mine.items())
        assert total == sum(graded(work.exercises[id], raw).score * worth[id] for id, (raw, _) in mine.items())
        assert row["total"] == row["so_far"] == half_up(total)
        assert not most or row["percent"] == half_up(100 * total / most)
        assert not most or row["passed"] == ("yes" if 100 * total >= Fraction(mark) * most else "no")
        own = [one for one in marks if one["person"] == row["person"]]
        assert total * sum(one["most"] for one in own) == most * sum(one["earned"] for one in own)


def test_questions_of_too_many_sizes(tmp_path):
    """Sixteen sortings of 2, 3, 5 … 53 lines have no common fraction that a database can sum: refused before it is released."""
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53]
    with pytest.raises(BadAssignment, match=r"no common fraction of at most 18 digits\. Choose points and credits with fewer decimals"):
        Quiz(tmp_path, [(sort(1, size), 1) for size in primes]).work()


def test_a_score_between_two_steps():
    """No score is counted as another one: a kind that says its steps wrongly is an error."""
    counted = scale({"q": Fraction(1, 2)}, {"q": 4})

    assert (counted.unit, counted.worth["q"], counted.reached("q", Fraction(3, 4))) == (8, 1, 3)
    with pytest.raises(ValueError, match="q: the score 1/3 is no whole number of the 4 steps"):
        counted.reached("q", Fraction(1, 3))


def test_more_markers_than_the_unit_allows(tmp_path):
    """Where the questions leave little room, and 43 and 47 persons marked a text: a sentence, and no wrong sum."""
    sizes = [11, 13, 17, 19, 23, 29, 31, 37, 41]
    quiz = Quiz(tmp_path, [*((sort(1, size), 1) for size in sizes), (text(*[2] * 42, 3), 4), (text(*[2] * 46, 3), 4)])

    with pytest.raises(BadInput, match="too fine to be summed exactly"):
        quiz.row()


def test_a_folder_of_an_older_version_is_graded_again(tmp_path):
    """Its table does not say exactly what was reached: the statistics say so, in a sentence."""
    quiz = Quiz(tmp_path, [(picks(1), 1)])
    quiz.row()
    marks = tmp_path / "out" / "marks.parquet"
    pq.write_table(pq.read_table(marks).drop_columns(["earned", "averaged", "most"]), marks)

    with pytest.raises(BadInput, match="Run coursekit grade again"):
        read_results(tmp_path / "out")


def test_points_come_back_from_a_graded_folder(tmp_path):
    """The assignment that lies beside the grades has the decimals that were written, and the statistics count with the same units."""
    about = "pass_percent = 33.3\n" + LATE + "0.7"
    quiz = Quiz(tmp_path, [(picks(3), "0.1"), (picks(3), "0.2"), (picks(0), "0.7")], about)
    quiz.rows(dict.fromkeys(("ada", "bo", "cy", "di", "eve"), quiz.answers))
    again = from_json((tmp_path / "out" / "assignment.json").read_text(encoding="utf-8"), tmp_path).assignment

    assert [item.points for item in again.item] == [Fraction(1, 10), Fraction(1, 5), Fraction(7, 10)]
    assert (again.points, again.pass_percent, again.late.percent) == (1, Fraction(333, 10), Fraction(7, 10))
    assert totals(read_results(tmp_path / "out").marks)["learners"].tolist() == [0, 0, 0, 5, 0, 0, 0, 0, 0, 0]
