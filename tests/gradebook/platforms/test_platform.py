"""The contract of a platform: what it says of itself is so."""

import pytest

from coursekit.gradebook.platforms import PLATFORMS
from coursekit.gradebook.platforms.platform import Platform


def overrides(platform, name):
    return getattr(type(platform), name) is not getattr(Platform, name)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: one.name)
def test_what_it_has(platform):
    """One that exports has a table, and one with a roster says how it is known."""
    assert platform.exports is overrides(platform, "table")
    assert bool(platform.roster) is overrides(platform, "fits")


def test_names_stand_once():
    """`--to` and the reports name one platform each."""
    names = [one.name for one in PLATFORMS]

    assert sorted(set(names)) == sorted(names)


ROSTERS = {  # a new platform with a roster gets a line here
    "moodle": [{"first name", "last name", "email address"}, {"identifier", "full name"}, {"full name", "username"}],
    "blackboard": [{"last name", "first name", "username", "student id"}],
    "canvas": [{"student", "id", "sis user id", "sis login id", "section"}, {"lastname", "firstname", "id", "section"}],
    "nbgrader": [],
    "csv": [{"id", "name"}, {"id", "name", "email", "lms_id", "login", "section"}],
}


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: one.name)
def test_whose_roster_it_is_does_not_hang_on_the_order(platform):
    """The columns of a roster fit one platform alone, so that the list is in the order that paths ask for."""
    for columns in ROSTERS.get(platform.name, []):
        assert [one.name for one in PLATFORMS if one.roster and one.fits(columns)] == [platform.name]


RECEIPTS = {
    "blackboard": ["Quiz_ann_attempt_2026-11-20-10-11-12.txt", "Quiz_ann_attempt_2026-11-20-10-11-12.TXT"],
    "nbgrader": ["timestamp.txt", "Timestamp.txt"],
    "": ["Quiz_ann_attempt_2026-11-20-10-11-12_essay.txt", "timestamps.txt", "notes.txt"],
}


@pytest.mark.parametrize("owner", RECEIPTS)
def test_receipts(owner):
    """A receipt is its platform's, and what a learner handed in is nobody's."""
    for name in RECEIPTS[owner]:
        assert [one.name for one in PLATFORMS if one.is_receipt(name)] == [owner] * bool(owner)
