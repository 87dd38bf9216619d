"""Placing: lines into an order, or items into buckets."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from ...errors import Unreadable
from ...wording import say
from ..raw_values import ids, mapping, one_id
from .control import Choice, Control, Rename, Told, ids_of, whole


@frozen
class Arrange(Control):
    """A list to bring into order with buttons or Alt+arrows. Value: all ids, in order; nothing as long as nothing was moved.

    It begins as it is listed for everybody: a shuffle would show some learners an order that is right.
    """

    type = "arrange"
    lettered = ("items",)
    told_as = "steps"
    items: tuple[Choice, ...] = ()

    def read(self, raw: Any) -> tuple[str, ...]:
        if raw in (None, "", [], {}):
            raise Unreadable(say("unreadable.unmoved"))
        return whole(ids(raw, ids_of(self.items), say("unreadable.arrange")), self.items)

    def lines(self) -> Iterable[tuple[str, str]]:
        return (("__.", item.text) for item in self.items)

    def told(self, value: Any) -> list[Told] | None:
        return [Told(self.text_of(id)) for id in value] if isinstance(value, list) else None

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        return [letter(id) for id in value] if isinstance(value, list) else value


@frozen
class Assign(Control):
    """A menu of buckets beside each item. Value: {item id: bucket id}."""

    type = "assign"
    lettered = ("items",)
    numbered = ("buckets",)
    shuffled = "items"
    told_as = "list"
    items: tuple[Choice, ...] = ()
    buckets: tuple[Choice, ...] = ()

    def read(self, raw: Any) -> dict[str, str]:
        buckets, what = ids_of(self.buckets), say("unreadable.assign")
        placed = {item: bucket for item, bucket in mapping(raw, ids_of(self.items), what).items() if bucket}
        whole(placed, self.items)
        return {item.id: one_id(placed[item.id], buckets, what) for item in self.items}

    def lines(self) -> Iterator[tuple[str, str]]:
        yield from (("•", f"{item.text} → ______") for item in self.items)
        yield "→", " / ".join(bucket.text for bucket in self.buckets)

    def told(self, value: Any) -> list[Told] | None:
        """In the order of the question; what it does not know comes last."""
        if not isinstance(value, dict):
            return None
        order = {item.id: number for number, item in enumerate(self.items)}
        asked = sorted(value, key=lambda item: order.get(item, len(order)))
        return [Told(self.text_of(value[item]), (self.text_of(item),)) for item in asked]

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        return {letter(item): number(bucket) for item, bucket in value.items()} if isinstance(value, dict) else value
