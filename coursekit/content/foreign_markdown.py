"""Markdown that others turn into HTML: JupyterLab and the reading view draw a notebook's cells themselves, and by rules of their own.

They know raw HTML, formulas, diagrams and addresses of every kind. So what a notebook of ours gets is text of which any reader of
Markdown makes the same: letters, emphasis, lists, tables, and links of one plain form.
"""

import re

from .markdown import PAGE

_LINK = rf"\]\((?:(?i:{PAGE})[^\s()<>\"'\\$]+|#[\w-]*|[\w][\w./-]*(?:#[\w-]*)?)(?:[ ]\"[^\"<>\\$\[\]]*\")?\)"
_FOUND = re.compile(
    r"(?P<as_it_is><span>&\#(?:36|92);</span>"  # made here
    rf"|{_LINK}"
    r"|\\(?![$<\\]|(?:begin|end)\{)[\x21-\x7e])"  # a sign that its author has escaped already
    r"|(?P<dollar>\\?\$)"
    r"|(?P<backslash>\\\\(?=\\?[(\[])|\\(?=(?:begin|end)\{))"  # begins a formula
    r"|(?P<double>\\\\)"
    r"|\\?(?P<tag><)(?=[A-Za-z/!?])"
    r"|(?P<bracket>\](?=[(:]))"
    r"|(?P<picture>!(?=\[))"
    r"|(?P<fence>(?:```|~~~)(?:[^\S\n]|\ufeff)*(?=mermaid|[&\\<$!]))",  # drawn by a script, with pictures from anywhere
    re.IGNORECASE,
)
_LOUD = ("tag", "bracket", "picture", "fence")
_INSTEAD = {
    "dollar": "<span>&#36;</span>",
    "backslash": "<span>&#92;</span>",
    "tag": "&lt;",
    "bracket": "]\\",
    "picture": "\\!",
}


def quiet(text: str) -> str:
    """The text without what would run, fetch or be a formula: raw HTML, pictures, diagrams and addresses stay as they were typed.

    A text that came from here comes back as it is.
    """
    return _FOUND.sub(_quieted, text)


def is_quiet(text: str) -> bool:
    """Whether there is nothing in a text that would run or fetch, whoever wrote it; a formula does neither."""
    return not any(found.lastgroup in _LOUD for found in _FOUND.finditer(text))


def _quieted(found: re.Match[str]) -> str:
    if found.lastgroup == "fence":
        return f"{found[0].rstrip()} text "
    return _INSTEAD.get(str(found.lastgroup), found[0])
