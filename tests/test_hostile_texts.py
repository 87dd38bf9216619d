"""An author may be a stranger: whatever a text says, no surface gets a live address, a picture from elsewhere or an element of theirs."""

import json
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from attrs import evolve, fields, has
from bundles import CHOICE, TEXT, question, raw
from making import TINY
from nbconvert.filters import markdown2html

from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.notebook import notebook
from coursekit.content.library import load
from coursekit.content.question_text import as_html
from coursekit.gradebook.assignment import Criterion, read_assignment
from coursekit.gradebook.grade.feedback import FeedbackPages, Marked, Question
from coursekit.gradebook.grade.totals import LearnerTotal
from coursekit.model.grading import grade
from coursekit.page.cards import case_card, unit_card
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

LIBRARY = load(TINY / "exercises")
KINDS = sorted({one.kind for one in LIBRARY.values()})
ASSIGNMENT = read_assignment(TINY.parent / "gradebook" / "quiz.toml").assignment
HOSTILE = [
    "[now](javascript:alert(1))", "[now](JaVa&#115;cript:alert(1))", "[now](<java\tscript:alert(1)>)", "[now](javascript\\:alert(1))",
    "[now](data:text/html,x)", "[now](vbscript:x)", "[now](file:///etc/passwd)", "[now](//evil.example)",
    "[now]\n\n[now]: javascript:alert(1)",
    "<javascript:alert(1)>", "![now](https://evil.example/spy.png)", "![now](//evil.example/spy.png)", "![now](data:image/svg+xml,x)",
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</div></details></section><iframe src=x></iframe>",
    "<a href='javascript:x'>a</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>", "<form action=https://evil.example><button>a</button></form>",
    '" onmouseover="alert(1)" x="',
]  # fmt: skip
OF_PERSONS = {
    "title", "prompt", "note", "hint", "explanation", "text", "label", "why", "say", "question", "low", "high", "model", "help", "about",
    "objective", "who", "when", "name", "role", "setting", "trade", "code",
}  # fmt: skip
OWN = {"style", "meta", "html", "head", "body", "title", "main"}  # of a whole page that is a file


class Alive(HTMLParser):
    """What is alive in HTML: elements, handlers and addresses that should not be there."""

    def __init__(self, page, own=()):
        super().__init__(convert_charrefs=True)
        self.found, self.own, self.events = [], own, 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "iframe", "form", "button", "base", "object", "embed", "svg", "img", "link", "meta", "style"} - set(self.own):
            self.found.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if (
                name.startswith("on")
                or (name == "src")
                or (name == "href" and not address.startswith(("https://", "http://", "mailto:", "#")))
            ):
                self.found.append((tag, name, value))

    handle_startendtag = handle_starttag


def spoiled(value, text):
    """The same object with `text` behind each text that is written for a person, at any depth; keys and ids stay."""
    changes = {}
    for field in fields(type(value)):
        one = getattr(value, field.name)
        if field.name in OF_PERSONS and isinstance(one, str):
            changes[field.name] = f"{one} {text}"
        elif isinstance(one, tuple):
            worded = field.name in OF_PERSONS
            changes[field.name] = tuple(spoiled(part, text) if has(type(part)) else f"{part} {text}" if worded else part for part in one)
        elif isinstance(one, dict) and field.name in OF_PERSONS:
            changes[field.name] = {key: f"{part} {text}" for key, part in one.items()}
        elif has(type(one)) and field.name != "figures":
            changes[field.name] = spoiled(one, text)
    return evolve(value, **changes)


