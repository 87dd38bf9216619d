"""A bundle that a stranger wrote: every field of every kind of wrong value, and the sentence that names it."""

import copy
import json
from pathlib import Path

import pytest
from bundles import CHOICE, SUMS, raw

from coursekit.assignment.bundle import Bundle, read_bundle
from coursekit.errors import BadBundle
from coursekit.model.controls import CONTROLS

OLD = json.loads((Path(__file__).parents[1] / "old" / "bundle-v1" / "quiz" / "quiz.bundle.json").read_text(encoding="utf-8"))
GRID = {
    "type": "grid", "id": "q1", "label": "Compare", "check_rows": False, "columns": [{"id": "a", "text": "A"}],
    "rows": [{"id": "1", "label": "Row", "cells": [{"column": "a", "input": "number"}], "unit": "", "help": ""}],
}  # fmt: skip
MARKS = {
    "type": "mark-spans", "id": "q2", "label": "Mark", "spans": [{"id": "a", "text": "A", "paragraph": True}],
    "reasons": [{"id": "1", "text": "R"}],
}  # fmt: skip
ASSIGN = {"type": "assign", "id": "q3", "label": "Place", "items": [{"id": "a", "text": "A"}], "buckets": [{"id": "1", "text": "B"}]}
REVISE = {"type": "revise", "id": "q4", "label": "Move", "cards": [{"id": "a", "text": "A"}], "start": 50, "low": "no", "high": "yes"}
PARAGRAPH = {"type": "paragraph", "id": "q5", "label": "Text", "words": 30, "help": ""}
SELECT = {**CHOICE, "type": "select", "id": "q6", "help": ""}
OTHERS = [
    {**CHOICE, "type": "pick-many", "id": "q7"},
    {**CHOICE, "id": "q8"},
    {**SUMS[0], "id": "q9"},
    {"type": "line", "id": "q10", "label": "L", "help": ""},
    {"type": "arrange", "id": "q11", "label": "Order", "items": [{"id": "a", "text": "A"}]},
]
EVERY = raw(
    about="About", minutes=10, pass_percent=50.0, late_rule="cut-off", late_percent=0.0, late_until="2027-01-16T17:00:00+01:00",
    feedback="points", feedback_after="2027-01-17T17:00:00+01:00", material=[{"title": "The letter", "file": "letter.md"}],
    questions=[{
        "exercise": "quiz/all", "of": "0" * 12, "confidence": True, "points": 2, "private": False,
        "public": {"kind": "worksheet", "title": "All", "note": "", "prompt": "?", "words_least": 0,
                   "controls": [GRID, MARKS, ASSIGN, REVISE, PARAGRAPH, SELECT, *OTHERS]},
    }],
)  # fmt: skip
DEEP = "x"
for _ in range(300):
    DEEP = [DEEP]
WRONG = {
    "nothing": None, "a number": 5, "a large number": 10**7, "less than none": -1, "a fraction": 2.5, "no number": float("nan"),
    "without end": float("inf"), "thousands of digits": 10**4000, "yes": True, "a text": "x", "an empty text": "", "digits": "1",
    "a long text": "x" * 200_000, "a sign of a terminal": "a\x1b[31m", "half a letter": "\ud800", "a NUL": "a\0b", "a list": [],
    "a list of texts": ["x"],
    "a list of none": [None], "a table": {}, "a strange table": {"x": 1}, "lists in lists": DEEP, "a path": "../x.md",
    "from the root": "/etc/x.md",
    "a drive": "C:\\x.md", "a device": "con.md", "a day": "2027-01-15", "no zone": "2027-01-15T17:00:00",
    "year one": "0001-01-01T00:00:00+23:59",
}  # fmt: skip
FREE = {
    "title",
    "about",
    "course",
    "digest",
    "note",
    "prompt",
    "text",
    "label",
    "help",
    "unit",
    "low",
    "high",
    "exercise",
    "of",
    "id",
    "kind",
    "column",
}
NUMBERS = {
    "points": (int, float), "pass_percent": (int, float), "late_percent": (int, float), "most": (int,), "minutes": (int,),
    "words_least": (int,),
    "words": (int,), "start": (int,),
}  # fmt: skip
HARMLESS = {  # what is as good as what stood there
    "confidence": [True], "private": [True], "shuffle": [True], "check_rows": [True], "paragraph": [True], "pass_percent": [None],
    "late_until": [None],
    "feedback_after": [None], "material": [[]], "reasons": [[]], "cells": [[]], "name": ["x", "1"], "file": [],
}  # fmt: skip


