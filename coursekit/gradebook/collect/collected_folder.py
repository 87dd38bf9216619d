"""The collected folder: its tables, how they come to be there whole or not at all, and how `grade` takes them."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ...errors import BadInput, NotWritten
from ...files import leftover, place
from ...files import write as write_file
from ...formats import listed
from ...wording import say
from ..arrow_columns import table
from ..csv_files import read_csv, write_csv
from ..person import FIELDS, Person
from ..problem_lines import COLUMNS as PROBLEMS
from ..problem_lines import ProblemLine
from .answer_spool import SPOOL
from .roster import Roster
from .submission_reader import utf8
from .which_file_counts import COUNTED, File

FORMAT = 1
FILES = ("collected.json", "files.parquet", "answers.parquet", "people.csv", "matches.csv", "problems.csv")  # the first seals it
MATCHES = (
    "file person how sure name_in_file name_in_roster learner assignment handed_in late_by_lms answers outcome sha256".split()  # noqa: SIM905
)
_INT32 = 2**31 - 1
_TIME = pa.timestamp("ms", "UTC")
_FILES = pa.schema(
    [
        ("file_id", pa.int32()),
        ("file", pa.string()),
        ("person", pa.string()),
        ("learner", pa.string()),
        ("assignment", pa.string()),
        ("digest", pa.string()),
        ("course", pa.string()),
        ("handed_in", _TIME),
        ("answers", pa.int32()),
        ("read", pa.int32()),
        ("broken", pa.int32()),
        ("late_by_lms", pa.bool_()),
    ]
)
_NEEDED = {  # of what is written, what `grade` reads
    "files.parquet": ("file_id", "file", "person", "handed_in", "answers", "read", "broken"),
    "answers.parquet": ("file_id", "person", "exercise", "of", "answer", "at", "confidence", "line"),
    "people.csv": ("person", "name", "email"),
    "matches.csv": ("person", "outcome"),
    "problems.csv": PROBLEMS,
}


def refuse_results(out: Path, force: bool) -> None:
    """Raise BadInput where the folder holds something that is not ours, or results that nobody allowed to replace."""
    if out.exists() and not out.is_dir():
        raise BadInput(say("collect.holds_other", folder=out, file=out.name))
    inside = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    if foreign := [name for name in inside if name not in FILES]:
        if "collected.json" not in inside or not force:
            key = "collect.holds_results" if "collected.json" in inside else "collect.holds_other"
            raise BadInput(say(key, folder=out, file=foreign[0]))
    elif inside and not force:
        raise BadInput(say("collect.holds_results", folder=out))


def write(part: Path, files: list[File], found: Iterable[ProblemLine], people: list[Person], roster: Roster | None) -> None:
    """Every table but the answers."""
    write_csv(part / "matches.csv", MATCHES, map(_match_row, files))
    own = roster.columns if roster else ()
    columns = ["person", *FIELDS[1:], *(f"roster:{column}" for column in own)]
    cells = ([one.id, *(getattr(one, name) for name in FIELDS[1:]), *(one.original.get(column, "") for column in own)] for one in people)
    write_csv(part / "people.csv", columns, cells)
    write_csv(part / "problems.csv", PROBLEMS, (one.row for one in sorted(found, key=_place)))
    counted = [one for one in files if one.outcome == COUNTED]
    rows = [_file_row(one) for one in counted]
    with pq.ParquetWriter(part / "files.parquet", _FILES) as writer:
        writer.write_batch(table(_FILES, [[row[name] for row in rows] for name in _FILES.names]))
    headers = [one.header for one in files if one.header]
    courses = Counter(header.course for header in headers)
    whole = {
        "v": FORMAT,
        "assignment": counted[0].header.assignment if counted and counted[0].header else "",
        "assignment names": dict(sorted(Counter(utf8(header.assignment) for header in headers).items())),
        "files": len(files),
        "counted": len(counted),
        "course": max(sorted(courses), key=lambda version: courses[version], default=""),
    }
    write_file(part / "collected.json", json.dumps(whole, indent=1, sort_keys=True) + "\n")


def _place(one: ProblemLine) -> tuple[Any, ...]:
    return one.severity == "notice", one.file, one.line or 0, one.what, one.person, one.exercise, one.why


def _match_row(one: File) -> list[Any]:
    header, given = one.header, one.match
    told = given.person.name if one.person and given.person else "; ".join(f"{other.name} ({other.id})?" for other in given.candidates[:5])
    sure = "yes" if one.person else "no"
    late = "late" if one.trace.late else ""
    if header is None:
        return [one.path, one.person, one.how, sure, "", told, "", "", "", late, "", one.outcome, one.sha256]
    about = [header.learner, header.assignment, iso(header.handed_in), late, one.read]
    return [one.path, one.person, one.how, sure, header.name, told, *about, one.outcome, one.sha256]


def _file_row(one: File) -> dict[str, Any]:
    header = one.header
    assert header is not None
    return {
        "file_id": one.id,
        "file": one.path,
        "person": one.person,
        "learner": header.learner,
        "assignment": utf8(header.assignment),
        "digest": utf8(header.digest),
        "course": utf8(header.course),
        "handed_in": round(header.handed_in.timestamp() * 1000),
        "answers": min(header.answers, _INT32),
        "read": one.read,
        "broken": one.broken,
        "late_by_lms": one.trace.late,
    }


def iso(at: datetime) -> str:
    """A time as tables have it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


