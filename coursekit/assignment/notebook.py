"""The notebook of a released assignment. It follows from the bundle and the materials alone, so that anyone can make it again.

Signing relies on that: a notebook is trusted only if its code is the one that would be made here.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from ..content.foreign_markdown import quiet
from ..content.markdown import plain
from ..content.notebooks import METADATA
from ..content.question_text import as_html, as_text
from ..errors import BadBundle
from ..formats import day, decimal, time
from ..model.plain_text import literal
from ..wording import say
from .bundle import Bundle
from .bundle_fields import Material

LARGEST = 100_000_000  # bytes of a material that is shown
ROWS = 200  # of a table that the notebook shows; the rest is in the file
_LOCKED = {"grade": False, "locked": True, "schema_version": 3, "solution": False, "task": False}  # nbgrader: leave as it is
_HEADING = re.compile(r"^(#{1,4})(?= )", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Cell = dict[str, Any]


def notebook(bundle: Bundle, folder: Path) -> str:
    """The notebook of a bundle as text: the same for the same bundle and the same materials in `folder`.

    Raises BadBundle where a material is missing or is no text.
    """
    cells = [_markdown("about", _about(bundle))]
    cells += [_markdown(f"material-{n}", _material(one, folder)) for n, one in enumerate(bundle.material, 1)]
    cells.append(_code("begin", "from coursekit import hand_in, question"))
    cells += [_code(f"question-{n}", f"question({n})", as_text(one), as_html(one)) for n, one in enumerate(bundle.questions, 1)]
    last = say("handout.hand_in")
    cells.append(_code("hand-in", "hand_in()", last, f"<p>{plain(last)}</p>"))
    for number, cell in enumerate([cell for cell in cells if cell["cell_type"] == "code"], 1):
        cell["execution_count"] = number
        for output in cell["outputs"]:
            output["execution_count"] = number
    whole = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def readme(bundle: Bundle) -> str:
    """Three lines for the learner: what it is, how to open it, how to give it back."""
    return say("handout.readme", title=bundle.title, name=bundle.name, due=when(bundle.due))


def when(at: datetime) -> str:
    """ "Friday, 15 January 2027, 17:00 (UTC+01:00)": a time as its author wrote it, with its zone."""
    return say("handout.when", date=day(at), time=time(at), zone=at.tzname() or "UTC")


def _markdown(name: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": {"nbgrader": _LOCKED | {"grade_id": name}}, "source": text}


def _code(name: str, source: str, text: str = "", html: str = "") -> Cell:
    """A hidden cell, shown as it is before anybody has run it."""
    data = {"text/html": html, "text/plain": text}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"jupyter": {"source_hidden": True}, "nbgrader": _LOCKED | {"grade_id": name}},
        "source": source,
        "outputs": [{"output_type": "execute_result", "data": data, "metadata": {}}] if text else [],
    }


def _about(bundle: Bundle) -> str:
    title, about = f"# {_literal(bundle.title)}", quiet(bundle.about.strip())
    return "\n\n".join(filter(None, (title, about, "\n".join(f"- {line}" for line in _terms(bundle)), say("handout.silent"))))


def _terms(bundle: Bundle) -> Iterator[str]:
    """How long it takes, when it is due, what late costs, which answer counts, and what comes back: a sentence each."""
    yield say("handout.due", due=when(bundle.due))
    if bundle.late_rule == "per-day":
        yield say("handout.late_per_day", percent=decimal(bundle.late_percent))
    elif bundle.late_until is None:
        yield say("handout.late_none")
    if bundle.late_until is not None:
        yield say("handout.late_until", until=when(bundle.late_until))
    if bundle.minutes:
        yield say("handout.minutes", n=bundle.minutes)
    yield say("handout.points", count=len(bundle.questions), points=decimal(bundle.points))
    if bundle.pass_percent is not None:
        yield say("handout.pass", percent=decimal(bundle.pass_percent))
    counts = say(f"released.counts_{bundle.count}")
    yield say("handout.saves", counts=counts) + (" " + say("handout.most", n=bundle.most) if bundle.most else "")
    yield say("handout.leaves")
    if any(one.private for one in bundle.questions):
        yield say("handout.private")
    back = say(f"handout.back_{bundle.feedback}")
    yield back if bundle.feedback_after is None else say("handout.back_after", back=back, after=when(bundle.feedback_after))


def _material(one: Material, folder: Path) -> str:
    try:
        path = (folder / one.file).resolve()  # a link may lead out of the folder, to what nobody meant to show
        if not (path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= LARGEST):
            raise OSError
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, RuntimeError):  # RuntimeError: links in a circle
        raise BadBundle(say("handout.no_material", file=one.file)) from None
    shown = _table(one.file, text) if one.file.endswith(".csv") else _HEADING.sub(r"##\1", quiet(text.strip()))
    return f"## {_literal(one.title)}\n\n{shown}"


def _table(file: str, text: str) -> str:
    """A CSV as a Markdown table; a long one is cut, and says so."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error:
        raise BadBundle(say("handout.no_material", file=file)) from None
    width = max(map(len, rows), default=0)
    lines = ["| " + " | ".join(_cell(cell) for cell in row + [""] * (width - len(row))) + " |" for row in rows[: ROWS + 1]]
    lines.insert(1, "|" + " --- |" * width)
    more = len(rows) - 1 - ROWS
    return "\n".join(lines) + (f"\n\n{say('handout.more_rows', n=more, file=file)}" if more > 0 else "")


def _cell(text: str) -> str:
    """The text of a cell; a date stays on one line."""
    return text.replace("-", "\u2011") if _DATE.fullmatch(text) else _literal(text)


def _literal(text: str) -> str:
    """A text that is not Markdown, on one line."""
    return quiet(literal(text))
