"""In the real pages a learner who chose to skip hard scenes meets something else in their place."""

from serving import reading_of

import coursekit
from coursekit.content import location
from coursekit.content.notebook_order import plan
from coursekit.content.notebooks import unit_of
from coursekit.record.attempts import Log

LIBRARY = coursekit.load(location.root() / "exercises")
SCENES = [one for one in LIBRARY.values() if one.alternative and one.role == "exercise"]
SCENE = SCENES[0]
CHOICE = LIBRARY["start-here/content-note"]


def notebook_of(exercise):
    """The file of the notebook that asks an exercise."""
    folder = location.root() / "notebooks"
    assert exercise.id in plan(folder)[exercise.unit]
    return next(path.name for path in folder.glob("*.ipynb") if unit_of(path) == exercise.unit)


def test_a_scene_can_be_skipped(page, server):
    """After the choice the other exercise stands there, and the scene nowhere; tests/browser/test_every_page.py has it before."""
    record, open_reading = server.empty(), reading_of(server)
    form = open_reading(page, server.put("choice", f'from coursekit import exercise\nexercise("{CHOICE.id}")'))
    form.locator("select").first.select_option(index=2)
    form.get_by_role("button", name="Save").click()
    form.locator(".ck-keeping").get_by_text("Saved").wait_for()
    main = open_reading(page, notebook_of(SCENE))

    here = [one for one in SCENES if one.unit == SCENE.unit]
    shown = main.get_by_role("heading", level=3).all_inner_texts()
    assert [one.id for one in here if one.title in shown and one.title != LIBRARY[one.alternative].title] == []
    assert [one.id for one in here if LIBRARY[one.alternative].title not in shown] == []
    assert Log(record.parent).entries()[-1].exercise == CHOICE.id
