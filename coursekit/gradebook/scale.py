"""The unit in which the points of an assignment are counted, so that every sum of them is one of whole numbers."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from attrs import frozen

LARGEST = 2**63 - 1  # the largest whole number that a database counts with


@frozen
class Scale:
    """One point is `unit` units. By exercise: a score is a whole number of `steps`, each of which is `worth` so many units;
    `most` units are all the points there are."""

    unit: int
    steps: Mapping[str, int]
    worth: Mapping[str, int]
    most: int

    def reached(self, exercise: str, score: Fraction) -> int:
        """A score in steps. Raises ValueError where the kind of the exercise gives scores between two of its steps."""
        more = self.steps[exercise] // score.denominator
        if more * score.denominator != self.steps[exercise]:
            raise ValueError(f"{exercise}: the score {score} is no whole number of the {self.steps[exercise]} steps that its kind says")
        return score.numerator * more

    def fits(self, times: int = 1) -> bool:
        """Whether a database can count with it; `times` is how often all points are added up at most."""
        return max([self.most, *self.steps.values()]) * times <= LARGEST


def scale(points: Mapping[str, Fraction], steps: Mapping[str, int]) -> Scale:
    """The scale of an assignment, from the points of each exercise and the steps into which its score is cut."""
    each = {id: Fraction(points[id], steps[id]) for id in points}
    unit = lcm(*(one.denominator for one in each.values()))
    return Scale(unit, steps, {id: int(one * unit) for id, one in each.items()}, int(sum(points.values()) * unit))
