"""Rules about content: each has a small course that breaks just it."""

import json

import pytest
from making import TINY

from coursekit.authoring.lint import COURSE_RULES, EXERCISE_RULES, lint

SHOP = "exercises/shop"
NOTEBOOK = "notebooks/00_shop.ipynb"
WHY_MOOD = "WHY-MOOD: a short letter at 07:10 says nothing about the trays of 3 March."


def changed(course, file, *pairs):
    """Replace texts in a file of the course, which must be there."""
    path = course / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def edited(course, edit):
    """Change the notebook of the course as JSON."""
    path = course / NOTEBOOK
    notebook = json.loads(path.read_text(encoding="utf-8"))
    edit(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def lines(course):
    return [str(problem) for problem in lint(course)]


def test_the_tiny_course_is_clean():
    """A course that keeps every rule has no problem."""
    assert lines(TINY) == []


IN_A_FILE = {
    "objective": (
        "what-counts", ('objective = "shop.decide"', 'objective = "shop.sleep"'),
        "objective: “shop.sleep” is not an objective of the unit. Use one of shop.decide.",
    ),
    "element": (
        "what-counts", ('"points.cost"', '"points.coast"'),
        "covers: “points.coast” is not in frameworks.toml. Use the id of an element.",
    ),
    "misconception of an option": (
        "answer-mr-abe", ('"M01"', '"M99"'),
        "option “say-eight”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "misconception of an item": (
        "sort-costs", ('"M02"', '"M99"'),
        "item “oven”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "misconception of a wrong bucket": (
        "sort-costs", ('"M01"', '"M99"'),
        "item “oven” in “open”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "misconception of a slip": (
        "what-is-owed", ('"M01"', '"M99"'),
        "quantity “owed” slip “billed_trays * price”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "misconception of a mistake": (
        "first-things", ('"M01"', '"M99"'),
        "mistake “reply”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "misconception of a span": (
        "note-to-the-baker", ('"M02"', '"M99"'),
        "span “later”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "misconception of a card": (
        "how-likely", ('"M02"', '"M99"'),
        "card “rain”: “M99” is not in misconceptions.toml. Use a code from M01 to M28.",
    ),
    "Markdown in an option": (
        "answer-mr-abe", ('"Say six"', '"Say *six*"'),
        "options “say-six”: “*six*” is shown as it is typed: this text is no Markdown. Write it without that sign.",
    ),
    "HTML in an item": (
        "sort-costs", ('"The oven"', '"The <b>oven</b>"'),
        "items “oven”: “<b>” is shown as it is typed: this text is no Markdown. Write it without that sign.",
    ),
    "no misconception": (
        "answer-mr-abe", ('misconception = "M01"\n', ""),
        "option “say-eight”: a misconception code is missing. Write misconception = 'M…'.",
    ),
    "short reason": (
        "what-counts", ("WHY-MOOD: a short letter at 07:10 says nothing about the trays of 3 March.", "Wrong, try again, Mr Abe!"),
        "option “mood”: the reason has 25 characters, 40 are the least. Say why, with a fact of the case.",
    ),
    "reason without a fact": (
        "what-counts", (WHY_MOOD, "this is nothing that anybody could use at all"),
        "option “mood”: the reason holds no fact of the case. Name a person, a date or a figure.",
    ),
    "too many hints": (
        "what-counts", ("hint = [", "hint = ['''a''', '''b''', "),
        "hint: 4 hints, three are the most. Keep nudge, place where it was taught, first step.",
    ),
    "empty hint": (
        "what-counts", ("hint = [", "hint = [''' ''', "),
        "hint: an empty hint. Write it or take it out.",
    ),
    "no hint": (
        "what-counts", ("hint = ['''HINT one: look at the slip.''', '''HINT two: count the trays of 3 March.''']\n", ""),
        "hint: a closed exercise needs at least one hint. Write hint = ['''…'''].",
    ),
    "more right than wrong": (
        "what-counts", ('id = "mood"', 'id = "mood"\nright = true'), ('misconception = "M01"\n', ""),
        "more_right: 3 of 4 are right, so that ticking all of them pays. "
        "Have at least as many wrong ones, or say why not: more_right = '''…'''.",
    ),
    "a reason for nothing": (
        "what-counts", ('title = "What counts"', 'title = "What counts"\nmore_right = "Why"'),
        "more_right: no more are right than wrong. Take it out.",
    ),
    "sample": (
        "what-is-owed", ("tolerance = 0.5", "tolerance = -1.0"),
        "the answer \"{'owed': '84.000000', 'share': '25.000000'}\" should be right and is graded 0.5. Look at the key.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_A_FILE)
def test_rules_about_an_exercise(course_copy, name):
    """Each rule about an exercise is named in one line when just it is broken."""
    file, *pairs, expected = IN_A_FILE[name]
    changed(course_copy, f"{SHOP}/{file}.toml", *pairs)

    assert f"{SHOP}/{file}.toml: {expected}" in lines(course_copy)
    assert {f"{SHOP}/{file}.toml"} == {problem.file for problem in lint(course_copy)}
    assert name == "sample" or len(lint(course_copy)) == 1


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (
            ("minutes = 10\nquestion", "minutes = 12\nquestion"),
            ["minutes: the objectives take 10 minutes and the unit 12. Make them equal."],
        ),
        (('step = "start"', 'step = "act"'), []),
    ],
    ids=["minutes", "a whole unit"],
)
def test_unit_shape(course_copy, pair, expected):
    """Minutes add up, and a unit on the path has enough exercises of enough kinds."""
    changed(course_copy, f"{SHOP}/unit.toml", pair)

    assert [f"{SHOP}/unit.toml: {line}" for line in expected] == lines(course_copy)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["two-bills"], ["no comparison. Add one."]),
        (["my-own-bill"], ["no worksheet. Add one."]),
        (["write-to-him"], ["no short-text. Add one."]),
        (
            ["what-counts", "first-things", "sort-costs"],
            ["7 exercises, 8 to 14 are planned. Add some, or change a role."],
        ),
        (
            ["what-counts", "first-things", "sort-costs", "what-is-owed", "note-to-the-baker", "how-likely"],
            ["4 exercises, 8 to 14 are planned. Add some, or change a role.", "4 kinds of exercise, 5 are the least. Ask in other ways."],
        ),
    ],
)
def test_unit_shape_by_roles(course_copy, roles, expected):
    """Only exercises count; a comparison, a worksheet and a short text are among them."""
    changed(course_copy, f"{SHOP}/unit.toml", ('step = "start"', 'step = "act"'))
    for name in roles:
        changed(course_copy, f"{SHOP}/{name}.toml", ("title =", 'role = "faded"\ntitle ='))

    assert [f"{SHOP}/unit.toml: {line}" for line in expected] == lines(course_copy)


