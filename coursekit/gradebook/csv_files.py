"""Tables that people open in a spreadsheet: written so that no cell can start a formula, and read back unchanged.

The rules are OWASP's (https://owasp.org/www-community/attacks/CSV_Injection): no cell begins with = + - @, tab, CR or LF, and
whatever could open a cell in the middle of a text (a separator, a line break, a quote) counts as a beginning too. ASVS 1.2.10
adds NUL and asks for the quoting of RFC 4180. An apostrophe is put before such a beginning, and `plain` takes it out again.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from numbers import Number
from pathlib import Path
from typing import Any

from attrs import frozen

from ..errors import BadInput, NotWritten
from ..files import writing
from ..formats import integer, listed
from ..wording import say

_STARTS = "=+\\-@＝＋－＠﹦﹢﹣﹫"  # full-width and small forms: a spreadsheet set to Japanese or Chinese takes them as the plain ones
_SKIPPED = (  # what a spreadsheet, or a hand, may take off the front of a cell: spaces, quotes of all sorts, invisible signs
    " \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "'\"`´‘’‚‛“”„‟«»‹›＇＂"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
# After a semicolon, a tab or a line break the text may be in a cell of its own: a German or French Excel separates by
# semicolons, and then no longer sees the quotes that a comma stands before.
_RISK = re.compile(rf"(\A(?=[{_SKIPPED}]*[{_STARTS}\x00-\x1f])|[;\t\r\n](?=[{_SKIPPED}]*[{_STARTS}]))")
_SAVED = re.compile(rf"(\A|[;\t\r\n])'(?=(?:[{_SKIPPED}]*[{_STARTS}]))|\A'(?=[{_SKIPPED}]*[\x00-\x1f])")
_HARMLESS = re.compile(r"[^\W_][^;\t\r\n]*\Z")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
DELIMITERS = (",", ";", "\t")
LARGEST = 200_000_000  # bytes of a table that is read


@frozen
class Table:
    """A table as it was read: rows are texts by column name; `lines` are the rows' line numbers in the file (1 is the first).
    `guessed` is the encoding where the file does not say it, so that accents may be wrong."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    guessed: str = ""


def safe(value: Any) -> str:
    """`value` as a cell's text that starts no formula. Numbers stay numbers, also below zero; None and NaN are an empty cell."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, Number) and not isinstance(value, bool):
        return str(value)
    text = str(value).replace("\0", "\ufffd")  # no table can hold a NUL: whoever reads it would take the file for another encoding
    if not text.isascii():
        text = text.encode("utf-8", "backslashreplace").decode()  # half a surrogate pair has no UTF-8
    return text if _HARMLESS.match(text) else _RISK.sub(r"\1'", text)


def plain(text: str) -> str:
    """A cell that `safe` wrote, as it was before."""
    return _SAVED.sub(lambda found: found[1] or "", text)


def short_number(value: float | None) -> float | int | None:
    """2 and not 2.0, in a table that people read."""
    return int(value) if value is not None and value == int(value) else value


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any] | Sequence[Any]], *, quote_all: bool = False) -> None:
    """Write a CSV file whole or not at all. A row is a mapping (a column left out is an empty cell) or a sequence.

    UTF-8 with BOM, without which Excel reads accents as cp1252. Lines end in CRLF: RFC 4180 has it so, and Python's csv
    quotes a lone CR in a cell in every version only if CR is in its line end.
    Raises NotWritten where the file cannot be written; one of that name that was there before is then still there.
    """
    try:
        with writing(path, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
            writer.writerow([safe(column) for column in columns])
            for row in rows:
                cells = [row.get(column) for column in columns] if isinstance(row, Mapping) else row
                writer.writerow([safe(cell) for cell in cells])
    except OSError as error:
        raise NotWritten(say("sheet.not_written", file=path, error=error.strerror)) from None


def read_csv(path: Path) -> Table:
    """A CSV file that `write_csv` wrote, a person edited, or a learning platform exported.

    Separated by commas, semicolons or tabs; UTF-8, UTF-16 (with its BOM) or cp1252. Raises BadInput.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(say("sheet.too_large", file=path.name, limit=integer(LARGEST)))
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(say("sheet.not_read", file=path, error=error.strerror)) from None
    return parse_csv(raw, path.name)


def parse_csv(raw: bytes, name: str) -> Table:
    """The table in the bytes of a file; `name` is said in errors. An apostrophe that `safe` put there is taken out."""
    text, guessed = _decoded(raw, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns: tuple[str, ...] = ()
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = tuple(plain(cell).strip() for cell in cells)
            elif len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                raise BadInput(say("sheet.too_many", file=name, line=start, n=len(cells), columns=len(columns)))
            else:
                padded = [*cells, *[""] * (len(columns) - len(cells))]
                rows.append({column: plain(cell) for column, cell in zip(columns, padded, strict=False)})
                lines.append(start)
    except csv.Error as error:
        raise BadInput(say("sheet.broken", file=name, line=line, error=error)) from None
    if not columns:
        raise BadInput(say("sheet.empty", file=name))
    if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
        raise BadInput(say("sheet.column_twice", file=name, columns=listed(twice)))
    return Table(columns, tuple(rows), tuple(lines), guessed)


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text of a file in one of the encodings that spreadsheets write, and its encoding where that was guessed."""
    try:
        text, guessed = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"), ""
    except UnicodeDecodeError:
        text, guessed = _old(raw, name), "Windows-1252"
    if "\0" in text:
        raise BadInput(say("sheet.encoding", file=name))
    return text, guessed


def _old(raw: bytes, name: str) -> str:
    """`raw` as Windows-1252, unless it looks like damaged UTF-8 or like an alphabet that is not Latin."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise BadInput(say("sheet.encoding", file=name)) from None
    words = re.findall(r"[^\W\d_]{3,}", text)
    foreign = any(sum(not char.isascii() for char in word) > len(word) / 2 for word in words)
    if foreign or _UTF8.search(raw):
        raise BadInput(say("sheet.encoding", file=name))
    return text


def _delimiter(text: str) -> str:
    """What stands most often in the first line, outside quotes."""
    first = re.sub(r'"(?:[^"]|"")*"', "", text.lstrip("\r\n")).splitlines()[:1] or [""]
    return max(DELIMITERS, key=first[0].count)
