"""Whose file it is: by what the platform wrote into the path, never by a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.gradebook.collect.matching import Index, match, normal, orders, trace
from coursekit.gradebook.person import Person

PEOPLE = [
    Person("s1", "O'Neill, Zoë", "zoe@x.org", "101", "zoneill", "A"),
    Person("s2", "Bo Li", "bo.li@x.org", "102", "b_li", "A"),
    Person("s3", "Ann Smith", "ann@x.org", "103", "asmith"),
    Person("s4", "Smith, Ann", "ann2@x.org", "104", "asmith2"),
    Person("s5", "李 明", "", "", ""),
]
INDEX = Index(PEOPLE)
FILE = "x.coursekit.jsonl"

FITS = {
    "Canvas": ("oneillzoë_101_900_x.coursekit.jsonl", "Zoe", "s1", "lms id"),
    "Canvas, late": ("oneillzoë_LATE_101_900_x.coursekit.jsonl", "", "s1", "lms id"),
    "Canvas, no name": ("_102_900_x.coursekit.jsonl", "", "s2", "lms id"),
    "Canvas, in a zip": ("sub.zip/oneillzoë_101_900_work.zip/x.coursekit.jsonl", "", "s1", "lms id"),
    "Canvas, numbers later in the name": ("libo_102_900_103_4_x.coursekit.jsonl", "", "s2", "lms id"),
    "Moodle": ("ONeill Zoë_4711_assignsubmission_file/x.coursekit.jsonl", "", "s1", "name"),
    "Moodle, no folders": ("Zoë ONeill_4711_assignsubmission_file_x.coursekit.jsonl", "", "s1", "name"),
    "Moodle, the number is in the worksheet": ("Participant_102_assignsubmission_file/x.coursekit.jsonl", "", "s2", "lms id"),
    "Blackboard": ("Quiz_1_zoneill_attempt_2026-11-20-10-11-12_x.coursekit.jsonl", "", "s1", "login"),
    "Blackboard, underscore": ("Quiz_b_li_attempt_2026-11-20-10-11-12_x.coursekit.jsonl", "", "s2", "login"),
    "nbgrader": ("submitted/s1/quiz/x.coursekit.jsonl", "", "s1", "id"),
    "a folder for each": ("S2/x.coursekit.jsonl", "", "s2", "id"),
    "a zip for each": ("zoneill.zip/x.coursekit.jsonl", "", "s1", "login"),
    "an address": ("bo.li@x.org-quiz.coursekit.jsonl", "", "s2", "e-mail"),
    "an address in words": ("from zoe@x.org on Monday/x.coursekit.jsonl", "", "s1", "e-mail"),
    "the typed name": ("x.coursekit.jsonl", "zoe  ONEILL", "s1", "typed name"),
    "the typed name, not Latin": ("x.coursekit.jsonl", "李 明", "s5", "typed name"),
    "a name of two, and an id": ("smithann_104_900_x.coursekit.jsonl", "Ann Smith", "s4", "lms id"),
}


def found(path, typed="", index=INDEX):
    return match(trace(tuple(path.split("/"))), typed, index)


@pytest.mark.parametrize("what", FITS)
def test_who_it_is(what):
    """Each platform's own way to say it, and the strongest evidence is named."""
    path, typed, person, how = FITS[what]

    given = found(path, typed)

    assert (given.person and given.person.id, given.how, given.sure) == (person, how, True)


UNSURE = {
    "nothing known": ("x.coursekit.jsonl", "Nobody At All", None, "nobody"),
    "a name of two": ("x.coursekit.jsonl", "Ann Smith", None, "several"),
    "id and typed name": ("oneillzoë_101_900_x.coursekit.jsonl", "Bo Li", None, "disagree"),
    "number and name in the path": ("libo_101_900_x.coursekit.jsonl", "", None, "disagree"),
    "Moodle's number is somebody else's": ("Bo Li_101_assignsubmission_file/x.coursekit.jsonl", "", None, "disagree"),
    "folder and typed name": ("s1/x.coursekit.jsonl", "Bo Li", None, "disagree"),
    "a number that is not in the roster": ("libo_999_900_x.coursekit.jsonl", "Bo Li", "s2", "stranger"),
    "one word": ("x.coursekit.jsonl", "李明", "s5", "one_word"),
}


