"""The report on an assignment's questions: one page of HTML that needs nothing else, for a screen, a reader and paper.

Whatever an author wrote goes through Markdown with raw HTML off, or is escaped; of what learners wrote there are only figures.
"""

from html import escape
from importlib.resources import files

from ...wording import say, section
from . import report_sections
from .all_tables import Figures
from .charts import Charts
from .flags import ENOUGH, FLAGS
from .group_report import LEAST_LEARNERS
from .html_parts import chips, p, points, two, word

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # no script, picture or address, whatever stands in a text


def page(found: Figures) -> str:
    """The whole page; the same figures give the same bytes."""
    parts = {name: body for name, body in _parts(found).items() if body}
    links = "".join(f'<li><a href="#{name}">{escape(word(name))}</a></li>' for name in parts)
    nav = f'<nav aria-label="{escape(word("contents"))}"><ul>{links}</ul></nav>'
    body = "".join(
        f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{escape(word(name))}</h2>{part}</section>'
        for name, part in parts.items()
    )
    title = escape(f"{say('stats.title')}: {found.work.assignment.title}")
    style = (files(__package__) / "report.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>{style}</style></head>'
        f"<body>{_head(found)}<main>{nav}{body}</main></body></html>\n"
    )


def _parts(found: Figures) -> dict[str, str]:
    """{name of a section: its HTML, empty where there is nothing to say}."""
    charts = Charts()
    return {
        "look": _look(found),
        "totals": report_sections.totals(found, charts),
        "questions": report_sections.questions(found, charts),
        "options": report_sections.options(found),
        "objectives": report_sections.objectives(found, charts),
        "misconceptions": report_sections.misconceptions(found, charts),
        "time": report_sections.time(found, charts),
        "confidence": report_sections.confidence(found, charts),
        "marking": report_sections.marking(found),
        "terms": _terms(),
    }


def _head(found: Figures) -> str:
    """Title, what is secret, five figures, and what the number of learners allows to say."""
    one, most = found.overall, word("of_points", most=points(found.most))
    interval = word("interval", low=two(one.low), high=two(one.high)) if one.alpha is not None else ""
    tiles = [
        ("learners", found.learners, ""),
        ("questions_all", len(found.items), ""),
        ("mean", points(one.mean), most if one.mean is not None else ""),
        ("alpha", two(one.alpha), interval),
        ("error", points(one.error), most if one.error is not None else ""),
    ]
    cells = "".join(f"<div><dt>{escape(word(name))}</dt><dd>{value}<small>{escape(more)}</small></dd></div>" for name, value, more in tiles)
    return (
        f'<header><h1>{escape(say("stats.title"))}</h1><p class="what">{escape(found.work.assignment.title)}</p>'
        f'<p class="note">{escape(say("stats.secret"))}</p><dl class="tiles">{cells}</dl>{p(_size(found.learners))}</header>'
    )


def _size(learners: int) -> str:
    """What so many learners cannot show: half the 95 % interval of a share of ½, and of a correlation of 0 (Fisher's z)."""
    if learners < LEAST_LEARNERS:
        return say("stats.few", n=learners)
    share, r = 98 / learners**0.5, 1.96 / max(learners - 3, 4) ** 0.5
    return say("stats.small" if learners < ENOUGH else "stats.enough", n=learners, share=f"{share:.0f}", r=f"{r:.2f}", enough=ENOUGH)


def _look(found: Figures) -> str:
    """The flagged questions, the gravest cause first."""
    if not len(found.flags):
        return p(say("stats.nothing_flagged"))
    items = {one.number: one for one in found.items.itertuples()}
    order = sorted(found.flags.itertuples(), key=lambda one: (FLAGS.index(one.flag), one.number))
    lines = "".join(f"<li>{chips(one.flag)} {report_sections.link(found, items[one.number])}{p(one.sentence)}</li>" for one in order)
    told = say("stats.flagged", questions=found.flags["exercise"].nunique(), all=len(found.items))
    return f'{p(told)}<ul class="flags">{lines}</ul>'


def _terms() -> str:
    """What each figure is, with formula and source."""
    terms = "".join(f"<dt>{escape(one['name'])}</dt><dd>{escape(one['text'])}</dd>" for one in section("stats")["term"])
    return f'<dl class="terms">{terms}</dl>'
