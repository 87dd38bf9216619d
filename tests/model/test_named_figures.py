"""Figures by name, with unit and decimals, and those derived from them."""

import pytest

from coursekit.errors import BadExpression
from coursekit.model.figures import Derived, Figure, Figures

GIVEN = {"fee": Figure(6400.0, "€"), "hours": Figure(80.0, "hours"), "visit": Figure(2.5, "h", 1), "word": Figure(0.065, "€", 3)}
DERIVED = {
    "rate": Derived("fee / hours", "€ an hour", 2),
    "visits": Derived("hours / visit"),
    "twice": Derived("2 * rate", decimals=0),
}
FIGURES = Figures().plus({**GIVEN, **DERIVED})


def test_figures_are_a_mapping_of_numbers():
    """By name a figure is its number, derived ones worked out; the table keeps how each is written."""
    assert FIGURES == {"fee": 6400, "hours": 80, "visit": 2.5, "word": 0.065, "rate": 80, "visits": 32, "twice": 160}
    assert (FIGURES.table["visit"], FIGURES.table["rate"].unit) == (Figure(2.5, "h", 1), "€ an hour")
    assert (len(FIGURES), "feee" in FIGURES, Figures() == {}) == (7, False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{= visit}", "2.5"),
        ("{= word}", "0.065"),
        ("{= rate} and {= twice}", "80.00 and 160"),
        ("{= fee}, {= visits}", "6,400, 32"),
        ("{= visit : .2f}", "2.50"),
        ("{= rate / 3}", "26.67"),
        ("{= 2 * visit}", "5"),
        ("no figure", "no figure"),
    ],
)
def test_a_figure_is_shown_with_its_own_decimals(text, expected):
    """Its decimals hold wherever its name alone is shown, unless the text asks for others; its unit is never printed."""
    assert expected == FIGURES.shown(text)


@pytest.mark.parametrize(
    ("more", "figure", "said"),
    [
        ({"a": Derived("b + 1"), "b": Derived("fee")}, "a", "“b”, which is not a figure here"),
        ({"a": Derived("a + 1")}, "a", "“a”, which is not a figure here"),
        ({"a": Derived("fee"), "b": Derived("a / 0")}, "b", "divides by zero"),
        ({"a": Derived("fee *")}, "a", "cannot be worked out"),
    ],
)
def test_what_cannot_be_derived_is_named(more, figure, said):
    """A derived figure uses those that stand before it; the error says which one fails."""
    with pytest.raises(BadExpression, match=said) as caught:
        FIGURES.plus(more)

    assert figure == caught.value.figure


def test_another_figure_in_place_of_one():
    """What is derived follows when a figure is replaced, as a variant of an exercise does."""
    other = Figures().plus({**FIGURES.table, "fee": Figure(3200.0)})

    assert (other["rate"], other["twice"], FIGURES["rate"]) == (40, 80, 80)


@pytest.mark.parametrize(
    ("expression", "more", "value"),
    [("rate", {}, 80), ("rate * days", {"days": 2}, 160), ("fee", {"fee": 1}, 1), ("{= hours} * 2", {}, 160)],
)
def test_values(expression, more, value):
    """An expression may use other numbers besides, which come first; older files show a figure inside an expression."""
    assert value == FIGURES.value(expression, more)


def test_without():
    """Some names taken out."""
    assert "fee" not in FIGURES.without(["fee"]) and "rate" in FIGURES.without(["fee"])
