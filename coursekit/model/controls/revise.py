"""Moving a judgement with each piece of evidence."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ...errors import Unreadable
from ...wording import say
from ..raw_values import json_number
from .control import Choice, Control, Rename, Told, some


@frozen
class Revise(Control):
    """Cards of evidence shown one by one, with a slider from 0 to 100 after each.

    Value: the list of positions so far; nothing as long as none was moved.

    `start` is where the slider stands before the first card; `low` and `high` name its ends.
    """

    type = "revise"
    lettered = ("cards",)
    told_as = "steps"
    cards: tuple[Choice, ...] = ()
    start: int = 50
    low: str = ""
    high: str = ""

    def read(self, raw: Any) -> tuple[float, ...]:
        what = say("unreadable.revise", n=len(self.cards))
        if isinstance(given := some(raw or [], what), list) and len(given) < len(self.cards):
            raise Unreadable(what)
        values = [json_number(value) for value in given] if isinstance(given, list) else []
        positions = tuple(value for value in values if value is not None and 0 <= value <= 100)
        if not len(positions) == len(values) == len(self.cards):
            raise Unreadable(say("unreadable.shape", what=what))
        return positions

    def lines(self) -> Iterator[tuple[str, str]]:
        yield from (("•", f"{card.text} ______") for card in self.cards)
        yield "→", f"0: {self.low} … 100: {self.high}"

    def told(self, value: Any) -> list[Told] | None:
        if not isinstance(value, list):
            return None
        return [Told(str(place), (card.text,)) for card, place in zip(self.cards, value, strict=False)]

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        return value
