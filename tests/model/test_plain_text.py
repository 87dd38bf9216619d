"""Plain text inside Markdown: typed signs are seen as typed."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.content.markdown import html
from coursekit.model.plain_text import literal

PLACES = ("A place: {}.", "- {} → **x** why", "**{}** why", "- “{}” **{}.** why", "# {}")


def seen(page):
    """What a reader sees of HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        "*a*", "**a**", "_a_ b", "`a`", "~~a~~", "<b>", "<b>a</b>", "</div>", "<https://a.example>", "$5 … $6", "a & b", "&amp; &#36;",
        "[a](https://a.example)", "![a](b.png)", "[a]: b", "\\* \\", "# a", "> a", "- a", "+ a", "* a", "1. a", "1.", "12) a", "---",
        "===", "a | b",
        "{= a}", "a\nb", "“a”", "C$3,900", "snake_case_name", "1.130,50", "-5",
    ],
)  # fmt: skip
def test_it_is_shown_as_typed(text, place):
    """In a sentence, a list, bold, quoted and as a heading; no element comes of it."""
    page = html(place.replace("{}", literal(text)))

    assert " ".join(text.split()) in seen(page)
    assert re.sub(r"\W", "", "".join(re.findall(r"<[^>]*>", page))) == re.sub(
        r"\W", "", "".join(re.findall(r"<[^>]*>", html(place.replace("{}", "$" * text.count("$") or "a"))))
    )


@pytest.mark.parametrize("text", ["Say six", "Mr Abe's photograph, 3 March (copy)", "“Six came; the bill is wrong.”", "£84, 25 %", "a-b"])
def test_a_text_without_signs_is_itself(text):
    """So that nothing changes where there is nothing to change."""
    assert literal(text) == text


@given(st.text("*_`~<>[](){}!#|&;$\\-+=1. \nab", max_size=30))
def test_whatever_is_typed(text):
    """Every text is seen as it is typed."""
    assert seen(html(f"x {literal(text)} y")) == " ".join(f"x {text} y".split())