def _choices(course, number, text, place):
    """Make choices in a unit of their own: the option at `place` is right, and says `text`."""
    folder = course / "exercises/shop"
    for n in range(number):
        options = [("right", text(n), True)]
        for m in range(3):
            options.insert(m if m < place(n) else len(options), (f"w{m}", "a middling text", False))
        body = "".join(
            f'[[option]]\nid = "{id}"\ntext = "{words}"\n'
            + ("right = true\n" if right else 'misconception = "M01"\n')
            + "why = '''WHY-X: six trays came on 3 March, and the slip says so as well.'''\n"
            for id, words, right in options
        )
        head = 'kind = "single-choice"\ntitle = "T"\ncase = "bakery"\n'
        head += f'objective = "shop.decide"\nprompt = "Q"\nhint = ["h"]\nexplanation = "{n}"\n'
        (folder / f"choice-{n:02}.toml").write_text(head + body, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (lambda n: "a text that is much longer than all the others", lambda n: n % 4, "the longest option is right in 8 of"),
        (lambda n: "short", lambda n: 0, "keys of 4-option choices stand at places {0: 8}"),
        (lambda n: "short", lambda n: n % 4, ""),
    ],
    ids=["length", "place", "neither"],
)
def test_keys_hidden(course_copy, text, place, said):
    """Neither the length of the right option nor its place gives it away."""
    _choices(course_copy, 8, text, place)
    found = [str(problem) for problem in lint(course_copy) if problem.file == "exercises"]

    assert [True] * bool(said) == [said in line for line in found]


def ask(*ids):
    """An edit: cells that ask these exercises come last."""

    def edit(notebook):
        like = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        notebook["cells"] += [{**like, "id": f"new-{n}", "source": f'exercise("{id}")'} for n, id in enumerate(ids)]

    return edit


def first_code_cell(**values):
    """An edit: the first code cell gets these values."""

    def edit(notebook):
        next(cell for cell in notebook["cells"] if cell["cell_type"] == "code").update(values)

    return edit


