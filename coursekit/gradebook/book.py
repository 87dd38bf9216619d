"""The tables of a graded class, worked out by DuckDB: each distinct answer is graded once and joined back."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from .assignment import Work
from .keys import Keys

BATCH = 100_000  # distinct answers graded at a time: bounds the memory, whatever the class
_GRADED = pa.schema(
    [
        ("exercise", pa.string()),
        ("of", pa.string()),
        ("answer", pa.string()),
        ("status", pa.string()),
        ("score", pa.float64()),
        ("misconceptions", pa.string()),
        ("own", pa.string()),
        ("key", pa.string()),
        ("why", pa.string()),
    ]
)
# Which of a learner's readable answers count. "best" takes the earliest of equals; a text that a person marks has no
# score yet, so that there its last answer counts under "best" and "average" too.
_COUNTED = {
    "first": "n = 1",
    "last": "n = last_n",
    "best": "CASE WHEN score IS NULL THEN n = last_n ELSE n = best_n END",
    "average": "CASE WHEN score IS NULL THEN n = last_n ELSE TRUE END",
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
    con: duckdb.DuckDBPyConnection, collected: Path, keys: Keys, out: Path, done: Callable[[int], Any] = lambda count: None
) -> None:
    """Write one row for each distinct (exercise, wording, answer) of a collected folder, graded. `done` hears of progress."""
    new = out.with_suffix(".new")
    with pq.ParquetWriter(new, _GRADED) as writer:
        source = f"SELECT DISTINCT exercise, of, answer FROM read_parquet({quoted(collected / 'answers.parquet')})"
        for batch in _batches(con, source, BATCH):
            writer.write_table(_graded(batch, keys))
            done(batch.num_rows)
    os.replace(new, out)


def count_distinct(con: duckdb.DuckDBPyConnection, collected: Path) -> int:
    """An estimate of how many distinct answers there are, for a progress bar."""
    answers = quoted(collected / "answers.parquet")
    return con.execute(f"SELECT approx_count_distinct(hash(exercise, of, answer)) FROM read_parquet({answers})").fetchall()[0][0]


def _batches(con: duckdb.DuckDBPyConnection, sql: str, size: int) -> Iterator[Any]:
    yield from con.sql(sql).to_arrow_reader(size)


def _graded(batch: Any, keys: Keys) -> pa.Table:
    rows = []
    for exercise, of, answer in zip(*(batch.column(name).to_pylist() for name in ("exercise", "of", "answer")), strict=True):
        one = keys.grade(exercise, of, answer)
        key = key_of(exercise, one.answer)
        rows.append((exercise, of, answer, one.status, one.score, one.misconceptions, one.answer, key, one.why))
    return pa.Table.from_pylist([dict(zip(_GRADED.names, row, strict=True)) for row in rows], schema=_GRADED)


def join(con: duckdb.DuckDBPyConnection, collected: Path, graded: Path, work: Work, marks: dict[tuple[str, str], float], out: Path) -> None:
    """Write attempts.parquet and marks.parquet into the folder `out`.

    `marks` is {(exercise, key of a text): its share of the points, 0..1} where every criterion is decided.
    """
    _load(con, collected, graded, work, marks)
    _write(con, "SELECT * EXCLUDE (of, file_id, line) FROM attempts", 'person, exercise, n, "at", file_id, line', out / "attempts.parquet")
    _write(con, "SELECT * EXCLUDE (of, number, least) FROM marks", "person, number", out / "marks.parquet")


def _load(con: duckdb.DuckDBPyConnection, collected: Path, graded: Path, work: Work, marks: dict[tuple[str, str], float]) -> None:
    items = pa.table(
        {
            "number": pa.array(range(len(work.assignment.item)), pa.int32()),
            "exercise": [item.exercise for item in work.assignment.item],
            "max_points": [float(item.points) for item in work.assignment.item],
            "least": [item.least for item in work.assignment.item],
        }
    )
    decided = pa.table(
        {
            "exercise": pa.array([exercise for exercise, _ in marks], pa.string()),
            "key": pa.array([key for _, key in marks], pa.string()),
            "share": pa.array(list(marks.values()), pa.float64()),
        }
    )
    con.register("items", items)
    con.register("decided", decided)
    con.execute(f"CREATE OR REPLACE VIEW answers AS SELECT * FROM read_parquet({quoted(collected / 'answers.parquet')})")
    con.execute(f"CREATE OR REPLACE VIEW files AS SELECT * FROM read_parquet({quoted(collected / 'files.parquet')})")
    con.execute(f"CREATE OR REPLACE VIEW graded AS SELECT * FROM read_parquet({quoted(graded)})")
    con.execute(_ATTEMPTS.format(most=work.assignment.attempts.most or 2**31 - 1, counted=_COUNTED[work.assignment.attempts.count]))
    con.execute(_MARKS, {"due": work.assignment.due})


# An answer that could not be read is no attempt: n is 0 there. The same answer saved twice in a row is one attempt.
_ATTEMPTS = """
CREATE OR REPLACE TEMP TABLE attempts AS
WITH given AS (
  SELECT person, a.exercise, a.of, "at", a.file_id, a.line, own AS answer, key, score, status, misconceptions, confidence, why,
    lag(own) OVER (PARTITION BY person, a.exercise, status = 'unreadable' ORDER BY "at", file_id, line) AS before
  FROM answers a JOIN graded g ON a.exercise = g.exercise AND a.of = g.of AND a.answer = g.answer
  WHERE status <> 'not asked'
), numbered AS (
  SELECT *, CASE WHEN status = 'unreadable' THEN 0 ELSE row_number() OVER (
    PARTITION BY person, exercise, status = 'unreadable' ORDER BY "at", file_id, line) END AS n
  FROM given WHERE status = 'unreadable' OR before IS NULL OR before <> answer
), ranked AS (
  SELECT *, max(n) FILTER (n <= {most}) OVER (PARTITION BY person, exercise) AS last_n,
    arg_max(n, {{'score': score, 'first': -n}}) FILTER (n BETWEEN 1 AND {most} AND score IS NOT NULL)
      OVER (PARTITION BY person, exercise) AS best_n
  FROM numbered
)
SELECT person, exercise, of, file_id, line, n::INTEGER AS n, "at", answer, key, score, status, misconceptions, confidence, why,
  n BETWEEN 1 AND {most} AND ({counted}) AS counted
