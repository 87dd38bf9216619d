"""A question without its key, as a learner's machine has it: read from any file safely, and in each learner's own order."""

import json
from collections import Counter
from operator import eq

import pytest
from bundles import CHOICE, SUMS, TEXT, question, raw
from making import made

from coursekit.assignment.bundle import Bundle, bundles, find_bundle, once, read_bundle
from coursekit.assignment.bundle_fields import FORMAT
from coursekit.errors import BadBundle, Unreadable
from coursekit.model.controls import Cell, Choice, Grid, GridRow
from coursekit.model.grading import grade


@pytest.fixture
def put(tmp_path):
    """put(shuffle=True) writes a bundle with that change, and gives it as it is read."""

    def written(**changes) -> Bundle:
        path = tmp_path / f"{changes.get('name', 'quiz')}.bundle.json"
        path.write_text(json.dumps(raw(**changes)), encoding="utf-8")
        return read_bundle(path)

    return written


def test_a_bundle_is_found_in_its_folder(put, tmp_path):
    """The one file of that name."""
    assert put() == find_bundle(tmp_path)
    assert [path.name for path in bundles(tmp_path)] == ["quiz.bundle.json"]


def test_no_bundle_and_two(put, tmp_path):
    """Both are said with what to do."""
    with pytest.raises(BadBundle, match="no graded work in"):
        find_bundle(tmp_path)
    put()
    put(name="other")
    with pytest.raises(BadBundle, match=r"more than one assignment.*other.bundle.json, quiz.bundle.json"):
        find_bundle(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"7", b"[" * 100_000, b'{"v": 1}', b'{"v": "1"}', b'{"v": 1, "questions": 7}'],
    ids=lambda content: content[:12].decode("latin-1"),
)
def test_a_damaged_file(tmp_path, content):
    """Whatever stands in the file, a sentence says that it is damaged."""
    path = tmp_path / "quiz.bundle.json"
    path.write_bytes(content)
    with pytest.raises(BadBundle, match="is damaged"):
        read_bundle(path)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../../quiz"}, {"name": "a/b"}, {"name": "a\\b"}, {"name": ".quiz"}, {"name": ""}, {"name": 7},
        {"title": 7}, {"about": None},
        {"due": "2027-01-15T17:00:00"}, {"due": 7}, {"due": "soon"}, {"count": "any"}, {"most": "3"}, {"questions": []}, {"points": "4"},
        {"material": [{"title": "Keys", "file": "../keys.md"}]}, {"material": [{"title": "Code", "file": "code.py"}]}, {"material": [7]},
        {"questions": [question("a", "single-choice", CHOICE)] * 2},
        {"questions": [question("a", "single-choice", {"type": "script"})]},
        {"questions": [question("a", "single-choice", {**CHOICE, "options": "abc"})]},
        {"questions": [question("a", "single-choice", {**CHOICE, "onclick": "x"})]},
    ],
    ids=str,
)  # fmt: skip
def test_a_bundle_that_a_stranger_made(tmp_path, change):
    """No path leads out of the folder, and nothing of a wrong type comes through."""
    path = tmp_path / "quiz.bundle.json"
    path.write_text(json.dumps(raw(**change)))
    with pytest.raises(BadBundle):
        read_bundle(path)


def test_other_troubles_with_the_file(put, tmp_path):
    """A missing file, one of a later version, one with another name: each has its own next step."""
    with pytest.raises(BadBundle, match="cannot be read"):
        read_bundle(tmp_path / "quiz.bundle.json")
    with pytest.raises(BadBundle, match="newer coursekit"):
        put(v=FORMAT + 1)
    put()
    (tmp_path / "quiz.bundle.json").rename(tmp_path / "quiz (1).bundle.json")
    with pytest.raises(BadBundle, match=r"Call it quiz\.bundle\.json again"):
        find_bundle(tmp_path)


def test_it_says_nothing_about_right_or_wrong(put):
    """Every answer that can be read is kept, without a score, reason, hint or solution."""
    one = put().questions[0]
    for id in "abcd":
        given = grade(one, id)
        assert (given.status, given.score, given.parts, given.feedback) == ("kept", None, (), grade(one, "a").feedback)
    assert (one.saves, one.tested, one.solution(), one.hint) == (True, True, "", ())


