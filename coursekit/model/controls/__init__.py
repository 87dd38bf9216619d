"""The few ways to answer. A kind of exercise says which it needs; the form draws them; nothing here grades.

Each control is plain data, and one class says all of it that anybody needs to know: `describe()` gives the JSON that the page
draws, `read` what was given to it where its shape fits, `lines` how it looks on paper, `told` an answer in words, `renamed` an answer
in other ids, `named` what feedback may stand beside. A new way to answer is a class in a file here, its import and its lines below, and
a function in page/js/controls/ with its line in the table of page/js/controls.js.
Texts are plain text, never HTML or Markdown.
"""

from .boxes import Line, Number, Paragraph
from .control import Choice, Control, Told, at
from .grid import Cell, Grid, GridRow
from .mark_spans import MarkSpans, Span
from .picking import PickMany, PickOne, Select
from .placing import Arrange, Assign
from .revise import Revise

CONTROLS: dict[str, type[Control]] = {
    control.type: control for control in (PickOne, PickMany, Select, Number, Line, Paragraph, Arrange, Assign, MarkSpans, Grid, Revise)
}

__all__ = [
    "CONTROLS",
    "Arrange",
    "Assign",
    "Cell",
    "Choice",
    "Control",
    "Grid",
    "GridRow",
    "Line",
    "MarkSpans",
    "Number",
    "Paragraph",
    "PickMany",
    "PickOne",
    "Revise",
    "Select",
    "Span",
    "Told",
    "at",
]
