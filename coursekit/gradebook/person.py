"""A learner as the roster of a class has them."""

from attrs import field, frozen

FIELDS = ("id", "name", "email", "lms_id", "login", "section")


@frozen
class Person:
    """One learner of the roster. `id` names them everywhere; `lms_id` is the platform's number; `original` is their row, which
    begins on that `line` of the roster's file."""

    id: str
    name: str
    email: str = ""
    lms_id: str = ""
    login: str = ""
    section: str = ""
    original: dict[str, str] = field(factory=dict, repr=False)
    line: int = field(default=0, eq=False, repr=False)
