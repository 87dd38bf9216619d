"""What exercises refer to: the elements of the five frameworks, and the misconceptions that wrong answers show."""

from attrs import frozen


@frozen
class Misconception:
    """A belief that a wrong answer may show (M01..M28), the feedback to it, and the units that work on it."""

    id: str
    belief: str
    feedback: str
    unit: tuple[str, ...] | str = ()


@frozen
class Element:
    """An element of one of the five frameworks: what an exercise's `covers` refers to."""

    id: str
    name: str
    source: str
    framework: str
    units: tuple[str, ...] = ()
