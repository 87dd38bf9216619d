"""Number: one or several figures, typed as people type them; known wrong results are recognised and explained."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import field, frozen

from ...errors import BadExpression, Unreadable
from ...wording import rule_and_cure, say
from ..controls import Control, at
from ..controls import Number as NumberBox
from ..exercise import Exercise, Grade, Offered, Part, Samples
from ..figures import Figures
from ..numerals import Reading, show, two_readings, with_unit
from ..plain_text import literal
from ..raw_values import mapping
from ..units import unit_of


@frozen
class Slip:
    """A known wrong result (an expression), the misconception behind it, and how it came about."""

    value: str
    why: str
    misconception: str


@frozen
class Quantity:
    """One figure asked for. `key` is an expression over the figures; `tolerance` is absolute, `relative` a share."""

    id: str
    label: str
    key: str
    why: str
    unit: str = ""
    tolerance: float | None = None
    relative: float | None = None
    decimals: int = 2
    slip: tuple[Slip, ...] = ()


@frozen
class _Solved:
    """A quantity with its expressions worked out."""

    quantity: Quantity
    key: float
    slips: tuple[tuple[float, Slip], ...]
    shares: bool

    def read(self, reading: Reading) -> "_Given":
        """What a reading says; where it may say two things, the one that is known. `doubt` asks which was meant."""
        value, other = reading.value, reading.other
        share = self._share(reading, value)
        if self.near(value, self.key):
            return _Given(value)
        if share is not None and self.known(value) and self.near(share, self.key):
            return _Given(share, value, say("unreadable.two_shares", value=f"{value:.12g}", percent=f"{share:.12g}"))
        if self.known(value):
            return _Given(value)
        if share is not None and (abs(value) <= 1 or self.known(share) or self.near(-share, self.key)):
            return _Given(share, value)
        for second in (other, None if other is None else self._share(reading, other)):
            if second is not None and other is not None and self.known(second):
                return _Given(second, None, two_readings(show(value, 0), value, other))
        return _Given(value)

    def _share(self, reading: Reading, value: float) -> float | None:
        """A value as per cent where it may be a share of one."""
        return float(f"{100 * value:.12g}") if self.shares and not reading.percent and value else None

    def near(self, value: float, target: float) -> bool:
        """Whether a value counts as the target: within the tolerance, with room for binary rounding."""
        allowed = self.quantity.tolerance
        if allowed is None:
            allowed = (self.quantity.relative or 0) * abs(target)
        return abs(value - target) <= allowed + 1e-9 * max(1.0, abs(target))

    def slip(self, value: float) -> Slip | None:
        """The known wrong result nearest to a value, where one is near enough."""
        hits = [(abs(value - target), number) for number, (target, _) in enumerate(self.slips) if self.near(value, target)]
        return self.slips[min(hits)[1]][1] if hits else None

    def known(self, value: float) -> bool:
        """Whether a value is the key or a known wrong result."""
        return self.near(value, self.key) or self.slip(value) is not None

    def show(self, value: float) -> str:
        """A value with its unit, as printed in feedback."""
        return with_unit(show(value, self.quantity.decimals), self.quantity.unit)


@frozen
class _Given:
    """A figure that was given, in the unit asked for. `share` is what was typed where that was a share of one in place of per cent;
    `doubt` asks its writer which of two things they meant, where only one of them is known."""

    value: float
    share: float | None = field(default=None, eq=False)
    doubt: str = field(default="", eq=False)


@frozen(kw_only=True)
class Number(Exercise):
    """Answer: the text typed, or {quantity: text} where there are several. Score: share of quantities right.

    Keys and slips are evaluated once. A text with two readings is never marked wrong for the one that its writer did not mean:
    practice asks back, and a test, where that would tell the key, counts the one that is known.
    """

    kind = "number"
    needs_all = True
    picks = "one"
    quantity: tuple[Quantity, ...]

    @cached_property
    def _solved(self) -> tuple[_Solved, ...]:
        return tuple(_solve(quantity, self.figures) for quantity in self.quantity)

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return ("answer",) if len(self.quantity) == 1 else tuple(quantity.id for quantity in self.quantity)

    @cached_property
    def _boxes(self) -> tuple[NumberBox, ...]:
        return tuple(NumberBox(id, q.label, q.unit) for id, q in zip(self._ids, self.quantity, strict=True))

    @property
    def steps(self) -> int:
        return len(self.quantity)

    def controls(self) -> tuple[Control, ...]:
        return self._boxes

    def read(self, raw: Any) -> tuple[_Given, ...]:
        typed = {"answer": raw} if len(self._ids) == 1 else mapping(raw, self._ids, say("unreadable.no_number", example="1130"))
        return tuple(self._read_one(box, typed.get(box.id), solved) for box, solved in zip(self._boxes, self._solved, strict=True))

    def _read_one(self, box: NumberBox, raw: Any, solved: _Solved) -> _Given:
        """The figure typed. Nobody is asked back for the key's sake where nothing is said about right or wrong: it would say it."""
        with at(box.id):
            given = solved.read(box.read(raw))
            if given.doubt and not self.tested:
                raise Unreadable(given.doubt)
        return given

    def grade(self, answer: tuple[_Given, ...]) -> Grade:
        nudge = self.hint[0] if self.hint else ""
        parts = [_part(id, one, given, nudge) for id, one, given in zip(self._ids, self._solved, answer, strict=True)]
        right = sum(part.verdict == "right" for part in parts)
        if len(parts) == 1:
            (part,) = parts
            return self.graded(Fraction(right), [Part(part.id, part.verdict, "", part.misconception)], part.text)
        return self.graded(Fraction(right, len(parts)), parts, say("feedback.numbers_right", n=right, all=len(parts)))

    def solution(self) -> str:
        told = [(literal(one.quantity.label), literal(one.show(one.key)), one.quantity.why) for one in self._solved]
        return "\n\n".join(f"{say('feedback.result', text=label, value=key)} {why}" for label, key, why in told)

    def samples(self) -> Samples:
        keys = {id: f"{one.key:.6f}" for id, one in zip(self._ids, self._solved, strict=True)}
        first = self._ids[0]
        off = {id: f"{one.key * 3 + 1234.5:.2f}" for id, one in zip(self._ids, self._solved, strict=True)}
        pack = (lambda typed: typed) if len(keys) > 1 else (lambda typed: typed["answer"])
        slips = [{**keys, first: f"{target:.6f}"} for target, _ in self._solved[0].slips]
        return Samples(
            right=(pack(keys),),
            partly=(*slips, {**keys, first: off[first]}) if len(keys) > 1 else (),
            wrong=tuple(pack(typed) for typed in (off, *(slips if len(keys) == 1 else ()))),
            unreadable=(pack({**keys, first: "abc"}), pack({**keys, first: ""}), pack({**keys, first: "1.130"}), [], True),
        )

    def reasons(self) -> Iterable[tuple[str, str, str]]:
        pairs = ((quantity, slip) for quantity in self.quantity for slip in quantity.slip)
        return ((f"quantity “{one.id}” slip “{slip.value}”", slip.why, slip.misconception) for one, slip in pairs)

    def offered(self) -> list[Offered]:
        """The figures that are right, one for each quantity."""
        return [self._figure(one, one.key, True) for one in self._solved]

    def picked(self, answer: tuple[_Given, ...]) -> list[Offered]:
        """The figures typed; all that count as the key are one."""
        parts = self.grade(answer).parts
        return [
            self._figure(one, one.key, True) if part.verdict == "right" else self._figure(one, given.value, False, part.misconception)
            for one, given, part in zip(self._solved, answer, parts, strict=True)
        ]

    def _figure(self, one: _Solved, value: float, right: bool, code: str = "") -> Offered:
        name, text = "key" if right else f"{round(value, one.quantity.decimals):.12g}", one.show(value)
        if len(self.quantity) > 1:
            name, text = f"{one.quantity.id} → {name}", f"{one.quantity.label} → {text}"
        return Offered(name, text, right, code)

    def problems(self) -> list[tuple[str, str, str]]:
        found = []
        for quantity in self.quantity:
            place = f"quantity “{quantity.id}”"
            if (quantity.tolerance is None) == (quantity.relative is None):
                found.append((place, *rule_and_cure("kinds.number.tolerance")))
            if not 0 <= quantity.decimals <= 6:
                found.append((place, *rule_and_cure("kinds.decimals")))
            try:
                solved = _solve(quantity, self.figures)
            except BadExpression as error:
                found.append((place, str(error), say("kinds.number.expression")))
                continue
            for target, slip in solved.slips:
                if solved.near(target, solved.key):
                    found.append((place, *rule_and_cure("kinds.number.slip", slip=slip.value)))
        if not self.quantity:
            found.append(("quantity", *rule_and_cure("kinds.number.quantity")))
        return found


def _solve(quantity: Quantity, figures: Figures) -> _Solved:
    slips = tuple((figures.value(slip.value), slip) for slip in quantity.slip)
    return _Solved(quantity, figures.value(quantity.key), slips, unit_of(quantity.unit).shares)


def _part(id: str, one: _Solved, given: _Given, nudge: str) -> Part:
    """The verdict on one figure: the key, a known slip, a wrong sign, or something else."""
    value, why = given.value, one.quantity.why
    if one.near(value, one.key):
        counts = "" if given.share is None else say("feedback.fraction", typed=f"{given.share:g}", percent=f"{value:g}")
        return Part(id, "right", f"{counts} {why}".strip())
    if slip := one.slip(value):
        return Part(id, "wrong", slip.why, slip.misconception)
    if one.near(-value, one.key):
        return Part(id, "wrong", say("feedback.sign", why=why))
    key = "feedback.number_high" if value > one.key else "feedback.number_low"
    return Part(id, "wrong", say(key, value=literal(one.show(value)), nudge=nudge).strip())
