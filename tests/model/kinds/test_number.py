"""Number: tolerance, known wrong results, shares and per cent, signs, and texts with two readings."""

import pytest
from attrs import evolve
from making import made, verdicts

from coursekit.model.grading import grade

FIGURES = {"fee": 1130, "hours": 20, "part": 3, "whole": 25}
QUANTITY = """
[[quantity]]
id = "q"
label = "Q"
key = "{key}"
unit = "{unit}"
{tolerance}
decimals = 2
why = "Why"
[[quantity.slip]]
value = "{slip}"
misconception = "M11"
why = "Slipped"
"""


def number(key="fee / hours", unit="€/hour", tolerance="tolerance = 0.05", slip="fee / part"):
    text = QUANTITY.format(key=key, unit=unit, tolerance=tolerance, slip=slip)
    return made("number", text, figures=FIGURES, hint=["Look again."])


RATE = number()
SHARE = number("100 * part / whole", "%", slip="100 * part / hours")
ABOVE_ONE = number("100 * whole / hours", "%", "tolerance = 0.01")
TWO_SHARES = number("100 * whole / hours", "%", "tolerance = 0.01", slip="whole / hours")
NO_UNIT = number("part / whole", "", "tolerance = 0.0001", slip="part")


@pytest.mark.parametrize(
    ("exercise", "raw", "score", "said"),
    [
        (RATE, "56.5", 1, "Why"),
        (RATE, "56.45", 1, "Why"),
        (RATE, "56.55", 1, "Why"),
        (RATE, "56,50 €", 1, "Why"),
        (RATE, "€56.50 per hour", 1, "Why"),
        (RATE, 56.5, 1, "Why"),
        (RATE, "56.44", 0, "€56.44 per hour is too low. Look again."),
        (RATE, "56.56", 0, "€56.56 per hour is too high. Look again."),
        (RATE, "376.67", 0, "Slipped"),
        (RATE, "-56.5", 0, "The size is right and the sign is not: Why"),
        (RATE, "0.565", 0, "too low"),
        (SHARE, "12", 1, "Why"),
        (SHARE, "12 %", 1, "Why"),
        (SHARE, "0.12", 1, "You typed the share 0.12; as a percentage that is 12 %. It counts. Why"),
        (SHARE, "0,12", 1, "It counts"),
        (SHARE, "0.12 %", 0, "too low"),
        (SHARE, "15", 0, "Slipped"),
        (SHARE, "1200", 0, "too high"),
        (SHARE, "-0.12", 0, "the sign is not"),
        (ABOVE_ONE, "125", 1, "Why"),
        (ABOVE_ONE, "125 %", 1, "Why"),
        (ABOVE_ONE, "1.25", 1, "You typed the share 1.25; as a percentage that is 125 %. It counts. Why"),
        (ABOVE_ONE, "1,25", 1, "It counts"),
        (ABOVE_ONE, 1.25, 1, "It counts"),
        (ABOVE_ONE, "-1.25", 0, "the sign is not"),
        (ABOVE_ONE, "1.25 %", 0, "too low"),
        (ABOVE_ONE, "1.3", 0, "1.30 % is too low"),
        (TWO_SHARES, "125", 1, "Why"),
        (TWO_SHARES, "125 %", 1, "Why"),
        (TWO_SHARES, "1.25 %", 0, "Slipped"),
        (NO_UNIT, "0.12", 1, "Why"),
        (NO_UNIT, "12 %", 1, "Why"),
        (NO_UNIT, "12%", 1, "Why"),
        (NO_UNIT, "0.12 %", 0, "too low"),
        (NO_UNIT, "12", 0, "too high"),
        (number("whole / hours", "", "tolerance = 0.0001"), "125 %", 1, "Why"),
        (number("1000", "€", "relative = 0.01"), "1010", 1, "Why"),
        (number("1000", "€", "relative = 0.01"), "989", 0, "too low"),
        (number("-1000", "€", "relative = 0.01"), "−990", 1, "Why"),
        (number("0", "€", "relative = 0.01"), "0", 1, "Why"),
        (number("0.1 + 0.2", "", "tolerance = 0"), "0.3", 1, "Why"),
        (number("1135 / 1000", "h", "tolerance = 0.0001"), "1.1350", 1, "Why"),
        (number("1135 / 1000", "h", "tolerance = 0.0001"), 1.135, 1, "Why"),
    ],
    ids=lambda value: value.quantity[0].key if hasattr(value, "quantity") else repr(value)[:25],
)
def test_grade(exercise, raw, score, said):
    """Within the tolerance is right; a share counts where per cent is asked; a known slip is explained."""
    given = grade(exercise, raw)

    assert ("graded", score) == (given.status, given.score)
    assert said in given.feedback


