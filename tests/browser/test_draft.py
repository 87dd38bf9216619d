"""What is typed and not given in: saved after a pause, kept while nobody answers, and never written over unasked.

On a bare page, so that each of these is tried in a moment; tests/browser/test_record.py does it on the course's own pages.
"""

import json
import re

import pytest
from axe import barriers
from bare_page import LOST, OF_KIND, PAUSE, REPLY, RETRY, keeping, rest
from bundles import SUMS, question, raw
from keyboard import Hands

from coursekit.assignment.bundle import find_bundle
from coursekit.model.kinds import KINDS
from coursekit.record.attempts import Log


@pytest.fixture(autouse=True)
def record():
    """No server runs here, so there is no record of one."""


@pytest.fixture
def graded(tmp_path):
    """The question of that number in graded work."""
    own = question("own", "worksheet", *SUMS, private=True)
    (tmp_path / "quiz.bundle.json").write_text(json.dumps(raw(questions=[*raw()["questions"], own])))
    return lambda number: find_bundle(tmp_path).questions[number - 1]


def kept(page):
    """What lies in the browser's storages of unsent text."""
    return page.evaluate(
        "[localStorage, sessionStorage].flatMap(place => Object.keys(place).filter(key => key.startsWith('coursekit unsent')))"
    )


def begun(page, form):
    """The window, in whose box somebody has put the cursor: it has asked what is new, and been told."""
    form.locator("textarea").focus()
    page.wait_for_function("window.values.state.address")
    return page, form


