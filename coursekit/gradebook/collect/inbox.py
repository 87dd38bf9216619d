"""What `coursekit collect` wrote, as `grade` takes it: every file there, every column in it, every learner once."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ...errors import BadInput
from ...wording import say
from .. import csv_files

INPUTS = ("collected.json", "files.parquet", "answers.parquet", "people.csv", "matches.csv", "problems.csv")
_COLUMNS = {
    "files.parquet": ("file_id", "file", "person", "handed_in", "answers", "read", "broken"),
    "answers.parquet": ("file_id", "person", "exercise", "of", "answer", "at", "confidence", "line"),
    "people.csv": ("person", "name", "email"),
    "matches.csv": ("person", "outcome"),
    "problems.csv": ("file", "line", "person", "exercise", "severity", "what", "why", "do"),
}


def check(folder: Path) -> None:
    """Raise BadInput where the folder is none that `collect` wrote, or was damaged since."""
    if not (folder / "collected.json").is_file():
        raise BadInput(say("graded.not_collected", folder=folder))
    for name in INPUTS:
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
    table = csv_files.read(path)
    _need(path, table.columns)
    return list(table.rows)


def _need(path: Path, columns: list[str] | tuple[str, ...]) -> None:
    if missing := [name for name in _COLUMNS[path.name] if name not in columns]:
        raise BadInput(say("graded.no_column", file=path, columns=", ".join(missing)))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
