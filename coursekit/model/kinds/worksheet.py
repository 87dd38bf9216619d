"""Worksheet: about the learner's own client; worked out where asked, never graded, never exported unless ticked."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from attrs import frozen

from ...errors import BadExpression, Unreadable
from ...wording import rule_and_cure, say
from ..controls import Cell, Choice, Control, Grid, GridRow, Line, Paragraph, Select, at
from ..controls import Number as NumberBox
from ..exercise import Exercise, Grade, Part, Samples
from ..figures import Figures
from ..numerals import show, with_unit
from ..plain_text import literal
from ..raw_values import mapping


@frozen
class Field:
    """One thing to fill in; `after` names the table that it stands below, else it stands above all tables."""

    id: str
    label: str
    input: Literal["line", "paragraph", "number", "choice"] = "line"
    help: str = ""
    unit: str = ""
    words: int = 0
    option: tuple[str, ...] = ()
    after: str = ""


@frozen
class Column:
    """A column of a table."""

    id: str
    text: str


@frozen
class TableRow:
    """A row of a table; every cell takes the same input."""

    id: str
    text: str
    input: Literal["line", "paragraph", "number"] = "line"
    unit: str = ""
    help: str = ""


@frozen
class Table:
    """A table to fill in."""

    id: str
    label: str
    column: tuple[Column, ...]
    row: tuple[TableRow, ...]


@frozen
class Result:
    """Worked out from what was typed and from figures: an expression over number fields, or over the rows of a table,
    column by column.

    Later results may use it under its id, or under "id_column" where it belongs to a table.
    """

    id: str
    text: str
    value: str
    table: str = ""
    decimals: int = 2
    unit: str = ""
    say: str = ""


@frozen(kw_only=True)
class Worksheet(Exercise):
    """Answer: {field: text or number}, tables as {table: {row: {column: text}}}. Status "kept"; empty fields may stay."""

    kind = "worksheet"
    marked_by = "nobody"
    private = drafts = in_every_unit = True
    field: tuple[Field, ...] = ()
    table: tuple[Table, ...] = ()
    result: tuple[Result, ...] = ()

    def controls(self) -> tuple[Control, ...]:
        below = {table.id: [_control(field) for field in self.field if field.after == table.id] for table in self.table}
        above = [_control(field) for field in self.field if field.after not in below]
        return (*above, *(control for table in self.table for control in (_grid(table), *below[table.id])))

    @cached_property
    def _controls(self) -> dict[str, Control]:
        return {control.id: control for control in self.controls()}

    def read(self, raw: Any) -> dict[str, Any]:
        """{field: text or number}, tables as {table: {(row, column): text or number}}."""
        what = say("unreadable.field")
        answer: dict[str, Any] = {}
        for id, given in mapping(raw, self._controls, what).items():
            control = self._controls[id]
            if isinstance(control, Grid):
                filled = control.filled(given or {}, what)
                if cells := {(row, column): text for row, by_column in filled.items() for column, text in by_column.items()}:
                    answer[id] = cells
            elif given is not None and not (isinstance(given, str) and not given.strip()):
                answer[id] = _entry(control, given)
        if not answer:
            raise Unreadable(say("unreadable.empty", what=what))
        return answer

    def grade(self, answer: dict[str, Any]) -> Grade:
        return Grade("kept", None, Fraction(0), tuple(self._worked_out(answer)), say("feedback.worksheet"))

    def _worked_out(self, answer: dict[str, Any]) -> Iterator[Part]:
        """A note for each result for which all is there that it needs, and whose sum can be done."""
        known = {field.id: answer[field.id] for field in self.field if field.input == "number" and field.id in answer}
        for result in self.result:
            for column, text, rows in self._columns(result, answer):
                try:
                    value = self._known_figures.value(result.value, known | rows)
                except BadExpression:
                    continue
                known["_".join(filter(None, (result.id, column)))] = value
                amount = with_unit(show(value, result.decimals), result.unit)
                note = f"{say('feedback.result', text=literal(text), value=literal(amount))} {result.say}".strip()
                yield Part("-".join(filter(None, ("result", result.id, column))), "note", note)

    @cached_property
    def _known_figures(self) -> Figures:
        """The figures that results may use: what is asked for or worked out here hides a figure of its name."""
        asked = {field.id for field in self.field} | {row.id for table in self.table for row in table.row}
        return self.figures.without(asked | {result.id for result in self.result})

    def _columns(self, result: Result, answer: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, float]]]:
        """For each column of the result's table: its id, what the result is called there, the numbers typed in it."""
        if not result.table:
            yield "", result.text, {}
            return
        table = next(table for table in self.table if table.id == result.table)
        cells = answer.get(table.id, {})
        for column in table.column:
            rows = {row.id: cells[row.id, column.id] for row in table.row if row.input == "number" and (row.id, column.id) in cells}
            yield column.id, f"{result.text}: {column.text}", rows

    def solution(self) -> str:
        return ""

    def samples(self) -> Samples:
        filled: dict[str, Any] = {field.id: _sample(field.input, field.option) for field in self.field}
        for table in self.table:
            filled[table.id] = {row.id: {column.id: _sample(row.input) for column in table.column} for row in table.row}
        first = next(iter(filled))
        return Samples(right=(filled, {first: filled[first]}), unreadable=({}, [], "", None, 7, {"no such field": "x"}, {first: ["x"]}))

    def problems(self) -> list[tuple[str, str, str]]:
        tables, found = {table.id: table for table in self.table}, []
        if not self.field and not self.table:
            found.append(("field", *rule_and_cure("kinds.worksheet.empty")))
        found += [
            (f"field “{field.id}”", *rule_and_cure("kinds.no_table", table=field.after))
            for field in self.field
            if field.after and field.after not in tables
        ]
        numbers = _trial(field.id for field in self.field if field.input == "number")
        for result in self.result:
            if result.table and result.table not in tables:
                found.append((f"result “{result.id}”", *rule_and_cure("kinds.no_table", table=result.table)))
                continue
            table = tables.get(result.table)
            rows = _trial(row.id for row in (table.row if table else ()) if row.input == "number")
            try:
                self._known_figures.value(result.value, numbers | rows)
            except BadExpression as error:
                found.append((f"result “{result.id}”", str(error), say("kinds.worksheet.expression")))
            if not 0 <= result.decimals <= 6:
                found.append((f"result “{result.id}”", *rule_and_cure("kinds.decimals")))
            numbers |= _trial([f"{result.id}_{column.id}" for column in table.column] if table else [result.id], start=7.1)
        return found


