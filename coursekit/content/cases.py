"""A case file as typed objects: who, what happened, what was said, and the figures."""

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
