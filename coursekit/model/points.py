"""Points and shares of them: read as the decimals that were written, counted as fractions, rounded once where a person reads them."""

from decimal import Decimal
from fractions import Fraction

MOST_DIGITS = 15  # as many as a float, JSON and a spreadsheet keep as they were written


def exact(number: int | float | Decimal) -> Fraction:
    """The number as it is written: 0.1 is a tenth. Raises ValueError where it is none, or has more than 15 digits."""
    decimal = Decimal(str(number))
    _, digits, exponent = decimal.as_tuple()
    # Of a float the shortest text is the decimal that was typed. The place is bounded, too: 1e-999999999 would fill the memory.
    if not isinstance(exponent, int) or len(digits) > MOST_DIGITS or not -MOST_DIGITS <= exponent <= MOST_DIGITS:
        raise ValueError(f"{number} has more than {MOST_DIGITS} digits")
    return Fraction(decimal)


def rounded(value: Fraction | int, places: int = 2) -> float:
    """A value of at least 0 rounded half up, to be shown; nothing is worked out with it any more."""
    numerator, denominator = value.as_integer_ratio()
    parts = 10**places
    return (2 * parts * numerator + denominator) // (2 * denominator) / parts