def close(page):
    """Close the window as a person does; True where it asked before."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    if not page.is_closed():
        page.wait_for_event("close")
    return asked == ["beforeunload"]


SAID = {
    "practice": "Draft saved 12:00, not checked yet",
    "words": "Draft saved 12:00",
    "graded": "Draft saved 12:00, not yet saved as an answer",
}


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_entered_is_there_in_the_next_window(windows, kind):
    """After a pause the page says that the draft is saved; in another window it is there, and is no answer."""
    here, exercise = windows(kind), OF_KIND[kind]
    page, form = here.open()
    entered = next(iter(exercise.samples().right))
    Hands(page, form).answer(exercise, entered)
    rest(page)
    said = SAID["words" if exercise.saves else "practice"]
    keeping(form, said)
    assert (kept(page), close(page)) == ([], False)
    page, form = here.open()

    keeping(form, said)
    assert [act for act, _ in here.entries()] == ["draft"]
    sitting = here.sittings[page]
    assert exercise.grade(exercise.read(sitting.raw)) == exercise.grade(exercise.read(json.loads(json.dumps(entered))))
    assert form.locator(".ck-summary").inner_text() == ""


@pytest.mark.parametrize(("number", "entered"), [(1, "a"), (3, "Half a note"), (4, {"q1": "12", "q2": "3"}), (5, {"q1": "12"})])
def test_in_graded_work_it_is_said_to_be_no_answer(windows, graded, number, entered):
    """The words stand beside the button, in this window and the next, until it is saved."""
    asked = graded(number)
    here = windows(asked)
    page, form = here.open()
    Hands(page, form).answer(asked, entered)
    rest(page)
    keeping(form, SAID["graded"])
    close(page)
    page, form = here.open()
    keeping(form, SAID["graded"])
    form.get_by_role("button", name="Save").click()
    keeping(form, "Saved 12:00")

    assert here.entries() == [("check", here.sittings[page].raw)]


@pytest.mark.parametrize(
    "event",
    [
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden'}); document.dispatchEvent(new Event('visibilitychange'))",
        "window.dispatchEvent(new PageTransitionEvent('pagehide'))",
    ],
    ids=["hidden", "pagehide"],
)
def test_leaving_the_page_saves_at_once(windows, event):
    """Another tab, a closed lid or the way back wait for no pause."""
    here = windows("short-text")
    page, form = here.open()
    form.locator("textarea").press_sequentially("Six came")
    assert here.entries() == []
    page.evaluate(event)
    keeping(form, "Draft saved 12:00")

    assert here.entries() == [("draft", "Six came")]


def test_a_box_that_is_left_is_saved_at_once(windows):
    """And a click on the button that saves an answer comes before the draft that it makes needless."""
    here = windows("worksheet")
    page, form = here.open()
    form.get_by_label("Your client").fill("A bakery")
    page.keyboard.press("Tab")
    rest(page, 300)
    keeping(form, "Draft saved 12:00")
    form.get_by_label("What they pay").fill("100")
    form.get_by_role("button", name="Save").click()
    form.locator(".ck-summary").get_by_text("Saved").wait_for()
    rest(page)

    assert [one["action"] for one in here.sent if one["action"] != "look"] == ["draft", "check"]


def test_it_is_read_out_once(windows):
    """A screen reader hears that a draft is saved, and not after each pause; again after an answer was saved."""
    here = windows("short-text")
    page, form = here.open()
    page.evaluate(
        """() => {
        window.heard = [];
        const region = document.querySelector("section.ck > .ck-hidden[role=status]");
        new MutationObserver(() => region.textContent && heard.push(region.textContent)).observe(region, { childList: true });
    }"""
    )
    heard = lambda: [text for text in page.evaluate("window.heard") if not text.endswith("words")]  # noqa: E731
    for text in ("Six ", "came ", "on "):
        form.locator("textarea").press_sequentially(text)
        rest(page)
        keeping(form, "Draft saved 12:00")
        rest(page, 100)
    assert heard() == ["Draft saved 12:00"]
    page.keyboard.press("Control+Enter")
    keeping(form, "Saved 12:00")
    form.locator("textarea").press_sequentially("3 March.")
    rest(page)
    keeping(form, "Draft saved 12:00")
    rest(page, 100)

    assert heard() == ["Draft saved 12:00"] * 2
    assert form.locator("textarea").evaluate("node => [document.activeElement === node, node.selectionStart]") == [True, 20]


# ---- Closing the window --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["typed", "lost", "failed", "undecided"])
def test_a_window_with_something_unsaved_asks_before_it_closes(windows, why):
    """Just typed, not answered, not saved, not chosen yet: and in none of these without a reason."""
    here = windows("short-text")
    page, form = here.open()
    if why == "undecided":
        begun(page, form)
        other, there = here.open()
        there.locator("textarea").fill("Seven came.")
        rest(other)
        keeping(there, "Draft saved 12:00")
    elif why == "failed":
        here.folder.mkdir()
        (here.folder / "drafts").write_text("in the way")
    elif why == "lost":
        page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially("Six came.")
    if why != "typed":
        rest(page)
    if why == "undecided":
        form.get_by_role("group", name="You changed this in another window").wait_for()
    if why == "failed":
        form.get_by_role("alert").get_by_text("could not save").wait_for()

    assert close(page)


@pytest.mark.parametrize("act", ["nothing", "draft", "check", "typed back"])
def test_a_window_with_nothing_unsaved_closes(windows, act):
    """No question where there is nothing to lose."""
    page, form = windows("short-text").open()
    if act != "nothing":
        form.locator("textarea").press_sequentially("Six came by.")
    if act == "draft":
        rest(page)
        keeping(form, "Draft saved 12:00")
    if act == "check":
        page.keyboard.press("Control+Enter")
        keeping(form, "Saved 12:00")
    if act == "typed back":
        form.locator("textarea").fill("")

    assert not close(page)


def test_a_newcomers_text_outlives_the_window(windows):
    """Who begins to type gets an address at once: what no server ever saw is there in the next window."""
    here = windows("short-text")
    page, form = here.open()
    begun(page, form)
    page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially("Six came.")
    page.close()
    page, form = here.open()
    form.get_by_text("You typed this here before").wait_for()

    assert form.locator("textarea").input_value() == "Six came."


def test_where_it_is_kept_is_said_as_it_is(windows):
    """Without an address the browser keeps it no longer than the tab is open, and the alarm says that."""
    here = windows("short-text")
    page, form = here.open()
    page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially("Six came.")
    rest(page, PAUSE + REPLY)
    form.get_by_role("alert").get_by_text("for as long as this tab is open").wait_for()
    page.evaluate("window.cut = ''")
    rest(page, RETRY)
    keeping(form, "Draft saved 12:00")

    assert here.entries() == [("draft", "Six came.")]
    assert kept(page) == []


def test_staying_after_all(windows):
    """Who is asked and stays has lost nothing: what was typed was sent meanwhile."""
    here = windows("short-text")
    page, form = here.open()
    form.locator("textarea").press_sequentially("Six came.")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.close(run_before_unload=True)
    keeping(form, "Draft saved 12:00")

    assert form.locator("textarea").input_value() == "Six came."


def test_a_disk_that_has_room_again(windows):
    """What could not be saved is saved when somebody comes back to the window; until then the page says why not."""
    here = windows("short-text")
    page, form = here.open()
    here.folder.mkdir()
    (here.folder / "drafts").write_text("in the way")
    form.locator("textarea").press_sequentially("Six came.")
    rest(page)
    form.get_by_role("alert").get_by_text("could not save").wait_for()
    (here.folder / "drafts").unlink()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    keeping(form, "Draft saved 12:00")

    assert form.get_by_role("alert").get_by_text("could not save").count() == 0
    assert here.entries() == [("draft", "Six came.")]


# ---- Nobody answers ------------------------------------------------------------------------------------------------

ODD = 'Six <img src=x onerror="document.title=1"> came'


@pytest.mark.parametrize(("kind", "name"), [("short-text", "Your text"), ("worksheet", "Your client")])
def test_what_nobody_answered_is_in_the_browser(windows, kind, name):
    """The page says so, keeps the text over the end of the window, and the next one saves it as a draft and says that too."""
    here = windows(kind)
    page, form = here.open()
    form.get_by_label(name).press_sequentially("Six")
    rest(page)
    keeping(form, "Draft saved 12:00")
    page.evaluate("window.cut = 'there'")
    form.get_by_label(name).fill(ODD)
    rest(page, PAUSE + REPLY)
    form.get_by_role("alert").get_by_text(f"{LOST} What you typed is kept in this browser").wait_for()
    assert len(kept(page)) == 1
    assert close(page)

    page, form = here.open()
    form.get_by_text("You typed this here before, 12:00, and it was not saved then.").wait_for()
    assert form.get_by_label(name).input_value() == ODD
    rest(page)
    keeping(form, "Draft saved 12:00")
    assert (kept(page), page.title(), form.locator("img").count()) == ([], "One exercise", 0)
    assert [act for act, _ in here.entries()] == ["draft"]


@pytest.mark.parametrize("cut", ["there", "back"])
@pytest.mark.parametrize("act", ["draft", "check"])
def test_it_is_sent_once_when_the_connection_is_back(windows, cut, act):
    """Whether the way there was cut or the way back: one entry, and the alarm is over."""
    here = windows("short-text")
    page, form = here.open()
    page.evaluate(f"window.cut = '{cut}'")
    form.locator("textarea").press_sequentially("Six came by.")
    if act == "check":
        page.keyboard.press("Control+Enter")
    rest(page, PAUSE + REPLY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    rest(page, 3 * RETRY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    page.evaluate("window.cut = ''")
    rest(page, RETRY)
    keeping(form, "Draft saved 12:00" if act == "draft" else "Saved 12:00")

    form.get_by_role("alert").get_by_text(LOST).wait_for(state="detached")
    assert here.entries() == [(act, "Six came by.")]
    assert len({one["id"] for one in here.sent if one["action"] == act}) == 1
    assert kept(page) == []


@pytest.mark.parametrize("cut", ["there", "back"])
def test_another_sample_is_another_act(windows, cut):
    """Who picks a nearer sample while the connection is lost has picked that one."""
    here = windows("short-text")
    page, form = here.open()
    form.locator("textarea").fill("Six came by on foot. " * 20)
    page.keyboard.press("Control+Enter")
    samples = form.locator(".ck-samples input")
    samples.nth(3).wait_for()
    page.evaluate(f"window.cut = '{cut}'")
    samples.nth(1).check()
    rest(page, REPLY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    samples.nth(3).check()
    page.evaluate("window.cut = ''")
    rest(page, REPLY + RETRY)
    form.get_by_role("alert").get_by_text(LOST).wait_for(state="detached")

    assert samples.nth(3).is_checked()
    assert Log(here.folder).entries()[-1].mark == int(samples.nth(3).get_attribute("value"))


def test_a_lost_check_is_given_up_for_no_hint(windows):
    """Both arrive, the check first."""
    here = windows("number")
    page, form = here.open()
    page.evaluate("window.cut = 'there'")
    for box in form.locator("input").all():
        box.fill("5")
    page.keyboard.press("Enter")
    rest(page, REPLY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    form.get_by_role("button", name="Hint").click()
    page.evaluate("window.cut = ''")
    rest(page, RETRY)
    form.get_by_role("alert").get_by_text(LOST).wait_for(state="detached")
    form.locator(".ck-hints li").first.wait_for()

    assert [entry.act for entry in Log(here.folder).entries()] == ["check", "hint"]


def test_the_last_choice_of_two_windows_counts(windows):
    """Who chose one text, got no reply and chose the other has that other."""
    here = windows("short-text")
    (one, first), (two, second) = here.open(), begun(*here.open())
    first.locator("textarea").press_sequentially("From one")
    rest(one)
    keeping(first, "Draft saved 12:00")
    second.locator("textarea").press_sequentially("From two")
    rest(two)
    second.locator(".ck-conflict").wait_for()
    two.evaluate("window.cut = 'there'")
    second.get_by_role("button", name="Use that").click()
    rest(two, REPLY)
    second.get_by_role("alert").get_by_text(LOST).wait_for()
    second.get_by_role("button", name="Keep mine").click()
    two.evaluate("window.cut = ''")
    rest(two, REPLY + RETRY)
    second.locator(".ck-conflict").wait_for(state="detached")

    assert second.locator("textarea").input_value() == "From two"
    assert here.entries() == [("draft", "From two")]


@pytest.mark.parametrize("sign", ["focus", "online"])
def test_a_sign_of_life_is_taken_at_once(windows, sign):
    """Who comes back to the window, or to the network, waits for no retry."""
    here = windows("short-text")
    page, form = here.open()
    page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially("Six came by.")
    rest(page, PAUSE + REPLY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    page.evaluate(f"window.cut = ''; window.dispatchEvent(new Event('{sign}'))")
    keeping(form, "Draft saved 12:00")

    assert here.entries() == [("draft", "Six came by.")]


def test_typed_while_the_connection_was_lost(windows):
    """What was sent arrives, and then what was typed since."""
    here = windows("short-text")
    page, form = here.open()
    page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially("Six")
    rest(page, PAUSE + REPLY)
    form.locator("textarea").press_sequentially(" came by.")
    rest(page, PAUSE)
    form.locator("textarea").press_sequentially(" On foot.")
    page.evaluate("window.cut = ''")
    rest(page, RETRY)
    keeping(form, "Changed since last saved, 12:00")
    assert here.entries() == [("draft", "Six")]
    rest(page)
    keeping(form, "Draft saved 12:00")

    assert here.entries() == [("draft", "Six came by. On foot.")]
    assert kept(page) == []


def test_an_answer_that_got_through_is_no_leftover(windows):
    """The reply was lost and the window closed: the next one shows the answer and says nothing of a draft."""
    here = windows("short-text")
    page, form = here.open()
    form.locator("textarea").press_sequentially("Six")
    rest(page)
    keeping(form, "Draft saved 12:00")
    page.evaluate("window.cut = 'back'")
    form.locator("textarea").press_sequentially(" came by.")
    page.keyboard.press("Control+Enter")
    assert close(page)
    page, form = here.open()
    keeping(form, "Saved 12:00")

    assert (form.locator(".ck-told").inner_text(), here.entries(), kept(page)) == ("", [("check", "Six came by.")], [])


@pytest.mark.parametrize(
    "broken",
    ["get: () => { throw new Error('none'); }", "value: { setItem() { throw new Error('full'); }, getItem() {}, removeItem() {} }"],
)
def test_a_browser_that_keeps_nothing(windows, broken):
    """No storage, or a full one: the page says that the text is on it only, and saves it as ever once it can."""
    here = windows("short-text")
    page = here.context.new_page()
    page.add_init_script(f"for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {{ {broken} }});")
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page, form = here.open(page)
    page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially("Six came by.")
    rest(page, PAUSE + REPLY)
    form.get_by_role("alert").get_by_text(f"{LOST} What you typed is on this page only").wait_for()
    page.evaluate("window.cut = ''")
    rest(page, RETRY)
    keeping(form, "Draft saved 12:00")

    assert errors == []


@pytest.mark.parametrize(
    "left", ["", "{", "7", "null", '{"entered": 7}', '{"entered": "{"}', '{"entered": "[7, {}]"}', '{"entered": "null", "at": "x"}']
)
def test_nonsense_in_the_browsers_storage(windows, left):
    """It stands in nobody's way."""
    here = windows("short-text")
    page, form = here.open()
    form.locator("textarea").press_sequentially("Six")
    rest(page)
    keeping(form, "Draft saved 12:00")
    key = f"coursekit unsent {here.sittings[page].address} x"
    page.evaluate("([key, left]) => localStorage.setItem(key, left)", [key, left])
    page, form = here.open(page)
    form.locator("textarea").press_sequentially(" came by.")
    rest(page)
    keeping(form, "Draft saved 12:00")

    assert here.entries()[0][1].endswith(" came by.")


