"""One learner at one exercise in two windows: what both filled in is there, and nothing is written over unasked."""

import json

import pytest
from bundles import SUMS, question, raw
from making import TINY
from processes import in_child

from coursekit.assignment.bundle import find_bundle
from coursekit.content.library import load
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

OF_KIND = {one.kind: one for one in load(TINY / "exercises").values()}


class Window:
    """What a window does: it knows the answer that it was last told, and sends what its learner entered beside it."""

    def __init__(self, exercise, log, clock):
        self.sitting, self.n = Sitting(exercise, log, clock), 0
        self.base = self.state()["answer"]

    def state(self):
        return json.loads(json.dumps(self.sitting.state()))

    def send(self, action, answer=None, **more):
        self.n += 1
        self.sitting.take({"n": self.n, "action": action, "answer": answer, "base": self.base, **more})
        state = self.state()
        if action in ("check", "draft", "look") and not state["conflict"]:
            self.base = state["answer"]
        return state


@pytest.fixture
def window(tmp_path, clock):
    """A new window at the exercise of a kind, each on one record."""
    return lambda kind: Window(OF_KIND[kind] if isinstance(kind, str) else kind, Log(tmp_path / "my-work"), clock)


def answers(window):
    """What the record holds, as (act, answer)."""
    return [(entry.act, entry.answer) for entry in Log(window.sitting.log.folder).entries()]


def aside(window):
    """What was put aside."""
    return [json.loads(path.read_text())["answer"] for path in window.sitting.log.folder.rglob("*.aside")]


APART = [
    ("worksheet", {"fee": "19"}, {"hours": "20"}),
    ("worksheet", {"year": {"income": {"keep": "1"}}}, {"year": {"income": {"lose": "2"}}}),
    ("worksheet", {"year": {"note": {"keep": "as it is"}}, "fee": "3"}, {"year": {"income": {"keep": "2"}}, "known": "Yes"}),
    ("comparison", {"answer": {"who-knew": {"bakery": "a"}}}, {"answer": {"who-knew": {"walker": "b"}}}),
    ("comparison", {"answer": {"who-knew": {"bakery": "a"}}}, {"answer": {"principle": {"rule": "b"}}}),
]


