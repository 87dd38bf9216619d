"""The few ways to answer. A kind of exercise says which it needs; the form draws them; nothing here grades.

Each control is plain data. `describe()` gives the JSON that form.js draws, `blank` the value before any answer.
Texts are plain text, never HTML or Markdown, except `text` of a `Note` which is Markdown.
"""

from typing import Any, ClassVar

from attrs import asdict, field, frozen


@frozen
class Choice:
    """One thing to pick, place or mark: an id that is stored and a text that is shown."""

    id: str
    text: str


@frozen
class Control:
    """What all controls have: the id under which the answer is kept and the label that names it."""

    type: ClassVar[str]
    id: str
    label: str

    def describe(self) -> dict[str, Any]:
        """The control as JSON for the page."""
        return {"type": self.type, **asdict(self)}


@frozen
class PickOne(Control):
    """Radio buttons. Value: the id picked."""

    type = "pick-one"
    options: tuple[Choice, ...] = ()


@frozen
class PickMany(Control):
    """Checkboxes. Value: the list of ids picked."""

    type = "pick-many"
    options: tuple[Choice, ...] = ()


@frozen
class Number(Control):
    """A one-line box for a number, typed as people type them. Value: the text. `unit` stands beside the box."""

    type = "number"
    unit: str = ""
    help: str = ""


@frozen
class Line(Control):
    """A one-line box for words. Value: the text."""

    type = "line"
    help: str = ""


@frozen
class Paragraph(Control):
    """A box for several lines. Value: the text. `words` is the most words asked for, 0 for no limit."""

    type = "paragraph"
    words: int = 0
    help: str = ""


@frozen
class Select(Control):
    """A menu. Value: the id picked, or an empty text."""

    type = "select"
    options: tuple[Choice, ...] = ()
    help: str = ""


@frozen
class Arrange(Control):
    """A list to bring into order with buttons or Alt+arrows. Value: all ids, in order."""

    type = "arrange"
    items: tuple[Choice, ...] = ()


@frozen
class Assign(Control):
    """A menu of buckets beside each item. Value: {item id: bucket id}."""

    type = "assign"
    items: tuple[Choice, ...] = ()
    buckets: tuple[Choice, ...] = ()


@frozen
class Span:
    """A stretch of text that can be marked; `paragraph` starts a new paragraph before it."""

    id: str
    text: str
    paragraph: bool = False


@frozen
class MarkSpans(Control):
    """Sentences as toggle buttons. Value: the ids marked, or [{"mark": id, "reason": id}] where `reasons` are asked."""

    type = "mark-spans"
    spans: tuple[Span, ...] = ()
    reasons: tuple[Choice, ...] = ()


@frozen
class Cell:
    """One cell of a grid row: the column it belongs to and how it is typed ("line", "paragraph" or "number")."""

    column: str
    input: str = "paragraph"


@frozen
class Row:
    """One row of a grid. `cells` may be fewer than the columns; a single cell spans the table."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    unit: str = ""
    help: str = ""


@frozen
class Grid(Control):
    """A table of boxes. Value: {row id: {column id: text}}. `check_rows` puts a check button beside each row."""

    type = "grid"
    columns: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = field(default=())
    check_rows: bool = False


@frozen
class Revise(Control):
    """Cards of evidence shown one by one, with a slider from 0 to 100 after each. Value: the list of positions so far.

    `start` is where the slider stands before the first card; `low` and `high` name its ends.
    """

    type = "revise"
    cards: tuple[Choice, ...] = ()
    start: int = 50
    low: str = ""
    high: str = ""
