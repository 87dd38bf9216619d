"""Numbers as people type them, and as the course prints them.

No kept library is fit: Babel must be told the language and refuses currency, per cent and Unicode minus, price-parser drops the
sign, and none says when a text such as 1.130 has two readings.
"""

import math
import re

from attrs import frozen

from ..errors import Unreadable
from ..wording import say
from .typed_figures import POINT, TypedFigure, taken_apart, unclear
from .units import typed_per_cent, words

_PLAIN = re.compile(r"-?(?:[1-9]\d{0,14}|0)(?:\.(?:\d\d?|\d{4,9}))?", re.ASCII)  # one reading, whatever the unit: most answers
_GROUPED = re.compile(
    r"\d{1,3}([ ']\d{3})+([.,]\d+)?|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+(,\d+)?|\d{1,2}(,\d\d)+,\d{3}(\.\d+)?"  # lakhs: 1,13,000
)
_SIGNS = {"-": -1, "minus": -1, "negative": -1, "neg": -1, "moins": -1, "+": 1, "plus": 1}
_UNIT = re.compile(r"(?P<sign>[A-Z]{0,2}\$|[€£¥₹]|R)(?:/ ?(?P<each>.+)|(?P<words> .+))?")


@frozen
class Reading:
    """A number that was read. `other` is the second reading of a text such as 1,130, which the course prints for
    one thousand one hundred and thirty and a German reader may mean as 1.13; None where there is only one.
    `percent`: a per cent sign was typed along."""

    value: float
    other: float | None = None
    percent: bool = False


def show(value: float, decimals: int = 2) -> str:
    """A number as the course prints it: 1,130.00, with a real minus sign. `read_number(show(x, d))` gives x back."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        text = "−" + text[1:] if any(digit in "123456789" for digit in text) else text[1:]
    return text


def with_unit(number: str, unit: str) -> str:
    """A printed number with its unit: a currency sign before it (€80.00 per hour), anything else behind (12 %)."""
    if money := _UNIT.fullmatch(unit):
        minus = "−" if number.startswith("−") else ""
        each = f" per {money['each']}" if money["each"] else money["words"] or ""
        return f"{minus}{money['sign']}{number.removeprefix('−')}{each}"
    return f"{number} {unit}".strip()


def read_number(text: str, unit: str = "", example: str = "1130") -> Reading:
    """The number in a text such as "1 130", "1.130,00", "€1130", "12 %", "−5262,50", "(56.14)" or "1'130.-".

    `unit` is the unit asked for; it may be typed along in the words that people use for it, another unit may not. Where no unit
    is asked, a per cent sign makes a share of one: "50 %" is 0.5. Raises Unreadable, with what to type instead, for words, sums,
    ranges, another unit, and for a text with two readings such as 1.130.
    """
    if _PLAIN.fullmatch(text):
        return Reading(float(text))
    typed, said = taken_apart(text), {"value": _short(text.strip()), "example": example}
    if key := unclear(typed, unit):
        raise Unreadable(say(f"unreadable.{key}", **said))
    signs = [word for word in words(typed.before) if word in _SIGNS]
    before = " ".join(word for word in words(typed.before) if word not in _SIGNS) if signs else typed.before
    percent = typed_per_cent(before, typed.after, unit, said["value"])
    figure, other = _readings(typed, said)
    power = (typed.power or 0) - 2 * (percent and not unit)
    values = [None if one is None else math.prod(_SIGNS[sign] for sign in signs) * float(f"{one}e{power}") for one in (figure, other)]
    if len(signs) > 1 or values[0] is None or not math.isfinite(values[0]):
        raise Unreadable(say("unreadable.not_number", **said))
    return Reading(values[0], values[1], percent)


def _short(text: str) -> str:
    """At most 40 characters of what was typed, to quote back."""
    return text if len(text) <= 40 else text[:39] + "…"


def two_readings(typed: str, first: float, second: float) -> str:
    """The sentence that asks back for a text with two readings, with what to type for each of them."""
    ways = {"first": show(first, 0), "second": f"{second:g}"}
    return say("unreadable.two_readings", value=typed, plain_first=f"{first:.0f}", plain_second=unambiguous(second), **ways)


def unambiguous(value: float) -> str:
    """A number that `read_number` takes for itself alone: three decimals would look like thousands, so a fourth is added."""
    text = f"{value:.10g}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _readings(typed: TypedFigure, said: dict[str, str]) -> tuple[str, str | None]:
    """The unsigned figure in the way in which Python writes it, and its second reading where there is one."""
    digits = typed.digits.replace(POINT, ".")
    if len(re.findall(r"\D", digits)) > 1 or typed.whole:
        digits = digits.rstrip(".,")
    marks = re.findall(r"\D", digits)
    if not marks:
        return digits, None
    if len(marks) == 1 and marks[0] in ".,":
        whole, _, rest = digits.partition(marks[0])
        decimal = f"{whole or 0}.{rest or 0}"
        if len(rest) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0") or typed.power is not None or POINT in typed.digits:
            return decimal, None
        if marks[0] == "," or typed.whole:
            return whole + rest, None if typed.whole else decimal
        raise Unreadable(two_readings(said["value"], float(whole + rest), float(decimal)))
    if not _GROUPED.fullmatch(digits):
        raise Unreadable(say("unreadable.grouping", **said))
    last = marks[-1]
    decimal_mark = last if last in ".," and marks.count(last) == 1 else ""
    whole, _, rest = digits.rpartition(decimal_mark) if decimal_mark else (digits, "", "")
    return re.sub(r"\D", "", whole) + (f".{rest}" if rest else ""), None
