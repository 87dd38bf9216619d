"""One learner at one exercise: what each act changes, and what the page is never told."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from itertools import permutations

import pytest
from attrs import evolve
from bundles import raw, released
from making import TINY, walk

from coursekit.assignment.bundle import find_bundle
from coursekit.content.library import load
from coursekit.gradebook.masking import mask
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

LIBRARY = load(TINY / "exercises")
OF_KIND = {one.kind: one for one in LIBRARY.values()}
BLANK = {
    "n": 0, "answer": None, "confidence": None, "drafted": False, "attempts": 0, "summary": None, "feedback": "", "parts": [], "hints": [],
    "solution": {"offered": False, "html": ""}, "anchors": [], "mark": None, "saved": None, "conflict": None, "address": "",
}  # fmt: skip


SUMS = {"owed": "5", "share": "50"}


class Page:
    """What a page does: sends acts with a running number and looks at the state."""

    def __init__(self, kind, log, clock):
        self.exercise, self.log, self.clock = OF_KIND[kind], log, clock
        self.sitting = Sitting(self.exercise, log, clock)

    def send(self, action, **more):
        self.sitting.take({"n": self.sitting.n + 1, "action": action, **more})
        return self.state()

    def check(self, raw, **more):
        answer = {"answer": raw} if self.sitting._single() else raw
        return self.send("check", answer=answer, **more)

    def state(self):
        return json.loads(json.dumps(self.sitting.state()))

    def reopened(self):
        return Sitting(self.exercise, Log(self.log.folder), self.clock).state()


@pytest.fixture
def page(tmp_path, clock):
    return lambda kind: Page(kind, Log(tmp_path / "my-work"), clock)


def shown(page):
    """Every text that the page was ever told, at this moment."""
    return "\n".join(walk(json.loads(json.dumps([page.sitting.fixed(), page.sitting.state()]))))


@pytest.mark.parametrize("kind", KINDS)
def test_before_the_first_act(page, kind):
    """A fresh page knows the question and nothing else, and looking leaves no record."""
    one = page(kind)

    assert one.state() == BLANK
    assert one.log.entries() == []
    form = one.sitting.fixed()
    assert (one.exercise.id, kind, len(one.exercise.hint)) == (form["id"], form["kind"], form["hints"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_told_no_secret(page, kind):
    """No reason, model, worked answer or hint is in what a fresh page is told: each of them is marked in capitals in the tiny course."""
    text = shown(page(kind))

    assert [mark for mark in ("WHY-", "HINT ", "EXPLANATION", "MODEL", "ANCHOR", "CRITERION", "M01", "M02") if mark in text] == []


def test_a_wrong_answer_tells_no_more_than_its_own_reason(page):
    """After a wrong pick the page knows why that one is wrong, and neither the right option nor the other reasons."""
    one = page("single-choice")
    state = one.check("say-eight")

    assert (state["summary"]["verdict"], state["summary"]["text"], state["attempts"]) == ("wrong", "Not yet.", 1)
    assert state["parts"] == [{"id": "say-eight", "verdict": "wrong", "label": "Not this", "text": ""}]
    assert "WHY-EIGHT" in shown(one)
    assert [mark for mark in ("WHY-SIX", "WHY-SEVEN", "HINT ", "EXPLANATION", "M01") if mark in shown(one)] == []
    assert state["solution"] == {"offered": False, "html": ""}


def test_a_right_answer(page):
    """All right: the reason and the worked answer are shown, the answer is offered, and the record has it all."""
    one = page("single-choice")
    state = one.check("say-six", confidence=80)
    (entry,) = one.log.entries()

    assert (state["summary"]["verdict"], state["summary"]["text"]) == ("right", "Right.")
    assert "WHY-SIX" in state["feedback"] and "EXPLANATION" in state["feedback"]
    assert state["solution"] == {"offered": True, "html": ""}
    assert {"ok": True, "at": entry.at.isoformat()} == state["saved"]
    assert (entry.answer, entry.confidence, entry.score, entry.act) == ("say-six", 80, 1.0, "check")


def test_partly_right_says_how_much(page):
    """Part of the points is said in per cent."""
    assert page("single-choice").check("say-seven")["summary"]["text"] == "Partly right: 25 %."


@pytest.mark.parametrize(
    ("kind", "first", "again", "other"),
    [
        (
            "number",
            SUMS,
            [{"share": "50 %", "owed": "5,0"}, {"owed": "£5 ", "share": "0.5"}, {"owed": 5, "share": 50}],
            SUMS | {"owed": "6"},
        ),
        ("multiple-choice", ["oven", "mood"], [["mood", "oven"], "oven, mood"], ["oven"]),
        ("sorting", {"oven": "fixed", "flour": "sunk"}, [{"flour": "sunk", "oven": "fixed"}], {"oven": "open", "flour": "sunk"}),
        ("single-choice", "say-eight", ["say-eight"], "say-seven"),
    ],
)
def test_the_same_answer_in_other_characters_is_one_try(page, kind, first, again, other):
    """Two answers that are read alike are not two tries: the answer is not offered for them."""
    one = page(kind)
    states = [one.check(raw) for raw in (first, *again)]

    assert {"graded"} == {entry.status for entry in one.log.entries()}
    assert {(1, False)} == {(state["attempts"], state["solution"]["offered"]) for state in states}
    assert ((state := one.check(other))["attempts"], state["solution"]["offered"]) == (2, True)


@pytest.mark.parametrize(("credit", "said"), [("0.5", 50), ("0.125", 13), ("0.145", 15), ("0.001", 1), ("0.999", 99)])
def test_a_part_is_rounded_once_and_never_to_nothing_or_all(tiny, tmp_path, clock, credit, said):
    """Half up from the exact share."""
    exercise = tiny["shop/answer-mr-abe"]
    option = tuple(evolve(one, credit=Fraction(credit)) if one.credit else one for one in exercise.option)
    sitting = Sitting(evolve(exercise, option=option), Log(tmp_path), clock)
    sitting.take({"n": 1, "action": "check", "answer": "say-seven"})

    assert sitting.state()["summary"]["text"] == f"Partly right: {said} %."


def test_the_answer_is_offered_after_two_honest_tries(page):
    """The same answer again, or one that could not be read, is no try; a request before that is not heard."""
    one = page("single-choice")
    one.check("say-eight")
    for state in (one.check("say-eight"), one.check("say-nothing"), one.check("say-eight"), one.send("solution"), one.send("solution")):
        assert (state["solution"], state["attempts"]) == ({"offered": False, "html": ""}, 1)
    assert "WHY-SIX" not in shown(one)

    assert one.check("say-seven")["solution"] == {"offered": True, "html": ""}
    assert "WHY-SIX" not in shown(one)
    state = one.send("solution")

    assert not state["solution"]["offered"]
    assert "Say six" in state["solution"]["html"] and "WHY-SIX" in state["solution"]["html"]
    assert one.log.entries()[-1].act == "solution"


def test_hints_come_one_by_one(page):
    """Each request shows one hint more, each is recorded, and a request too many changes nothing."""
    one = page("number")

    assert ["HINT one" in shown(one), "HINT two" in shown(one)] == [False, False]
    assert len(one.send("hint")["hints"]) == 1
    assert ["HINT one" in shown(one), "HINT two" in shown(one)] == [True, False]
    assert [len(one.send("hint")["hints"]) for _ in range(3)] == [2, 2, 2]
    assert [entry.act for entry in one.log.entries()] == ["hint", "hint"]


UNTOUCHED = {  # what each control of a page sends before anybody has touched it, by its type
    "pick-one": "", "pick-many": [], "select": "", "number": "", "line": "", "paragraph": "", "arrange": [], "assign": {},
    "mark-spans": [], "revise": [],
}  # fmt: skip


def untouched(control):
    if control.type == "grid":
        return {row.id: {cell.column: "" for cell in row.cells} for row in control.rows}
    return UNTOUCHED[control.type]


@pytest.mark.parametrize("graded", [False, True], ids=["practice", "graded work"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_nobody_touched(tmp_path, clock, kind, graded):
    """It is no answer: asked back in words, no try, and nothing of it is kept as one."""
    exercise = OF_KIND[kind]
    if graded:
        exercise = released(exercise, mask(exercise))
    sitting = Sitting(exercise, Log(tmp_path / "my-work"), clock)
    sitting.take({"n": 1, "action": "check", "answer": {control.id: untouched(control) for control in exercise.controls()}})
    state = sitting.state()

    assert (state["summary"]["verdict"], state["attempts"]) == ("unreadable", 0)
    assert "wrong form" not in state["feedback"]
    assert Sitting(exercise, sitting.log, clock).grade.status == "unreadable"


@pytest.mark.parametrize("one", [one for one in LIBRARY.values() if one.kind == "ordering"], ids=lambda one: one.id)
def test_an_order_that_its_author_listed_too_well(tmp_path, clock, one):
    """The page begins with at most half of the pairs right, whatever stands in the file, and the unrun page with the same."""
    items = {item.id: item for item in one.item}
    for listed in permutations(items):
        sitting = Sitting(evolve(one, item=tuple(items[id] for id in listed)), Log(tmp_path / "my-work"), clock)
        shown = [item["id"] for item in sitting.fixed()["controls"][0]["items"]]

        assert grade(one, shown).score <= 1 / 2
        assert shown == [item.id for item in sitting.exercise.item]


def test_an_unreadable_answer(page):
    """What cannot be read is not a try, keeps what was typed, and quotes it as text and not as Markdown."""
    one = page("number")
    typed = {"owed": "![x](https://example.org/x.png) <b>", "share": "25"}
    state = one.check(typed)

    assert (state["summary"]["verdict"], state["attempts"]) == ("unreadable", 0)
    assert typed == state["answer"]
    assert [part["id"] for part in state["parts"]] == ["owed"]
    assert "<img" not in state["feedback"] and "<b>" not in state["feedback"]
    assert "![x](https" in state["feedback"]


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        ("single-choice", [("check", "say-eight"), ("hint", None), ("check", "say-seven"), ("solution", None)]),
        ("multiple-choice", [("check", ["slip"])]),
        ("ordering", [("check", ["reply", "ask", "read", "count"])]),
        ("sorting", [("check", {"oven": "open", "flour": "open"}), ("check", {"oven": "sunk"})]),
        ("number", [("check", {"owed": "84", "share": "0.25"})]),
        ("highlight", [("check", [{"mark": "sort", "reason": "judgement"}])]),
        ("short-text", [("draft", "Six"), ("check", "Six came on 3 March."), ("mark", 3), ("draft", "Six came, I think")]),
        ("comparison", [("draft", {"who-knew": {"bakery": "a"}}), ("check", {"who-knew": {"bakery": "a", "walker": "b"}})]),
        ("worksheet", [("check", {"fee": "100", "hours": "8"}), ("draft", {"fee": "100", "hours": "9"})]),
        ("revision", [("check", [60, 50, 50])]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_restored_after_reopening(page, kind, acts):
    """A page that is opened again looks as it was left, after each act."""
    one = page(kind)
    for act, value in acts:
        if act in ("check", "draft"):
            one.send(act, answer={"answer": value} if one.sitting._single() else value, confidence=70)
        else:
            one.send(act, **({"mark": value} if act == "mark" else {}))

        assert {**one.state(), "n": 0} == json.loads(json.dumps(one.reopened()))


def test_samples_and_the_mark_of_ones_own_text(page):
    """A saved text shows the samples from weak to strong; the learner's own mark is kept and can be changed."""
    one = page("short-text")
    state = one.check("Six came on 3 March.")

    assert [anchor["level"] for anchor in state["anchors"]] == [1, 2, 3, 4]
    assert state["summary"]["verdict"] == "marking"
    assert [one.send("mark", mark=mark)["mark"] for mark in (2, 4)] == [2, 4]
    assert [entry.mark for entry in one.log.entries() if entry.act == "mark"] == [2, 4]


