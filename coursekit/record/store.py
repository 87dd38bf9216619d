"""Where a record is kept: the few things that the log asks of a disk, and the files that do them.

A store in a browser does the same with a database; `tests/record/test_store.py` says what either must do.
"""

import os
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext, suppress
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import IO, Protocol
from uuid import uuid4

from attrs import field, frozen

from .. import files
from ..wording import say

ATTEMPTS = "attempts"  # the log of everything but what is about the learner's own clients
CLIENTS = "clients"  # each client has a log of its own, "clients/ID"
_CLIENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LEARNER = re.compile(r"[0-9a-f]{32}")  # an id that is whole


@frozen
class Place:
    """How far a log was read: a position in it, which is the number of bytes before it and only grows, and which file it
    is, as one may have taken another's place."""

    position: int = 0
    file: int = 0


START = Place()


@frozen
class Lines:
    """What a log holds from `start` on: whole lines, without their line breaks, and what a crash left of a last one.

    The next look begins at `read`, behind the last whole line; `end` is where the log ended.
    """

    start: Place
    whole: tuple[bytes, ...]
    torn: bytes
    read: Place
    end: Place


@frozen
class Seen:
    """What a writer last saw, for whoever must not write over more than that: where the log ended (None: whatever came is no
    matter), and the drafts under some keys, None for no draft."""

    end: Place | None = None
    drafts: Mapping[str, bytes | None] = field(factory=dict)


class Store(Protocol):
    """A record: logs that are only appended to, drafts that are replaced, and the learner's id.

    All methods raise OSError where the disk does. What `append`, `keep_draft` and `forget` did is on the disk when they return.
    With `seen`, `append` and `keep_draft` raise files.Changed and write nothing where the log or a draft is another by now; that
    is looked up in the step that writes, so that of two who saw the same only one does.
    """

    def __hash__(self) -> int:
        """The same for two stores of one record: what was read of it is kept for the next look."""

    def logs(self) -> list[str]:
        """The logs that are there, "attempts" first, without those of forgotten clients."""

    def name(self, log: str) -> str:
        """What a person calls a log: where it lies."""

    def lines(self, log: str, since: Place = START) -> Lines:
        """What came since; all from the start where lines were taken out since, and nothing where there is no log yet."""

    def append(self, log: str, lines: bytes, seen: Seen | None = None) -> None:
        """Append whole lines: all or none."""

    def take_out(self, log: str, choose: Callable[[list[tuple[int, bytes]]], Collection[int]]) -> None:
        """Take lines away for good: `choose` gets the position and text of each whole line and returns the positions that go.

        Nobody appends meanwhile. The positions of the others, and every place in the log, stay as they are.
        """

    def drafts(self) -> dict[str, bytes]:
        """Every draft by the name of its place, without those about forgotten clients."""

    def draft(self, log: str, key: str) -> bytes | None:
        """The draft that belongs to a log under that key."""

    def keep_draft(self, log: str, key: str, value: bytes | None, seen: Seen | None = None) -> None:
        """Put a draft in place of the one before; None takes it away."""

    def put_aside(self, log: str, key: str, value: bytes) -> None:
        """Keep what was typed where nothing takes its place: it is not the draft, and is not to be lost."""

    def forget(self, client: str) -> None:
        """Remove a client's log and drafts, and remember that they stay away: what is brought back later is not read."""

    def forgotten(self) -> frozenset[str]:
        """The ids of the clients that were forgotten."""

    def learner(self, found: Callable[[str], str]) -> str:
        """The learner's id. Where there is none, or one that is damaged, what is left of it is given to `found`, which says the
        right one; two who ask at once get the same."""