def test_the_nearest_slip_is_explained():
    """Where two known wrong results are near, the nearest one speaks."""
    more = '[[quantity.slip]]\nvalue = "fee / part + 0.06"\nmisconception = "M12"\nwhy = "Other"\n'
    text = QUANTITY.format(key="fee / hours", unit="", tolerance="tolerance = 0.05", slip="fee / part") + more

    assert grade(made("number", text, figures=FIGURES), "376.72").misconceptions == ("M12",)
    assert grade(made("number", text, figures=FIGURES), "376.68").misconceptions == ("M11",)


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("fee", "1,130", 1),  # as the course prints it
        ("fee", "1130", 1),
        ("fee", "1.130,00", 1),
        ("fee", "1.130", None),  # one and a bit, or a thousand
        ("fee / 1000", "1.130", None),
        ("fee / 1000", "1,130", None),  # only the other reading is right: asked back, not marked wrong
        ("fee / 1000", "1,13", 1),
        ("fee / 1000", "1.13", 1),
        ("fee / part", "1,130", 0),  # neither reading is right
        ("fee * 2", "1,130", 0),
    ],
)
def test_two_readings(key, typed, expected):
    """A text with two readings is never marked wrong for the reading that its writer did not mean."""
    assert expected == grade(number(key, "", "tolerance = 0.0001", "7"), typed).score


@pytest.mark.parametrize("typed", ["1.25", "1,25", "+1.25", 1.25])
def test_a_share_that_is_a_known_slip_as_it_stands(typed):
    """Where a text is right as a share and a known wrong result as per cent, its writer is asked, with what to type for each."""
    given = grade(TWO_SHARES, typed)

    assert given.status == "unreadable"
    assert "1.25 %, or the share 1.25, which is 125 %. Type 1.25 % or 125 %." in given.feedback


@pytest.mark.parametrize(
    ("asked", "typed", "score"),
    [
        ({"key": "fee / 1000", "unit": ""}, "1,130", 1),
        ({"key": "fee", "unit": ""}, "1,130", 1),
        ({"key": "fee * 2", "unit": ""}, "1,130", 0),
        ({"key": "7", "unit": "", "slip": "fee / 1000"}, "1,130", 0),
        ({"key": "100 * whole / hours", "unit": "%", "slip": "whole / hours"}, "1.25", 1),
        ({"key": "fee / 10", "unit": "%"}, "1,130", 1),
    ],
)
@pytest.mark.parametrize("where", [{"role": "graded"}, {"id": "form-a/number", "role": "test"}], ids=["graded work", "a test form"])
def test_a_test_asks_back_for_no_keys_sake(asked, typed, score, where):
    """Where nothing is said about right or wrong, being asked back would say it: the reading that is known counts, without a word."""
    given = grade(evolve(number(**asked, tolerance="tolerance = 0.0001"), **where), typed)

    assert (given.status, given.score) == ("graded", score)


def test_two_readings_with_a_known_slip():
    """A text whose other reading is a known wrong result is asked back as well: that result has words of its own."""
    assert grade(number("7", "", "tolerance = 0.0001", "fee / 1000"), "1,130").status == "unreadable"


