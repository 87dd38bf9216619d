"""Reading raw JSON that a page, a file or a stranger sent: what fits is returned, the rest raises Unreadable."""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from ..errors import Unreadable
from ..formats import integer
from ..wording import say

LONGEST = 20_000  # characters in one text; about ten pages


def clean(raw: Any, what: str, limit: int = LONGEST) -> str:
    """`raw` as a text of at most `limit` characters without control characters (line breaks and tabs may stay)."""
    if not isinstance(raw, str):
        raise Unreadable(say("unreadable.shape", what=what))
    if len(raw) > limit:
        raise Unreadable(say("unreadable.too_long", n=limit, limit=integer(limit)))
    if not raw.isprintable():
        for char in raw:
            if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\r\t":
                raise Unreadable(say("unreadable.control", code=f"U+{ord(char):04X}"))
    return raw


def json_number(raw: Any) -> float | None:
    """`raw` as a number if it came as one (a program's answer, which has one reading only), else None."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    if not abs(raw) < 1e300:  # NaN as well
        raise Unreadable(say("unreadable.not_number", value="…", example="1130"))
    return float(raw)


def one_id(raw: Any, known: Collection[str], what: str) -> str:
    """`raw` as one of the known ids."""
    if raw in (None, ""):
        raise Unreadable(say("unreadable.empty", what=what))
    text = clean(raw, what)
    if text not in known:
        raise Unreadable(say("unreadable.unknown", value=_short(text), known=", ".join(known)))
    return text


def ids(raw: Any, known: Collection[str], what: str) -> tuple[str, ...]:
    """`raw` as known ids, each once. A text is read as ids between commas or spaces, for the command line."""
    if isinstance(raw, str):
        raw = clean(raw, what).replace(",", " ").split()
    if not isinstance(raw, Sequence):
        raise Unreadable(say("unreadable.shape", what=what))
    if len(raw) > len(known):
        raise Unreadable(say("unreadable.shape", what=what))
    found = tuple(one_id(item, known, what) for item in raw)
    for item in found:
        if found.count(item) > 1:
            raise Unreadable(say("unreadable.twice", value=item))
    return found


def mapping(raw: Any, known: Collection[str], what: str) -> dict[str, Any]:
    """`raw` as a dict whose keys are known ids; not all need be there."""
    if raw in (None, "", {}):
        raise Unreadable(say("unreadable.empty", what=what))
    if not isinstance(raw, dict):
        raise Unreadable(say("unreadable.shape", what=what))
    for key in raw:
        one_id(key, known, what)
    return raw


def enough_words(text: str, least: int) -> str:
    """`text`, where it has so many words at least."""
    if (count := len(text.split())) < least:
        raise Unreadable(say("flag.words_few", n=count, least=least))
    return text


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
