"""Charts as inline SVG: each with a name and a description for those who do not see it, no script, colours by CSS.

What colour says, a shape or a word says too. Classes: `mark` for what is shown, `flagged` for what to look at.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from attrs import field, frozen
from markupsafe import Markup

WIDTH = 720
_LINE = 30  # height of one bar with its gap
_LEFT = 250  # room for the names of bars
_LETTERS = 34  # of a bar's name
MOST_NAMES = 30  # of dots; where there are more only the flagged have one
_SVG = Markup(
    '<svg viewBox="0 0 {1} {2}" role="img" aria-labelledby="chart-{0}-name chart-{0}-about">'
    '<title id="chart-{0}-name">{3}</title><desc id="chart-{0}-about">{4}</desc>{5}</svg>'
)
_COLUMN = Markup('<rect class="mark" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
_UPWARDS = Markup('<text class="middle axis-name" x="18" y="{0:.0f}" transform="rotate(-90 18 {0:.0f})">{1}</text>')


@frozen
class Dot:
    """A point with its name; `x` and `y` are 0..1 of the axes."""

    x: float
    y: float
    name: str
    flagged: bool = False


@frozen
class Axis:
    """An axis: what it shows, and its ticks as (place 0..1, text)."""

    name: str
    ticks: Sequence[tuple[float, str]]


@frozen
class Charts:
    """Draws the charts of one page; their ids are numbered, so that the same page has the same bytes."""

    _number: count = field(factory=lambda: count(1), init=False)

    def bars(self, name: str, about: str, rows: Sequence[tuple[str, float, str]]) -> Markup:
        """A bar for each (name, length 0..1, text at its end), from the top."""
        most, drawn = WIDTH - _LEFT - 90, []
        for place, (label, length, text) in enumerate(rows):
            y = place * _LINE + 4
            wide = max(length, 0) * most
            drawn.append(_text("end", _LEFT - 10, y + 16, _shortened(label)))
            drawn.append(Markup('<rect class="mark" x="{}" y="{}" width="{:.1f}" height="22" rx="2"/>').format(_LEFT, y, wide))
            drawn.append(Markup('<text x="{:.1f}" y="{}">{}</text>').format(_LEFT + wide + 8, y + 16, text))
        height = len(rows) * _LINE + 6
        return self._svg(name, about, height, [*drawn, _path("axis", f"M{_LEFT} 0V{height}")])

    def columns(self, name: str, about: str, columns: Sequence[tuple[str, int]], below: str) -> Markup:
        """A column for each (name, count), from the left, with its count above it."""
        most, wide, top, floor = max([1, *(number for _, number in columns)]), (WIDTH - 40) / len(columns), 24, 224
        drawn = [_path("axis", f"M20 {floor}H{WIDTH - 20}")]
        for place, (label, number) in enumerate(columns):
            x, high = 20 + place * wide, (floor - top) * number / most
            middle = x + wide / 2
            if number:
                drawn.append(_COLUMN.format(x + 2, floor - high, wide - 4, high))
            drawn.append(_text("middle", f"{middle:.1f}", f"{floor - high - 7:.1f}", number))
            drawn.append(_text("middle", f"{middle:.1f}", floor + 20, label))
        drawn.append(_text("middle axis-name", f"{WIDTH / 2:.0f}", floor + 46, below))
        return self._svg(name, about, floor + 56, drawn)

    def dots(self, name: str, about: str, x: Axis, y: Axis, dots: Sequence[Dot], diagonal: bool = False) -> Markup:
        """Dots on a plane; a flagged one is a diamond. `diagonal` draws where x and y are equal.

        Up to thirty carry their names; of more only the flagged ones do.
        """
        left, top, wide, high = 78, 14, WIDTH - 108, 300
        drawn = [_path("axis", f"M{left} {top}V{top + high}H{left + wide}")]
        for place, text in x.ticks:
            drawn.append(_path("grid", f"M{left + place * wide:.1f} {top}v{high}"))
            drawn.append(_text("middle", f"{left + place * wide:.1f}", top + high + 20, text))
        for place, text in y.ticks:
            drawn.append(_path("grid", f"M{left} {top + (1 - place) * high:.1f}h{wide}"))
            drawn.append(_text("end", left - 8, f"{top + (1 - place) * high + 5:.1f}", text))
        if diagonal:
            drawn.append(_path("compare", f"M{left} {top + high}L{left + wide} {top}"))
        places = [(left + dot.x * wide, top + (1 - dot.y) * high, dot) for dot in sorted(dots, key=lambda dot: dot.flagged)]
        drawn += [_shape(*place) for place in places]
        drawn += _names([place for place in places if place[2].flagged or len(dots) <= MOST_NAMES], places)
        drawn.append(_text("middle axis-name", f"{left + wide / 2:.0f}", top + high + 46, x.name))
        drawn.append(_UPWARDS.format(top + high / 2, y.name))
        return self._svg(name, about, top + high + 56, drawn)

    def _svg(self, name: str, about: str, height: int, drawn: Sequence[Markup]) -> Markup:
        return _SVG.format(next(self._number), WIDTH, height, name, about, Markup().join(drawn))


def _text(style: str, x: float | str, y: float | str, text: Any) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(style, x, y, text)


def _path(style: str, d: str) -> Markup:
    return Markup('<path class="{}" d="{}"/>').format(style, d)


def _shape(x: float, y: float, dot: Dot) -> Markup:
    """A circle, or a diamond where flagged."""
    if dot.flagged:
        return _path("flagged", f"M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z")
    return Markup('<circle class="mark" cx="{:.1f}" cy="{:.1f}" r="6"/>').format(x, y)


def _names(named: Sequence[tuple[float, float, Dot]], all: Sequence[tuple[float, float, Dot]]) -> list[Markup]:
    """The dots' names, each on that side of its dot where it covers least of the others."""
    taken, drawn = [(x, y, 8.0) for x, y, _ in all], []
    for x, y, dot in named:
        half = 4.0 * len(dot.name) + 2
        sides = [(x + 11 + half, y), (x - 11 - half, y), (x, y - 19), (x, y + 19)]
        covered = [sum(abs(a - cx) < half + r and abs(b - cy) < 7 + r for a, b, r in taken) + (cx > WIDTH - 10) for cx, cy in sides]
        cx, cy = sides[covered.index(min(covered))]
        taken.append((cx, cy, half))
        drawn.append(_text("middle name", f"{cx:.1f}", f"{cy + 4.5:.1f}", dot.name))
    return drawn


def _shortened(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"
