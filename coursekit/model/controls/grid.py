"""A table of boxes."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from attrs import field, frozen

from ...errors import Unreadable
from ...wording import say
from ..raw_values import clean, mapping
from .boxes import Number, keyboard
from .control import Choice, Control, Rename, Told, at, some


@frozen
class Cell:
    """One cell of a grid row: the column it belongs to and how it is typed."""

    column: str
    input: Literal["line", "paragraph", "number"] = "paragraph"


@frozen
class GridRow:
    """One row of a grid. `cells` may be fewer than the columns; a single cell spans the table."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    unit: str = ""
    help: str = ""

    @property
    def text(self) -> str:
        """What the row asks."""
        return self.label


@frozen
class Grid(Control):
    """A table of boxes. Value: {row id: {column id: text}}. `check_rows` puts a check button beside each row."""

    type = "grid"
    lettered = ("columns",)
    numbered = ("rows",)
    told_as = "list"
    long = True
    columns: tuple[Choice, ...] = ()
    rows: tuple[GridRow, ...] = field(default=())
    check_rows: bool = False

    def drawn(self) -> dict[str, Any]:
        described = self.describe()
        return {**described, "rows": [{**row, "keyboard": keyboard(row["unit"])} for row in described["rows"]]}

    def read(self, raw: Any) -> dict[str, dict[str, Any]]:
        what = say("unreadable.row")
        return some(self.filled(raw, what), what)

    def filled(self, raw: Any, what: str) -> dict[str, dict[str, Any]]:
        """What stands in the cells that are not empty: texts as they were typed, figures as numbers.

        Raises Unreadable, with `what` to do, or with the label of the row whose figure cannot be read.
        """
        rows = {row.id: row for row in self.rows}
        given = {} if raw in (None, "", {}) else mapping(raw, rows, what)
        filled = {id: _filled(cells, rows[id], what) for id, cells in given.items() if cells}
        return {row: cells for row, cells in filled.items() if cells}

    def lines(self) -> Iterable[tuple[str, str]]:
        names = {column.id: column.text for column in self.columns}
        for row in self.rows:
            blanks = "; ".join(f"{names.get(cell.column, '')} ______".strip() for cell in row.cells)
            yield "•", f"{row.label}: {blanks}"

    def told(self, value: Any) -> list[Told] | None:
        """In the order of the question; what it does not know comes last."""
        if not isinstance(value, dict):
            return None
        rows, columns = {row.id: row.label for row in self.rows}, {column.id: column.text for column in self.columns}
        order = {id: number for number, id in enumerate(rows)}
        return [
            Told(str(text), (rows.get(row, str(row)), *([columns[column]] if column in columns else [])), typed=True)
            for row, cells in sorted(value.items(), key=lambda entry: order.get(entry[0], len(order)))
            if isinstance(cells, dict)
            for column, text in cells.items()
        ]

    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        if not isinstance(value, dict):
            return value
        return {
            number(row): {letter(column): text for column, text in cells.items()} if isinstance(cells, dict) else cells
            for row, cells in value.items()
        }

    def named(self) -> Iterator[tuple[str, str]]:
        return ((row.id, row.label) for row in self.rows)


def _filled(cells: Any, row: GridRow, what: str) -> dict[str, Any]:
    """The cells of one row that hold something."""
    asked = {cell.column: cell.input for cell in row.cells}
    given = {column: value for column, value in mapping(cells, asked, what).items() if value not in (None, "")}
    return {column: _number(row, value, what) if asked[column] == "number" else clean(value, what) for column, value in given.items()}


def _number(row: GridRow, raw: Any, what: str) -> float:
    if not isinstance(raw, str | int | float):
        raise Unreadable(say("unreadable.shape", what=what))
    with at(row.id, row.label):
        return Number(row.id, row.label, row.unit).read(raw).value
