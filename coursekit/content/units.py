"""A unit file as typed objects."""

from typing import Literal

from attrs import frozen


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
