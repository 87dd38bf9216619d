"""Pieces of the report's page: paragraphs, tables, figures and numbers as HTML, with the words that text.toml has for them."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd
from attrs import frozen

from ...wording import section
from .flags import signed

NONE = "–"  # a cell without a figure


@frozen
class Column:
    """A column's heading, and whether its cells are figures."""

    name: str
    figures: bool

    @property
    def style(self) -> str:
        """The class of its cells."""
        return ' class="n"' if self.figures else ""


def word(name: str, **values: object) -> str:
    """A name or a short text of the report, as plain text."""
    return section("stats")["word"][name].format(**values)


def columns(*names: str) -> list[Column]:
    """Headings by the names of their words; a # behind one says that its cells are figures."""
    return [Column(word(name.rstrip("#")), name.endswith("#")) for name in names]


def p(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{escape(text)}</p>"


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> str:
    """A table whose first column names its rows; cells are HTML. A frame that Tab reaches scrolls it where it is too wide."""
    head = "".join(f'<th scope="col"{column.style}>{escape(column.name)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row"{columns[0].style}>{first}</th>'
        + "".join(f"<td{column.style}>{cell}</td>" for cell, column in zip(rest, columns[1:], strict=True))
        + "</tr>"
        for first, *rest in rows
    )
    whole = f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return _frame(whole, word("as_table", of=caption))


def figure(drawn: str, name: str) -> str:
    """A chart in a frame that scrolls on a narrow screen, where it would else be too small to read."""
    return f"<figure>{_frame(drawn, word('as_chart', of=name))}</figure>"


def _frame(inside: str, name: str) -> str:
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(name)}">{inside}</div>'


def chips(flags: str) -> str:
    """Flags, joined by "; ", each in a frame of its own."""
    return " ".join(f'<span class="chip">{escape(flag)}</span>' for flag in flags.split("; ") if flag)


def bar(share: float) -> str:
    """A share in per cent, and as a bar for the eye alone."""
    if pd.isna(share):
        return NONE
    drawn = f'<span class="bar" aria-hidden="true"><i style="width:{share * 100:.0f}%"></i></span>'
    return f'{drawn}<span class="share">{percent(share)}</span>'


def percent(share: float | None) -> str:
    """A share (0..1, or a difference of shares) in per cent, without the sign."""
    return NONE if pd.isna(share) else f"{share * 100:.0f}".replace("-", "−")


def two(value: float | None) -> str:
    """Two decimals."""
    return NONE if pd.isna(value) else signed(value)


def decimal(value: float | None) -> str:
    """One decimal."""
    return NONE if pd.isna(value) else f"{value:.1f}"


def points(value: float | None) -> str:
    """Two decimals at most."""
    return NONE if pd.isna(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def count(value: float | None) -> str:
    """A whole number."""
    return "0" if pd.isna(value) else f"{value:.0f}"
