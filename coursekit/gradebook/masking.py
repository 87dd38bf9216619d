"""A question without its key: what a learner may know of an exercise, and their answer put back into its own ids.

Ids that an author chose can give the key away ("bluff"), so that the released question has letters and numbers.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from attrs import frozen

from ..exercise import Exercise

UNKNOWN = "?"  # stands before whatever is no id of the released question, so that it cannot pass as one of the exercise's
_LETTERS = ("options", "items", "spans", "columns", "cards")
_NUMBERS = ("buckets", "reasons", "rows")


@frozen
class Mask:
    """A released question.

    `public` is JSON: kind, title, note, prompt, words_least and the controls with neutral ids.
    `of` is twelve hex digits of it, by which an answer names the wording that it answered.
    """

    public: dict[str, Any]
    of: str
    _back: dict[str, dict[str, str]]
    _names: dict[str, str]

    def real(self, answer: Any) -> Any:
        """A released question's raw answer in the exercise's own ids. Takes any JSON and raises nothing."""
        if self._names == {"answer": "answer"}:
            return _translate(self.public["controls"][0]["type"], answer, self._back["answer"])
        if not isinstance(answer, dict):
            return answer
        types = {control["id"]: control["type"] for control in self.public["controls"]}
        return {
            self._names.get(name, UNKNOWN + name): _translate(types.get(name, ""), value, self._back.get(name, {}))
            for name, value in answer.items()
        }

    def masked(self, answer: Any) -> Any:
        """The other way: a raw answer in the exercise's own ids as a learner with this question would have given it."""
        there = {name: {real: alias for alias, real in back.items()} for name, back in self._back.items()}
        if self._names == {"answer": "answer"}:
            return _translate(self.public["controls"][0]["type"], answer, there["answer"])
        if not isinstance(answer, dict):
            return answer
        names = {real: alias for alias, real in self._names.items()}
        types = {control["id"]: control["type"] for control in self.public["controls"]}
        return {
            names.get(name, UNKNOWN + name): _translate(types.get(names.get(name, ""), ""), value, there.get(names.get(name, ""), {}))
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
        "words_least": getattr(exercise, "words_least", 0),
        "controls": json.loads(json.dumps(controls)),
    }
    text = json.dumps(public, ensure_ascii=False, sort_keys=True)
    return Mask(public, sha256(text.encode()).hexdigest()[:12], back, names)


def _alias(control: dict[str, Any]) -> dict[str, str]:
    """Give the parts of a control neutral ids, in place; return {neutral id: the author's}."""
    back: dict[str, str] = {}
    for key in _LETTERS:
        back |= _rename(control.get(key, ()), _letter)
    for key in _NUMBERS:
        back |= _rename(control.get(key, ()), str)
    columns = {real: alias for alias, real in back.items()}
    for row in control.get("rows", ()):
        for cell in row["cells"]:
            alias = columns.setdefault(cell["column"], f"own{len(columns)}")  # a row may have a cell of its own
            back[alias], cell["column"] = cell["column"], alias
    return back


def _rename(parts: Iterable[dict[str, Any]], name: Callable[[int], str]) -> dict[str, str]:
    back = {}
    for number, part in enumerate(parts, 1):
        back[name(number)], part["id"] = part["id"], name(number)
    return back


def _letter(number: int) -> str:
    """a … z, then z27 and on."""
    return chr(96 + number) if number <= 26 else f"z{number}"


def _translate(control: str, value: Any, ids: dict[str, str]) -> Any:
    """An answer with every id looked up; texts and numbers that a learner typed stay as they are."""

    def one(id: Any) -> Any:
        return ids.get(id, UNKNOWN + id) if isinstance(id, str) and id else id

    if control in ("pick-one", "select"):
        return one(value)
    if control in ("pick-many", "arrange") and isinstance(value, list):
        return [one(id) for id in value]
    if control == "assign" and isinstance(value, dict):
        return {one(item): one(bucket) for item, bucket in value.items()}
    if control == "mark-spans" and isinstance(value, list):
        return [{key: one(id) for key, id in mark.items()} if isinstance(mark, dict) else one(mark) for mark in value]
    if control == "grid" and isinstance(value, dict):
        return {one(row): {one(c): text for c, text in cells.items()} if isinstance(cells, dict) else cells for row, cells in value.items()}
    return value
