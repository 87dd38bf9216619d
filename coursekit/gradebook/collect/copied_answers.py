"""What several people have in common that chance does not explain, and what an older file has that the newer has not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..arrow_columns import table
from ..problem_lines import ProblemLine, notice
from .which_file_counts import COUNTED, File, named

LEAST = 3  # answers saved in the same millisecond
MOST = 30  # people looked at beside one: where a whole class has the same, some names say it, and the work stays linear
LONG = 100  # characters of a text's JSON
MEMORY = "1GB"


def likenesses(spool: Path, scratch: Path, files: list[File]) -> list[ProblemLine]:
    """The lines for a spool of all answers (file_id, exercise, answer, at). Two people who handed in one and the same file
    have their line already. `scratch` is a folder for what does not fit into memory; OSError where that fails."""
    import duckdb

    counted = [one for one in files if one.outcome == COUNTED]
    by_person = {one.person: one for one in sorted(counted, key=lambda one: one.person)}
    numbers = {person: number for number, person in enumerate(by_person)}
    try:
        with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(scratch)}) as con:
            con.execute(f"CREATE VIEW spool AS SELECT * FROM read_parquet('{str(spool).replace(chr(39), chr(39) * 2)}')")
            con.register("owners", _pairs("owner", [(one.id, numbers[one.person]) for one in counted]))
            people = list(by_person)
            return [*_same_answers(con, people, by_person), *_same_texts(con, people, by_person), *_missing(con, files)]
    except duckdb.Error as error:
        raise OSError(str(error).splitlines()[0]) from None


PORTION = 2_000_000  # answers compared at a time: bounds the memory, whatever the class
_SHARED = """
WITH hashed AS (SELECT hash(exercise, {what}) AS h, owner, exercise FROM spool JOIN owners USING (file_id) WHERE {where}),
given AS (SELECT * FROM hashed WHERE h % {parts} = {part}),
shared AS (SELECT h FROM given GROUP BY h HAVING min(owner) <> max(owner))
SELECT h, any_value(exercise), list(DISTINCT owner ORDER BY owner) FROM given SEMI JOIN shared USING (h) GROUP BY h
"""


def _shared(con: Any, what: str, where: str) -> list[tuple[str, tuple[int, ...]]]:
    """(exercise, the numbers of those who share it) for everything that several people have."""
    parts = 1 + con.execute("SELECT count(*) FROM spool").fetchall()[0][0] // PORTION
    queries = (_SHARED.format(what=what, where=where, parts=parts, part=part) for part in range(parts))
    found = [(exercise, tuple(owners)) for query in queries for _, exercise, owners in con.execute(query).fetchall()]
    return sorted(found)


def _same_answers(con: Any, people: list[str], files: dict[str, File]) -> Iterator[ProblemLine]:
    counts: dict[int, int] = defaultdict(int)
    groups: dict[int, dict[tuple[int, ...], None]] = defaultdict(dict)
    for _, owners in _shared(con, 'answer, "at"', "TRUE"):
        some = owners[:MOST]
        for owner in owners:
            counts[owner] += 1
            groups[owner][some] = None
    for owner in sorted(counts):
        one, others = files[people[owner]], _others(owner, groups[owner], people, files)
        if counts[owner] >= LEAST and others:
            yield notice("same_answers", one.path, person=one.person, count=counts[owner], others=named(others))


def _same_texts(con: Any, people: list[str], files: dict[str, File]) -> Iterator[ProblemLine]:
    for exercise, owners in _shared(con, "answer", f"length(answer) >= {LONG} AND (answer[1] = '\"' OR contains(answer, ' '))"):
        some = owners[:MOST]
        for owner in owners:
            one = files[people[owner]]
            if others := _others(owner, [some], people, files):
                yield notice("same_text", one.path, person=one.person, exercise=exercise, others=named(others))


def _others(owner: int, groups: Iterable[tuple[int, ...]], people: list[str], files: dict[str, File]) -> set[str]:
    """The others in some groups, at most MOST of them, whose file is not the same to the last byte."""
    mine = files[people[owner]]
    found: set[str] = set()
    for other in chain.from_iterable(groups):
        if len(found) == MOST:
            break
        if other != owner and files[people[other]].sha256 != mine.sha256:
            found.add(people[other])
    return found


def _missing(con: Any, files: list[File]) -> Iterator[ProblemLine]:
    older = [one for one in files if one.newer >= 0]
    if not older:
        return
    con.register("older", _pairs("newer", [(one.id, one.newer) for one in older]))
    rows = con.execute(
        "SELECT DISTINCT o.file_id, s.exercise FROM spool s JOIN older o USING (file_id) WHERE NOT EXISTS"
        " (SELECT 1 FROM spool n WHERE n.file_id = o.newer AND n.exercise = s.exercise) ORDER BY ALL"
    ).fetchall()
    by_id = {one.id: one for one in files}
    for file_id, exercise in rows:
        one = by_id[file_id]
        yield notice("missing_answer", by_id[one.newer].path, person=one.person, exercise=exercise, older=one.path)


def _pairs(name: str, pairs: list[tuple[int, int]]) -> pa.Table:
    """A table of file_id and another number."""
    schema = pa.schema([("file_id", pa.int64()), (name, pa.int64())])
    return pa.Table.from_batches([table(schema, list(zip(*pairs, strict=True)) or [()] * 2)])