@frozen
class FileStore:
    """A record in files of a folder, which several processes may use at once: attempts.jsonl, clients/ID.jsonl,
    drafts/ and clients/ID.drafts/ with a file for each exercise (and .aside for what was not chosen of two), learner-id,
    and clients/ID.deleted for one forgotten."""

    folder: Path = field(converter=Path)

    def path(self, log: str) -> Path:
        """The file of a log."""
        return self.folder / f"{log}.jsonl"

    def logs(self) -> list[str]:
        gone = self.forgotten()
        clients = sorted(path.stem for path in (self.folder / CLIENTS).glob("*.jsonl"))
        return [ATTEMPTS, *(f"{CLIENTS}/{client}" for client in clients if client not in gone)]

    def name(self, log: str) -> str:
        return str(self.path(log))

    def lines(self, log: str, since: Place = START) -> Lines:
        try:
            with self.path(log).open("rb") as file:
                now = os.fstat(file.fileno())
                start = since if since.file == now.st_ino and _ends_a_line(file, since.position) else Place(0, now.st_ino)
                file.seek(start.position)
                data = file.read()
        except FileNotFoundError:
            return Lines(START, (), b"", START, START)
        *whole, torn = data.split(b"\n")
        end = start.position + len(data)  # as read: another may append, or take back, at this moment
        return Lines(start, tuple(whole), torn, Place(end - len(torn), now.st_ino), Place(end, now.st_ino))

    def append(self, log: str, lines: bytes, seen: Seen | None = None) -> None:
        path = self.path(log)
        self._make(path.parent)
        after = seen.end.position if seen and seen.end else None
        files.append(path, lines, after, lambda: self._compare(log, seen.drafts if seen else {}))

    def _compare(self, log: str, drafts: Mapping[str, bytes | None]) -> None:
        """Under the lock of the log, which is that of its drafts too."""
        if any(self.draft(log, key) != value for key, value in drafts.items()):
            raise files.Changed

    def take_out(self, log: str, choose: Callable[[list[tuple[int, bytes]]], Collection[int]]) -> None:
        """A line that was taken out leaves blanks of its length."""
        path = self.path(log).resolve()  # a link stays one
        if not path.exists():
            return
        with files.locked(self.path(log)):
            lines = path.read_bytes().split(b"\n")
            placed = list(zip(accumulate((len(line) + 1 for line in lines), initial=0), lines, strict=False))
            if out := choose(placed[:-1]):
                left = [b" " * len(line) if position in out else line for position, line in placed]
                files.write(path, b"\n".join(left), private=True)

    def drafts(self) -> dict[str, bytes]:
        found = {}
        for log in (ATTEMPTS, *self._clients()):
            for path in sorted(self._drafts(log).glob("*.json")):
                with suppress(FileNotFoundError):  # given in at this moment
                    found[str(path)] = path.read_bytes()
        return found

    def draft(self, log: str, key: str) -> bytes | None:
        try:
            return self._draft(log, key).read_bytes()
        except FileNotFoundError:
            return None

    def keep_draft(self, log: str, key: str, value: bytes | None, seen: Seen | None = None) -> None:
        path = self._draft(log, key)
        if value is None and not path.exists():
            return
        self._make(path.parent)
        with files.locked(self.path(log)) if seen else nullcontext():
            if seen and seen.end and seen.end.position != self._size(log):
                raise files.Changed
            self._compare(log, seen.drafts if seen else {})
            if value is None:
                files.remove(path)
            else:
                files.write(path, value, private=True)

    def _size(self, log: str) -> int:
        try:
            return self.path(log).stat().st_size
        except FileNotFoundError:
            return 0

    def put_aside(self, log: str, key: str, value: bytes) -> None:
        path = self._draft(log, key)
        self._make(path.parent)
        files.write(path.with_name(f"{path.stem}.{uuid4().hex[:8]}.aside"), value, private=True)

    def forget(self, client: str) -> None:
        if not _CLIENT.fullmatch(client):
            raise ValueError(say("log.no_client", id=repr(client)))
        log, stone = f"{CLIENTS}/{client}", self.folder / CLIENTS / f"{client}.deleted"
        if not stone.exists():
            self._make(stone.parent)
            files.write(stone, "", private=True)  # first: from now on nothing of it is read
        files.remove(self.path(log))
        with suppress(FileNotFoundError):
            shutil.rmtree(self._drafts(log))

    def forgotten(self) -> frozenset[str]:
        stones = (self.folder / CLIENTS).glob("*.deleted")
        return frozenset(stone.stem for stone in stones if _CLIENT.fullmatch(stone.stem))

    def learner(self, found: Callable[[str], str]) -> str:
        path = self.folder / "learner-id"
        if not os.path.lexists(path):
            try:
                id = found("")
            except OSError:
                self._make(self.folder)  # where even that fails, it says better why
                raise
            self._make(self.folder)
            files.create(path, id + "\n")
            return _text(path)
        if _LEARNER.fullmatch(known := _text(path)):
            return known
        with files.locked(path):
            if _LEARNER.fullmatch(left := _text(path)):  # another has put it right meanwhile
                return left
            if (known := found(left)) != left:
                if path.is_dir():
                    path.rename(path.with_name(f"{path.name}.{uuid4().hex[:8]}.aside"))
                files.write(path, known + "\n", private=True)
        return known

    def _clients(self) -> list[str]:
        gone = self.forgotten()
        folders = sorted((self.folder / CLIENTS).glob("*.drafts"))
        return [f"{CLIENTS}/{path.stem}" for path in folders if path.stem not in gone]

    def _drafts(self, log: str) -> Path:
        return self.folder / ("drafts" if log == ATTEMPTS else f"{log}.drafts")

    def _draft(self, log: str, key: str) -> Path:
        readable = re.sub(r"[^a-z0-9-]+", "-", key.lower())[:80]
        return self._drafts(log) / f"{readable}-{sha256(key.encode()).hexdigest()[:8]}.json"

    def _make(self, folder: Path) -> None:
        for one in (self.folder, folder):  # what is made is the learner's alone
            one.mkdir(mode=0o700, parents=True, exist_ok=True)


def _ends_a_line(file: IO[bytes], position: int) -> bool:
    """Whether the file still has the lines that were read: what a failed write left for a moment may have been taken back since."""
    file.seek(max(0, position - 1))
    return position == 0 or file.read(1) == b"\n"


def _text(path: Path) -> str:
    """What stands in the file; nothing where something else lies in its place."""
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
