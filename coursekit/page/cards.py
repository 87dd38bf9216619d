"""The static cards of a notebook: where a unit stands and what it asks, and who is who in a case.

Pure functions from a unit or a case to HTML and plain text: the same object always gives the same card,
so that executed notebooks can be compared. Styles stand inline, since a notebook page may drop a style sheet.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from ..content import markdown
from ..wording import say, section
from .html import Safe, joined, tag

STEPS = ("gate", "triage", "understand", "decide", "act", "learn")

# Jupyter's own theme colours, so that light and dark follow the page; the second value serves pages without a theme.
_TEXT = "var(--jp-content-font-color1,#1b1b1b)"
_PAGE = "var(--jp-layout-color1,#ffffff)"
_SHADE = "color-mix(in srgb, var(--jp-content-font-color1,#1b1b1b) 3%, var(--jp-layout-color1,#ffffff))"
_LINE = "var(--jp-border-color1,#bdbdbd)"

_CARD = (
    f"box-sizing:border-box;max-width:48rem;margin:8px 0;padding:clamp(14px,4%,24px) clamp(14px,4.5%,28px);color:{_TEXT};"
    f"background:{_SHADE};border:1px solid {_LINE};border-radius:12px;line-height:1.55;overflow-wrap:break-word"
)
_STRIP = "display:flex;flex-wrap:wrap;gap:6px;list-style:none;margin:0 0 12px;padding:0"
_STOP = "display:flex;align-items:center;gap:6px;margin:0"
_STEP = f"padding:3px 10px;border:1px solid {_LINE};border-radius:6px"
_STEP_HERE = f"padding:2px 9px;border:2px solid {_TEXT};border-radius:6px;background:{_PAGE};font-weight:700"
_LABEL = "margin:12px 0 2px;font-weight:700"
_PLAIN = "margin:0 0 4px"
_LIST = "margin:0;padding-left:1.3em"
_TABLE = "border-collapse:collapse;line-height:1.5;table-layout:auto;width:100%;margin:0;font-size:inherit"
_CAPTION = "caption-side:top;padding:12px 0 2px;text-align:left;font-size:inherit;font-style:normal;font-weight:700;color:inherit"
_ROW = f"background:transparent;color:inherit;border-top:1px solid {_LINE}"
_WHEN = "width:6em;padding:4px 10px 4px 0;text-align:left;vertical-align:top;font-weight:600;white-space:normal"
_WHAT = "padding:4px 0;text-align:left;vertical-align:top;white-space:normal;max-width:none"
_FIGURE = "margin:10px 0 0;break-inside:avoid"
_QUOTE = f"margin:0;padding:4px 12px;border-left:3px solid {_LINE};color:inherit;background:transparent;font-style:normal"
_NOTE = f"margin:0 0 10px;padding:6px 10px;border:2px solid {_TEXT};border-radius:4px"


@frozen
class Card:
    """A card as HTML and as plain text; Jupyter shows whichever the page can show."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def unit_card(unit: Any) -> Card:
    """Where the unit stands on the decision path, how long it takes, what it asks and what you can do after it."""
    time = say("cards.minutes", n=unit.minutes)
    objectives = [say("cards.objective", text=one.text, minutes=one.minutes) for one in unit.objective]
    html = _section(
        say("cards.unit_label", title=unit.title),
        _strip(unit.step),
        _paragraph(time),
        _list(say("cards.questions"), unit.question),
        _list(say("cards.objectives"), objectives),
    )
    text = _lines(
        _strip_text(unit.step),
        time,
        _bullets(say("cards.questions"), unit.question),
        _bullets(say("cards.objectives"), objectives),
    )
    return Card(html, text)


def case_card(case: Any) -> Card:
    """A case as its people know it: content note, setting, who is who, dated events, letters. Never the bare figures."""
    title = say("cards.case_title", code=case.code, title=case.title)
    html = _section(
        title,
        tag("h3", title, style="margin:0 0 2px"),
        _paragraph(_facts(case)),
        _note(case.note),
        _setting(case.setting),
        _list(say("cards.people"), [_person(one) for one in case.person]),
        _events(case.event),
        _quotes(case.quote),
    )
    return Card(html, _case_text(title, case))


def _case_text(title: str, case: Any) -> str:
    note = f"{say('cards.content_note')} {case.note}" if case.note else ""
    return _lines(
        f"{title}\n{_facts(case)}",
        note,
        case.setting,
        _bullets(say("cards.people"), [_person(one) for one in case.person]),
        _bullets(say("cards.events"), [say("cards.event", when=one.when, text=" ".join(one.text.split())) for one in case.event]),
        *[say("cards.quote", signature=_signature(one), text=one.text.strip()) for one in case.quote],
    )


