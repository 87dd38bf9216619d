"""Picking: one of several options, or some of them."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from ...errors import Unreadable
from ...wording import say
from ..raw_values import ids, one_id
from .control import Choice, Control, Rename, Told, ids_of, some


@frozen
class PickOne(Control):
    """Radio buttons. Value: the id picked."""

    type = "pick-one"
    lettered = ("options",)
    shuffled = "options"
    options: tuple[Choice, ...] = ()

    def read(self, raw: Any) -> str:
        return one_id(raw, ids_of(self.options), say("unreadable.pick_one"))

    def lines(self) -> Iterable[tuple[str, str]]:
        return (("○", option.text) for option in self.options)

    def told(self, value: Any) -> list[Told] | None:
        return [Told(self.text_of(value))] if isinstance(value, str) else None

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        return letter(value)


@frozen
class Select(PickOne):
    """A menu, which begins empty. Value: the id picked."""

    type = "select"
    shuffled = ""
    help: str = ""

    def read(self, raw: Any) -> str:
        if isinstance(raw, str) and raw and raw not in ids_of(self.options):
            raise Unreadable(say("unreadable.pick_one"))  # its ids are seen by nobody
        return super().read(raw)


@frozen
class PickMany(Control):
    """Checkboxes. Value: the list of ids picked."""

    type = "pick-many"
    lettered = ("options",)
    shuffled = "options"
    told_as = "list"
    options: tuple[Choice, ...] = ()

    def read(self, raw: Any) -> tuple[str, ...]:
        """The ids picked, in the order of the question: in which order they were picked says nothing."""
        what = say("unreadable.pick_many")
        picked = some(ids(raw, ids_of(self.options), what), what)
        return tuple(option.id for option in self.options if option.id in picked)

    def lines(self) -> Iterable[tuple[str, str]]:
        return (("☐", option.text) for option in self.options)

    def told(self, value: Any) -> list[Told] | None:
        return [Told(self.text_of(id)) for id in value] if isinstance(value, list) else None

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        return [letter(id) for id in value] if isinstance(value, list) else value
