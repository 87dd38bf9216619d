"""Graded work on a learner's machine: questions without keys, read from a bundle; answers are saved and never judged."""

import json
import random
from collections.abc import Collection
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, fields, frozen

from . import controls
from .controls import Arrange, Assign, Control, Grid, MarkSpans, Number, PickMany, PickOne, Revise, Select
from .errors import BadBundle, Unreadable
from .exercise import Exercise, Grade, Samples
from .numerals import read as read_number
from .numerals import two_readings
from .reading import clean, ids, json_number, mapping, one_id
from .structure import structure
from .wording import say

FORMAT = 1  # version of the bundle's format
SUFFIX = ".bundle.json"
PRIVATE = ("worksheet",)  # kinds that are about the learner's own client: they stay on the machine unless ticked


@frozen(kw_only=True)
class Released(Exercise):
    """A question of an assignment as its learner has it: controls and no key.

    `exercise` is the id under which the instructor grades it, `of` names its wording, `asked` is its kind there.
    """

    kind = "released"
    exercise: str
    of: str
    asked: str
    shown: tuple[Control, ...]
    words_least: int = 0

    @property
    def private(self) -> bool:
        """Whether it is about the learner's own client, so that it leaves the machine only if ticked."""
        return self.asked in PRIVATE

    @property
    def tested(self) -> bool:
        """Nothing is said about right or wrong."""
        return True

    def controls(self) -> tuple[Control, ...]:
        return self.shown

    def read(self, raw: Any) -> Any:
        """The raw answer where its shape fits. What can be read in two ways is asked back: nobody can ask later."""
        if [control.id for control in self.shown] == ["answer"]:
            return _read(self.shown[0], raw, self.words_least)
        given = mapping(raw, [control.id for control in self.shown], say("unreadable.field"))
        numbers = [control.id for control in self.shown if isinstance(control, Number)] if self.asked == "number" else []
        asked = {id: given.get(id) for id in dict.fromkeys([*numbers, *given])}  # every figure of a sum is needed
        by_id = {control.id: control for control in self.shown}
        return {id: _named(by_id[id], value) for id, value in asked.items() if id in numbers or value not in (None, "")}

    def grade(self, answer: Any) -> Grade:
        return Grade("kept", None, None, self.points, (), say("feedback.handed_in_later"))

    def solution(self) -> str:
        return ""

    def samples(self) -> Samples:
        return Samples()


@frozen
class Bundle:
    """An assignment as it was released. `due` is aware; `digest` names the release."""

    name: str
    title: str
    due: datetime
    about: str
    points: float
    digest: str
    course: str
    shuffle: bool
    count: str
    most: int
    questions: tuple[Released, ...]

    def for_learner(self, learner: str) -> "Bundle":
        """The same questions in the order of this learner, and each one's options too, where the assignment asks for it.

        The order follows from the learner's id and the assignment alone: it is the same every time.
        """
        if not self.shuffle:
            return self
        questions = [_shuffled(one, learner) for one in self.questions]
        return evolve(self, questions=tuple(_drawn(questions, f"{self.name} {learner}")))


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file. Raises BadBundle."""
    try:
        raw = json.loads(path.read_bytes().decode("utf-8"))
        if raw["v"] > FORMAT:
            raise BadBundle(say("bundle.newer", file=path.name))
        questions = tuple(_question(raw, one) for one in raw["questions"])
        about = {field.name: raw[field.name] for field in fields(Bundle) if field.name not in ("questions", "due")}
        return Bundle(**about, due=datetime.fromisoformat(raw["due"]), questions=questions)
    except OSError as error:
        raise BadBundle(say("bundle.missing", file=path.name, error=error.strerror)) from None
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError, ExceptionGroup):
        raise BadBundle(say("bundle.broken", file=path.name)) from None


def _question(raw: dict[str, Any], one: dict[str, Any]) -> Released:
    public = one["public"]
    return Released(
        id=f"{raw['name']}:{one['exercise']}",
        title=public["title"],
        prompt=public["prompt"],
        objective="",
        note=public["note"],
        role="graded",
        confidence=one["confidence"],
        points=one["points"],
        exercise=one["exercise"],
        of=one["of"],
        asked=public["kind"],
        shown=tuple(_control(control) for control in public["controls"]),
        words_least=public["words_least"],
    )


@cache
def _types() -> dict[str, type[Control]]:
    return {one.type: one for one in vars(controls).values() if isinstance(one, type) and issubclass(one, Control) and one is not Control}


def _control(raw: dict[str, Any]) -> Control:
    return structure(_types()[raw["type"]], {key: value for key, value in raw.items() if key != "type"})


def _shuffled(one: Released, learner: str) -> Released:
    """Options, items and buckets in the learner's order; spans and cards stay, as they are a text."""
    shown = []
    for number, control in enumerate(one.shown):
        seed = f"{one.id} {number} {learner}"
        if isinstance(control, PickOne | PickMany):
            control = evolve(control, options=tuple(_drawn(control.options, seed)))
        elif isinstance(control, Arrange | Assign):
            control = evolve(control, items=tuple(_drawn(control.items, seed)))
        shown.append(control)
    return evolve(one, shown=tuple(shown))


