"""Single choice: one option is right; every wrong one says why."""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from attrs import frozen

from ...wording import rule_and_cure, say
from ..controls import Choice, Control, PickOne
from ..exercise import Exercise, Grade, Offered, Option, Part, Samples, Verdict, reasons_of_options
from ..plain_text import literal


@frozen(kw_only=True)
class SingleChoice(Exercise):
    """Answer: the id of an option. Score: 1 for the right one, `credit` for another (as QTI's mapped response)."""

    kind = "single-choice"
    picks = "one"
    option: tuple[Option, ...]

    @property
    def steps(self) -> int:
        return lcm(*(option.credit.denominator for option in self.option))

    def controls(self) -> tuple[Control, ...]:
        choices = tuple(Choice(option.id, option.text) for option in self.option)
        return (PickOne("answer", say("label.pick_one"), choices),)

    def grade(self, answer: str) -> Grade:
        option = next(option for option in self.option if option.id == answer)
        score = Fraction(1) if option.right else option.credit
        verdict: Verdict = "right" if option.right else "partly" if score else "wrong"
        return self.graded(score, [Part(answer, verdict, "", option.misconception)], option.why)

    def solution(self) -> str:
        right = self._right()
        return f"{say('feedback.answer_is', answer=literal(right.text))}\n\n{right.why}"

    def _right(self) -> Option:
        return next(option for option in self.option if option.right)

    def samples(self) -> Samples:
        wrong = [option for option in self.option if not option.right]
        return Samples(
            right=(self._right().id,),
            partly=tuple(option.id for option in wrong if option.credit),
            wrong=tuple(option.id for option in wrong if not option.credit),
            unreadable=("", "no such option", 7, [self._right().id], "x" * 1_000_000, "\x00"),
        )

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        return reasons_of_options(self.option)

    def offered(self) -> list[Offered]:
        return [option.offered for option in self.option]

    def picked(self, answer: str) -> list[Offered]:
        return self.offered_of((answer,))

    def problems(self) -> list[tuple[str, str, str]]:
        found = []
        if sum(option.right for option in self.option) != 1:
            found.append(("option", *rule_and_cure("kinds.choice.exactly_one")))
        if len(self.option) < 2:
            found.append(("option", *rule_and_cure("kinds.choice.two_options")))
        for option in self.option:
            if not 0 <= option.credit < 1 or (option.right and option.credit):
                found.append((f"option “{option.id}”", *rule_and_cure("kinds.choice.credit")))
        return found
