"""What a control knows of an answer without a key: whether its shape fits, how it is told, and where its ids stand."""

from contextlib import suppress

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import Unreadable
from coursekit.model.controls import (
    CONTROLS,
    Arrange,
    Assign,
    Cell,
    Choice,
    Control,
    Grid,
    GridRow,
    Line,
    MarkSpans,
    Number,
    Paragraph,
    PickMany,
    PickOne,
    Revise,
    Select,
    Span,
    at,
)

AB = (Choice("a", "Ash"), Choice("b", "Birch"))
XY = (Choice("x", "Park"), Choice("y", "Yard"))
SPANS = (Span("a", "Ash"), Span("b", "Birch"))
ROWS = (GridRow("r", "Row", (Cell("a"), Cell("b", "number"))), GridRow("s", "Rule", (Cell("own"),)))
EACH = {
    "pick-one": PickOne("c", "L", AB),
    "pick-many": PickMany("c", "L", AB),
    "select": Select("c", "L", AB),
    "number": Number("c", "L", "£"),
    "line": Line("c", "L"),
    "paragraph": Paragraph("c", "L", 30),
    "arrange": Arrange("c", "L", AB),
    "assign": Assign("c", "L", AB, XY),
    "mark-spans": MarkSpans("c", "L", SPANS),
    "mark-spans with reasons": MarkSpans("c", "L", SPANS, XY),
    "grid": Grid("c", "L", AB, ROWS),
    "revise": Revise("c", "L", AB),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["a", "b", "x", "r", "mark", "reason"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "r", "mark", "reason", "?"]), inner, max_size=3),
    max_leaves=8,
)


def test_every_control_is_here():
    """The tables below leave none out."""
    assert {control.type for control in EACH.values()} == set(CONTROLS)


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("pick-one", "a", ["Ash"]),
        ("pick-many", ["a", "b"], ["Ash", "Birch"]),
        ("select", "b", ["Birch"]),
        ("number", "1200", ["£1200"]),
        ("line", "a word", ["a word"]),
        ("paragraph", "two\nlines", ["two\nlines"]),
        ("arrange", ["b", "a"], ["Birch", "Ash"]),
        ("assign", {"b": "x", "a": "y"}, ["Ash/Yard", "Birch/Park"]),
        ("mark-spans", ["b"], ["Birch"]),
        ("mark-spans with reasons", [{"mark": "b", "reason": "y"}], ["Birch/Yard"]),
        ("grid", {"s": {"own": "z"}, "r": {"a": "p", "b": "7"}}, ["Row/Ash/p", "Row/Birch/7", "Rule/z"]),
        ("revise", [70, 30], ["Ash/70", "Birch/30"]),
    ],
)
def test_what_fits_is_read_and_told(name, raw, told):
    """An answer of the right shape is read; in words it has texts in place of ids, in the order of the question."""
    control = EACH[name]

    assert control.read(raw)
    assert ["/".join([*one.of, one.text]) for one in control.told(raw)] == told


@pytest.mark.parametrize(
    ("name", "raw", "says", "part"),
    [
        ("pick-one", "c", "“c” is not one of the choices", ""),
        ("pick-one", ["a"], "wrong form", ""),
        ("select", "c", "Pick one of the options", ""),
        ("select", "", "no answer yet", ""),
        ("pick-many", [], "no answer yet", ""),
        ("pick-many", ["a", "a"], "given twice", ""),
        ("number", "twelve", "cannot be read as a number", ""),
        ("number", "1.130", "can be read in two ways", ""),
        ("number", None, "Type a number", ""),
        ("number", True, "wrong form", ""),
        ("line", " ", "Write a few words", ""),
        ("paragraph", 7, "wrong form", ""),
        ("arrange", [], "Nothing was moved yet", ""),
        ("arrange", ["a"], "Not placed yet: Birch", "b"),
        ("assign", {"a": "x"}, "Not placed yet: Birch", "b"),
        ("assign", {"a": "x", "b": "z"}, "“z” is not one of the choices", ""),
        ("mark-spans", [], "no answer yet", ""),
        ("mark-spans with reasons", ["a"], "wrong form", ""),
        ("mark-spans with reasons", [{"mark": "a"}], "Choose a reason", "a"),
        ("grid", {"r": {"a": ""}}, "at least one row", ""),
        ("grid", {"r": {"own": "x"}}, "“own” is not one of the choices", ""),
        ("grid", {"s": {"own": 7}}, "wrong form", ""),
        ("revise", [], "no answer yet", ""),
        ("revise", [1], "Set the slider after each of the 2 cards", ""),
        ("revise", [1, 101], "wrong form", ""),
    ],
)
def test_what_does_not_fit_is_asked_back(name, raw, says, part):
    """With a sentence, and the part that it is about where there is one."""
    with pytest.raises(Unreadable, match=says) as found:
        EACH[name].read(raw)

    assert found.value.part == part


@given(raw=JSON, name=st.sampled_from(list(EACH)))
def test_any_json_is_taken(raw, name):
    """Reading refuses in one way only; telling and renaming refuse nothing, and ids that stay give the answer that was."""
    control = EACH[name]
    with suppress(Unreadable):
        assert control.read(raw) is not None

    assert all(isinstance(one.text, str) for one in control.told(raw) or ())
    assert repr(control.renamed(raw, lambda id: id, lambda id: id)) == repr(raw)


def test_a_control_that_leaves_something_out_cannot_be_made():
    """No reader meets a control that does not say how it is read, shown, told and renamed."""

    @frozen
    class Dial(Control):
        type = "dial"

    with pytest.raises(TypeError, match=r"lines.*read.*renamed.*told"):
        Dial("c", "L")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("£", "text"), ("€ a week", "text"), ("NOK", "text"), ("%", "text"), ("points", "text"), ("", "text"), ("a month", "text"),
     ("hours", "decimal"), ("hours a month", "decimal"), ("minutes", "decimal"), ("clients", "decimal"), ("times a month", "decimal")],
)  # fmt: skip
def test_a_keyboard_with_a_minus(unit, expected):
    """Where a figure can lie below zero a phone shows a keyboard that has a minus; the unit alone decides, so that no key leaks.

    What a bundle says of the box stays as it was: an answer names its wording by it.
    """
    box, grid = Number("b", "B", unit), Grid("g", "G", (), (GridRow("r", "R", (Cell("own", "number"),), unit),))

    assert [expected, expected] == [box.drawn()["keyboard"], grid.drawn()["rows"][0]["keyboard"]]
    assert "keyboard" not in str([box.describe(), grid.describe()])


def test_the_place_of_what_cannot_be_read():
    """A box of several names itself, unless the part in it that is meant is known."""
    for part, expected in (("", "c"), ("a", "a")):
        with pytest.raises(Unreadable, match=r"^L: Why$") as found, at("c", "L"):
            raise Unreadable("Why", part)
        assert found.value.part == expected
