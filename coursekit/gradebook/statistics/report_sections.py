"""The sections of the report on an assignment's questions: each a sentence, a chart where there is one to draw, and a table."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from ...formats import listed
from ...wording import say
from .all_tables import Figures
from .charts import Axis, Charts, Dot
from .flags import WEAK
from .html_parts import bar, chips, columns, count, decimal, figure, p, percent, points, table, two, word

_TENTHS = [(place / 5, str(place * 20)) for place in range(6)]
_OPTIONS = Markup('<section id="q{0}" aria-labelledby="q{0}-h"><h3 id="q{0}-h">{1}</h3>{2}{3}</section>')
_EVEN = 0.03  # a smaller difference of confidence and score is none


def totals(found: Figures, charts: Charts) -> Markup:
    """How the totals are spread, on whom they rest, and how far they can be trusted."""
    one = found.overall
    if one.mean is None:
        told = say("stats.totals_few", n=one.learners)
    else:
        told = say("stats.totals_say", n=one.learners, mean=points(one.mean), most=points(found.most), sd=points(one.sd))
    rows = [(f"{band.low * 100:.0f}–{band.high * 100:.0f}", band.learners) for band in found.totals.itertuples()]
    words = p(told) + p(_whole(found)) + p(_alpha(found))
    if not rows:
        return words
    drawn = charts.columns(word("totals_table"), told, rows, word("total_axis"))
    return words + figure(drawn, word("totals")) + table(word("totals_table"), columns("total_axis", "learners#"), rows)


def _whole(found: Figures) -> str:
    """On whom and on what the totals rest."""
    left = [str(one.number) for one in found.items.itertuples() if one.exercise not in found.whole]
    rests = say("stats.whole", whole=len(found.whole), all=found.learners, questions=found.whole.shape[1])
    return f"{rests} {say('stats.left_out', questions=listed(left)) if left else say('stats.all_in')}"


def _alpha(found: Figures) -> str:
    one = found.overall
    if one.alpha is None:
        return say("stats.alpha_none")
    limits = {0.8: "alpha_high", 0.6: "alpha_middle", 0.0: "alpha_low"}
    judged = next((name for limit, name in limits.items() if one.alpha >= limit), "alpha_negative")
    told = say(f"stats.{judged}", alpha=two(one.alpha), low=two(one.low), high=two(one.high))
    return told if one.error is None else f"{told} {say('stats.error_is', error=points(one.error), most=points(found.most))}"


def questions(found: Figures, charts: Charts) -> Markup:
    """The map of the questions, and their table."""
    heads = columns("question", "answers#", "missing#", "difficulty#", "item_rest#", "alpha_without#", "flags")
    rows = []
    for one in found.items.itertuples():
        missing = f"{one.not_answered} / {one.unreadable} / {one.unmarked}"
        figures = (percent(one.difficulty), two(one.item_rest), two(one.alpha_without))
        rows.append((link(found, one), one.n, missing, *figures, chips(one.flags)))
    return _map(found, charts) + table(word("questions_table"), heads, rows)


def _map(found: Figures, charts: Charts) -> Markup:
    """Every question by its mean score and its correlation with the others."""
    known = found.items.dropna(subset=["difficulty", "item_rest"])
    if not len(known):
        return p(say("stats.map_few"))
    low, high = percent(known["difficulty"].min()), percent(known["difficulty"].max())
    told = say("stats.map_say", low=low, high=high, weak=(known["item_rest"] < WEAK).sum(), all=len(known), limit=two(WEAK))
    bottom = -1.0 if known["item_rest"].min() < -0.5 else -0.5
    ticks = [((r - bottom) / (1 - bottom), two(r)) for r in (-1.0, -0.5, 0.0, 0.5, 1.0) if r >= bottom]
    dots = [Dot(one.difficulty, (one.item_rest - bottom) / (1 - bottom), str(one.number), bool(one.flags)) for one in known.itertuples()]
    drawn = charts.dots(word("map"), told, Axis(word("difficulty"), _TENTHS), Axis(word("item_rest"), ticks), dots)
    return p(told) + figure(drawn, word("map")) + p(word("map_read"))


def options(found: Figures) -> Markup:
    """For each question with options: who took which. Empty where there is none."""
    items = {one.exercise: one for one in found.items.itertuples()}
    heads = columns("option", "key_or_code", "learners#", "share#", "rest#", "option_rest#")
    parts = []
    for id, taken in found.distractors.groupby("exercise", sort=False):
        number = items[id].number
        told = Markup().join(p(one.sentence) for one in found.flags[found.flags["exercise"] == id].itertuples())
        shown = table(word("options_table", number=number), heads, map(_option, taken.itertuples()))
        parts.append(_OPTIONS.format(number, _title(items[id]), told, shown))
    return p(word("options_say")) + Markup().join(parts) if parts else Markup()


def _option(one: Any) -> tuple[Any, ...]:
    key = Markup('<span class="key">✓ {}</span>').format(word("key")) if one.right else one.misconception
    return p(one.text), key, one.n, bar(one.share), percent(one.mean_rest), two(one.point_biserial)


def objectives(found: Figures, charts: Charts) -> Markup:
    """Mean scores by objective, the lowest first."""
    known, drawn, told = found.objectives.dropna(subset="mean").sort_values("mean", kind="stable"), "", say("stats.objectives_few")
    if len(known):
        low, high = known.iloc[0], known.iloc[-1]
        ends = {"low": low["objective"], "low_mean": percent(low["mean"]), "high": high["objective"], "high_mean": percent(high["mean"])}
        told = say("stats.objectives_say", **ends)
        bars = [(one.objective, one.mean, word("percent", share=percent(one.mean))) for one in known.itertuples()]
        drawn = figure(charts.bars(word("objectives_chart"), told, bars), word("objectives_chart"))
    rows = [
        (one.objective, _numbers(found, one.exercises), one.learners, one.answers, percent(one.mean))
        for one in found.objectives.itertuples()
    ]
    return p(told) + drawn + table(word("objectives_chart"), columns("objective", "numbers", "learners#", "answers#", "difficulty#"), rows)


def misconceptions(found: Figures, charts: Charts) -> Markup:
    """How many learners showed which misconception."""
    held, name = found.misconceptions, word("misconceptions_chart")
    if not len(held):
        return p(say("stats.misconceptions_none"))
    told = say("stats.misconceptions_say", code=held.iloc[0]["code"], shown=held.iloc[0]["learners"], all=found.learners)
    bars = [(f"{one.code} {one.belief}", one.learners / found.learners, str(one.learners)) for one in held.itertuples()]
    rows = [
        (f"{one.code} {one.belief}", one.learners, percent(one.share), one.answers, _numbers(found, one.exercises))
        for one in held.itertuples()
    ]
    heads = columns("misconception", "learners#", "share#", "answers#", "numbers")
    return p(told) + figure(charts.bars(name, told, bars), name) + table(name, heads, rows)


def time(found: Figures, charts: Charts) -> Markup:
    """Minutes, attempts, and what a second try brought."""
    timed, told, drawn = found.items.dropna(subset="minutes"), say("stats.time_none"), ""
    if len(timed) and timed["minutes"].max() > 0:
        longest = timed.loc[timed["minutes"].idxmax()]
        sums = {"total": decimal(timed["minutes"].sum()), "number": longest["number"], "most": decimal(longest["minutes"])}
        told = say("stats.time_say", **sums)
        bars = [(f"{one.number}. {one.title}", one.minutes / longest["minutes"], decimal(one.minutes)) for one in timed.itertuples()]
        drawn = figure(charts.bars(word("time_chart"), told, bars), word("time_chart"))
    rows = [
        (link(found, one), count(one.timed), decimal(one.minutes), decimal(one.attempts), percent(one.first_right), percent(one.best_right))
        for one in found.items.itertuples()
    ]
    heads = columns("question", "timed#", "minutes#", "attempts#", "first_right#", "best_right#")
    return p(f"{told} {_tries(found)}".strip()) + drawn + table(word("time_table"), heads, rows)


def _tries(found: Figures) -> str:
    """The sentence on attempts over all questions, each weighed by its learners; empty where there are too few."""
    tried = found.items.dropna(subset="attempts")
    if not len(tried):
        return ""
    shares = {name: (tried[name] * tried["tried"]).sum() / tried["tried"].sum() for name in ("first_right", "best_right", "attempts")}
    best = {"first": percent(shares["first_right"]), "best": percent(shares["best_right"]), "attempts": decimal(shares["attempts"])}
    return say("stats.tries_say", **best)


def confidence(found: Figures, charts: Charts) -> Markup:
    """Confidence beside correctness; empty where nobody was asked."""
    if not len(found.calibration):
        return Markup()
    told, name = _calibrated(found.calibration.iloc[-1]), word("confidence_chart")
    known = found.calibration.iloc[:-1].dropna(subset="correct")
    dots = [Dot(one.confidence, one.correct, percent(one.confidence)) for one in known.itertuples()]
    drawn = charts.dots(name, told, Axis(word("sure"), _TENTHS), Axis(word("difficulty"), _TENTHS), dots, diagonal=True)
    rows = []
    for one in found.calibration.itertuples():
        sure = word("all") if pd.isna(one.sure) else word("percent", share=f"{one.sure:.0f}")
        rows.append((sure, one.learners, one.answers, percent(one.confidence), percent(one.correct), percent(one.bias)))
    heads = columns("sure_from", "learners#", "answers#", "sure#", "difficulty#", "bias#")
    return p(told) + (figure(drawn, name) + p(word("confidence_read")) if dots else "") + table(name, heads, rows)


def _calibrated(every: pd.Series) -> str:
    """The sentence on the row over all answers."""
    bias = every["bias"]
    if pd.isna(bias):
        return say("stats.calibration_few")
    key = "stats.calibration_over" if bias > _EVEN else "stats.calibration_under" if bias < -_EVEN else "stats.calibration_even"
    return say(key, confidence=percent(every["confidence"]), correct=percent(every["correct"]), bias=percent(abs(bias)))


def marking(found: Figures) -> Markup:
    """How far two markers agree; empty where nobody marked a text twice."""
    if not len(found.agreement):
        return Markup()
    items = {one.exercise: one for one in found.items.itertuples()}
    rows = []
    for one in found.agreement.itertuples():
        figures = (one.texts, percent(one.exact), percent(one.adjacent), two(one.kappa))
        rows.append((_title(items[one.exercise]), one.criterion, listed((one.first, one.second)), *figures))
    heads = columns("question", "criterion", "markers", "texts#", "exact#", "adjacent#", "kappa#")
    return p(say("stats.agreement_say")) + table(word("marking"), heads, rows)


def link(found: Figures, item: Any) -> Markup | str:
    """A question's number and title, leading to its options where it has any."""
    has_options = (found.distractors["exercise"] == item.exercise).any()
    return Markup('<a href="#q{}">{}</a>').format(item.number, _title(item)) if has_options else _title(item)


def _title(item: Any) -> str:
    return f"{item.number}. {item.title}"


def _numbers(found: Figures, exercises: str) -> str:
    numbers = dict(zip(found.items["exercise"], found.items["number"], strict=True))
    return listed(sorted(numbers[id] for id in exercises.split()))
