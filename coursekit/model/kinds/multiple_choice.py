"""Multiple choice: several options are right; each pick and each miss is explained."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from ...wording import rule_and_cure, say
from ..controls import Choice, Control, PickMany
from ..exercise import Exercise, Grade, Offered, Option, Part, Samples, Verdict, paid_for_all, reasons_of_options
from ..plain_text import literal


@frozen(kw_only=True)
class MultipleChoice(Exercise):
    """Answer: a list of ids. Score: (right picks − wrong picks) / right options, floor 0.

    The wrong picks count against, or ticking everything would earn the full score; the floor keeps one bad
    exercise from taking points earned in another. Where more options are right than wrong, ticking everything still
    earns the rest: `more_right` says why that has to be.
    """

    kind = "multiple-choice"
    picks = "some"
    parts_tell_all = True
    option: tuple[Option, ...]
    more_right: str = ""

    @property
    def steps(self) -> int:
        return sum(option.right for option in self.option)

    def controls(self) -> tuple[Control, ...]:
        choices = tuple(Choice(option.id, option.text) for option in self.option)
        return (PickMany("answer", say("label.pick_many"), choices),)

    def grade(self, answer: tuple[str, ...]) -> Grade:
        picks = [option for option in self.option if option.id in answer]
        right, all_right = sum(option.right for option in picks), self.steps
        wrong = len(picks) - right
        parts = []
        for option in self.option:
            if option in picks:
                verdict: Verdict = "right" if option.right else "wrong"
                parts.append(Part(option.id, verdict, option.why, "" if option.right else option.misconception))
            elif option.right:
                parts.append(Part(option.id, "missed", option.why))
        counts = {"right": right, "all": all_right}
        feedback = say("feedback.picks_wrong", n=wrong, **counts) if wrong else say("feedback.picks", **counts)
        return self.graded(Fraction(max(0, right - wrong), all_right), parts, feedback)

    def solution(self) -> str:
        right = "\n".join(f"- **{literal(option.text)}** {option.why}" for option in self.option if option.right)
        return f"{say('feedback.answer_is', answer='')}\n\n{right}"

    def samples(self) -> Samples:
        right = [option.id for option in self.option if option.right]
        wrong = [option.id for option in self.option if not option.right]
        return Samples(
            right=(right, right[::-1]),
            partly=(right[:1],) if len(right) > 1 else (),
            wrong=(wrong,),
            unreadable=([], ["no such option"], right + right, 7, {"a": 1}, "x" * 1_000_000),
        )

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        return reasons_of_options(self.option)

    def guessed(self) -> Iterator[tuple[str, str, str]]:
        return paid_for_all(self.offered(), self.more_right)

    def offered(self) -> list[Offered]:
        return [option.offered for option in self.option]

    def picked(self, answer: tuple[str, ...]) -> list[Offered]:
        return self.offered_of(answer)

    def problems(self) -> list[tuple[str, str, str]]:
        found = []
        if not any(option.right for option in self.option):
            found.append(("option", *rule_and_cure("kinds.choice.one_right")))
        if all(option.right for option in self.option):
            found.append(("option", *rule_and_cure("kinds.choice.one_wrong")))
        for option in self.option:
            if option.credit:
                found.append((f"option “{option.id}”", *rule_and_cure("kinds.choice.no_credit")))
        return found
