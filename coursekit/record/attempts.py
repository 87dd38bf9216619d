"""The record of what a learner did: an append-only log, one JSON object a line.

Nothing is ever changed or deleted in it. A line is on the disk before the page says "saved".
"""

import errno
import json
import os
import uuid
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

from ..errors import NotSaved
from ..model.exercise import Exercise, Grade
from ..wording import say

FORMAT = 1  # version of the line format
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
Act = Literal["check", "draft", "hint", "solution", "mark"]


@frozen
class Entry:
    """One line of the log.

    `act`: "check" (an answer was given in), "draft" (kept while typing), "hint", "solution" (asked for the answer),
    "mark" (the learner marked their own text). `grade` is as shown to the learner: a hint for them, never evidence.
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

    @property
    def status(self) -> str:
        """The status of the grade shown, or an empty text."""
        return (self.grade or {}).get("status", "")

    @property
    def score(self) -> float | None:
        """The score shown, 0..1, or None."""
        return (self.grade or {}).get("score")


@frozen
class LogProblem:
    """A line that could not be read: where it is and what was done about it."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}: {self.text}"


@cache
def course_version() -> str:
    """The version of the course and its package, as each line of the log names it."""
    return version("coursekit")


def home() -> Path:
    """Where the record lives: COURSEKIT_HOME, else `my-work` beside the folder `notebooks`."""
    if moved := os.environ.get("COURSEKIT_HOME"):
        return Path(moved)
    here = Path.cwd()
    return (here.parent if here.name == "notebooks" else here) / "my-work"


@frozen
class Log:
    """The attempt log in a folder. Several processes may append at once; each line is one write."""

    folder: Path = field(factory=home, converter=Path)

    @property
    def path(self) -> Path:
        """The file: attempts.jsonl."""
        return self.folder / "attempts.jsonl"

    def record(
        self,
        exercise: Exercise,
        answer: Any,
        grade: Grade | None,
        now: datetime,
        *,
        act: Act = "check",
        confidence: int | None = None,
        mark: int | None = None,
    ) -> Entry:
        """Append one entry and return it once it is on the disk.

        `answer` is the raw JSON answer, `now` an aware time, `confidence` 50..100, `mark` 1..4.
        Raises NotSaved when the folder cannot be written or the disk is full; what was there before stays.
        """
        shown = grade and {"status": grade.status, "score": grade.score, "points": grade.points, "max_points": grade.max_points}
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # as the line keeps it
        entry = Entry(exercise.id, act, answer, now, self.learner(), course_version(), shown or None, confidence, mark)
        self._append(_line(entry))
        return entry

    def learner(self) -> str:
        """The learner's random, pseudonymous id, made at the first use. Raises NotSaved."""
        path = self.folder / "learner-id"
        try:
            return path.read_text(encoding="utf-8", errors="replace").strip() or self._new_learner(path)
        except FileNotFoundError:
            return self._new_learner(path)
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def _new_learner(self, path: Path) -> str:
        """Written aside and linked into place, so that two tabs at the first start agree on one id."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f"learner-id.{uuid.uuid4().hex}")
            try:
                aside.write_text(uuid.uuid4().hex + "\n", encoding="utf-8")
                _into_place(aside, path)
            finally:
                aside.unlink(missing_ok=True)
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def _append(self, line: bytes) -> None:
        """One write, then fsync. A torn line that a crash left gets its line break first, so that it stays alone."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, _FLAGS, 0o600)
            try:
                line = line if _ends_whole(handle) else b"\n" + line
                if os.write(handle, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def entries(self) -> list[Entry]:
        """All entries that can be read, oldest first."""
        return [entry for entry in self._lines() if isinstance(entry, Entry)]

    def problems(self) -> list[LogProblem]:
        """The lines that could not be read. They stay in the file; nothing else is lost by them."""
        return [problem for problem in self._lines() if isinstance(problem, LogProblem)]

    def _lines(self) -> tuple[Entry | LogProblem, ...]:
        try:
            stat = self.path.stat()
            return _read(self.path, stat.st_size, stat.st_mtime_ns)
        except FileNotFoundError:
            return ()
        except OSError as error:
            return (LogProblem(str(self.path), 0, say("log.unreadable", error=error.strerror)),)


@lru_cache(maxsize=1)
def _read(path: Path, size: int, changed: int) -> tuple[Entry | LogProblem, ...]:
    """The lines of a log; read once for each state of the file, as a page asks for each of its exercises."""
    lines = path.read_bytes().split(b"\n")
    found: list[Entry | LogProblem] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_entry(line))
            except _Unread as error:
                torn = number == len(lines)  # no line break behind it: a write that a crash cut short
                found.append(LogProblem(str(path), number, say("log.torn") if torn else str(error)))
    return tuple(found)


def _into_place(aside: Path, path: Path) -> None:
    """Give a file its name unless another process was first; an empty one that a crash left is replaced."""
    try:
        os.link(aside, path)
    except FileExistsError:
        if not path.read_text(encoding="utf-8", errors="replace").strip():
            os.replace(aside, path)
    except OSError:  # a file system without links
        os.replace(aside, path)


class _Unread(Exception):
    """A line that is not an entry this version can read."""


def _line(entry: Entry) -> bytes:
    row = {
        "v": FORMAT,
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


def _entry(line: bytes) -> Entry:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise _Unread(say("log.broken")) from None
    if not isinstance(row, dict):
        raise _Unread(say("log.broken"))
    if isinstance(row.get("v"), int) and row["v"] > FORMAT:
        raise _Unread(say("log.newer", version=row["v"]))
    try:
        at = datetime.fromisoformat(row["at"])
        if at.tzinfo is None or not isinstance(row["exercise"], str):
            raise ValueError
        grade = row.get("grade") if isinstance(row.get("grade"), dict) else None
        if not isinstance((grade or {}).get("score", 0.0), int | float | None):
            raise ValueError
        return Entry(
            row["exercise"], row["act"], row["answer"], at, row["learner"], row["course"], grade, row.get("confidence"), row.get("mark")
        )
    except (KeyError, TypeError, ValueError):
        raise _Unread(say("log.broken")) from None


def _ends_whole(handle: int) -> bool:
    """Whether the file is empty or ends with a line break."""
    if not os.fstat(handle).st_size:
        return True
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"


def _not_saved(error: OSError, folder: Path) -> NotSaved:
    return NotSaved(say("saved.not_saved", why=why_not(error, folder)))


def why_not(error: OSError, folder: Path) -> str:
    """Why something could not be written into a folder, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return say("saved.full")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return say("saved.read_only", folder=folder)
    return say("saved.other", error=error.strerror or error)