FROM ranked
"""

# What a broken file does not say may stand in the lines that could not be read: never "not answered". A comparison that
# was not filled to the end is "kept" to its learner; where it is worth points, a person decides.
_MARKS = """
CREATE OR REPLACE TEMP TABLE marks AS
WITH best AS (
  SELECT person, exercise, avg(score ORDER BY n) AS score, arg_max(status, n) AS status,
    max("at") AS "at", arg_max(confidence, n) AS confidence, arg_max(answer, n) AS answer, arg_max(key, n) AS key,
    arg_max(of, n) AS of, arg_max(misconceptions, n) AS misconceptions
  FROM attempts WHERE counted GROUP BY person, exercise
), tried AS (
  SELECT person, exercise, count(*) FILTER (n > 0) AS tries,
    arg_max(answer, {'at': "at", 'file_id': file_id, 'line': line}) FILTER (n = 0) AS unread
  FROM attempts GROUP BY person, exercise
), handed AS (
  SELECT person, max(handed_in) AS handed_in, bool_or(broken > 0 OR read < answers) AS broken FROM files GROUP BY person
), joined AS (
  SELECT f.person, f.broken, i.number, i.exercise, i.max_points, i.least, t.tries, t.unread, d.share,
    least(9999, greatest(0, ceil(epoch(f.handed_in - $due::TIMESTAMPTZ) / 86400)))::SMALLINT AS late_days, b.* EXCLUDE (person, exercise)
  FROM handed f CROSS JOIN items i
  LEFT JOIN tried t ON t.person = f.person AND t.exercise = i.exercise
  LEFT JOIN best b ON b.person = f.person AND b.exercise = i.exercise
  LEFT JOIN decided d ON d.exercise = i.exercise AND d.key = b.key
), settled AS (
  SELECT *, coalesce(score, share) AS given,
    CASE WHEN status = 'needs marking' OR status = 'kept' AND max_points > 0 THEN if(share IS NULL, 'needs marking', 'marked')
      WHEN status IS NOT NULL THEN status WHEN unread IS NOT NULL OR broken THEN 'unreadable' ELSE 'not answered' END AS outcome
  FROM joined
)
SELECT person, exercise, outcome AS status,
  CASE WHEN outcome = 'not answered' AND max_points > 0 THEN 0.0 ELSE given END AS score,
  CASE WHEN outcome = 'not answered' AND max_points > 0 THEN 0.0 ELSE round(given * max_points, 2) END AS points,
  max_points, coalesce(tries, 0)::INTEGER AS attempts, "at", confidence, coalesce(answer, unread) AS answer, key,
  coalesce(misconceptions, '') AS misconceptions, late_days, of, number, least
FROM settled
"""


def _write(con: duckdb.DuckDBPyConnection, select: str, order: str, path: Path) -> None:
    new = path.with_suffix(".new")
    con.execute(f"COPY ({select} ORDER BY {order}) TO {quoted(new)} (FORMAT parquet, COMPRESSION zstd)")
    os.replace(new, path)


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
SELECT person, list(points ORDER BY number) AS points, list(status ORDER BY number) AS statuses, any_value(late_days) AS late_days,
  sum(attempts)::INTEGER AS attempts, bool_and(coalesce(score, 0) >= least - 1e-9) AS least_reached
FROM marks GROUP BY person ORDER BY person
"""