def _trial(ids: Iterable[str], start: float = 1.5) -> dict[str, float]:
    """A value for each name, all different, so that no difference in an expression is zero by accident."""
    return {id: start + 0.37 * number for number, id in enumerate(ids)}


def _control(field: Field) -> Control:
    if field.input == "number":
        return NumberBox(field.id, field.label, field.unit, field.help)
    if field.input == "choice":
        return Select(field.id, field.label, tuple(Choice(text, text) for text in field.option), field.help)
    if field.input == "paragraph":
        return Paragraph(field.id, field.label, field.words, field.help)
    return Line(field.id, field.label, field.help)


def _grid(table: Table) -> Grid:
    columns = tuple(Choice(column.id, column.text) for column in table.column)
    rows = tuple(GridRow(row.id, row.text, tuple(Cell(c.id, row.input) for c in table.column), row.unit, row.help) for row in table.row)
    return Grid(table.id, table.label, columns, rows)


def _entry(control: Control, given: Any) -> str | float:
    """What stands in one field: a number where one is asked, else the text. Raises Unreadable that names the field."""
    with at(control.id, control.label):
        return control.read(given).value if isinstance(control, NumberBox) else control.read(given)


def _sample(input: str, option: tuple[str, ...] = ()) -> str:
    return {"number": "12.5", "choice": option[0] if option else ""}.get(input, "some words")
