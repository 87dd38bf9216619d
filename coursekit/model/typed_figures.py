"""The text of a figure taken apart, whatever characters it was typed with, and what makes it none that can be read."""

import re
import unicodedata

from attrs import frozen

from .units import unit_of, words

_SAME = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u207b\u208b\u2043\u02d7\u2796\u30fc\uff70\ufe58\ufe63",
    "+": "\u2795\ufe62", "'": "\u2018\u2019\u2032\u02bc\u066c´", ".": "·。｡", ",": "،", "~": "〜≈", "/": "⁄∕", "%": "﹪٪",
    "¥": "￥", "£": "￡", "..": "…",
}  # fmt: skip
_TABLE: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # the full-width forms of ASCII
_TABLE |= {ord(char): plain for plain, chars in _SAME.items() for char in chars} | {0xFE0E: None, 0xFE0F: None, 0xFF07: "'"}
POINT = "\u066b"  # the Arabic decimal point, which nobody uses for thousands

_FIGURE = re.compile(rf"(?:(?<![^\W\d_])[.,{POINT}]{{1,3}})?\d[\d.,'{POINT} ]*")  # the point in "Rs.5" is none
_IN_BRACKETS = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_POWER = re.compile(r"e([-+]?\d{1,3})(?!\d)", re.I)
_NO_CENTS = re.compile(r"--?(?![-\d])")
_NO_PAISE = re.compile(r":-|/[-=]")
_FRACTION = re.compile("[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒]")
_SUM = re.compile(r"[/÷*×x+^:=] ?\d", re.I)
_CLOCK = re.compile(r":\d\d(?!\d)|(?:h|hrs?|hours?|std|stunden?|timer)\.? ?(?:and )?\d", re.I)
_RANGE = re.compile(r"(?:[-~]|\.\.+|\b(?:to|or|bis|oder|til|till|eller|à)\b) ?[^\W\d]{0,3}[€£$¥₹]? ?\d", re.I)
_SHORT = {
    "k", "thousand", "tsd", "grand", "mn", "mio", "mill", "mil", "million", "millions", "bn", "billion", "lakh", "lac", "crore",
    "hundred", "dozen", "万", "万円",
}  # fmt: skip
_ABOUT = {
    "~", "±", "<", ">", "≤", "≥", "?", "ca", "circa", "about", "approx", "approximately", "around", "roughly", "nearly", "almost",
    "etwa", "ungefähr", "environ", "omtrent", "ish", "so", "less", "more", "than", "least", "most", "over", "under", "above", "below",
    "up", "max", "maximum", "maybe", "perhaps",
}  # fmt: skip


@frozen
class TypedFigure:
    """A figure as it was typed, between whatever stands `before` and `after` it: a sign, a unit, other words.

    All is in plain characters: ASCII digits, "-" for each kind of minus, "'" for each apostrophe; what nobody sees is gone.
    `digits` are empty where there are none. `whole`: it ends as amounts without cents do (1130,- or 1130/-).
    `power` is the power of ten behind it, as in 1.13e3, None where there is none.
    """

    before: str
    digits: str
    after: str
    whole: bool = False
    power: int | None = None


def taken_apart(text: str) -> TypedFigure:
    """The first figure of a text. Brackets around it are a minus, as accountants write it."""
    plain = _plain(text)
    if inside := _IN_BRACKETS.fullmatch(plain):
        first, second, third = inside.groups()
        if not _FIGURE.search(second):
            plain = f"{first} {second} {third}"
        elif not _FIGURE.search(first + third):
            plain = f"{first}-{second}{third}"
    found = _FIGURE.search(plain)
    if not found:
        return TypedFigure(plain, "", "")
    digits, after = found[0].strip(), plain[found.end() :]
    end = (_NO_CENTS.match(after) if digits[-1] in ".," else None) or _NO_PAISE.match(after)
    after = after[end.end() :] if end else after
    power = _POWER.match(after)
    after = after[power.end() :] if power else after
    return TypedFigure(plain[: found.start()].strip(" =:"), digits, after.strip(), bool(end), int(power[1]) if power else None)


def _plain(text: str) -> str:
    if not text.isascii():
        text = "".join(map(_plain_character, text.translate(_TABLE)))
    return " ".join(text.split()).translate({95: "'", 96: "'"})


def _plain_character(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "" if unicodedata.category(char) == "Cf" else char  # marks of direction, joiners, soft hyphens


def unclear(typed: TypedFigure, unit: str) -> str:
    """Why a figure cannot be read in one way, as the name of a sentence of [unreadable]; empty where it can."""
    before, after = words(typed.before), words(typed.after)
    if not typed.digits:
        return "fraction" if _FRACTION.search(typed.before) else "not_number" if typed.before else "no_number"
    if _FRACTION.search(typed.after) or "half" in after:
        return "fraction"
    if re.search(r"\d", typed.after):
        return _of_several(typed, before)
    if re.search(r"\.\. ?\d", typed.digits):
        return "range"
    if re.search("[.,] ", typed.digits):
        return "two_numbers"
    if not _ABOUT.isdisjoint(before + after) or "c" in before or "+/-" in typed.before or typed.after.startswith("+"):
        return "about"
    if after and (after[0] in _SHORT or (after[0] == "m" and (not unit or unit_of(unit).money))):
        return "shortened"
    return "not_number" if {"(", ")"} & {*before, *after} or after == ["-"] else ""


def _of_several(typed: TypedFigure, before: list[str]) -> str:
    """What a text with more than one number is."""
    if _CLOCK.match(typed.after):
        return "clock"
    if _SUM.search(typed.after):
        return "fraction"
    return "range" if _RANGE.search(typed.after) or {"between", "from"} & {*before} else "two_numbers"
