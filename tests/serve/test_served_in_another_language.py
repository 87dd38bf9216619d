"""What the server, the reading view and a learner's pages say, under the pseudo-locale: no English is left in the code."""

import json
import re
import socket
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from bundles import CHOICE, SUMS, TEXT, question, raw
from pseudo import forget, speak

from coursekit import wording
from coursekit.assignment import bundle, hand_in, notebook, submission
from coursekit.content import location, notebooks, question_text
from coursekit.errors import BadBundle, BadSubmission, CannotStart, CourseNotFound, NotSaved
from coursekit.model.controls import Arrange, Choice, Line
from coursekit.page import cards, conflict, handing_in, notebook_calls, progress_panel, seat, sitting
from coursekit.record import attempts
from coursekit.record.progress import Tally
from coursekit.serve import install_notebooks, jupyter_folders, server, signing, voila_page

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "old" / "bundle-v1" / "quiz"
NOWHERE = Path("/dev/null/x")
NOW = datetime(2027, 1, 15, 17, 0, tzinfo=UTC)
# Names that somebody gave, files, commands, and what the system says: none of it is translated, and none is ours.
NAMES = (
    "Not a directory", "Is a directory", "/dev/null/x", "coursekit start", "COURSEKIT_HOME", "COURSEKIT_IDLE_MINUTES", "--include",
    "quiz.bundle.json", "my-work", ".coursekit.jsonl", "quiz.coursekit", ".coursekit", "quiz.ipynb", "quiz/own", "learner-id", "_course",
    "Friday, 15 January 2027", "UTC", "jupytext", "quiz", "pick", "order", "note", "sums", "own",
)  # fmt: skip
CODE = re.compile(r"`.*?`|<.*?>|https?:\S+|\{\w+\}|[\w./-]*\.(?:csv|exe|ipynb|jsonl?|md)\b")


@pytest.fixture
def there(tmp_path, monkeypatch, capsys):
    """A folder, and ways to change the world and to see what is printed, while the pseudo-locale is spoken."""
    speak(monkeypatch)
    for name in jupyter_folders.VARIABLES:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("COURSEKIT_HOME", "")
    yield SimpleNamespace(folder=tmp_path, set=monkeypatch.setattr, environment=monkeypatch.setenv, printed=lambda: capsys.readouterr().out)
    monkeypatch.undo()
    forget()


def untranslated(text, *names):
    """The words of a text that did not come from the catalogue: those outside ⟦ and ⟧, and those with vowels and no accents."""
    for name in (*names, *NAMES):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text)
    text = outside = CODE.sub("", text)
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", outside)) != outside:
        outside = less
    return re.findall(r"[^\W\d_]{2,}", outside) + [word for word in re.findall("[A-Za-z]+", text) if re.search("[aeiouy]", word, re.I)]


def raised(error, act, *given):
    """What is said when this is tried."""
    with pytest.raises(error) as caught:
        act(*given)
    return str(caught.value)


def taken(there, port=None):
    """A port that is in use, and all there are."""
    with socket.socket() as other:
        other.bind((server.ADDRESS, 0))
        used = other.getsockname()[1]
        there.set(server, "PORTS", range(used, used + 1))
        return raised(CannotStart, server._free_port, used if port else None)


def no_home(there):
    there.environment("COURSEKIT_HOME", str(NOWHERE))
    return raised(CannotStart, server._home, there.folder)


def no_idle_time(there):
    there.environment(server.IDLE_VARIABLE, "bd")
    return raised(CannotStart, server._idle_seconds)


def no_place_for_jupyter(there):
    there.environment("JUPYTER_DATA_DIR", str(NOWHERE))
    jupyter_folders.make_writable(there.folder)
    return there.printed()


def addresses(there):
    provider = SimpleNamespace(token="bd")
    running = SimpleNamespace(port=1, identity_provider=provider, default_url="/lab/tree/b", graded=["b.ipynb"], open_browser=True)
    server.CourseServer.say_addresses(running)
    return there.printed()


