"""One notebook page: its exercises, cards and progress panels, which keep each other up to date."""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from .. import wording
from ..assignment.bundle import Bundle, find_bundle
from ..assignment.hand_in import Handover
from ..content import location
from ..content.library import Library, load
from ..content.notebook_order import file_of, plan
from ..errors import BadBundle, NotSaved
from ..record.attempts import Log
from ..record.forms import Moment, form_for, items
from ..record.hard_scenes import skips
from ..record.progress import Progress, Tally
from ..record.progress import progress as computed
from .cards import Card, case_card, unit_card
from .hand_in_panel import HandIn
from .panel import Panel
from .widgets import Form, Forms, now

_panels: list[tuple[str, Panel]] = []  # shown in this kernel, refreshed after each act
_desks: list[HandIn] = []  # likewise


@cache
def library() -> Library:
    """The course's content, read once for a page."""
    return load(location.root() / "exercises")


def exercise(id: str) -> Form:
    """The form of an exercise, with the learner's last answer in it."""
    asked = library()[id]
    form = Form(library()[asked.alternative] if asked.alternative and _skips() else asked)
    form.after(_refresh)
    return form


def measure(moment: Moment) -> Forms:
    """The test form that this learner gets at that moment: "before", "after" or "later"."""
    ids = items(library(), form_for(Log().learner(), moment))
    return Forms([exercise(id) for id in ids], wording.say("measure.about", count=len(ids)))


def unit(name: str) -> Card:
    """Where the unit stands on the decision path, with its questions and objectives."""
    return unit_card(library().unit(name), wording.section("cards"))


def case(name: str) -> Card:
    """Who is who in a case, what happened, and the letters."""
    asked = library().case(name)
    return case_card(library().case(asked.alternative) if asked.alternative and _skips() else asked, wording.section("cards"))


def _skips() -> bool:
    return skips(library(), Log().entries())


def progress(name: str = "") -> Panel:
    """What is done and what comes next: the whole course, or one unit with its objectives."""
    blank_html, blank_text = _progress(name, None)
    panel = Panel(_progress(name, Log())[0], blank_text, blank_html)
    _panels.append((name, panel))
    return panel


def question(number: int) -> Form:
    """The form of a question of the assignment in this folder; the first is number 1. Raises BadBundle."""
    asked = _assignment(Path.cwd()).questions
    if number not in range(1, len(asked) + 1):
        raise BadBundle(wording.say("bundle.no_question", number=number, count=len(asked)))
    form = Form(asked[number - 1])
    form.after(_keep_up)
    return form


def hand_in() -> HandIn:
    """What is answered of the assignment in this folder, and a button to hand it in. Raises BadBundle."""
    desk = HandIn(Handover(_assignment(Path.cwd()), Path.cwd(), Log(), now))
    _desks.append(desk)
    return desk


@cache
def _assignment(folder: Path) -> Bundle:
    """The assignment as this learner has it, read once for a page."""
    try:
        learner = Log().learner()
    except NotSaved:  # said at the first answer
        learner = ""
    return find_bundle(folder).for_learner(learner)


def _keep_up() -> None:
    for desk in _desks:
        desk.refresh()


def _refresh() -> None:
    for name, panel in _panels:
        panel.html = _progress(name, Log())[0]


def _progress(name: str, log: Log | None) -> tuple[str, str]:
    """HTML and plain text; `log` None stands for a learner who has not begun, as in the saved notebook."""
    asked = plan(location.root() / "notebooks")
    now = computed(library(), log.entries() if log else [], asked)
    tallies = [tally for tally in now.units if tally.total and name in ("", tally.id)]
    rows = [(_title(tally.id), tally) for tally in tallies]
    if name:
        rows += [
            (objective.text, now.objectives[objective.id]) for objective in library().unit(name).objective if objective.id in now.objectives
        ]
    return _html(rows, _next(now)), "\n".join(_text(rows, _next(now)))


def _title(unit: str) -> str:
    units = library().units
    return units[unit].title if unit in units else unit


def _next(now: Progress) -> tuple[str, str]:
    """The sentence on what comes next, and the notebook it is in."""
    if now.next is None:
        return wording.say("progress.all_done"), ""
    one = library()[now.next]
    file = file_of(location.root() / "notebooks", one.unit)
    return wording.say("progress.next", title=one.title, unit=_title(one.unit)), file


def _html(rows: list[tuple[str, Tally]], following: tuple[str, str]) -> str:
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(wording.say(f"progress.{key}"))}</th>' for key in ("what", "done"))
    body = "".join(
        f'<tr><th scope="row" style="{_CELL}font-weight:400">{escape(text)}</th><td style="{_CELL}">{_bar(tally)}</td></tr>'
        for text, tally in rows
    )
    sentence, file = following
    link = f' <a href="{escape(file)}">{escape(wording.say("progress.open", file=file))}</a>' if file else ""
    return (
        f'<section aria-label="{escape(wording.say("progress.title"))}" style="{_CARD}"><table style="border-collapse:collapse;width:100%">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(sentence)}{link}</p></section>"
    )


def _bar(tally: Tally) -> str:
    """The count in words, with a bar that repeats it for the eye."""
    words = wording.say("progress.count", done=tally.done, total=tally.total)
    width = 100 * tally.done // tally.total
    return (
        f'{escape(words)}<div aria-hidden="true" style="height:6px;min-width:6rem;margin-top:4px;border-radius:3px;'
        'background:var(--jp-layout-color3,#ddd)">'
        f'<div style="height:6px;border-radius:3px;width:{width}%;background:var(--jp-content-font-color1,#1b1b1b)"></div></div>'
    )


def _text(rows: list[tuple[str, Tally]], following: tuple[str, str]) -> Iterator[str]:
    for text, tally in rows:
        yield f"{text}: {wording.say('progress.count', done=tally.done, total=tally.total)}"
    yield following[0]


_CELL = "text-align:left;padding:6px 12px 6px 0;vertical-align:top;"
_CARD = (
    "box-sizing:border-box;max-width:48rem;margin:8px 0;padding:clamp(14px,4%,24px) clamp(14px,4.5%,28px);"
    "color:var(--jp-content-font-color1,#1b1b1b);background:var(--jp-layout-color1,#fff);"
    "border:1px solid var(--jp-border-color1,#bdbdbd);border-radius:12px;line-height:1.55"
)
