"""Markdown to HTML with raw HTML off: what an author writes can format, and never script."""

import re
from functools import cache
from html import escape

_DOLLAR = re.compile(r"\$(?=[^<>]*(?:<|$))")  # outside a tag


@cache
def _renderer():
    from markdown_it import MarkdownIt  # 21–26 ms: only when something is shown

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@cache
def html(text: str) -> str:
    """The HTML of a Markdown text; `<` typed by the author stays a visible `<`."""
    return _sums(_renderer().render(text).strip())


def plain(text: str) -> str:
    """The HTML of a text that is not Markdown."""
    return _sums(escape(text))


def _sums(html: str) -> str:
    """Each dollar sign in an element of its own: Jupyter takes "$850 … $27" for a formula, which cannot cross elements."""
    return _DOLLAR.sub("<span>$</span>", html)
