"""Builds a collected folder straight from answers, in the format that `coursekit collect` writes."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from coursekit.gradebook import csv_files
from coursekit.gradebook.assignment import Work
from coursekit.gradebook.masking import Mask, mask

QUIZ = Path(__file__).parent / "quiz.toml"
RIGHT = {
    "quiz/what-to-say": "six",
    "quiz/what-counts": ["slip", "photo"],
    "quiz/what-is-owed": "84",
    "quiz/sort-costs": {"flour": "changes", "rent": "stays", "oven": "stays"},
    "quiz/note": "Dear Mr Abe, six trays came on 3 March, so the new bill is £84. Bo",
}
START = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
_TIME = pa.timestamp("ms", "UTC")
_FILES = pa.schema(
    [
        ("file_id", pa.int32()),
        *((name, pa.string()) for name in ("file", "person", "learner", "assignment", "digest", "course")),
        ("handed_in", _TIME),
        *((name, pa.int32()) for name in ("answers", "read", "broken")),
        ("late_by_lms", pa.bool_()),
    ]
)
_ANSWERS = pa.schema(
    [
        ("file_id", pa.int32()),
        *((name, pa.string()) for name in ("person", "exercise", "of", "answer")),
        ("at", _TIME),
        ("confidence", pa.int16()),
        ("line", pa.int32()),
    ]
)
MATCHES = ("file", "person", "how", "sure", "name_in_file", "learner", "assignment", "handed_in", "answers", "outcome", "sha256")
PROBLEMS = ("file", "line", "person", "exercise", "severity", "what", "why", "do")


class Tries:
    """Several answers to one question, in the order in which they were saved."""

    def __init__(self, *tries: Any):
        self.tries = tries


class Raw:
    """An answer as it stands in the file: JSON text, and the wording that it names (None: the right one)."""

    def __init__(self, text: str, of: str | None = None):
        self.text, self.of = text, of


def collect(
    folder: Path,
    work: Work,
    handed: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    people: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
    at: Mapping[str, datetime] | None = None,
    files: Mapping[str, Mapping[str, Any]] | None = None,
    unreadable: Iterable[str] = (),
) -> Path:
    """Write a collected folder: `handed` is {person: {exercise: answer in its own ids, or Tries, or Raw}}, `at` when they handed
    in, `files` replaces fields of their row of files.parquet, `people` are further learners, `unreadable` whose file was."""
    folder.mkdir(parents=True, exist_ok=True)
    handed, unreadable = {"ada": RIGHT} if handed is None else handed, list(unreadable)
    rows, given, matches, digest, masks = [], [], [], work.digest, {id: mask(one) for id, one in work.exercises.items()}
    for number, (person, answers) in enumerate(handed.items()):
        tries = [(id, one) for id, given in answers.items() for one in (given.tries if isinstance(given, Tries) else [given])]
        lines = [
            _line(masks.get(id), number, person, id, one) | {"line": n, "at": START + timedelta(minutes=n)}
            for n, (id, one) in enumerate(tries, 2)
        ]
        given += lines
        row = {"file_id": number, "file": f"{person}.coursekit.jsonl", "person": person, "learner": "ab" * 16, "assignment": "quiz"}
        row |= {"digest": digest, "course": "0.1.0", "handed_in": (at or {}).get(person, START + timedelta(hours=2))}
        row |= {"answers": len(lines), "read": len(lines), "broken": 0, "late_by_lms": False}
        rows.append(row | dict((files or {}).get(person, {})))
        matches.append({"file": row["file"], "person": person, "how": "id", "sure": "yes", "outcome": "counted"})
    matches += [{"file": f"{person} (2).coursekit.jsonl", "person": person, "outcome": "unreadable"} for person in unreadable]
    pq.write_table(pa.Table.from_pylist(rows, _FILES), folder / "files.parquet")
    pq.write_table(pa.Table.from_pylist(given, _ANSWERS), folder / "answers.parquet")
    everybody = dict.fromkeys([*handed, *people, *unreadable])
    listed = [{"person": one, "name": (names or {}).get(one, one.title()), "email": f"{one}@example.org"} for one in everybody]
    csv_files.write_csv(folder / "people.csv", ("person", "name", "email", "lms_id", "login", "section"), listed)
    csv_files.write_csv(folder / "matches.csv", MATCHES, matches)
    csv_files.write_csv(folder / "problems.csv", PROBLEMS, [])
    (folder / "collected.json").write_text('{"v": 1}', encoding="utf-8")
    return folder


def _line(masked: Mask | None, file_id: int, person: str, exercise: str, answer: Any) -> dict[str, Any]:
    if isinstance(answer, Raw):
        text, of = answer.text, answer.of or (masked.of if masked else "0" * 12)
    else:
        text = json.dumps(masked.masked(answer), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        of = masked.of
    return {"file_id": file_id, "person": person, "exercise": exercise, "of": of, "answer": text, "confidence": 80}
