"""One exercise on a bare page: acts in haste, a server that is gone, the focus after each act, the words, and the script that is shared.

What is typed and not given in is tried in tests/browser/test_draft.py, the controls in tests/browser/test_every_control.py.
"""

import pytest
from bare_page import LOST, MODULES, ORIGIN, REPLY, RETRY, keeping, rest, serve
from keyboard import Hands
from serving import PATIENCE

from coursekit.page.scripts import linked
from coursekit.record.attempts import Log


def acts(here):
    """What the record says was done, in order."""
    return [entry.act for entry in Log(here.folder).entries()]


def hold(page):
    """Nothing that is sent arrives until `let_go`."""
    page.evaluate("() => { window.gate = new Promise(done => (window.let_go = done)); }")


def let_go(page):
    page.evaluate("() => { window.let_go(); window.gate = null; }")


def has_focus(locator):
    return locator.evaluate("node => node === document.activeElement")


# ---- Acts in haste -------------------------------------------------------------------------------------------------


def test_a_double_click_is_one_answer(windows):
    """The second click on Check says nothing new, and the button shows that the first is under way."""
    here = windows("number")
    page, form = here.open()
    for box in form.get_by_role("textbox").all():
        box.fill("84")
    check = form.get_by_role("button", name="Check")
    hold(page)
    check.dblclick()
    assert check.get_attribute("aria-busy") == "true"
    let_go(page)
    keeping(form, "Saved 12:00")

    assert acts(here) == ["check"]
    assert check.get_attribute("aria-busy") == "false"


@pytest.mark.parametrize("second", ["Hint", "Check"])
def test_two_acts_in_haste_are_both_done(windows, second):
    """One waits for the other: neither is lost, and they come in the order in which they were done."""
    here = windows("number")
    page, form = here.open()
    boxes = form.get_by_role("textbox")
    boxes.nth(0).fill("84")
    boxes.nth(1).fill("25")
    hold(page)
    form.get_by_role("button", name="Check").click()
    boxes.nth(1).fill("26")
    form.get_by_role("button", name=second).click()
    let_go(page)
    keeping(form, "Saved 12:00" if second == "Check" else "Changed since last saved, 12:00")
    form.locator("[aria-busy=true]").wait_for(state="detached")

    answers = [answer for act, answer in here.entries() if act == "check"]
    assert acts(here) == ["check", "check" if second == "Check" else "hint"]
    assert [answer["share"] for answer in answers] == (["25", "26"] if second == "Check" else ["25"])


def test_four_acts_in_haste(windows):
    """A hint that is asked for twice is one hint; what came first is done first."""
    here = windows("single-choice")
    page, form = here.open()
    form.get_by_role("radio").first.check()
    hold(page)
    for name in ("Check", "Hint", "Hint", "Check"):
        form.get_by_role("button", name=name).click()
    let_go(page)
    form.locator(".ck-hints li").first.wait_for()

    assert acts(here) == ["check", "hint"]


def test_acts_in_haste_while_the_server_is_gone(windows):
    """A check that nobody answered stays, a hint that was asked for meanwhile too; back again, both are there once."""
    here = windows("single-choice")
    page, form = here.open()
    page.evaluate("window.cut = 'back'")
    form.get_by_role("radio").first.check()
    for name in ("Check", "Hint", "Check", "Hint"):
        form.get_by_role("button", name=name).click()
    rest(page, REPLY)
    form.get_by_role("alert").get_by_text(LOST).wait_for()
    assert form.locator("[aria-busy=true]").count() == 0
    page.evaluate("window.cut = ''")
    rest(page, RETRY)
    form.locator(".ck-hints li").first.wait_for()
    keeping(form, "Saved 12:00")

    assert acts(here) == ["check", "hint"]
    assert form.get_by_role("alert").get_by_text(LOST).count() == 0


