"""Boxes to type in: a number, a line, several lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from ...wording import say
from ..numerals import Reading, read_number, show, unambiguous, with_unit
from ..raw_values import clean, json_number
from ..units import unit_of
from .control import Control, Rename, Told, some


@frozen
class _Box(Control):
    """Whatever is typed: any text of at least one word."""

    def read(self, raw: Any) -> Any:
        what = say("unreadable.write")
        return some(clean(raw, what).strip(), what)

    def lines(self) -> Iterable[tuple[str, str]]:
        return (("•", "______"),)

    def told(self, value: Any) -> list[Told]:
        return [Told(str(value), typed=True)]

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        return value


@frozen
class Number(_Box):
    """A one-line box for a number, typed as people type them. Value: the text. `unit` stands beside the box."""

    type = "number"
    unit: str = ""
    help: str = ""

    def drawn(self) -> dict[str, Any]:
        return {**self.describe(), "keyboard": keyboard(self.unit)}

    def read(self, raw: Any) -> Reading:
        """The number typed, with its second reading where it has one."""
        if (value := json_number(raw)) is not None:
            return Reading(value)
        return read_number(clean("" if raw is None else raw, say("unreadable.no_number", example="1130"), limit=200), self.unit)

    def lines(self) -> Iterable[tuple[str, str]]:
        return (("•", f"______ {self.unit}".strip()),)

    def told(self, value: Any) -> list[Told]:
        return [Told(with_unit(str(value).strip(), self.unit), typed=True)]

    def remark(self, given: Reading) -> str:
        """How a figure is read that has a second reading."""
        if given.other is None:
            return ""
        return say("released.read_as", first=show(given.value, 0), second=f"{given.other:g}", plain=unambiguous(given.other))

    def named(self) -> Iterator[tuple[str, str]]:
        """Its label, where it is one of several boxes."""
        return iter([(self.id, self.label)] if self.id != "answer" else [])


@frozen
class Line(_Box):
    """A one-line box for words. Value: the text."""

    type = "line"
    help: str = ""


@frozen
class Paragraph(_Box):
    """A box for several lines. Value: the text. `words` is the most words asked for, 0 for no limit."""

    type = "paragraph"
    long = True
    words: int = 0
    help: str = ""


def keyboard(unit: str) -> str:
    """The keyboard that a phone shows for a figure: that of figures alone has no minus everywhere. The unit decides, which
    is on the page anyhow, and never the key: it would tell the sign of the answer."""
    return "text" if unit_of(unit).signed else "decimal"
