"""Arithmetic over named figures, so that a figure stands in one place and a key is never typed twice."""

import ast
import math
import re
from collections.abc import Mapping
from types import MappingProxyType

from ..errors import BadExpression
from ..wording import say
from .numerals import show

FUNCTIONS = {"min": min, "max": max, "sum": lambda *xs: sum(xs), "round": round, "abs": abs}
_OUT_OF_REACH = (ast.Attribute, ast.Subscript, ast.JoinedStr, ast.Assign, ast.AugAssign, ast.Import)  # simpleeval knows them
_NO_SUMS = (ast.BitXor, ast.BitOr, ast.BitAnd, ast.LShift, ast.RShift, ast.Invert, ast.In, ast.NotIn, ast.Is, ast.IsNot)  # these too
_SHOWN = re.compile(r"\{=\s*(.+?)\s*(?::\s*\.(\d)f\s*)?\}")


def evaluate(expression: str, figures: Mapping[str, float]) -> float:
    """The value of an expression such as "fee / (planned + extra)".

    Knows + - * / // % ** and brackets, comparisons, and, or, not, `x if y else z`, and FUNCTIONS. Nothing else can be reached
    (simpleeval); ^ is no power. Raises BadExpression for a syntax error, an unknown figure, a division by zero or a result
    that is not a finite number.
    """
    if expression in figures:  # most expressions are a name
        return float(figures[expression])
    import simpleeval

    evaluator = simpleeval.SimpleEval(names=dict(figures), functions=FUNCTIONS)
    for node in _OUT_OF_REACH:
        evaluator.nodes.pop(node, None)
    for operator in _NO_SUMS:
        evaluator.operators.pop(operator, None)
    try:
        value = evaluator.eval(expression, previously_parsed=ast.parse(expression.strip(), mode="eval").body)
        finite = not isinstance(value, int | float) or math.isfinite(value)  # a huge whole number is an OverflowError
    except simpleeval.NameNotDefined as error:
        key = "expression.unknown" if figures else "expression.unknown_of_none"
        raise BadExpression(say(key, expression=expression, name=error.name, known=", ".join(sorted(figures)))) from None
    except (simpleeval.OperatorNotDefined, KeyError):
        raise BadExpression(say("expression.operator", expression=expression)) from None
    except ZeroDivisionError:
        raise BadExpression(say("expression.zero", expression=expression)) from None
    except SyntaxError as error:
        raise BadExpression(say("expression.failed", expression=expression, error=error.msg)) from None
    except Exception as error:  # simpleeval raises many kinds; each means the same to an author
        raise BadExpression(say("expression.failed", expression=expression, error=error)) from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not finite:
        raise BadExpression(say("expression.no_number", expression=expression))
    return float(value)


def expand(text: str, figures: Mapping[str, float], decimals: Mapping[str, int] = MappingProxyType({})) -> str:
    """The text with every `{= expression}` or `{= expression : .1f}` replaced by its value as people read it.

    `decimals` are those of the figures that have their own. Raises BadExpression, also for a `{=` that is never
    closed on its line.
    """

    def shown(match: re.Match[str]) -> str:
        value = evaluate(match[1], figures)
        usual = decimals.get(match[1], 0 if abs(value - round(value)) < 1e-9 else 2)
        return show(value, int(match[2]) if match[2] else usual)

    return _all_closed(_SHOWN.sub(shown, text))


def expressions(text: str) -> list[tuple[str, str]]:
    """Every expression that a text shows, with the decimals asked for there ("" for none).

    Raises BadExpression for a `{=` that is never closed on its line.
    """
    if "{=" not in text:
        return []
    _all_closed(_SHOWN.sub("", text))
    return [(match[1], match[2] or "") for match in _SHOWN.finditer(text)]


def _all_closed(text: str) -> str:
    """The text that is left when the figures are out of it. Raises BadExpression where one could not be found."""
    if "{=" in text:
        raise BadExpression(say("expression.open", text=text[text.index("{=") :][:40]))
    return text