def on_the_page(exercise, log, clock):
    """The HTML that a sitting ever gives to the page: question, feedback, hints, solution, samples."""
    sitting, shown, samples = Sitting(exercise, log, clock), [], exercise.samples()
    for number, answer in enumerate([*samples.wrong, *samples.partly, *samples.right, *samples.unreadable[:2]], 1):
        sitting.take({"n": number, "action": "check", "answer": {"answer": answer} if sitting._single() else answer})
        for act in ("hint", "solution"):
            sitting.take({"n": number, "action": act})
        state = sitting.state()
        shown += [state["feedback"], *state["hints"], state["solution"]["html"], *(part["text"] for part in state["parts"])]
        shown += [one[name] for one in state["anchors"] for name in ("text", "why")]
    return "".join([sitting.fixed()["note"], sitting.fixed()["prompt"], *shown])


def feedback_page(exercise, text):
    """A learner's page with everything on it: the exercise, what was typed, and what a marker said."""
    told = []
    for answer in [*exercise.samples().right[:1], *exercise.samples().wrong[:1]]:
        given = grade(exercise, answer)
        told.append(Question(exercise.id, given.status, given.score, Fraction(1), json.dumps(answer)))
    marked = Marked({"c": Fraction(3)}, (text,))
    told.append(
        evolve(told[0], status="marked", score=Fraction(3, 4), rubric=(Criterion("c", text),), marked=marked, answer=json.dumps(text))
    )
    row = LearnerTotal("ada", (Fraction(1),), Fraction(1), Fraction(1), Fraction(50), None, 0, 1, "graded")
    return FeedbackPages(spoiled_title(text), lambda id, of: exercise).page(row, f"Ada {text}", told)


def spoiled_title(text):
    return evolve(ASSIGNMENT, title=f"{ASSIGNMENT.title} {text}")


@pytest.mark.parametrize("kind", KINDS)
def test_no_surface_of_an_exercise(kind, tmp_path, clock):
    """On the page, on the page that nobody ran, and on a feedback page: for each hostile text in every text at once."""
    for number, text in enumerate(HOSTILE):
        one = spoiled(next(one for one in LIBRARY.values() if one.kind == kind), text)

        assert Alive(on_the_page(one, Log(tmp_path / str(number)), clock)).found == [], text
        assert Alive(as_html(one)).found == [], text
        assert Alive(feedback_page(one, text), OWN).found == [], text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_card(text):
    """Who is who in a case, its letters and events; where a unit stands and what it asks."""
    for name in LIBRARY.cases:
        assert Alive(case_card(spoiled(LIBRARY.case(name), text)).html).found == []
    for unit in LIBRARY.units.values():
        assert Alive(unit_card(spoiled(unit, text)).html).found == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_notebook_of_an_assignment(text, tmp_path):
    """In its texts as the reading view draws them, and in what stands below its questions."""
    pick = {**CHOICE, "label": text, "options": [{"id": "a", "text": text}, {"id": "b", "text": text}]}
    asked = [question("pick", "single-choice", pick), question("note", "short-text", {**TEXT, "help": text})]
    for one in asked:
        one["public"] |= {"title": text, "note": text, "prompt": text}
    material = [{"title": f"Letter {text}", "file": "letter.md"}, {"title": "Calls", "file": "calls.csv"}]
    (tmp_path / "letter.md").write_text(f"# Letter\n\n{text}\n\n- {text}\n\n> {text}\n\n| a |\n|---|\n| {text} |\n")
    (tmp_path / "calls.csv").write_text('a,b\n"' + text.replace('"', '""') + '",2\n')
    whole = raw(about=f"{text}\n\n{text}", title=f"Quiz {text}", questions=asked, material=material)
    Path(tmp_path / "quiz.bundle.json").write_text(json.dumps(whole))

    for cell in nbformat.reads(notebook(find_bundle(tmp_path), tmp_path), as_version=4).cells:
        page = markdown2html(cell.source) if cell.cell_type == "markdown" else "".join(one.data["text/html"] for one in cell.outputs)
        assert Alive(page).found == [], cell.source


def test_what_would_be_found():
    """The walk above sees what is alive."""
    page = "<a href='javascript:x'>a</a><img src=x><p onclick=x>a</p><script></script><a href='//a'>a</a>"

    assert len(Alive(page).found) == 6
