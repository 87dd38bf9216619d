"""How far two markers agree who have not seen each other's marks, criterion by criterion, and where they do not.

One text counts once, however many learners wrote it. A group that a marker marked with one decision counts as many texts
as it has, so that agreement over few large groups says less than it seems.
"""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from ..assignment import LEVELS
from ..marks import DECISION, Mark

FAR = 2  # levels apart from which on somebody decides


@frozen
class Agreement:
    """Two markers on one criterion: how many texts both marked, the shares (0..1) that are the same and at most one apart.

    `kappa` is Cohen's with quadratic weights: 1 the same, 0 as by chance; None where it is not defined.
    """

    exercise: str
    criterion: str
    first: str
    second: str
    texts: int
    exact: float
    adjacent: float
    kappa: float | None


@frozen
class Disagreement:
    """A text whose levels lie FAR apart: who said what, and the level decided, if it was."""

    exercise: str
    criterion: str
    key: str
    levels: dict[str, int]
    decided: int | None = None


def kappa(first: Sequence[int], second: Sequence[int], top: int = LEVELS[-1]) -> float | None:
    """Cohen's kappa with quadratic weights of two markers' levels (0..top) on the same texts, in the same order.

    None without texts, and where both gave every text the same one level: chance could not have done otherwise.
    """
    if len(first) != len(second):
        raise ValueError("the two markers need as many levels each")
    count = len(first)
    seen = sum((one - other) ** 2 for one, other in zip(first, second, strict=True))
    ones, others = ([levels.count(level) for level in range(top + 1)] for levels in (list(first), list(second)))
    by_chance = sum((i - j) ** 2 * one * other for i, one in enumerate(ones) for j, other in enumerate(others))
    return 1 - seen * count / by_chance if by_chance else None


def agreements(levels: Mapping[str, Mapping[Mark, int]], criteria: Iterable[tuple[str, str]], of: Mapping[str, str]) -> list[Agreement]:
    """For each (exercise, criterion) each pair of markers that marked at least one text both; decisions are left out.

    `levels` is {marker: {(key, criterion): level}} as `markers.levels` gives it, `of` is {key: exercise}.
    """
    names = sorted(name for name in levels if name != DECISION)
    pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
    found = (_pair(levels, one, other, exercise, criterion, of) for exercise, criterion in criteria for one, other in pairs)
    return [one for one in found if one.texts]


def _pair(
    levels: Mapping[str, Mapping[Mark, int]], one: str, other: str, exercise: str, criterion: str, of: Mapping[str, str]
) -> Agreement:
    both = sorted(mark for mark in levels[one].keys() & levels[other].keys() if mark[1] == criterion and of.get(mark[0]) == exercise)
    first, second = [levels[one][mark] for mark in both], [levels[other][mark] for mark in both]
    apart = [abs(a - b) for a, b in zip(first, second, strict=True)]
    count = max(len(both), 1)
    exact, adjacent = sum(gap == 0 for gap in apart) / count, sum(gap < FAR for gap in apart) / count
    return Agreement(exercise, criterion, one, other, len(both), exact, adjacent, kappa(first, second))


def disagreements(levels: Mapping[str, Mapping[Mark, int]], of: Mapping[str, str]) -> list[Disagreement]:
    """Every text and criterion whose lowest and highest level are FAR or more apart, by exercise, criterion and key."""
    given: dict[Mark, dict[str, int]] = {}
    for marker in sorted(name for name in levels if name != DECISION):
        for mark, level in levels[marker].items():
            given.setdefault(mark, {})[marker] = level
    settled = levels.get(DECISION, {})
    found = [
        Disagreement(of[key], criterion, key, said, settled.get((key, criterion)))
        for (key, criterion), said in given.items()
        if key in of and max(said.values()) - min(said.values()) >= FAR
    ]
    return sorted(found, key=lambda one: (one.exercise, one.criterion, one.key))
