"""A learner's feedback page as a browser shows it: no barrier, light and dark, narrow and wide, and all of it on paper."""

import io
import json
import re
from contextlib import closing
from fractions import Fraction
from unicodedata import normalize

import pytest
from attrs import evolve
from axe import AXE, RULES
from pypdf import PdfReader

from coursekit.content import location
from coursekit.gradebook.assignment import Criterion, Level, read_assignment
from coursekit.gradebook.grade.feedback import FeedbackPages, Marked, Question
from coursekit.gradebook.grade.totals import LearnerTotal
from coursekit.model.grading import grade

WORK = read_assignment(location.root() / "exercises" / "assignments" / "weekly-quiz.toml")
RUBRIC = (Criterion("fact", "Facts", 1, tuple(Level(level, f"What a text at level {level} does.") for level in (1, 2, 3, 4))),)


def question(number, exercise):
    """Right, wrong, partly right, unreadable and left out by turns; the text has marks and a comment."""
    samples = exercise.samples()
    answer = [samples.right, samples.wrong or samples.right, samples.partly or samples.right, samples.unreadable, ()][number % 5]
    if not answer:
        return Question(exercise.id, "not answered", Fraction(0), Fraction(2))
    given = grade(exercise, answer[0])
    one = Question(exercise.id, given.status, given.score, Fraction(2), json.dumps(answer[0]))
    if given.status != "needs marking":
        return one
    return evolve(one, status="marked", score=Fraction(3, 4), rubric=RUBRIC, marked=Marked({"fact": Fraction(3)}, ("A comment.",)))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The file of one learner's page."""
    note = [one for one in WORK.exercises.values() if one.kind == "short-text"]
    asked = [question(number, one) for number, one in enumerate(one for one in WORK.exercises.values() if one not in note)]
    asked += [question(0, one) for one in note]
    row = LearnerTotal("ada", (), None, Fraction(15, 2), None, None, 2, 12, "unreadable")
    path = tmp_path_factory.mktemp("feedback") / "ada.html"
    path.write_text(FeedbackPages(WORK.assignment, lambda id, of: WORK.exercises[id]).page(row, "Ada “שלום” Mole", asked), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def context(browser):
    """A browser for all of these."""
    with closing(browser.new_context()) as made:
        yield made


@pytest.fixture
def page(context):
    """A window of it."""
    with closing(context.new_page()) as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier(page, address, scheme):
    """axe finds nothing at all, in light and in dark colours, and nothing is fetched from anywhere."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.evaluate(AXE)

    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps([*RULES, 'best-practice'])}, resultTypes: ['violations']}})")[
        "violations"
    ]

    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
    assert asked == [address]


def test_the_policy_of_the_page_forbids_nothing_of_its_own(page, address):
    """No word of it in the console, open and on paper; a script that got in would not run, nor a picture be fetched."""
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.emulate_media(media="print")
    assert (said, asked) == ([], [address])

    with page.expect_console_message(lambda _: len(said) >= 2):
        page.evaluate("""() => {
            document.body.insertAdjacentHTML("beforeend", "<img src='https://evil.example/spy.png' onerror='document.title = 1'>");
            document.body.append(Object.assign(document.createElement("script"), {textContent: "document.title = 2"}));
        }""")
    assert page.title() not in ("1", "2")
    assert len(said) >= 2 and all("Content Security Policy" in one for one in said)


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_fits(page, address, width):
    """From a phone to a wide screen nothing but a table scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper(page, address):
    """Printed to PDF, each question is there with its outcome, in dark ink on white."""
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    printed = re.sub(r"\s+", "", normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets)))  # "ﬁ" is "fi"
    page.emulate_media(media="print", color_scheme="dark")

    assert [one.title for one in WORK.exercises.values() if re.sub(r"\s+", "", one.title) not in printed] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
