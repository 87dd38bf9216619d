"""A question without its key: what a learner may know of an exercise, and their answer put back into its own ids.

Ids that an author chose can give the key away ("bluff"), so that the released question has letters and numbers.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from attrs import frozen

from ..model.exercise import Exercise

UNKNOWN = "?"  # stands before whatever is no id of the released question, so that it cannot pass as one of the exercise's
_LETTERS = ("options", "items", "spans", "columns", "cards")
_NUMBERS = ("buckets", "reasons", "rows")


@frozen
class _Ids:
    """The author's ids of the parts of one control, by letter and by number: one word may name a row and a column."""

    letters: dict[str, str]
    numbers: dict[str, str]

    def turned(self) -> "_Ids":
        """The letters and numbers by the author's ids."""
        letters, numbers = ({real: alias for alias, real in back.items()} for back in (self.letters, self.numbers))
        return _Ids(letters, numbers)


_NONE = _Ids({}, {})


@frozen
class Mask:
    """A released question.

    `public` is JSON: kind, title, note, prompt, words_least and the controls with neutral ids.
    `of` is twelve hex digits of it, by which an answer names the wording that it answered.
    """

    public: dict[str, Any]
    of: str
    _back: dict[str, "_Ids"]
    _names: dict[str, str]

    def real(self, answer: Any) -> Any:
        """A released question's raw answer in the exercise's own ids. Takes any JSON and raises nothing."""
        if self._names == {"answer": "answer"}:
            return _translate(self.public["controls"][0]["type"], answer, self._back["answer"])
        if not isinstance(answer, dict):
            return answer
        types = {control["id"]: control["type"] for control in self.public["controls"]}
        return {
            self._names.get(name, UNKNOWN + name): _translate(types.get(name, ""), value, self._back.get(name, _NONE))
            for name, value in answer.items()
        }

    def masked(self, answer: Any) -> Any:
        """The other way: a raw answer in the exercise's own ids as a learner with this question would have given it."""
        there = {name: back.turned() for name, back in self._back.items()}
        if self._names == {"answer": "answer"}:
            return _translate(self.public["controls"][0]["type"], answer, there["answer"])
        if not isinstance(answer, dict):
            return answer
        names = {real: alias for alias, real in self._names.items()}
        types = {control["id"]: control["type"] for control in self.public["controls"]}
        return {
            names.get(name, UNKNOWN + name): _translate(types.get(names.get(name, ""), ""), value, there.get(names.get(name, ""), _NONE))
            for name, value in answer.items()
        }


def mask(exercise: Exercise) -> Mask:
    """The released question of an exercise. The same exercise gives the same letters, whatever its key."""
    controls = [control.describe() for control in exercise.controls()]
    single = [control["id"] for control in controls] == ["answer"]
    names, back = {}, {}
    for number, control in enumerate(controls, 1):
        alias = "answer" if single else f"q{number}"
        names[alias], control["id"] = control["id"], alias
        back[alias] = _alias(control)
    public = {
        "kind": exercise.kind,
        "title": exercise.title,
        "note": exercise.note,
        "prompt": exercise.prompt,
        "words_least": exercise.words_least,
        "controls": json.loads(json.dumps(controls)),
    }
    text = json.dumps(public, ensure_ascii=False, sort_keys=True)
    return Mask(public, sha256(text.encode()).hexdigest()[:12], back, names)


def _alias(control: dict[str, Any]) -> _Ids:
    """Give the parts of a control neutral ids, in place; return what they stand for."""
    letters: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for key in _LETTERS:
        letters |= _rename(control.get(key, ()), _letter)
    for key in _NUMBERS:
        numbers |= _rename(control.get(key, ()), str)
    columns = {real: alias for alias, real in letters.items()}
    for row in control.get("rows", ()):
        for cell in row["cells"]:
            alias = columns.setdefault(cell["column"], f"own{len(columns)}")  # a row may have a cell of its own
            letters[alias], cell["column"] = cell["column"], alias
    return _Ids(letters, numbers)


def _rename(parts: Iterable[dict[str, Any]], name: Callable[[int], str]) -> dict[str, str]:
    back = {}
    for number, part in enumerate(parts, 1):
        back[name(number)], part["id"] = part["id"], name(number)
    return back


def _letter(number: int) -> str:
    """a … z, then z27 and on."""
    return chr(96 + number) if number <= 26 else f"z{number}"


def _translate(control: str, value: Any, ids: _Ids) -> Any:
    """An answer with every id looked up; texts and numbers that a learner typed stay as they are."""
    letter, number = _looked_up(ids.letters), _looked_up(ids.numbers)
    if control in ("pick-one", "select"):
        return letter(value)
    if control in ("pick-many", "arrange") and isinstance(value, list):
        return [letter(id) for id in value]
    if control == "assign" and isinstance(value, dict):
        return {letter(item): number(bucket) for item, bucket in value.items()}
    if control == "mark-spans" and isinstance(value, list):
        return [_mark(mark, letter, number) for mark in value]
    if control == "grid" and isinstance(value, dict):
        return {
            number(row): {letter(column): text for column, text in cells.items()} if isinstance(cells, dict) else cells
            for row, cells in value.items()
        }
    return value


def _mark(mark: Any, letter: Callable[[Any], Any], number: Callable[[Any], Any]) -> Any:
    if not isinstance(mark, dict):
        return letter(mark)
    return {key: (number if key == "reason" else letter)(id) for key, id in mark.items()}


def _looked_up(ids: dict[str, str]) -> Callable[[Any], Any]:
    return lambda id: ids.get(id, UNKNOWN + id) if isinstance(id, str) and id else id
