"""Markdown to HTML: formatting works, and nothing that a page would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.content.markdown import harmless, html


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
        "[x](javascript&colon;alert(1))",
        "[x](javascript\\:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](\x01javascript:alert(1))",
        "[x](data:image/png;base64,AAAA)",
        "![x](data:image/png;base64,AAAA)",
        "![x](data:image/svg+xml,x)",
        "[x](blob:x)",
        "[x](ftp://evil.example)",
        "[x](//evil.example/x)",
        "![x](//evil.example/x.png)",
        "[x](/api/shutdown)",
        "![x](/logout)",
        "<data:x>",
    ],
)
def test_scripts_are_no_links(text):
    """An address that would run something, read a local file or ask the learner's own server is left as text."""
    assert not any(mark in html(text) for mark in ("href=", "src="))


@pytest.mark.parametrize(
    "address", ["https://a.example/b?c=1", "http://a.example", "mailto:a@b.example", "05_cost.ipynb#part", "#part", "../a.md"]
)
def test_links_lead_to_pages_mailboxes_and_beside_the_page(address):
    """What course pages need."""
    assert html(f"[a]({address})") == f'<p><a href="{address}">a</a></p>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![A *map*](https://evil.example/map.png)", '<p><a href="https://evil.example/map.png">A map</a></p>'),
        ("![](HTTP://evil.example/map.png)", '<p><a href="HTTP://evil.example/map.png">HTTP://evil.example/map.png</a></p>'),
        ('![<b>"](https://evil.example/"x)', None),
    ],
)
def test_a_picture_from_elsewhere_is_a_link(text, expected):
    """Its address would learn who reads when; who wants to see it follows the link."""
    assert "<img" not in html(text) and harmless(html(text))
    assert html(text) == expected or expected is None


@pytest.mark.parametrize(
    "page",
    [
        "<script>x</script>", "<img src=x onerror=y>", '<img src="//evil.example" alt="" />', '<img src="x.png" alt="" onerror="y" />',
        '<a href="javascript:x">a</a>', '<a href="&#106;avascript:x">a</a>', '<a href="java\tscript:x">a</a>',
        '<a href="x" onclick="y">a</a>',
        '<a href="https://a.example" target="x">a</a>', "<scr<p>ipt>", "<p onclick=x>a</p>", "<p style='x'>a</p>", "<svg></svg>",
        "<!-- x -->",
        "<style>x</style>", "a <b", "<a\nhref='x'>", "<P>", '<div><iframe src="x"></iframe></div>', "<form action=x>", "<base href=x>",
        "<math>",
    ],
)  # fmt: skip
def test_html_from_elsewhere_is_not_harmless(page):
    """One tag or attribute that is never made here is enough."""
    assert not harmless(page)


@given(st.text("<>!-/ab\"'=&;[]()`*_#|\n:script.123 \\$~", max_size=60))
def test_what_is_made_here_is_harmless(text):
    """Whatever an author writes."""
    assert harmless(html(text))


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


@pytest.mark.parametrize("place", ['<img src="{}//host/p.png" alt="" />', '<a href="{}//host/p">a</a>', '<a href="a{}javascript:b">a</a>'])
@pytest.mark.parametrize("sign", [*map(chr, range(33)), "\x7f", "\u00a0", "\u2028"], ids=ascii)
def test_no_address_has_signs_that_a_browser_drops(place, sign):
    """Behind such a sign another address would begin."""
    assert not harmless(f"<p>{place.format(sign)}</p>")