@pytest.mark.parametrize(
    ("place", "answer", "says"),
    [
        (0, "e", "not one of the choices"),
        (0, None, "no answer yet"),
        (1, ["a", "b"], "Not placed yet: Step c"),
        (2, "Two words", "at least 3"),
        (3, {"q1": "12"}, "Sum 2: "),
        (3, {"q1": "1.130", "q2": "1"}, "two ways: "),
        (3, {"q1": "twelve", "q2": "1"}, "Sum 1: “twelve” cannot be read"),
        (3, {"q9": "1"}, "not one of the choices"),
    ],
)
def test_what_cannot_be_read_is_asked_back(put, place, answer, says):
    """While the learner is there to say what they meant; what is asked back names the box."""
    with pytest.raises(Unreadable, match=says):
        put().questions[place].read(answer)


@pytest.mark.parametrize(
    ("terms", "answers", "says"),
    [
        ({}, "a", "Saved answer 1. The last one counts."),
        ({}, "ab", "Saved answer 2. The last one counts."),
        ({}, "aab", "Saved answer 2. The last one counts."),
        ({}, "aba", "Saved answer 3. The last one counts."),
        ({"count": "first"}, "ab", "Saved answer 2. The first one counts."),
        ({"count": "best", "most": 3}, "ab", "Saved answer 2 of 3. The best one counts."),
        ({"count": "average", "most": 2}, "abc", "Saved answer 3. Only the first 2 count."),
    ],
)
def test_what_is_said_when_it_is_saved(put, terms, answers, says):
    """Which answer it is, and which one counts; the same answer saved twice is one."""
    assert put(**terms).questions[0].said(list(answers)) == says


def test_a_private_question_says_that_it_stays(put):
    """A worksheet is private whatever the bundle says; anything else where it says so."""
    sheet = question("sheet", "worksheet", {"type": "line", "id": "q1", "label": "Client", "help": ""})
    journal = question("journal", "short-text", TEXT, private=True)
    both = put(questions=[sheet, journal]).questions

    assert [one.private for one in both] == [True, True]
    assert "stays on this machine" in both[1].said(["A text."])


def test_a_kind_of_tomorrow_is_read_by_its_controls(put):
    """A bundle may ask in a kind that this version does not know: what it says is enough to answer it."""
    one = put(questions=[question("new", "kind-of-tomorrow", CHOICE)]).questions[0]

    assert (one.read("a"), one.private, one.needs_all) == ("a", False, False)


def test_what_is_in_the_learners_own_words(put):
    """Long texts, and what is about their own work in boxes of any kind: never put in the place of another unasked."""
    assert [one.written for one in put().questions] == [False, False, True, False]
    assert [one.written for one in put(questions=[question("mine", "worksheet", *SUMS, private=True)]).questions] == [True]


def test_an_answer_to_another_wording_is_not_one_to_this(put):
    """After a correction the question is asked anew: its letters may stand for other options."""
    before = put().questions[0].id
    after = put(questions=[question("pick", "single-choice", CHOICE, of="1" * 12)]).questions[0].id

    assert before != after


def test_no_button_compares_with_a_model_that_is_not_there(put):
    """A comparison's rows have no button of their own in graded work."""
    row = {"id": "1", "label": "Row", "cells": [{"column": "a", "input": "paragraph"}], "unit": "", "help": ""}
    grid = {"type": "grid", "id": "answer", "label": "Compare", "columns": [{"id": "a", "text": "A"}], "rows": [row], "check_rows": True}

    assert put(questions=[question("two", "comparison", grid)]).questions[0].controls()[0].check_rows is False


def test_without_shuffling_everybody_has_the_same_order(put):
    """As the instructor wrote it."""
    bundle = put()

    assert bundle.for_learner("ab" * 16) == bundle


def test_the_order_of_a_learner_is_always_the_same(put):
    """On every machine, in every version of Python: written down here."""
    one = put(shuffle=True).for_learner("ab" * 16)

    assert one == put(shuffle=True).for_learner("ab" * 16)
    assert [each.title for each in one.questions] == ["sums", "order", "note", "pick"]
    assert "".join(option.id for each in one.questions if each.title == "pick" for option in each.shown[0].options) == "bdac"


