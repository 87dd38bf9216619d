"""Measuring what was learnt: the report on a group.

One group measured before and after mixes learning with practice and with time; the report says so beside its figures.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ...model.exercise import Exercise
from ...model.grading import grade
from ...record.attempts import Entry
from ...record.forms import MOMENTS, form_for
from ...wording import say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

DAY = timedelta(days=1)
LEAST_LEARNERS = 5  # figures on fewer are not shown: they would say something about one person
PAIRS = (("before", "after"), ("after", "later"), ("before", "later"))


@frozen
class Report:
    """A group's figures, as pandas frames; an empty cell (NaN) stands where fewer than five learners answered.

    `moments`: moment, n, mean, sd (of the share right, 0..1).
    `changes`: from, to, n, difference, low, high (95 % percentile bootstrap), d (difference / sd at `from`), d_low,
    d_high, fell (share of learners whose share right fell).
    `calibration`: moment, n, confidence, correct, bias (mean confidence − mean right; above 0 is overconfident).
    `objectives`: objective, moment, n, mean.
    `items`: form, item, n, difficulty (share right), item_rest (corrected item-total correlation), flag (a sentence).
    `answers`: form, item, answer, n, share: how often each answer was given (distractor use).
    """

    moments: "pd.DataFrame"
    changes: "pd.DataFrame"
    calibration: "pd.DataFrame"
    objectives: "pd.DataFrame"
    items: "pd.DataFrame"
    answers: "pd.DataFrame"


def responses(exercises: Mapping[str, Exercise], entries: Iterable[Entry]) -> "pd.DataFrame":
    """The answers to test items, regraded: learner, moment, form, item, objective, answer, score (0..1), confidence (0..1).

    A learner's last readable answer within a day of the first counts, as a test item may be thought over and the page
    stays open after the course; a score found in a log is ignored.
    """
    import pandas as pd

    firsts: dict[tuple[str, str], datetime] = {}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        one = exercises.get(entry.exercise)
        if one is None or not one.tested or entry.act != "check":
            continue
        given = grade(one, entry.answer)
        first = firsts.setdefault((entry.learner, one.id), entry.at)
        if given.status == "graded" and entry.at - first <= DAY:
            rows[entry.learner, one.id] = _row(one, entry, given.score)
    columns = ["learner", "moment", "form", "item", "objective", "answer", "score", "confidence"]
    return pd.DataFrame(list(rows.values()), columns=columns).astype({"score": float, "confidence": float})


def _row(one: Exercise, entry: Entry, score: Fraction | None) -> dict[str, Any]:
    return {
        "learner": entry.learner,
        "moment": next(moment for moment in MOMENTS if form_for(entry.learner, moment) == one.unit),
        "form": one.unit,
        "item": one.id.partition("/")[2],
        "objective": one.objective,
        "answer": json.dumps(entry.answer, sort_keys=True),
        "score": score,
        "confidence": None if entry.confidence is None else entry.confidence / 100,
    }


def report(given: "pd.DataFrame", seed: int = 0, resamples: int = 2000) -> Report:
    """The report on the frame that `responses` gives; the same seed gives the same intervals."""
    import pandas as pd

    people = given.groupby(["learner", "moment"])["score"].mean().unstack("moment").reindex(columns=list(MOMENTS))
    return Report(
        pd.DataFrame([_moment(people[moment].dropna(), moment) for moment in MOMENTS]),
        pd.DataFrame([_change(people, *pair, seed, resamples) for pair in PAIRS]),
        _calibration(given),
        _means(given, ["objective", "moment"]),
        _items(given),
        _answers(given),
    )


def alpha(scores: "pd.DataFrame") -> float:
    """Cronbach's alpha of a frame with one row a person and one column an item: k/(k−1) · (1 − Σ var(item)/var(total))."""
    size = scores.shape[1]
    return float(size / (size - 1) * (1 - scores.var(ddof=1).sum() / scores.sum(axis=1).var(ddof=1)))


def item_rest(scores: "pd.DataFrame") -> "pd.Series":
    """Each item's correlation with the sum of the others (the corrected item-total correlation)."""
    total = scores.sum(axis=1)
    return scores.apply(lambda item: item.corr(total - item) if item.std() and (total - item).std() else float("nan"))


