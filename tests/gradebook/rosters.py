"""A roster from its text."""

from coursekit.gradebook.collect.roster import Roster, roster
from coursekit.gradebook.csv_files import parse_csv


def read(text: str, encoding: str = "utf-8") -> Roster:
    """What is read from a file with that text."""
    return roster(parse_csv(text.encode(encoding), "r.csv"), "r.csv")
