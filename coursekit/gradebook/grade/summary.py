"""One page about a graded class: how many, how well, what is still to do."""

from collections.abc import Sequence
from datetime import datetime
from statistics import mean, median

from ...assignment.notebook import when
from ...formats import decimal, listed, points
from ...model.points import rounded
from ...wording import say
from ..assignment import Assignment
from ..platforms import PLATFORMS
from .totals import STATUSES, LearnerTotal


def summary(
    assignment: Assignment, found: Sequence[LearnerTotal], problems: int, notices: int, to_mark: int, pages: bool, after: datetime | None
) -> str:
    """Markdown. `to_mark` counts distinct texts that wait for a person; `pages` is whether there are feedback pages, `after`
    until when they are held back."""
    counts = {status: sum(row.status == status for row in found) for status in STATUSES}
    lines = [f"# {' '.join(assignment.title.split())}", "", *_table(counts, len(found)), ""]
    percents = [row.percent for row in found if row.percent is not None]
    if percents:
        middle = {"mean": decimal(rounded(mean(percents), 1), 1), "median": decimal(rounded(median(percents), 1), 1)}
        ends = {"low": points(rounded(min(percents))), "high": points(rounded(max(percents)))}
        lines += [say("summary_page.percents", n=len(percents), **middle, **ends)]
    if assignment.pass_percent is not None and percents:
        lines += [say("summary_page.passed", passed=sum(row.passed is True for row in found), count=len(percents))]
    if late := sum(row.late_days > 0 for row in found):
        lines += [say("summary_page.late", n=late)]
    return "\n".join([*lines, *_next(counts, problems, notices, to_mark, pages, after)]) + "\n"


def _table(counts: dict[str, int], total: int) -> list[str]:
    rows = [f"| {say('summary_page.' + status.replace(' ', '_'))} | {count} |" for status, count in counts.items()]
    return [f"| {say('summary_page.learners')} | {total} |", "|:--|--:|", *rows]


def _next(counts: dict[str, int], problems: int, notices: int, to_mark: int, pages: bool, after: datetime | None) -> list[str]:
    lines = ["", f"## {say('summary_page.next')}", ""]
    if problems:
        lines.append(f"- {say('summary_page.problems', n=problems)}")
    if notices:
        lines.append(f"- {say('summary_page.notices', n=notices)}")
    if to_mark:
        lines.append(f"- {say('summary_page.mark', n=to_mark)}")
    if after:
        lines.append(f"- {say('summary_page.feedback_later', date=when(after))}")
    if pages:
        lines.append(f"- {say('summary_page.feedback')}")
    if not (problems or to_mark or counts["unreadable"]):
        first, *others = (one.name for one in PLATFORMS if one.exports)
        lines.append(f"- {say('summary_page.export', first=first, others=listed(others))}")
    return lines
