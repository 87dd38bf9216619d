"""Comparison: two cases side by side; the model answer is revealed row by row, then the rule behind both."""

from typing import Any

from attrs import frozen

from ...errors import Unreadable
from ...wording import rule_and_cure, say
from ..controls import Cell, Choice, Control, Grid, GridRow
from ..exercise import Exercise, Grade, Part, Samples
from ..plain_text import literal

PRINCIPLE, RULE = "principle", "rule"


@frozen
class Column:
    """One of the cases compared."""

    id: str
    text: str


@frozen
class ComparedRow:
    """One question asked of both cases, with the model answer for each and what the two show together."""

    id: str
    text: str
    model: dict[str, str]
    why: str


@frozen
class Principle:
    """The one-line rule asked for at the end."""

    prompt: str
    model: str
    why: str


@frozen(kw_only=True)
class Comparison(Exercise):
    """Answer: {row: {column: text}}, with {"principle": {"rule": text}}.

    Guided comparison of two cases carries a principle further than the cases apart (Gentner, Loewenstein &
    Thompson 2003). Nothing is right or wrong: a row filled on both sides is shown beside its model; the status
    is "kept" until all is filled, then "needs marking" for the rule.
    """

    kind = "comparison"
    marked_by = "person"
    drafts = in_every_unit = True
    column: tuple[Column, ...]
    row: tuple[ComparedRow, ...]
    principle: Principle

    def controls(self) -> tuple[Control, ...]:
        columns = tuple(Choice(column.id, column.text) for column in self.column)
        cells = tuple(Cell(column.id) for column in self.column)
        rows = [GridRow(row.id, row.text, cells) for row in self.row]
        rows.append(GridRow(PRINCIPLE, self.principle.prompt, (Cell(RULE),)))
        return (Grid("answer", say("label.compare"), columns, tuple(rows), check_rows=True),)

    def read(self, raw: Any) -> dict[str, dict[str, str]]:
        """The rows with a text in every cell."""
        rows = {id: {key: text.strip() for key, text in cells.items() if text.strip()} for id, cells in self.control.read(raw).items()}
        filled = {id: cells for id, cells in rows.items() if len(cells) == (1 if id == PRINCIPLE else len(self.column))}
        if not filled:
            raise Unreadable(say("unreadable.empty", what=say("unreadable.row")))
        return filled

    def grade(self, answer: dict[str, dict[str, str]]) -> Grade:
        parts = [Part(row.id, "note", self._model(row)) for row in self.row if row.id in answer]
        if PRINCIPLE in answer:
            parts.append(Part(PRINCIPLE, "note", f"{say('feedback.model', text=self.principle.model)} {self.principle.why}"))
        done, total = sum(row.id in answer for row in self.row), len(self.row)
        if done < total or PRINCIPLE not in answer:
            feedback = say("feedback.compare_rows", done=done, n=total)
            return Grade("kept", None, self.points, tuple(parts), feedback)
        return Grade("needs marking", None, self.points, tuple(parts), say("feedback.compare_done"))

    def _model(self, row: ComparedRow) -> str:
        cells = "\n".join(f"- **{literal(column.text)}:** {row.model[column.id]}" for column in self.column)
        return f"{cells}\n\n{row.why}"

    def solution(self) -> str:
        rows = "\n\n".join(f"**{literal(row.text)}**\n\n{self._model(row)}" for row in self.row)
        return f"{rows}\n\n**{literal(self.principle.prompt)}**\n\n{self.principle.model} {self.principle.why}"

    def samples(self) -> Samples:
        full = {row.id: dict(row.model) for row in self.row} | {PRINCIPLE: {RULE: self.principle.model}}
        first, column = self.row[0], self.column[0].id
        unreadable: tuple[Any, ...] = ({}, [], "", 7, {first.id: {column: "one side"}}, {"no such row": {}}, {first.id: {column: 7}})
        return Samples(right=(full,), partly=({first.id: dict(first.model)},), unreadable=unreadable)

    def problems(self) -> list[tuple[str, str, str]]:
        columns, found = {column.id for column in self.column}, []
        if len(self.column) < 2:
            found.append(("column", *rule_and_cure("kinds.comparison.columns")))
        if not self.row:
            found.append(("row", *rule_and_cure("kinds.comparison.rows")))
        for row in self.row:
            if set(row.model) != columns:
                model = ", ".join(f"{column} = …" for column in sorted(columns))
                found.append((f"row “{row.id}”", *rule_and_cure("kinds.comparison.model", model=model)))
            if row.id == PRINCIPLE:
                found.append((f"row “{row.id}”", *rule_and_cure("kinds.comparison.id")))
        return found
