"""An exercise for a page that nobody has run: the question and the ways to answer."""

import pytest
from making import TINY, made

from coursekit.content.library import load
from coursekit.content.question_text import as_html, as_text
from coursekit.model.kinds import KINDS

OF_KIND = {one.kind: one for one in load(TINY / "exercises").values()}
MARKS = ("WHY-", "HINT ", "EXPLANATION", "MODEL", "ANCHOR", "CRITERION", "M01", "M02")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_each_time(kind):
    """Loaded anew, an exercise gives the same text and the same HTML, so that executed notebooks can be compared."""
    again = next(one for one in load(TINY / "exercises").values() if one.kind == kind)

    assert (as_text(OF_KIND[kind]), as_html(OF_KIND[kind])) == (as_text(again), as_html(again))


@pytest.mark.parametrize("kind", KINDS)
def test_no_key(kind):
    """Neither form holds a reason, hint, model, sample or code."""
    assert [mark for mark in MARKS if mark in as_text(OF_KIND[kind]) + as_html(OF_KIND[kind])] == []


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("single-choice", ["Pick one:", "  ○ Say six"]),
        ("multiple-choice", ["Pick all that belong:", "  ☐ The oven"]),
        ("ordering", ["Put these in order:", "  __. Answer Mr Abe"]),
        ("sorting", ["  • The oven → ______", "  → Gone under every choice / Depends on the choice / The same for now"]),
        ("number", ["What he owes:", "  • ______ £", "  • ______ %"]),
        ("highlight", ["  ☐ Some time later he rang.", "  → A judgement about a person / An event without a time"]),
        ("short-text", ["Your text:", "  • ______"]),
        ("comparison", ["  • Who knew first?: Crumb Street Bakery ______; Pia, dog walker ______"]),
        ("worksheet", ["Your client:", "  • ______ a month", "  • Income: Keep ______; Lose ______"]),
        ("revision", ["How likely is it that the bill was a slip of the pen?:"]),
    ],
)
def test_every_way_to_answer_is_shown(kind, lines):
    """On paper one can see what to choose from and where to write."""
    text = as_text(OF_KIND[kind]).splitlines()

    assert [line for line in lines if line not in text] == []
    assert OF_KIND[kind].title == text[0]
    assert any("Mr Abe" in line or "6 trays" in line or "8 trays" in line for line in text)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b < c", '"><img src=x>'])
def test_texts_are_escaped(text):
    """What an author types shows as typed: no tag of theirs gets into the page."""
    option = f"[[option]]\nid = 'a'\nright = true\nwhy = 'W'\ntext = '''{text}'''\n[[option]]\nid = 'b'\nwhy = 'W'\ntext = 'B'\n"
    page = as_html(made("single-choice", option, title=text, prompt=text, note=text))

    assert not any(tag in page for tag in ("<script", "<img"))
    assert page.count("&lt;") >= 3 * text.count("<")


def test_a_content_note_comes_before_the_question():
    """A content note stands before the question in both forms."""
    one = made("short-text", "criterion = []\nanchor = []", note="A note on content", prompt="The question")

    for page in (as_text(one), as_html(one)):
        assert 0 < page.index("A note on content") < page.index("The question")