def brought(there, record="[", text="{}"):
    """What is said about a record that is damaged, and about a page that the learner wrote."""
    course, folder = there.folder / "course", there.folder / "b"
    for root, content in ((course, "[]"), (folder, text), (folder, text)):
        (root / "notebooks").mkdir(parents=True, exist_ok=True)
        (root / "notebooks" / "01_b.ipynb").write_text(content)
    (folder / install_notebooks.RECORD).write_text(record)
    return install_notebooks.deliver(course, folder, date(2027, 1, 15))


def brought_again(there):
    brought(there)
    return brought(there, text='{"b": 1}')


def not_signed(there):
    shipped = there.folder / "notebooks"
    shipped.mkdir()
    for name in ("00_b.ipynb", "01_b.ipynb"):
        (shipped / name).write_text("{}")
    (shipped / "02_b.ipynb").mkdir()
    there.set(signing, "manifest", lambda: {"01_b.ipynb": "bd"})
    return list(signing.sign_course(shipped)[1].values())


def strange(change):
    """What is said of an assignment's notebook in which this was changed."""

    def told(there):
        for name in ("quiz.bundle.json", "letter.md", "trays.csv"):
            if (OLD / name).exists():
                (there.folder / name).write_bytes((OLD / name).read_bytes())
        made = json.loads((OLD / "quiz.ipynb").read_text(encoding="utf-8"))
        (there.folder / "quiz.ipynb").write_text(json.dumps(change(made) or made))
        return raised(BadBundle, signing.sign_assignment, there.folder)

    return told


CELL = {"cell_type": "code", "id": "b", "metadata": {}, "source": "b", "outputs": [], "execution_count": None}
SERVE = {
    "a folder that cannot be made": lambda there: raised(CannotStart, server._prepare, NOWHERE),
    "a record that cannot be written": no_home,
    "a port in use": lambda there: taken(there, True),
    "all ports in use": taken,
    "no idle time": no_idle_time,
    "Jupyter's own folder": no_place_for_jupyter,
    "the addresses": addresses,
    "a damaged record of what was brought": brought,
    "a second one": brought_again,
    "notebooks that are not signed": not_signed,
    "no notebook": lambda there: raised(BadBundle, signing.sign_assignment, write(there.folder)),
    "a damaged one": strange(lambda made: {"cells": 7}),
    "strange settings": strange(lambda made: made["metadata"].update(jupytext={})),
    "a strange cell": strange(lambda made: made["cells"].append(CELL)),
    "strange settings of a cell": strange(lambda made: made["cells"][0]["metadata"].update(bd=1)),
    "a strange text": strange(lambda made: made["cells"][0].update(source="<b>")),
    "a strange output": strange(lambda made: made["cells"][2]["outputs"][0].update(metadata={"b": 1})),
    "another order": strange(lambda made: made["cells"].pop()),
    "a page that may not run": lambda there: wording.say("start.not_signed"),
    "the reading view": lambda there: list(voila_page.head("b")["words"].values()),
}


def write(folder, **changes):
    """The bundle of a quiz in its file; returns the folder."""
    content = changes.pop("content", None) or json.dumps(raw(**changes))
    (folder / "quiz.bundle.json").write_text(content)
    return folder


def refused(place="", **changes):
    """What is said of a bundle in which this is otherwise, without the name of the place in it."""

    def told(there):
        said = raised(BadBundle, bundle.find_bundle, write(there.folder, **changes))
        assert not place or f" {place}: ⟦" in said
        return said.replace(f"{place}: ", "")

    return told


def unreadable(there):
    (there.folder / "quiz.bundle.json").mkdir()
    return raised(BadBundle, bundle.read_bundle, there.folder / "quiz.bundle.json")


