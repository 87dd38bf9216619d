"""A bundle as it stands in its file. A stranger may have written it: it is taken whole, each field of its type and within its
range, or not at all.

A field that is not known is refused too: whoever adds one counts `FORMAT` up, and older versions say that they are too old.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from attrs import fields, frozen, has

from ..content.strict_parsing import broken, structure
from ..file_names import can_be_held, folded
from ..formats import integer
from ..model.controls import Control
from ..wording import say

FORMAT = 1  # version of the bundle's format
FILE = re.compile(r"[\w][\w .()-]{0,99}")  # a name that stays in its folder, whoever wrote it
MOST = 10_000  # points, attempts, minutes and words: more is a slip of the pen
LONGEST_ID = 200  # characters of what a file that is handed in repeats
LONGEST_OF = 64
LONGEST = 100_000  # characters of any other text
YEARS = range(2000, 2200)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # would be acted on by a terminal, or fits no file
_TIMES = ("due", "late_until", "feedback_after")


@frozen
class Material:
    """A file to read beside the questions, Markdown or a table as CSV; the notebook shows it under `title`.

    `file` is looked up beside the assignment, or the bundle.
    """

    title: str
    file: str


@frozen
class Public:
    """A question as everybody may see it: ways to answer and no key."""

    kind: str
    title: str
    note: str
    prompt: str
    words_least: int
    controls: tuple[Control, ...]


@frozen
class Asked:
    """A question with the id under which it is graded; `of` names its wording."""

    exercise: str
    of: str
    confidence: bool
    points: float
    public: Public
    private: bool = False


@frozen(kw_only=True)
class About:
    """What a bundle says of an assignment. `due` is aware; `digest` names the release and follows from public data alone.

    `late_rule` and `count` are the instructor's rules; `feedback` is what comes back.
    """

    name: str
    title: str
    due: datetime
    about: str
    points: float
    digest: str
    course: str
    shuffle: bool
    count: Literal["first", "last", "best", "average"]
    most: int
    minutes: int = 0
    pass_percent: float | None = None
    late_rule: Literal["none", "per-day", "cut-off"] = "none"
    late_percent: float = 0.0
    late_until: datetime | None = None
    feedback: Literal["reasons", "points", "none"] = "reasons"
    feedback_after: datetime | None = None
    material: tuple[Material, ...] = ()


@frozen(kw_only=True)
class BundleFields(About):
    """All that stands in a bundle."""

    v: int
    questions: tuple[Asked, ...]


def as_json(text: str) -> Any:
    """JSON in which no key stands twice. Raises ValueError, RecursionError, or an ExceptionGroup of ContentError."""
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise broken(next(name for name in names if names.count(name) > 1)[:40], say("bundle_rule.twice"), "")
    return made


def checked(raw: Any) -> BundleFields:
    """The fields of a bundle. Raises an ExceptionGroup of ContentError: the place in the file, and the rule that it breaks."""
    given = {**raw} if isinstance(raw, dict) else raw
    for name in _TIMES if isinstance(raw, dict) else ():
        if isinstance(given.get(name), str):
            given[name] = _time(name, given[name])
    made: BundleFields = structure(BundleFields, given)
    for place, rule in _wrong(made):
        raise broken(place, rule, "")
    return made


def _time(name: str, text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is not None and time.year in YEARS:
            return time
    except ValueError:
        pass
    raise broken(name, say("bundle_rule.time", text=text[:40]), "")


def _wrong(made: BundleFields) -> Iterator[tuple[str, str]]:
    """(place, rule) of whatever is outside its range."""
    yield from _texts("", made)
    if made.v != FORMAT:
        yield "v", say("bundle_rule.version", wanted=FORMAT, found=str(made.v)[:20])
    if not FILE.fullmatch(made.name):
        yield "name", say("bundle_rule.no_file_name", name=made.name[:40])
    yield from _short("digest", made.digest, LONGEST_ID)
    most = {"points": MOST * 100, "most": MOST, "minutes": MOST, "late_percent": 100, "pass_percent": 100}
    for name, limit in most.items():
        yield from _within(name, getattr(made, name) or 0, limit)
    for number, one in enumerate(made.material, 1):
        if not (FILE.fullmatch(one.file) and can_be_held(one.file) and one.file.endswith((".md", ".csv"))):
            yield f"material[{number}].file", say("bundle_rule.material", file=one.file[:40])
    yield from _twice("material", [folded(one.file) for one in made.material])
    if not made.questions:
        yield "questions", say("bundle_rule.none")
    yield from _twice("questions", [one.exercise for one in made.questions])
    for number, asked in enumerate(made.questions, 1):
        yield from _question(f"questions[{number}]", asked)


def _question(place: str, one: Asked) -> Iterator[tuple[str, str]]:
    yield from _short(f"{place}.exercise", one.exercise, LONGEST_ID)
    yield from _short(f"{place}.of", one.of, LONGEST_OF)
    yield from _within(f"{place}.points", one.points, MOST)
    yield from _within(f"{place}.public.words_least", one.public.words_least, MOST)
    ids = [control.id for control in one.public.controls]
    if not ids:
        yield f"{place}.public.controls", say("bundle_rule.none")
    if "answer" in ids and len(ids) > 1:
        yield f"{place}.public.controls", say("bundle_rule.answer")
    yield from _twice(f"{place}.public.controls", ids)
    for number, control in enumerate(one.public.controls, 1):
        yield from _control(f"{place}.public.controls[{number}]", control)


def _control(place: str, control: Control) -> Iterator[tuple[str, str]]:
    yield from _short(f"{place}.id", control.id, LONGEST_ID)
    for name in (*control.lettered, *control.numbered):
        ids = [part.id for part in getattr(control, name)]
        yield from _twice(f"{place}.{name}", ids)
        if not ids and name != "reasons":  # a sentence may be marked without one
            yield f"{place}.{name}", say("bundle_rule.none")
        for number, id in enumerate(ids, 1):
            yield from _short(f"{place}.{name}[{number}].id", id, LONGEST_ID)
    for name, most in (("start", 100), ("words", MOST)):
        yield from _within(f"{place}.{name}", getattr(control, name, 0), most)


def _within(place: str, value: float, most: int) -> Iterator[tuple[str, str]]:
    if not 0 <= value <= most:  # what is no number is not within either
        yield place, say("bundle_rule.within", most=integer(most), found=str(value)[:20])


def _short(place: str, text: str, most: int) -> Iterator[tuple[str, str]]:
    if not 0 < len(text) <= most:
        yield place, say("bundle_rule.length", n=most)


def _twice(place: str, ids: list[str]) -> Iterator[tuple[str, str]]:
    seen = set[str]()
    for id in ids:
        if id in seen:
            yield place, say("bundle_rule.twice_named", id=id[:40])
        seen.add(id)


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Texts that are too long, or have signs in them that nobody sees."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            yield place, say("bundle_rule.longest", most=integer(LONGEST))
        if _UNSEEN.search(value):
            yield place, say("bundle_rule.unseen")
    elif isinstance(value, tuple):
        for number, one in enumerate(value, 1):
            yield from _texts(f"{place}[{number}]", one)
    elif has(type(value)):
        for field in fields(type(value)):
            yield from _texts(f"{place}.{field.name}".lstrip("."), getattr(value, field.name))
