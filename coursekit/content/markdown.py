"""Markdown to HTML with raw HTML off: what an author writes can format, and never script."""

import re
from functools import cache
from html import escape

_DOLLAR = re.compile(r"\$(?=[^<>]*(?:<|$))")  # outside a tag
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # controls but tab and line break, halves of a pair


@cache
def _renderer():
    from markdown_it import MarkdownIt  # 21–26 ms: only when something is shown

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class Safe(str):
    """A text that is HTML already and is escaped no more; what is made of it with + or an f-string is plain text again."""

    def __html__(self) -> str:
        """How templates (Jinja, markupsafe) know it."""
        return self


@cache
def html(text: str) -> Safe:
    """The HTML of a Markdown text; `<` typed by the author stays a visible `<`."""
    return _sums(_renderer().render(text).strip())


def plain(text: str) -> Safe:
    """The HTML of a text that is not Markdown."""
    return _sums(escape(visible(text)))


def visible(text: str) -> str:
    """The text with a � in place of each sign that no page can show."""
    return _UNSHOWN.sub("\ufffd", text)


def _sums(html: str) -> Safe:
    """Each dollar sign in an element of its own: Jupyter takes "$850 … $27" for a formula, which cannot cross elements."""
    return Safe(_DOLLAR.sub("<span>$</span>", html))
