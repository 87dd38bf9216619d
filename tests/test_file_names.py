"""Names of files that every system can hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.file_names import LONGEST, can_be_held, folded, reserved, shortened

DEVICES = ["con", "PRN", "Aux", "nul", "com1", "COM9", "lpt1", "com¹", "CONIN$", "aux.json", "nul.tar.gz", "con ", "aux .txt"]
HELD = ["week-1", "week 1", "Wochenübung (2).md", "演習", "aux1", "auxiliary", "con-sole.txt", "com10", "a.b", "x" * LONGEST, "nul-"]
NOT_HELD = [
    "", " ", ".", "..", "week 1.", "week 1 ", " week", ".hidden", "a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a>b", "a|b",
    "a\0b", "a\nb", "a\x7fb", "a\u202eb", "a\ud800b", "a\u00a0b", "x" * (LONGEST + 1), "ü" * LONGEST, unicodedata.normalize("NFD", "é"),
]  # fmt: skip
GIRL = "👩🏽\u200d🎓"  # one letter to a reader, four to a computer


@pytest.mark.parametrize("name", DEVICES)
def test_devices_of_windows(name):
    """No ending, capital or space makes a file of one."""
    assert reserved(name) and not can_be_held(name)


@pytest.mark.parametrize("name", HELD)
def test_names_that_can_be_held(name):
    """Letters of any script, and what only looks like a device."""
    assert can_be_held(name) and not reserved(name)


@pytest.mark.parametrize("name", NOT_HELD, ids=ascii)
def test_names_that_cannot_be_held(name):
    """Signs that some system takes for something else, ends that Windows cuts off, names that are too long or come back changed."""
    assert not can_be_held(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Week", "week", True), ("é", "e\u0301", True), ("É", "e\u0301", True), ("straße", "STRASSE", True), ("a", "b", False)],
)
def test_two_names_for_one_file(one, other, same):
    """On macOS and Windows neither capitals nor Unicode's forms tell two files apart."""
    assert (folded(one) == folded(other)) is same


@pytest.mark.parametrize(
    ("text", "most", "begins"),
    [
        ("Ada", 10, "Ada"),
        ("x" * 50, 20, "x" * 13 + "-"),
        ("𝔸" * 60, 80, "𝔸" * 18 + "-"),
        ("a" * 12 + "e\u0301" * 20, 20, "a" * 12 + "-"),  # never a letter without its accent
        (GIRL * 5, 24, GIRL + "-"),
    ],
    ids=ascii,
)
def test_a_text_cut_by_bytes(text, most, begins):
    """It ends where a letter ends, with a digest of the whole."""
    short = shortened(text, most)

    assert short.startswith(begins) and len(short.encode()) <= most
    assert len(short) == (len(begins) + 6 if begins != text else len(text))


@given(st.lists(st.text(st.characters(), max_size=300), unique=True, min_size=2, max_size=6), st.integers(20, 100))
def test_different_texts_stay_different(texts, most):
    """Whatever they are, and however little there is room for."""
    short = [shortened(text, most) for text in texts]

    assert len(set(short)) == len(texts)
    assert max(len(one.encode("utf-8", "surrogatepass")) for one in short) <= most