def several(there):
    for name in ("b", "d"):
        (there.folder / f"{name}.bundle.json").touch()
    return raised(BadBundle, bundle.find_bundle, there.folder)


def renamed(there):
    return raised(BadBundle, bundle.read_bundle, write(there.folder).joinpath("quiz.bundle.json").rename(there.folder / "b.bundle.json"))


def terms(**changes):
    """What the notebook of such an assignment says before its questions, and its three lines to read."""

    def told(there):
        opened = bundle.find_bundle(write(there.folder, **{"title": "Bd", "due": NOW.isoformat(), **changes}))
        return [*json.loads(notebook.notebook(opened, there.folder))["cells"][0]["source"].splitlines()[1:], notebook.readme(opened)]

    return told


def table(rows):
    def told(there):
        (there.folder / "b.csv").write_text("b,d\n" * (201 + rows))
        opened = bundle.find_bundle(write(there.folder, material=[{"title": "Bd", "file": "b.csv"}]))
        return json.loads(notebook.notebook(opened, there.folder))["cells"][1]["source"].splitlines()[-1]

    return told


def no_material(there):
    opened = bundle.find_bundle(write(there.folder, material=[{"title": "Bd", "file": "b.csv"}]))
    return raised(BadBundle, notebook.notebook, opened, there.folder)


OWN = question("own", "short-text", TEXT, private=True)
TWO = [question("sums", "number", *SUMS), question("sums", "number", *SUMS)]
BUNDLE = {
    "none": lambda there: raised(BadBundle, bundle.find_bundle, there.folder),
    "several": several,
    "renamed": renamed,
    "that cannot be read": unreadable,
    "of a newer version": refused(v=99),
    "damaged": refused(content="{"),
    "with a key twice": refused("b", content='{"b": 1, "b": 2}'),
    "of a strange version": refused("v", v=0),
    "with a strange name": refused("name", name="?"),
    "without a digest": refused("digest", digest=""),
    "with too long a text": refused("about", about="b" * 100_001),
    "with a sign that cannot be seen": refused("about", about="\x1b"),
    "with too many points": refused("points", points=1e9),
    "due at no time": refused("due", due="b"),
    "with a strange material": refused("material[1].file", material=[{"title": "b", "file": "b.exe"}]),
    "with a material twice": refused("material", material=[{"title": "b", "file": "b.md"}] * 2),
    "without questions": refused("questions", questions=[]),
    "with a question twice": refused("questions", questions=TWO),
    "with nothing to answer": refused("questions[1].public.controls", questions=[question("b", "number")]),
    "with two answers": refused("questions[1].public.controls", questions=[question("b", "number", CHOICE, SUMS[0])]),
    "without a question of that number": lambda there: raised(BadBundle, seat.question, bundle.find_bundle(write(there.folder)), 9),
    "late by the day": terms(late_rule="per-day", late_percent=2.5, minutes=1, most=1, pass_percent=50.0),
    "late till then": terms(late_rule="cut-off", late_until=NOW.isoformat(), minutes=2, most=2, feedback="points", questions=[OWN]),
    "late for nothing": terms(feedback="none", feedback_after=NOW.isoformat(), count="average"),
    "the best counts": terms(count="best"),
    "the first counts": terms(count="first"),
    "one more row": table(1),
    "more rows": table(2),
    "no material": no_material,
}


def learner(there):
    """Somebody at work on the quiz, with a question about their own work: the desk at which they hand in."""
    opened = bundle.find_bundle(write(there.folder, questions=[*raw()["questions"], OWN]))
    return hand_in.Handover(opened, there.folder, attempts.Log(there.folder / "my-work"), lambda: NOW)


def save(desk, name, *answers, act="check"):
    (one,) = (one for one in desk.bundle.questions if one.title == name)
    for answer in answers:
        desk.log.record(one, answer, one.grade(answer) if act == "check" else None, NOW, act=act)