def places(value, place=()):
    """The place of every value in JSON, however deep."""
    if place:
        yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from places(one, (*place, key))


def put(value, place, new):
    """JSON with another value at that place."""
    changed = copy.deepcopy(value)
    at = changed
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = new
    return changed


def opened(tmp_path, value) -> Bundle:
    """The bundle that is read from a file with this JSON, whatever name it gives itself."""
    name = value.get("name") if isinstance(value, dict) else ""
    path = tmp_path / ("quiz.bundle.json" if not isinstance(name, str) or len(name) > 100 or not name.isalnum() else f"{name}.bundle.json")
    path.write_text(json.dumps(value), encoding="utf-8")
    return read_bundle(path)


def harmless(key, wrong):
    """Whether a value is one that might as well have stood there."""
    if key in FREE:
        return (
            isinstance(wrong, str)
            and wrong.isprintable()
            and len(wrong) < 200
            and (wrong != "" or key not in ("exercise", "of", "id", "digest"))
        )
    if key in NUMBERS and wrong is not None:
        return type(wrong) in NUMBERS[key] and 0 <= wrong <= 100 and (key != "start" or wrong <= 100)
    return any(type(wrong) is type(one) and wrong == one for one in HARMLESS.get(key, ()))


def test_every_way_to_answer_is_in_it(tmp_path):
    """The bundle that is spoiled below has every control, and is read as it is."""
    assert {one["type"] for one in EVERY["questions"][0]["public"]["controls"]} == set(CONTROLS)
    assert len(opened(tmp_path, EVERY).questions[0].shown) == len(CONTROLS)
    assert len(opened(tmp_path, OLD).questions) == 6


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("whole", [EVERY, OLD], ids=["every control", "released by 0.1.0"])
def test_any_wrong_value_anywhere(tmp_path, whole, wrong):
    """At each place of the file in turn: refused with one sentence, or taken where it is as good as what stood there."""
    for place in places(whole):
        key = next(key for key in reversed(place) if isinstance(key, str))
        try:
            opened(tmp_path, put(whole, place, wrong))
        except BadBundle as error:
            assert "\n" not in str(error) and len(str(error)) < 600
        else:
            assert harmless(key, wrong), (place, wrong)


@pytest.mark.parametrize("whole", [EVERY, OLD], ids=["every control", "released by 0.1.0"])
def test_what_is_missing_and_what_is_too_much(tmp_path, whole):
    """A key less is refused where it is needed; a key more is refused everywhere, and named."""
    tables = [(), *(place for place in places(whole) if isinstance(at(whole, place), dict))]
    for place in tables:
        more = copy.deepcopy(whole)
        at(more, place)["onclick"] = "x"
        with pytest.raises(BadBundle, match="“onclick” is not a key here"):
            opened(tmp_path, more)
        for key in at(whole, place):
            less = copy.deepcopy(whole)
            del at(less, place)[key]
            try:
                opened(tmp_path, less)
            except BadBundle as error:
                assert key in str(error) or key in ("name", "v", "type")


def at(value, place):
    for key in place:
        value = value[key]
    return value


PUBLIC = ("questions", 0, "public")
CONTROL = (*PUBLIC, "controls")


