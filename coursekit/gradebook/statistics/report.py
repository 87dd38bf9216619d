"""The report on an assignment's questions: one page of HTML that needs nothing else, for a screen, a reader and paper.

Whatever an author wrote goes through Markdown with raw HTML off, or stands as text; of what learners wrote there are only figures.
"""

from importlib.resources import files
from typing import Any

from markupsafe import Markup

from ...content.markdown import visible
from ...formats import decimal
from ...wording import say, section
from ..templates import template
from . import report_sections
from .all_tables import Figures
from .charts import Charts
from .flags import ENOUGH, FLAGS
from .group_report import LEAST_LEARNERS
from .html_parts import all_of, chips, p, points, two, word


def report_page(found: Figures) -> str:
    """The whole page; the same figures give the same bytes."""
    made = template("statistics/report.html.j2").render(
        style=Markup((files(__package__) / "report.css").read_text(encoding="utf-8")),
        word=word,
        assignment=found.work.assignment.title,
        tiles=_tiles(found),
        size=_size(found.learners),
        parts={name: body for name, body in _parts(found).items() if body},
    )
    return visible(made)


def _parts(found: Figures) -> dict[str, Markup]:
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


def _tiles(found: Figures) -> list[tuple[str, Any, str]]:
    """Five figures: the name of their word, the figure, and what stands below it."""
    one, most = found.overall, word("of_points", most=points(found.most))
    interval = word("interval", low=two(one.low), high=two(one.high)) if one.alpha is not None else ""
    return [
        ("learners", found.learners, ""),
        ("questions_all", len(found.items), ""),
        ("mean", points(one.mean), most if one.mean is not None else ""),
        ("alpha", two(one.alpha), interval),
        ("error", points(one.error), most if one.error is not None else ""),
    ]


def _size(learners: int) -> str:
    """What so many learners cannot show: half the 95 % interval of a share of ½, and of a correlation of 0 (Fisher's z)."""
    if learners < LEAST_LEARNERS:
        return say("stats.few", n=learners)
    share, r = 98 / learners**0.5, 1.96 / max(learners - 3, 4) ** 0.5
    return say("stats.small" if learners < ENOUGH else "stats.enough", n=learners, share=f"{share:.0f}", r=decimal(r, 2), enough=ENOUGH)


def _look(found: Figures) -> Markup:
    """The flagged questions, the gravest cause first."""
    if not len(found.flags):
        return p(say("stats.nothing_flagged"))
    items = {one.number: one for one in found.items.itertuples()}
    order = sorted(found.flags.itertuples(), key=lambda one: (FLAGS.index(one.flag), one.number))
    rows = ((chips(one.flag), report_sections.link(found, items[one.number]), p(one.sentence)) for one in order)
    told = say("stats.flagged", questions=found.flags["exercise"].nunique(), all=len(found.items))
    return Markup('{}<ul class="flags">{}</ul>').format(p(told), all_of(Markup("<li>{} {}{}</li>"), rows))


def _terms() -> Markup:
    """What each figure is, with formula and source."""
    terms = ((one["name"], one["text"]) for one in section("stats")["term"].values())
    return Markup('<dl class="terms">{}</dl>').format(all_of(Markup("<dt>{}</dt><dd>{}</dd>"), terms))
