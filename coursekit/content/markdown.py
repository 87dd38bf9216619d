"""Markdown to HTML with raw HTML off: what an author writes can format and link, and never run, fetch or spy.

An author may be a stranger: assignments come from anywhere. So a link leads to a page (http, https), to a mailbox, or to a place beside
the page; any other address leaves its text as it was typed. A picture is one that lies beside the page: one from elsewhere would tell
a stranger who reads when, so that it becomes a link to it.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape, unescape
from typing import Any

_DOLLAR = re.compile(r"\$(?=[^<>]*(?:<|$))")  # outside a tag
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # controls but tab and line break, halves of a pair
PAGE = r"https?://|mailto:"  # how an address of a page or a mailbox begins, in capitals or not
_SIGN = r"\s\x00-\x20\x7f\"<>"  # what no address has; a browser drops some of these, and what follows would be read anew
_BESIDE = rf"(?![/\\])[^:/?#{_SIGN}]*(?:[/?#][^{_SIGN}]*)?"  # an address beside the page: no scheme, no server, not from its root
_LINK = re.compile(rf"(?i:{PAGE})[^{_SIGN}]+|{_BESIDE}")
_PICTURE = re.compile(_BESIDE)
_ELEMENT = "div|h[1-6]|p|strong|em|s|ul|ol|li|blockquote|code|pre|hr|br|span|table|thead|tbody|tr|th|td"
_TITLE = r"(?: title=\"[^\"<>]*\")?"
_TAGS = re.compile(
    rf"</?(?:{_ELEMENT}|a)(?: /)?>|<ol start=\"\d+\">|<code class=\"[^\"<>]*\">|<t[hd] style=\"text-align:(?:left|center|right)\">"
    rf"|<a href=\"(?P<link>[^\"<>]*)\"{_TITLE}>|<img src=\"(?P<picture>[^\"<>]*)\" alt=\"[^\"<>]*\"{_TITLE} />"
)


@cache
def _renderer() -> Any:
    from markdown_it import MarkdownIt  # 21–26 ms: only when something is shown

    class Renderer(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return bool(_LINK.fullmatch(url))

    made = Renderer("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.add_render_rule("image", _picture)
    return made


def _picture(renderer: Any, tokens: Sequence[Any], place: int, options: Any, env: Any) -> str:
    """A picture beside the page; a link in place of one from elsewhere."""
    src = str(tokens[place].attrGet("src"))
    if _PICTURE.fullmatch(src):
        return str(type(renderer).image(renderer, tokens, place, options, env))
    words = renderer.renderInlineAsText(tokens[place].children, options, env) or src
    return f'<a href="{escape(src)}">{escape(words)}</a>'


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


def harmless(page: str) -> bool:
    """Whether HTML holds no tag but those that are made here, with no attribute but theirs: nothing in it can run or fetch."""
    return "<" not in _TAGS.sub(lambda tag: "" if _leads(tag) else "<", page)


def _leads(tag: re.Match[str]) -> bool:
    """Whether a tag that was found leads where an address may lead, if it has one."""
    link, picture = (unescape(tag[name] or "") for name in ("link", "picture"))
    return bool(_LINK.fullmatch(link) and _PICTURE.fullmatch(picture))


def _sums(html: str) -> Safe:
    """Each dollar sign in an element of its own: Jupyter takes "$850 … $27" for a formula, which cannot cross elements."""
    return Safe(_DOLLAR.sub("<span>$</span>", html))
