"""Reading raw JSON: what fits comes back, the rest is Unreadable with a sentence."""

import pytest
from cpu import seconds

from coursekit.errors import Unreadable
from coursekit.model.raw_values import LONGEST, clean, ids, json_number, mapping, one_id

KNOWN = ("a", "b", "c")
HOW = "Pick one."


@pytest.mark.parametrize("raw", ["", "words", "two\nlines\tand\r\na tab", "naïve café 👩‍🚀 العربية", "x" * LONGEST])
def test_clean_keeps(raw):
    """Words in any script, line breaks and tabs come back as they are."""
    assert raw == clean(raw, HOW)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, HOW),
        (7, HOW),
        ([], HOW),
        (True, HOW),
        ("x" * (LONGEST + 1), "longer than 20,000 characters"),
        ("a\x00b", "U+0000"),
        ("a\x1bb", "U+001B"),
        ("a\x85b", "U+0085"),
        ("a\ud800b", "U+D800"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_clean_refuses(raw, said):
    """What is no text, is too long or holds a control character is refused, and the sentence can be printed."""
    with pytest.raises(Unreadable) as caught:
        clean(raw, HOW)

    assert said in str(caught.value)
    assert str(caught.value).encode()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, "There is no answer yet. Pick one."),
        ("", "There is no answer yet. Pick one."),
        ("d", "“d” is not one of the choices. Choose from: a, b, c."),
        ("A", "“A” is not one of the choices"),
        ("z" * 50, "“" + "z" * 39 + "…” is not"),
        (["a"], "The answer has the wrong form: Pick one."),
        (7, "wrong form"),
        ({}, "wrong form"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_one_id_refuses(raw, said):
    """An unknown id is quoted back with those that are known; an empty one says what to do."""
    with pytest.raises(Unreadable) as caught:
        one_id(raw, KNOWN, HOW)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (["b", "a"], ("b", "a")),
        (("a",), ("a",)),
        ("b, a", ("b", "a")),
        ("a b,c", ("a", "b", "c")),
        ([], ()),
        ("", ()),
    ],
    ids=str,
)
def test_ids(raw, expected):
    """Ids come as a list, or as a text from the command line, in the order given."""
    assert expected == ids(raw, KNOWN, HOW)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (["a", "a"], "“a” is given twice"),
        (["a", "d"], "“d” is not one of the choices"),
        (["a", None], "no answer yet"),
        ([["a"]], "wrong form"),
        (["a"] * 1000, "wrong form"),
        ({"a": 1}, "wrong form"),
        (7, "wrong form"),
        (None, "wrong form"),
        ("x" * 1_000_000, "longer than"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_ids_refuses(raw, said):
    """A list with anything but known ids, each once, is refused."""
    with pytest.raises(Unreadable) as caught:
        ids(raw, KNOWN, HOW)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, "no answer yet"),
        ({}, "no answer yet"),
        ([], "wrong form"),
        ("a", "wrong form"),
        ({"d": 1}, "“d” is not one of the choices"),
        ({"": 1}, "no answer yet"),
        ({"a": 1, "\ud800": 1}, "U+D800"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_mapping_refuses(raw, said):
    """A mapping has known keys only; some may be left out."""
    with pytest.raises(Unreadable) as caught:
        mapping(raw, KNOWN, HOW)

    assert said in str(caught.value)


def test_mapping_keeps_what_is_there():
    """A mapping with some of the keys comes back as it is."""
    assert mapping({"b": [1]}, KNOWN, HOW) == {"b": [1]}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(7, 7.0), (12.125, 12.125), (-0.5, -0.5), (1e-7, 1e-7), (True, None), ("7", None), (None, None), ([7], None)],
    ids=str,
)
def test_json_number(raw, expected):
    """A number that came as a number has one reading; nothing else is a number."""
    assert expected == json_number(raw)


@pytest.mark.parametrize("raw", [float("nan"), float("inf"), -float("inf"), 10**400, 10**5000], ids=["nan", "inf", "-inf", "400", "5000"])
def test_json_number_refuses(raw):
    """What is no finite number is unreadable, however many digits it has."""
    with pytest.raises(Unreadable):
        json_number(raw)


def test_a_megabyte_is_refused_quickly():
    """The length is looked at before anything else."""
    text = "é\u202e" * 500_000

    def refuse():
        for read in (clean, lambda raw, how: one_id(raw, KNOWN, how), lambda raw, how: ids(raw, KNOWN, how)):
            with pytest.raises(Unreadable):
                read(text, HOW)

    assert seconds(refuse, 0.1) < 0.1