WIDGET = [{"output_type": "display_data", "metadata": {}, "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}}]
IN_THE_NOTEBOOK = {
    "unknown": (ask("shop/nothing"), "asks “shop/nothing”, which could not be loaded. Correct the id or the file."),
    "twice": (ask("shop/what-counts"), "asks “shop/what-counts” 2 times. Ask it once."),
    "does not run": (
        lambda notebook: notebook["metadata"].pop("coursekit"),
        "does not ask to run when opened. Set metadata.coursekit.run_on_open.",
    ),
    "code shown": (first_code_cell(metadata={}), "cell 2: shows its code. Hide it: jupyter.source_hidden."),
    "never executed": (
        first_code_cell(execution_count=None),
        "cell 2: was never executed, so nbval compares nothing there. Run make notebooks.",
    ),
    "saves a widget": (
        first_code_cell(outputs=WIDGET),
        "cell 2: saves a widget, which an unexecuted page shows as an error. Run make notebooks.",
    ),
    "too long": (first_code_cell(source="x = 1\n" * 11), "cell 2: has 11 lines, ten are the most. Move the work into data or the package."),
    "other lines": (
        first_code_cell(source='x = 1\nx = exercise("shop/a")'),
        "cell 2: asks an exercise among other lines. Give the exercise a cell of its own.",
    ),
}


@pytest.mark.parametrize("name", IN_THE_NOTEBOOK)
def test_rules_about_a_notebook(course_copy, name):
    """Each rule about a notebook is named in one line, with the cell."""
    edit, expected = IN_THE_NOTEBOOK[name]
    edited(course_copy, edit)

    assert [f"{NOTEBOOK}: {expected}"] == lines(course_copy)


def test_an_exercise_that_no_cell_asks(course_copy):
    """An exercise that its unit's notebook leaves out is named, with the cell to add."""
    edited(course_copy, lambda notebook: notebook["cells"].pop(2))

    assert [f'{SHOP}/answer-mr-abe.toml: is not asked in 00_shop.ipynb. Add a cell exercise("shop/answer-mr-abe").'] == lines(course_copy)


def test_an_exercise_asked_by_another_unit(course_copy):
    """A notebook asks the exercises of its own unit only."""
    notebook = (course_copy / NOTEBOOK).read_text(encoding="utf-8")
    (course_copy / "notebooks/01_other.ipynb").write_text(notebook, encoding="utf-8")
    found = lines(course_copy)

    assert (
        "notebooks/01_other.ipynb: asks “shop/what-counts”, which belongs to another unit. Ask it in the notebook of its own unit." in found
    )


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"cells": 7, "metadata": {}}', "\udcff"], ids=ascii)
def test_a_notebook_that_is_none(course_copy, content):
    """A damaged notebook is one problem among the others, and stops nothing."""
    (course_copy / "notebooks/01_more.ipynb").write_text(content, encoding="utf-8", errors="surrogateescape")

    assert lines(course_copy) == ["notebooks/01_more.ipynb: is not a notebook. Save it again in JupyterLab, or take it out."]


@pytest.mark.parametrize("file", ["shop/notes.txt", "cases/plan.md", "shop/what-counts.toml.bak"])
def test_strays(course_copy, file):
    """Only exercise files lie among the exercises."""
    (course_copy / "exercises" / file).write_text("x", encoding="utf-8")

    assert [f"exercises/{file}: is not an exercise file. Move it elsewhere."] == lines(course_copy)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("exercises/shop/aux.toml", "has a name that not every system can hold"),
        ("exercises/con/unit.toml", "has a name that not every system can hold"),
        ("exercises/cases/a:b.toml", "has a name that not every system can hold"),
        ("exercises/shop/What-Counts.toml", "is one file with exercises/shop/What-Counts.toml on Windows and macOS"),
        ("notebooks/00_Shop.ipynb", "is one file with notebooks/00_Shop.ipynb on Windows and macOS"),
        ("notebooks/.ipynb_checkpoints/aux.ipynb", None),
    ],
)
def test_names_of_files(course_copy, file, says):
    """A course that is made on one system is opened on the others."""
    (course_copy / file).parent.mkdir(exist_ok=True)
    (course_copy / file).write_text("x", encoding="utf-8")

    assert [says in line for line in lines(course_copy) if "name that" in line or "one file with" in line] == ([True] if says else [])