def test_each_learner_has_their_own(windows, tmp_path):
    """What one learner left in the browser is not shown to the next."""
    here = windows("short-text")
    page, form = here.open()
    form.locator("textarea").press_sequentially("Six")
    rest(page)
    keeping(form, "Draft saved 12:00")
    page.evaluate("window.cut = 'there'")
    form.locator("textarea").press_sequentially(" came by.")
    assert close(page)
    here.folder = tmp_path / "another"
    _, form = here.open()

    assert form.locator("textarea").input_value() == ""


SHOWS = "([box, value]) => box.value === value"

# ---- Two windows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [1, -1], ids=["first then second", "second then first"])
@pytest.mark.parametrize("act", ["draft", "check"])
def test_two_windows_at_a_worksheet(windows, act, turn):
    """A field in each, saved in each: both are in the record, and each window shows both when it is looked at."""
    here = windows("worksheet")
    opened = [here.open(), here.open()]
    fields = [("What they pay", "19"), ("Hours you work for it", "20")]
    for (page, form), (label, value) in list(zip(opened, fields, strict=True))[::turn]:
        form.get_by_label(label).fill(value)
        if act == "check":
            form.get_by_role("button", name="Save").click()
        else:
            rest(page)
        keeping(form, "Saved 12:00" if act == "check" else "Draft saved 12:00")
    for page, form in opened:
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        for label, value in fields:
            page.wait_for_function(SHOWS, arg=[form.get_by_label(label).element_handle(), value])
        assert form.get_by_role("group", name="You changed this").count() == 0

    *_, (last, answer) = here.entries()
    assert (last, answer["fee"], answer["hours"]) == (act, "19", "20")


