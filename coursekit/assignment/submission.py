"""What is handed in: one text file, a header line and then one line for each saved answer. Data, never code.

It is plain UTF-8, so that whoever hands it in can read what leaves their machine.
"""

import heapq
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from ..content.location import course_version
from ..errors import BadSubmission
from ..file_names import shortened
from ..record.entry import Entry
from ..wording import say
from .bundle import Bundle, Released, once

FORMAT = 1
SUFFIX = ".coursekit.jsonl"
LONGEST_NAME = 200  # characters of a typed name
LONGEST_IN_FILE = 80  # bytes of it in the name of the file, before the assignment's and the ending; a platform adds its own
_ID = re.compile(r"[0-9a-f]{6,64}")
_UNSEEN = re.compile("[\u0080-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")  # is written as \uXXXX


@frozen
class Header:
    """The first line. `learner` is the random id of the machine's record, `name` what the learner typed, `answers` the
    number of lines that follow; `handed_in` is the time of that machine.

    `saves` is how often that record had saved an answer to the assignment by then: of two files of one record the one with
    more is the newer, whatever a clock says. 0 in a file of an older version."""

    assignment: str
    digest: str
    course: str
    learner: str
    name: str
    handed_in: datetime
    answers: int
    saves: int = 0


@frozen
class Answer:
    """One saved answer. `of` names the wording of the question, `answer` is raw JSON in the released question's ids."""

    exercise: str
    of: str
    answer: Any
    at: datetime
    confidence: int | None = None


def answers(bundle: Bundle, entries: Iterable[Entry], ticked: Iterable[str] = ()) -> list[tuple[Released, Entry]]:
    """The saved answers that would leave the machine, oldest first; private questions only where `ticked` has their id.

    Those to one question stay in the order of saving, whatever a clock that was put back says.
    """
    ticked = set(ticked)
    leaving = {one.id: one for one in bundle.questions if not one.private or one.exercise in ticked}
    given = saved(bundle, entries)
    return list(heapq.merge(*([(leaving[id], entry) for entry in given[id]] for id in leaving), key=lambda pair: pair[1].at))


def saved(bundle: Bundle, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The saved answers to each question, by its id on this machine, oldest first; the same answer saved again is left out."""
    found: dict[str, list[Entry]] = {one.id: [] for one in bundle.questions}
    for entry in entries:
        if entry.act == "check" and entry.status == "kept" and entry.exercise in found:
            found[entry.exercise].append(entry)
    return {one.id: _once(one, found[one.id]) for one in bundle.questions}


def _once(question: Released, kept: list[Entry]) -> list[Entry]:
    return [entry for entry, counts in zip(kept, once([entry.answer for entry in kept], question.same), strict=True) if counts]


def saves(bundle: Bundle, entries: Iterable[Entry]) -> int:
    """How often an answer to the assignment was saved, whether it is handed in or not: it never becomes less."""
    asked = {one.id for one in bundle.questions}
    return sum(entry.act == "check" and entry.status == "kept" and entry.exercise in asked for entry in entries)


def pack(bundle: Bundle, given: Iterable[tuple[Released, Entry]], learner: str, name: str, now: datetime, saves: int = 0) -> bytes:
    """The file. Raises BadSubmission where there is no answer, or no name."""
    given = list(given)
    if not given:
        raise BadSubmission(say("handin.nothing"))
    if not plain_name(name):
        raise BadSubmission(say("handin.no_name"))
    return preview(bundle, given, learner, name, now, saves)


def plain_name(name: str) -> str:
    """A name as it is put into the file: on one line, and not without end."""
    return " ".join(name.split())[:LONGEST_NAME].strip()


def preview(bundle: Bundle, given: Iterable[tuple[Released, Entry]], learner: str, name: str, now: datetime, saves: int = 0) -> bytes:
    """The file as it would be, whatever is still missing."""
    given = list(given)
    header = {
        "coursekit": "submission",
        "v": FORMAT,
        "assignment": bundle.name,
        "digest": bundle.digest,
        "course": course_version(),
        "learner": learner,
        "name": plain_name(name),
        "handed_in": _time(now),
        "answers": len(given),
        "saves": saves,
    }
    return b"".join(_line(row) for row in (header, *(_row(question, entry) for question, entry in given)))


def file_name(name: str, assignment: str) -> str:
    """ "Zoë O'Neill" and "weekly-quiz" give "Zoë-O-Neill-weekly-quiz.coursekit.jsonl": letters of any script, no sign that
    a file system or a learning platform could take for something else, and no more than a name may have."""
    plain, rest = unicodedata.normalize("NFC", name), f"-{assignment}{SUFFIX}"
    words = "".join(char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in plain).split()
    return (shortened("-".join(words), LONGEST_IN_FILE) or "somebody") + rest


def _row(question: Released, entry: Entry) -> dict[str, Any]:
    row = {"exercise": question.exercise, "of": question.of, "answer": entry.answer, "at": _time(entry.at)}
    return row | ({"confidence": entry.confidence} if entry.confidence is not None else {})


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _line(row: dict[str, Any]) -> bytes:
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    text = _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
    return text.encode("utf-8", "backslashreplace") + b"\n"  # half a character stays as JSON writes it: \ud800


def read_header(line: bytes) -> Header:
    """The first line of a file. Raises BadSubmission, which says what is wrong with it."""
    row = _loaded(line)
    if row.get("coursekit") != "submission":
        raise BadSubmission(say("handin.no_header"))
    if not isinstance(row.get("v"), int) or row["v"] > FORMAT:
        raise BadSubmission(say("handin.newer", version=str(row.get("v"))[:20]))
    texts: dict[str, Any] = {key: row.get(key) for key in ("assignment", "digest", "course", "learner", "name")}
    count, saves = row.get("answers"), row.get("saves", 0)
    if not all(isinstance(text, str) and len(text) <= LONGEST_NAME for text in texts.values()) or not _ID.fullmatch(texts["learner"]):
        raise BadSubmission(say("handin.no_header"))
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise BadSubmission(say("handin.no_header"))
    saves = saves if type(saves) is int and saves >= 0 else 0
    return Header(**texts, handed_in=_moment(row.get("handed_in")), answers=count, saves=saves)


def read_answer(line: bytes) -> Answer:
    """A line after the first. Raises BadSubmission. A claimed score, or any other key, is ignored."""
    row = _loaded(line)
    exercise, of, sure = row.get("exercise"), row.get("of"), row.get("confidence")
    if not isinstance(exercise, str) or not isinstance(of, str) or "answer" not in row or len(exercise) > 200 or len(of) > 64:
        raise BadSubmission(say("handin.no_answer"))
    whole = isinstance(sure, int) and not isinstance(sure, bool) and 50 <= sure <= 100
    return Answer(exercise, of, row["answer"], _moment(row.get("at")), sure if whole else None)


def _loaded(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadSubmission(say("handin.not_utf8")) from None
    except (ValueError, RecursionError):
        raise BadSubmission(say("handin.not_json")) from None
    if not isinstance(row, dict):
        raise BadSubmission(say("handin.not_json"))
    return row


def _moment(raw: Any) -> datetime:
    try:
        at = datetime.fromisoformat(raw)
    except (TypeError, ValueError):
        raise BadSubmission(say("handin.no_time")) from None
    if at.tzinfo is None or not 2000 <= at.year < 2200:
        raise BadSubmission(say("handin.no_time"))
    return at
