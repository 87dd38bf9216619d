"""Short text: flags are remarks and never a mark; the learner compares with anchors, an instructor marks later."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from attrs import evolve, frozen

from ...wording import rule_and_cure, say
from ..controls import Control, Paragraph, at
from ..exercise import Exercise, Grade, Part, Samples
from ..plain_text import literal
from ..raw_values import enough_words

Flag = Literal["date", "time", "number", "question", "trait-words", "sarcasm"]

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(rf"\b\d{{1,2}}(st|nd|rd|th)? ?({_MONTHS})|\b({_MONTHS})\w* \d|\d{{4}}-\d\d-\d\d|\b\d{{1,2}}[./]\d{{1,2}}\b|day\b", re.I)
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?(am|pm|o.clock)\b|\bnoon\b|\bhours?\b|\bday\b|\btomorrow\b|\btonight\b", re.I)


@frozen
class Criterion:
    """One line of the rubric: what a marker looks for."""

    id: str
    text: str


@frozen
class Anchor:
    """A sample text at a level from 1 (weak) to 4 (strong), and why it stands there."""

    level: int
    text: str
    why: str


@frozen(kw_only=True)
class ShortText(Exercise):
    """Answer: text. Status "needs marking" with flags as notes; the self-mark against anchors is kept beside it."""

    kind = "short-text"
    marked_by = "person"
    drafts = in_every_unit = True
    criterion: tuple[Criterion, ...]
    anchor: tuple[Anchor, ...]
    words: int = 0
    words_least: int = 3
    flags: tuple[Flag, ...] = ()

    def controls(self) -> tuple[Control, ...]:
        return (Paragraph("answer", say("label.write"), self.words),)

    def read(self, raw: Any) -> str:
        with at("answer"):
            return enough_words(self.control.read(raw), self.words_least)

    def grade(self, answer: str) -> Grade:
        remarks = [self._length(answer), *(_LOOK[flag](answer) for flag in self.flags)]
        parts = tuple(Part(f"flag-{n}", "note", remark) for n, remark in enumerate(remarks) if remark)
        feedback = say("feedback.self_mark") if parts else f"{say('feedback.flag_none')} {say('feedback.self_mark')}"
        return Grade("needs marking", None, self.points, parts, feedback)

    def _length(self, text: str) -> str:
        count = len(text.split())
        return say("flag.words_many", n=count, limit=self.words) if 0 < self.words < count else ""

    def solution(self) -> str:
        best = max(self.anchor, key=lambda anchor: anchor.level)
        looked_for = "\n".join(f"- {literal(criterion.text)}" for criterion in self.criterion)
        quoted = "\n".join(f"> {line}" for line in best.text.strip().splitlines())
        return f"{quoted}\n\n{best.why}\n\n{looked_for}"

    def samples(self) -> Samples:
        texts = tuple(anchor.text for anchor in self.anchor if len(anchor.text.split()) >= self.words_least)
        return Samples(right=texts, unreadable=("", " ", None, 7, [], "x " * 500_000, "a b c \x00 d"))

    def as_handed_in(self) -> Exercise:
        """Any number of words: a person judges them. The remarks on a text are made when its page is."""
        return evolve(self, words_least=0, flags=())

    def problems(self) -> list[tuple[str, str, str]]:
        found = []
        if sorted(anchor.level for anchor in self.anchor) != [1, 2, 3, 4]:
            found.append(("anchor", *rule_and_cure("kinds.short_text.anchors")))
        if not self.criterion:
            found.append(("criterion", *rule_and_cure("kinds.short_text.criterion")))
        return found


@cache
def _one_of(words: str) -> re.Pattern[str]:
    each = (re.escape(word) for one in words.split(",") if (word := one.strip()))
    return re.compile(rf"\b({'|'.join(each) or '(?!)'})\b", re.I)


def _lacks(pattern: re.Pattern[str], key: str) -> Callable[[str], str]:
    return lambda text: "" if pattern.search(text) else say(key)


def _has(words: str, key: str) -> Callable[[str], str]:
    def look(text: str) -> str:
        found = dict.fromkeys(word.lower() for word in _one_of(say(f"words.{words}")).findall(text))
        return say(key, words=", ".join(found)) if found else ""

    return look


_LOOK: dict[str, Callable[[str], str]] = {
    "date": _lacks(_DATE, "flag.date"),
    "time": _lacks(_TIME, "flag.time"),
    "number": _lacks(re.compile(r"\d"), "flag.number"),
    "question": _lacks(re.compile(r"\?"), "flag.question"),
    "trait-words": _has("trait", "flag.trait-words"),
    "sarcasm": _has("sarcasm", "flag.sarcasm"),
}
