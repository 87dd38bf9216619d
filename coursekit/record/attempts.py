"""The record of what a learner did: append-only logs, one JSON object a line, and the drafts of what is not given in yet.

Nothing in a log is ever changed, and nothing is deleted but what the learner asks to have forgotten. A line is on the disk
before the page says "saved". The order of lines decides what came first, never a clock.
"""

import errno
import heapq
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from attrs import Factory, evolve, field, frozen

from ..content.location import course_version
from ..errors import NotSaved
from ..files import Changed
from ..model.exercise import Exercise, Grade
from ..wording import say
from .clients import log_of
from .entry import Act, BadLine, Entry, from_line, to_line
from .home import home
from .merging import Record
from .moving import move_old
from .reading import LogProblem, Part, read_drafts, read_log
from .store import ATTEMPTS, FileStore, Seen, Store

__all__ = ["Act", "Entry", "Log", "LogProblem", "course_version", "home", "why_not"]

_moved: set[Store] = set()  # the records that this process has looked through for what an older version left


@frozen
class Log:
    """The record in a folder. Several processes may write at once; each entry is one write."""

    folder: Path = field(factory=home, converter=Path)
    store: Store = Factory(lambda self: FileStore(self.folder), takes_self=True)

    @property
    def path(self) -> Path:
        """The file of what is not about the learner's own clients: attempts.jsonl."""
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
        id: str = "",
        after: Seen | None = None,
    ) -> Entry:
        """Add one entry and return it once it is on the disk. A draft takes the place of the one before; a check ends it.

        `answer` is the raw JSON answer, `now` an aware time, `confidence` 50..100, `mark` 1..4, `id` that of the submission: sent
        again it is one entry. `after` is what `about` gave; without it nothing is compared.
        Raises NotSaved when the folder cannot be written or the disk is full; what was there before stays.
        Raises files.Changed where anything came since `after`, a draft of another window too, and then nothing was added.
        """
        shown = grade and _hint(grade)
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # as the line keeps it
        entry = Entry(exercise.id, act, answer, now, self.learner(), course_version(), shown or None, confidence, mark, **_signed(id))
        self._move_old()
        try:
            log = log_of(exercise, self.store.forgotten())
            if act == "draft":
                return self._keep_draft(log, exercise, entry, after)
            self.store.append(log, to_line(entry), after)
        except OSError as error:
            raise _not_saved(error, self.folder) from None
        if act == "check":
            with suppress(OSError):  # a draft from before a check is not read any more, so it may also stay
                self._end_draft(log, exercise.id, entry.id)
        return entry

    def _keep_draft(self, log: str, exercise: Exercise, entry: Entry, after: Seen | None) -> Entry:
        checks = [one.id for one in self.about(exercise)[0] if one.act == "check"]
        entry = evolve(entry, after=checks[-1] if checks else "")
        self._save_unreadable(log, exercise.id)
        self.store.keep_draft(log, exercise.id, to_line(entry), after)
        return entry

    def _save_unreadable(self, log: str, exercise: str) -> None:
        """A draft that cannot be read (a newer version's, a damaged one) is not replaced by another."""
        value = self.store.draft(log, exercise)
        if value is not None and _draft(value) is None:
            self.store.put_aside(log, exercise, value)

    def _end_draft(self, log: str, exercise: str, check: str) -> None:
        """Take the draft away that a check has overtaken."""
        self._save_unreadable(log, exercise)
        value = self.store.draft(log, exercise)
        draft = _draft(value)
        if draft is None or draft.after != check:
            with suppress(Changed):  # another window is typing
                self.store.keep_draft(log, exercise, None, Seen(drafts={exercise: value}))

    def drop_draft(self, exercise: Exercise, after: Seen | None) -> None:
        """Take the draft away, as what is on the page is what was given in. Raises NotSaved and files.Changed."""
        try:
            self.store.keep_draft(log_of(exercise, self.store.forgotten()), exercise.id, None, after)
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def put_aside(self, exercise: Exercise, answer: Any, now: datetime) -> None:
        """Keep what a learner typed and did not choose, in a file of its own beside the drafts. Raises NotSaved."""
        entry = Entry(exercise.id, "draft", answer, now, self.learner(), course_version(), **_signed(""))
        try:
            self.store.put_aside(log_of(exercise, self.store.forgotten()), exercise.id, to_line(entry))
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def _move_old(self) -> None:
        """Once for a record in each process. What cannot be moved now is read where it lies, and tried again."""
        if self.store not in _moved:
            with suppress(OSError):
                move_old(self.store)
                _moved.add(self.store)

    def learner(self) -> str:
        """The learner's random, pseudonymous id; made at the first use, or found in the log where its file was lost or damaged.

        Raises NotSaved, also where there is a record that cannot be read: nobody is made somebody else for that.
        """
        try:
            return self.store.learner(self._found_id)
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def _found_id(self, left: str) -> str:
        return self._logged_id(left) or uuid.uuid4().hex

    def _logged_id(self, left: str) -> str:
        """The id that begins with what is left of it, else that of the newest line, "" where nothing was written yet."""
        parts = list(self._parts().values())
        entries = (entry for part in (*parts, read_drafts(self.store)) for entry in reversed(part.entries))
        known = [entry.learner for entry in entries if entry.learner and isinstance(entry.learner, str)]
        if not known and (unread := [part for part in parts if part.end is None]):
            raise OSError(errno.EIO, unread[0].problems[0].text)
        return next((id for id in known if left and id.startswith(left)), known[0] if known else "")

    def address(self, exercise: Exercise) -> str:
        """What no other learner's answers to any exercise are called; "" before a learner has an id, as looking makes none."""

        def known(left: str) -> str:
            if id := self._logged_id(left):
                return id
            raise LookupError(left)

        try:
            return f"{self.store.learner(known)} {log_of(exercise, self.store.forgotten())} {exercise.id}"
        except (OSError, LookupError):
            return ""

    def forget_client(self, id: str) -> None:
        """Delete all that was written about one of the learner's own clients. What an old copy brings back is not read.

        Raises NotSaved where not all of it could be deleted.
        """
        try:
            move_old(self.store)  # lines of an older version lie elsewhere
            self.store.forget(id)
        except OSError as error:
            raise _not_saved(error, self.folder) from None

    def entries(self) -> list[Entry]:
        """All entries that can be read: those about one exercise in the order of saving, its draft last.

        They lie in one log; between logs the times stand in for an order, which has no meaning but to be shown.
        """
        return _united([part.entries for part in self._parts().values()], read_drafts(self.store).entries)

    def about(self, exercise: Exercise) -> tuple[list[Entry], Seen | None]:
        """The entries about one exercise, as in `entries`, and what was read for it; None where its log cannot be."""
        log = log_of(exercise, self.store.forgotten())
        parts = {name: read_log(self.store, name) for name in dict.fromkeys([ATTEMPTS, log])}  # it may not have been moved yet
        found = [[entry for entry in part.entries if entry.exercise == exercise.id] for part in parts.values()]
        value = None
        with suppress(OSError):
            value = self.store.draft(log, exercise.id)
        draft, end = _draft(value), parts[log].end
        return _united(found, [draft] if draft else []), Seen(end, {exercise.id: value}) if end else None

    def problems(self) -> list[LogProblem]:
        """The lines that could not be read. They stay in the file; nothing else is lost by them."""
        return [problem for part in (*self._parts().values(), read_drafts(self.store)) for problem in part.problems]

    def whole(self) -> Record:
        """The entries of each log, without drafts; what an older version left is moved first, so that two records compare."""
        self._move_old()
        return Record({log: part.entries for log, part in self._parts().items()}, self.store.forgotten())

    def _parts(self) -> dict[str, Part]:
        return {log: read_log(self.store, log) for log in self.store.logs()}


