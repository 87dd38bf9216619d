"""Plain text inside Markdown: what an author wrote as a label or an option is shown as typed, wherever it stands."""

import re

_SIGNS = re.compile(r"[\\`*_\[\]{}<~|#]")
_FIRST = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|[-=]+$|>))")  # begins a list or a quote, or underlines a heading


def literal(text: str) -> str:
    """The Markdown that shows a text as it is typed, on one line; a text without signs of Markdown is itself."""
    return _FIRST.sub(r"\1\\", _SIGNS.sub(r"\\\g<0>", " ".join(text.split())).replace("&", "&amp;"))