def handed_in(there):
    """What the command says, and how each question stands then: one in each state."""
    desk = learner(there)
    save(desk, "pick", "a", "b")
    save(desk, "own", "b d g")
    first = list(hand_in.submit(there.folder, "B", []))
    save(desk, "order", ["a", "b", "c", "d", "e"])
    save(desk, "pick", "a")
    save(desk, "note", "b", act="draft")
    page = handing_in.HandingIn(desk)
    page.take({"n": 1, "name": "B", "ticked": [], "action": "hand in"})
    return [*first, *hand_in.summary(desk.rows()), *page.outcome["lines"], *(row["said"] for row in page.state()["rows"])]


def not_handed_in(there):
    page = handing_in.HandingIn(learner(there))
    said = []
    for name, answers in (("B", []), ("", ["a"])):
        save(page.handover, "pick", *answers)
        page.take({"n": 1, "name": name, "ticked": [], "action": "hand in"})
        said += page.outcome["lines"]
    return said


def not_written(there):
    desk = learner(there)
    save(desk, "pick", "a")
    (there.folder / submission.file_name("B", "quiz")).mkdir()
    return raised(NotSaved, desk.hand_in, "B", [])


def no_id(there):
    desk = learner(there)
    save(desk, "pick", "a")
    there.set(attempts.Log, "learner", lambda self: "?")
    return raised(BadSubmission, desk.hand_in, "B", [])


HEAD = {"coursekit": "submission", "v": 1, "answers": 0, "assignment": "b", "digest": "b", "course": "b", "learner": "0" * 32, "name": "b"}
HAND_IN = {
    "done": handed_in,
    "refused": not_handed_in,
    "not written": not_written,
    "without an id": no_id,
    "not about one's own work": lambda there: raised(BadSubmission, list, hand_in.submit(learner(there).folder, "B", ["bd"])),
    "no header": lambda there: raised(BadSubmission, submission.read_header, b"{}"),
    "newer": lambda there: raised(BadSubmission, submission.read_header, json.dumps({**HEAD, "v": 9}).encode()),
    "no time": lambda there: raised(BadSubmission, submission.read_header, json.dumps(HEAD).encode()),
    "no answer": lambda there: raised(BadSubmission, submission.read_answer, b"{}"),
    "no text": lambda there: raised(BadSubmission, submission.read_answer, b"\xff"),
    "cut short": lambda there: raised(BadSubmission, submission.read_answer, b"{"),
}


def saved(number, **more):
    """What is said of that many saved answers."""
    one = bundle.Released(id="b", title="b", prompt="b", objective="", exercise="b", of="b", shown=(), **more)
    return lambda there: one.said(list(map(str, range(number))))


def lines(there):
    """The lines of a log that cannot be read."""
    (there.folder / "attempts.jsonl").write_text('{"v": 99}\nb\n{"b')
    return list(map(str, attempts.Log(there.folder).problems()))


def no_log(there):
    (there.folder / "attempts.jsonl").mkdir()
    return list(map(str, attempts.Log(there.folder).problems()))


def not_saved(there):
    at_work = sitting.Sitting(bundle.find_bundle(write(there.folder)).questions[0], attempts.Log(NOWHERE), lambda: NOW)
    at_work.take({"n": 1, "action": "check", "answer": {"answer": "a"}})
    state = at_work.state()
    return [state["saved"]["text"], state["summary"]["text"]]


def full(there):
    return [attempts.why_not(OSError(number, "Bd"), there.folder) for number in (28, 13)]


def no_course(there):
    there.set(location, "PARTS", ("b", "d"))
    return raised(CourseNotFound, location.root.__wrapped__).replace(str(ROOT / "coursekit"), "").replace(str(ROOT), "")


def no_manifest(there):
    (there.folder / "notebooks").mkdir()
    (there.folder / "notebooks" / notebooks.MANIFEST).write_text("[")
    there.set(location, "root", lambda: there.folder)
    return raised(CourseNotFound, notebooks.manifest)


