"""A result is named once: what stands twice in a file is said with its place."""

import pytest
from making import TINY

from coursekit.authoring.lint import lint

FILE = "exercises/shop/what-is-owed.toml"
NAME_IT = "Name it once in [derived], and write the name."


@pytest.fixture
def lines(course_copy):
    """Lint's lines about the tiny course with texts replaced in one exercise, and a tail added to it."""

    def lint_with(*pairs, tail=""):
        path = course_copy / FILE
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text + tail, encoding="utf-8")
        return [str(problem) for problem in lint(course_copy)]

    return lint_with


REPEATED = {
    "a text and a key": (
        [("{= billed_trays} trays.", "£{= trays*price}.")],
        "",
        f"prompt: the expression “trays * price” stands 2 times in this file. {NAME_IT}",
    ),
    "two texts": (
        [("HINT one:", "HINT {= trays / 2}"), ("HINT two:", "HINT {= trays / 2 : .1f}")],
        "",
        f"hint[1]: the expression “trays / 2” stands 2 times in this file. {NAME_IT}",
    ),
    "a slip and a key": (
        [('"billed_trays * price"', '"100 * (billed_trays - trays) / billed_trays"')],
        "",
        f"quantity[1].slip[1].value: the expression “100 * (billed_trays - trays) / billed_trays” stands 2 times in this file. {NAME_IT}",
    ),
    "a derived figure that is not used": (
        [],
        '\n[derived]\nowed = { value = "trays * price", unit = "£" }\n',
        "quantity[1].key: the expression “trays * price” stands 2 times in this file. Write its name, “owed”.",
    ),
    "a format": (
        [("{= billed_trays} trays.", "{= price : .2f} and {= price: .2f}.")],
        "",
        "prompt: “{= price : .2f}” stands 2 times in this file. Give the figure decimals = 2, and write {= price}.",
    ),
}


@pytest.mark.parametrize("name", REPEATED)
def test_what_stands_twice(lines, name):
    """An expression, however it is spelt, or a format that stands twice is one problem with file, place, rule and cure."""
    pairs, tail, said = REPEATED[name]

    assert [f"{FILE}: {said}"] == lines(*pairs, tail=tail)


@pytest.mark.parametrize(
    "text",
    ["{= trays} and {= trays}", "{= price : .2f} and {= price : .1f}", "{= 3} and {= 3}", "{= trays + 1} and {= trays + 2}"],
)
def test_what_may_stand_twice(lines, text):
    """A name, a number, and what only looks alike."""
    assert lines(("{= billed_trays} trays.", text)) == []


def test_a_derived_figure_is_the_cure(lines):
    """With its result named, the file is clean."""
    tail = '\n[derived]\nowed = { value = "trays * price", unit = "£" }\n'

    assert lines(("{= billed_trays} trays.", "£{= owed}."), ('key = "trays * price"', 'key = "owed"'), tail=tail) == []


def test_the_tiny_course_repeats_nothing():
    """No line about the tiny course."""
    assert lint(TINY) == []
