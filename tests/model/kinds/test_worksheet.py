"""Worksheet: kept and never graded; worked out where all is there."""

import pytest
from making import made

from coursekit.model.grading import grade

TEXT = """
[[field]]
id = "client"
label = "Client"
[[field]]
id = "fee"
label = "Fee"
input = "number"
unit = "a month"
[[field]]
id = "hours"
label = "Hours"
input = "number"
unit = "hours"
[[field]]
id = "price"
label = "Price"
input = "number"
unit = "€"
[[field]]
id = "known"
label = "Known?"
input = "choice"
option = ["Yes", "No"]
[[table]]
id = "year"
label = "Year"
column = [{ id = "keep", text = "KEEP" }, { id = "lose", text = "LOSE" }]
[[table.row]]
id = "income"
text = "Income"
input = "number"
[[table.row]]
id = "cost"
text = "Cost"
input = "number"
[[table.row]]
id = "note"
text = "Note"
[[result]]
id = "rate"
text = "Rate"
value = "fee / hours"
unit = "€/hour"
say = "Compare."
[[result]]
id = "left"
text = "Left"
value = "12 * (income - cost) - fee"
table = "year"
decimals = 0
"""
SHEET = made("worksheet", TEXT)


@pytest.mark.parametrize(
    ("raw", "results"),
    [
        ({"client": "H., a hotel"}, {}),
        ({"fee": "1,200"}, {}),
        ({"fee": "1,200", "hours": "40"}, {"result-rate": "**Rate: €30.00 per hour** Compare."}),
        ({"fee": 1200, "hours": 40.0}, {"result-rate": "**Rate: €30.00 per hour** Compare."}),
        ({"fee": "1,200", "hours": "0"}, {}),
        ({"fee": "€1 200", "hours": "40 hours"}, {"result-rate": "**Rate: €30.00 per hour** Compare."}),
        (
            {"fee": "100", "year": {"income": {"keep": "10"}, "cost": {"keep": "4", "lose": "1"}}},
            {"result-left-keep": "**Left: KEEP: −28**"},
        ),
        (
            {"fee": "0", "year": {"income": {"keep": "10", "lose": "0"}, "cost": {"keep": "4", "lose": "1"}, "note": {"keep": "x"}}},
            {"result-left-keep": "**Left: KEEP: 72**", "result-left-lose": "**Left: LOSE: −12**"},
        ),
        ({"client": "x", "year": {}}, {}),
        ({"client": "x", "year": None, "fee": "", "hours": None}, {}),
        ({"known": "No"}, {}),
    ],
    ids=str,
)
def test_kept(raw, results):
    """Whatever is filled in is kept; a result appears when all that it needs is there and the sum can be done."""
    given = grade(SHEET, raw)

    assert (given.status, given.score, given.max_points) == ("kept", None, 0)
    assert results == {part.id: part.text for part in given.parts}


@pytest.mark.parametrize(
    ("raw", "said", "part"),
    [
        ({}, "Fill in at least one field", ""),
        ({"client": ""}, "Fill in at least one field", ""),
        ({"year": {"income": {"keep": ""}}}, "Fill in at least one field", ""),
        ([], "wrong form", ""),
        (None, "no answer yet", ""),
        ("x", "wrong form", ""),
        ({"nobody": "x"}, "“nobody” is not one of the choices", ""),
        ({"client": ["x"]}, "Client: The answer has the wrong form", "client"),
        ({"client": "x" * 20_001}, "Client: The answer is longer", "client"),
        ({"fee": "plenty"}, "Fee: “plenty” cannot be read as a number", "fee"),
        ({"fee": "1.130"}, "Fee: “1.130” can be read in two ways", "fee"),
        ({"price": "$5"}, "Price: The answer is asked in €", "price"),
        ({"hours": "3 days"}, "Hours: ", "hours"),
        ({"fee": float("nan")}, "Fee: ", "fee"),
        ({"fee": 10**5000}, "Fee: ", "fee"),
        ({"fee": True}, "Fee: ", "fee"),
        ({"known": "Perhaps"}, "Known?: Pick one", "known"),
        ({"year": {"income": {"keep": "much"}}}, "Income: “much” cannot be read", "income"),
        ({"year": {"income": {"when": "1"}}}, "“when” is not one of the choices", ""),
        ({"year": {"profit": {"keep": "1"}}}, "“profit” is not one of the choices", ""),
        ({"year": {"income": "1"}}, "wrong form", ""),
        ({"year": "1"}, "wrong form", ""),
    ],
    ids=lambda value: str(value)[:40] if "10000" not in str(type(value)) and not isinstance(value, dict) else str(sorted(value)),
)
def test_unreadable(raw, said, part):
    """A field that cannot be read is named by its label and pointed at; the others are not lost, as nothing is recorded wrong."""
    given = grade(SHEET, raw)

    assert (given.status, given.score) == ("unreadable", None)
    assert said in given.feedback
    assert [part] * bool(part) == [one.id for one in given.parts]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("fee / hours", "fee / days", "“days”, which is not a figure here"),
        ('table = "year"', 'table = "month"', "“month” is not a table"),
        ("12 * (income - cost) - fee", "12 * (income - profit)", "“profit”, which is not a figure here"),
        ("fee / hours", "fee / client", "“client”, which is not a figure here"),
        ("decimals = 0", "decimals = 9", "decimals must be from 0 to 6"),
    ],
)
def test_problems(old, new, rule):
    """Results name number fields, tables and rows that exist."""
    assert [rule in problem[1] for problem in made("worksheet", TEXT.replace(old, new)).problems()] == [True]


@pytest.mark.parametrize(
    ("value", "known", "shown"),
    [
        ("fee - upkeep", {"upkeep": 40}, "60"),
        ("fee - rent", {"rent": 30, "price": 5}, "70"),
        ("fee - price", {"price": 5}, None),  # the learner is asked for it, and has not answered
        ("fee - income", {"income": 5}, None),
    ],
)
def test_a_result_may_use_figures(value, known, shown):
    """A figure of the exercise or its case counts in a result, unless something of its name is asked for."""
    sheet = made("worksheet", TEXT.replace("fee / hours", value), figures=known)
    notes = [part.text for part in grade(sheet, {"fee": "100"}).parts]

    assert [f"**Rate: €{shown}.00 per hour** Compare."] * bool(shown) == notes


@pytest.mark.parametrize("value", ["fee / (hours - price)", "fee / (hours - 1.5)", "fee if hours > 3 else price"])
def test_a_difference_in_a_result_is_no_problem(value):
    """A result that divides by a difference of two fields is fine: the learner's figures will differ."""
    assert made("worksheet", TEXT.replace("fee / hours", value)).problems() == []
