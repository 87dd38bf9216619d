"""What a learner did once: an entry of the log, and the line of JSON that keeps it."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from attrs import field, frozen

from ..wording import say

FORMAT = 2  # version of the line format; a line of format 1 has no id, writer or seq
_decoded = json.JSONDecoder().decode  # what json.loads does, without its looking for options each time
_SCORE = int | float | None
Act = Literal["check", "draft", "hint", "solution", "mark"]


@frozen
class Entry:
    """One line of the log.

    `act`: "check" (an answer was given in), "draft" (kept while typing), "hint", "solution" (asked for the answer),
    "mark" (the learner marked their own text). `grade` is as shown to the learner: a hint for them, never evidence.

    `id` is the submission's: a second line of the same id is a repeat. `writer` is the process that wrote it and `seq` its
    running number there; empty and 0 in a line of an older version. `after` stands in a draft only: the id of the check
    that it was typed after. Two entries that say the same are equal, whoever wrote them.
    """

    exercise: str
    act: Act
    answer: Any
    at: datetime
    learner: str
    course: str
    grade: dict[str, Any] | None = None
    confidence: int | None = None
    mark: int | None = None
    id: str = field(default="", eq=False)
    writer: str = field(default="", eq=False)
    seq: int = field(default=0, eq=False)
    after: str = field(default="", eq=False)

    @property
    def status(self) -> str:
        """The status of the grade shown, or an empty text."""
        return (self.grade or {}).get("status", "")

    @property
    def score(self) -> float | None:
        """The score shown, 0..1, or None."""
        return (self.grade or {}).get("score")


class BadLine(Exception):
    """A line that is not an entry this version can read; the text says why."""


def to_line(entry: Entry) -> bytes:
    """The entry as one line of ASCII, with its line break."""
    row = {
        "v": FORMAT,
        "id": entry.id,
        "writer": entry.writer or None,
        "seq": entry.seq or None,
        "after": entry.after or None,
        "learner": entry.learner,
        "course": entry.course,
        "exercise": entry.exercise,
        "act": entry.act,
        "answer": entry.answer,
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "grade": entry.grade,
        "confidence": entry.confidence,
        "mark": entry.mark,
    }
    kept = {key: value for key, value in row.items() if value is not None or key == "answer"}
    return json.dumps(kept, ensure_ascii=True, separators=(",", ":"), default=str).encode() + b"\n"


def from_line(line: bytes, position: int = 0) -> Entry:
    """The entry on a line. Raises BadLine.

    A line without an id gets one that follows from its text and its position in the log, so that it is the same each time.
    """
    row = _row(line)
    try:
        at, id, after = datetime.fromisoformat(row["at"]), row.get("id"), row.get("after", "")
        writer, seq = row.get("writer", ""), row.get("seq", 0)
        if at.tzinfo is None or not (isinstance(row["exercise"], str) and isinstance(writer, str) and isinstance(seq, int)):
            raise ValueError
        grade = grade if isinstance(grade := row.get("grade"), dict) else None
        if grade and not isinstance(grade.get("score"), _SCORE):
            raise ValueError
        return Entry(
            row["exercise"], row["act"], row["answer"], at, row["learner"], row["course"], grade, row.get("confidence"), row.get("mark"),
            id if id and isinstance(id, str) else _id(line, position), writer, seq, after,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        raise BadLine(say("log.broken")) from None


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = _decoded(line.decode().removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise BadLine(say("log.broken")) from None
    if not isinstance(row, dict):
        raise BadLine(say("log.broken"))
    if isinstance(row.get("v"), int) and row["v"] > FORMAT:
        raise BadLine(say("log.newer", version=row["v"]))
    return row


def _id(line: bytes, position: int) -> str:
    return f"v1-{sha256(b'%d ' % position + line).hexdigest()[:32]}"
