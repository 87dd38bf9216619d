"""Arithmetic over named figures: what authors need, and nothing that could reach out."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coursekit.errors import BadExpression
from coursekit.model.expressions import evaluate, expand, expressions
from coursekit.model.numerals import show

FIGURES = {"fee": 6400, "hours": 80, "rate": 0.125}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("fee", 6400),
        ("fee / hours", 80),
        (" fee - 2 * (hours + 1) ", 6238),
        ("-fee", -6400),
        ("2 ** 10", 1024),
        ("2 ** 0.5", math.sqrt(2)),
        ("fee // 1000 + fee % 1000", 406),
        ("min(fee, hours, 3)", 3),
        ("max(fee, hours)", 6400),
        ("sum(1, 2, hours)", 83),
        ("round(fee / 7, 1)", 914.3),
        ("abs(hours - fee)", 6320),
        ("1 if fee > hours else 0", 1),
        ("fee / 0 if hours < 0 else 5", 5),
    ],
)
def test_evaluate(expression, value):
    """The arithmetic of the docs works, over the figures by name."""
    expected = pytest.approx(value)

    assert expected == evaluate(expression, FIGURES)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("fee / 0", "divides by zero"),
        ("fee % 0", "divides by zero"),
        ("feee", "uses “feee”, which is not a figure here (figures: fee, hours, rate)"),
        ("fee *", "cannot be worked out: invalid syntax"),
        ("", "cannot be worked out"),
        ("fee; hours", "cannot be worked out"),
        ("fee = 3", "cannot be worked out"),
        ("fee.real", "cannot be worked out"),
        ("fee.hex()", "cannot be worked out"),
        ("(5).bit_length()", "cannot be worked out"),
        ("fee.__class__", "cannot be worked out"),
        ("fee[0]", "cannot be worked out"),
        ("f'{fee}'", "cannot be worked out"),
        ("[1, 2]", "cannot be worked out"),
        ("lambda: 1", "cannot be worked out"),
        ("[x for x in (1, 2)]", "cannot be worked out"),
        ("__import__('os')", "cannot be worked out"),
        ("open('/etc/passwd')", "cannot be worked out"),
        ("eval('1')", "cannot be worked out"),
        ("exec('1')", "cannot be worked out"),
        ("print(1)", "cannot be worked out"),
        ("pow(2, 3)", "cannot be worked out"),
        ("max(fee, key=abs)", "cannot be worked out"),
        ("import os", "cannot be worked out"),
        ("9 ** 9 ** 9", "cannot be worked out"),
        ("10 ** 400", "cannot be worked out"),
        ("1e308 * 10 ** 300", "does not give a number"),
        ("1e999", "does not give a number"),
        ("1e999 - 1e999", "does not give a number"),
        ("(-8) ** 0.5", "does not give a number"),
        ("'fee'", "does not give a number"),
        ("'a' * 10 ** 9", "cannot be worked out"),
        ("fee > hours", "does not give a number"),
        ("min", "does not give a number"),
        ("(" * 5000, "cannot be worked out"),
        *(
            (f"3 {sign} 2", "has an operator that is not known here")
            for sign in ("^", "&", "|", "<<", ">>", "in", "not in", "is", "is not")
        ),
        ("~3", "has an operator that is not known here"),
    ],
    ids=lambda value: value[:30],
)
def test_nothing_else_can_be_reached(expression, said):
    """No attribute, call, text, collection, statement or monstrous number gets through; the message says what it was."""
    with pytest.raises(BadExpression) as caught:
        evaluate(expression, FIGURES)

    assert said in str(caught.value)


@given(st.text("fehours.()[]*/+-%<>='\"0123456789 ,_:{}if", max_size=25))
@example("0**-1")
@example("fee**fee**fee")
@example("1<<99999999")
@example("0x" + "f" * 5000)
def test_any_text_gives_a_finite_number_or_bad_expression(text):
    """Whatever an author types, the outcome is a finite number or BadExpression."""
    try:
        value = evaluate(text, FIGURES)
    except BadExpression:
        return
    assert isinstance(value, float) and math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no figure", "no figure"),
        ("€{= fee}", "€6,400"),
        ("{=fee}", "6,400"),
        ("{= fee / hours : .2f}", "80.00"),
        ("{= fee / hours:.1f}", "80.0"),
        ("{= rate}", "0.12"),
        ("{= rate : .0f}", "0"),
        ("{= -fee / 3}", "−2,133.33"),
        ("{= 0.1 + 0.2 - 0.3 }", "0"),
        ("{= fee} and {= hours}", "6,400 and 80"),
        ("a { brace } stays", "a { brace } stays"),
        ("{= max(fee, hours)}", "6,400"),
    ],
)
def test_expand(text, expected):
    """Figures in a text are printed as people read them; two decimals unless whole or said otherwise."""
    assert expected == expand(text, FIGURES)


@pytest.mark.parametrize("text", ["{= feee}", "{= fee", "{=}", "{= }", "{= fee : .2}", "{= fee:,.0f}", "{= fee\n+ 1}", "{= 1 / 0}"])
def test_expand_leaves_no_figure_unread(text):
    """A figure that cannot be printed is an error, never a text with {= in it."""
    with pytest.raises(BadExpression):
        expand(text, FIGURES)


@given(st.integers(-(10**9), 10**9))
def test_expand_prints_like_show(value):
    """A whole figure is printed as `show` prints it."""
    assert show(value, 0) == expand("{= x}", {"x": value})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no figure", []),
        ("€{= fee}", [("fee", "")]),
        ("{=fee / hours:.1f} of {= rate }", [("fee / hours", "1"), ("rate", "")]),
    ],
)
def test_expressions(text, found):
    """What a text shows, with the decimals that it asks for."""
    assert found == expressions(text)


@pytest.mark.parametrize("text", ["{= fee", "{=}", "a {= fee} and {= fee\n+ 1}"])
def test_an_expression_that_is_not_closed(text):
    """A figure that is never closed on its line is an error here too."""
    with pytest.raises(BadExpression, match="is not closed"):
        expressions(text)
