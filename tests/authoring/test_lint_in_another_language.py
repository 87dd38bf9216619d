"""Whatever an author is told about a file comes from text/*.toml: in the pseudo-locale each whole message is in its brackets."""

import re
import shutil
import tomllib
from collections import Counter
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from runpy import run_path

import pytest
from attrs import frozen
from making import SHARED, TINY, made
from pseudo import forget, speak
from test_lint import IN_A_FILE, IN_THE_NOTEBOOK, ITEM, NOTEBOOK, SHOP, _choices, changed, edited

from coursekit import wording
from coursekit.authoring import translation
from coursekit.authoring.lint import lint
from coursekit.authoring.lint.exercises import samples
from coursekit.authoring.overlap import overlaps
from coursekit.authoring.try_answer import as_lines
from coursekit.content.figure_tables import read_figures
from coursekit.content.library import load
from coursekit.content.strict_parsing import structure
from coursekit.errors import CoursekitError
from coursekit.model.controls import Control
from coursekit.model.exercise import Grade, Part, Samples
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS

BROKEN = Path(__file__).parents[1] / "content/broken"
PLACES = run_path(str(BROKEN.parent / "test_broken.py"))["PLACES"]
TEXT = Path(wording.__file__).parent / "text"
SECTIONS = {name for file in ("content", "authoring") for name in tomllib.loads((TEXT / f"{file}.toml").read_text(encoding="utf-8"))}
KEYS = [key for key, _ in translation.sentences() if key.split(".")[0] in SECTIONS - {"translate"}]
ADDRESS = re.compile(r"(([\w.\[\]-]+|“[^”]*”) ?)*")  # where in a file: in the words of the file


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The messages (where, what) of all that is provoked below while the pseudo-locale is spoken, and the keys that were said."""
    entry, said, messages = wording._entry, Counter(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "_entry", lambda key: said.update([key]) or entry(key))
        speak(patch)
        for provoke in (bad_files, bad_rows, bad_course, bad_kinds, bad_values, bad_samples, tried, unread, other_names):
            folder = tmp_path_factory.mktemp("courses")
            copy = lambda name, folder=folder: Path(shutil.copytree(TINY, folder / name))  # noqa: E731
            messages += [(provoke.__name__, *message) for message in provoke(copy, patch)]
    forget()
    return messages, said


def test_every_message_is_said_whole(told):
    """Names, numbers and what is quoted stand inside of a sentence; nothing is put to its ends in the code."""
    loose = [(*message, left) for message in told[0] if (left := unsaid(message[2]))]

    assert loose == []
    assert [message for message in told[0] if not ADDRESS.fullmatch(unsaid(message[1]))] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_sentence_was_provoked(told, key):
    """No rule and no message is left out of the test above."""
    assert told[1][key]


def unsaid(text):
    """What is left of a text when all that went through the catalogue is out of it."""
    while text != (text := re.sub("⟦[^⟦⟧]*⟧", "", text)):
        pass
    return text


def lines(problems):
    """(place, sentence) of the rule and of the cure of each problem."""
    return [(problem.place, text) for problem in problems for text in (problem.rule, problem.cure)]


def raised(work):
    """What a work that fails says."""
    try:
        work()
    except ExceptionGroup as group:
        return lines(group.exceptions)
    except CoursekitError as error:
        return [("", str(error))]
    raise AssertionError("it did not fail")


def bad_files(copy, patch):
    """Each of the files that the library's own tests refuse, and what stands where a file should."""
    for path in BROKEN.iterdir():
        place = next((place for start, place in PLACES.items() if path.stem.startswith(start)), "shop")
        course = copy(path.stem) / "exercises"
        target = course / place if place.endswith(".toml") else course / place / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
        yield from lines(load(course).problems)
    shop = copy("others") / SHOP
    (shop / "deep.toml").write_text("x = " + "[" * 9999)
    (shop / "long.toml").write_text("x = 1" + "0" * 9999)
    (shop / "folder.toml").mkdir()
    (shop / "far.toml").write_text('kind = "number"\ncase = "zzzz"')
    yield from lines(load(shop.parent).problems)
    yield from lines(load(shop / "nowhere").problems)


