"""Graded work in a real browser: opened from the folder that was given out, answered by keyboard, handed in, read back."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from axe import barriers
from keyboard import Hands, form_of
from serving import also, lab_of, reading_of, served, window

import coursekit
from coursekit.assignment.bundle import find_bundle
from coursekit.assignment.submission import read_answer, read_header
from coursekit.content import location
from coursekit.gradebook.assignment import read_assignment
from coursekit.gradebook.masking import mask
from coursekit.gradebook.release import release
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS

NAME = "every-kind"
PAGE = f"{NAME}.ipynb"
LIBRARY = coursekit.load(location.root() / "exercises")
ASKED = [exercise for exercise in LIBRARY.values() if exercise.role == "demo"]
TRAYS = LIBRARY["start-here/demo-single-choice"]
HEAD = """
title = "Every kind, once"
about = '''It costs $5 or $6. <script>document.title = "forged"</script> [Now](javascript:document.title="forged") [then]
![spy](https://evil.example/spy.png) <img src=x onerror=document.title="forged"> [a page](https://ok.example)

[then]: javascript:document.title="forged"
'''
due = 2020-01-15T17:00:00+01:00
shuffle = true
[[material]]
title = "The letter"
file = "letter.md"
"""


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """An assignment with a question of each kind, as it is given out."""
    folder = tmp_path_factory.mktemp("src")
    items = "".join(f'[[item]]\nexercise = "{one.id}"\npoints = {int(one.kind != "worksheet")}\n' for one in ASKED)
    (folder / f"{NAME}.toml").write_text(HEAD + items)
    (folder / "letter.md").write_text(
        "# Letter\n\nFrom $1 to $2.\n\n- [Now](<JaVaScRiPt:document.title='forged'>)\n\n```mermaid\ngraph TD; A-->B\n```\n"
    )
    release(read_assignment(folder / f"{NAME}.toml"), folder / "out")
    return folder / "out" / NAME


@pytest.fixture(scope="module")
def running(given, tmp_path_factory):
    """That folder, unpacked and served by itself."""
    home = tmp_path_factory.mktemp("learner")
    with served(home, shutil.copytree(given, home / "unpacked"), place="") as server:
        yield server


@pytest.fixture(scope="module", params=["workbook", "reading view"])
def opened(request, browser, running):
    """Its page, opened once in each of the two surfaces with nothing answered yet: the page, and what of it is the notebook's."""
    forget(running)
    with window(browser) as page:
        yield page, {"workbook": lab_of, "reading view": reading_of}[request.param](running)(page, PAGE)


@pytest.fixture
def shown(opened):
    """The page; the tests that look come first, and the last one answers it all and hands in."""
    return opened[0]


@pytest.fixture
def surface(opened):
    """What of it is the notebook's."""
    return opened[1]


def forget(running):
    """Take away what was answered and handed in."""
    shutil.rmtree(running.folder / "my-work", ignore_errors=True)
    for path in running.folder.glob("*.jsonl"):
        path.unlink()


def test_nothing_of_a_stranger_is_alive(shown, surface):
    """The texts are shown as they were typed: no address runs, no picture is fetched, no diagram is drawn; a link to a page works."""
    for text in ("[Now](javascript:", "[then]: javascript:", "graph TD"):
        surface.get_by_text(text).locator("visible=true").first.wait_for()
    alive = shown.evaluate("""() => [...document.querySelectorAll("[href], [src]")].map((one) => one.getAttribute("href") ?? one.src)
        .filter((address) => /^\\s*(javascript|vbscript|data:text)|evil\\.example\\/.*\\.png/i.test(address))""")

    assert [one for one in alive if not one.startswith("https://evil.example")] == []
    assert shown.locator("img[src*=evil], img[onerror], main svg[id^=mermaid], .jp-Mermaid").count() == 0
    assert surface.locator("a[href='https://ok.example']").count() == 1
    assert "forged" not in shown.title()


def desk(surface):
    return surface.get_by_role("region", name="Hand in", exact=True)


