"""The entries of one log, read on from where the last look ended: a page asks for them with each of its exercises."""

from contextlib import suppress
from functools import lru_cache

from attrs import frozen

from ..wording import say
from .entry import BadLine, Entry, from_line
from .store import START, Place, Store


@frozen
class LogProblem:
    """A line of a log that could not be read: where it is and why. It stays in the file, and nothing else is lost by it."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return say("log.line", file=self.file, line=self.line, text=self.text)


@frozen
class Part:
    """What one log holds: its entries, its lines that could not be read, and where it ended; None where it cannot be read."""

    entries: list[Entry]
    problems: list[LogProblem]
    end: Place | None


class _Reading:
    """A log as far as its whole lines were read; a repeat of a line is dropped."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.place, self.number = START, 0
        self.entries: list[Entry] = []
        self.problems: list[LogProblem] = []
        self.ids: set[str] = set()

    def on(self, store: Store, log: str) -> Part:
        """Read what came since."""
        lines, name = store.lines(log, self.place), store.name(log)
        if lines.start != self.place:
            self.begin()
        position = lines.start.position
        for number, line in enumerate(lines.whole, self.number + 1):
            try:
                if line.strip() and (entry := from_line(line, position)).id not in self.ids:
                    self.ids.add(entry.id)
                    self.entries.append(entry)
            except BadLine as error:
                self.problems.append(LogProblem(name, number, str(error)))
            position += len(line) + 1
        self.place, self.number = lines.read, self.number + len(lines.whole)
        return self._with(lines.torn, position, name, lines.end)

    def _with(self, torn: bytes, position: int, name: str, end: Place) -> Part:
        """All of it, with a last line that has no line break behind it yet: a crash may have cut only that off."""
        try:
            last = [from_line(torn, position)] if torn.strip() else []
        except BadLine:
            return Part(self.entries, [*self.problems, LogProblem(name, self.number + 1, say("log.torn"))], end)
        return Part([*self.entries, *last] if last else self.entries, self.problems, end)


@lru_cache(maxsize=16)
def _reading(store: Store, log: str) -> _Reading:
    return _Reading()


def read_log(store: Store, log: str) -> Part:
    """What a log holds now. Its lists are not to be changed."""
    try:
        return _reading(store, log).on(store, log)
    except OSError as error:
        return Part([], [LogProblem(store.name(log), 0, say("log.unreadable", error=error.strerror))], None)


def read_drafts(store: Store) -> Part:
    """The drafts, those too that an answer has overtaken."""
    found = Part([], [], None)
    with suppress(OSError):
        for name, value in store.drafts().items():
            try:
                found.entries.append(from_line(value))
            except BadLine as error:
                found.problems.append(LogProblem(name, 1, str(error)))
    return found
