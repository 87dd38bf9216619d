"""The tables of a graded class, worked out by DuckDB: each distinct answer is graded once and joined back."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ... import files
from ..arrow_columns import table
from ..assignment import Work
from ..scale import Scale
from .answer_keys import AnswerKeys, Decided

BATCH = 100_000  # distinct answers graded at a time: bounds the memory, whatever the class
_GRADED = pa.schema(
    [
        ("exercise", pa.string()),
        ("of", pa.string()),
        ("answer", pa.string()),
        ("status", pa.string()),
        ("reached", pa.int64()),
        ("misconceptions", pa.string()),
        ("own", pa.string()),
        ("key", pa.string()),
        ("why", pa.string()),
    ]
)
_ITEMS = pa.schema(
    [("number", pa.int32()), ("exercise", pa.string()), ("max_points", pa.float64()), *((name, pa.int64()) for name in ("steps", "worth"))]
)
_DECIDED = pa.schema([("exercise", pa.string()), ("key", pa.string()), ("reached", pa.int64())])
# Which of a learner's readable answers count. "best" takes the earliest of equals; a text that a person marks has no
# score yet, so that there its last answer counts under "best" and "average" too.
_COUNTED = {
    "first": "n = 1",
    "last": "n = last_n",
    "best": "CASE WHEN reached IS NULL THEN n = last_n ELSE n = best_n END",
    "average": "CASE WHEN reached IS NULL THEN n = last_n ELSE TRUE END",
}


def connect(scratch: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A connection that keeps within `memory` ("2GB") and spills into `scratch`. Raises duckdb.Error for a bad size."""
    con = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(scratch / "spill")})
    con.execute("SET preserve_insertion_order = false")
    con.execute("SET TimeZone = 'UTC'")
    return con


def key_of(exercise: str, answer: str) -> str:
    """Sixteen hex digits by which a person's mark names a text, whoever wrote it."""
    return hashlib.sha256(f"{exercise}\0{answer}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def grade_distinct(
    con: duckdb.DuckDBPyConnection,
    collected: Path,
    keys: AnswerKeys,
    scale: Scale,
    out: Path,
    done: Callable[[int], Any] = lambda count: None,
) -> None:
    """Write one row for each distinct (exercise, wording, answer) of a collected folder, graded: its score in steps of the scale.
    `done` hears of progress."""
    with files.writing(out) as file, pq.ParquetWriter(file, _GRADED) as writer:
        source = f"SELECT DISTINCT exercise, of, answer FROM read_parquet({quoted(collected / 'answers.parquet')})"
        for batch in _batches(con, source, BATCH):
            writer.write_batch(_graded(batch, keys, scale))
            done(batch.num_rows)


def count_distinct(con: duckdb.DuckDBPyConnection, collected: Path) -> int:
    """An estimate of how many distinct answers there are, for a progress bar."""
    answers = quoted(collected / "answers.parquet")
    return con.execute(f"SELECT approx_count_distinct(hash(exercise, of, answer)) FROM read_parquet({answers})").fetchall()[0][0]


def _batches(con: duckdb.DuckDBPyConnection, sql: str, size: int) -> Iterator[Any]:
    yield from con.sql(sql).to_arrow_reader(size)


def _graded(batch: Any, keys: AnswerKeys, scale: Scale) -> pa.RecordBatch:
    rows = []
    for exercise, of, answer in zip(*(batch.column(name).to_pylist() for name in ("exercise", "of", "answer")), strict=True):
        one = keys.grade(exercise, of, answer)
        key = key_of(exercise, one.answer)
        reached = None if one.score is None else scale.reached(exercise, one.score)
        rows.append((exercise, of, answer, one.status, reached, one.misconceptions, one.answer, key, one.why))
    return table(_GRADED, list(zip(*rows, strict=True)) or [()] * len(_GRADED))