def _moment(scores: "pd.Series", moment: str) -> dict[str, Any]:
    shown = len(scores) >= LEAST_LEARNERS
    return {"moment": moment, "n": len(scores), "mean": scores.mean() if shown else None, "sd": scores.std() if shown else None}


def _change(people: "pd.DataFrame", first: str, then: str, seed: int, resamples: int) -> dict[str, Any]:
    import numpy as np

    both = people[[first, then]].dropna()
    row: dict[str, Any] = {"from": first, "to": then, "n": len(both)}
    if len(both) < LEAST_LEARNERS:
        return row | dict.fromkeys(("difference", "low", "high", "d", "d_low", "d_high", "fell"))
    before, after = both[first].to_numpy(), both[then].to_numpy()
    drawn = np.random.default_rng(seed).integers(0, len(both), (resamples, len(both)))
    differences = (after - before)[drawn].mean(axis=1)
    standardised = _standardised(before[drawn], after[drawn])
    low, high = np.percentile(differences, [2.5, 97.5])
    d_low, d_high = np.nanpercentile(standardised, [2.5, 97.5])
    d = _standardised(before[None], after[None])[0]
    difference, fell = (after - before).mean(), (after < before).mean()
    return row | {"difference": difference, "low": low, "high": high, "d": d, "d_low": d_low, "d_high": d_high, "fell": fell}


def _standardised(before: "np.ndarray", after: "np.ndarray") -> "np.ndarray":
    """Mean difference over the standard deviation before, row by row; NaN where all stood at one place."""
    import numpy as np

    spread = before.std(axis=1, ddof=1)
    return (after - before).mean(axis=1) / np.where(spread > 0, spread, np.nan)


def _calibration(given: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    rows = []
    for moment in MOMENTS:
        asked = given[(given["moment"] == moment) & given["confidence"].notna()]
        n = asked["learner"].nunique()
        sure, right = (asked[column].mean() if n >= LEAST_LEARNERS else None for column in ("confidence", "score"))
        rows.append({"moment": moment, "n": n, "confidence": sure, "correct": right, "bias": None if sure is None else sure - right})
    return pd.DataFrame(rows)


def _means(given: "pd.DataFrame", by: list[str]) -> "pd.DataFrame":
    """Mean score and number of learners by some columns; the mean is empty for fewer than five."""
    frame = given.groupby(by).agg(n=("learner", "nunique"), mean=("score", "mean")).reset_index()
    return frame.assign(mean=frame["mean"].where(frame["n"] >= LEAST_LEARNERS))


def _items(given: "pd.DataFrame") -> "pd.DataFrame":
    frame = _means(given, ["form", "item"]).rename(columns={"mean": "difficulty"})
    rest: dict[tuple[str, str], float] = {}
    for form, rows in given.groupby("form"):
        whole = rows.pivot(index="learner", columns="item", values="score").dropna()
        if len(whole) >= LEAST_LEARNERS:
            rest |= {(form, item): value for item, value in item_rest(whole).items()}
    frame["item_rest"] = [rest.get(pair) for pair in zip(frame["form"], frame["item"], strict=True)]
    return frame.assign(flag=[_flag(p, r) for p, r in zip(frame["difficulty"], frame["item_rest"], strict=True)])


def _flag(difficulty: float | None, rest: float | None) -> str:
    """What to look at, in a sentence; limits from the curriculum: share right over .9 or under .2, correlation under .15."""
    if difficulty is not None and difficulty > 0.9:
        return say("stats.measured.easy")
    if difficulty is not None and difficulty < 0.2:
        return say("stats.measured.hard")
    if rest is not None and rest < 0.15:
        return say("stats.measured.weak")
    return ""


def _answers(given: "pd.DataFrame") -> "pd.DataFrame":
    frame = given.groupby(["form", "item", "answer"]).agg(n=("learner", "nunique")).reset_index()
    total = frame.groupby(["form", "item"])["n"].transform("sum")
    return frame.assign(share=(frame["n"] / total).where(total >= LEAST_LEARNERS))