def test_no_barrier(shown, surface):
    """axe finds nothing serious or critical in the panel and the questions, open and after handing in, light and dark."""
    panel = desk(surface)
    panel.locator("summary").click()
    panel.get_by_role("button", name="Hand in").click()
    panel.get_by_text("There is no saved answer yet").wait_for()
    assert barriers(shown, "section.ck-handin") == []
    shown.emulate_media(color_scheme="dark")
    assert barriers(shown, "section.ck-handin") == []
    shown.emulate_media(color_scheme="light")
    panel.locator("summary").click()


@pytest.mark.parametrize("opened", ["reading view"], indirect=True)
def test_the_reading_view_says_what_it_is_and_fits_a_phone(shown, surface):
    """The title of the assignment, no unit before or after, no formula, no script of the author's; 320 pixels are enough."""
    desk(surface).locator("summary").click()
    shown.set_viewport_size({"width": 320, "height": 800})

    assert shown.title().startswith("Every kind, once")
    assert shown.locator("a[rel=prev], a[rel=next]").count() == 0
    assert surface.get_by_text("It costs $5 or $6.").count() == surface.get_by_text("From $1 to $2.").count() == 1
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(shown) == []
    shown.set_viewport_size({"width": 1400, "height": 900})
    desk(surface).locator("summary").click()


def answer_all(page, surface, bundle):
    """A right answer to each question, by keyboard, in the learner's own order."""
    for question in bundle.questions:
        exercise = LIBRARY[question.exercise]
        form = form_of(surface, question)
        hands = Hands(page, form)
        hands.answer(question, mask(exercise).masked(json.loads(json.dumps(exercise.samples().right[0]))))
        hands.check()
        form.locator(".ck-summary").get_by_text("Saved answer 1.").wait_for()
        assert form.locator("[data-verdict=right], [data-verdict=wrong], [data-verdict=partly]").count() == 0


def test_every_kind_is_asked():
    """The walk below is over all of them."""
    assert {one.kind for one in ASKED} == set(KINDS)


def test_answered_handed_in_and_read_back(shown, surface, running):
    """Each kind by keyboard; the table keeps up; a missing name is asked for; the file shown is the file written; it grades as right."""
    bundle = find_bundle(running.folder)
    learner = (running.folder / "my-work" / "learner-id").read_text().strip()
    answer_all(shown, surface, bundle.for_learner(learner))
    panel, hands = desk(surface), Hands(shown, desk(surface))
    panel.locator("td[data-state=answered]").nth(len(ASKED) - 1).wait_for()
    panel.get_by_text("It is late now.").wait_for()

    hands.begin()
    hands.tab_to(panel.get_by_role("button", name="Hand in"))
    hands.press("Enter")
    panel.get_by_text("Type your name first").wait_for()
    panel.locator("input[aria-invalid=true]:focus").wait_for()
    assert list(running.folder.glob("*.jsonl")) == []
    hands.write("Zoë <b>O'Neill</b>")
    hands.tab_to(panel.get_by_role("checkbox", name="One small favour of your own"))
    hands.press("Space")
    hands.tab_to(panel.locator("summary"))
    hands.press("Enter")
    file = panel.get_by_role("region", name="The file as it will be handed in")
    file.get_by_text("start-here/demo-worksheet").wait_for()
    hands.tab_to(panel.get_by_role("button", name="Hand in"))
    hands.press("Enter")
    panel.get_by_text("is now in the folder").wait_for()
    panel.get_by_role("button", name="Hand in again").wait_for()

    (path,) = running.folder.glob("*.jsonl")
    header, *lines = path.read_bytes().splitlines()
    assert path.name == "Zoë-b-O-Neill-b-every-kind.coursekit.jsonl"
    assert (read_header(header).name, read_header(header).learner) == ("Zoë <b>O'Neill</b>", learner)
    assert file.inner_text().splitlines()[1:] == [line.decode() for line in lines]
    answers = [read_answer(line) for line in lines]
    assert {one.exercise for one in answers} == {one.id for one in ASKED}
    for one in answers:
        exercise = LIBRARY[one.exercise]
        assert mask(exercise).of == one.of
        assert grade(exercise, mask(exercise).real(one.answer)) == grade(exercise, exercise.samples().right[0])


