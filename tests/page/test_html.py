"""HTML from parts: what is no HTML yet cannot become any."""

from html.parser import HTMLParser

import pytest

from coursekit.page.html import Safe, joined, tag

HOSTILE = (
    "<script>alert(1)</script>",
    '" onclick="x',
    "' onclick='x",
    "&lt;b&gt; & <b>",
    "</p><img src=x>",
    "{{ 7*7 }}",
    "{% raw %}",
    "$1$",
)
CONTROLS = {"a\0b": "a\ufffdb", "a\ud800b": "a\ufffdb", "a\x1bb": "a\ufffdb", "a\tb\n": "a\tb\n"}


class Read(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and the text."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    """Inside an element and in an attribute a text is read as it was given."""
    page = Read(tag("p", text, title=text))

    assert [each for each in page.elements if each[0] != "span"] == [("p", {"title": text})]  # a span around each dollar sign
    assert page.text == text


@pytest.mark.parametrize(("text", "shown"), CONTROLS.items())
def test_what_no_page_can_show(text, shown):
    """A sign that would end a page, or cannot be written as UTF-8, is shown as one that is missing."""
    page = Read(tag("p", text, title=text))

    assert (page.elements, page.text) == ([("p", {"title": shown})], shown)


@pytest.mark.parametrize(
    ("made", "html"),
    [
        (tag("p"), "<p></p>"),
        (tag("p", "a", tag("b", "<"), 3), "<p>a<b>&lt;</b>3</p>"),
        (tag("p", "x", aria_label="a", class_="b", id=None, tabindex=0), '<p aria-label="a" class="b" tabindex="0">x</p>'),
        (tag("img", alt='"'), '<img alt="&quot;">'),
        (joined("a", tag("br"), "<"), "a<br>&lt;"),
        (tag("p", Safe("<b>") + "<i>"), "<p>&lt;b&gt;&lt;i&gt;</p>"),
        (tag("p", f"{Safe('<b>')}"), "<p>&lt;b&gt;</p>"),
    ],
)
def test_what_is_written(made, html):
    """Attributes in their order, elements without an inside, and no HTML from gluing texts together."""
    assert made == html
    assert isinstance(made, Safe)
