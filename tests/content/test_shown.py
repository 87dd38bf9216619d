"""Texts keep their figures as they were written; whoever looks an exercise or a case up gets them worked out."""

from attrs import frozen

from coursekit.content.shown import Shown, with_texts
from coursekit.model.figures import Figure, Figures
from coursekit.model.grading import grade


def test_written_and_shown(tiny):
    """The library keeps the text of the file and shows the text of a reader."""
    written, shown = tiny.exercises.written["shop/what-is-owed"], tiny["shop/what-is-owed"]

    assert (written.prompt, shown.prompt) == ("Mr Abe asks about {= billed_trays} trays.", "Mr Abe asks about 8 trays.")
    assert "£{= price}" in tiny.cases.written["bakery"].setting and "£14" in tiny.cases["bakery"].setting
    assert (written.figures, written.quantity[0].key) == (shown.figures, shown.quantity[0].key)


def test_it_is_worked_out_once(tiny):
    """Looking an exercise up again gives the same object, also among those of its unit."""
    assert tiny["shop/what-is-owed"] is tiny.exercises["shop/what-is-owed"]
    assert any(one is tiny["shop/what-is-owed"] for one in tiny.of_unit("shop"))


def test_feedback_has_its_figures(tiny):
    """An exercise taken from the library grades with texts that are worked out."""
    given = grade(tiny["shop/what-is-owed"], {"owed": "112", "share": "25"})

    assert "this counts the 8 trays" in "".join(part.text for part in given.parts)


@frozen
class Line:
    text: str
    more: dict[str, str]


@frozen
class Page:
    """A typed object with texts at every depth."""

    title: str
    lines: tuple[Line, ...]
    words: int
    figures: Figures


def test_texts_at_any_depth():
    """Texts in tuples, tables and objects are changed; a page without figures stays the same object."""
    figures = Figures().plus({"fee": Figure(6400.0)})
    page = Page("€{= fee}", (Line("{= fee : .1f}", {"{= fee}": "{= fee / 2}"}),), 3, figures)
    plain = Page("A page", (), 3, figures)
    shown = Shown({"a": page, "b": plain})

    assert shown["a"] == Page("€6,400", (Line("6,400.0", {"{= fee}": "3,200"}),), 3, figures)
    assert shown["b"] is plain
    assert (list(shown), len(shown), shown.get("c")) == (["a", "b"], 2, None)
    assert with_texts("{= fee}", str.upper) == "{= FEE}"
