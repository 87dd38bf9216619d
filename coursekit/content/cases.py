"""What the course holds beside its exercises: cases, units, misconceptions and the frameworks' elements, as typed objects."""

from typing import Literal

from attrs import field, frozen

from ..model.figures import Figures


@frozen
class Person:
    """Who is in a case, and on which side."""

    name: str
    role: str
    side: Literal["supplier", "client", "other"]


@frozen
class Event:
    """What happened, and when."""

    when: str
    text: str


@frozen
class Quote:
    """Somebody's own words."""

    who: str
    text: str
    when: str = ""


@frozen(kw_only=True)
class Case:
    """A client situation: its facts and its figures. `figures` are the names that key expressions use."""

    name: str
    code: str
    title: str
    trade: str
    country: str
    setting: str
    currency: str = ""
    note: str = ""
    alternative: str = ""
    person: tuple[Person, ...] = ()
    event: tuple[Event, ...] = ()
    quote: tuple[Quote, ...] = ()
    figures: Figures = field(factory=Figures)


@frozen
class Objective:
    """What a learner can do after the unit, and the minutes planned for it."""

    id: str
    text: str
    minutes: int


@frozen(kw_only=True)
class Unit:
    """A notebook's plan: its step on the decision path, its minutes, questions and objectives."""

    name: str
    title: str
    step: Literal["start", "gate", "triage", "understand", "decide", "act", "learn"]
    minutes: int
    question: tuple[str, ...]
    objective: tuple[Objective, ...]


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
