"""A learner's page: what they answered, what it was worth, and why. One file that needs nothing else and runs nothing."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from importlib.resources import files

from attrs import frozen

from ...content.markdown import html, plain
from ...model.exercise import Exercise, Grade, Part
from ...model.grading import grade
from ...wording import say
from ..assignment import Assignment, Criterion
from .answer_as_html import names, spoken, typed
from .totals import LearnerTotal


@frozen
class Marked:
    """What a person decided about one text: the level of each criterion (0..4, halves where two markers differ by one;
    None where undecided) and comments."""

    levels: Mapping[str, float | None]
    comments: tuple[str, ...] = ()


@frozen
class Question:
    """One question as a learner's page tells it; `answer` is JSON text in the exercise's own ids, None where there is none,
    and `of` the wording that it answers."""

    exercise: str
    status: str
    score: float | None
    points: float | None
    max_points: float
    answer: str | None = None
    of: str | None = None
    rubric: tuple[Criterion, ...] = ()
    marked: Marked | None = None


class Pages:
    """Makes the pages of one assignment; what the same answer is told is worked out once for the whole class.

    `exercise` finds the exercise of an id in the wording that was answered.
    """

    def __init__(self, assignment: Assignment, exercise: Callable[[str, str | None], Exercise]):
        self.assignment, self._exercise = assignment, exercise
        self._style = (files(__package__) / "feedback.css").read_text(encoding="utf-8")
        self._asked = cache(lambda id, of: _prompt(exercise(id, of)))
        self._told = lru_cache(maxsize=5_000)(lambda id, of, answer: _told(exercise(id, of), answer))

    def page(self, row: LearnerTotal, name: str, questions: Iterable[Question]) -> str:
        """The HTML of a learner's page. Whatever a learner typed stands in it as text."""
        asked = [(number, one, self._exercise(one.exercise, one.of)) for number, one in enumerate(questions, 1)]
        body = [_head(self.assignment, row, name), _overview(asked)]
        if self.assignment.feedback.show == "reasons":
            body += [self._question(*each) for each in asked if each[1].max_points or each[1].answer]
        return _PAGE.format(title=typed(f"{self.assignment.title}: {name}"), style=self._style, body="\n".join(body))

    def _question(self, number: int, one: Question, exercise: Exercise) -> str:
        told = _unread(one, exercise) if one.status == "unreadable" else self._told(one.exercise, one.of, one.answer)
        result = f'<p class="result"><strong>{escape(_outcome(one))}</strong>{f" · {_of(one)}" if one.max_points else ""}</p>'
        marked = _rubric(one) if one.rubric and one.marked and any(level is not None for level in one.marked.levels.values()) else ""
        prompt = self._asked(one.exercise, one.of)
        return f"<section><h2>{number}. {plain(exercise.title)}</h2>{prompt}{result}{marked}{told}</section>"


def _prompt(exercise: Exercise) -> str:
    note = html(exercise.note) if exercise.note else ""
    return f"<details open><summary>{escape(say('page.asked'))}</summary>{note}{html(exercise.prompt)}</details>"


def _told(exercise: Exercise, answer: str | None) -> str:
    """An answer (JSON text, own ids) with its reasons, as HTML."""
    given = None if answer is None else grade(exercise, json.loads(answer))
    said = spoken(exercise, json.loads(answer)) if answer is not None else f"<p>{escape(say('page.nothing'))}</p>"
    parts = [f"<h3>{escape(say('page.answered'))}</h3>", said]
    if given:
        parts += ["" if given.status == "needs marking" else html(given.feedback), _parts(exercise, given)]
    if exercise.explanation:
        parts.append(html(exercise.explanation))
    told = given and exercise.kind in _TELLS_ALL
    if not told and (given is None or given.score != 1) and (solution := exercise.solution()):
        parts.append(f"<h3>{escape(say('page.solution'))}</h3>{html(solution)}")
    return "".join(parts)