def deep(one, other):
    """Both answers in one; the second where both say something."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other
    return {key: deep(one.get(key), other[key]) if key in one and key in other else {**one, **other}[key] for key in {**one, **other}}


@pytest.mark.parametrize("turn", [1, -1], ids=["first then second", "second then first"])
@pytest.mark.parametrize("acts", [("draft", "draft"), ("draft", "check"), ("check", "draft"), ("check", "check")], ids="-".join)
@pytest.mark.parametrize(("kind", "one", "other"), APART)
def test_fields_of_both_windows(window, kind, one, other, acts, turn):
    """Each fills in another field, and saves: both fields are there, in the window that was second and in the record."""
    windows, entered = [window(kind), window(kind)][::turn], [one, other][::turn]
    for at, answer, act in zip(windows, entered, acts, strict=True):
        state = at.send(act, answer)
        assert (state["conflict"], state["saved"]["ok"]) == (None, True)

    assert state["answer"] == deep(*entered) == window(kind).state()["answer"]
    assert windows[0].send("look")["answer"] == state["answer"]
    assert aside(windows[0]) == []


def test_a_field_at_a_time_from_two_windows(window):
    """Turn by turn, without looking between: nothing that either typed is missing at the end."""
    windows = [window("worksheet"), window("worksheet")]
    boxes = [{}, {}]
    for step, (field, value) in enumerate(
        [("fee", "1"), ("hours", "2"), ("client", "C"), ("known", "Yes"), ("fee", "12"), ("hours", "24")]
    ):
        windows[step % 2].base = dict(boxes[step % 2])
        boxes[step % 2][field] = value
        windows[step % 2].send("draft", boxes[step % 2])

    assert window("worksheet").state()["answer"] == {"fee": "12", "hours": "24", "client": "C", "known": "Yes"}


TWICE = [
    ("short-text", {"answer": "Six came, I think"}, {"answer": "Seven came, says he"}, [("", "Six came, I think")]),
    ("worksheet", {"fee": "100", "hours": "8"}, {"fee": "120"}, [("What they pay", "100 a month")]),
    (
        "worksheet",
        {"client": "A", "year": {"income": {"keep": "1", "lose": "2"}}},
        {"client": "B", "year": {"income": {"keep": "3", "lose": "4"}}},
        [("Your client", "A"), ("Twelve months, Income, Keep", "1"), ("Twelve months, Income, Lose", "2")],
    ),
    ("comparison", {"answer": {"principle": {"rule": "first"}}}, {"answer": {"principle": {"rule": "second"}}}, [("The rule", "first")]),
]
DRAFTED = [
    ("single-choice", {"answer": "say-eight"}, {"answer": "say-six"}, [("", "Say that the bill is right and wait")]),
    ("multiple-choice", {"answer": ["slip", "mood"]}, {"answer": ["mood"]}, None),
    ("number", {"owed": "84"}, {"owed": "85"}, None),
    ("sorting", {"answer": {"oven": "open"}}, {"answer": {"oven": "sunk"}}, None),
    ("ordering", {"answer": ["ask", "read", "count", "reply"]}, {"answer": ["reply", "ask", "read", "count"]}, None),
    ("highlight", {"answer": [{"mark": "sort", "reason": "judgement"}]}, {"answer": [{"mark": "lazy", "reason": ""}]}, None),
    ("revision", {"answer": [60]}, {"answer": [40]}, None),
]


@pytest.mark.parametrize("acts", [("draft", "draft"), ("draft", "check"), ("check", "draft"), ("check", "check")], ids="-".join)
@pytest.mark.parametrize(("kind", "one", "other", "said"), TWICE)
def test_one_box_in_two_windows_is_asked_about(window, kind, one, other, said, acts):
    """The second is told when and what the other saved, field by field; nothing is written before there is a choice."""
    first, second = window(kind), window(kind)
    at = first.send(acts[0], one)["saved"]["at"]
    before = answers(first)
    for _ in range(2):  # to press again is no choice
        state = second.send(acts[1], other)
        names = ["The rule" if "rule" in field["path"] else field["of"] for field in state["conflict"]["fields"]]
        assert [(name, field["text"]) for name, field in zip(names, state["conflict"]["fields"], strict=True)] == said
        assert (state["conflict"]["at"], answers(first), aside(first)) == (at, before, [])
        assert state["answer"] == one


@pytest.mark.parametrize(("kind", "one", "other", "said"), DRAFTED)
def test_a_draft_of_any_kind_is_asked_about(window, kind, one, other, said):
    """What is picked, moved or marked in two windows is asked about as well, as long as nobody checks it."""
    first, second = window(kind), window(kind)
    first.send("draft", one)
    fields = second.send("draft", other)["conflict"]["fields"]

    assert [field["text"] != "" for field in fields] == [True]
    assert answers(first) == [("draft", first.sitting.raw)]
    assert said is None or [(field["of"], field["text"]) for field in fields] == said


@pytest.mark.parametrize("acts", [("draft", "draft"), ("draft", "check"), ("check", "draft"), ("check", "check")], ids="-".join)
@pytest.mark.parametrize("prefer", ["mine", "theirs"])
@pytest.mark.parametrize(("kind", "one", "other", "said"), TWICE)
def test_the_choice(window, kind, one, other, said, prefer, acts):
    """What was chosen is there, with the fields about which nobody was asked; what was not chosen can still be read."""
    first, second = window(kind), window(kind)
    first.send(acts[0], one)
    over = second.send(acts[1], other)["conflict"]["over"]
    act = acts[1] if prefer == "mine" else "draft"
    state = second.send(act, other, over=over, prefer=prefer)
    chosen, rest = (other, one) if prefer == "mine" else (one, other)

    assert (state["conflict"], state["answer"]) == (None, deep(rest, chosen)) == (None, window(kind).state()["answer"])
    assert state["drafted"] == ((act == "draft" and state["answer"] != one) or (acts[0], prefer) == ("draft", "theirs"))
    in_log = [answer for act, answer in answers(first) if act == "check"]
    unchosen = second.sitting._unboxed(rest)
    assert unchosen in [*aside(first), *in_log]
    assert second.send("look")["conflict"] is None


def test_a_choice_about_what_is_not_there_any_more(window):
    """Who chose over a text that changed meanwhile is asked about the new one."""
    first, second = window("short-text"), window("short-text")
    first.send("draft", {"answer": "One."})
    over = second.send("draft", {"answer": "Two."})["conflict"]["over"]
    first.send("draft", {"answer": "One, and more."})
    for prefer in ("mine", "theirs"):
        state = second.send("draft", {"answer": "Two."}, over=over, prefer=prefer)
        assert [field["text"] for field in state["conflict"]["fields"]] == ["One, and more."]

    assert (answers(first), aside(first)) == ([("draft", "One, and more.")], [])


@pytest.mark.parametrize(
    "forged", [{"prefer": "mine"}, {"prefer": "mine", "over": None}, {"over": 7, "prefer": "both"}, {"over": [], "prefer": {}}]
)
def test_a_forged_choice(window, forged):
    """Without the id of what was shown it is none."""
    first, second = window("short-text"), window("short-text")
    first.send("draft", {"answer": "One."})

    over = second.send("draft", {"answer": "Two."}, **forged)["conflict"]["over"]
    assert second.send("draft", {"answer": "Two."}, over=over, prefer="both")["conflict"]
    assert answers(first) == [("draft", "One.")]


@pytest.mark.parametrize("base", ["x", 7, [], [["x"]], {"answer": {"answer": {}}}, {"answer": 7}, True], ids=repr)
@pytest.mark.parametrize("kind", ["short-text", "worksheet", "single-choice", "comparison"])
def test_a_forged_base(window, kind, base):
    """It can do no more than make a question out of what would have been none."""
    first, second = window(kind), window(kind)
    first.send("draft", {"answer": "say-six"})
    second.base = base
    state = second.send("draft", {"answer": "say-eight"})

    assert answers(first) == [("draft", first.sitting.raw)]
    assert json.dumps(state["conflict"])


CLOSED = [
    ("single-choice", {"answer": "say-eight"}, {"answer": "say-seven"}),
    ("number", {"owed": "84", "share": "1"}, {"owed": "85", "share": "2"}),
    ("sorting", {"answer": {"oven": "open", "flour": "open"}}, {"answer": {"oven": "sunk", "flour": "sunk"}}),
]


@pytest.mark.parametrize("first_act", ["draft", "check"])
@pytest.mark.parametrize(("kind", "one", "other"), CLOSED)
def test_a_check_of_a_closed_question_is_an_act_of_its_own(window, kind, one, other, first_act):
    """What is on the page is what is checked, and counts; a pick of another window that nobody checked is put aside."""
    first, second = window(kind), window(kind)
    first.send(first_act, one)
    state = second.send("check", other)

    assert (state["conflict"], state["answer"]) == (None, other)
    assert [answer for act, answer in answers(first) if act == "check"][-1] == second.sitting.raw
    assert aside(first) == ([first.sitting.raw] if first_act == "draft" else [])
    assert first.send("look")["answer"] == other


def test_a_draft_that_another_window_checked_over(window):
    """The window that typed it shows what was checked, once it looks; one that goes on typing is asked."""
    first, second = window("single-choice"), window("single-choice")
    first.send("draft", {"answer": "say-six"})
    second.send("check", {"answer": "say-eight"})
    state = first.send("draft", {"answer": "say-seven"})

    assert [field["text"] for field in state["conflict"]["fields"]] == ["Say that the bill is right and wait"]
    assert state["answer"] == {"answer": "say-eight"}


@pytest.mark.parametrize("boxes", ["sheet", "tables"])
def test_a_released_worksheet_merges_too(tmp_path, window, boxes):
    """About the learner's own work, in graded work: boxes of any kind."""
    grid = {"type": "grid", "id": "t", "label": "T", "columns": [{"id": "a", "text": "A"}], "check_rows": False}
    rows = [{"id": id, "label": id, "cells": [{"column": "a", "input": "line"}], "unit": "", "help": ""} for id in ("1", "2")]
    controls = SUMS if boxes == "sheet" else [{**grid, "rows": rows}]
    (tmp_path / "quiz.bundle.json").write_text(json.dumps(raw(questions=[question("own", "worksheet", *controls, private=True)])))
    asked = find_bundle(tmp_path).questions[0]
    entered = [{"q1": "1"}, {"q2": "2"}] if boxes == "sheet" else [{"t": {"1": {"a": "x"}}}, {"t": {"2": {"a": "y"}}}]
    windows = [window(asked), window(asked)]
    for at, answer in zip(windows, entered, strict=True):
        state = at.send("check", answer)

    assert state["answer"] == deep(*entered)


