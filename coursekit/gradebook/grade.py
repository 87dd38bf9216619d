"""From a collected folder to grades, marks, feedback pages and a list of what could not be read.

Everything is worked out again from the raw answers: a score that a file claims counts for nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
from attrs import frozen

from ..errors import BadInput
from ..wording import say
from . import book, markers, sheet
from .assignment import Work, as_json, read, rubric
from .feedback import Marked, Pages, Question
from .grades import STATUSES, Row, rows
from .keys import Keys
from .outputs import Outputs, stamp, write
from .summary import summary

FILES = ("assignment.json", "attempts.parquet", "marks.parquet", "grades.csv", "problems.csv", "people.csv", "feedback", "summary.md")
PROBLEMS = ("file", "line", "person", "exercise", "severity", "what", "why", "do")
Steps = Callable[[str, int], Any]  # a context manager for the step of that name and size, whose value is called with each advance


@frozen
class Result:
    """What a run found: learners by status, and lines of problems.csv by severity; `fresh` is False where all was done."""

    statuses: dict[str, int]
    problems: int
    notices: int
    fresh: bool = True

    @property
    def ok(self) -> bool:
        """Whether everything could be read."""
        return not self.problems and not self.statuses.get("unreadable")


def grade(
    collected: Path,
    assignment: Path,
    out: Path,
    now: datetime,
    steps: Steps,
    *,
    keys: Iterable[Path] = (),
    memory: str = "2GB",
    force: bool = False,
    feedback: bool = True,
) -> Result:
    """Grade what was collected into the folder `out`.

    `keys` are the assignment files of earlier versions, whose wordings some answers belong to. Raises BadAssignment, or
    BadInput where a folder cannot be used. A run that was broken off goes on where it was.
    """
    if not (collected / "collected.json").is_file():
        raise BadInput(say("graded.not_collected", folder=collected))
    works = [read(path) for path in (assignment, *keys)]
    work = works[0]
    asked = work.assignment.feedback
    due = feedback and asked.show != "none" and (asked.after is None or now >= asked.after)
    outputs = Outputs(out, stamp(collected, (one.digest for one in works), out, f"feedback {due}"))
    if not outputs.open(force):
        return _known(out)
    try:
        with book.connect(outputs.work, memory) as con:
            run = _Run(con, collected, out, outputs.work, work, Keys(works), steps)
            result = run.all(due)
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise BadInput(say("graded.database", error=str(error).splitlines()[0])) from None
    outputs.publish(FILES, {"statuses": result.statuses, "problems": result.problems, "notices": result.notices})
    return result


def _known(out: Path) -> Result:
    from .outputs import graded

    run = graded(out)
    return Result(run["statuses"], run["problems"], run["notices"], fresh=False)


@frozen
class _Run:
    """One run: each step leaves a whole file in `work`, and is left out where that file is there already."""

    con: duckdb.DuckDBPyConnection
    collected: Path
    out: Path
    work: Path
    assigned: Work
    keys: Keys
    steps: Steps

    def all(self, feedback: bool) -> Result:
        """Every step, in order."""
        graded = self.work / "graded.parquet"
        if not graded.exists():
            with self.steps("grade", book.count_distinct(self.con, self.collected)) as done:
                book.grade_distinct(self.con, self.collected, self.keys, graded, done)
        with self.steps("join", 1) as done:
            book.join(self.con, self.collected, graded, self.assigned, self._decided(), self.work)
            done(1)
        people = sheet.read(self.collected / "people.csv").rows
        found = list(rows(self.assigned.assignment, [one["person"] for one in people], self._results()))
        names = {one["person"]: one["name"] or one["person"] for one in people}
        self._grades(found, {one["person"]: one for one in people})
        severities = self._problems()
        if feedback:
            with self.steps("feedback", len(found)) as done:
                self._feedback({row.person: row for row in found}, names, done)
        write(self.work / "assignment.json", as_json(self.assigned))
        (self.work / "people.csv").write_bytes((self.collected / "people.csv").read_bytes())
        statuses = {status: count for status in STATUSES if (count := sum(row.status == status for row in found))}
        result = Result(statuses, severities["problem"], severities["notice"])
        write(
            self.work / "summary.md", summary(self.assigned.assignment, found, result.problems, result.notices, self._to_mark(), feedback)
        )
        return result

    def _decided(self) -> dict[str, float]:
        """{key of a text: share of the points} where each criterion of its question has a level."""
        levels = markers.decided(self.out)
        keys = {key for key, _ in levels}
        shares: dict[str, float] = {}
        for item in self.assigned.assignment.item:
            criteria = rubric(item, self.assigned.exercises[item.exercise])
            whole = sum(one.weight for one in criteria)
            for key in keys:
                given = [levels.get((key, one.id)) for one in criteria]
                if all(level is not None for level in given):
                    shares[key] = sum(one.weight * level / 4 for one, level in zip(criteria, given, strict=True)) / whole
        return shares

    def _results(self) -> dict[str, dict[str, Any]]:
        """What `grades.rows` needs of each learner who handed something in."""
        found: dict[str, dict[str, Any]] = {}
        for one in sheet.read(self.collected / "matches.csv").rows:
            if one["outcome"] == "unreadable" and one["person"]:
                found[one["person"]] = {"statuses": ()}
        self.con.execute("SELECT person, epoch_ms(max(handed_in)), bool_or(broken > 0 OR read < answers) FROM files GROUP BY person")
        times = {person: (handed_in, broken) for person, handed_in, broken in self.con.fetchall()}
        self.con.execute(book.BY_PERSON)
        while batch := self.con.fetchmany(2_000):
            for person, points, statuses, late_days, attempts, least in batch:
                handed_in, broken = times[person]
                found[person] = {
                    "points": points,
                    "statuses": tuple(statuses),
                    "late_days": late_days,
                    "attempts": attempts,
                    "least_reached": least,
                    "handed_in": datetime.fromtimestamp(handed_in / 1000, UTC),  # DuckDB would need pytz for a time with a zone
                    "broken": broken,
                }
        return found

    def _grades(self, found: list[Row], people: dict[str, dict[str, str]]) -> None:
        items = self.assigned.assignment.item
        asked = [number for number, item in enumerate(items) if item.points]
        columns = [
            "person",
            "name",
            "email",
            *(items[number].exercise for number in asked),
            "total",
            "so_far",
            "percent",
            "passed",
            "late",
            "attempts",
            "status",
        ]
        sheet.write(self.work / "grades.csv", columns, (_cells(row, asked, people[row.person]) for row in found))

    def _problems(self) -> Counter[str]:
        severities: Counter[str] = Counter()

        def lines() -> Iterator[dict[str, Any]]:
            for one in (*self._collected_problems(), *self._answer_problems(), *self._marking_problems()):
                severities[one["severity"]] += 1
                yield one

        sheet.write(self.work / "problems.csv", PROBLEMS, lines())
        return severities

    def _collected_problems(self) -> Iterator[dict[str, Any]]:
        yield from sheet.read(self.collected / "problems.csv").rows

    def _answer_problems(self) -> Iterator[dict[str, Any]]:
        for file, line, person, exercise, status, why in book.answer_problems(self.con):
            severity, key = ("notice", "stray") if status == "not asked" else ("problem", "unreadable")
            what, do = say(f"graded.{key}"), say(f"graded.{key}_do")
            yield dict(zip(PROBLEMS, (file, line, person, exercise, severity, what, why, do), strict=True))

    def _marking_problems(self) -> Iterator[dict[str, Any]]:
        for one in markers.problems(self.out):
            what, do = say("graded.mark_unread"), say("graded.mark_unread_do")
            yield dict(zip(PROBLEMS, (one.file, one.line, "", "", "problem", what, one.text, do), strict=True))

    def _feedback(self, found: dict[str, Row], names: dict[str, str], done: Callable[[int], Any]) -> None:
        """One page a learner who handed in something that could be read; a page that is there already stays."""
        folder = self.work / "feedback"
        folder.mkdir(exist_ok=True)
        pages = Pages(self.assigned.assignment, self.assigned.exercises)
        levels, comments = markers.decided(self.out), markers.comments(self.out)
        for person, questions in self._questions():
            path = folder / file_name(person)
            if not path.exists():
                asked = [self._question(*one, levels, comments) for one in questions]
                write(path, pages.page(found[person], names[person], asked))
            done(1)

    def _questions(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """(person, their questions in order), read in portions."""
        cursor = self.con.cursor()
        marks = book.quoted(self.work / "marks.parquet")
        cursor.execute(f"SELECT person, exercise, status, points, max_points, answer, key FROM read_parquet({marks})")  # written in order

        def each() -> Iterator[tuple[Any, ...]]:
            while batch := cursor.fetchmany(5_000):
                yield from batch

        for person, group in groupby(each(), key=lambda row: row[0]):
            yield person, [row[1:] for row in group]

    def _question(
        self, exercise: str, status: str, points: Any, most: float, answer: Any, key: Any, levels: Any, comments: Any
    ) -> Question:
        if status not in ("marked", "needs marking"):
            return Question(exercise, status, points, most, answer)
        item = next(item for item in self.assigned.assignment.item if item.exercise == exercise)
        criteria = rubric(item, self.assigned.exercises[exercise])
        marked = Marked({one.id: levels.get((key, one.id)) for one in criteria}, tuple(comments.get(key, ())))
        return Question(exercise, status, points, most, answer, criteria, marked)

    def _to_mark(self) -> int:
        """How many distinct texts no person has marked to the end."""
        return self.con.execute("SELECT count(DISTINCT key) FROM marks WHERE status = 'needs marking'").fetchall()[0][0]


def _cells(row: Row, asked: list[int], person: dict[str, str]) -> list[Any]:
    passed = "" if row.passed is None else "yes" if row.passed else "no"
    sums = [_short(value) for value in (*(row.points[number] for number in asked), row.total, row.so_far, row.percent)]
    return [row.person, person["name"], person["email"], *sums, passed, row.late_days, row.attempts, row.status]


def _short(value: float | None) -> float | int | None:
    """2 and not 2.0, in a table that people read."""
    return int(value) if value is not None and value == int(value) else value


def file_name(person: str) -> str:
    """The name of a learner's page: their id, with whatever a file system could take otherwise written as %xx."""
    return quote(person, safe=" @+,=").replace(".", "%2E") + ".html"
