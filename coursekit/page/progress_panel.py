"""What is done and what comes next, as a table with a sentence below it: HTML, and plain text for a page that nobody has run."""

from collections.abc import Iterator, Sequence
from html import escape

from attrs import frozen

from ..record.progress import Tally
from ..wording import say
from .cards import Card

_CELL = "text-align:left;padding:6px 12px 6px 0;vertical-align:top;"
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


def _html(rows: Sequence[tuple[str, Tally]], following: Next) -> str:
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(say(f"progress.{key}"))}</th>' for key in ("what", "done"))
    body = "".join(
        f'<tr><th scope="row" style="{_CELL}font-weight:400">{escape(text)}</th><td style="{_CELL}">{_bar(tally)}</td></tr>'
        for text, tally in rows
    )
    file = following.file
    link = f' <a href="{escape(file)}">{escape(say("progress.open", file=file))}</a>' if file else ""
    return (
        f'<section aria-label="{escape(say("progress.title"))}" style="{_CARD}"><table style="border-collapse:collapse;width:100%">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(following.sentence)}{link}</p></section>"
    )


def _bar(tally: Tally) -> str:
    """The count in words, with a bar that repeats it for the eye."""
    width = 100 * tally.done // tally.total
    return (
        f'{escape(_count(tally))}<div aria-hidden="true" style="height:6px;min-width:6rem;margin-top:4px;border-radius:3px;'
        'background:var(--jp-layout-color3,#ddd)">'
        f'<div style="height:6px;border-radius:3px;width:{width}%;background:var(--jp-content-font-color1,#1b1b1b)"></div></div>'
    )


def _text(rows: Sequence[tuple[str, Tally]], following: Next) -> Iterator[str]:
    yield from (f"{text}: {_count(tally)}" for text, tally in rows)
    yield following.sentence


def _count(tally: Tally) -> str:
    return say("progress.count", done=tally.done, total=tally.total)