@contextmanager
def being_written(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write into; gone afterwards, whatever happens. What a killed run left there is taken out first."""
    part = (whole := out.resolve()).with_name(whole.name + ".part")
    ours = {*FILES, SPOOL, "spill"}
    if part.exists() and (foreign := sorted(path.name for path in part.iterdir() if path.name not in ours and not leftover(path.name))):
        raise BadInput(say("collect.holds_other", folder=part, file=foreign[0]))
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
    except (OSError, pa.ArrowException) as error:
        raise NotWritten(say("collect.not_written", folder=out, error=getattr(error, "strerror", None) or error)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def publish(part: Path, out: Path) -> None:
    """Put the finished files in their place. Without collected.json, which goes first and comes last, nobody takes the folder."""
    if not out.exists():
        place(part, out)
        return
    (out / "collected.json").unlink(missing_ok=True)
    for name in reversed(FILES):
        place(part / name, out / name)


def check(folder: Path) -> None:
    """Raise BadInput where the folder is none that `collect` wrote, or was damaged since."""
    if not (folder / "collected.json").is_file():
        raise BadInput(say("graded.not_collected", folder=folder))
    for name in FILES:
        if not (folder / name).is_file():
            raise BadInput(say("graded.missing", file=folder / name))
    for name in ("files.parquet", "answers.parquet"):
        try:
            known = pq.read_schema(folder / name).names
        except (pa.ArrowException, OSError) as error:
            raise BadInput(say("graded.damaged", file=folder / name, error=_first_line(error))) from None
        _need(folder / name, known)


def people(folder: Path) -> list[dict[str, str]]:
    """The learners of people.csv, in its order. Raises BadInput."""
    found = _rows(folder / "people.csv")
    ids = [one["person"] for one in found]
    if len(set(ids)) < len(ids):
        twice = next(id for id in ids if ids.count(id) > 1)
        raise BadInput(say("graded.person_twice", file=folder / "people.csv", person=twice))
    return found


def unreadable(folder: Path) -> set[str]:
    """Who handed in a file that could not be read at all. Raises BadInput."""
    return {one["person"] for one in _rows(folder / "matches.csv") if one["outcome"] == "unreadable" and one["person"]}


def problems(folder: Path) -> list[dict[str, str]]:
    """What `collect` could not read or use. Raises BadInput."""
    return _rows(folder / "problems.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    table = read_csv(path)
    _need(path, table.columns)
    return list(table.rows)


def _need(path: Path, columns: list[str] | tuple[str, ...]) -> None:
    if missing := [name for name in _NEEDED[path.name] if name not in columns]:
        raise BadInput(say("graded.no_column", file=path, columns=listed(missing)))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