def test_what_to_type_instead_is_not_asked_back():
    """The two texts that the course offers are both read, each as one of the readings."""
    one = number("1135 / 1000", "h", "tolerance = 0.0001")
    first, second = grade(one, "1.135").feedback.split("Type ")[1].rstrip(".").split(" or ")

    assert (grade(one, first).score, grade(one, second).score) == (0, 1)


BOTH = made(
    "number",
    QUANTITY.format(key="fee / hours", unit="€", tolerance="tolerance = 0.05", slip="fee").replace('"q"', '"rate"')
    + QUANTITY.format(key="part", unit="", tolerance="tolerance = 0", slip="4").replace('"q"', '"part"'),
    figures=FIGURES,
)


@pytest.mark.parametrize(
    ("raw", "score", "expected", "said"),
    [
        ({"rate": "56.5", "part": "3"}, 1, {"rate": "right", "part": "right"}, "2 of 2 figures are right."),
        ({"part": 3, "rate": "1130"}, 0.5, {"rate": "wrong", "part": "right"}, "1 of 2 figures is right."),
        ({"rate": "0", "part": "4"}, 0, {"rate": "wrong", "part": "wrong"}, "0 of 2 figures are right."),
    ],
    ids=str,
)
def test_several_quantities(raw, score, expected, said):
    """Each quantity counts alone, and has its own verdict beside it."""
    given = grade(BOTH, raw)

    assert (score, expected) == (given.score, verdicts(given))
    assert said == given.feedback


@pytest.mark.parametrize(
    ("exercise", "raw", "part"),
    [
        (RATE, "", "answer"),
        (RATE, None, "answer"),
        (RATE, "soon", "answer"),
        (RATE, "$56.5", "answer"),
        (RATE, "12 %", "answer"),
        (RATE, True, "answer"),
        (RATE, ["56.5"], "answer"),
        (RATE, {"q": "56.5"}, "answer"),
        (RATE, float("nan"), "answer"),
        (RATE, float("inf"), "answer"),
        (RATE, 10**5000, "answer"),
        (RATE, "5" * 201, "answer"),
        (RATE, "5\x00", "answer"),
        (BOTH, {"rate": "56.5"}, "part"),
        (BOTH, {"rate": "x", "part": "3"}, "rate"),
        (BOTH, {"rate": "56.5", "part": "3", "more": "1"}, ""),
        (BOTH, "56.5", ""),
        (BOTH, {}, ""),
    ],
    ids=lambda value: "" if hasattr(value, "quantity") else ascii(value) if not isinstance(value, int) else "int",
)
def test_unreadable(exercise, raw, part):
    """What is no number is not an attempt, and the box that it stands in is pointed at."""
    given = grade(exercise, raw)

    assert (given.status, given.score) == ("unreadable", None)
    assert [part] * bool(part) == [one.id for one in given.parts]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"tolerance": ""}, "needs either tolerance or relative"),
        ({"tolerance": "tolerance = 1\nrelative = 0.1"}, "needs either tolerance or relative"),
        ({"key": "fee / 0"}, "divides by zero"),
        ({"slip": "fees"}, "is not a figure here"),
        ({"slip": "fee / hours + 0.04"}, "within the tolerance of the key"),
    ],
)
def test_problems(changed, rule):
    """Keys can be worked out, tolerances are one of two, and no slip is as good as the key."""
    assert [rule in problem[1] for problem in number(**changed).problems()] == [True]


@pytest.mark.parametrize("key", ["1", "-3.5", "0.001234", "1234567.891", "1 / 3", "0.12345"])
def test_its_own_samples_are_read_whole(key):
    """The sample of the right answer is as exact as the tightest tolerance may ask."""
    one = number(key, "", "tolerance = 0.00001", "99")

    assert [grade(one, raw).score for raw in one.samples().right] == [1]