def bad_rows(copy, patch):
    """Each course that breaks one rule of lint."""
    for name, (file, *pairs, _) in IN_A_FILE.items():
        changed(course := copy(name), f"{SHOP}/{file}.toml", *pairs)
        yield from lines(lint(course))
    for name, (edit, _) in IN_THE_NOTEBOOK.items():
        edited(course := copy(name), edit)
        yield from lines(lint(course))


def bad_course(copy, patch):
    """A course that breaks the other rules all at once."""
    course = copy("course")
    for path in (course / SHOP).glob("*.toml"):
        path.write_text(path.read_text(encoding="utf-8").replace("title =", 'role = "faded"\ntitle =', path.stem != "unit"), "utf-8")
    changed(course, f"{SHOP}/unit.toml", ('step = "start"', 'step = "act"'), ("minutes = 10\nquestion", "minutes = 12\nquestion"))
    changed(course, f"{SHOP}/what-counts.toml", ("title =", 'alternative = "shop/nothing"\ntitle ='))
    changed(course, f"{SHOP}/sort-costs.toml", ("title =", 'alternative = "shop/other"\ntitle ='))
    prices = ("{= billed_trays} trays.", "{= trays*price} {= price : .2f} {= price : .2f}")
    changed(course, f"{SHOP}/what-is-owed.toml", prices, ("[[quantity]]", 'derived.owed = "trays * price"\n[[quantity]]'))
    changed(course, f"{SHOP}/first-things.toml", ("{= billed_trays} trays.", "{= 7 * 8} {= 7 * 8}"))
    element = '  { id = "points.power", name = "Find the power", source = "S3" },\n]'
    changed(course, "exercises/frameworks.toml", ("\n]", f"\n{element}"))
    _choices(course, 15, lambda n: "a text that is much longer than all the others", lambda n: 0)
    note = 'role = "alternative"\nnote = "A hard scene"'
    for file, text in {
        "shop/other": ITEM.replace('role = "test"', note),
        "shop/aux": "",
        "shop/What-Counts": "",
        "measure/form-a/one": ITEM.replace("role", 'hint = ["nudge"]\nrole'),
        "assignments/quiz/one": ITEM.replace('"test"', '"graded"'),
    }.items():
        path = course / "exercises" / f"{file}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (course / SHOP / "notes.txt").write_text("x")
    cell = {"cell_type": "markdown", "id": "sums", "metadata": {}, "source": ["$850 and $27 by the Shop Act 1993"]}
    edited(course, lambda notebook: notebook["cells"].insert(0, cell))
    shutil.copyfile(course / NOTEBOOK, course / "notebooks/01_other.ipynb")
    (course / "theirs.txt").write_text("by the Shop Act 1993, and $850 and $27 by the Shop Act 1993")
    yield from lines(overlaps(course, course))
    (course / "notebooks/02_more.ipynb").write_text("{")
    edited(course, lambda notebook: notebook["cells"].pop(3))
    (course / "de.po").write_text('msgctxt "loading.encoding.rule"\nmsgid "{what} is"\nmsgstr "ist"\n')
    (course / "fr.po").write_text("no catalogue")
    patch.setattr(wording, "LANGUAGES", course)
    yield from lines(lint(course))


PRINCIPLE = 'principle = { prompt = "P", model = "M", why = "W" }'
KIND_FILES = [
    ("single-choice", 'option = [{ id = "a", text = "A", why = "W", right = true }]'),
    ("multiple-choice", 'option = [{ id = "a", text = "A", why = "W", right = true, credit = 0.5 }]'),
    ("comparison", f"column = []\nrow = []\n{PRINCIPLE}"),
    ("comparison", 'column = []\nrow = [{ id = "principle", text = "T", model = {}, why = "W" }]\n' + PRINCIPLE),
    ("number", "quantity = []"),
    ("ordering", 'order = []\nitem = [{ id = "a", text = "A", why = "W" }]'),
    ("ordering", 'order = [[["a", "b"]]]\nitem = [{ id = "a", text = "A", why = "W" }, { id = "b", text = "B", why = "W" }]'),
    ("revision", 'card = [{ id = "a", text = "A", direction = "on", why = "W" }]\nquestion = "Q"\nlow = "L"\nhigh = "H"\nstart = 101'),
    ("revision", 'card = [{ id = "a", text = "A", direction = [], why = "W" }]\nquestion = "Q"\nlow = "L"\nhigh = "H"'),
    ("short-text", "criterion = []\nanchor = []"),
    ("sorting", "bucket = []\nitem = []"),
]