def test_typing_goes_on_while_the_other_window_saved(windows):
    """A reply that brings the other window's field takes no letter away that was typed meanwhile."""
    here = windows("worksheet")
    (page, form), (other, there) = here.open(), here.open()
    there.get_by_label("Your client").fill("A bakery")
    rest(other)
    keeping(there, "Draft saved 12:00")
    page.evaluate("() => { window.gate = new Promise(done => (window.open_gate = done)); }")
    form.get_by_label("What they pay").press_sequentially("10")
    rest(page)
    form.get_by_label("What they pay").press_sequentially("0")
    page.evaluate("() => window.open_gate()")
    keeping(form, "Changed since last saved, 12:00")
    assert form.get_by_label("What they pay").input_value() == "100"
    rest(page)
    keeping(form, "Draft saved 12:00")

    assert (form.get_by_label("What they pay").input_value(), form.get_by_label("Your client").input_value()) == ("100", "A bakery")
    ((act, answer),) = here.entries()
    assert (act, answer["fee"], answer["client"]) == ("draft", "100", "A bakery")


def in_conflict(here):
    """Two windows that both changed the only box; the second of them, which is asked."""
    other, there = here.open()
    page, form = begun(*here.open())
    there.locator("textarea").fill("Seven came, he says.")
    rest(other)
    keeping(there, "Draft saved 12:00")
    form.locator("textarea").press_sequentially("Six came by.")
    return page, form