def test_what_was_done_is_there_after_a_reload(page, running):
    """Saved answers, the name and the file handed in; a new answer shows as changed, and handing in again replaces it."""
    forget(running)
    opened = reading_of(running)
    main = opened(page, PAGE)
    pick = lambda main, n: form_of(main, TRAYS).get_by_role("radio").nth(n).check()  # noqa: E731
    for n in (0, 1):
        pick(main, n)
        form_of(main, TRAYS).get_by_role("button", name="Save").click()
        form_of(main, TRAYS).get_by_text(f"Saved answer {n + 1}. The last one counts.").wait_for()
    desk(main).get_by_label("Your name").fill("Ada")
    desk(main).get_by_role("button", name="Hand in").click()
    desk(main).get_by_text("It has answers to 1 of").wait_for()

    main = opened(page, PAGE)
    assert desk(main).get_by_label("Your name").input_value() == "Ada"
    assert form_of(main, TRAYS).get_by_role("radio").nth(1).is_checked()
    pick(main, 2)
    form_of(main, TRAYS).get_by_role("button", name="Save").click()
    desk(main).get_by_text("changed since you handed in").wait_for()
    desk(main).get_by_role("button", name="Hand in again").click()
    desk(main).get_by_text("It replaces the file").wait_for()


# ---- What comes from a stranger ------------------------------------------------------------------------------------

TRACE = "open('it-ran', 'w').close()"


@pytest.fixture(scope="module")
def strange(given, tmp_path_factory):
    """A course with three assignments in its folder: an honest one, a forged one, and one with modules that shadow ours."""
    home = tmp_path_factory.mktemp("strange")
    folder = home / "course"
    folder.mkdir()
    for name in ("honest", "forged", "shadow"):
        shutil.copytree(given, folder / name)
    forged = nbformat.read(folder / "forged" / PAGE, as_version=4)
    forged.cells[-1].source = TRACE
    (folder / "forged" / PAGE).write_text(json.dumps(forged))
    for module in ("coursekit", "ipykernel_launcher", "ipykernel", "traitlets", "anywidget"):
        (folder / "shadow" / f"{module}.py").write_text(TRACE)
    with served(home, folder, place="") as server:
        yield server


@pytest.fixture(scope="module")
def lab(browser, strange):
    """JupyterLab there, opened on the assignment with the modules."""
    with window(browser) as page:
        lab_of(strange)(page, f"shadow/{PAGE}")
        yield page


@pytest.mark.parametrize("name", ["shadow", "honest"])
def test_an_assignment_in_the_folder_of_the_course_runs(lab, strange, name):
    """With the record of the course; modules beside the notebook are not imported."""
    panel = also(lab, f"{name}/{PAGE}")
    panel.locator(".jp-Cell").last.scroll_into_view_if_needed()
    panel.get_by_role("region", name="Hand in", exact=True).wait_for()

    assert not (strange.folder / name / "it-ran").exists()
    assert not (strange.folder / name / "my-work").exists()


def test_a_forged_one_does_not_run_in_the_workbook(lab, strange):
    """It opens, says why it does not run, and nothing of it was executed."""
    panel = also(lab, f"forged/{PAGE}")
    lab.get_by_text("Jupyter does not know this notebook as the course’s own").first.wait_for()

    assert panel.locator("section.ck").count() == 0
    assert not (strange.folder / "forged" / "it-ran").exists()


def test_a_forged_one_does_not_run_in_the_reading_view(page, strange):
    """The reading view runs all that it shows, so that it does not show it."""
    answer = page.goto(strange.reading(f"forged/{PAGE}"))

    assert answer.status == 403
    page.get_by_role("heading", name="Jupyter does not know this notebook as the course’s own").wait_for()
    assert not (strange.folder / "forged" / "it-ran").exists()


def test_a_forged_folder_by_itself_is_not_served(strange, tmp_path):
    """One sentence, exit 1."""
    done = subprocess.run(
        [sys.executable, "-m", "coursekit.cli", "start", str(strange.folder / "forged"), "--no-browser"], capture_output=True, text=True
    )

    assert done.returncode == 1 and "does not run by itself" in done.stderr