@pytest.mark.parametrize("again", [lambda page, check: rest(page, RETRY), lambda page, check: check.click()], ids=["by itself", "pressed"])
def test_a_repeat_calls_forth_no_other(windows, again):
    """A server that was slow answers all that was sent to it meanwhile; the answer to any repeat is one to the submission."""
    here = windows("single-choice")
    page, form = here.open()
    form.get_by_role("radio").first.check()
    hold(page)
    check = form.get_by_role("button", name="Check")
    check.click()
    rest(page, REPLY)
    again(page, check)
    let_go(page)
    keeping(form, "Saved 12:00")
    page.evaluate("async () => { for (let round = 0; round < 20; round++) await window.opened(); }")  # to Python and back

    assert [one["action"] for one in here.sent if one["action"] != "look"] == ["check", "check"]
    assert acts(here) == ["check"]


# ---- The focus after each act --------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["button", "Enter", "Control+Enter"])
def test_the_focus_stays_where_somebody_checks(windows, how):
    """On the button, or in the box."""
    here = windows("number")
    _, form = here.open()
    boxes, check = form.get_by_role("textbox"), form.get_by_role("button", name="Check")
    boxes.nth(0).fill("84")
    boxes.nth(1).fill("25")
    if how == "button":
        check.click()
    else:
        boxes.nth(1).press(how)
    form.locator(".ck-summary").get_by_text("Right.").wait_for()

    assert has_focus(check if how == "button" else boxes.nth(1))


def test_what_cannot_be_read_leads_to_its_box(windows):
    """The first box that needs another look has the focus and says that it is invalid, until something is typed in it."""
    here = windows("number")
    page, form = here.open()
    boxes = form.get_by_role("textbox")
    boxes.nth(0).fill("84")
    boxes.nth(1).fill("many")
    form.get_by_role("button", name="Check").click()
    form.locator(".ck-summary").get_by_text("could not be read").wait_for()

    assert has_focus(boxes.nth(1))
    assert [box.get_attribute("aria-invalid") for box in boxes.all()] == [None, "true"]
    page.keyboard.type("1")
    assert boxes.nth(1).get_attribute("aria-invalid") is None
    assert acts(here) == ["check"]


@pytest.mark.parametrize("kind", ["single-choice", "ordering", "highlight", "sorting", "revision", "comparison", "short-text"])
def test_an_untouched_form_keeps_the_focus(windows, kind):
    """Whoever checks without an answer is told what to do, and stays on the button; a box alone is led to."""
    _, form = windows(kind).open()
    check = form.locator(".ck-primary")
    check.click()
    form.locator(".ck-summary").get_by_text("could not be read").wait_for()

    assert has_focus(form.locator("textarea") if kind == "short-text" else check)


def test_the_focus_after_hints(windows):
    """It stays on the button that gives the next one; after the last, which takes the button away, it is on the hints."""
    here = windows("number")
    _, form = here.open()
    hint = form.get_by_role("button", name="Hint")
    hint.click()
    form.locator(".ck-hints li").first.wait_for()
    assert has_focus(hint)
    hint.press("Enter")
    form.locator(".ck-hints li").nth(1).wait_for()

    assert hint.count() == 0
    assert has_focus(form.locator(".ck-hints"))


def test_the_focus_after_the_answer(windows):
    """The answer has it, as its button is gone."""
    here = windows("single-choice")
    page, form = here.open()
    for place in (1, 2):
        form.get_by_role("radio").nth(place).check()
        form.get_by_role("button", name="Check").click()
        page.wait_for_function("place => values.state.attempts === place", arg=place)
    form.get_by_role("button", name="Show the answer and why").click()
    answer = form.get_by_role("group", name="The answer and why")
    answer.wait_for()

    assert has_focus(answer)
    assert acts(here) == ["check", "check", "solution"]


def at_the_samples(here):
    """The page and its samples, the first of them in focus, once a text was given in."""
    page, form = here.open()
    form.locator("textarea").fill("Six trays came on 3 March, he says. " * 4)
    page.keyboard.press("Control+Enter")
    samples = form.locator(".ck-samples input")
    samples.first.focus()
    return page, samples


def test_the_sample_that_was_chosen_last_is_saved(windows):
    """Also where the reply to the first choice comes after the second."""
    page, samples = at_the_samples(windows("short-text"))
    page.evaluate("() => { window.gate = new Promise(done => (window.let_go = done)); }")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.evaluate("() => { window.let_go(); window.gate = null; }")
    page.wait_for_function("values.state.mark === 2 && !document.querySelector('[aria-busy=true]')")

    assert samples.nth(1).is_checked()


