"""Graded work on a learner's machine: questions without keys, read from a bundle; answers are saved and never judged."""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from attrs import evolve, fields, frozen

from ..errors import BadBundle
from ..formats import listed
from ..model.controls import Control, Grid, at
from ..model.exercise import Exercise, Grade, Part, Samples
from ..model.kinds import KINDS
from ..model.points import exact
from ..model.raw_values import enough_words, mapping
from ..wording import say
from .bundle_fields import FORMAT, About, Asked, BundleFields, as_json, checked

SUFFIX = ".bundle.json"
LARGEST = 10_000_000  # bytes of a bundle that is read


@frozen(kw_only=True)
class Released(Exercise):
    """A question of an assignment as its learner has it: controls and no key.

    `exercise` is the id under which the instructor grades it, `of` names its wording.
    `private`: it is about the learner's own client or work, so that it leaves the machine only if ticked. `needs_all`: every
    figure of a sum is needed. `count` says which saved answer counts ("first", "last", "best", "average"), `most` how many do,
    0 for all.
    """

    kind = "released"
    exercise: str
    of: str
    shown: tuple[Control, ...]
    words_least: int = 0
    private: bool = False
    needs_all: bool = False
    count: str = "last"
    most: int = 0

    @property
    def tested(self) -> bool:
        """Nothing is said about right or wrong."""
        return True

    @property
    def written(self) -> bool:
        return self.private or any(control.long for control in self.shown)

    def said(self, saved: Sequence[Any]) -> str:
        """That it is saved, as which answer, and which one counts. The same answer saved twice is one."""
        number = sum(once(saved, self.same))
        if self.private:
            return say("released.private", number=number)
        if 0 < self.most < number:
            return say("released.too_many", number=number, n=self.most)
        numbered = say("released.saved_of", number=number, most=self.most) if self.most else say("released.saved", number=number)
        return f"{numbered} {say(f'released.counts_{self.count}')}"

    def controls(self) -> tuple[Control, ...]:
        return self.shown

    @cached_property
    def _boxes(self) -> dict[str, Control]:
        return {control.id: control for control in self.shown}

    def read(self, raw: Any) -> Any:
        """The answer where its shape fits. What cannot be read is asked back, as nobody can ask later; the key is not known here."""
        if list(self._boxes) == ["answer"]:
            answer = self.control.read(raw)
            return enough_words(answer, self.words_least) if self.control.long and isinstance(answer, str) else answer
        given = mapping(raw, self._boxes, say("unreadable.field"))
        asked = {id: given.get(id) for id in [*self._boxes, *given]} if self.needs_all else given
        return {id: _read_named(self._boxes[id], value) for id, value in asked.items() if self.needs_all or value not in (None, "")}

    def grade(self, answer: Any) -> Grade:
        given = answer if isinstance(answer, dict) and "answer" not in self._boxes else {"answer": answer}
        remarks = ((id, self._boxes[id].remark(one)) for id, one in given.items())
        parts = tuple(Part(id, "note", remark) for id, remark in remarks if remark)
        return Grade("kept", None, self.points, parts, say("released.feedback"))

    def solution(self) -> str:
        return ""

    def samples(self) -> Samples:
        return Samples()


@frozen(kw_only=True)
class Bundle(About):
    """An assignment as it was released, with its questions as exercises."""

    questions: tuple[Released, ...]

    def for_learner(self, learner: str) -> "Bundle":
        """The same questions in the order of this learner, and each one's options too, where the assignment asks for it.

        The order follows from the learner's id and the assignment alone: it is the same every time.
        """
        if not self.shuffle:
            return self
        questions = [_shuffled(one, learner) for one in self.questions]
        return evolve(self, questions=tuple(_drawn(questions, f"{self.name} {learner}")))


def bundles(folder: Path) -> list[Path]:
    """The bundles that lie in a folder."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())


def find_bundle(folder: Path) -> Bundle:
    """The one bundle of a folder. Raises BadBundle where there is none, or more than one."""
    found = bundles(folder)
    if not found:
        raise BadBundle(say("bundle.none", folder=folder, suffix=SUFFIX))
    if len(found) > 1:
        raise BadBundle(say("bundle.several", folder=folder, files=listed(path.name for path in found)))
    return read_bundle(found[0])


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file, which must be named for it. Raises BadBundle."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        raw = as_json(path.read_bytes().decode("utf-8"))
        if isinstance(raw, dict) and isinstance(raw.get("v"), int) and raw["v"] > FORMAT:
            raise BadBundle(say("bundle.newer", file=path.name))
        bundle = _bundle(raw)
    except OSError as error:
        raise BadBundle(say("bundle.missing", file=path.name, error=error.strerror)) from None
    except ExceptionGroup as group:
        errors: tuple[Any, ...] = group.exceptions  # no group is among them
        raise BadBundle(say("bundle.field", file=path.name, place=errors[0].place, rule=errors[0].rule)) from None
    except (ValueError, RecursionError):
        raise BadBundle(say("bundle.broken", file=path.name)) from None
    if path.name != bundle.name + SUFFIX:
        raise BadBundle(say("bundle.renamed", file=path.name, name=bundle.name + SUFFIX))
    return bundle


def _bundle(raw: Any) -> Bundle:
    read = checked(raw)
    same = {field.name: getattr(read, field.name) for field in fields(About)}
    return Bundle(**same, questions=tuple(_question(read, one) for one in read.questions))


def _question(bundle: BundleFields, one: Asked) -> Released:
    public = one.public
    kind = KINDS.get(public.kind, Exercise)  # a bundle names the kind, and says of it no more than this version has to know
    return Released(
        id=f"{bundle.name}:{one.exercise}@{one.of}",  # an answer to another wording is not one to this
        title=public.title,
        prompt=public.prompt,
        objective="",
        note=public.note,
        role="graded",
        confidence=one.confidence,
        points=exact(one.points),
        exercise=one.exercise,
        of=one.of,
        shown=tuple(map(_unmodelled, public.controls)),
        words_least=public.words_least,
        private=one.private or kind.private,
        needs_all=kind.needs_all,
        count=bundle.count,
        most=bundle.most,
    )


def _read_named(control: Control, raw: Any) -> Any:
    """What was typed into one of several controls; what cannot be read names it."""
    with at(control.id, control.label):
        return control.read(raw)


def once(answers: Sequence[Any], same: Callable[[Any, Any], bool]) -> list[bool]:
    """For each of somebody's answers whether it counts: of the same answer saved several times in a row only the newest."""
    return [*(not same(answer, after) for answer, after in pairwise(answers)), *([True] if answers else [])]


def _unmodelled(control: Control) -> Control:
    """The control without what would compare an answer with a model: there is none."""
    return evolve(control, check_rows=False) if isinstance(control, Grid) else control


def _shuffled(one: Released, learner: str) -> Released:
    """Options and items to sort in the learner's order. All else stays: it has a meaning, or is where an order to make begins."""
    shown = []
    for number, control in enumerate(one.shown):
        field = control.shuffled
        drawn: dict[str, Any] = {field: tuple(_drawn(getattr(control, field), f"{one.id} {number} {learner}"))} if field else {}
        shown.append(evolve(control, **drawn))
    return evolve(one, shown=tuple(shown))


def _drawn(things: Collection[Any], seed: str) -> list[Any]:
    """The things in an order that follows from the seed, the same on every machine and Python."""
    drawn = sorted(enumerate(things), key=lambda pair: sha256(f"{seed} {pair[0]}".encode()).digest())
    return [thing for _, thing in drawn]
