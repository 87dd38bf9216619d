"""An assignment on the page: its questions save and say nothing, and the panel at its end shows and hands in what was saved."""

import errno
import json
import os

import pytest
from bundles import TEXT, question, raw
from making import walk

import coursekit
from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.notebook import notebook
from coursekit.errors import BadBundle
from coursekit.page import notebook_calls
from coursekit.record.attempts import Log


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder of an assignment as the working folder of this process, with a record of its own."""
    own = question("own", "short-text", TEXT, private=True)
    (tmp_path / "quiz.bundle.json").write_text(json.dumps(raw(questions=[*raw()["questions"], own])))
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path / "my-work"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    notebook_calls._hand_ins.clear()


def submit(widget, **submission):
    widget.submission = {"n": widget.submission.get("n", 0) + 1, **submission}


def save(number, answer):
    form = coursekit.question(number)
    submit(form, action="check", answer={"answer": answer})
    return form


def send(desk, action="look", name="", ticked=(), looking=True):
    submit(desk, action=action, name=name, ticked=list(ticked), looking=looking)
    return desk.state


def states(desk):
    return {row["title"]: row["state"] for row in desk.state["rows"]}


def test_a_question_is_saved_and_not_judged(place):
    """The button says Save; after it the page says which answer it is and which one counts."""
    form = save(1, "a")

    assert (form.fixed["submit"], form.fixed["saves"], form.fixed["tested"], form.fixed["hints"]) == ("Save", True, True, 0)
    assert form.state["summary"] == {"verdict": "kept", "text": "Saved answer 1. The last one counts."}
    assert (form.state["parts"], form.state["solution"], form.state["anchors"]) == ([], {"offered": False, "html": ""}, [])
    submit(form, action="check", answer={"answer": "b"})
    assert form.state["summary"]["text"] == "Saved answer 2. The last one counts."
    assert coursekit.question(1).state == {**form.state, "n": 0}
    assert {"right", "partly", "wrong"} & {text.casefold().rstrip(".") for text in walk(form.state)} == set()


def test_two_views_of_a_question_count_alike(place):
    """What is restored says the same as what was saved."""
    save(1, "a")
    save(1, "a")
    assert coursekit.question(1).state["summary"]["text"] == "Saved answer 1. The last one counts."


def test_what_cannot_be_read_is_asked_back(place):
    """It is no saved answer, and nothing of it is handed in."""
    form = save(1, "z")
    desk = coursekit.hand_in()

    assert form.state["summary"]["verdict"] == "unreadable"
    assert states(desk)["pick"] == "not saved" and "pick" not in send(desk)["file"]


@pytest.mark.parametrize("before", [False, True], ids=["never saved", "saved before"])
@pytest.mark.parametrize(
    ("number", "title", "saved", "entered"),
    [
        (1, "pick", {"answer": "a"}, {"answer": "b"}),
        (2, "order", {"answer": list("abcde")}, {"answer": list("edcba")}),
        (3, "note", {"answer": "A whole note."}, {"answer": "Half a note"}),
        (4, "sums", {"q1": "1", "q2": "2"}, {"q1": "1", "q2": "3"}),
    ],
)
def test_what_is_entered_comes_back_and_counts_for_nothing(place, number, title, saved, entered, before):
    """A draft of each kind is there again, said to be no answer, and neither handed in nor counted nor called progress."""
    form, desk = coursekit.question(number), coursekit.hand_in()
    if before:
        submit(form, action="check", answer=saved)
    file = send(desk)["file"].partition("\n")[2]
    summary = form.state["summary"]
    submit(form, action="draft", answer=entered, base=saved if before else None)
    again = coursekit.question(number).state

    assert (again["answer"], again["drafted"], again["attempts"]) == (entered, True, 0)
    assert again["summary"] == form.state["summary"] == summary
    assert states(coursekit.hand_in())[title] == "not saved"
    assert send(desk)["file"].partition("\n")[2] == file
    assert file.count(f"quiz/{title}") == before
    assert not (place / "my-work" / "attempts.jsonl").exists() or b"draft" not in (place / "my-work" / "attempts.jsonl").read_bytes()


@pytest.mark.parametrize("back", [{"answer": "a"}, {}, {"answer": ""}], ids=["to what was saved", "cleared", "emptied"])
def test_typed_back(place, back):
    """Who takes back what was entered has no draft any more, and the answer that was saved is the one on the page."""
    form = save(1, "a") if back.get("answer") else coursekit.question(1)
    submit(form, action="draft", answer={"answer": "b"})
    submit(form, action="draft", answer=back)

    assert (form.state["drafted"], states(coursekit.hand_in())["pick"]) == (False, "answered" if back.get("answer") else "not answered")
    assert list((place / "my-work" / "drafts").glob("*")) == []


def test_looking_says_nothing_new(place):
    """A window that gets the focus asks, and what was said of handing in stays."""
    form, desk = save(1, "a"), coursekit.hand_in()
    said = send(desk, action="hand in", name="Ada")["said"]
    assert said["ok"]
    submit(form, action="look")

    assert desk.state["said"] == said


def test_an_answer_that_could_not_be_saved_is_not_called_saved(place):
    """On a full or read-only disk the page says so, twice over."""
    (place / "my-work").write_text("a file where the folder should be")
    form = save(1, "a")

    assert form.state["summary"] == {"verdict": "missed", "text": "Not saved."}
    assert (form.state["saved"]["ok"], form.state["feedback"]) == (False, "")
    assert states(coursekit.hand_in())["pick"] == "not answered"


@pytest.mark.parametrize("number", [0, 6, -1])
def test_a_question_that_there_is_not(place, number):
    """Said with how many there are."""
    with pytest.raises(BadBundle, match=f"no question {number}: this assignment has 5"):
        coursekit.question(number)


def test_outside_an_assignment(place, monkeypatch):
    """Said with what to do, by both."""
    (place / "elsewhere").mkdir()
    monkeypatch.chdir(place / "elsewhere")
    for show in (coursekit.hand_in, lambda: coursekit.question(1)):
        with pytest.raises(BadBundle, match="no graded work"):
            show()


def test_each_learner_has_an_order_of_their_own(place):
    """Where the assignment asks for it; the panel counts in that order."""
    (place / "quiz.bundle.json").write_text(json.dumps(raw(shuffle=True)))
    titles = [one.title for one in find_bundle(place).for_learner(Log().learner()).questions]

    assert [coursekit.question(n).fixed["title"] for n in range(1, 5)] == titles
    assert [row["title"] for row in coursekit.hand_in().state["rows"]] == titles


def test_the_panel_keeps_up_with_the_page(place):
    """An answer saved above is at once in the table below."""
    desk = coursekit.hand_in()
    assert set(states(desk).values()) == {"not answered"}
    save(1, "a")

    assert states(desk)["pick"] == "answered"


def test_the_file_is_shown_before_it_leaves(place):
    """All of it, as it is; only to somebody who looks."""
    save(3, "Grüße, <b>Mr Abe</b>")
    desk = coursekit.hand_in()
    assert desk.state["file"] == ""

    shown = send(desk, name="Zoë")["file"]
    assert '"name":"Zoë"' in shown and "Grüße, <b>Mr Abe</b>" in shown
    assert send(desk, name="Zoë", looking=False)["file"] == ""


def test_handing_in(place):
    """The file lies beside the notebook; the page says where, and what to do next; doing it again says that too."""
    save(1, "a")
    desk = coursekit.hand_in()
    said = send(desk, "hand in", "Ada Mole")["said"]

    assert said["ok"] and "Ada-Mole-quiz.coursekit.jsonl is now in the folder" in said["lines"][0] and "upload" in said["lines"][-1]
    assert (place / "Ada-Mole-quiz.coursekit.jsonl").is_file() and desk.state["handed"]
    again = send(desk, "hand in", "Ada Mole")["said"]
    assert "It replaces the file that you handed in before." in again["lines"]

    save(1, "b")
    assert (desk.state["said"], states(desk)["pick"]) == (None, "changed")


def test_after_a_reload(place):
    """Name, ticks and time of what was handed in are there again."""
    save(1, "a")
    save(5, "About my own client.")
    send(coursekit.hand_in(), "hand in", "Ada Mole", ["quiz/own"])
    desk = coursekit.hand_in()

    assert (desk.state["name"], desk.state["ticked"], bool(desk.state["handed"])) == ("Ada Mole", ["quiz/own"], True)


def test_what_is_private_stays_unless_ticked(place):
    """The row says that it stays; ticked, it is in the file; what is not private cannot be ticked away or in."""
    save(1, "a")
    save(5, "About my own client.")
    desk = coursekit.hand_in()
    row = next(row for row in desk.state["rows"] if row["private"])

    assert row["said"] == "answered; stays on this machine"
    assert "own client" not in send(desk)["file"]
    ticked = send(desk, ticked=["quiz/own", "quiz/pick", 7])
    assert "own client" in ticked["file"] and ticked["ticked"] == ["quiz/own"]


@pytest.mark.parametrize(
    ("answer", "name", "says", "missing"), [(None, "Ada", "no saved answer", ""), ("a", " ", "Type your name", "name")]
)
def test_what_is_missing_is_said(place, answer, name, says, missing):
    """Nothing is written; a missing name leads to its box."""
    if answer:
        save(1, answer)
    said = send(coursekit.hand_in(), "hand in", name)["said"]

    assert (said["ok"], said["missing"]) == (False, missing) and says in said["lines"][0]
    assert list(place.glob("*.jsonl")) == []


def test_a_full_disk_is_said(place, monkeypatch):
    """The page says that nothing was handed in and that the answers are still there."""
    save(1, "a")
    desk = coursekit.hand_in()

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    said = send(desk, "hand in", "Ada")["said"]

    assert not said["ok"] and "Nothing was handed in: the disk is full" in said["lines"][0]


@pytest.mark.parametrize(
    "forged",
    [{}, {"n": 1}, {"n": "1", "name": "a", "ticked": []}, {"n": 1, "name": 7, "ticked": []}, {"n": 1, "name": "a", "ticked": "quiz/own"}],
)
def test_a_forged_message_does_nothing(place, forged):
    """A page can send anything."""
    save(1, "a")
    desk = coursekit.hand_in()
    before = desk.state
    desk.submission = {"action": "hand in", **forged}

    assert desk.state == before and list(place.glob("*.jsonl")) == []


def test_the_saved_page_has_text_beside_the_widgets(place):
    """An unexecuted notebook reads well, and what runs says the same."""
    data, _ = coursekit.hand_in()._repr_mimebundle_()
    text = notebook(find_bundle(place), place)

    assert json.dumps(data["text/html"], ensure_ascii=False) in text
    assert json.dumps(coursekit.question(1)._repr_mimebundle_()[0]["text/html"], ensure_ascii=False) in text
