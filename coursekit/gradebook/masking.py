"""A question without its key: what a learner may know of an exercise, and their answer put back into its own ids.

Ids that an author chose can give the key away ("bluff"), so that the released question has letters and numbers.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from attrs import frozen

from ..model.controls import Control
from ..model.exercise import Exercise
from ..wording import section

FIRST_LABELS = {  # our labels as the first released wordings have them; they name a wording for ever
    "pick_one": "Pick one",
    "pick_many": "Pick all that belong",
    "arrange": "Put these in order",
    "assign": "Choose a place for each line",
    "mark": "Mark the sentences",
    "write": "Your text",
    "compare": "Compare the two",
}
UNKNOWN = "?"  # stands before whatever is no id of the released question, so that it cannot pass as one of the exercise's


@frozen
class _Ids:
    """The author's ids of the parts of one control, by letter and by number: one word may name a row and a column."""

    letters: dict[str, str]
    numbers: dict[str, str]

    def turned(self) -> "_Ids":
        """The letters and numbers by the author's ids."""
        letters, numbers = ({real: alias for alias, real in back.items()} for back in (self.letters, self.numbers))
        return _Ids(letters, numbers)


@frozen
class _Box:
    """A control of the exercise, the name that it has in the released question, and what stands there for its parts."""

    alias: str
    control: Control
    ids: _Ids


@frozen
class Mask:
    """A released question.

    `public` is JSON: kind, title, note, prompt, words_least and the controls with neutral ids.
    `of` is twelve hex digits of it, by which an answer names the wording that it answered.
    """

    public: dict[str, Any]
    of: str
    _boxes: tuple[_Box, ...]

    def real(self, answer: Any) -> Any:
        """A released question's raw answer in the exercise's own ids. Takes any JSON and raises nothing."""
        return self._turned(answer, {box.alias: (box.control.id, box.control, box.ids) for box in self._boxes})

    def masked(self, answer: Any) -> Any:
        """The other way: a raw answer in the exercise's own ids as a learner with this question would have given it."""
        return self._turned(answer, {box.control.id: (box.alias, box.control, box.ids.turned()) for box in self._boxes})

    def _turned(self, answer: Any, boxes: dict[str, tuple[str, Control, _Ids]]) -> Any:
        if list(boxes) == ["answer"]:
            _, control, ids = boxes["answer"]
            return _translate(control, answer, ids)
        if not isinstance(answer, dict):
            return answer
        return dict(_entry(name, value, boxes.get(name)) for name, value in answer.items())


def mask(exercise: Exercise) -> Mask:
    """The released question of an exercise. The same exercise gives the same letters, whatever its key."""
    controls = exercise.controls()
    single = [control.id for control in controls] == ["answer"]
    described, boxes = [], []
    for number, control in enumerate(controls, 1):
        alias = "answer" if single else f"q{number}"
        described.append({**control.describe(), "id": alias})
        boxes.append(_Box(alias, control, _alias(control, described[-1])))
    public = {
        "kind": exercise.kind,
        "title": exercise.title,
        "note": exercise.note,
        "prompt": exercise.prompt,
        "words_least": exercise.words_least,
        "controls": json.loads(json.dumps(described)),
    }
    return Mask(public, _of(public), tuple(boxes))


def _of(public: dict[str, Any]) -> str:
    """The name of a wording: of what its author wrote. Our own sentence beside it may change, and be in another language."""
    first = {section("label")[name]: text for name, text in FIRST_LABELS.items()}
    controls = [{**control, "label": first.get(control["label"], control["label"])} for control in public["controls"]]
    text = json.dumps({**public, "controls": controls}, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]


def _alias(control: Control, described: dict[str, Any]) -> _Ids:
    """Give the parts of a described control neutral ids, in place; return what they stand for.

    Raises TypeError for parts of which the control does not say how they are called: an author's id would get out with them.
    """
    named = (*control.lettered, *control.numbered)
    if unnamed := [key for key, value in described.items() if _has_ids(value) and key not in named]:
        raise TypeError(f"the control “{control.type}” does not say how its {unnamed[0]} are called: name them in lettered or numbered")
    letters: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for key in control.lettered:
        letters |= _rename(described[key], _letter)
    for key in control.numbered:
        numbers |= _rename(described[key], str)
    columns = {real: alias for alias, real in letters.items()}
    for row in described.get("rows", ()):
        for cell in row["cells"]:
            alias = columns.setdefault(cell["column"], f"own{len(columns)}")  # a row may have a cell of its own
            letters[alias], cell["column"] = cell["column"], alias
    return _Ids(letters, numbers)


def _has_ids(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(part, dict) and "id" in part for part in value)


def _rename(parts: Iterable[dict[str, Any]], name: Callable[[int], str]) -> dict[str, str]:
    back = {}
    for number, part in enumerate(parts, 1):
        back[name(number)], part["id"] = part["id"], name(number)
    return back


def _letter(number: int) -> str:
    """a … z, then z27 and on."""
    return chr(96 + number) if number <= 26 else f"z{number}"


def _entry(name: str, value: Any, box: tuple[str, Control, _Ids] | None) -> tuple[str, Any]:
    """The answer to one of several controls; one that is not there keeps its value and gets no name of the exercise."""
    if box is None:
        return UNKNOWN + name, value
    other, control, ids = box
    return other, _translate(control, value, ids)


def _translate(control: Control, value: Any, ids: _Ids) -> Any:
    """An answer with every id looked up; texts and numbers that a learner typed stay as they are."""
    return control.renamed(value, _looked_up(ids.letters), _looked_up(ids.numbers))


def _looked_up(ids: dict[str, str]) -> Callable[[Any], Any]:
    return lambda id: ids.get(id, UNKNOWN + id) if isinstance(id, str) and id else id
