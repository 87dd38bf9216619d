"""[figures] and [derived] of a file: what they may say, and what is said about the rest."""

import tomllib

import pytest

from coursekit.content.figure_tables import check_texts, read_figures, texts
from coursekit.content.library import load
from coursekit.errors import ContentError
from coursekit.model.figures import Derived, Figure, Figures

SHARED = Figures().plus({"fee": Figure(6400.0), "rate": Derived("fee / 80")})


def test_bare_numbers_and_tables():
    """A bare number is a figure without unit and decimals; so is a bare expression among the derived."""
    raw = """
    [figures]
    calls = 31
    visit = { value = 2.5, unit = "h", decimals = 1 }
    [derived]
    hours = "calls * visit"
    cost = { value = "hours * rate", unit = "€", decimals = 2 }
    """
    found = read_figures(tomllib.loads(raw), "brandt", SHARED)

    assert found.table == {
        **SHARED.table,
        "calls": Figure(31.0),
        "visit": Figure(2.5, "h", 1),
        "hours": Derived("calls * visit"),
        "cost": Derived("hours * rate", "€", 2),
    }
    assert (found["hours"], found["cost"]) == (77.5, 6200)


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ('[figures]\na = "7"', ["figures.a: “7” is not a number. Write it in figures, without quotes."]),
        ("[figures]\na = true", ["figures.a: “True” is not a number. Write it in figures, without quotes."]),
        ("[figures]\na = nan", ["figures.a: “nan” is not a number. Write it in figures, without quotes."]),
        ("[figures]\na = { value = inf }", ["figures.a: “inf” is not a number. Write it in figures, without quotes."]),
        ('[figures]\na = { value = "7" }', ["figures.a.value: must be a number, not “7”. Correct its type."]),
        ('[figures]\na = { unit = "h" }', ["figures.a.value: is missing. Add it to the file."]),
        ('[figures]\na = { value = 7, unti = "h" }', ["figures.a: “unti” is not a key here. Did you mean “unit”?"]),
        ("[figures]\na = { value = 7, unit = 3 }", ["figures.a.unit: must be text, not “3”. Correct its type."]),
        ("[figures]\na = { value = 7, decimals = 7 }", ["figures.a.decimals: must be from 0 to 6, not 7. Write decimals = 2."]),
        ("[figures]\na = { value = 7, decimals = -1 }", ["figures.a.decimals: must be from 0 to 6, not -1. Write decimals = 2."]),
        ("[figures]\na = { value = 7, decimals = 1.5 }", ["figures.a.decimals: must be a whole number, not “1.5”. Correct its type."]),
        ("figures = 3", ["figures: must be a table. Write it as [figures]."]),
        ("derived = 3", ["derived: must be a table. Write it as [derived]."]),
        ("[derived]\na = 7", ["derived.a: “7” is not an expression. Write it in quotes, or put a bare number into [figures]."]),
        ('[derived]\na = { value = "7", decimals = 9 }', ["derived.a.decimals: must be from 0 to 6, not 9. Write decimals = 2."]),
        (
            '[figures]\na = 7\n[derived]\na = "fee"',
            ["derived.a: stands in [figures] too. Take one of them out, or choose another name."],
        ),
        (
            '[figures]\nfee = 7\n[derived]\nrate = "fee"',
            [
                "figures.fee: the case “brandt” has a figure of that name already. Use that one, or choose another name.",
                "derived.rate: the case “brandt” has a figure of that name already. Use that one, or choose another name.",
            ],
        ),
        (
            '[derived]\na = "2 * b"\nb = "3 * a"',
            [
                "derived.a: “2 * b” uses “b”, which does not stand before it. "
                "Put the one that is used above the one that uses it; none may use itself."
            ],
        ),
        (
            '[derived]\na = "a + 1"',
            [
                "derived.a: “a + 1” uses “a”, which does not stand before it. "
                "Put the one that is used above the one that uses it; none may use itself."
            ],
        ),
        (
            '[derived]\na = "2 * feee"',
            [
                "derived.a: “2 * feee” uses “feee”, which is not a figure here (figures: fee, rate). "
                "Correct the expression, or add the figure to the case."
            ],
        ),
        ('[derived]\na = "1 / 0"', ["derived.a: “1 / 0” divides by zero. Correct the expression, or add the figure to the case."]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(raw, lines):
    """Each figure that does not fit is named: place, rule, cure."""
    with pytest.raises(ExceptionGroup) as caught:
        read_figures(tomllib.loads(raw), "brandt", SHARED)

    assert lines == [str(error) for error in caught.value.exceptions]
    assert all(isinstance(error, ContentError) for error in caught.value.exceptions)


def test_every_bad_text_is_named_at_once():
    """All expressions of a file that cannot be worked out are named, each with its place."""
    raw = {"prompt": "{= feee}", "option": [{"why": "{= fee}"}, {"why": "{= fee", "text": "{= rate * 2}"}]}
    with pytest.raises(ExceptionGroup) as caught:
        check_texts(raw, SHARED)

    assert [error.place for error in caught.value.exceptions] == ["prompt", "option[2].why"]
    assert dict(texts(raw))["option[2].text"] == "{= rate * 2}"


def test_an_exercise_sees_what_its_case_derives(course_copy):
    """A derived figure of the case is at hand in its exercises: in texts, keys, slips and the exercise's own derived."""
    shop = course_copy / "exercises"
    case, exercise = shop / "cases/bakery.toml", shop / "shop/what-is-owed.toml"
    case.write_text(case.read_text(encoding="utf-8") + '[derived]\nowed = { value = "trays * price", decimals = 1 }\n', encoding="utf-8")
    text = (
        exercise.read_text(encoding="utf-8")
        .replace('"trays * price"', '"owed"')
        .replace("{= trays} trays at £{= price} each", "{= double}")
    )
    exercise.write_text(text + '[derived]\ndouble = "2 * owed"\n', encoding="utf-8")
    library = load(shop)

    assert library.problems == ()
    assert library["shop/what-is-owed"].quantity[0].why == "WHY-OWED: 168."
    assert library["shop/what-is-owed"].samples().right[0]["owed"] == "84.000000"
