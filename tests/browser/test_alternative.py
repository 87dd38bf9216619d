"""In the real pages a learner who chose to skip hard scenes meets something else in their place."""

import coursekit
from coursekit.content import location
from coursekit.content.notebook_order import plan
from coursekit.content.notebooks import unit_of
from coursekit.record.attempts import Log

LIBRARY = coursekit.load(location.root() / "exercises")
SCENES = [one for one in LIBRARY.values() if one.alternative and one.role == "exercise"]
SCENE = SCENES[0]


def notebook_of(exercise):
    """The file of the notebook that asks an exercise."""
    folder = location.root() / "notebooks"
    assert exercise.id in plan(folder)[exercise.unit]
    return next(path.name for path in folder.glob("*.ipynb") if unit_of(path) == exercise.unit)


def skip_scenes(page, open_reading):
    """Choose on the start page to skip scenes of abuse."""
    asked = LIBRARY["start-here/content-note"]
    form = open_reading(page, "00_start_here.ipynb").get_by_role("region", name=asked.title, exact=True)
    form.locator("select").first.select_option(index=2)
    form.get_by_role("button", name="Save").click()
    form.locator(".ck-keeping").get_by_text("Saved").wait_for()


def test_the_scene_is_announced_and_can_be_skipped(page, open_reading, record):
    """The scene comes with its note; after the choice the other exercise stands there, and the scene nowhere."""
    main = open_reading(page, notebook_of(SCENE))
    assert main.get_by_role("region", name=SCENE.title, exact=True).get_by_role("note").count() == 1

    skip_scenes(page, open_reading)
    main = open_reading(page, notebook_of(SCENE))

    here = [one for one in SCENES if one.unit == SCENE.unit]
    shown = main.get_by_role("heading", level=3).all_inner_texts()
    assert [one.id for one in here if one.title in shown and one.title != LIBRARY[one.alternative].title] == []
    assert [one.id for one in here if LIBRARY[one.alternative].title not in shown] == []
    assert Log(record.parent).entries()[-1].exercise == "start-here/content-note"


def test_the_test_before_the_course_says_nothing(page, open_reading):
    """A test question is saved, and the page says neither right nor wrong."""
    main = open_reading(page, "00_start_here.ipynb")
    items = [one for one in LIBRARY.values() if one.role == "test" and one.kind == "single-choice"]
    shown = set(main.get_by_role("heading", level=3).all_inner_texts())
    item = next(one for one in items if one.title in shown)

    form = main.get_by_role("region", name=item.title, exact=True)
    wrong = next(option for option in item.option if not option.right)
    form.get_by_role("radio", name=wrong.text, exact=True).check()
    form.get_by_role("button", name="Save").click()
    form.locator(".ck-summary").get_by_text("Saved").wait_for()

    assert wrong.why[:30] not in form.inner_text()
    assert form.get_by_role("button", name="Show the answer and why").is_hidden()