@pytest.mark.parametrize(
    ("place", "wrong", "says"),
    [
        ((*PUBLIC, "prompt"), 5, "questions[1].public.prompt: must be text, not “5”"),
        (("points",), "1", "points: must be a number, not “1”"),
        (("questions", 0, "points"), "1", "questions[1].points: must be a number, not “1”"),
        (("questions", 0, "points"), True, "questions[1].points: must be a number, not “True”"),
        (("questions", 0, "points"), float("nan"), "questions[1].points: must be from 0 to 10,000, not nan"),
        (("questions", 0, "points"), -1, "questions[1].points: must be from 0 to 10,000, not -1.0"),
        (("questions", 0, "confidence"), 1, "questions[1].confidence: must be true or false, not “1”"),
        (("questions", 0, "of"), "0" * 65, "questions[1].of: must have from 1 to 64 characters"),
        (("questions", 0, "exercise"), "x" * 201, "questions[1].exercise: must have from 1 to 200 characters"),
        ((*CONTROL, 0, "type"), "script", "questions[1].public.controls[1]: must have a type that this version knows, not “script”"),
        ((*CONTROL, 0, "rows", 0, "cells", 0, "input"), "html", "must be one of line, paragraph, number, not “html”"),
        ((*CONTROL, 3, "start"), 101, "questions[1].public.controls[4].start: must be from 0 to 100, not 101"),
        ((*CONTROL, 1, "id"), "q1", "questions[1].public.controls: “q1” stands twice"),
        ((*CONTROL, 1, "id"), "answer", "the id “answer” is for a control that is the only one"),
        ((*CONTROL, 5, "options", 1, "id"), "a", "questions[1].public.controls[6].options: “a” stands twice"),
        ((*CONTROL, 5, "options"), [], "questions[1].public.controls[6].options: at least one is needed"),
        ((*PUBLIC, "title"), "a\x1b[31m", "questions[1].public.title: has a sign in it that no page can show"),
        ((*PUBLIC, "prompt"), "x" * 100_001, "questions[1].public.prompt: must have at most 100,000 characters"),
        (("due",), "2027-01-15T17:00:00", "due: must be a time with its zone, not “2027-01-15T17:00:00”"),
        (("late_until",), "soon", "late_until: must be a time with its zone, not “soon”"),
        (("count",), "any", "count: must be one of first, last, best, average, not “any”"),
        (("pass_percent",), 101, "pass_percent: must be from 0 to 100, not 101.0"),
        (("material", 0, "file"), "../keys.md", "material[1].file: “../keys.md” is no .md or .csv file of this folder"),
        (("material", 0, "file"), "con.md", "material[1].file: “con.md” is no .md or .csv file of this folder"),
        (("material", 0, "file"), "run.py", "material[1].file: “run.py” is no .md or .csv file of this folder"),
        (("material",), [{"title": "A", "file": "a.md"}, {"title": "B", "file": "A.md"}], "material: “a.md” stands twice"),
        (("v",), True, "v: must be a whole number, not “True”"),
    ],
)  # fmt: skip
def test_the_sentence_names_the_field(tmp_path, place, wrong, says):
    """What is wrong, where, and what to do."""
    with pytest.raises(BadBundle) as caught:
        opened(tmp_path, put(EVERY, place, wrong))

    assert says in str(caught.value)
    assert "quiz.bundle.json is damaged or is not graded work of this course" in str(caught.value) and "Download it again" in str(
        caught.value
    )


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(EVERY)[:-1] + ', "points": 1}', json.dumps(EVERY).replace('"note": ""', '"note": "", "note": "x"'), "[" * 100_000,
        "9" * 5_000,
        json.dumps(EVERY) + " " * 10_000_000, '{"v": 1, "v": 1}', json.dumps(EVERY).encode("utf-16"), "\ufeff" + json.dumps(EVERY),
    ],
    ids=["a key twice", "a key twice inside", "deep", "digits", "huge", "twice and no more", "UTF-16", "BOM"],
)  # fmt: skip
def test_files_that_no_release_wrote(tmp_path, content):
    """Refused whole."""
    path = tmp_path / "quiz.bundle.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadBundle, match="is damaged"):
        read_bundle(path)
