"""HTML put together from parts: whatever is not `Safe`, HTML already, becomes text on its way in."""

from html import escape
from typing import Any

from ..content.markdown import Safe, plain, visible

_ATTRIBUTE = ' {}="{}"'
_EMPTY = ("br", "img")  # elements that have no inside and no end


def tag(name: str, *inside: Any, **attributes: Any) -> Safe:
    """An element. What is inside stands in the order given; attributes too, None leaving one out.

    The attribute `aria_label` is aria-label, and `class_` is class.
    """
    given = [(key.rstrip("_").replace("_", "-"), escape(visible(str(value)))) for key, value in attributes.items() if value is not None]
    start = f"<{name}{''.join(_ATTRIBUTE.format(key, value) for key, value in given)}>"
    return Safe(start if name in _EMPTY else f"{start}{joined(*inside)}</{name}>")


def joined(*parts: Any) -> Safe:
    """Parts one after the other, without an element around them."""
    return Safe("".join(part if isinstance(part, Safe) else plain(str(part)) for part in parts))
