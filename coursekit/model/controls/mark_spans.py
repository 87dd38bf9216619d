"""Marking: the sentences of a text, with a reason for each where one is asked."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ...errors import Unreadable
from ...wording import say
from ..raw_values import ids, one_id
from .control import Choice, Control, Rename, Told, ids_of, some


@frozen
class Span:
    """A stretch of text that can be marked; `paragraph` starts a new paragraph before it."""

    id: str
    text: str
    paragraph: bool = False


@frozen
class MarkSpans(Control):
    """Sentences as toggle buttons. Value: the ids marked, or [{"mark": id, "reason": id}] where `reasons` are asked."""

    type = "mark-spans"
    lettered = ("spans",)
    numbered = ("reasons",)
    told_as = "list"
    spans: tuple[Span, ...] = ()
    reasons: tuple[Choice, ...] = ()

    def read(self, raw: Any) -> dict[str, str]:
        """{id marked: id of its reason}; the reason is empty where none is asked."""
        what, known = say("unreadable.mark"), ids_of(self.spans)
        if not self.reasons:
            return dict.fromkeys(ids(some(raw or [], what), known, what), "")
        if not isinstance(some(raw or [], what), list) or not all(isinstance(mark, dict) for mark in raw):
            raise Unreadable(say("unreadable.shape", what=what))
        marked = ids([mark.get("mark") for mark in raw], known, what)
        return {id: self._reason(id, mark.get("reason")) for id, mark in zip(marked, raw, strict=True)}

    def _reason(self, id: str, reason: Any) -> str:
        if not reason:
            raise Unreadable(say("unreadable.reason"), id)
        return one_id(reason, ids_of(self.reasons), say("unreadable.reason"))

    def lines(self) -> Iterator[tuple[str, str]]:
        yield from (("☐", span.text) for span in self.spans)
        if self.reasons:
            yield "→", " / ".join(reason.text for reason in self.reasons)

    def told(self, value: Any) -> list[Told] | None:
        return [self._told(mark) for mark in value] if isinstance(value, list) else None

    def _told(self, mark: Any) -> Told:
        span = self.text_of(mark.get("mark") if isinstance(mark, dict) else mark)
        reason = mark.get("reason") if isinstance(mark, dict) else None
        return Told(self.text_of(reason), (span,)) if reason else Told(span)

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        if not isinstance(value, list):
            return value
        return [_renamed(mark, letter, number) if isinstance(mark, dict) else letter(mark) for mark in value]


def _renamed(mark: dict[str, Any], letter: Rename, number: Rename) -> dict[str, Any]:
    return {key: (number if key == "reason" else letter)(id) for key, id in mark.items()}