def _unread(one: Question, exercise: Exercise) -> str:
    """What came and why it could not be read. No reasons and no solution: the learner may be asked to answer again."""
    answer = None if one.answer is None else json.loads(one.answer)
    if answer is None:
        return f"<p>{escape(say('page.unread'))}</p>"
    said = spoken(exercise, answer)
    return f"<h3>{escape(say('page.answered'))}</h3>{said}<p>{typed(grade(exercise, answer).feedback)} {escape(say('page.no_try'))}</p>"


_TELLS_ALL = ("multiple-choice", "sorting", "highlight", "revision")  # kinds whose parts say the whole answer

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main>
{body}
</main></body></html>
"""


def _head(assignment: Assignment, row: LearnerTotal, name: str) -> str:
    lines = [f"<p>{escape(say('page.for'))} <bdi>{typed(name)}</bdi></p>", f'<p class="total">{escape(_result(assignment, row))}</p>']
    if row.late_days:
        lines.append(f"<p>{escape(_late(assignment, row))}</p>")
    return f"<h1>{escape(assignment.title)}</h1>{''.join(lines)}"


def _result(assignment: Assignment, row: LearnerTotal) -> str:
    values = {"points": _points(row.total), "all": _points(assignment.points), "so_far": _points(row.so_far or 0)}
    if row.total is None:
        return say(f"page.{row.status.replace(' ', '_')}", **values)
    text = say("page.total", **values, percent=_points(row.percent or 0))
    return text if row.passed is None else f"{text} {say('page.passed' if row.passed else 'page.not_passed')}"


def _late(assignment: Assignment, row: LearnerTotal) -> str:
    key = "page.too_late" if row.status == "too late" else "page.late_none" if assignment.late.rule != "per-day" else "page.late"
    return say(key, days=row.late_days, percent=f"{assignment.late.percent:g}")


def _overview(asked: Sequence[tuple[int, Question, Exercise]]) -> str:
    head = "".join(f'<th scope="col">{escape(say(f"page.{key}"))}</th>' for key in ("question", "outcome", "points"))
    rows = "".join(
        f'<tr><th scope="row">{number}. {plain(exercise.title)}</th><td>{escape(_outcome(one))}</td><td class="points">{_of(one)}</td></tr>'
        for number, one, exercise in asked
        if one.max_points
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="scroll" role="region" aria-label="{escape(say("page.overview"))}" tabindex="0">{table}</div>'


def _outcome(one: Question) -> str:
    """Right, partly right, not this …: in words."""
    if one.status != "graded":
        return say(f"outcome.{one.status.replace(' ', '_')}")
    return say("verdict.right" if one.score == 1 else "verdict.partly" if one.score else "verdict.wrong")


def _parts(exercise: Exercise, given: Grade) -> str:
    known = dict(names(exercise.controls()))
    lines = [_part(part, known) for part in given.parts if part.text]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _part(part: Part, known: Mapping[str, str]) -> str:
    name = f"{escape(known[part.id])} " if part.id in known else ""
    if part.verdict == "note" and not name:
        return f"<li>{html(part.text)}</li>"
    return f'<li class="{part.verdict}">{name}<strong>{escape(say(f"verdict.{part.verdict}"))}.</strong>{html(part.text)}</li>'


def _rubric(one: Question) -> str:
    """Each criterion with the level that was given and what a text at that level does."""
    lines = []
    for criterion in one.rubric:
        level = one.marked.levels.get(criterion.id) if one.marked else None
        told = next((each.text for each in criterion.level if each.level == level), "")
        text = say("page.level", level=f"{level:g}", told=told).strip() if level is not None else say("outcome.needs_marking")
        lines.append(f"<dt>{escape(criterion.text)}</dt><dd>{escape(text)}</dd>")
    comments = "".join(f'<p class="typed" dir="auto">{typed(comment)}</p>' for comment in (one.marked.comments if one.marked else ()))
    said = f"<h3>{escape(say('page.comments'))}</h3>{comments}" if comments else ""
    return f"<h3>{escape(say('page.rubric'))}</h3><dl>{''.join(lines)}</dl>{said}"


def _of(one: Question) -> str:
    """Points reached of the most there are; a dash where they are not known yet."""
    return f"{_points(one.points) or '–'} / {_points(one.max_points)}"


def _points(points: float | None) -> str:
    """Points without needless zeros; an empty text where there are none yet."""
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")
