"""Units as people write them beside a figure: €, EUR and euros are one, and so are /h, per hr and "an hour"."""

import re
from functools import lru_cache

from attrs import frozen

from ..errors import Unreadable
from ..wording import say

_MONEY = {
    "€": "eur euro", "£": "gbp pound sterling quid", "$": "dollar buck", "us$": "usd", "a$": "au$ aud", "c$": "ca$ can$ cad", "nz$": "nzd",
    "r": "zar rand", "¥": "jpy yen 円", "₹": "inr rs rupee", "chf": "fr sfr franken franc", "kr": "krone kroner krona kronor",
    "nok": "", "sek": "", "dkk": "", "aed": "dh dhs dirham", "sar": "riyal", "pln": "zł zloty",
}  # fmt: skip
_OTHER = {
    "%": "percent ٪ pct pc prozent prosent procent", "point": "pp ppt pt", "×": "time x fold",
    "minute": "min minuten minutter", "hour": "h hr std stunde stunden t timer heure", "day": "d tag tage dag dage dager jour",
    "week": "w wk woche wochen uke uker uge semaine", "month": "mo mth mnd md monat monate måned måneder mois",
    "year": "yr y annum jahr jahre år ans", "/": "per a an each every pr pro par je",
}  # fmt: skip
_EACH = {
    "hour": "ph hourly",
    "day": "pd daily",
    "week": "pw weekly",
    "month": "pm pcm monthly",
    "year": "pa yearly annually",
    "once": "once",
}
_MEANS: dict[str, tuple[str, ...]] = {word: (unit,) for unit, words in (_MONEY | _OTHER).items() for word in (unit, *words.split())}
_MEANS |= {word: ("/", unit) for unit, words in _EACH.items() for word in words.split()} | {"percentage": (), "calendar": ()}
_MAY_MEAN = {"kr": {"nok", "sek", "dkk"}, "$": {"us$", "a$", "c$", "nz$"}}  # whose crowns or dollars, the unit asked for says
_PHRASES = (("per cent", "percent"), ("pour cent", "percent"), ("%-", "% "), (".", ""))
_WORD = re.compile(r"[^\W\d_]+\$?|\S")


@frozen
class Unit:
    """A unit in one spelling: what is counted, and for each of what. "€ per hr" is {"€"} for each {"hour"}."""

    amount: frozenset[str] = frozenset()
    each: frozenset[str] = frozenset()

    @property
    def money(self) -> bool:
        """Whether it is an amount of some currency."""
        return not self.amount.isdisjoint(_MONEY)

    @property
    def shares(self) -> bool:
        """Whether it counts hundredths: per cent, and points of it."""
        return not self.amount.isdisjoint(("%", "point"))

    @property
    def signed(self) -> bool:
        """Whether a figure in it may lie below zero, as money, shares and bare figures do; times and counts do not."""
        return self.money or self.shares or not self.amount

    def takes(self, typed: "Unit") -> bool:
        """Whether a unit that was typed is this one, or a part of it. Where no amount is asked, any currency is."""
        fitting = set(self.amount)
        if not self.amount:
            fitting |= {*_MONEY, *([] if self.each else ["%"])}
        if "point" in fitting:
            fitting.add("%")
        for general, its in _MAY_MEAN.items():
            if fitting & its:
                fitting.add(general)
        fitting |= {"kr": _MAY_MEAN["kr"], "$": {"us$"}}.get("".join(self.amount), set())
        return typed.amount <= fitting and typed.each <= self.each


def words(text: str) -> list[str]:
    """The words and signs of a text, in small letters."""
    text = text.lower()
    for phrase, short in _PHRASES:
        text = text.replace(phrase, short)
    return _WORD.findall(re.sub(r"\bp ?/", "/", text))  # "p/h"


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit:
    """The unit that a text names. A word that is known for no unit counts as one of its own, in the singular."""
    found = [unit for word in words(text) for unit in _meaning(word)]
    first = found.index("/") if "/" in found else len(found)
    each = {"hour" if unit == "×" else unit for unit in found[first + 1 :]}  # "kr/time" is Norwegian for "kr an hour"
    return Unit(frozenset(found[:first]), frozenset(each - {"/"} or found[first:]))


def _meaning(word: str) -> tuple[str, ...]:
    one = word.removesuffix("s")
    return _MEANS.get(word, _MEANS.get(one, (one if len(word) > 3 else word,)))


def typed_per_cent(before: str, after: str, unit: str, typed: str) -> bool:
    """Whether a per cent sign stands before or after a figure. Raises Unreadable for any other unit than the one asked for."""
    asked, found = unit_of(unit), unit_of(f"{before} {after}")
    if asked.takes(found):
        return "%" in found.amount
    odd = next(part for part in (after, before, f"{before} {after}") if not asked.takes(unit_of(part)))
    if unit and "%" in found.amount and not asked.shares:
        raise Unreadable(say("unreadable.percent", unit=unit, value=typed))
    if asked.money and unit_of(odd).money and not unit_of(odd).amount <= asked.amount:
        raise Unreadable(say("unreadable.currency", unit=unit, value=typed))
    key = "other_unit" if unit else "more_words"
    raise Unreadable(say(f"unreadable.{key}", unit=unit, found=odd.strip(), value=typed))