def test_all_problems_at_once(course_copy):
    """Problems of loading and of every rule are told together, by file."""
    changed(course_copy, f"{SHOP}/what-counts.toml", ('"points.cost"', '"points.coast"'))
    (course_copy / SHOP / "broken.toml").write_text("x = ", encoding="utf-8")
    (course_copy / SHOP / "notes.txt").write_text("x", encoding="utf-8")
    files = [problem.file for problem in lint(course_copy)]

    assert [f"{SHOP}/broken.toml", f"{SHOP}/notes.txt", f"{SHOP}/what-counts.toml"] == files


def test_a_folder_that_holds_no_course(tmp_path):
    """An empty folder is one problem: there are no exercises."""
    assert [f"{tmp_path / 'exercises'}: there is no such folder. Give the folder that holds the exercises."] == lines(tmp_path)


def test_every_rule_has_a_name_and_a_sentence():
    """The table of rules is complete, and each rule says what it keeps."""
    assert all(rule.__doc__ and rule.__doc__.endswith(".") for rule in (*EXERCISE_RULES, *COURSE_RULES))


def test_an_element_that_one_exercise_practises(course_copy):
    """Each element of a framework whose units exist is practised twice at least; others may still be to come."""
    extra = '  { id = "points.power", name = "Find the power", source = "S3" },\n]'
    changed(course_copy, "exercises/frameworks.toml", ("\n]", f"\n{extra}"))
    assert lines(course_copy) == [
        "exercises/frameworks.toml: points.power: is practised by 0 exercises, two are the least. Name it in covers."
    ]

    changed(course_copy, "exercises/frameworks.toml", ('unit = ["shop"]', 'unit = ["shop", "cellar"]'))
    assert lines(course_copy) == []


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ("The Shop Act 1993 forbids it.", 1),
        ("The Shop Act 1993 forbids it, as of November 2026 in New Zealand. Check locally.", 0),
        ("He may act in 1993.", 0),
        ("See section 12A.", 1),
    ],
)
def test_whoever_names_an_act_says_where_and_when(course_copy, said, problems):
    """A legal remark carries a date and "check locally"."""
    edited(
        course_copy, lambda notebook: notebook["cells"].insert(0, {"cell_type": "markdown", "id": "law", "metadata": {}, "source": [said]})
    )

    assert len(lines(course_copy)) == problems


def test_two_dollar_signs_are_a_formula(course_copy):
    """Jupyter would print what stands between two dollar signs as mathematics."""
    cell = {"cell_type": "markdown", "id": "sums", "metadata": {}, "source": ["$850 and $27"]}
    edited(course_copy, lambda notebook: notebook["cells"].insert(0, cell))

    assert lines(course_copy) == [
        f"{NOTEBOOK}: cell 1: has two dollar signs, which Jupyter takes for a formula. Write “850 dollars”.",
    ]


ITEM = """kind = "single-choice"
title = "Twin"
objective = "shop.decide"
role = "test"
prompt = "Which?"
[[option]]
id = "a"
text = "A"
right = true
why = "A is right here, for a reason that takes forty characters."
[[option]]
id = "b"
text = "B"
misconception = "M01"
why = "B is wrong here, for a reason that takes forty characters."
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"form-a/one": ITEM, "form-b/one": ITEM, "form-c/one": ITEM}, []),
        (
            {"form-a/one": ITEM, "form-b/two": ITEM, "form-c/one": ITEM},
            [f"exercises/measure: “{name}” stands in one of the forms A and B only. Write its twin." for name in ("one", "two")],
        ),
        (
            {"form-a/one": ITEM, "form-b/one": ITEM},
            ["exercises/measure: the forms differ in length (form-a: 1, form-b: 1, form-c: 0). Make them equal."],
        ),
        (
            {
                "form-a/one": ITEM.replace('role = "test"', 'hint = ["nudge"]'),
                "form-b/one": ITEM.replace('role = "test"', 'hint = ["nudge"]'),
            },
            [
                f"exercises/measure/form-{form}/one.toml: a test item has a case, a hint or another role. "
                "Take case and hint out; write role = 'test'."
                for form in "ab"
            ],
        ),
    ],
    ids=["whole", "no twin", "short", "with a hint"],
)
def test_forms(course_copy, files, expected):
    """Forms A and B hold twins, all forms are as long as each other, and a test item helps nobody."""
    for name, text in files.items():
        path = course_copy / "exercises/measure" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert lines(course_copy) == expected
