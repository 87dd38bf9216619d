"""Pieces of the report's page: paragraphs, tables, figures and numbers as HTML, with the words that the text has for them."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from attrs import frozen
from markupsafe import Markup

from ... import formats
from ...wording import say
from .flags import signed

NONE = "–"  # a cell without a figure
_TABLE = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
_HEAD = Markup('<th scope="col"{}>{}</th>')
_ROW = Markup('<tr><th scope="row"{}>{}</th>{}</tr>')
_CELL = Markup("<td{}>{}</td>")
_BAR = Markup('<span class="bar" aria-hidden="true"><i style="width:{:.0f}%"></i></span><span class="share">{}</span>')


@frozen
class Column:
    """A column's heading, and whether its cells are figures."""

    name: str
    figures: bool

    @property
    def style(self) -> Markup:
        """The class of its cells."""
        return Markup(' class="n"') if self.figures else Markup()


def word(name: str, **values: object) -> str:
    """A name or a short text of the report, as plain text."""
    return say(f"stats.word.{name}", **values)


def columns(*names: str) -> list[Column]:
    """Headings by the names of their words; a # behind one says that its cells are figures."""
    return [Column(word(name.rstrip("#")), name.endswith("#")) for name in names]


def p(text: str) -> Markup:
    """A paragraph."""
    return Markup("<p>{}</p>").format(text)


def all_of(each: Markup, rows: Iterable[Sequence[Any]]) -> Markup:
    """A piece of HTML once for each row, with its values in it."""
    return Markup().join(each.format(*row) for row in rows)


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Markup:
    """A table whose first column names its rows. A frame that Tab reaches scrolls it where it is too wide."""
    head = all_of(_HEAD, ((column.style, column.name) for column in columns))
    body = ((columns[0].style, first, _cells(columns[1:], rest)) for first, *rest in rows)
    return _frame(_TABLE.format(caption, head, all_of(_ROW, body)), word("as_table", of=caption))


def _cells(columns: Sequence[Column], cells: Sequence[Any]) -> Markup:
    return all_of(_CELL, ((column.style, cell) for column, cell in zip(columns, cells, strict=True)))


def figure(drawn: Markup, name: str) -> Markup:
    """A chart in a frame that scrolls on a narrow screen, where it would else be too small to read."""
    return Markup("<figure>{}</figure>").format(_frame(drawn, word("as_chart", of=name)))


def _frame(inside: Markup, name: str) -> Markup:
    return Markup('<div class="scroll" role="group" tabindex="0" aria-label="{}">{}</div>').format(name, inside)


def chips(flags: str) -> Markup:
    """Flags, joined by "; ", each in words and in a frame of its own."""
    told = [say(f"stats.flag.{flag.replace(' ', '_')}") for flag in flags.split("; ") if flag]
    return Markup(" ").join(map(Markup('<span class="chip">{}</span>').format, told))


def bar(share: float) -> Markup | str:
    """A share in per cent, and as a bar for the eye alone."""
    return NONE if pd.isna(share) else _BAR.format(share * 100, percent(share))


def percent(share: float | None) -> str:
    """A share (0..1, or a difference of shares) in per cent, without the sign."""
    return NONE if share is None or pd.isna(share) else f"{share * 100:.0f}".replace("-", "−")


def two(value: float | None) -> str:
    """Two decimals."""
    return NONE if value is None or pd.isna(value) else signed(value)


def decimal(value: float | None) -> str:
    """One decimal."""
    return NONE if value is None or pd.isna(value) else formats.decimal(value, 1)


def points(value: float | None) -> str:
    """Two decimals at most."""
    return NONE if value is None or pd.isna(value) else formats.points(value)


def count(value: float | None) -> str:
    """A whole number."""
    return "0" if pd.isna(value) else f"{value:.0f}"
