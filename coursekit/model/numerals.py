"""Numbers as people type them, and as the course prints them.

No kept library is fit: Babel refuses currency, per cent and Unicode minus, price-parser drops the sign,
and none says when a text such as 1.130 has two readings.
"""

import math
import re

from attrs import frozen

from ..errors import Unreadable
from ..wording import say

_BLANKS = dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")
_SIGNS = dict.fromkeys(map(ord, "\u2212\u2012\u2013\u2014\ufe63\uff0d"), "-")
_MARKS = dict.fromkeys(map(ord, "\u2019\u02bc`´"), "'")
_TABLE = _BLANKS | _SIGNS | _MARKS
_CURRENCY = r"(?i:[A-Z]{1,2}\$|[€£$¥₹]|EURO?S?|GBP|USD|AUD|CAD|NZD|NOK|SEK|DKK|CHF|ZAR|kr\.?|R)"
_TYPED = re.compile(rf"(?P<sign>[-+]?) ?(?P<before>{_CURRENCY})? ?(?P<inner>[-+]?) ?(?P<body>\d[\d.,' ]*|[.,]\d+)(?P<after>.*)")
_GROUPED = re.compile(r"\d{1,3}([ ']\d{3})+([.,]\d+)?|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+(,\d+)?")
_SIGN = re.compile(r"(?P<sign>[A-Z]{0,2}\$|[€£¥₹]|R)(?:/ ?(?P<each>.+)|(?P<words> .+))?")
_SAME = {"eur": "€", "euro": "€", "gbp": "£", "usd": "$", "us$": "$", "aud": "a$", "cad": "c$", "nzd": "nz$", "zar": "r"}
_MAY_MEAN = {"kr": ("nok", "sek", "dkk"), "$": ("a$", "c$", "nz$")}  # whose crowns or dollars, the unit asked for says


@frozen
class Reading:
    """A number that was read. `other` is the second reading of a text such as 1,130, which the course prints for
    one thousand one hundred and thirty and a German reader may mean as 1.13; None where there is only one."""

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
    if money := _SIGN.fullmatch(unit):
        minus = "−" if number.startswith("−") else ""
        each = f" per {money['each']}" if money["each"] else money["words"] or ""
        return f"{minus}{money['sign']}{number.removeprefix('−')}{each}"
    return f"{number} {unit}".strip()


def read_number(text: str, unit: str = "", example: str = "1130") -> Reading:
    """The number in a text such as "1 130", "1.130,00", "€1130", "12 %", "-5 262.50" or "−5262,50".

    `unit` is the unit asked for; it may be typed along, another unit may not. Raises Unreadable, with what to
    type instead, for words, for another currency, and for a text with two readings such as 1.130.
    """
    plain = " ".join(text.translate(_TABLE).split())
    if not plain:
        raise Unreadable(say("unreadable.no_number", example=example))
    match = _TYPED.fullmatch(plain)
    if not match or (match["sign"] and match["inner"]):
        raise Unreadable(say("unreadable.not_number", value=_short(text), example=example))
    percent = _check_unit(match, _short(text), unit)
    sign = -1 if "-" in (match["sign"], match["inner"]) else 1
    value, other = _body(match["body"].strip(), _short(text), example)
    if not math.isfinite(value):
        raise Unreadable(say("unreadable.not_number", value=_short(text), example=example))
    return Reading(sign * value, None if other is None else sign * other, percent)


def _short(text: str) -> str:
    """At most 40 characters of what was typed, to quote back."""
    return text if len(text) <= 40 else text[:39] + "…"


def _check_unit(match: re.Match[str], typed: str, unit: str) -> bool:
    """Whether a per cent sign was typed. Raises Unreadable when the text names a unit that was not asked for."""
    before, after = match["before"] or "", match["after"].strip()
    asked = _one_spelling(unit)
    amount, _, each = asked.partition("/")
    if after.lower() in ("%", "per cent", "percent", "pct", "pc"):
        if unit and amount.split(" ")[0] not in ("%", "point"):
            raise Unreadable(say("unreadable.percent", unit=unit, value=typed))
        return True
    fitting = {"", asked, amount, f"/{each}", *(short for short, long in _MAY_MEAN.items() if amount in long)}
    fitting |= {f"{one}/{each}" for one in fitting} | set(_MAY_MEAN.get(amount, ()))
    if _one_spelling(f"{before} {after}") in fitting:
        return False
    for found in (before, after):
        money = re.fullmatch(_CURRENCY, found)
        if _one_spelling(found) in fitting or (money and not unit):
            continue
        if money:
            raise Unreadable(say("unreadable.currency", unit=unit, value=typed))
        asks = f" ({unit})" if unit else ""
        raise Unreadable(say("unreadable.other_unit", found=_short(found), value=typed, unit=asks))
    return False


def _one_spelling(unit: str) -> str:
    """A unit in one spelling: "EUR per hour", "€ an hour" and "€/hours" are all "€/hour"."""
    plain = re.sub(r" ?/ ?|(^| )(per|an?) ", "/", unit.strip().lower().removesuffix("."))
    amount, slash, each = re.sub(r"(?<=[a-z]{2})s\b", "", plain).partition("/")
    return _SAME.get(amount.strip(), amount.strip()) + slash + each


def two_readings(typed: str, first: float, second: float) -> str:
    """The sentence that asks back for a text with two readings, with what to type for each of them."""
    ways = {"first": show(first, 0), "second": f"{second:g}"}
    return say("unreadable.two_readings", value=typed, plain_first=f"{first:.0f}", plain_second=unambiguous(second), **ways)


def unambiguous(value: float) -> str:
    """A number that `read_number` takes for itself alone: three decimals would look like thousands, so a fourth is added."""
    text = f"{value:.10g}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _body(body: str, typed: str, example: str) -> tuple[float, float | None]:
    """The unsigned value of the digits, and the second reading where there is one."""
    marks = [char for char in body if not char.isdigit()]
    if not marks:
        return float(body), None
    if len(marks) == 1 and marks[0] in ".,":
        whole, _, rest = body.partition(marks[0])
        decimal = float(f"{whole or 0}.{rest or 0}")
        if len(rest) != 3 or len(whole) not in (1, 2, 3) or whole.startswith("0"):
            return decimal, None
        if marks[0] == ",":
            return float(whole + rest), decimal
        raise Unreadable(two_readings(typed, float(whole + rest), decimal))
    if not _GROUPED.fullmatch(body):
        raise Unreadable(say("unreadable.grouping", value=typed, example=example))
    last = marks[-1]
    decimal_mark = last if last in ".," and marks.count(last) == 1 else ""
    whole, _, rest = body.rpartition(decimal_mark) if decimal_mark else (body, "", "")
    return float(re.sub(r"\D", "", whole) + (f".{rest}" if rest else "")), None
