"""Questions to look at, each with a sentence that says why and what to look at first."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...formats import decimal
from ...model.kinds import KINDS
from ...wording import say

ENOUGH = 20  # learners below which nothing is said about options and correlations
EASY, HARD = 0.9, 0.2  # mean scores, as in the report on a group (measure.py)
WEAK = 0.15  # corrected item-total correlation
CLEARLY = 2.0  # standard errors
AGREED = 0.6  # weighted kappa: above it is called substantial (Landis & Koch, Biometrics 1977)
FLAGS = ("wrong key", "too hard", "too easy", "avoided", "weak", "dead option", "unreliable marks")


def flags(items: pd.DataFrame, options: pd.DataFrame, agreement: pd.DataFrame) -> pd.DataFrame:
    """number, exercise, flag (one of FLAGS), sentence: the tables of `statistics` judged; one cause gives one flag.

    "avoided" is a correlation below 0 by more than its standard error 1/√(n − 3), "weak" one below WEAK.
    A wrong key explains that few are right and strong learners avoid the key; where nearly everybody is right there is nobody
    left for the other options; and a correlation is low where nearly all score the same.
    """
    by_exercise = dict(iter(options.groupby("exercise")))
    marking = dict(iter(agreement.groupby("exercise")))
    rows = [
        (item.number, item.exercise, *found)
        for item in items.itertuples()
        for found in _of(item, by_exercise.get(item.exercise, options[:0]), marking.get(item.exercise, agreement[:0]))
    ]
    return pd.DataFrame(rows, columns=["number", "exercise", "flag", "sentence"])


def _of(item: Any, options: pd.DataFrame, marking: pd.DataFrame) -> Iterator[tuple[str, str]]:
    wrong = _better_than_key(options) if item.n >= ENOUGH else None
    if wrong is not None:
        yield "wrong key", wrong
    elif item.difficulty < HARD:
        yield "too hard", say("stats.too_hard", percent=_percent(item.difficulty), n=item.n)
    elif item.difficulty > EASY:
        yield "too easy", say("stats.too_easy", percent=_percent(item.difficulty), n=item.n)
    elif item.n >= ENOUGH and item.item_rest < -1 / (item.n - 3) ** 0.5:
        yield "avoided", say("stats.avoided", r=signed(item.item_rest))
    elif item.n >= ENOUGH and item.item_rest < WEAK:
        yield "weak", say("stats.weak", r=signed(item.item_rest))
    if item.n >= ENOUGH and not item.difficulty > EASY:
        yield from _dead(item, options)
    for pair in marking[(marking["texts"] >= ENOUGH) & (marking["kappa"] < AGREED)].itertuples():
        yield "unreliable marks", say("stats.unreliable", n=pair.texts, criterion=pair.criterion, kappa=signed(pair.kappa))


def _better_than_key(options: pd.DataFrame) -> str | None:
    """The sentence on a wrong option that more learners took than the key, and clearly stronger ones, where there is one."""
    keys = options[options["right"].astype(bool) & _of_kinds(options, "one")]
    if len(keys) != 1:
        return None
    key = keys.iloc[0]
    better = options[~options["right"].astype(bool) & (options["n"] > key["n"]) & (options["t"] > CLEARLY)]
    better = better[~(better["mean_rest"] <= key["mean_rest"])]
    if not len(better):
        return None
    one = better.sort_values("t").iloc[-1]
    return say("stats.wrong_key", option=shortened(one["text"]), n=int(one["n"]), own=key["n"], rest=_percent(one["mean_rest"]))


def _dead(item: Any, options: pd.DataFrame) -> Iterator[tuple[str, str]]:
    choices = options[_of_kinds(options, "one", "some")]
    for option in choices[~choices["right"].astype(bool) & (choices["n"] == 0)].itertuples():
        yield "dead option", say("stats.dead_option", option=shortened(option.text), n=item.n)


def _of_kinds(options: pd.DataFrame, *picks: str) -> pd.Series:
    """Which rows are of a kind where so many of what is offered are right."""
    return options["kind"].isin([name for name, kind in KINDS.items() if kind.picks in picks])


def shortened(text: str, most: int = 60) -> str:
    """A plain text on one line, without the quotes around the whole, at most so many characters."""
    line = re.sub(r"^“([^“]*)”$", r"\1", " ".join(text.split()))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def signed(value: float) -> str:
    """Two decimals with a real minus sign."""
    return decimal(value, 2).replace("-", "−")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"
