"""From a collected folder to grades, marks, feedback pages and a list of what could not be read.

Everything is worked out again from the raw answers: a score that a file claims counts for nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from attrs import frozen

from ...errors import BadInput, NotWritten
from ...files import write
from ...model.points import rounded
from ...wording import language, say
from .. import marks
from ..assignment import Item, Work, added_up, as_json, read_assignment, rubric
from ..collect import collected_folder
from ..csv_files import short_number, write_csv
from ..problem_lines import COLUMNS, ProblemLine, notice, problem
from ..progress_bar import Steps
from ..scale import Scale
from . import grading_sql
from .answer_keys import AnswerKeys, Decided
from .feedback import FeedbackPages, Marked, Question
from .graded_folder import Outputs, file_names, graded, stamp
from .summary import summary
from .totals import STATUSES, LearnerTotal, learner_totals

FILES = ("assignment.json", "attempts.parquet", "marks.parquet", "grades.csv", "problems.csv", "people.csv", "feedback", "summary.md")
Levels = dict[marks.Mark, Fraction | None]


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
    feedback: bool | None = None,
) -> Result:
    """Grade what was collected into the folder `out`.

    `keys` are the assignment files of earlier versions, whose wordings some answers belong to. `feedback` says whether pages
    are written; None leaves it to the assignment and the day. Raises BadAssignment, or
    BadInput where a folder cannot be used. A run that was broken off goes on where it was.
    """
    collected_folder.check(collected)
    if out.resolve() == collected.resolve():
        raise BadInput(say("graded.same_folder", folder=out))
    works = [read_assignment(path) for path in (assignment, *keys)]
    asked = works[0].assignment.feedback
    shown = asked.show != "none"
    after = asked.after if feedback is None and shown and asked.after is not None and now < asked.after else None
    pages = shown and after is None if feedback is None else feedback
    try:
        outputs = Outputs(out, stamp(collected, (one.digest for one in works), out, f"pages {pages} {after} {language()}"))
        if not outputs.open(force):
            run = graded(out)
            return Result(run["statuses"], run["problems"], run["notices"], fresh=False)
        with grading_sql.connect(outputs.work, memory) as con:
            result = _Run(con, collected, outputs, works[0], AnswerKeys(works), steps, pages, after).all()
        outputs.publish(FILES, {"statuses": result.statuses, "problems": result.problems, "notices": result.notices})
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.OutOfMemoryException as error:
        raise BadInput(say("graded.memory", memory=memory, error=_line(error))) from None
    except duckdb.IOException as error:
        raise NotWritten(say("graded.database", folder=collected, error=_line(error))) from None
    except (duckdb.Error, pa.ArrowException) as error:
        raise BadInput(say("graded.database", folder=collected, error=_line(error))) from None
    except OSError as error:
        raise NotWritten(say("graded.not_written", folder=out, error=error.strerror or _line(error))) from None
    return result


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]


@frozen
class _Run:
    """One run: each step leaves a whole file in `work`, and is left out where that file is there already."""

    con: duckdb.DuckDBPyConnection
    collected: Path
    outputs: Outputs
    assigned: Work
    keys: AnswerKeys
    steps: Steps
    pages: bool
    after: datetime | None  # until when pages are held back

    @property
    def work(self) -> Path:
        """Where everything is written."""
        return self.outputs.work

    def all(self) -> Result:
        """Every step, in order."""
        graded, out = self.work / "graded.parquet", self.outputs.folder
        levels, comments = marks.decided(out), marks.comments(out)
        decided = self._decided(levels)
        scale = self.keys.scale(decided)
        if not scale.fits(added_up(self.assigned.assignment)):
            raise BadInput(say("grade.too_fine"))
        if not graded.exists():
            with self.steps("grade", grading_sql.count_distinct(self.con, self.collected)) as done:
                grading_sql.grade_distinct(self.con, self.collected, self.keys, scale, graded, done)
        with self.steps("join", 1) as done:
            grading_sql.join(self.con, self.collected, graded, self.assigned, scale, decided, self.work)
            done(1)
        people, results = collected_folder.people(self.collected), self._results()
        strangers = sorted(results.keys() - {one["person"] for one in people})
        people += [{"person": person, "name": "", "email": ""} for person in strangers]
        found = list(learner_totals(self.assigned.assignment, scale, [one["person"] for one in people], results))
        self._grades(found, {one["person"]: one for one in people})
        severities = self._problems(strangers)
        if self.pages:
            with self.steps("feedback", len(results)) as done:
                self._feedback(found, {one["person"]: one["name"] or one["person"] for one in people}, scale, levels, comments, done)
        write(self.work / "assignment.json", as_json(self.assigned))
        write(self.work / "people.csv", (self.collected / "people.csv").read_bytes())
        statuses = {status: count for status in STATUSES if (count := sum(row.status == status for row in found))}
        result = Result(statuses, severities["problem"], severities["notice"])
        told = summary(self.assigned.assignment, found, result.problems, result.notices, self._to_mark(), self.pages, self.after)
        write(self.work / "summary.md", told)
        return result

    def _decided(self, levels: Levels) -> Decided:
        """{(exercise, key of a text): share of the points} where each criterion of the question has a level."""
        keys = {key for key, _ in levels}
        shares: Decided = {}
        for item in self.assigned.assignment.item:
            criteria = rubric(item, self.assigned.exercises[item.exercise])
            whole = sum(one.weight for one in criteria)
            for key in keys:
                weighed = [one.weight * level / 4 for one in criteria if (level := levels.get((key, one.id))) is not None]
                if len(weighed) == len(criteria):
                    shares[item.exercise, key] = sum(weighed, Fraction(0)) / whole
        return shares

    def _results(self) -> dict[str, dict[str, Any]]:
        """What `learner_totals` needs of each learner who handed something in."""
        unreadable = collected_folder.unreadable(self.collected)
        found: dict[str, dict[str, Any]] = {person: {"statuses": ()} for person in unreadable}
        self.con.execute("SELECT person, epoch_ms(max(handed_in)), bool_or(broken > 0 OR read < answers) FROM files GROUP BY person")
        times = {person: (handed_in, broken) for person, handed_in, broken in self.con.fetchall()}
        self.con.execute(grading_sql.BY_PERSON)
        while batch := self.con.fetchmany(2_000):
            for person, reached, averaged, statuses, late_days, attempts in batch:
                handed_in, broken = times[person]
                found[person] = {
                    "reached": reached,
                    "averaged": averaged,
                    "statuses": tuple(statuses),
                    "late_days": late_days,
                    "attempts": attempts,
                    "handed_in": datetime.fromtimestamp(handed_in / 1000, UTC),  # DuckDB would need pytz for a time with a zone
                    "broken": broken or person in unreadable,
                }
        return found

    def _grades(self, found: list[LearnerTotal], people: dict[str, dict[str, str]]) -> None:
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
        write_csv(self.work / "grades.csv", columns, (_cells(row, asked, people[row.person]) for row in found))

    def _problems(self, strangers: Iterable[str]) -> Counter[str]:
        severities: Counter[str] = Counter()

        def rows() -> Iterator[Mapping[str, Any] | Sequence[Any]]:
            for told in collected_folder.problems(self.collected):
                severities[told["severity"]] += 1
                yield told
            for one in chain(self._unlisted(strangers), self._answer_problems(), self._marking_problems()):
                severities[one.severity] += 1
                yield one.row

        write_csv(self.work / "problems.csv", COLUMNS, rows())
        return severities

    def _unlisted(self, strangers: Iterable[str]) -> Iterator[ProblemLine]:
        return (problem("unlisted", "people.csv", person=person) for person in strangers)

    def _answer_problems(self) -> Iterator[ProblemLine]:
        for file, line, person, exercise, status, why in grading_sql.answer_problems(self.con):
            make, kind = (notice, "stray") if status == "not asked" else (problem, "unreadable_answer")
            yield make(kind, file, line, person, exercise, why=why)

    def _marking_problems(self) -> Iterator[ProblemLine]:
        for one in marks.problems(self.outputs.folder):
            file = Path(one.file).relative_to(self.outputs.folder).as_posix()  # the same wherever the folder lies
            yield problem("unread_mark", file, one.line, why=one.text)

    def _feedback(
        self,
        found: list[LearnerTotal],
        names: dict[str, str],
        scale: Scale,
        levels: Levels,
        comments: dict[str, list[str]],
        done: Callable[[int], Any],
    ) -> None:
        """One page a learner who handed in something that could be read; a page that is there already stays."""
        folder, by_person = self.work / "feedback", {row.person: row for row in found}
        folder.mkdir(exist_ok=True)
        pages, files = FeedbackPages(self.assigned.assignment, self.keys.exercise), file_names(names)
        for person, questions in self._questions():
            path = folder / files[person]
            if not path.exists() or not path.stat().st_size:  # an empty one is what a power cut left
                each = zip(self.assigned.assignment.item, questions, strict=True)
                asked = [self._question(item, one, scale, levels, comments) for item, one in each]
                # Waiting for the disk a thousand times takes longer than all the rest; publishing waits once.
                write(path, pages.page(by_person[person], names[person], asked), durable=False)
            done(1)

    def _questions(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """(person, their questions in order), read in portions."""
        self.con.execute("SELECT person, exercise, of, status, reached, averaged, answer, key FROM marks ORDER BY person, number")

        def each() -> Iterator[tuple[Any, ...]]:
            while batch := self.con.fetchmany(5_000):
                yield from batch

        for person, group in groupby(each(), key=lambda row: row[0]):
            yield person, [row[1:] for row in group]

    def _question(self, item: Item, row: tuple[Any, ...], scale: Scale, levels: Levels, comments: dict[str, list[str]]) -> Question:
        exercise, of, status, reached, averaged, answer, key = row
        score = None if reached is None else Fraction(reached, averaged * scale.steps[exercise])
        if status not in ("marked", "needs marking") or key is None:
            return Question(exercise, status, score, item.points, answer, of)
        criteria = rubric(item, self.assigned.exercises[exercise])
        marked = Marked({one.id: levels.get((key, one.id)) for one in criteria}, tuple(comments.get(key, ())))
        return Question(exercise, status, score, item.points, answer, of, criteria, marked)

    def _to_mark(self) -> int:
        """How many distinct texts no person has marked to the end."""
        return self.con.execute("SELECT count(DISTINCT key) FROM marks WHERE status = 'needs marking'").fetchall()[0][0]


def _cells(row: LearnerTotal, asked: list[int], person: dict[str, str]) -> list[Any]:
    passed = "" if row.passed is None else "yes" if row.passed else "no"
    exact = (*(row.points[number] for number in asked), row.total, row.so_far, row.percent)
    sums = [None if value is None else short_number(rounded(value)) for value in exact]
    return [row.person, person["name"], person["email"], *sums, passed, row.late_days, row.attempts, row.status]
