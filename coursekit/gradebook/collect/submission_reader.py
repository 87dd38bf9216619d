"""One file handed in, read line by line: what is good as rows, what is not with its line and reason.

It takes a line for exactly what `submission.read_answer` takes it for, which is asked wherever a line is not as our own code
writes it; a test holds the two against each other.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import define, field

from ...assignment.submission import Header, read_answer, read_header
from ...errors import BadSubmission
from ...formats import integer
from ...wording import say
from ..problem_lines import ProblemLine, notice, problem

LONGEST_LINE = 10_000_000  # bytes
MOST_TOLD = 20  # bad lines of one file that are told one by one
_EPOCH, _MS = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)
_LINE = re.compile(
    rb'\{"exercise":"([^"\\\x00-\x1f]{1,200})","of":"([^"\\\x00-\x1f]{0,64})","answer":(.+),'
    rb'"at":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}):([0-5][0-9]):([0-5][0-9])\.([0-9]{3})\+00:00"(?:,"confidence":([1-9][0-9]{1,2}))?\}\r?'
)
_CLAIM = re.compile(rb'"(score|points|correct|grade)"\s*:')
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_ascii_json = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode

AnswerLine = tuple[str, str, str, int, int | None, int]  # exercise, of, answer as JSON text, ms since 1970, confidence, line


@define
class Handed:
    """What a file holds. `header` is None where the file cannot be read at all. `last` is the latest save, ms since 1970."""

    header: Header | None = None
    rows: list[AnswerLine] = field(factory=list)
    broken: int = 0
    last: int = 0
    findings: list[ProblemLine] = field(factory=list)


class Reader:
    """Reads files one after another; remembers the short answers that it has read, which repeat in a class."""

    def __init__(self) -> None:
        self._known: dict[bytes, str] = {}
        self._hours: dict[bytes, int] = {}
        self._claim = 0  # the line of this file that claims a score, 0 for none

    def read_file(self, data: bytes, file: str) -> Handed:
        """The file's header and answers. `file` is its path as shown."""
        handed, self._claim = Handed(), 0
        lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        try:
            handed.header = read_header(_bounded(lines[0]))
        except BadSubmission as error:
            handed.findings.append(problem(_kind(data), file, 1, why=str(error)))
            return handed
        for number, line in enumerate(lines[1:], 2):
            try:
                if row := self._row(line, number):
                    handed.rows.append(row)
            except BadSubmission as error:
                handed.broken += 1
                if handed.broken <= MOST_TOLD:
                    handed.findings.append(problem("line", file, number, why=str(error)))
        handed.last = max((row[3] for row in handed.rows), default=0)
        handed.findings += _told(handed, file)
        if self._claim:
            handed.findings.append(notice("claim", file, self._claim))
        return handed

    def _row(self, line: bytes, number: int) -> AnswerLine | None:
        found = _LINE.fullmatch(line) if len(line) <= LONGEST_LINE else None
        if found is None:
            return self._slowly(line, number)
        exercise, of, raw, hour, minute, second, ms, sure = found.groups()
        try:
            at = self._hour(hour) + (int(minute) * 60 + int(second)) * 1000 + int(ms)
            answer = self._known.get(raw) or self._answer(raw)
            confidence = int(sure) if sure else 0
            return exercise.decode(), of.decode(), answer, at, confidence if 50 <= confidence <= 100 else None, number
        except (ValueError, RecursionError):
            return self._slowly(line, number)

    def _hour(self, hour: bytes) -> int:
        """The beginning of an hour ("2026-11-22T14", UTC) in ms since 1970; ValueError where there is no such hour."""
        if (ms := self._hours.get(hour)) is None:
            moment = datetime.fromisoformat(hour.decode() + "+00:00")
            if not 2000 <= moment.year < 2200:
                raise ValueError
            if len(self._hours) > 200_000:
                self._hours.clear()
            ms = self._hours[hour] = (moment - _EPOCH) // _MS
        return ms

    def _answer(self, raw: bytes) -> str:
        """Raw JSON as the text that stands for it; ValueError where it is none."""
        text = canonical(json.loads(raw.decode("utf-8")))
        if len(raw) < 100:
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[raw] = text
        return text

    def _slowly(self, line: bytes, number: int) -> AnswerLine | None:
        if not line.strip(b" \t\r"):
            return None
        one = read_answer(_bounded(line))
        if _CLAIM.search(line):
            self._claim = self._claim or number
        return utf8(one.exercise), utf8(one.of), canonical(one.answer), (one.at - _EPOCH) // _MS, one.confidence, number


def canonical(answer: Any) -> str:
    """The JSON text that stands for an answer, the same however it was written. Half a surrogate pair, which UTF-8 has not,
    stays an escape."""
    text = _json(answer)
    return text if text.isascii() or utf8(text) == text else _ascii_json(answer)


def utf8(text: str) -> str:
    """A text with "?" for whatever UTF-8 has not."""
    return text.encode("utf-8", "replace").decode()


def _bounded(line: bytes) -> bytes:
    if len(line) > LONGEST_LINE:
        raise BadSubmission(say("collect.long_line", limit=integer(LONGEST_LINE)))
    return line


def _kind(data: bytes) -> str:
    """Which finding an unreadable file is."""
    if not data.strip():
        return "empty_file"
    return "utf16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "header"


def _told(handed: Handed, file: str) -> list[ProblemLine]:
    """What the file as a whole gives to tell."""
    found, header, count = [], handed.header, len(handed.rows) + handed.broken
    assert header is not None
    if handed.broken > MOST_TOLD:
        found.append(problem("more_lines", file, n=handed.broken - MOST_TOLD))
    if count < header.answers:
        found.append(problem("cut_short", file, n=count, said=header.answers))
    if count > header.answers:
        found.append(notice("longer", file, n=count, said=header.answers))
    if handed.last > (header.handed_in - _EPOCH) // _MS:
        found.append(notice("after_hand_in", file, at=header.handed_in.isoformat()))
    return found
