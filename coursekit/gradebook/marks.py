"""What markers did: an append-only log for each of them, and the level that follows from all of them together.

Nothing is ever changed or deleted in a log. A line is on the disk before the page says "saved"; what was undone stands
in it as marked and then undone.
"""

import json
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from attrs import evolve, field, frozen

from .. import files
from ..errors import BadInput, NotSaved
from ..file_names import LONGEST, reserved, shortened
from ..record.attempts import why_not
from ..record.reading import LogProblem
from ..wording import say
from .assignment import LEVELS

FORMAT = 1  # version of the line format
DECISION = "decision"  # the marker whose level counts where others differ
Name = Literal["mark", "comment", "pull", "split", "undo"]

Mark = tuple[str, str]  # the key of a text and the id of a criterion


@frozen
class Act:
    """One line of a log: what one marker did to one text.

    `key` is the text (16 hex), `level` 0..4 of a "mark" (None takes it away), `comment` the text of a "comment" (empty takes it away),
    `group` the group that was open. A decision on a group is one line a member, all of one `step`, each saying how many `lines` it
    has: without one of them it does not count. "undo" names a step. `by` says who it was where the marker is "decision".
    """

    act: Name
    at: datetime
    exercise: str = ""
    key: str = ""
    criterion: str = ""
    level: int | None = None
    comment: str | None = None
    group: str | None = None
    step: str = ""
    by: str = ""
    lines: int = 1


def slug(name: str) -> str:
    """A marker's name as a file name: lower case, letters and digits. Raises BadInput where nothing is left."""
    plain = unicodedata.normalize("NFC", name).casefold()
    safe = shortened(re.sub(r"[^\w]+", "-", plain).strip("-_"), LONGEST)
    if not safe:
        raise BadInput(say("marking.no_name", name=name))
    return f"{safe}-" if reserved(safe) else safe


@frozen
class MarkLog:
    """The log of one marker in a graded folder."""

    folder: Path = field(converter=Path)
    marker: str = field(converter=slug)
    by: str = ""

    @property
    def path(self) -> Path:
        """The file: marks/MARKER.jsonl."""
        return self.folder / "marks" / f"{self.marker}.jsonl"

    def acts(self) -> list[Act]:
        """All lines that can be read, oldest first, with what was undone."""
        return [one for one in _read(self.path) if isinstance(one, Act)]

    def record(self, acts: Iterable[Act]) -> list[Act]:
        """Append acts as one step, in one write, and return them once they are on the disk.

        Raises NotSaved when the folder cannot be written or the disk is full; what was there before stays.
        """
        acts, step = list(acts), uuid.uuid4().hex[:16]
        done = [evolve(act, step=act.step or step, by=self.by, lines=len(acts)) for act in acts]
        try:
            files.append(self.path, b"".join(_line(self.marker, act) for act in done))
        except OSError as error:
            raise NotSaved(say("marking.not_saved", why=why_not(error, self.path.parent))) from None
        return done


def standing(acts: Iterable[Act]) -> list[Act]:
    """The acts without those that were undone, oldest first."""
    acts = list(acts)
    undone = {act.step for act in acts if act.act == "undo"}
    return [act for act in acts if act.act != "undo" and act.step not in undone]


def levels_of(acts: Iterable[Act]) -> dict[Mark, int]:
    """The last level that stands for each text and criterion."""
    last = {(act.key, act.criterion): act.level for act in standing(acts) if act.act == "mark"}
    return {mark: level for mark, level in last.items() if level is not None}


def comments_of(acts: Iterable[Act]) -> dict[Mark, str]:
    """The last comment that stands for each text and criterion."""
    last = {(act.key, act.criterion): act.comment for act in standing(acts) if act.comment is not None}
    return {mark: text for mark, text in last.items() if text}


def markers(folder: Path) -> list[str]:
    """Who has a log in a graded folder, in the order of the alphabet; the decisions come last."""
    names = sorted(path.stem for path in (folder / "marks").glob("*.jsonl"))
    return sorted(names, key=lambda name: name == DECISION)


