"""What the marking page shows, as plain JSON. Only authors' Markdown becomes HTML; what a learner wrote stays text."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from attrs import frozen

from ...content.markdown import html
from ...wording import say, section
from ..assignment import LEVELS
from ..marks import Mark
from .agreement import Agreement
from .marking_session import INSIDE, Desk, Unit

Given = dict[Mark, list[tuple[int, str]]]  # what each marker gave and said, without their names


@frozen
class About:
    """What stays the same during a session: who marks, how, what to do afterwards; in a decision also what the markers gave."""

    name: str
    mode: str  # "first", "second" or "decision"
    then: str
    given: Given
    agreements: Sequence[Agreement] = ()


def view(desk: Desk, about: About) -> dict[str, Any]:
    """Everything that the page shows now."""
    unit = desk.unit
    return {
        "words": section("marking_page"),
        "title": desk.pile.title,
        "about": say(f"marking_page.as_{about.mode}", name=about.name),
        "unit": _unit(desk, unit, about.given) if unit else None,
        "question": _question(desk, unit) if unit else None,
        "progress": _progress(desk, unit) if unit else None,
        "nothing": "" if unit else _nothing(desk, about.mode),
        "finished": bool(unit) and desk.finished,
        "then": about.then,
        "agreements": [_agreement(desk, one) for one in about.agreements],
        "saved": _time(desk.saved_at),
        "said": desk.said,
        "trouble": desk.trouble,
    }


def _nothing(desk: Desk, mode: str) -> str:
    key = "nothing_disputed" if mode == "decision" else "nothing_taken" if desk.pile.texts else "nothing"
    return say(f"marking_page.{key}")


def _question(desk: Desk, unit: Unit) -> dict[str, Any]:
    question, criterion = desk.question, desk.criterion
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


def _unit(desk: Desk, unit: Unit, given: Given) -> dict[str, Any]:
    texts = [desk.pile.texts[key] for key in desk.shown()]
    return {
        "id": unit.id,
        "texts": [
            {"key": one.key, "text": one.text, "learners": one.learners, "level": desk.levels.get((one.key, unit.criterion))}
            for one in texts
        ],
        "size": len(unit.keys),
        "learners": sum(desk.pile.texts[key].learners for key in unit.keys),
        "inside": desk.inside,
        "hidden": max(0, len(unit.keys) - INSIDE) if desk.inside else 0,
        "level": desk.level(unit),
        "comment": desk.comment(unit),
        "bank": desk.bank(),
        "given": [{"level": level, "comment": comment} for level, comment in given.get((unit.keys[0], unit.criterion), ())],
        "decide": desk.disputes is not None,
    }


def _progress(desk: Desk, unit: Unit) -> dict[str, Any]:
    (done, all), (done_all, all_all) = desk.done(unit), desk.done()
    seconds = desk.seconds_left()
    minutes = None if seconds is None else max(1, ceil(seconds / 60))
    return {"done": done, "all": all, "done_all": done_all, "all_all": all_all, "open": desk.open_units(), "minutes": minutes}


def _agreement(desk: Desk, one: Agreement) -> str:
    """A row of the agreement of two markers."""
    names = {(question.exercise.id, each.id): each.text for question in desk.pile.questions for each in question.criteria}
    kappa = say("marking_page.kappa_none") if one.kappa is None else f"{one.kappa:.2f}"
    shares = {"exact": round(100 * one.exact), "adjacent": round(100 * one.adjacent)}
    criterion = names.get((one.exercise, one.criterion), one.criterion)
    return say("marking_page.agreement_row", criterion=criterion, texts=one.texts, kappa=kappa, **shares)


def _time(at: datetime | None) -> str:
    return at.isoformat() if at else ""
