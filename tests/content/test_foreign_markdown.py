"""Markdown for a notebook's cells: whoever draws it makes the same of it, and nothing that runs or fetches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nbconvert.filters import markdown2html

from coursekit.content.foreign_markdown import is_quiet, quiet

HOSTILE = [
    "[a](javascript:alert(1))", "[a](<javascript:alert(1)>)", "[a](JaVaScRiPt:x)", "[a]( javascript:x)", "[a](\tjavascript:x)",
    "[a](\njavascript:x)", "[a](java&#115;cript:x)", "[a](&#x6a;avascript:x)", "[a](javascript&colon;x)", "[a](javascript\\:x)",
    "[a](java\\script:x)", "[a](java%73cript:x)", "[a](<java\tscript:x>)", "[a](\x01javascript:x)", "[a](vbscript:x)",
    "[a](data:text/html;base64,PHN2Zz4=)", "[a](data:image/svg+xml,x)", "[a](file:///etc/passwd)", "[a](blob:x)", "[a](//evil.example)",
    "[a](/api/shutdown)", "[a](\\\\evil.example)", "[a](javascript:x 'title')", "[a][b]\n\n[b]: javascript:x", "[b]\n\n[b]:\njavascript:x",
    "[b][]\n\n  [b]: <javascript:x>", "<javascript:x>", "\\<javascript:x>", "\\\\<javascript:x>", "<a href='javascript:x'>b</a>",
    "<img src=x onerror=y>",
    "<svg/onload=x>", "<!-- x --><script>y</script>", "\\<script>y</script>", "\\\\<script>y</script>", "![a](https://evil.example/p.png)",
    "![a](javascript:x)", "![a](data:image/png;base64,AA)", "![a][b]\n\n[b]: https://evil.example/p.png", "[![a](x.png)](javascript:x)",
    "\\[a](javascript:x) [b](javascript:x)", "\\\\[a](javascript:x)", "[a\\\\](javascript:x)", "[`\\`\\\\](javascript:x)",
    "[`\\\\\\`](javascript:x)", '`[a`](https://ok.example "[c](javascript:x)")', "[x](https://a`b) [y](javascript:z) `",
    "* [a](javascript:x)",
    "> [a](javascript:x)", "| [a](javascript:x) |\n|---|", "# [a](javascript:x)", "[^1]\n\n[^1]: [a](javascript:x)", "$[a](javascript:x)$",
    "\\\\([a](javascript:x)\\\\)", "```mermaid\ngraph TD; A-->B; click A 'javascript:x'\n```", "~~~  mermaid\nx\n~~~",
    "````mermaid\nx\n````", *(f"```{space}mermaid\nx\n```" for space in "\u00a0\ufeff\u3000\f\u2028"),
    "```&#109;ermaid\nx\n```", "<details><summary>a</summary>b</details>", "<?php x ?>", "<![CDATA[x]]>",
    "<meta http-equiv=refresh content=0>",
]  # fmt: skip
GOOD = [
    ("[a](https://a.example/b?c=1&d=2)", "https://a.example/b?c=1&amp;d=2"), ("[a](HTTP://a.example)", "HTTP://a.example"),
    ('[a](https://a.example "A title")', "https://a.example"), ("[a](mailto:a@b.example)", "mailto:a@b.example"), ("[a](#part)", "#part"),
    ("[a](letter.md)", "letter.md"), ("[a](05_cost.ipynb#part)", "05_cost.ipynb#part"),
]  # fmt: skip
KNOWN = "p|span|a|h1|ul|ol|li|em|strong|code|pre|div|table|thead|tbody|tr|t[hd]|blockquote|sup|section|hr|br"
ALIVE = re.compile(
    rf"""<(?!/?(?:{KNOWN})\b)(?=[a-z/!?])|<[^>]*\son\w+=|<[^>]*(?:src=|href=["'](?!https?://|\#|[\w.]+["']))|jp-Mermaid|language-mermaid""",
    re.IGNORECASE,
)
RENDERERS = {
    "the reading view": markdown2html,
    "CommonMark": lambda text: MarkdownIt("commonmark", {"html": True}).enable("table").render(text),
}
SIGNS = st.text("[]()<>!\\:$`~\"'#&; \n\tab/scriptjv-*=.|^1", max_size=40)


@pytest.mark.parametrize("draw", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_alive(text, draw):
    """No script, no address but of a page or a mailbox, no picture, no diagram; and it is found where others put it."""
    assert not ALIVE.search(draw(quiet(text)))
    assert not is_quiet(text)
    assert is_quiet(quiet(text))


@pytest.mark.parametrize("draw", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize(("text", "address"), GOOD)
def test_links_that_work(text, address, draw):
    """Pages, mailboxes, places on the page and files beside it."""
    assert quiet(text) == text and is_quiet(text)
    assert f'href="{address}"' in draw(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It costs $5 and $6.", "It costs <span>&#36;</span>5 and <span>&#36;</span>6."),
        (r"It costs \$5 and \$6.", "It costs <span>&#36;</span>5 and <span>&#36;</span>6."),
        (r"\\(x\\)", "<span>&#92;</span>(x\\\\)"),
        (r"\begin{a}b\end{a}", "<span>&#92;</span>begin{a}b<span>&#92;</span>end{a}"),
    ],
)
def test_no_formulas(text, shown):
    """Sums of money are no mathematics. In a learner's own note a formula does no harm."""
    assert quiet(text) == shown
    assert is_quiet(text)


@pytest.mark.parametrize(
    "text", ["**Due** Friday.\n\n- *a*\n- b [1], c[0]", "| a | b |\n| --- | --- |\n| 1 | 2 |", "3 < 4 & 5 > 2!", "C:\\x", "a\\\nb", ""]
)
def test_what_authors_write_stays(text):
    """Emphasis, lists, tables and plain words come through as they are."""
    assert quiet(text) == text and is_quiet(text)


@given(SIGNS)
def test_what_came_from_here_comes_back_as_it_is(text):
    """Doing it twice is doing it once, and what was done is quiet."""
    once = quiet(text)

    assert quiet(once) == once and is_quiet(once)


@given(SIGNS.map(lambda text: f"{text}[a](javascript:x){text}"))
@pytest.mark.parametrize("draw", RENDERERS.values(), ids=RENDERERS)
def test_whatever_stands_around_it(draw, text):
    """No sign before or behind makes an address live."""
    assert not re.search(r"""(href|src)=["']\s*javascript:""", draw(quiet(text)), re.I)