def test_learners_differ_and_no_place_is_preferred(put):
    """Over 600 learners each option stands at each place about as often, and so does each question (chi-square, 0.1 %)."""
    bundle = put(shuffle=True)
    places, firsts = Counter(), Counter()
    for number in range(600):
        one = bundle.for_learner(f"{number:032x}")
        firsts[one.questions[0].title] += 1
        (pick,) = (each for each in one.questions if each.title == "pick")
        places.update((option.id, place) for place, option in enumerate(pick.shown[0].options))

    assert len(places) == 16 and len(firsts) == 4
    for id in "abcd":
        assert sum((places[id, place] - 150) ** 2 / 150 for place in range(4)) < 16.27
    assert sum((count - 150) ** 2 / 150 for count in firsts.values()) < 16.27


def test_shuffling_changes_the_order_and_nothing_else(put):
    """The same questions with the same options under the same letters."""
    bundle = put(shuffle=True)
    one = bundle.for_learner("cd" * 16)

    assert {each.id for each in one.questions} == {each.id for each in bundle.questions}
    for before in bundle.questions:
        (after,) = (each for each in one.questions if each.id == before.id)
        assert (after.prompt, after.of, len(after.shown)) == (before.prompt, before.of, len(before.shown))
        for mine, theirs in zip(after.shown, before.shown, strict=True):
            for name in ("options", "items"):
                assert set(getattr(mine, name, ())) == set(getattr(theirs, name, ()))


def test_the_same_answer_again_is_no_new_one():
    """Of a run of equal answers the newest stands for all."""
    assert once(["a", "a", "b", "b", "b", "a"], eq) == [False, True, False, False, True, True]
    assert once([], eq) == []


@pytest.mark.parametrize(
    ("number", "saved"),
    [
        (0, ["b", "b"]),
        (1, [list("abcde"), list("abcde")]),
        (2, ["Three words here", "Three words here ", " Three words here"]),
        (3, [{"q1": "5", "q2": "7"}, {"q2": "7", "q1": "5,0"}, {"q1": "£5", "q2": "7.00 pounds"}]),
    ],
)
def test_the_same_answer_in_other_characters_is_no_new_one(put, number, saved):
    """What is read alike is one answer, however it was typed; it does not use up another of those that count."""
    assert put(most=2).questions[number].said(saved).startswith("Saved answer 1 of 2.")


def test_a_figure_with_two_readings_is_read_as_the_course_prints_it(put):
    """The page says how, and how to type the other one, whatever is right; what no reading fits is asked back."""
    sums = put().questions[3]
    given = grade(sums, {"q1": "£36,000", "q2": "7"})

    assert (given.status, [(one.id, one.text) for one in given.parts]) == ("kept", [("q1", "Read as 36,000. If you mean 36, type 36.")])
    assert grade(sums, {"q1": "36.000", "q2": "7"}).status == "unreadable"


def test_figures_in_a_table_are_read_before_they_are_saved():
    """A cell for a number asks back as a box does, with the label of its row."""
    grid = Grid("answer", "", (Choice("a", "A"),), (GridRow("fee", "What they pay", (Cell("a", "number"),), "£"),))

    assert grid.read({"fee": {"a": "£36,000"}}) == {"fee": {"a": 36000}}
    with pytest.raises(Unreadable, match=r"^What they pay: “5-6” looks like a range"):
        grid.read({"fee": {"a": "5-6"}})


def test_what_other_exercises_say_stays_as_it_was():
    """A worksheet is kept, a test item is saved; nothing else saves."""
    sheet = made("worksheet", "[[field]]\nid = 'a'\nlabel = 'A'")
    pick = "[[option]]\nid='a'\ntext='A'\nwhy='W'\nright=true\n[[option]]\nid='b'\ntext='B'\nwhy='W'"

    assert (sheet.saves, sheet.written, sheet.said(["x"])) == (True, True, "Saved on this machine. It is yours: nobody marks it.")
    assert (made("single-choice", pick).saves, made("single-choice", pick, role="graded").saves) == (False, True)
    assert made("single-choice", pick, role="graded").said(["a"]) == "Saved. You may still change it today."
