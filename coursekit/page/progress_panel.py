"""What is done and what comes next, as a table with a sentence below it: HTML, and plain text for a page that nobody has run."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from ..record.progress import Tally
from ..wording import say
from .cards import Card
from .html import Safe, joined, tag

_CELL = "text-align:left;padding:6px 12px 6px 0;vertical-align:top;"
_DONE = "height:6px;border-radius:3px;"
_BAR = "height:6px;min-width:6rem;margin-top:4px;border-radius:3px;background:var(--jp-layout-color3,#ddd)"
_CARD = (
    "box-sizing:border-box;max-width:48rem;margin:8px 0;padding:clamp(14px,4%,24px) clamp(14px,4.5%,28px);"
    "color:var(--jp-content-font-color1,#1b1b1b);background:var(--jp-layout-color1,#fff);"
    "border:1px solid var(--jp-border-color1,#bdbdbd);border-radius:12px;line-height:1.55"
)


@frozen
class Next:
    """The sentence on what comes next, and the file of the notebook that it is in; empty where there is none."""

    sentence: str
    file: str = ""


def progress_panel(rows: Sequence[tuple[str, Tally]], following: Next) -> Card:
    """The panel of some counts, each with the text that names it, and of what comes next."""
    return Card(_html(rows, following), "\n".join(_text(rows, following)))


def _html(rows: Sequence[tuple[str, Tally]], following: Next) -> Safe:
    head = [tag("th", say(f"progress.{key}"), scope="col", style=_CELL) for key in ("what", "done")]
    body = [
        tag("tr", tag("th", text, scope="row", style=f"{_CELL}font-weight:400"), tag("td", _bar(tally), style=_CELL))
        for text, tally in rows
    ]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), style="border-collapse:collapse;width:100%")
    file = following.file
    link = joined(" ", tag("a", say("progress.open", file=file), href=file)) if file else ""
    return tag("section", table, tag("p", following.sentence, link), aria_label=say("progress.title"), style=_CARD)


def _bar(tally: Tally) -> Safe:
    """The count in words, with a bar that repeats it for the eye."""
    done = tag("div", style=f"{_DONE}width:{100 * tally.done // tally.total}%;background:var(--jp-content-font-color1,#1b1b1b)")
    return joined(_count(tally), tag("div", done, aria_hidden="true", style=_BAR))


def _text(rows: Sequence[tuple[str, Tally]], following: Next) -> Iterator[str]:
    yield from (say("progress.row", what=text, count=_count(tally)) for text, tally in rows)
    yield following.sentence


def _count(tally: Tally) -> str:
    return say("progress.count", done=tally.done, total=tally.total)