def bad_kinds(copy, patch):
    """Content that a kind refuses, and what pays without knowing."""
    for kind, text in KIND_FILES:
        one = made(kind, text)
        guessed = one.guessed() if kind == "ordering" else ()
        yield from ((place, sentence) for place, *sentences in (*one.problems(), *guessed) for sentence in sentences)


@frozen
class _Odd:
    at: datetime
    control: Control


WHOLE = {**SHARED, "id": "shop/one", "option": []}
FIELDS = [
    (KINDS["single-choice"], []),
    (KINDS["single-choice"], {**WHOLE, "qqqq": 1}),
    (KINDS["single-choice"], {**WHOLE, "title": {}, "prompt": [], "points": "1", "option": [3]}),
    (KINDS["single-choice"], {**WHOLE, "points": 12345678901234567890}),
    (KINDS["revision"], {**WHOLE, "start": "x"}),
    (_Odd, {"at": "today", "control": {"type": "lever"}}),
]
FIGURES = ["figures = 3", "derived.a = 7", "figures.a = { value = 7, decimals = 7 }", 'derived.a = "7 ^ 2"', 'derived.a = "7 > 2"']


def bad_values(copy, patch):
    """Values of the wrong sort."""
    for cls, raw in FIELDS:
        yield from raised(lambda cls=cls, raw=raw: structure(cls, raw))
    for text in FIGURES:
        yield from raised(lambda text=text: read_figures(tomllib.loads(text)))


def bad_samples(copy, patch):
    """Kinds that grade their own samples otherwise than they say."""
    library = load(TINY / "exercises")
    choice, text, sheet = (library[f"shop/{name}"] for name in ("answer-mr-abe", "write-to-him", "my-own-bill"))
    right, written, filled = (one.samples().right[0] for one in (choice, text, sheet))
    for one, answers in (
        (choice, Samples((" ",), (right,), (right,), (right,))),
        (text, Samples(wrong=(written,))),
        (sheet, Samples(wrong=(filled,))),
        (choice, Samples((right,), choice.samples().partly)),
    ):
        patch.setattr(type(one), "samples", lambda self, answers=answers: answers)
        patch.setattr(type(choice), "steps", 3)
        yield from ((place, sentence) for place, *sentences in samples(one, library) for sentence in sentences)


def tried(copy, patch):
    """An answer tried, whatever comes of it."""
    parts = (Part("a", "right", "Why"), Part("b", "wrong", "Why", "M01"))
    for status in ("graded", "unreadable", "needs marking", "kept"):
        given = Grade(status, Fraction(1, 2) if status == "graded" else None, parts=parts, feedback="It is so.")
        yield from (("", line.strip()) for line in as_lines(given).splitlines())


def unread(copy, patch):
    """Answers of every kind that cannot be read."""
    library = load(TINY / "exercises")
    return [("", grade(one, raw).feedback) for one in library.values() for raw in one.samples().unreadable]


def other_names(copy, patch):
    """Exercises, cases and units that are not there, or near, or broken."""
    course = copy("names") / "exercises"
    for file in ("shop/what-counts", "cases/bakery", "shop/unit"):
        (course / f"{file}.toml").write_text("x = ")
    for library, near in ((load(TINY / "exercises"), "s"), (load(course), "")):
        for look, name in ((library.__getitem__, "shop/what-counts"), (library.case, "bakery"), (library.unit, "shop")):
            for asked in (name + near, "zzzzzz"):
                yield from raised(lambda look=look, asked=asked: look(asked))
