"""How the spoken language writes numbers, lists, days and times, from a small table that is made when the package is built."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from . import wording


def integer(value: int) -> str:
    """ "1,130,000": a whole number with its digits in groups."""
    return f"{value:,}".replace(",", _formats()["group"])


def decimal(value: float, places: int | None = None) -> str:
    """ "2.50": a number with so many decimals, else as short as it is, of at most six digits; with the decimal sign."""
    text = f"{value:g}" if places is None else f"{value:.{places}f}"
    return text.replace(".", _formats()["decimal"])


def points(value: float) -> str:
    """ "2.5": a number without needless zeros, of at most two decimals; with the decimal sign."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", _formats()["decimal"])


def listed(texts: Iterable[object]) -> str:
    """ "a, b, c"."""
    return _formats()["list"].join(map(str, texts))


def all_of(names: Sequence[str]) -> str:
    """ "a, b and c"."""
    return _listed(names, _formats()["and"])


def any_of(names: Sequence[str]) -> str:
    """ "a, b or c"."""
    return _listed(names, _formats()["or"])


def day(at: datetime) -> str:
    """ "Friday, 15 January 2027", in the zone of `at`."""
    names = _formats()
    weekday, month = names["weekdays"][at.weekday()], names["months"][at.month - 1]
    return names["day"].format(weekday=weekday, day=at.day, month=month, number=at.month, year=at.year)


def time(at: datetime) -> str:
    """ "17:00", in the zone of `at`: 24 hours in every language, as the pages show them."""
    return f"{at:%H:%M}"


def _listed(names: Sequence[str], patterns: dict[str, str]) -> str:
    """Names in the patterns of CLDR for two, and for the start, the middle and the end of more."""
    if len(names) < 3:
        return patterns["2"].format(*names) if len(names) == 2 else "".join(names)
    text = patterns["start"].format(*names[:2])
    for name in names[2:-1]:
        text = patterns["middle"].format(text, name)
    return patterns["end"].format(text, names[-1])


@cache
def _formats() -> dict[str, Any]:
    table = json.loads((wording.LANGUAGES / "formats.json").read_text(encoding="utf-8"))
    return table.get(wording.language(), table[wording.ENGLISH])
