"""Numbers as people type them."""

import math

import pytest
from cpu import seconds
from hypothesis import example, given
from hypothesis import strategies as st

import coursekit
from coursekit.content import location
from coursekit.errors import Unreadable
from coursekit.model.numerals import read_number, show, unambiguous, with_unit

READ = [  # typed, unit, value
    ("1130", "", 1130),
    ("1,130", "", 1130),
    ("1 130", "", 1130),
    ("1.130,00", "", 1130),
    ("1,130.00", "", 1130),
    ("1'130.50", "", 1130.5),
    ("1’130.50", "", 1130.5),
    ("1\u2009130", "", 1130),
    ("1\u202f130,5", "", 1130.5),
    ("1\u00a0130", "", 1130),
    ("1\u2004130", "", 1130),
    ("12,345,678", "", 12_345_678),
    ("12.345.678,9", "", 12_345_678.9),
    ("-5 262.50", "", -5262.5),
    ("−5262,50", "", -5262.5),
    ("–5", "", -5),
    ("- 5", "", -5),
    ("+5", "", 5),
    ("0,12", "", 0.12),
    ("0.125", "", 0.125),
    ("0,125", "", 0.125),
    (".5", "", 0.5),
    (",5", "", 0.5),
    ("1130.", "", 1130),
    ("1130.125", "", 1130.125),
    ("1.1300", "", 1.13),
    ("  7\n", "", 7),
    ("007", "", 7),
    ("١٢", "", 12),  # Arabic digits are digits
    ("€1130", "€", 1130),
    ("1130 €", "€", 1130),
    ("EUR 1130", "€", 1130),
    ("eur 1130", "€", 1130),
    ("1130 euros", "€", 1130),
    ("-€5", "€", -5),
    ("€-5", "€", -5),
    ("€ −5", "€", -5),
    ("£960", "£", 960),
    ("960 GBP", "£", 960),
    ("€1130", "", 1130),
    ("1130 kr", "NOK", 1130),
    ("kr 1130", "NOK", 1130),
    ("1130 kr.", "SEK", 1130),
    ("1130 NOK", "kr", 1130),
    ("A$500", "A$", 500),
    ("500 AUD", "A$", 500),
    ("$500", "A$", 500),
    ("$500", "C$", 500),
    ("NZ$ 500", "NZ$", 500),
    ("US$500", "$", 500),
    ("R1 500", "R", 1500),
    ("1 500 ZAR", "R", 1500),
    ("€56.14", "€/hour", 56.14),
    ("56.14 €/hour", "€/hour", 56.14),
    ("€56.14/hour", "€/hour", 56.14),
    ("€56.14 per hour", "€/hour", 56.14),
    ("56,14 € an hour", "€/hour", 56.14),
    ("56.14 /hour", "€/hour", 56.14),
    ("€120 a week", "€ a week", 120),
    ("34 hours", "hours a year", 34),
    ("34 hours a year", "hours a year", 34),
    ("1 hour", "hours", 1),
    ("3 clients", "clients", 3),
]


@pytest.mark.parametrize(("typed", "unit", "value"), READ, ids=lambda value: repr(value))
def test_read(typed, unit, value):
    """What people type is read as they mean it."""
    expected = value

    assert expected == read_number(typed, unit).value


@pytest.mark.parametrize(
    ("typed", "unit", "value", "percent"),
    [
        ("12 %", "%", 12, True),
        ("12%", "", 0.12, True),
        ("12 per cent", "%", 12, True),
        ("12 percent", "points", 12, True),
        ("12", "%", 12, False),
        ("0.12", "%", 0.12, False),
        ("0,5 %", "%", 0.5, True),
    ],
)
def test_read_per_cent(typed, unit, value, percent):
    """A per cent sign is kept apart from the number; where no unit is asked it makes a share of one."""
    reading = read_number(typed, unit)

    assert (value, percent) == (reading.value, reading.percent)


