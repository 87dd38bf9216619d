"""Points as numbers: a decimal is what was written, and is rounded once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.model.exercise import Grade
from coursekit.model.points import exact, rounded


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.1, "1/10"),
        (1e-3, "1/1000"),
        (2, "2"),
        (0.30000000000000004, None),
        (Decimal("0.1234567890123456"), None),
        (Decimal("1e-999999999"), None),
        (Decimal("1e999999999"), None),
        (Decimal("nan"), None),
        (float("inf"), None),
        (0.123456789012345, "0.123456789012345"),
    ],
)
def test_a_number_is_what_is_written(number, expected):
    """A tenth is a tenth; what no file keeps as it was written is refused."""
    if expected is None:
        with pytest.raises(ValueError, match="digits"):
            exact(number)
    else:
        assert exact(number) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1/3", 2, 0.33),
        ("2/3", 2, 0.67),
        ("0.005", 2, 0.01),
        ("0.00499999999999999999", 2, 0.0),
        ("1.005", 2, 1.01),
        ("12.5", 0, 13),
        ("7", 2, 7),
    ],
)
def test_rounded(value, places, shown):
    """Half up, once, from the exact value."""
    assert rounded(Fraction(value), places) == shown


@given(st.integers(0, 10**15 - 1), st.integers(0, 15))
def test_a_float_is_the_decimal_that_was_typed(digits, places):
    """Up to 15 digits a float, its text in JSON and the fraction are one number."""
    written = Decimal(digits).scaleb(-places)

    assert exact(float(written)) == exact(written) == Fraction(written)


@pytest.mark.parametrize(
    ("score", "most", "points"),
    [("1/3", "0.5", "1/6"), ("1", "0.005", "0.005"), ("0", "2", "0"), ("0.1", "0.1", "0.01"), (None, "2", None)],
)
def test_the_points_of_a_grade(score, most, points):
    """Score × points, not rounded; none where there is no score."""
    given_ = Grade("graded" if score else "kept", score and Fraction(score), Fraction(most))

    assert given_.points == (points and Fraction(points))
