"""Every kind of exercise is answered in both surfaces with the keyboard alone, and explains itself."""

import pytest
from axe import barriers
from bare_page import Windows
from keyboard import Hands, form_of
from serving import lab_of, reading_of, window

import coursekit
from coursekit.content import location
from coursekit.model.kinds import KINDS

START = "00_start_here.ipynb"
LIBRARY = coursekit.load(location.root() / "exercises")
DEMOS = [exercise for exercise in LIBRARY.values() if exercise.role == "demo"]
SAID = {"graded": "Right", "needs marking": "Saved", "kept": "Saved"}


@pytest.fixture(scope="module", params=["workbook", "reading view"])
def opened(request, browser, server):
    """The start page, opened once in each of the two surfaces: the page and what of it is the notebook's."""
    server.empty()
    with window(browser) as page:
        yield page, {"workbook": lab_of, "reading view": reading_of}[request.param](server)(page, START)


@pytest.fixture
def page(opened):
    """The page; the last test is the one that answers it all."""
    return opened[0]


@pytest.fixture
def surface(opened):
    """What of it is the notebook's."""
    return opened[1]


def test_the_start_page_shows_every_kind():
    """Nobody meets a kind for the first time in a unit."""
    assert {exercise.kind for exercise in DEMOS} == set(KINDS)


def test_no_barrier(page, surface):
    """axe finds nothing serious or critical in the exercises, each kind of them; JupyterLab's own frame is not ours."""
    for exercise in DEMOS:  # JupyterLab draws a cell when it comes into view
        form_of(surface, exercise)

    assert page.locator("section.ck").count() >= len(DEMOS)
    assert barriers(page, "section.ck") == []


def test_a_wrong_answer_says_why(page, surface):
    """The reason of the option that was picked stands on the page, and two tries later the answer is offered."""
    exercise = next(exercise for exercise in DEMOS if exercise.kind == "single-choice")
    form = form_of(surface, exercise)
    hands = Hands(page, form)
    wrong = [option for option in exercise.option if not option.right]
    for option in wrong[:2]:
        hands.answer(exercise, option.id)
        hands.check()
        form.locator(".ck-feedback").get_by_text(option.why.split(".")[0].replace("*", "")[:40]).wait_for()

    hands.tab_to(form.get_by_role("button", name="Show the answer and why"))
    hands.press("Enter")

    form.get_by_role("group", name="The answer and why").wait_for()


def test_what_cannot_be_read_is_asked_back(page, surface):
    """A word in a number box is no attempt: the page says what to type, and the box has the focus."""
    exercise = next(exercise for exercise in DEMOS if exercise.kind == "number")
    form = form_of(surface, exercise)
    hands = Hands(page, form)
    first = exercise.controls()[0].id
    hands.answer(exercise, {control.id: "abc" for control in exercise.controls()})
    hands.check()

    form.locator(".ck-feedback").get_by_text("cannot be read as a number").wait_for()
    hands.part(first).locator("input[aria-invalid=true]:focus").wait_for()


def test_hints_come_one_by_one(page, surface):
    """Each press of the button shows one more hint, and the last one takes the button away."""
    exercise = next(exercise for exercise in DEMOS if len(exercise.hint) == 3)
    form = form_of(surface, exercise)
    hands = Hands(page, form)
    hands.begin()
    for number in (1, 2, 3):
        hands.tab_to(form.get_by_role("button", name=f"Hint {number} of 3"))
        hands.press("Enter")
        form.locator(".ck-hints > li").nth(number - 1).wait_for()

    assert form.get_by_role("button", name="Hint").count() == 0


def test_each_kind_is_answered_by_keyboard_alone(page, surface):
    """Tab, arrows, space, Enter and Control+Enter are enough for a right answer to every kind."""
    for exercise in DEMOS:
        form = form_of(surface, exercise)
        hands = Hands(page, form)
        hands.answer(exercise, exercise.samples().right[0])
        hands.check()

        given = coursekit.grade(exercise, exercise.samples().right[0])
        form.locator(".ck-summary").get_by_text(SAID[given.status]).wait_for()
        form.locator(".ck-keeping").get_by_text("Saved").wait_for()


# ---- The form alone ------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(browser, tmp_path):
    """bare(exercise) opens a page that holds that exercise only."""
    with window(browser) as page:
        yield lambda exercise: Windows(page.context, tmp_path / exercise.kind, exercise)


ASKED = {"ordering": "Nothing was moved yet", "revision": "There is no answer yet"}  # others say what to do in their own words


@pytest.mark.parametrize("exercise", DEMOS, ids=lambda one: one.kind)
def test_forms_that_nobody_touched_are_asked_back(bare, exercise):
    """Check on an untouched form is no answer, also where all cards were only looked at."""
    page, form = bare(exercise).open()
    hands = Hands(page, form)
    hands.begin()
    for control in exercise.controls():
        for _ in getattr(control, "cards", ())[1:]:
            hands.tab_to(form.get_by_role("button", name="Next card"))
            hands.press("Enter")
    hands.tab_to(form.get_by_role("button", name="Save" if exercise.saves else "Check", exact=True))
    hands.press("Enter")

    form.locator(".ck-summary").get_by_text("could not be read").wait_for()
    form.locator(".ck-feedback").get_by_text(ASKED.get(exercise.kind, ".")).first.wait_for()


@pytest.mark.parametrize("kind", ["ordering", "revision"])
def test_what_was_moved_stays_moved_after_a_reload(bare, kind):
    """An order and a judgement that were given and not yet checked are there again, and are answers."""
    exercise = next(exercise for exercise in DEMOS if exercise.kind == kind)
    windows = bare(exercise)
    page, form = windows.open()
    Hands(page, form).answer(exercise, exercise.samples().right[0])
    form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()
    page, form = windows.open(page)

    hands = Hands(page, form)
    form.locator("[data-part]").first.wait_for()
    hands.begin()
    hands.tab_to(form.get_by_role("button", name="Check", exact=True))
    hands.press("Enter")
    form.locator(".ck-summary").get_by_text("Right").wait_for()