@pytest.mark.parametrize("act", ["draft", "check", "hint", "solution", "mark"])
def test_a_repeat_is_dropped(window, act):
    """A submission that is sent again, here or to another window's Python, is one entry and says what came of it."""
    one = window("short-text")
    one.send("check", {"answer": "Six came on 3 March."})
    sent = {"id": "0123456789abcdef", "mark": 3}
    states = [one.send(act, {"answer": "Seven came, I think."}, **sent) for _ in range(2)]
    states.append(window("short-text").send(act, {"answer": "Seven came, I think."}, **sent))

    assert [{**state, "n": 0} for state in states] == [{**states[0], "n": 0}] * 3
    assert len(answers(one)) == 1 + (act != "solution")
    assert one.send(act, {"answer": "Seven came, I think."}, **{**sent, "id": "fedcba9876543210"})["saved"]["ok"]


@pytest.mark.parametrize("id", ["", None, 7, ["0123456789abcdef"], "v1-0123456789abcdef", "x" * 16, "0" * 65, "0123456789ABCDEF"], ids=repr)
def test_an_id_that_no_page_draws(window, id):
    """It is not taken over, and what was sent is saved all the same, each time."""
    one = window("single-choice")
    for answer in ("say-six", "say-eight"):
        one.send("check", {"answer": answer}, id=id)

    assert [entry.id == id for entry in one.sitting.log.entries()] == [False, False]