def _drawn(things: Collection[Any], seed: str) -> list[Any]:
    """The things in an order that follows from the seed, the same on every machine and Python."""
    return random.Random(sha256(seed.encode()).digest()).sample(list(things), len(things))


def _named(control: Control, raw: Any) -> Any:
    """What was typed into one of several controls; what cannot be read names it."""
    try:
        return _read(control, raw)
    except Unreadable as error:
        raise Unreadable(f"{control.label}: {error}", error.part or control.id) from None


def _read(control: Control, raw: Any, words_least: int = 0) -> Any:
    """What was given to one control, if its shape fits. Raises Unreadable."""
    match control:
        case PickOne() | Select():
            return one_id(raw, _ids(control.options), say("unreadable.pick_one"))
        case PickMany():
            return list(_some(ids(raw, _ids(control.options), say("unreadable.pick_many")), say("unreadable.pick_many")))
        case Arrange():
            return list(_all(ids(raw, _ids(control.items), say("unreadable.arrange")), control.items))
        case Assign():
            buckets, what = _ids(control.buckets), say("unreadable.assign")
            placed = {item: bucket for item, bucket in mapping(raw, _ids(control.items), what).items() if bucket}
            _all(placed, control.items)
            return {item: one_id(bucket, buckets, what) for item, bucket in placed.items()}
        case MarkSpans():
            return _marks(control, raw)
        case Revise():
            return _positions(control, raw)
        case Grid():
            return _cells(control, raw)
        case Number():
            return _number(control, raw)
    return _text(raw, words_least)


def _ids(parts: Collection[Any]) -> list[str]:
    return [part.id for part in parts]


def _some(given: Collection[Any], what: str) -> Collection[Any]:
    if not given:
        raise Unreadable(say("unreadable.empty", what=what))
    return given


def _all(given: Collection[str], parts: Collection[Any]) -> Collection[str]:
    if left_out := [part for part in parts if part.id not in given]:
        raise Unreadable(say("unreadable.left_out", items="; ".join(part.text for part in left_out)), left_out[0].id)
    return given


def _marks(control: MarkSpans, raw: Any) -> Any:
    what, known = say("unreadable.mark"), _ids(control.spans)
    if not control.reasons:
        return list(_some(ids(raw or [], known, what), what))
    if not isinstance(raw, list) or not all(isinstance(mark, dict) for mark in raw):
        raise Unreadable(say("unreadable.shape", what=what))
    for id, mark in zip(_some(ids([mark.get("mark") for mark in raw], known, what), what), raw, strict=True):
        if not mark.get("reason"):
            raise Unreadable(say("unreadable.reason"), id)
        one_id(mark["reason"], _ids(control.reasons), say("unreadable.reason"))
    return raw


def _positions(control: Revise, raw: Any) -> Any:
    values = [json_number(value) for value in raw] if isinstance(raw, list) else []
    if len(values) != len(control.cards) or not all(value is not None and 0 <= value <= 100 for value in values):
        raise Unreadable(say("unreadable.shape", what=say("unreadable.revise", all=len(control.cards))))
    return values


def _cells(control: Grid, raw: Any) -> Any:
    what, columns = say("unreadable.row"), {cell.column for row in control.rows for cell in row.cells}
    rows = {
        row: {column: clean(text, what) for column, text in mapping(cells, columns, what).items() if text}
        for row, cells in mapping(raw, _ids(control.rows), what).items()
        if cells
    }
    return dict(_some({row: cells for row, cells in rows.items() if cells}, what))


def _number(control: Number, raw: Any) -> Any:
    if (value := json_number(raw)) is not None:
        return value
    text = clean("" if raw is None else raw, say("unreadable.no_number", example="1130"), limit=200)
    reading = read_number(text, control.unit)
    if reading.other is not None:
        raise Unreadable(two_readings(text.strip(), reading.value, reading.other))
    return text


def _text(raw: Any, words_least: int) -> str:
    text = clean(raw, say("unreadable.write")).strip()
    if not text:
        raise Unreadable(say("unreadable.empty", what=say("unreadable.write")))
    if (count := len(text.split())) < words_least:
        raise Unreadable(say("flag.words_few", count=count, least=words_least))
    return text
