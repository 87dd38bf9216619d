"""Revision: evidence arrives card by card, and after each the learner moves a judgement from 0 to 100."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Literal

from attrs import frozen

from ...wording import rule_and_cure, say
from ..controls import Choice, Control, Revise
from ..exercise import Exercise, Grade, Part, Samples
from ..plain_text import literal

Direction = Literal["up", "down", "same"]
STEADY = 5  # a move of at most this many points counts as "same"


@frozen
class Card:
    """One piece of evidence, the direction or directions in which it should move the judgement, and why."""

    id: str
    text: str
    direction: str | tuple[str, ...]
    why: str
    misconception: str = ""

    @property
    def accepted(self) -> tuple[str, ...]:
        """The directions that count as right."""
        return (self.direction,) if isinstance(self.direction, str) else self.direction


@frozen(kw_only=True)
class Revision(Exercise):
    """Answer: a list of 0–100, one after each card. Score: share of cards after which the judgement moved rightly.

    The direction of each change counts and never its size or place: two careful people may start far apart, and
    both are right to move when a fact speaks (likelihood ratio above or below one). The first card is measured
    against `start`.
    """

    kind = "revision"
    parts_tell_all = parts_are_facts = True
    card: tuple[Card, ...]
    question: str
    low: str
    high: str
    start: int = 50

    @property
    def steps(self) -> int:
        return len(self.card)

    def controls(self) -> tuple[Control, ...]:
        cards = tuple(Choice(card.id, card.text) for card in self.card)
        return (Revise("answer", self.question, cards, self.start, self.low, self.high),)

    def grade(self, answer: tuple[float, ...]) -> Grade:
        before = (float(self.start), *answer)
        parts = [_part(card, was, after) for card, was, after in zip(self.card, before, answer, strict=False)]
        right = sum(part.verdict == "right" for part in parts)
        return self.graded(Fraction(right, len(parts)), parts, say("feedback.revised", right=right, n=len(parts)))

    def solution(self) -> str:
        lines = "\n".join(f"{n}. {literal(card.text)} **{_named(card)}** {card.why}" for n, card in enumerate(self.card, 1))
        return f"{say('feedback.answer_is', answer='')}\n\n{lines}"

    def samples(self) -> Samples:
        right = _walk(self.start, [card.accepted[0] for card in self.card])
        wrong = _walk(self.start, [next(d for d in ("up", "down", "same") if d not in card.accepted) for card in self.card])
        partly = (
            _walk(self.start, [*[card.accepted[0] for card in self.card[:-1]], "up" if "up" not in self.card[-1].accepted else "down"]),
        )
        unreadable: tuple[Any, ...] = ([], right[:-1], [*right, 50], [-1] * len(right), ["x"] * len(right), 7, {}, None)
        return Samples((right,), partly if len(right) > 1 else (), (wrong,), unreadable)

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        return ((f"card “{card.id}”", card.why, card.misconception) for card in self.card)

    def problems(self) -> list[tuple[str, str, str]]:
        found = []
        for card in self.card:
            if wrong := set(card.accepted) - {"up", "down", "same"}:
                found.append((f"card “{card.id}”", *rule_and_cure("kinds.revision.direction", direction=wrong.pop())))
            elif len(set(card.accepted)) in (0, 3):
                found.append((f"card “{card.id}”", *rule_and_cure("kinds.revision.directions")))
        if len(self.card) < 3:
            found.append(("card", *rule_and_cure("kinds.revision.cards")))
        if not 0 <= self.start <= 100:
            found.append(("start", *rule_and_cure("kinds.revision.start")))
        return found


def _directions(was: float, after: float) -> tuple[Direction, ...]:
    """What a move counts as: one direction, or two where the end of the scale leaves no room to go further."""
    if abs(after - was) > STEADY:
        return ("up",) if after > was else ("down",)
    if after >= was and after >= 100 - STEADY:
        return ("same", "up")
    if after <= was and after <= STEADY:
        return ("same", "down")
    return ("same",)


def _named(card: Card) -> str:
    return " / ".join(say(f"direction.{direction}") for direction in card.accepted)


def _part(card: Card, was: float, after: float) -> Part:
    moved = _directions(was, after)
    if set(moved) & set(card.accepted):
        return Part(card.id, "right", card.why)
    told = say("feedback.moved", moved=say(f"direction.{moved[0]}"), fits=_named(card))
    return Part(card.id, "wrong", f"{told} {card.why}", card.misconception)


def _walk(start: int, directions: list[str]) -> list[float]:
    """Positions that move in these directions and stay inside 0–100."""
    place, places = float(start), []
    for direction in directions:
        place = min(100.0, max(0.0, place + {"up": 8.0, "down": -8.0, "same": 0.0}[direction]))
        places.append(place)
    return places