@pytest.mark.parametrize("act", ["draft", "check"])
@pytest.mark.parametrize(("choice", "text"), [("Use that", "Seven came, he says."), ("Keep mine", "Six came by.")])
def test_the_choice_by_keyboard(windows, choice, text, act):
    """Told at once, reached with Tab, named, and afterwards the focus is in the box; nothing was written before."""
    here = windows("short-text")
    page, form = in_conflict(here)
    if act == "check":
        page.keyboard.press("Control+Enter")
    rest(page)
    asked = form.get_by_role("group", name="You changed this in another window at 12:00.")
    asked.get_by_text("Seven came, he says.").wait_for()
    keeping(form, "Not saved yet: choose first")
    assert asked.get_by_role("alert").count() == (act == "draft")
    assert asked.evaluate("node => node === document.activeElement") == (act == "check")
    assert form.locator("textarea").evaluate("node => node === document.activeElement") == (act == "draft")
    form.get_by_text("Changed in another window too: choose below.").wait_for()
    assert (here.entries(), form.locator("textarea").input_value()) == ([("draft", "Seven came, he says.")], "Six came by.")

    hands = Hands(page, form)
    hands.tab_to(asked.get_by_role("button", name=choice))
    hands.press("Enter")
    asked.wait_for(state="detached")
    keeping(form, "Saved 12:00" if (choice, act) == ("Keep mine", "check") else "Draft saved 12:00")
    assert form.locator("textarea").input_value() == text
    assert form.locator("textarea").evaluate("node => node === document.activeElement")
    assert form.get_by_text("Changed in another window too").count() == 0
    assert [answer for _, answer in here.entries()] == [text]
    (aside,) = here.folder.rglob("*.aside")
    assert json.loads(aside.read_text())["answer"] == ({"Six came by.", "Seven came, he says."} - {text}).pop()
    assert not close(page)


