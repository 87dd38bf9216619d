"""Charts as inline SVG: each with a name and a description for those who do not see it, no script, colours by CSS.

What colour says, a shape or a word says too. Classes: `mark` for what is shown, `flagged` for what to look at.
"""

from collections.abc import Sequence
from html import escape
from itertools import count

from attrs import field, frozen

WIDTH = 720
_LINE = 30  # height of one bar with its gap
_LEFT = 250  # room for the names of bars
_LETTERS = 34  # of a bar's name
MOST_NAMES = 30  # of dots; where there are more only the flagged have one


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

    def bars(self, name: str, about: str, rows: Sequence[tuple[str, float, str]]) -> str:
        """A bar for each (name, length 0..1, text at its end), from the top."""
        most, drawn = WIDTH - _LEFT - 90, []
        for place, (label, length, text) in enumerate(rows):
            y = place * _LINE + 4
            drawn.append(f'<text class="end" x="{_LEFT - 10}" y="{y + 16}">{escape(_shortened(label))}</text>')
            drawn.append(f'<rect class="mark" x="{_LEFT}" y="{y}" width="{max(length, 0) * most:.1f}" height="22" rx="2"/>')
            drawn.append(f'<text x="{_LEFT + max(length, 0) * most + 8:.1f}" y="{y + 16}">{escape(text)}</text>')
        height = len(rows) * _LINE + 6
        return self._svg(name, about, height, [*drawn, f'<path class="axis" d="M{_LEFT} 0V{height}"/>'])

    def columns(self, name: str, about: str, columns: Sequence[tuple[str, int]], below: str) -> str:
        """A column for each (name, count), from the left, with its count above it."""
        most, wide, top, floor = max([1, *(number for _, number in columns)]), (WIDTH - 40) / len(columns), 24, 224
        drawn = [f'<path class="axis" d="M20 {floor}H{WIDTH - 20}"/>']
        for place, (label, number) in enumerate(columns):
            x, high = 20 + place * wide, (floor - top) * number / most
            middle = x + wide / 2
            if number:
                drawn.append(f'<rect class="mark" x="{x + 2:.1f}" y="{floor - high:.1f}" width="{wide - 4:.1f}" height="{high:.1f}"/>')
            drawn.append(f'<text class="middle" x="{middle:.1f}" y="{floor - high - 7:.1f}">{number}</text>')
            drawn.append(f'<text class="middle" x="{middle:.1f}" y="{floor + 20}">{escape(label)}</text>')
        drawn.append(f'<text class="middle axis-name" x="{WIDTH / 2:.0f}" y="{floor + 46}">{escape(below)}</text>')
        return self._svg(name, about, floor + 56, drawn)

    def dots(self, name: str, about: str, x: Axis, y: Axis, dots: Sequence[Dot], diagonal: bool = False) -> str:
        """Dots on a plane; a flagged one is a diamond. `diagonal` draws where x and y are equal.

        Up to thirty carry their names; of more only the flagged ones do.
        """
        left, top, wide, high = 78, 14, WIDTH - 108, 300
        drawn = [f'<path class="axis" d="M{left} {top}V{top + high}H{left + wide}"/>']
        for place, text in x.ticks:
            drawn.append(f'<path class="grid" d="M{left + place * wide:.1f} {top}v{high}"/>')
            drawn.append(f'<text class="middle" x="{left + place * wide:.1f}" y="{top + high + 20}">{escape(text)}</text>')
        for place, text in y.ticks:
            drawn.append(f'<path class="grid" d="M{left} {top + (1 - place) * high:.1f}h{wide}"/>')
            drawn.append(f'<text class="end" x="{left - 8}" y="{top + (1 - place) * high + 5:.1f}">{escape(text)}</text>')
        if diagonal:
            drawn.append(f'<path class="compare" d="M{left} {top + high}L{left + wide} {top}"/>')
        places = [(left + dot.x * wide, top + (1 - dot.y) * high, dot) for dot in sorted(dots, key=lambda dot: dot.flagged)]
        drawn += [_shape(*place) for place in places]
        drawn += _names([place for place in places if place[2].flagged or len(dots) <= MOST_NAMES], places)
        drawn.append(f'<text class="middle axis-name" x="{left + wide / 2:.0f}" y="{top + high + 46}">{escape(x.name)}</text>')
        middle = top + high / 2
        drawn.append(
            f'<text class="middle axis-name" x="18" y="{middle:.0f}" transform="rotate(-90 18 {middle:.0f})">{escape(y.name)}</text>'
        )
        return self._svg(name, about, top + high + 56, drawn)

    def _svg(self, name: str, about: str, height: int, drawn: Sequence[str]) -> str:
        number = next(self._number)
        return (
            f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="chart-{number}-name chart-{number}-about">'
            f'<title id="chart-{number}-name">{escape(name)}</title><desc id="chart-{number}-about">{escape(about)}</desc>'
            f"{''.join(drawn)}</svg>"
        )


def _shape(x: float, y: float, dot: Dot) -> str:
    """A circle, or a diamond where flagged."""
    if dot.flagged:
        return f'<path class="flagged" d="M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z"/>'
    return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'


def _names(named: Sequence[tuple[float, float, Dot]], all: Sequence[tuple[float, float, Dot]]) -> list[str]:
    """The dots' names, each on that side of its dot where it covers least of the others."""
    taken, drawn = [(x, y, 8.0) for x, y, _ in all], []
    for x, y, dot in named:
        half = 4.0 * len(dot.name) + 2
        sides = [(x + 11 + half, y), (x - 11 - half, y), (x, y - 19), (x, y + 19)]
        covered = [sum(abs(a - cx) < half + r and abs(b - cy) < 7 + r for a, b, r in taken) + (cx > WIDTH - 10) for cx, cy in sides]
        cx, cy = sides[covered.index(min(covered))]
        taken.append((cx, cy, half))
        drawn.append(f'<text class="middle name" x="{cx:.1f}" y="{cy + 4.5:.1f}">{escape(dot.name)}</text>')
    return drawn


def _shortened(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"