def test_a_draft_is_kept_and_not_graded(page):
    """What is typed on the way is kept, shows no sample and no model, and is no try."""
    one = page("short-text")
    state = one.send("draft", answer={"answer": "Six"})

    assert (state["answer"], state["summary"], state["attempts"], state["anchors"]) == ({"answer": "Six"}, None, 0, [])
    assert [(entry.act, entry.answer, entry.grade) for entry in one.log.entries()] == [("draft", "Six", None)]
    assert "ANCHOR" not in shown(one)


def test_the_model_is_shown_row_by_row(page):
    """A comparison shows the model of the rows that were filled, and of no other."""
    one = page("comparison")
    one.check({"who-knew": {"bakery": "a", "walker": "b"}})

    assert ["the driver" in shown(one), "by counting" in shown(one), "say it when you know it" in shown(one)] == [True, False, False]


FORGED = [
    {},
    {"n": 1},
    {"action": "check"},
    {"n": "1", "action": "check", "answer": {"answer": "say-six"}},
    {"n": 1.5, "action": "check", "answer": {"answer": "say-six"}},
    {"n": None, "action": "solution"},
    {"n": 1, "action": "grade", "score": 1},
    {"n": 1, "action": ["check"]},
    {"n": 1, "action": {"check": 1}},
    {"n": 1, "action": "solution", "tries": 99},
    {"n": 1, "action": "mark", "mark": 4},
    {"n": 1, "action": "restore", "entries": []},
    {"n": 1, "action": "__init__"},
]


