"""Markdown to HTML: formatting works, and nothing that a page would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.content.markdown import html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "<p>plain</p>"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("3 < 4 & 5", "<p>3 &lt; 4 &amp; 5</p>"),
        ("[page](https://example.org/a?b=1&c=2)", '<p><a href="https://example.org/a?b=1&amp;c=2">page</a></p>'),
        ("![A map](images/map.png)", '<p><img src="images/map.png" alt="A map" /></p>'),
    ],
)
def test_what_authors_write(text, expected):
    """The Markdown of the course becomes the HTML that it stands for."""
    assert expected == html(text)


def test_tables():
    """Tables are drawn with head and body."""
    assert "<th>A</th>" in html("| A |\n|---|\n| 1 |") and "<td>1</td>" in html("| A |\n|---|\n| 1 |")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x'>b</b>",
        "<!-- comment -->",
        "<style>*{}</style>",
        "</div></body>",
        "<iframe src='https://example.org'></iframe>",
    ],
)
def test_raw_html_stays_text(text):
    """A tag that an author types is seen as typed."""
    assert "&lt;" in html(text)
    assert not any(tag in html(text) for tag in ("<script", "<img", "<b ", "<!--", "<style", "</div>", "<iframe"))


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_scripts_are_no_links(text):
    """An address that would run something, or read a local file, is left as text."""
    assert not any(mark in html(text) for mark in ("href=", "src="))


@given(st.text("<>!-/ab\"'=&;[]()`*_#\n:script", max_size=40))
def test_no_text_opens_a_tag_of_its_own(text):
    """Every tag in the output is one that Markdown knows."""
    known = (
        "p",
        "em",
        "strong",
        "s",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "a",
        "img",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "br",
    )
    tags = [piece.lstrip("/").split(">")[0].split()[0].rstrip("/") for piece in html(text).split("<")[1:]]

    assert set(known) >= set(tags)