def _strip(here: str) -> Safe:
    """The six steps in order. The one you are at is said in words, not shown by colour alone."""
    steps = [_step(step, step == here) for step in STEPS]
    # Safari forgets that a list without bullets is a list, unless the role says it again.
    path = tag("ol", *steps, role="list", aria_label=say("cards.path"), style=_STRIP)
    return path if here in STEPS else joined(path, _paragraph(say("cards.before_path")))


def _step(step: str, here: bool) -> Safe:
    name = say(f"cards.step.{step}")
    box = tag("span", say("cards.here", step=name), style=_STEP_HERE) if here else tag("span", name, style=_STEP)
    arrow = "" if step == STEPS[-1] else tag("span", "→", aria_hidden="true")
    return tag("li", box, arrow, aria_current="step" if here else None, style=_STOP)


def _strip_text(here: str) -> str:
    names = {step: say(f"cards.step.{step}") for step in STEPS}
    stops = [f"[{say('cards.here', step=name)}]" if step == here else name for step, name in names.items()]
    path = say("cards.path_text", steps=" > ".join(stops))
    return path if here in STEPS else f"{path}\n{say('cards.before_path')}"


def _facts(case: Any) -> str:
    """Trade, country and currency in one line."""
    countries = " / ".join(_named("country", code) for code in case.country.split("/"))
    return " · ".join(part for part in (case.trade, countries, case.currency) if part)


def _setting(text: str) -> Safe:
    """The setting; one with a table scrolls on a narrow page, and can be scrolled with the keyboard."""
    html = markdown.html(text)
    if "<table" not in html:
        return html
    return tag("div", html, role="region", tabindex=0, aria_label=say("cards.setting"), style="overflow-x:auto")


def _person(person: Any) -> str:
    return say("cards.person", name=person.name, role=person.role, side=_named("side", person.side))


def _named(table: str, code: str) -> str:
    """The word for a code of that table; the code itself where it has none."""
    return section("cards")[table].get(code, code)


def _note(note: str) -> Safe | str:
    return tag("p", tag("strong", say("cards.content_note")), " ", note, style=_NOTE) if note else ""


def _events(events: Iterable[Any]) -> Safe | str:
    rows = [
        tag(
            "tr",
            tag("th", one.when, scope="row", style=_WHEN),
            tag("td", _unwrapped(markdown.html(one.text)), style=_WHAT),
            style=_ROW,
        )
        for one in events
    ]
    if not rows:
        return ""
    return tag("table", tag("caption", say("cards.events"), style=_CAPTION), tag("tbody", *rows), style=_TABLE)


def _quotes(quotes: Iterable[Any]) -> Safe | str:
    letters = [
        tag(
            "figure",
            tag("figcaption", _signature(one), style=_PLAIN),
            tag("blockquote", *_said(one.text), style=_QUOTE),
            style=_FIGURE,
        )
        for one in quotes
    ]
    return joined(tag("p", say("cards.quotes"), style=_LABEL), *letters) if letters else ""


def _signature(quote: Any) -> str:
    return say("cards.signature", who=quote.who, when=quote.when) if quote.who and quote.when else quote.who or quote.when


def _said(text: str) -> Iterator[Safe]:
    """Somebody's words, as they stand: a blank line starts a paragraph, a line break stays one, nothing is Markdown."""
    for part in text.split("\n\n"):
        if part.strip():
            first, *more = part.strip().split("\n")
            yield tag("p", first, *(joined(tag("br"), line) for line in more), style=_PLAIN)


def _unwrapped(html: Safe) -> Safe:
    """A lone paragraph without its <p>, whose margins would pull the rows of a table apart."""
    lone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return Safe(html[3:-4]) if lone else html


def _section(label: str, *parts: Safe | str) -> Safe:
    return tag("section", *parts, class_="ck-card", aria_label=label, style=_CARD)


def _paragraph(text: str) -> Safe:
    return tag("p", text, style=_PLAIN)


def _list(label: str, items: Iterable[str]) -> Safe | str:
    rows = [tag("li", item, style="margin:0 0 2px") for item in items]
    return joined(tag("p", label, style=_LABEL), tag("ul", *rows, aria_label=label, style=_LIST)) if rows else ""


def _bullets(label: str, items: Iterable[str]) -> str:
    rows = [f"- {item}" for item in items]
    return "\n".join([label, *rows]) if rows else ""


def _lines(*blocks: str) -> str:
    """Blocks of plain text with a blank line between; empty ones left out."""
    return "\n\n".join(block.strip() for block in blocks if block.strip())