@pytest.mark.parametrize("submission", FORGED, ids=str)
def test_a_forged_submission_changes_nothing(page, submission):
    """What does not fit is not heard: no record, no feedback, no key."""
    one = page("single-choice")
    one.sitting.take(submission)

    assert {**one.state(), "n": 0} == BLANK
    assert one.log.entries() == []


@pytest.mark.parametrize("mark", [0, 5, -1, "4", None, [4], {"mark": 4}, 2.5], ids=repr)
def test_a_forged_mark_is_not_kept(page, mark):
    """Only the levels 1 to 4 can be chosen."""
    one = page("short-text")
    one.check("Six came on 3 March.")

    assert one.send("mark", mark=mark)["mark"] is None


@pytest.mark.parametrize("confidence", [49, 101, "80", None, [80], {"x": 1}, 1e400], ids=repr)
def test_a_forged_confidence_is_not_kept(page, confidence):
    """Confidence is 50 to 100, or it was not said."""
    assert page("single-choice").check("say-six", confidence=confidence)["confidence"] is None


@pytest.mark.parametrize(
    "answer",
    [None, 7, [], {}, {"answer": {"answer": "say-six"}}, {"other": "say-six"}, {"answer": ["say-six"]}, "x" * 100_000],
    ids=lambda value: str(value)[:20],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_forged_answer_is_unreadable(page, kind, answer):
    """An answer of no shape that the page makes is unreadable: recorded as such, never a score."""
    state = page(kind).send("check", answer=answer)

    assert state["summary"]["verdict"] in ("unreadable", "marking" if kind == "short-text" else "unreadable")
    assert state["attempts"] == 0


def test_fields_that_a_page_must_not_set(page):
    """Grade, time, learner and exercise come from Python, whatever a submission says."""
    one = page("single-choice")
    one.check("say-eight", grade={"status": "graded", "score": 1}, at="1999-01-01T00:00:00Z", exercise="shop/other", learner="me", score=1)
    (entry,) = one.log.entries()

    assert (entry.exercise, entry.score, entry.at.year) == ("shop/answer-mr-abe", 0.0, 2026)
    assert one.log.learner() == entry.learner != "me"


def test_not_saved_says_so_and_keeps_the_answer(tmp_path, clock):
    """Where nothing can be written the page says why, and answer, feedback, hints and tries go on as if it were saved."""
    (tmp_path / "file").write_text("x")
    one = Page("single-choice", Log(tmp_path / "file" / "my-work"), clock)
    one.check("say-eight", confidence=60)
    one.send("hint")
    state = one.check("say-seven", confidence=70)

    assert not state["saved"]["ok"]
    assert state["saved"]["text"].startswith("could not save: the folder ")
    assert state["saved"]["text"].endswith("your answer is still on this page")
    assert (state["answer"], state["confidence"], state["attempts"], len(state["hints"])) == ({"answer": "say-seven"}, 70, 2, 1)
    assert "WHY-SEVEN" in state["feedback"]
    assert state["solution"]["offered"]


def test_saved_again_after_a_failure(tmp_path, clock):
    """When writing works again the page says saved, and the record goes on."""
    (tmp_path / "my-work").write_text("in the way")
    one = Page("single-choice", Log(tmp_path / "my-work"), clock)
    assert not one.check("say-eight")["saved"]["ok"]
    (tmp_path / "my-work").unlink()

    assert one.check("say-six")["saved"]["ok"]
    assert [entry.answer for entry in one.log.entries()] == ["say-six"]


def test_two_exercises_share_one_record(tmp_path, clock):
    """Each page sees its own entries only."""
    log = Log(tmp_path)
    first, second = Page("single-choice", log, clock), Page("multiple-choice", log, clock)
    first.check("say-six")
    second.check(["mood"])

    assert [one.reopened()["summary"]["verdict"] for one in (first, second)] == ["right", "wrong"]


def test_two_windows_count_from_the_record(tmp_path, clock):
    """Two kernels at one question with three tries: each says the number that the record says, and so which one is too many."""
    (tmp_path / "quiz.bundle.json").write_text(json.dumps(raw(most=3)))
    log, asked = Log(tmp_path / "my-work"), find_bundle(tmp_path).questions[0]
    first, second = Sitting(asked, log, clock), Sitting(asked, log, clock)
    told = []
    for n, (window, answer) in enumerate([(first, "a"), (second, "b"), (second, "a"), (first, "b")], 1):
        window.take({"n": n, "action": "check", "answer": {"answer": answer}})
        told.append(window.state()["summary"]["text"])

    assert [text.partition(".")[0] for text in told] == [*(f"Saved answer {n} of 3" for n in (1, 2, 3)), "Saved answer 4"]


def test_a_save_between_looking_and_saving(page, monkeypatch):
    """What another window saves in that moment is taken in, and decided on: of two who ask for the last hint one gets it."""
    one = page("number")
    other = Page("number", one.log, one.clock)
    one.send("hint")
    look, looked = one.sitting._read_on, []

    def looking():
        look()
        looked.append(len(one.sitting.entries))
        if len(looked) == 1:
            other.send("hint")

    monkeypatch.setattr(one.sitting, "_read_on", looking)
    one.send("hint")

    assert [len(state["hints"]) for state in (one.state(), other.state())] == [2, 2]
    assert (looked, [entry.act for entry in one.log.entries()]) == ([1, 2], ["hint", "hint"])


@pytest.mark.parametrize("kind", ["worksheet", "short-text"])
def test_what_another_window_saved_is_not_lost(page, kind):
    """Both answers are in the record, in the order of saving, and a draft of one does not outlive the save of the other."""
    one = page(kind)
    other = Page(kind, one.log, one.clock)
    answers = [{"fee": "100", "hours": str(hours)} if kind == "worksheet" else f"Six came on {hours} March." for hours in (1, 2)]
    one.send("draft", answer={"answer": "Si"} if kind == "short-text" else {"fee": "1"})
    other.check(answers[0])
    one.check(answers[1])

    assert [(entry.act, entry.answer) for entry in one.log.entries()] == [("check", answer) for answer in answers]
    assert [entry.answer for entry in one.sitting.entries if entry.act == "check"] == answers


def test_an_order_that_no_clock_changes(tmp_path):
    """A clock put back between two saves: the last one saved is the one that is there again."""
    log, times = Log(tmp_path), iter([datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (9, 8)])
    one = Page("worksheet", log, lambda: next(times))
    for fee in ("1", "2"):
        one.check({"fee": fee})

    assert one.reopened()["answer"] == {"fee": "2"}