def test_typing_on_before_choosing(windows):
    """Nothing is saved over either meanwhile; what was typed since is what is kept, here and in the browser."""
    here = windows("short-text")
    page, form = in_conflict(here)
    rest(page)
    asked = form.get_by_role("group", name="You changed this in another window")
    asked.wait_for()
    form.locator("textarea").press_sequentially(" On foot.")
    rest(page)
    assert here.entries() == [("draft", "Seven came, he says.")]
    assert close(page)

    page, form = here.open()
    rest(page)
    asked = form.get_by_role("group", name="You changed this in another window")
    asked.get_by_role("button", name="Keep mine").click()
    keeping(form, "Draft saved 12:00")
    assert here.entries() == [("draft", "Six came by. On foot.")]


def test_a_window_that_is_looked_at_shows_what_another_saved(windows):
    """Where nothing is unsaved in it, and with a sentence that says where that comes from."""
    here = windows("single-choice")
    (page, form), (_, there) = here.open(), here.open()
    there.get_by_role("radio").nth(1).check()
    there.get_by_role("button", name="Check").click()
    keeping(there, "Saved 12:00")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    form.get_by_text("This is what you saved in another window, 12:00.").wait_for()

    assert form.get_by_role("radio").nth(1).is_checked()
    assert form.locator(".ck-summary").inner_text() == there.locator(".ck-summary").inner_text() != ""
    form.get_by_role("radio").nth(2).check()
    assert form.locator(".ck-told").inner_text() == ""


def test_tries_are_counted_from_the_record(windows, graded):
    """Two windows save in turn: each says which answer it is, and the last one counts."""
    here = windows(graded(1))
    opened = [here.open(), here.open()]
    for number in range(4):
        _, form = opened[number % 2]
        form.get_by_role("radio").nth(number).check()
        form.get_by_role("button", name="Save").click()
        form.get_by_text(f"Saved answer {number + 1}. The last one counts.").wait_for()

    assert [act for act, _ in here.entries()] == ["check"] * 4


def test_every_submission_has_an_id_of_its_own(windows):
    """Sixteen letters that no other has, and a number that grows."""
    here = windows("number")
    page, form = here.open()
    for act in ("Hint 1 of 2", "Hint 2 of 2", "Check", "Check"):
        form.get_by_role("button", name=act).click()
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    sent = [one for one in here.sent if one["action"] != "look"]

    assert len({one["id"] for one in sent}) == len(sent) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", one["id"]) for one in sent)
    assert [one["n"] for one in sent] == sorted({one["n"] for one in sent})


@pytest.mark.parametrize("width", [320, 900])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_in_what_is_asked_and_said(windows, width, scheme):
    """axe finds nothing serious or critical, and nothing scrolls sideways, with a long word in it too."""
    here = windows("worksheet")
    (page, form), (other, there) = here.open(), here.open()
    there.get_by_label("Your client").fill("W" * 90)
    rest(other)
    keeping(there, "Draft saved 12:00")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    form.get_by_label("Your client").fill("Another")
    rest(page)
    form.get_by_role("group", name="You changed this in another window").wait_for()
    page.clock.resume()  # axe waits for timers of its own
    assert barriers(page, "section.ck") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    form.get_by_role("button", name="Keep mine").click()
    keeping(form, "Draft saved 12:00")
    page.evaluate("window.cut = 'there'")
    form.get_by_label("Your client").fill("A third")
    rest(page, PAUSE + REPLY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    page.clock.resume()  # axe waits for timers of its own
    assert barriers(page, "section.ck") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
