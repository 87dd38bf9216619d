"""Numbers as people type them, and as the course prints them.

No kept library is fit: Babel refuses currency, per cent and Unicode minus, price-parser drops the sign,
and none says when a text such as 1.130 has two readings.
"""

import re

from attrs import frozen

from .errors import Unreadable
from .wording import say

_BLANKS = dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")
_SIGNS = dict.fromkeys(map(ord, "\u2212\u2012\u2013\u2014\ufe63\uff0d"), "-")
_MARKS = dict.fromkeys(map(ord, "\u2019\u02bc`´"), "'")
_TABLE = _BLANKS | _SIGNS | _MARKS
_CURRENCY = r"(?:[A-Z]{1,2}\$|[€£$¥₹]|EUR|GBP|USD|AUD|CAD|NZD|NOK|SEK|DKK|CHF|ZAR|[kK]r\.?|R)"
_TYPED = re.compile(
    rf"(?P<sign>[-+]?) ?(?P<before>{_CURRENCY})? ?(?P<inner>[-+]?) ?(?P<body>\d[\d.,' ]*|[.,]\d+)(?P<after>.*)"
)
_GROUPED = re.compile(r"\d{1,3}([ ']\d{3})+([.,]\d+)?|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+(,\d+)?")
_SAME = {"kr": "NOK", "kr.": "NOK", "Kr": "NOK", "Kr.": "NOK", "EUR": "€", "GBP": "£", "USD": "$", "AUD": "A$", "CAD": "C$",
         "NZD": "NZ$", "ZAR": "R"}  # fmt: skip


@frozen
class Reading:
    """A number that was read. `other` is the second reading of a text such as 1,130, which the course prints for
    one thousand one hundred and thirty and a German reader may mean as 1.13; None where there is only one."""

    value: float
    other: float | None = None
    percent: bool = False


def show(value: float, decimals: int = 2) -> str:
    """A number as the course prints it: 1,130.00, with a real minus sign. `read(show(x, d))` gives x back."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        text = "−" + text[1:] if any(digit in "123456789" for digit in text) else text[1:]
    return text


def read(text: str, unit: str = "", example: str = "1130") -> Reading:
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
    return Reading(sign * value, None if other is None else sign * other, percent)


def _short(text: str) -> str:
    """At most 40 characters of what was typed, to quote back."""
    return text if len(text) <= 40 else text[:39] + "…"


def _check_unit(match: re.Match[str], typed: str, unit: str) -> bool:
    """Whether a per cent sign was typed. Raises Unreadable when the text names a unit that was not asked for."""
    before, after = match["before"] or "", match["after"].strip()
    asked = unit.split("/")[0].split(" ")[0]
    percentage = asked in ("%", "points")
    if after in ("%", "per cent", "percent", "pct", "pc"):
        if unit and not percentage:
            raise Unreadable(say("unreadable.percent", unit=unit, value=typed))
        return True
    if unit and (before + after).lower() == unit.lower():
        return False
    for found in (before, after):
        same = _SAME.get(found, found)
        if same in ("", unit, asked, _SAME.get(asked, asked)) or found.lower() == unit.lower():
            continue
        if re.fullmatch(_CURRENCY, found) and unit:
            raise Unreadable(say("unreadable.currency", unit=unit, value=typed))
        if not (re.fullmatch(_CURRENCY, found) and not unit):
            asks = f" ({unit})" if unit else ""
            raise Unreadable(say("unreadable.other_unit", found=_short(found), value=typed, unit=asks))
    return False


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
        ways = {"first": show(float(whole + rest), 0), "second": f"{decimal:g}"}
        raise Unreadable(say("unreadable.two_readings", value=typed, plain_first=whole + rest, plain_second=f"{decimal:g}", **ways))
    if not _GROUPED.fullmatch(body):
        raise Unreadable(say("unreadable.grouping", value=typed, example=example))
    last = marks[-1]
    decimal_mark = last if last in ".," and marks.count(last) == 1 else ""
    whole, _, rest = body.rpartition(decimal_mark) if decimal_mark else (body, "", "")
    return float(re.sub(r"\D", "", whole) + (f".{rest}" if rest else "")), None
