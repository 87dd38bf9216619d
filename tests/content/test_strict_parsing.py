"""Plain data into typed objects, strictly, with the place of everything that does not fit."""

from typing import Literal

import pytest
from attrs import field, frozen

from coursekit.content.strict_parsing import structure


@frozen
class Part:
    id: str
    size: float = 0.0
    names: str | tuple[str, ...] = ()


@frozen
class Whole:
    title: str
    part: tuple[Part, ...] = ()
    step: Literal["first", "last"] = "first"
    count: int = 0
    open: bool = False
    limit: float | None = None
    figures: dict[str, float] = field(factory=dict)
    order: tuple[tuple[str | tuple[str, ...], ...], ...] = ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"title": "T"}, Whole("T")),
        ({"title": "T", "part": [{"id": "a"}, {"id": "b", "size": 2}]}, Whole("T", (Part("a"), Part("b", 2.0)))),
        ({"title": "T", "part": [{"id": "a", "names": "x"}]}, Whole("T", (Part("a", names="x"),))),
        ({"title": "T", "part": [{"id": "a", "names": ["x", "y"]}]}, Whole("T", (Part("a", names=("x", "y")),))),
        ({"title": "T", "step": "last", "count": 3, "open": True}, Whole("T", step="last", count=3, open=True)),
        ({"title": "T", "limit": 2}, Whole("T", limit=2.0)),
        ({"title": "T", "figures": {"fee": 2, "rate": 0.5}}, Whole("T", figures={"fee": 2.0, "rate": 0.5})),
        ({"title": "T", "order": [["a", ["b", "c"]]]}, Whole("T", order=(("a", ("b", "c")),))),
    ],
    ids=str,
)
def test_structure(raw, expected):
    """Data that fits becomes the object that it describes; a whole number may stand for a number."""
    assert expected == structure(Whole, raw)


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ({}, ["title: is missing. Add it to the file."]),
        ([], ["must be a table. Write it as [name] or [[name]]."]),
        ("x", ["must be a table. Write it as [name] or [[name]]."]),
        ({"title": 7}, ["title: must be text, not “7”. Correct its type."]),
        ({"title": ["T"]}, ["title: must be text, not a list. Correct its type."]),
        ({"title": True}, ["title: must be text, not “True”. Correct its type."]),
        ({"title": "T", "count": "3"}, ["count: must be a whole number, not “3”. Correct its type."]),
        ({"title": "T", "count": 3.0}, ["count: must be a whole number, not “3.0”. Correct its type."]),
        ({"title": "T", "count": True}, ["count: must be a whole number, not “True”. Correct its type."]),
        ({"title": "T", "open": "yes"}, ["open: must be true or false, not “yes”. Correct its type."]),
        ({"title": "T", "open": 1}, ["open: must be true or false, not “1”. Correct its type."]),
        ({"title": "T", "limit": "2"}, ["limit: must be a number, not “2”. Correct its type."]),
        ({"title": "T", "step": "frist"}, ["step: must be one of first, last, not “frist”. Correct the word."]),
        ({"title": "T", "count": "a literal"}, ["count: must be a whole number, not “a literal”. Correct its type."]),
        ({"title": "T", "tilte": "U"}, ["“tilte” is not a key here. Did you mean “title”?"]),
        ({"title": "T", "xyz": 1}, ["“xyz” is not a key here. Known keys: title, part, step, count, open, limit, figures, order."]),
        ({"title": "T", "part": {"id": "a"}}, ["part: must be a list, not a table. Correct its type."]),
        ({"title": "T", "part": "a"}, ["part: must be a list, not “a”. Correct its type."]),
        ({"title": "T", "part": ["a"]}, ["part[1]: must be a table, not “a”. Correct its type."]),
        ({"title": "T", "part": [{"id": "a"}, {}]}, ["part[2].id: is missing. Add it to the file."]),
        ({"title": "T", "part": [{"id": "a", "names": 7}]}, ["part[1].names: must be a list, not “7”. Correct its type."]),
        ({"title": "T", "part": [{"id": "a", "names": ["x", 7]}]}, ["part[1].names[2]: must be text, not “7”. Correct its type."]),
        (
            {"title": 7, "count": "3"},
            ["title: must be text, not “7”. Correct its type.", "count: must be a whole number, not “3”. Correct its type."],
        ),
        ({"title": "T", "order": [["a", [3]]]}, ["order[1][2][1]: must be text, not “3”. Correct its type."]),
    ],
    ids=lambda value: str(value)[:50],
)
def test_structure_names_everything_that_does_not_fit(raw, lines):
    """Each thing that does not fit is one line with its place, counted from one as people count."""
    with pytest.raises(ExceptionGroup) as caught:
        structure(Whole, raw)

    assert lines == [str(error) for error in caught.value.exceptions]


def test_the_place_of_the_whole_comes_first():
    """Where the data lie in the file stands before the place within them."""
    with pytest.raises(ExceptionGroup) as caught:
        structure(Whole, {"title": "T", "part": [{}]}, "row[3]")

    assert [error.place for error in caught.value.exceptions] == ["row[3].part[1].id"]