def form_of_the_test(there):
    """In a place where an id can be kept, and in one where none can."""
    there.environment("COURSEKIT_HOME", str(there.folder))
    shown = notebook_calls.measure("before")._about
    there.environment("COURSEKIT_HOME", str(NOWHERE))
    return [shown, notebook_calls.measure("before").text, notebook_calls.measure("before").html]


def card_of_a_unit(step, minutes):
    unit = SimpleNamespace(title="B", step=step, minutes=minutes, question=["B?"], objective=[SimpleNamespace(text="b", minutes=2)])
    return lambda there: list(vars_of(cards.unit_card(unit)))


def card_of_a_case(there):
    case = SimpleNamespace(
        code="B", title="B", trade="b", country="GB/X", currency="£", setting="|b|\n|-|\n|d|", note="b",
        person=[SimpleNamespace(name="B", role="b", side="client")], event=[SimpleNamespace(when="3", text="b")],
        quote=[SimpleNamespace(who="B", when="3", text="b")],
    )  # fmt: skip
    return list(vars_of(cards.case_card(case)))


def vars_of(card):
    """The texts of a card: what is plain, and the labels and texts of its HTML."""
    yield from (line for line in card.text.splitlines())
    yield from re.findall(r'aria-label="(.*?)"', card.html)
    yield from re.findall(r">([^<]+)<", card.html)


def panel(there):
    shown = progress_panel.progress_panel([("B", Tally("b", 1, 2))], progress_panel.Next(wording.say("progress.all_done"), "b.ipynb"))
    return list(vars_of(shown))


def windows(there):
    """What another window says in two boxes and in the steps of an order."""
    boxes = [Line("b", "B"), Line("d", "D"), Arrange("g", "G", (Choice("k", "K"), Choice("p", "P")))]
    there_is = {"b": "b", "d": "d", "g": ["k", "p"]}
    told = [conflict._told((one.id,), there_is[one.id], boxes)[0] for one in boxes]
    return [line for one in told for line in (*one["text"].splitlines(), one["of"])] + [conflict._line(("B:", "D"), "b")]


def question_as_text(there):
    one = bundle.find_bundle(write(there.folder, questions=[question("b", "number", {**SUMS[0], "label": "B"})])).questions[0]
    return [*question_text.as_text(one).splitlines(), question_text.as_html(one)]


PAGE = {
    "the first saved answer": saved(1),
    "the second of three": saved(2, most=3),
    "more than one that counts": saved(2, most=1, count="first"),
    "more than two that count": saved(3, most=2, count="first"),
    "a private one": saved(1, private=True),
    "lines that cannot be read": lines,
    "a log that cannot be read": no_log,
    "an answer that cannot be saved": not_saved,
    "why it cannot": full,
    "no client": lambda there: raised(ValueError, attempts.Log(there.folder).forget_client, "B D"),
    "no course": no_course,
    "a damaged course": no_manifest,
    "a test form": form_of_the_test,
    "a unit": card_of_a_unit("act", 2),
    "a unit before the path": card_of_a_unit("start", 1),
    "a case": card_of_a_case,
    "progress": panel,
    "two windows": windows,
    "a question that nobody has run": question_as_text,
}
ALL = {
    f"{room}: {what}": say
    for room, table in {"serve": SERVE, "bundle": BUNDLE, "hand-in": HAND_IN, "page": PAGE}.items()
    for what, say in table.items()
}


@pytest.mark.parametrize("what", ALL)
def test_nothing_is_said_past_the_catalogue(there, what):
    """Each message is a translation from its first sign to its last; only what somebody else named is as it was."""
    said = ALL[what](there)
    messages = [line for text in ([said] if isinstance(said, str) else said) for line in [text.strip()] if line]

    assert messages
    assert [(one, words) for one in messages if (words := untranslated(one, str(there.folder)))] == []
