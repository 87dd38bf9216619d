"""Ordering: bring steps into order; several orders may be accepted, and steps may be free among themselves."""

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from attrs import evolve, frozen

from ...wording import rule_and_cure, say
from ..controls import Arrange, Choice, Control
from ..exercise import Exercise, Grade, Part, Samples
from ..plain_text import literal

LEAST = 4  # items; of three, one guess in three is right, since the order shown is not


@frozen
class Item:
    """One step, and why it stands where it does."""

    id: str
    text: str
    why: str


@frozen
class Mistake:
    """A reversed pair that deserves its own words: `first` was put before `then`, and should come after it."""

    first: str
    then: str
    why: str
    misconception: str


@frozen(kw_only=True)
class Ordering(Exercise):
    """Answer: all ids in order. Score: share of pairs in the nearest accepted order.

    Pairs (Kendall's tau distance, as a share) rather than places: one step put first must not make every
    following step wrong. In `order` an inner list holds steps that may stand in any order among themselves.
    The items are listed as everybody first sees them.
    """

    kind = "ordering"
    item: tuple[Item, ...]
    order: tuple[tuple[str | tuple[str, ...], ...], ...]
    mistake: tuple[Mistake, ...] = ()

    @property
    def steps(self) -> int:
        return _all_pairs(self.item)

    def controls(self) -> tuple[Control, ...]:
        return (Arrange("answer", say("label.arrange"), tuple(Choice(item.id, item.text) for item in self.item)),)

    def as_asked(self) -> "Ordering":
        """With at most half of the pairs in order, wherever that can be: as listed, else turned round or backwards.

        The same for everybody: each further order that is known to be at most half right tells more of the key. Of several
        the one nearest to half is taken, as it tells least.
        """
        if self._tells_little(self.item):
            return self
        turned = [line[n:] + line[:n] for line in (self.item, self.item[::-1]) for n in range(len(line))]
        return evolve(self, item=max(filter(self._tells_little, turned), key=self._pairs, default=self.item))

    def _tells_little(self, line: tuple[Item, ...]) -> bool:
        return 2 * self._pairs(line) <= _all_pairs(line)

    def _pairs(self, line: tuple[Item, ...]) -> int:
        """How many pairs of a line of items stand as in the nearest accepted order."""
        answer = tuple(item.id for item in line)
        return max((_right_pairs(answer, _ranks(order)) for order in self.order), default=0)

    def grade(self, answer: tuple[str, ...]) -> Grade:
        ranks = max((_ranks(order) for order in self.order), key=lambda ranks: _right_pairs(answer, ranks))
        right, total = _right_pairs(answer, ranks), _all_pairs(answer)
        parts = [self._part(item, answer, ranks) for item in self.item]
        parts += [
            Part(f"mistake-{slip.first}-{slip.then}", "wrong", slip.why, slip.misconception)
            for slip in self.mistake
            if answer.index(slip.first) < answer.index(slip.then)
        ]
        feedback = say("feedback.order_right") if right == total else say("feedback.order_partly", n=right, all=total)
        return self.graded(Fraction(right, total), parts, feedback)

    def _part(self, item: Item, answer: tuple[str, ...], ranks: dict[str, int]) -> Part:
        place = answer.index(item.id)
        early = sum(ranks[other] > ranks[item.id] for other in answer[:place])
        late = sum(ranks[other] < ranks[item.id] for other in answer[place + 1 :])
        if not early and not late:
            return Part(item.id, "right", item.why)
        move = say("feedback.order_earlier" if early > late else "feedback.order_later")
        return Part(item.id, "wrong" if early != late else "partly", f"{move} {item.why}" if early != late else item.why)

    def _model(self) -> list[str]:
        return [step for group in self.order[0] for step in ((group,) if isinstance(group, str) else group)]

    def solution(self) -> str:
        by_id = {item.id: item for item in self.item}
        steps = "\n".join(f"{n}. **{literal(by_id[step].text)}** {by_id[step].why}" for n, step in enumerate(self._model(), 1))
        return f"{say('feedback.answer_is', answer='')}\n\n{steps}"

    def samples(self) -> Samples:
        model = self._model()
        swapped = [model[-1], *model[1:-1], model[0]]
        return Samples(
            right=(model,),
            partly=(swapped,) if 0 < (self.grade(tuple(swapped)).score or 0) < 1 else (),
            wrong=(model[::-1],),
            unreadable=(model[:-1], [*model, model[0]], [*model[:-1], "no such step"], {}, None, 3),
        )

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        return ((f"mistake “{slip.first}”", slip.why, slip.misconception) for slip in self.mistake)

    def guessed(self) -> Iterator[tuple[str, str, str]]:
        if len(self.item) < LEAST:
            yield "item", *rule_and_cure("kinds.ordering.guessed", n=len(self.item), least=LEAST)
        if not self._tells_little(self.as_asked().item):
            yield "order", *rule_and_cure("kinds.ordering.tells_much")

    def problems(self) -> list[tuple[str, str, str]]:
        known, found = {item.id for item in self.item}, []
        for number, order in enumerate(self.order, 1):
            ranks = _ranks(order)
            if set(ranks) != known or sum(1 if isinstance(g, str) else len(g) for g in order) != len(known):
                found.append((f"order[{number}]", *rule_and_cure("kinds.ordering.whole", known=", ".join(sorted(known)))))
            elif _right_pairs(tuple(item.id for item in self.item), ranks) == _all_pairs(self.item):
                found.append(("item", *rule_and_cure("kinds.ordering.listed")))
        for slip in self.mistake:
            if missing := {slip.first, slip.then} - known:
                told = rule_and_cure("kinds.ordering.no_item", item=missing.pop(), known=", ".join(sorted(known)))
                found.append(("mistake", *told))
        if len(known) < 2:
            found.append(("item", *rule_and_cure("kinds.ordering.two_items")))
        if not self.order:
            found.append(("order", *rule_and_cure("kinds.ordering.order")))
        return found


def _ranks(order: tuple[str | tuple[str, ...], ...]) -> dict[str, int]:
    """The place of each step; steps of one inner list share a place."""
    return {step: rank for rank, group in enumerate(order) for step in ((group,) if isinstance(group, str) else group)}


def _all_pairs(line: Collection[object]) -> int:
    return len(line) * (len(line) - 1) // 2


def _right_pairs(answer: tuple[str, ...], ranks: dict[str, int]) -> int:
    return sum(ranks[first] <= ranks[then] for first, then in combinations(answer, 2))
