"""True or false, with a reason: a kind from outside the package, whole in this one file."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from coursekit.model.controls import Choice, Control, PickOne, Select, at
from coursekit.model.exercise import Exercise, Grade, Offered, Part, Samples
from coursekit.model.raw_values import mapping

TRUTHS = (Choice("true", "True"), Choice("false", "False"))


@frozen
class Reason:
    """A reason to choose from, and why it is, or is not, the one."""

    id: str
    text: str
    why: str
    right: bool = False
    misconception: str = ""


@frozen(kw_only=True)
class TrueFalse(Exercise):
    """Answer: {"truth": "true" or "false", "reason": id}. Score: half for the truth, half for the reason behind it."""

    kind = "true-false"
    needs_all = True
    picks = "some"
    steps = 2
    holds: bool
    why: str
    misconception: str
    reason: tuple[Reason, ...]

    def controls(self) -> tuple[Control, ...]:
        reasons = tuple(Choice(reason.id, reason.text) for reason in self.reason)
        return (PickOne("truth", "Is it so?", TRUTHS), Select("reason", "Because", reasons))

    def read(self, raw: Any) -> dict[str, str]:
        given = mapping(raw, ("truth", "reason"), "Say whether it is so, and why.")
        return {control.id: self._read_one(control, given.get(control.id)) for control in self.controls()}

    def _read_one(self, control: Control, raw: Any) -> str:
        with at(control.id, control.label):
            return control.read(raw)

    def grade(self, answer: dict[str, str]) -> Grade:
        so = answer["truth"] == self._truth(self.holds)
        (reason,) = (reason for reason in self.reason if reason.id == answer["reason"])
        parts = [
            Part(answer["truth"], "right" if so else "wrong", self.why, "" if so else self.misconception),
            Part(reason.id, "right" if reason.right else "wrong", reason.why, reason.misconception),
        ]
        return self.graded(Fraction(so + reason.right, 2), parts, f"It is {self._truth(self.holds)}.")

    def solution(self) -> str:
        return f"**{self._truth(self.holds).title()}.** {self.why} {self._right().text}: {self._right().why}"

    def samples(self) -> Samples:
        right = {"truth": self._truth(self.holds), "reason": self._right().id}
        other = self._truth(not self.holds)
        wrong = tuple({"truth": other, "reason": reason.id} for reason in self.reason if not reason.right)
        return Samples((right,), ({**right, "truth": other},), wrong, ({}, "true", {"truth": "true"}, {**right, "truth": "maybe"}))

    def problems(self) -> list[tuple[str, str, str]]:
        one = sum(reason.right for reason in self.reason) == 1
        return [] if one else [("reason", "exactly one reason must be right", "Write right = true in one [[reason]].")]

    def reasons(self) -> Iterator[tuple[str, str, str]]:
        yield "why", self.why, self.misconception
        yield from ((f"reason “{one.id}”", one.why, one.misconception) for one in self.reason if not one.right)

    def offered(self) -> list[Offered]:
        truths = [Offered(one.id, one.text, one.id == self._truth(self.holds)) for one in TRUTHS]
        return truths + [Offered(one.id, one.text, one.right, one.misconception) for one in self.reason]

    def picked(self, answer: dict[str, str]) -> list[Offered]:
        return self.offered_of(answer.values())

    def _right(self) -> Reason:
        return next(reason for reason in self.reason if reason.right)

    @staticmethod
    def _truth(holds: bool) -> str:
        return "true" if holds else "false"