def join(con: duckdb.DuckDBPyConnection, collected: Path, graded: Path, work: Work, scale: Scale, marks: Decided, out: Path) -> None:
    """Write attempts.parquet and marks.parquet into the folder `out`.

    `marks` is {(exercise, key of a text): its share of the points, 0..1} where every criterion is decided.
    """
    _load(con, collected, graded, work, scale, marks)
    _write(
        con, "SELECT * EXCLUDE (file_id, line, id, reached) FROM attempts", "person, exercise, n, file_id, line", out / "attempts.parquet"
    )
    _write(con, "SELECT * EXCLUDE (of, number, reached) FROM marks", "person, number", out / "marks.parquet")


def _load(con: duckdb.DuckDBPyConnection, collected: Path, graded: Path, work: Work, scale: Scale, marks: Decided) -> None:
    asked = [(number, item.exercise, float(item.points)) for number, item in enumerate(work.assignment.item)]
    items = [(*one, scale.steps[one[1]], scale.worth[one[1]]) for one in asked]
    decided = [(exercise, key, scale.reached(exercise, share)) for (exercise, key), share in marks.items()]
    con.register("items", pa.Table.from_batches([table(_ITEMS, list(zip(*items, strict=True)))]))
    con.register("decided", pa.Table.from_batches([table(_DECIDED, list(zip(*decided, strict=True)) or [()] * 3)]))
    con.execute(f"CREATE OR REPLACE VIEW answers AS SELECT * FROM read_parquet({quoted(collected / 'answers.parquet')})")
    con.execute(f"CREATE OR REPLACE VIEW files AS SELECT * FROM read_parquet({quoted(collected / 'files.parquet')})")
    con.execute(_KEYED.format(graded=quoted(graded)))
    con.execute(_ATTEMPTS.format(most=work.assignment.attempts.most or 2**31 - 1, counted=_COUNTED[work.assignment.attempts.count]))
    con.execute(_MARKS, {"due": work.assignment.due, "unit": scale.unit})


# `id` stands for a row in what follows, so that no text is sorted; `same` is the first of those that say the same.
_KEYED = """
CREATE OR REPLACE TEMP TABLE graded AS
SELECT *, min(id) OVER (PARTITION BY exercise, own) AS same
FROM (SELECT * EXCLUDE (file_row_number), file_row_number AS id FROM read_parquet({graded}, file_row_number = true))
"""

# An answer that could not be read is no attempt: n is 0 there. The same answer saved twice in a row is one attempt.
# One file of a person counts, and its lines are in the order of saving: no clock has a say in it.
_ATTEMPTS = """
CREATE OR REPLACE TEMP TABLE attempts AS
WITH given AS (
  SELECT person, a.exercise, "at", a.file_id, a.line, id, same, reached, status = 'unreadable' AS unread, confidence,
    lag(same) OVER (PARTITION BY person, a.exercise, status = 'unreadable' ORDER BY file_id, line) AS before
  FROM answers a JOIN graded g ON a.exercise = g.exercise AND a.of = g.of AND a.answer = g.answer
  WHERE status <> 'not asked'
), numbered AS (
  SELECT *, CASE WHEN unread THEN 0 ELSE row_number() OVER (PARTITION BY person, exercise, unread ORDER BY file_id, line) END AS n
  FROM given WHERE unread OR before IS NULL OR before <> same
), ranked AS (
  SELECT *, max(n) FILTER (n <= {most}) OVER (PARTITION BY person, exercise) AS last_n,
    arg_max(n, {{'reached': reached, 'first': -n}}) FILTER (n BETWEEN 1 AND {most} AND reached IS NOT NULL)
      OVER (PARTITION BY person, exercise) AS best_n
  FROM numbered
)
SELECT r.person, r.exercise, r.file_id, r.line, r.id, n::INTEGER AS n, "at", own AS answer, key, reached / steps AS score, status,
  misconceptions, r.confidence, why, n BETWEEN 1 AND {most} AND ({counted}) AS counted, reached
FROM ranked r JOIN (SELECT id, own, key, status, misconceptions, why FROM graded) g USING (id) JOIN items i ON i.exercise = r.exercise
"""