@pytest.mark.parametrize("what", UNSURE)
def test_nobody_is_guessed(what):
    """What disagrees, fits several, or rests on one word is left to a person."""
    path, typed, person, why = UNSURE[what]

    given = found(path, typed)

    assert (given.person and given.person.id, given.sure, given.why) == (person, False, why)


def test_a_disagreement_says_both():
    """Whoever settles it sees each piece of evidence and whom it names."""
    told = found("s1/x.coursekit.jsonl", "Bo Li").told["evidence"]

    assert told == "id “s1” = O'Neill, Zoë (s1); typed name “Bo Li” = Bo Li (s2)"


def test_a_learners_own_names_are_no_evidence():
    """Behind the platform's part of a path everything was chosen by whoever handed in."""
    for path in (
        "oneillzoë_101_900_w.zip/s2/libo_102_901_x.coursekit.jsonl",
        "Zoë ONeill_1_assignsubmission_file/libo_102_901_x.coursekit.jsonl",
        "Quiz_zoneill_attempt_2026-11-20-10-11-12_libo_102_901_x.coursekit.jsonl",
        "submitted/s1/quiz/s2.coursekit.jsonl",
        "Zoë ONeill_1_assignsubmission_file_Bo Li_102_assignsubmission_file_x.coursekit.jsonl",
        "Quiz_zoneill_attempt_2026-11-20-10-11-12_b_li_attempt_2026-11-20-10-11-12_x.coursekit.jsonl",
    ):
        assert found(path).person == PEOPLE[0]


def test_late_and_anonymous_in_canvas():
    """LATE stands before the number; anonymous marking has no number that the roster knows."""
    assert [trace((name,)).late for name in (f"a_LATE_1_2_{FILE}", f"a_1_2_{FILE}", f"late_1_2_{FILE}", f"anon_LATE_ab1cd_2_{FILE}")] == [
        True,
        False,
        False,
        True,
    ]
    assert (found(f"anon_ab1cd_900_{FILE}", "Bo Li").how, trace((f"anon_ab1cd_900_{FILE}",)).lms_id) == ("typed name", "")


def test_a_download_named_by_a_date_is_no_number():
    """quiz_2026_11_22.zip is not from user 2026."""
    assert trace(("quiz_2026_11_22.zip", FILE)).lms_id == ""


@pytest.mark.parametrize(
    "one, other",
    [
        ("Zoë O'Neill", "ONEILL, Zoe"),
        ("Anne-Marie Weiß", "Weiss Anne Marie"),
        ("García Márquez, Gabriel", "Gabriel Garcia Marquez"),
        ("Ａｎｎ Smith", "Ann Smith"),
    ],
)
def test_names_that_are_one(one, other):
    """Case, accents, order and punctuation do not count."""
    assert orders(one) & orders(other)


@pytest.mark.parametrize(
    "one, other", [("Ann Smith", "Anna Smith"), ("Ann Smith", "Ann B. Smith"), ("Ann Smith", "A. Smith"), ("राम", "रम")]
)
def test_names_that_are_two(one, other):
    """Near is not the same."""
    assert not orders(one) & orders(other)


@given(st.text(max_size=40))
def test_normal_is_settled(name):
    """Normal form has nothing left to take out but what case folding may bring."""
    assert " " not in normal(name)
    assert orders(name) == orders(" ".join(name.split()))


@given(st.lists(st.text(max_size=30), min_size=1, max_size=3), st.text(max_size=30))
def test_any_path_is_traced(parts, typed):
    """No path and no name breaks it, and nobody is sure without evidence."""
    given = match(trace(tuple(parts)), typed, INDEX)

    assert given.sure is bool(given.person and not given.why)