def _united(logs: Iterable[list[Entry]], drafts: Iterable[Entry]) -> list[Entry]:
    first, *others = logs
    drafts = list(drafts)
    apart = {entry.id for log in (*others, drafts) for entry in log}  # what lies there too is still to be moved
    first = [entry for entry in first if entry.writer or entry.id not in apart] if apart else list(first)
    entries = list(heapq.merge(first, *others, key=lambda entry: entry.at)) if others else first
    checked = {entry.exercise: entry.id for entry in entries if entry.act == "check"} if drafts else {}
    return entries + [draft for draft in drafts if draft.after == checked.get(draft.exercise, "")]


def _hint(grade: Grade) -> dict[str, Any]:
    """A grade as the line keeps it, for its learner to be shown again: numbers that a person can read."""
    numbers = {"score": grade.score, "points": grade.points, "max_points": grade.max_points}
    return {"status": grade.status, **{name: None if value is None else float(value) for name, value in numbers.items()}}


def _draft(value: bytes | None) -> Entry | None:
    with suppress(BadLine):
        return None if value is None else from_line(value)
    return None


def _signed(id: str) -> dict[str, Any]:
    """What tells an entry from every other: its id, this process, and its number here."""
    writer, numbers = _writer(os.getpid())
    return {"id": id or _drawn(), "writer": writer, "seq": next(numbers)}


@cache
def _writer(process: int) -> tuple[str, Iterator[int]]:
    return _drawn(), count(1)


def _drawn() -> str:
    return uuid.uuid4().hex[:16]


def _not_saved(error: OSError, folder: Path) -> NotSaved:
    return NotSaved(say("saved.not_saved", why=why_not(error, folder)))


def why_not(error: OSError, folder: Path) -> str:
    """Why something could not be written into a folder, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return say("saved.full")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST):  # or something in the way
        return say("saved.read_only", folder=folder)
    return say("saved.other", error=error.strerror or error)