def levels(folder: Path) -> dict[str, dict[Mark, int]]:
    """{marker: {(key, criterion): level 0..4}} of a graded folder, "decision" among them."""
    return {marker: levels_of(MarkLog(folder, marker).acts()) for marker in markers(folder)}


def decided(folder: Path) -> dict[Mark, Fraction | None]:
    """{(key, criterion): level} that counts, a number from 0 to 4; None where markers differ too much.

    One marker counts alone. Of several the mean counts when the lowest and the highest are at most one level apart;
    otherwise nothing counts until the log of the marker named "decision" says a level, which always wins.
    """
    said = levels(folder)
    settled = said.pop(DECISION, {})
    given: dict[Mark, list[int]] = {}
    for marks in said.values():
        for mark, level in marks.items():
            given.setdefault(mark, []).append(level)
    return {mark: _together(all) for mark, all in sorted(given.items())} | {mark: Fraction(level) for mark, level in settled.items()}


def _together(levels: list[int]) -> Fraction | None:
    return Fraction(sum(levels), len(levels)) if max(levels) - min(levels) <= 1 else None


def comments(folder: Path) -> dict[str, list[str]]:
    """{key: comments for the learner}: of all markers, by marker and in the order in which they were made, each once."""
    found: dict[str, dict[str, None]] = {}
    for marker in markers(folder):
        for (key, _), text in comments_of(MarkLog(folder, marker).acts()).items():
            found.setdefault(key, {})[text] = None
    return {key: list(texts) for key, texts in found.items()}


def problems(folder: Path) -> list[LogProblem]:
    """The lines of all logs that could not be read."""
    return [one for marker in markers(folder) for one in _read(MarkLog(folder, marker).path) if isinstance(one, LogProblem)]


def _read(path: Path) -> list[Act | LogProblem]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        return [LogProblem(str(path), 0, say("log.unreadable", error=error.strerror))]
    found: list[tuple[int, Act | LogProblem]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append((number, _act(line)))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                torn = number == len(lines)  # no line break behind it: a write that a crash cut short
                found.append((number, LogProblem(str(path), number, say("log.torn" if torn else "marking.broken"))))
    return list(_whole(found, str(path)))


def _whole(found: list[tuple[int, Act | LogProblem]], file: str) -> Iterator[Act | LogProblem]:
    """What was read, and for a step of which a crash left only some lines a problem in place of them."""
    there = Counter(one.step for _, one in found if isinstance(one, Act) and one.act != "undo")
    told = set()
    for number, one in found:
        if isinstance(one, LogProblem) or one.act == "undo" or there[one.step] >= one.lines:
            yield one
        elif one.step not in told:
            told.add(one.step)
            yield LogProblem(file, number, say("marking.half", there=there[one.step], lines=one.lines))


def _line(marker: str, act: Act) -> bytes:
    row = (
        {
            "v": FORMAT,
            "marker": marker,
            "at": act.at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "act": act.act,
            "exercise": act.exercise,
            "key": act.key,
            "criterion": act.criterion,
            "level": act.level,
            "comment": act.comment,
            "group": act.group,
            "step": act.step,
        }
        | ({"by": act.by} if act.by else {})
        | ({"lines": act.lines} if act.lines > 1 else {})
    )
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _act(line: bytes) -> Act:
    """The act on a line; raises ValueError, KeyError, TypeError or AttributeError where it is none."""
    row = json.loads(line)
    at, level, comment, lines = datetime.fromisoformat(row["at"]), row.get("level"), row.get("comment"), row.get("lines", 1)
    texts = {name: row.get(name) or "" for name in ("exercise", "key", "criterion", "step", "by")}
    known = row["v"] == FORMAT and row["act"] in get_args(Name) and at.tzinfo is not None
    sound = (level is None or (type(level) is int and level in LEVELS)) and type(lines) is int
    if not (known and sound and all(isinstance(text, str) for text in (*texts.values(), comment or "", row.get("group") or ""))):
        raise ValueError
    return Act(row["act"], at, level=level, comment=comment, group=row.get("group"), lines=lines, **texts)
