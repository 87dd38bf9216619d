"""A record in memory, which keeps what a store promises without a disk: as a browser's database will."""

from collections.abc import Callable, Collection
from itertools import accumulate

from coursekit.files import Changed
from coursekit.record.store import ATTEMPTS, CLIENTS, START, Lines, Place, Seen


class MemoryStore:
    """What it holds is lost when the test ends."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.typed: dict[tuple[str, str], bytes] = {}
        self.aside: list[tuple[str, str, bytes]] = []
        self.gone: set[str] = set()
        self.id = ""
        self.turn = 1  # a new one each time that lines were taken out

    def name(self, log: str) -> str:
        return log

    def logs(self) -> list[str]:
        return [ATTEMPTS, *sorted(log for log in self.kept if log != ATTEMPTS)]

    def lines(self, log: str, since: Place = START) -> Lines:
        if log not in self.kept:
            return Lines(START, (), b"", START, START)
        start = since if since.file == self.turn else Place(0, self.turn)
        end = Place(len(self.kept[log]), self.turn)
        return Lines(start, tuple(self.kept[log][start.position :].split(b"\n")[:-1]), b"", end, end)

    def append(self, log: str, lines: bytes, seen: Seen | None = None) -> None:
        self._compare(log, seen)
        self.kept[log] = self.kept.get(log, b"") + lines

    def take_out(self, log: str, choose: Callable[[list[tuple[int, bytes]]], Collection[int]]) -> None:
        lines = self.kept.get(log, b"").splitlines(keepends=True)
        placed = list(zip(accumulate(map(len, lines), initial=0), (line[:-1] for line in lines), strict=False))
        if out := choose(placed):
            self.kept[log] = b"".join((b" " * len(line) if position in out else line) + b"\n" for position, line in placed)
            self.turn += 1

    def drafts(self) -> dict[str, bytes]:
        return {f"{log} {key}": value for (log, key), value in sorted(self.typed.items())}

    def draft(self, log: str, key: str) -> bytes | None:
        return self.typed.get((log, key))

    def _compare(self, log: str, seen: Seen | None) -> None:
        if seen and seen.end and seen.end.position != len(self.kept.get(log, b"")):
            raise Changed
        if seen and any(self.draft(log, key) != value for key, value in seen.drafts.items()):
            raise Changed

    def keep_draft(self, log: str, key: str, value: bytes | None, seen: Seen | None = None) -> None:
        self._compare(log, seen)
        self.typed.pop((log, key), None)
        if value is not None:
            self.typed[log, key] = value

    def put_aside(self, log: str, key: str, value: bytes) -> None:
        self.aside.append((log, key, value))

    def forget(self, client: str) -> None:
        self.gone.add(client)
        self.kept.pop(f"{CLIENTS}/{client}", None)
        self.typed = {key: value for key, value in self.typed.items() if key[0] != f"{CLIENTS}/{client}"}

    def forgotten(self) -> frozenset[str]:
        return frozenset(self.gone)

    def learner(self, found: Callable[[str], str]) -> str:
        self.id = self.id or found("")
        return self.id
