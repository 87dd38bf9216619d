"""How far a sum of marks can be trusted: alpha with its interval, alpha without one question, the error of a total.

Rows are learners, columns questions, cells points; no cell may be empty (whoever calls leaves out, and says, what is not known).
"""

from typing import Any

import pandas as pd
from attrs import frozen

from .group_report import LEAST_LEARNERS, alpha

CONFIDENCE = 0.95


@frozen
class Reliability:
    """Figures of a test with `learners` rows and `questions` columns; None where there are too few of either.

    `alpha` with its 95 % interval `low` to `high`; `mean`, `sd` and `error` (standard error of measurement) in points.
    """

    learners: int
    questions: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    sd: float | None = None
    error: float | None = None


def reliability(points: pd.DataFrame) -> Reliability:
    """Alpha, its interval, and the standard error of measurement, sd · √(1 − alpha); none for an alpha below 0."""
    learners, questions = points.shape
    if learners < LEAST_LEARNERS or not questions:
        return Reliability(learners, questions)
    total = points.sum(axis=1)
    mean, sd = float(total.mean()), float(total.std(ddof=1))
    if questions < 2 or not _varies(points):
        return Reliability(learners, questions, mean=mean, sd=sd)
    value = alpha(points)
    low, high = interval(value, learners, questions)
    error = sd * (1 - value) ** 0.5 if value >= 0 else None
    return Reliability(learners, questions, value, low, high, mean, sd, error)


def interval(value: float, learners: int, questions: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Feldt's interval of alpha: 1 − (1 − alpha) · F, at both quantiles of F(n − 1, (n − 1)(k − 1)).

    Feldt, L. S., Woodruff, D. J. & Salih, F. A. (1987). Statistical inference for coefficient alpha. Applied Psychological
    Measurement 11, 93–103. It supposes questions of equal quality and a normal spread of learners.
    """
    from scipy.special import fdtri  # the quantiles of F; scipy.stats takes a second to import

    tail = (1 - confidence) / 2
    low, high = (fdtri(learners - 1, (learners - 1) * (questions - 1), share) for share in (1 - tail, tail))
    return float(1 - (1 - value) * low), float(1 - (1 - value) * high)


def alpha_without(points: pd.DataFrame) -> pd.Series:
    """For each question, alpha of the others; empty where fewer than two would be left or the others do not vary."""
    left = {question: points.drop(columns=question) for question in points}
    enough = len(points) >= LEAST_LEARNERS and points.shape[1] > 2
    return pd.Series({name: alpha(rest) if enough and _varies(rest) else None for name, rest in left.items()}, dtype=float)


def _varies(points: pd.DataFrame) -> bool:
    """Whether the totals differ by more than what binary rounding leaves."""
    total: Any = points.sum(axis=1)
    return bool(total.max() - total.min() > 1e-9)
