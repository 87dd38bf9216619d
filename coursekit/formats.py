"""How the spoken language writes numbers, lists, days and times, from a small table that is made when the package is built."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from .wording import language

_TABLE = Path(__file__).parent / "languages" / "formats.json"


def integer(value: int) -> str:
    """ "1,130,000": a whole number with its digits in groups."""
    return f"{value:,}".replace(",", _formats()["group"])


def decimal(value: float) -> str:
    """ "2.5": a number as short as it is, of at most six digits, with the decimal sign."""
    return f"{value:g}".replace(".", _formats()["decimal"])


def listed(texts: Iterable[object]) -> str:
    """ "a, b, c"."""
    return _formats()["list"].join(map(str, texts))


def day(at: datetime) -> str:
    """ "Friday, 15 January 2027", in the zone of `at`."""
    names = _formats()
    weekday, month = names["weekdays"][at.weekday()], names["months"][at.month - 1]
    return names["day"].format(weekday=weekday, day=at.day, month=month, number=at.month, year=at.year)


def time(at: datetime) -> str:
    """ "17:00", in the zone of `at`: 24 hours in every language, as the pages show them."""
    return f"{at:%H:%M}"


@cache
def _formats() -> dict[str, Any]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table[language()]