def test_the_focus_stays_on_the_sample_that_was_chosen(windows):
    """And each choice is saved."""
    here = windows("short-text")
    page, samples = at_the_samples(here)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("values.state.mark === 2 && !document.querySelector('[aria-busy=true]')")

    assert has_focus(samples.nth(1))
    assert [entry.mark for entry in Log(here.folder).entries() if entry.act == "mark"][-1] == 2


def test_a_moved_line_keeps_the_focus(windows):
    """It is read out where it is now, and at the end that it can go no further."""
    page, form = windows("ordering").open()
    hands = Hands(page, form)
    row = form.locator("li[data-part]").nth(1)
    text = row.locator(".ck-text").inner_text()
    up = row.get_by_role("button", name="Move up")
    moved = up.element_handle()
    hands.tab_to(up)
    for said in (f"{text}: now number 1 of 4.", f"{text} is already at the top."):
        hands.press("Enter")
        rest(page, 100)
        assert form.locator("> .ck-hidden[role=status]").inner_text() == said
        assert moved.evaluate("node => node === document.activeElement")


# ---- What is shown -------------------------------------------------------------------------------------------------


def test_a_question_that_changes_is_drawn_anew(windows):
    """And the form of before listens no longer."""
    page, _ = windows("short-text").open()
    count = "document.querySelectorAll('section.ck').length"
    page.evaluate("() => { values.fixed = { ...values.fixed, title: 'Another' }; window.redraw(); }")
    page.get_by_role("region", name="Another", exact=True).wait_for()

    assert page.evaluate(count) == 1


def test_what_is_said_of_no_part_stands_below(windows):
    """A reply about something that is not on the page is a line of its own, and nothing else is touched."""
    page, form = windows("single-choice").open()
    part = {"id": "gone", "verdict": "note", "label": "Note", "text": "<p>About <b>that</b></p>"}
    page.evaluate("(part) => window.show({ ...values.state, summary: { verdict: 'odd', text: '<b>x</b>' }, parts: [part] })", part)

    assert form.locator(".ck-loose li").inner_text().split() == ["Note", "About", "that"]
    assert form.locator(".ck-summary").inner_text() == "<b>x</b>"


def test_two_forms_on_one_page(windows):
    """No id stands twice, and one's choice takes nothing from the other's."""
    page, _ = windows("single-choice").open()
    page.evaluate("window.again()")
    page.locator("section.ck").nth(1).wait_for()
    for place in (0, 1):
        page.locator("section.ck").nth(place).get_by_role("radio").nth(place).check()
    ids = page.locator("[id]").evaluate_all("nodes => nodes.map(node => node.id)")

    assert len(ids) == len(set(ids))
    assert page.get_by_role("radio", checked=True).count() == 2


# ---- Words, modules, and the script that is shared -----------------------------------------------------------------


