"""nbgrader: `submitted/ID/ASSIGNMENT/file`. https://nbgrader.readthedocs.io/en/stable/user_guide/philosophy.html

Its gradebook is a database of its own, so that there is no roster and no table of grades.
"""

from .platform import Platform, Trace


class Nbgrader(Platform):
    """nbgrader's folders."""

    name = "nbgrader"
    title = "nbgrader"

    def trace(self, parts: tuple[str, ...], at: int) -> Trace | None:
        """The folder of a learner, which is called by their id."""
        return Trace(words=(parts[at + 1],)) if parts[at] == "submitted" and at + 3 < len(parts) else None

    def is_receipt(self, name: str) -> bool:
        """When it was handed in."""
        return name.casefold() == "timestamp.txt"
