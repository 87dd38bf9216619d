"""Highlight: find the sentences that matter and, where asked, say why or choose the fix for each."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from ...wording import rule_and_cure, say
from ..controls import Choice, Control, MarkSpans
from ..controls import Span as ShownSpan
from ..exercise import Exercise, Grade, Offered, Part, Samples, paid_for_all
from ..plain_text import literal


@frozen
class Reason:
    """A reason, or a fix, to choose for a marked sentence."""

    id: str
    text: str


@frozen
class Span:
    """A sentence; `mark` if it should be marked, `reason` the id or ids accepted then."""

    id: str
    text: str
    why: str
    mark: bool = False
    reason: str | tuple[str, ...] = ()
    misconception: str = ""
    paragraph: bool = False

    @property
    def accepted(self) -> tuple[str, ...]:
        """The ids of the reasons that count as right."""
        return (self.reason,) if isinstance(self.reason, str) else self.reason


@frozen(kw_only=True)
class Highlight(Exercise):
    """Answer: the ids marked, or [{"mark": id, "reason": id}] where reasons are asked.

    Score: (marks found − false marks + right reasons) / the most possible, floor 0; a false mark costs as much
    as a find earns, or marking the whole text would pay. Where more sentences are to be marked than not, it still
    does: `more_right` says why that has to be.
    """

    kind = "highlight"
    parts_tell_all = parts_are_facts = True
    span: tuple[Span, ...]
    reason: tuple[Reason, ...] = ()
    more_right: str = ""

    @property
    def steps(self) -> int:
        return sum(span.mark for span in self.span) * (2 if self.reason else 1)

    def controls(self) -> tuple[Control, ...]:
        spans = tuple(ShownSpan(span.id, span.text, span.paragraph) for span in self.span)
        reasons = tuple(Choice(reason.id, reason.text) for reason in self.reason)
        return (MarkSpans("answer", say("label.mark"), spans, reasons),)

    def grade(self, answer: dict[str, str]) -> Grade:
        marks = [span for span in self.span if span.mark]
        found = [span for span in marks if span.id in answer]
        false = len(answer) - len(found)
        reasoned = sum(answer[span.id] in span.accepted for span in found) if self.reason else 0
        feedback = say("feedback.marks", found=len(found), all=len(marks), n=false)
        if self.reason and found:
            feedback += " " + say("feedback.reasons", right=reasoned, found=len(found))
        parts = [part for span in self.span if (part := self._part(span, answer))]
        return self.graded(Fraction(max(0, len(found) - false + reasoned), self.steps), parts, feedback)

    def _part(self, span: Span, answer: dict[str, str]) -> Part | None:
        if span.id not in answer:
            return Part(span.id, "missed", span.why) if span.mark else None
        if not span.mark:
            return Part(span.id, "wrong", span.why, span.misconception)
        if self.reason and answer[span.id] not in span.accepted:
            fits = say("feedback.reason_belongs", reason=literal(self._text(span.accepted[0])))
            return Part(span.id, "partly", f"{fits} {span.why}", span.misconception)
        return Part(span.id, "right", span.why)

    def _text(self, reason: str) -> str:
        return next(r.text for r in self.reason if r.id == reason)

    def solution(self) -> str:
        lines = [
            f"- “{literal(span.text)}”" + (f" **{literal(self._text(span.accepted[0]))}.**" if self.reason else "") + f" {span.why}"
            for span in self.span
            if span.mark
        ]
        return f"{say('feedback.answer_is', answer='')}\n\n" + "\n".join(lines)

    def samples(self) -> Samples:
        marks = [span for span in self.span if span.mark]
        sound = [span.id for span in self.span if not span.mark]
        if not self.reason:
            ids = [span.id for span in marks]
            return Samples((ids,), (ids[:1],) if len(ids) > 1 else (), (sound,), ([], "", 7, ["no such mark"], ids + ids))
        right = [{"mark": span.id, "reason": span.accepted[0]} for span in marks]
        wrong = [{"mark": id, "reason": self.reason[0].id} for id in sound]
        unreadable: tuple[Any, ...] = ([], ["x"], [{"mark": marks[0].id}], [{"mark": "no such mark", "reason": self.reason[0].id}])
        return Samples((right,), (right[:1],) if len(right) > 1 else (), (wrong,), unreadable)

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        return ((f"span “{span.id}”", span.why, span.misconception) for span in self.span)

    def guessed(self) -> Iterator[tuple[str, str, str]]:
        return paid_for_all(self.offered(), self.more_right)

    def offered(self) -> list[Offered]:
        return [Offered(span.id, span.text, span.mark, "" if span.mark else span.misconception) for span in self.span]

    def picked(self, answer: dict[str, str]) -> list[Offered]:
        return self.offered_of(answer)

    def problems(self) -> list[tuple[str, str, str]]:
        reasons, found = {reason.id for reason in self.reason}, []
        if not any(span.mark for span in self.span) or all(span.mark for span in self.span):
            found.append(("span", *rule_and_cure("kinds.highlight.spans")))
        for span in self.span:
            for name in span.accepted:
                if name not in reasons:
                    told = rule_and_cure("kinds.highlight.no_reason", reason=name, known=", ".join(sorted(reasons)))
                    found.append((f"span “{span.id}”", *told))
            if self.reason and span.mark and not span.accepted:
                found.append((f"span “{span.id}”", *rule_and_cure("kinds.highlight.reason")))
        return found