@pytest.fixture(scope="module")
def bare(browser):
    """One page with nothing drawn on it; the modules are served as they are, and the linked loader."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    serve(context, linked=linked(MODULES / "page/js/loader.js"))
    opened = context.new_page()
    opened.goto(f"{ORIGIN}/")
    yield opened
    context.close()


@pytest.mark.parametrize("entry", ["page/js/exercise.js", "page/js/hand_in.js", "gradebook/marking/js/marking.js"])
def test_the_modules_are_modules(bare, entry):
    """A browser takes them as they are, linked by its own hand."""
    assert bare.evaluate("async (entry) => typeof (await import(entry)).default.render", f"/{entry}") == "function"


POLISH = [0 if n == 1 else 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2 for n in range(200)]
WORDS = {"plural": POLISH, "files": ["{n} plik", "{n} pliki", "{n} plików"], "plain": "{n} of {all}, {odd}", "two": ["one", "other"]}
SAID = [
    ("files", {"n": 1}, "1 plik"),
    ("files", {"n": 3}, "3 pliki"),
    ("files", {"n": 5}, "5 plików"),
    ("files", {"n": 112}, "112 plików"),
    ("files", {"n": 199}, "199 plików"),
    ("files", {"n": 1003}, "1003 pliki"),
    ("files", {"n": 1000012}, "1000012 plików"),
    ("files", {"n": "2"}, "2 pliki"),
    ("files", {"n": -1}, "-1 plików"),
    ("files", {"n": 1.5}, "1.5 plików"),
    ("files", {}, "{n} plików"),
    ("plain", {"n": 0, "all": "<b>"}, "0 of <b>, {odd}"),
    ("missing", {}, "missing"),
]


@pytest.mark.parametrize(("key", "values", "said"), SAID)
def test_words(bare, key, values, said):
    """Places are filled in, a number chooses among plural forms, and what is missing can be seen."""
    asked = "async ([words, key, values]) => (await import('/page/js/words.js')).word(words, key, values)"

    assert bare.evaluate(asked, [WORDS, key, values]) == said


def test_words_without_a_table_of_plural_forms(bare):
    """The last form stands in, and a time is said in the browser's own way."""
    said = "const { clock, word } = await import('/page/js/words.js'); return [word(words, 'a', { n: 1 }), clock(words, 0)];"
    word, clock = bare.evaluate(f"async (words) => {{ {said} }}", {"a": ["one", "other"]})

    assert word == "other"
    assert "1970" not in clock and ":" in clock


SHARED = """async (kernels) => {
  const { default: loader } = await import("/linked.js?" + Math.random());
  let asked = 0;
  const forms = kernels.map(async ({ digest, script, style, words, there }) => {
    const shared = { script, style, words };
    const get_model = async (id) => {
      asked++;
      if (!there || id !== "7") throw new Error("no such model");
      return { get: (name) => shared[name] };
    };
    const own = { digest, shared: "IPY_MODEL_7", fixed: { title: "T" } };
    const el = document.createElement("div");
    await loader.render({ model: { get: (name) => own[name], widget_manager: { get_model } }, el });
    return el.textContent;
  });
  const drawn = (await Promise.allSettled(forms)).map(({ value, reason }) => value ?? String(reason));
  const styles = [...document.querySelectorAll("style")].map((node) => node.textContent);
  return { drawn, asked, styles };
}"""


def of_kernel(digest, there=True):
    """What a form's kernel brings: a script that says who it is and with which words."""
    says = f"el.textContent = `{digest} ${{model.get('fixed').title}} ${{model.get('fixed').words.w}}`"
    script = f"(globalThis.loaded ??= []).push('{digest}'); export default {{ render({{ model, el }}) {{ {says}; }} }};"
    return {"digest": digest, "script": script, "style": f".of-{digest} {{}}", "words": {"w": f"of {digest}"}, "there": there}


def test_what_is_shared_comes_once(bare):
    """However many forms ask for it at the same time: one model is asked, one script is run, one style is put in."""
    shown = bare.evaluate(SHARED, [of_kernel("once")] * 9)

    assert shown["drawn"] == ["once T of once"] * 9
    assert (shown["asked"], shown["styles"].count(".of-once {}")) == (1, 1)
    assert bare.evaluate(SHARED, [of_kernel("once", there=False)] * 2)["drawn"] == ["once T of once"] * 2
    assert bare.evaluate("loaded.filter(one => one === 'once').length") == 1


def test_two_versions_side_by_side(bare):
    """Forms of two kernels with different scripts are drawn each by their own."""
    shown = bare.evaluate(SHARED, [of_kernel("old"), of_kernel("new"), of_kernel("old"), of_kernel("new")])

    assert shown["drawn"] == ["old T of old", "new T of new"] * 2
    assert {".of-old {}", ".of-new {}"} <= set(shown["styles"])


def test_what_could_not_be_had_is_asked_for_again(bare):
    """One form that came too early takes the others' script from none."""
    assert "no such model" in bare.evaluate(SHARED, [of_kernel("late", there=False)])["drawn"][0]
    assert bare.evaluate(SHARED, [of_kernel("late")])["drawn"] == ["late T of late"]
