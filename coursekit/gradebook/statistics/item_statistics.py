"""What a graded class says about its questions: pure functions from the tables of a graded folder to tables of figures.

Throughout: a question that was not answered scores 0 in totals and is left out of its own difficulty; what could not be read,
or waits for a person's mark, is missing. Fewer than five learners give counts and no means. Shares and scores are 0..1.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
from attrs import asdict, field, fields, frozen

from ...errors import BadInput
from ...model.exercise import Exercise, Offered
from ...wording import say
from ..assignment import Work, rubric
from ..grade.graded_folder import assigned, reading
from ..marking.agreement import Agreement, agreements
from ..marks import Mark, levels
from .group_report import LEAST_LEARNERS, item_rest
from .picked_options import picked
from .reliability import Reliability, alpha_without, reliability

KNOWN = ("graded", "marked", "not answered")  # statuses with a score
LONGEST_PAUSE = 30.0  # minutes between two saved answers; a longer gap was a break and not work on the question
MOST_FIGURES = 6  # of the wrong figures that learners typed, this many are listed
_STATUSES = {"graded": "n", "marked": "n", "not answered": "not_answered", "unreadable": "unreadable", "needs marking": "unmarked"}


@frozen
class Results:
    """A graded folder: the assignment with its keys, `marks` (a row a learner and question), `attempts` (a row an answer), and
    the `levels` that persons gave, as `markers.levels` has them."""

    work: Work
    marks: pd.DataFrame
    attempts: pd.DataFrame
    levels: Mapping[str, Mapping[Mark, int]] = field(factory=dict)


def read_results(folder: Path | str) -> Results:
    """The tables of a graded folder, without learners who answered nothing and without worksheets, which nobody marks.

    Raises BadInput where the folder is not one that `coursekit grade` of this version wrote.
    """
    folder = Path(folder)
    work = assigned(folder)
    marks, attempts = (_table(folder / f"{name}.parquet") for name in ("marks", "attempts"))
    if "earned" not in marks:
        raise BadInput(say("stats.older", folder=folder))
    marked = [id for id, one in work.exercises.items() if one.marked_by != "nobody"]
    marks = marks[marks["exercise"].isin(marked)]
    answered = marks["status"].ne("not answered").groupby(marks["person"]).transform("any")
    return Results(work, marks[answered], attempts[attempts["exercise"].isin(marked)], levels(folder))


def _table(file: Path) -> pd.DataFrame:
    with reading(file):
        table = pd.read_parquet(file)
        if table.columns.empty:  # of a folder in its place
            raise ValueError(say("graded.no_table"))
        return table


def scores(marks: pd.DataFrame) -> pd.DataFrame:
    """Scores with one row a learner and one column a question, in the order of the assignment; NaN where not known."""
    order = marks["exercise"].unique()
    known = marks.assign(score=marks["score"].where(marks["status"].isin(KNOWN)).astype(float))
    known.loc[known["status"] == "not answered", "score"] = 0.0
    return known.pivot(index="person", columns="exercise", values="score")[list(order)]


def points(marks: pd.DataFrame) -> pd.DataFrame:
    """Points of those learners whose marks are all known (listwise), for the questions that count.

    A question is left out where it has no points, or where fewer than half of the learners have a score in it: free texts
    that nobody has marked yet would leave no learner at all.
    """
    known = scores(marks)
    most = marks.groupby("exercise")["max_points"].first().reindex(known.columns)
    counts = [name for name in known if most[name] > 0 and known[name].notna().mean() >= 0.5]
    return known[counts].dropna() * most[counts]


def overall(marks: pd.DataFrame) -> Reliability:
    """The reliability of the total in points."""
    return reliability(points(marks))


def rest(marks: pd.DataFrame) -> pd.DataFrame:
    """For each learner and question, the share (0..1) of the points of all other questions; rows as in `points`."""
    given = points(marks)
    most = marks.groupby("exercise")["max_points"].first()
    total, whole = given.sum(axis=1), most[list(given)].sum()
    left = {}
    for name in marks["exercise"].unique():
        own = name in given
        others = whole - most[name] if own else whole
        left[name] = (total - given[name] if own else total) / others if others else total * np.nan
    return pd.DataFrame(left).round(12)  # equal sums stay equal


def items(marks: pd.DataFrame, attempts: pd.DataFrame) -> pd.DataFrame:
    """One row a question.

    number; exercise; max_points; n (answers with a score), not_answered, unreadable, unmarked (learners); difficulty (mean score
    of the n); sd; item_rest (correlation with the points of the other questions); alpha_without (alpha of the others);
    minutes (median a learner); attempts (mean), first_right, best_right (share of learners wholly right at first, at best).
    """
    order = list(marks["exercise"].unique())
    counts = marks.assign(what=marks["status"].map(_STATUSES)).groupby(["exercise", "what"]).size().unstack(fill_value=0)
    frame = counts.reindex(index=order, columns=["n", "not_answered", "unreadable", "unmarked"], fill_value=0)
    frame.insert(0, "max_points", marks.groupby("exercise")["max_points"].first())
    answered = marks[marks["status"].isin(["graded", "marked"])].groupby("exercise")["score"]
    frame["difficulty"], frame["sd"] = answered.mean(), answered.std(ddof=1)
    frame[["difficulty", "sd"]] = frame[["difficulty", "sd"]].where(frame["n"] >= LEAST_LEARNERS)
    given = points(marks)
    varied = given.loc[:, given.max() > given.min()]  # one that is the same for all changes no correlation
    frame["item_rest"] = item_rest(varied) if len(given) >= LEAST_LEARNERS and varied.shape[1] > 1 else np.nan
    frame["alpha_without"] = alpha_without(given)
    frame = frame.join(minutes(attempts)).join(tries(attempts))
    frame[["timed", "tried"]] = frame[["timed", "tried"]].fillna(0).astype(int)
    frame.insert(0, "number", range(1, len(frame) + 1))
    return frame.rename_axis("exercise").reset_index()


def minutes(attempts: pd.DataFrame) -> pd.DataFrame:
    """By question: timed (learners), minutes (the median over learners).

    A learner's minutes on a question are those between each saved answer to it and the answer saved before, to whatever question.
    The first of a learner has none before it, and gaps over 30 minutes are left out. The learner's own clock says the time.
    """
    saved = attempts.sort_values(["person", "at"], kind="stable")
    gap = saved.groupby("person")["at"].diff().dt.total_seconds() / 60
    spent = saved.assign(gap=gap.where(gap.between(0, LONGEST_PAUSE))).dropna(subset="gap")
    each = spent.groupby(["exercise", "person"])["gap"].sum().groupby("exercise")
    return _enough(pd.DataFrame({"timed": each.size(), "minutes": each.median()}), "timed")


def tries(attempts: pd.DataFrame) -> pd.DataFrame:
    """By question: tried (learners with a graded answer), attempts (mean), first_right, best_right (share wholly right)."""
    graded = attempts[attempts["score"].notna()].sort_values("n", kind="stable")
    each = graded.groupby(["exercise", "person"])["score"].agg(["first", "max", "size"]).groupby("exercise")
    frame = pd.DataFrame(
        {
            "tried": each.size(),
            "attempts": each["size"].mean(),
            "first_right": each["first"].agg(_wholly),
            "best_right": each["max"].agg(_wholly),
        }
    )
    return _enough(frame, "tried")


def _wholly(scores: pd.Series) -> float:
    return float((scores == 1).mean())


def _enough(frame: pd.DataFrame, count: str) -> pd.DataFrame:
    """The frame with its figures empty where fewer than five learners stand behind them."""
    figures = [column for column in frame if column != count]
    return frame.assign(**{column: frame[column].astype(float).where(frame[count] >= LEAST_LEARNERS) for column in figures})


def distractors(work: Work, marks: pd.DataFrame) -> pd.DataFrame:
    """One row an option of a question with options, or a figure that at least two learners typed.

    exercise, kind, option, text, right, misconception, n (learners who took it), share (of those who answered), mean_rest
    (their mean share of the points of the other questions), point_biserial (correlation of taking it with that share),
    t (Welch's t between the mean_rest of its takers and of all others who answered; empty for fewer than five of either).
    """
    left = rest(marks)
    rows = []
    for name, given in marks[marks["status"] == "graded"].groupby("exercise", sort=False):
        exercise, answers = work.exercises[name], given.set_index("person")
        taken = _taken(exercise, answers["answer"])
        known = left[name].reindex(answers.index) if name in left else pd.Series(np.nan, answers.index)
        for option, took in taken.items():
            t = _welch(known[took].dropna(), known[~took].dropna())
            rows.append((name, exercise.kind, option.id, option.text, option.right, option.misconception, *_use(took, known), t))
    columns = ["exercise", "kind", "option", "text", "right", "misconception", "n", "share", "mean_rest", "point_biserial", "t"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[7:], float))


def _taken(exercise: Exercise, answers: pd.Series) -> dict[Offered, np.ndarray]:
    """{option: which of the answers took it}. Each distinct answer is read once; rare figures are left out."""
    codes, distinct = pd.factorize(answers)
    picks = [set(picked(exercise, answer)) for answer in distinct]
    known = exercise.offered()
    options = dict.fromkeys([*known, *(option for pick in picks for option in sorted(pick, key=lambda one: one.id))])
    taken = {option: np.array([option in pick for pick in picks])[codes] for option in options}
    typed = sorted((one for one in taken if one not in known and taken[one].sum() > 1), key=lambda one: (-taken[one].sum(), one.id))
    return {one: taken[one] for one in [*known, *typed[:MOST_FIGURES]]}


def _use(took: np.ndarray, known: pd.Series) -> tuple[int, float | None, float | None, float | None]:
    """n, share, mean rest score of the takers, and point-biserial; empty for fewer than five learners."""
    n, whole = int(took.sum()), known.notna().to_numpy()
    share = n / len(took) if len(took) >= LEAST_LEARNERS else None
    if (took & whole).sum() < LEAST_LEARNERS:
        return n, share, None, None
    mean, indicator, values = float(known[took].mean()), took[whole].astype(float), known[whole].to_numpy()
    varies = indicator.std() > 0 and values.std() > 1e-12
    return n, share, mean, float(np.corrcoef(indicator, values)[0, 1]) if varies else None


def _welch(first: pd.Series, second: pd.Series) -> float | None:
    """The difference of two means over its standard error; empty where either has fewer than five values."""
    if min(len(first), len(second)) < LEAST_LEARNERS:
        return None
    error = (first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)) ** 0.5
    return float((first.mean() - second.mean()) / error) if error > 1e-12 else None


def agreement(work: Work, marks: pd.DataFrame, levels: Mapping[str, Mapping[Mark, int]]) -> pd.DataFrame:
    """Where two persons marked the same texts: exercise, criterion, first, second, texts, exact, adjacent, kappa (see Agreement).

    `levels` is what `markers.levels` gives.
    """
    criteria = [(item.exercise, one.id) for item in work.assignment.item for one in rubric(item, work.exercises[item.exercise])]
    found = agreements(levels, criteria, dict(zip(marks["key"], marks["exercise"], strict=True)))
    frame = pd.DataFrame([asdict(one) for one in found], columns=[one.name for one in fields(Agreement)])
    return frame.astype({"exact": float, "adjacent": float, "kappa": float})


def objectives(work: Work, marks: pd.DataFrame) -> pd.DataFrame:
    """By objective: questions, learners, answers, mean (score of the answers), exercises (ids)."""
    named = marks.assign(objective=marks["exercise"].map({id: one.objective for id, one in work.exercises.items()}))
    known = named[named["status"].isin(["graded", "marked"])].groupby("objective")
    frame = named.groupby("objective", sort=False)["exercise"].agg(questions="nunique", exercises=lambda ids: " ".join(ids.unique()))
    frame = frame.assign(learners=known["person"].nunique(), answers=known.size()).fillna({"learners": 0, "answers": 0})
    frame["mean"] = known["score"].mean().where(known["person"].nunique() >= LEAST_LEARNERS)
    counts = {"learners": int, "answers": int, "mean": float}
    return frame.astype(counts).reset_index()[["objective", "questions", "learners", "answers", "mean", "exercises"]]


def misconceptions(marks: pd.DataFrame) -> pd.DataFrame:
    """By misconception, the most frequent first: code, learners, share (of all learners), answers, exercises (ids)."""
    shown = marks.assign(code=marks["misconceptions"].fillna("").str.split()).explode("code").dropna(subset="code")
    each = shown.groupby("code")
    frame = pd.DataFrame({"learners": each["person"].nunique(), "answers": each.size()})
    everybody = marks["person"].nunique()
    frame["share"] = frame["learners"] / everybody if everybody >= LEAST_LEARNERS else np.nan
    frame["exercises"] = each["exercise"].agg(lambda ids: " ".join(ids.unique())) if len(frame) else ""
    ordered = frame.reset_index().sort_values(["learners", "code"], ascending=[False, True], ignore_index=True)
    return ordered[["code", "learners", "share", "answers", "exercises"]]


def calibration(marks: pd.DataFrame) -> pd.DataFrame:
    """Confidence beside correctness, in steps of 10 %: sure (from, in %), learners, answers, confidence, correct (means), bias.

    `bias` is confidence − correct: above 0 is overconfident. The last row, sure empty, is over all answers; no rows where
    nobody was asked.
    """
    asked = marks[marks["confidence"].notna() & marks["status"].eq("graded")]
    asked = asked.assign(sure=asked["confidence"].astype(float) // 10 * 10, confidence=asked["confidence"].astype(float) / 100)
    parts = [*asked.groupby("sure"), (np.nan, asked)] if len(asked) else []
    rows = [
        (sure, given["person"].nunique(), len(given), given["confidence"].mean(), given["score"].astype(float).mean())
        for sure, given in parts
    ]
    frame = pd.DataFrame(rows, columns=["sure", "learners", "answers", "confidence", "correct"])
    few = frame["learners"] < LEAST_LEARNERS
    frame[["confidence", "correct"]] = frame[["confidence", "correct"]].astype(float).mask(few)
    return frame.assign(bias=frame["confidence"] - frame["correct"])


def _shares(marks: pd.DataFrame) -> list[Fraction]:
    """The exact share (0..1) of the points of each learner in `marks`."""
    most = int(marks.groupby("exercise")["most"].first().sum())
    earned: dict[str, Fraction] = {}
    for person, units, averaged in zip(marks["person"], marks["earned"], marks["averaged"], strict=True):
        earned[person] = earned.get(person, Fraction(0)) + Fraction(int(units), int(averaged))
    return [one / most for one in earned.values()] if most else []


def totals(marks: pd.DataFrame) -> pd.DataFrame:
    """How many learners reached which tenth of the points: low, high (0..1), learners. The last tenth includes all points.

    No rows for fewer than five learners, whose totals it would tell.
    """
    given = points(marks)
    if len(given) < LEAST_LEARNERS:
        return pd.DataFrame(columns=["low", "high", "learners"])
    band = [min(9, int(share * 10)) for share in _shares(marks[marks["person"].isin(given.index) & marks["exercise"].isin(given)])]
    low = np.arange(10) / 10
    return pd.DataFrame({"low": low, "high": low + 0.1, "learners": np.bincount(band, minlength=10)[:10]}).round(1)