@pytest.mark.parametrize(
    ("typed", "unit", "said"),
    [
        ("", "", "Type a number"),
        (" \u00a0 ", "", "Type a number"),
        ("abc", "", "“abc” cannot be read as a number"),
        ("twelve", "", "cannot be read as a number"),
        ("nan", "", "cannot be read as a number"),
        ("inf", "", "cannot be read as a number"),
        ("--5", "", "cannot be read as a number"),
        ("½", "", "is a fraction or a sum"),
        ("9" * 400, "", "cannot be read as a number"),
        ("12 and 34", "", "more than one number"),
        ("12-34", "", "“12-34” looks like a range"),
        ("6.4k", "€", "“6.4k” is shortened"),
        ("12²", "", "“²”"),
        ("12 34", "", "groups its digits"),
        ("1 13", "", "groups its digits"),
        ("1,13,0", "", "groups its digits"),
        ("1.130.00", "", "groups its digits"),
        ("1,130,00", "", "groups its digits"),
        ("1130,000.5", "", "groups its digits"),
        ("1.130", "", "two ways: 1,130 or 1.13. Type 1130 or 1.13."),
        ("1.135", "", "two ways: 1,135 or 1.135. Type 1135 or 1.1350."),
        ("-1.130", "€", "two ways"),
        ("12.125 €", "€", "Type 12125 or 12.1250."),
        ("$5", "€", "asked in €, and “$5” is in another currency"),
        ("5 kr", "€", "another currency"),
        ("A$5", "C$", "another currency"),
        ("€5", "hours", "“€” in “€5” is not the unit asked for (hours)"),
        ("12 %", "€", "“12 %” is a percentage"),
        ("12 %", "€/hour", "is a percentage"),
        ("5 days", "hours", "“days” in “5 days” is not the unit asked for (hours)"),
        ("€5/day", "€/hour", "“/day” in"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_unreadable(typed, unit, said):
    """What cannot be read with certainty is asked back, with what to type instead."""
    with pytest.raises(Unreadable) as caught:
        read_number(typed, unit)

    assert said in str(caught.value)


def test_second_reading():
    """1,130 is read as the course prints it, and the other reading is kept beside it; 1130 has one reading."""
    expected = [(1130, 1.13), (-1130, -1.13), (1130, None)]

    assert expected == [(one.value, one.other) for one in map(read_number, ("1,130", "-1,130", "1130"))]


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1130, 2, "1,130.00"),
        (-5262.5, 2, "−5,262.50"),
        (-0.004, 2, "0.00"),
        (0.05, 1, "0.1"),
        (6400, 0, "6,400"),
        (-0.6, 0, "−1"),
    ],
)
def test_show(value, decimals, shown):
    """Numbers are printed with commas, a point and a real minus sign; nothing is minus zero."""
    assert shown == show(value, decimals)


@given(st.integers(-(10**12), 10**12), st.sampled_from([0, 1, 2]))
def test_read_gives_back_what_show_prints(hundredths, decimals):
    """read_number(show(x, d)) == x for every number with d decimals."""
    expected = round(hundredths / 100, decimals)

    assert expected == read_number(show(expected, decimals)).value


LIBRARY = coursekit.load(location.root() / "exercises")
UNITS = {quantity.unit for one in LIBRARY.values() if one.kind == "number" for quantity in one.quantity}
UNITS |= {result.unit for one in LIBRARY.values() if one.kind == "worksheet" for result in one.result}
UNITS |= {
    "€ a week",
    "hours a year",
    "A$",
    "R",
    "R a day",
    "CHF",
    "CHF/hour",
    "kr",
    "₹",
    "¥",
    "NZ$ a cut",
    "% a year",
    "times a month",
    "once",
}


@given(st.integers(-(10**9), 10**9), st.sampled_from(sorted(UNITS)))
def test_read_gives_back_what_feedback_prints(hundredths, unit):
    """A learner may copy a figure with its unit from the course's own feedback."""
    expected = hundredths / 100

    assert expected == read_number(with_unit(show(expected), unit), unit).value


@given(st.floats(0.001, 999.999).map(lambda value: round(value, 3)))
def test_what_to_type_instead_can_be_read(value):
    """What the course tells a learner to type for a text with two readings is never asked back again."""
    assert value == read_number(unambiguous(value)).value


@given(
    st.text()
    | st.text("0123456789.,' -−+€%$krNOKper/h\u202f", max_size=30)
    | st.text("1٢３५.,٫٬·’()-–+~=:;/x^eEkm½²%€£ aptohcis\u200e\u00ad\ufeff", max_size=20),
    st.sampled_from(["", "€", "%", "€/hour", "hours", "a month", "points", "x y z"]),
)
@example("9" * 5000, "")
@example("1e400", "")
@example("(1)" * 9, "€")
@example("1" + ",000" * 200, "")
@example("٣" * 20, "%")
def test_reading_any_text(text, unit):
    """Any text gives a finite number or Unreadable with a sentence."""
    try:
        reading = read_number(text, unit)
    except Unreadable as error:
        assert str(error).endswith(".")
    else:
        assert math.isfinite(reading.value)
        assert reading.other is None or math.isfinite(reading.other)


@pytest.mark.parametrize(
    "piece", ["9", "1,000", "1 ", "-", "(", "()", "(1", "½", "e9", "minus ", "€", "per ", "a", ".", "5-", "12 to ", "٣", "\u200e", " "]
)
def test_a_long_text_is_read_in_no_time(piece):
    """Reading takes time in proportion to the text: 100,000 characters, which no box takes, end at once."""
    text = (piece * 100_000)[:100_000]

    def read():
        for whole in (text, f"1{text}", f"{text}1"):
            try:
                read_number(whole, "€/hour")
            except Unreadable as error:
                assert len(str(error)) < 250_000

    assert seconds(read, 3) < 3