# What a broken file does not say may stand in the lines that could not be read: never "not answered". A comparison that
# was not filled to the end is "kept" to its learner; where it is worth points, a person decides.
# What was reached stands in whole steps, and those of an average as their sum over so many answers: `earned` / `averaged`
# of `most` units of points. Only what is looked at in a table is divided.
_MARKS = """
CREATE OR REPLACE TEMP TABLE marks AS
WITH best AS (
  SELECT l.* EXCLUDE (id), g.status, g.own AS answer, g.key, g.of, g.misconceptions FROM (
    SELECT person, exercise, sum(reached)::BIGINT AS total, greatest(1, count(reached))::INTEGER AS averaged, arg_max("at", n) AS "at",
      arg_max(confidence, n) AS confidence, arg_max(id, n) AS id
    FROM attempts WHERE counted GROUP BY person, exercise) l JOIN graded g USING (id)
), tried AS (
  SELECT person, exercise, count(*) FILTER (n > 0) AS tries,
    arg_max(answer, {'file_id': file_id, 'line': line}) FILTER (n = 0) AS unread
  FROM attempts GROUP BY person, exercise
), handed AS (
  SELECT person, max(handed_in) AS handed_in, bool_or(broken > 0 OR read < answers) AS broken FROM files GROUP BY person
), joined AS (
  SELECT f.person, f.broken, i.number, i.exercise, i.max_points, i.steps, i.worth, t.tries, t.unread, d.reached AS decided,
    least(9999, greatest(0, ceil(epoch(f.handed_in - $due::TIMESTAMPTZ) / 86400)))::SMALLINT AS late_days, b.* EXCLUDE (person, exercise)
  FROM handed f CROSS JOIN items i
  LEFT JOIN tried t ON t.person = f.person AND t.exercise = i.exercise
  LEFT JOIN best b ON b.person = f.person AND b.exercise = i.exercise
  LEFT JOIN decided d ON d.exercise = i.exercise AND d.key = b.key
), settled AS (
  SELECT * REPLACE (coalesce(averaged, 1) AS averaged), coalesce(total, decided) AS given,
    CASE WHEN status = 'needs marking' OR status = 'kept' AND max_points > 0 THEN if(decided IS NULL, 'needs marking', 'marked')
      WHEN status IS NOT NULL THEN status WHEN unread IS NOT NULL OR broken THEN 'unreadable' ELSE 'not answered' END AS outcome
  FROM joined
), counted AS (
  SELECT *, CASE WHEN outcome = 'not answered' AND max_points > 0 THEN 0 ELSE given END AS reached FROM settled
)
SELECT person, exercise, outcome AS status, reached / averaged / steps AS score, reached * worth / averaged / $unit AS points,
  max_points, coalesce(tries, 0)::INTEGER AS attempts, "at", confidence, coalesce(answer, unread) AS answer, key,
  coalesce(misconceptions, '') AS misconceptions, late_days, reached * worth AS earned, averaged, steps * worth AS most,
  of, number, reached
FROM counted
"""


def _write(con: duckdb.DuckDBPyConnection, select: str, order: str, path: Path) -> None:
    with files.beside(path) as new:
        con.execute(f"COPY ({select} ORDER BY {order}) TO {quoted(new)} (FORMAT parquet, COMPRESSION zstd)")


def quoted(path: Path) -> str:
    """A path as an SQL literal."""
    return "'" + str(path).replace("'", "''") + "'"


def answer_problems(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """(file, line, person, exercise, status, why) of each answer that was not graded as one to a question of the assignment."""
    sql = """
      SELECT f.file, a.line, a.person, a.exercise, g.status, g.why
      FROM answers a JOIN graded g ON a.exercise = g.exercise AND a.of = g.of AND a.answer = g.answer JOIN files f USING (file_id)
      WHERE g.status IN ('unreadable', 'not asked') ORDER BY f.file, file_id, a.line
    """
    con.execute(sql)
    while rows := con.fetchmany(10_000):
        yield from rows


# One row a learner: lists in the order of the questions.
BY_PERSON = """
SELECT person, list(reached ORDER BY number) AS reached, list(averaged ORDER BY number) AS averaged,
  list(status ORDER BY number) AS statuses, any_value(late_days) AS late_days,
  sum(attempts)::INTEGER AS attempts
FROM marks GROUP BY person ORDER BY person
"""