def test_looking(window):
    """It shows what another window saved, is no submission that anybody waits for, and leaves no trace."""
    first, second = window("worksheet"), window("worksheet")
    assert first.sitting.take({"n": 99, "action": "look"}) is False
    assert (first.state()["n"], answers(first)) == (0, [])
    second.send("check", {"fee": "1", "hours": "2"})

    assert first.sitting.take({"n": 99, "action": "look"}) is True
    assert {**first.state(), "n": 1} == second.state()


def test_who_begins_has_an_address(window):
    """Before the first save there is one, so that the browser can keep what a dead server never saw; looking alone makes none."""
    one = window("short-text")
    assert one.send("look")["address"] == ""
    one.sitting.take({"n": 2, "action": "look", "begin": True})

    assert one.state()["address"].startswith(one.sitting.log.learner())
    assert answers(one) == []


@pytest.mark.parametrize("kept", ["conflict", "trouble"])
def test_looking_takes_nothing_back(window, kept, monkeypatch):
    """A choice that is open stays open, and what could not be saved is still said not to be."""
    first, second = window("short-text"), window("short-text")
    first.send("draft", {"answer": "One."})
    if kept == "trouble":
        (second.sitting.log.folder / "attempts.jsonl").mkdir()
    second.send(
        "check" if kept == "trouble" else "draft",
        {"answer": "Two is enough."},
        **({"base": {"answer": "One."}} if kept == "trouble" else {}),
    )
    state = second.send("look")

    assert (bool(state["conflict"]), state["saved"]["ok"]) == (kept == "conflict", kept == "conflict")


def test_what_could_not_be_put_aside(window, monkeypatch):
    """Where the text that was not chosen cannot be kept, the other is not written either, and the page says so."""
    first, second = window("short-text"), window("short-text")
    first.send("draft", {"answer": "One."})
    over = second.send("draft", {"answer": "Two."})["conflict"]["over"]
    monkeypatch.setattr("coursekit.record.store.FileStore.put_aside", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    state = second.send("draft", {"answer": "Two."}, over=over, prefer="mine")

    assert state["saved"] == {
        "ok": False,
        "text": "could not save: the disk is full, or what you may use of it; your answer is still on this page",
    }
    assert answers(first) == [("draft", "One.")]


def test_two_processes(window):
    """Another window is another process: its fields, its tries and its drafts are seen at each act."""
    one = window("worksheet")
    in_child(lambda: window("worksheet").send("draft", {"fee": "19"})["n"])
    state = one.send("draft", {"hours": "20"})
    assert state["answer"] == {"fee": "19", "hours": "20"}
    in_child(lambda: window("worksheet").send("check", {"fee": "19", "hours": "21"})["n"])

    assert one.send("look")["answer"] == {"fee": "19", "hours": "21"}
    assert (one.state()["drafted"], one.state()["saved"]["ok"]) == (False, True)


def test_a_draft_that_comes_between_looking_and_saving(window, monkeypatch):
    """It is found out under the lock: both fields are there, and neither draft took the place of the other."""
    one, other = window("worksheet"), window("worksheet")
    look, looked = one.sitting._read_on, []

    def looking():
        look()
        looked.append(1)
        if len(looked) == 1:
            other.send("draft", {"fee": "19"})

    monkeypatch.setattr(one.sitting, "_read_on", looking)
    state = one.send("draft", {"hours": "20"})

    assert (len(looked), state["answer"]) == (2, {"fee": "19", "hours": "20"})
    assert answers(one) == [("draft", {"hours": "20", "fee": "19"})]
