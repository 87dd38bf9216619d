"""What the marking page shows, as plain JSON. Only authors' Markdown becomes HTML; what a learner wrote stays text."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from attrs import frozen

from ...content.markdown import html
from ...formats import decimal
from ...wording import page_words, say
from ..assignment import LEVELS
from ..marks import Mark
from .agreement import Agreement
from .marking_session import INSIDE, MarkingSession, Unit

Given = dict[Mark, list[tuple[int, str]]]  # what each marker gave and said, without their names


@frozen
class About:
    """What stays the same during a session: who marks, how, what to do afterwards; in a decision also what the markers gave."""

    name: str
    mode: str  # "first", "second" or "decision"
    then: str
    given: Given
    agreements: Sequence[Agreement] = ()


def view(session: MarkingSession, about: About) -> dict[str, Any]:
    """Everything that the page shows now."""
    unit = session.unit
    return {
        "words": page_words("marking_page"),
        "title": session.pile.title,
        "about": say(f"marking_page.as_{about.mode}", name=about.name),
        "unit": _unit(session, unit, about.given) if unit else None,
        "question": _question(session, unit) if unit else None,
        "progress": _progress(session, unit) if unit else None,
        "nothing": "" if unit else _nothing(session, about.mode),
        "finished": bool(unit) and session.finished,
        "then": about.then,
        "agreements": [_agreement(session, one) for one in about.agreements],
        "saved": _time(session.saved_at),
        "said": session.said,
        "trouble": session.trouble,
    }


def _nothing(session: MarkingSession, mode: str) -> str:
    key = "nothing_disputed" if mode == "decision" else "nothing_taken" if session.pile.texts else "nothing"
    return say(f"marking_page.{key}")


def _question(session: MarkingSession, unit: Unit) -> dict[str, Any]:
    question, criterion = session.question, session.criterion
    described = {level.level: level.text for level in criterion.level}
    return {
        "id": question.exercise.id,
        "title": question.exercise.title,
        "prompt": html(question.exercise.prompt),
        "criterion": {"id": criterion.id, "text": criterion.text},
        "number": question.criteria.index(criterion) + 1,
        "of": len(question.criteria),
        "levels": [{"level": level, "text": described.get(level, "")} for level in LEVELS],
        "anchors": [
            {"level": anchor.level, "text": html(anchor.text), "why": html(anchor.why)}
            for anchor in sorted(question.exercise.anchor, key=lambda anchor: -anchor.level)
        ],
    }


def _unit(session: MarkingSession, unit: Unit, given: Given) -> dict[str, Any]:
    texts = [session.pile.texts[key] for key in session.shown()]
    return {
        "id": unit.id,
        "texts": [
            {"key": one.key, "text": one.text, "learners": one.learners, "level": session.levels.get((one.key, unit.criterion))}
            for one in texts
        ],
        "size": len(unit.keys),
        "learners": sum(session.pile.texts[key].learners for key in unit.keys),
        "inside": session.inside,
        "hidden": max(0, len(unit.keys) - INSIDE) if session.inside else 0,
        "level": session.level(unit),
        "comment": session.comment(unit),
        "bank": session.bank(),
        "given": [{"level": level, "comment": comment} for level, comment in given.get((unit.keys[0], unit.criterion), ())],
        "decide": session.disputes is not None,
    }


def _progress(session: MarkingSession, unit: Unit) -> dict[str, Any]:
    (done, all), (done_all, all_all) = session.done(unit), session.done()
    seconds = session.seconds_left()
    minutes = None if seconds is None else max(1, ceil(seconds / 60))
    return {"done": done, "all": all, "done_all": done_all, "all_all": all_all, "open": session.open_units(), "minutes": minutes}


def _agreement(session: MarkingSession, one: Agreement) -> str:
    """A row of the agreement of two markers."""
    names = {(question.exercise.id, each.id): each.text for question in session.pile.questions for each in question.criteria}
    kappa = say("marking_page.kappa_none") if one.kappa is None else decimal(one.kappa, 2)
    shares = {"exact": round(100 * one.exact), "adjacent": round(100 * one.adjacent)}
    criterion = names.get((one.exercise, one.criterion), one.criterion)
    return say("marking_page.agreement_row", criterion=criterion, n=one.texts, kappa=kappa, **shares)


def _time(at: datetime | None) -> str:
    return at.isoformat() if at else ""
