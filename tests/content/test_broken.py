"""One bad file for each message: what coursekit says about it, and that the rest of the course still loads."""

# ruff: noqa: E501  (each line as a person reads it)

import shutil
from pathlib import Path

import pytest

from coursekit.content.library import load
from coursekit.model.kinds import KINDS

BROKEN = Path(__file__).parent / "broken"
PLACES = {  # files that are no exercise: where they go in the course
    "case-": "cases",
    "unit-": "other/unit.toml",
    "misconception": "misconceptions.toml",
    "element": "frameworks.toml",
    "frameworks": "frameworks.toml",
}

LINES = {
    "Bad_Name": (
        "exercises/shop/Bad_Name.toml",
        "the file name “Bad_Name” is not lower-case words joined by hyphens. Rename the file.",
    ),
    "anchor-missing": (
        "exercises/shop/anchor-missing.toml",
        "anchor: there must be one anchor at each level 1, 2, 3, 4. Add or renumber [[anchor]].",
    ),
    "case-dividing-by-zero": (
        "exercises/cases/case-dividing-by-zero.toml",
        "setting: “fee / 0” divides by zero. Correct the expression, or add the figure to the case.",
    ),
    "case-with-an-unknown-side": (
        "exercises/cases/case-with-an-unknown-side.toml",
        "person[1].side: must be one of supplier, client, other, not “buyer”. Correct the word.",
    ),
    "decimals-below-zero": (
        "exercises/shop/decimals-below-zero.toml",
        "quantity “owed”: decimals must be from 0 to 6. Write decimals = 2.",
    ),
    "derived-in-a-circle": (
        "exercises/shop/derived-in-a-circle.toml",
        "derived.owed: “2 * billed” uses “billed”, which does not stand before it. Put the one that is used above the one that uses it; none may use itself.",
    ),
    "derived-named-like-a-figure": (
        "exercises/shop/derived-named-like-a-figure.toml",
        "derived.owed: stands in [figures] too. Take one of them out, or choose another name.",
    ),
    "derived-with-an-unknown-figure": (
        "exercises/shop/derived-with-an-unknown-figure.toml",
        "derived.owed: “tray * price” uses “tray”, which is not a figure here (figures: billed_trays, oven, price, trays). Correct the expression, or add the figure to the case.",
    ),
    "dividing-by-zero": (
        "exercises/shop/dividing-by-zero.toml",
        "quantity “owed”: “trays / (trays - 6)” divides by zero. Correct key or value, or add the figure to the case.",
    ),
    "id-that-is-taken": (
        "exercises/shop/id-that-is-taken.toml",
        "option: the id “answer” is taken. Give it another id.",
    ),
    "duplicate-id": (
        "exercises/shop/duplicate-id.toml",
        "option: the id “a” stands twice. Give each one an id of its own.",
    ),
    "element-without-id": (
        "exercises/frameworks.toml",
        "framework[1].element[2].id: is missing. Add it to the file.",
    ),
    "every-bucket-accepted": (
        "exercises/shop/every-bucket-accepted.toml",
        "item “i”: every bucket is accepted. Leave at least one bucket wrong.",
    ),
    "figure-in-quotes": (
        "exercises/shop/figure-in-quotes.toml",
        "figures.extra: “7” is not a number. Write it in figures, without quotes.",
    ),
    "figure-named-twice": (
        "exercises/shop/figure-named-twice.toml",
        "figures.trays: the case “bakery” has a figure of that name already. Use that one, or choose another name.",
    ),
    "figure-not-closed": (
        "exercises/shop/figure-not-closed.toml",
        "option[1].why: “{= trays of them” is not closed by “}” on its line, or is empty. Correct the expression, or add the figure to the case.",
    ),
    "figure-with-an-unknown-key": (
        "exercises/shop/figure-with-an-unknown-key.toml",
        "figures.extra: “unti” is not a key here. Did you mean “unit”?",
    ),
    "figure-without-its-case": (
        "exercises/shop/figure-without-its-case.toml",
        "option[1].why: “trays” uses “trays”, which is not a figure here (figures: none). Correct the expression, or add the figure to the case.",
    ),
    "frameworks-as-a-text": (
        "exercises/frameworks.toml",
        "framework: must be a list of tables. Write it as [[framework]].",
    ),
    "full-credit-for-a-wrong-option": (
        "exercises/shop/full-credit-for-a-wrong-option.toml",
        "option “b”: credit is for wrong options, from 0 to under 1. Leave it out.",
    ),
    "id-written-again": (
        "exercises/shop/id-written-again.toml",
        "id: the file's place says it already: “shop/id-written-again”. Take the key out.",
    ),
    "item-in-no-bucket": (
        "exercises/shop/item-in-no-bucket.toml",
        "item “i”: “z” is not a bucket. Use one of x, y.",
    ),
    "key-given-twice": (
        "exercises/shop/key-given-twice.toml",
        "is not valid TOML: Cannot overwrite a value (at line 6, column 12). Correct that line.",
    ),
    "key-with-a-syntax-error": (
        "exercises/shop/key-with-a-syntax-error.toml",
        "quantity “owed”: “trays *” cannot be worked out: invalid syntax. Correct key or value, or add the figure to the case.",
    ),
    "key-with-an-unknown-figure": (
        "exercises/shop/key-with-an-unknown-figure.toml",
        "quantity “owed”: “tray * price” uses “tray”, which is not a figure here (figures: billed_trays, oven, price, trays). Correct key or value, or add the figure to the case.",
    ),
    "kind-in-a-list": (
        "exercises/shop/kind-in-a-list.toml",
        "kind: “['single-choice']” is not a kind. Did you mean “single-choice”?",
    ),
    "listed-in-the-accepted-order": (
        "exercises/shop/listed-in-the-accepted-order.toml",
        "item: the items are listed in an accepted order. List them as the learner first sees them, jumbled.",
    ),
    "misconception-twice": (
        "exercises/misconceptions.toml",
        "misconception[2]: the id “M01” stands twice. Give each one an id of its own.",
    ),
    "misconception-without-feedback": (
        "exercises/misconceptions.toml",
        "misconception[2].feedback: is missing. Add it to the file.",
    ),
    "missing-kind": (
        "exercises/shop/missing-kind.toml",
        f"kind: is missing. Use one of {', '.join(KINDS)}.",
    ),
    "missing-reason": (
        "exercises/shop/missing-reason.toml",
        "option[2].why: is missing. Add it to the file.",
    ),
    "misspelt-key-in-an-option": (
        "exercises/shop/misspelt-key-in-an-option.toml",
        "option[2]: “misconceptoin” is not a key here. Did you mean “misconception”?",
    ),
    "misspelt-key": (
        "exercises/shop/misspelt-key.toml",
        "“hints” is not a key here. Did you mean “hint”?",
    ),
    "mistake-names-no-item": (
        "exercises/shop/mistake-names-no-item.toml",
        "mistake: “z” is not an item. Use the ids a, b.",
    ),
    "model-for-one-column": (
        "exercises/shop/model-for-one-column.toml",
        "row “r”: model must speak for every column. Write model = { x = …, y = … }.",
    ),
    "no-points": (
        "exercises/shop/no-points.toml",
        "points: 0 are not points. Write a number above 0, or leave it out.",
    ),
    "no-right-option": (
        "exercises/shop/no-right-option.toml",
        "option: exactly one option must be right. Write right = true in one [[option]].",
    ),
    "not-utf-8": (
        "exercises/shop/not-utf-8.toml",
        "line 8: is not UTF-8 text. Save the file with the encoding UTF-8.",
    ),
    "nothing-to-fill-in": (
        "exercises/shop/nothing-to-fill-in.toml",
        "field: there is nothing to fill in. Add a [[field]] or a [[table]].",
    ),
    "nothing-to-mark": (
        "exercises/shop/nothing-to-mark.toml",
        "span: some spans must be marked and some be sound. Set mark = true where it belongs.",
    ),
    "nothing-to-pick": (
        "exercises/shop/nothing-to-pick.toml",
        "option: at least one option must be right. Write right = true in an [[option]].",
    ),
    "number-for-true": (
        "exercises/shop/number-for-true.toml",
        "confidence: must be true or false, not “1”. Correct its type.",
    ),
    "options-are-a-number": (
        "exercises/shop/options-are-a-number.toml",
        "option: must be a list, not “7”. Correct its type.",
    ),
    "order-leaves-an-item-out": (
        "exercises/shop/order-leaves-an-item-out.toml",
        "order[1]: must name every item once. Use the ids a, b.",
    ),
    "order-names-no-item": (
        "exercises/shop/order-names-no-item.toml",
        "order[1]: must name every item once. Use the ids a, b.",
    ),
    "reason-left-out": (
        "exercises/shop/reason-left-out.toml",
        "span “t”: a reason is missing. Write reason = '…'.",
    ),
    "reason-that-is-none": (
        "exercises/shop/reason-that-is-none.toml",
        "span “t”: “q” is not a reason. Use one of r.",
    ),
    "result-in-an-unknown-table": (
        "exercises/shop/result-in-an-unknown-table.toml",
        "result “r”: “year” is not a table. Name a [[table]] of this file.",
    ),
    "result-with-an-unknown-field": (
        "exercises/shop/result-with-an-unknown-field.toml",
        "result “r”: “fees * 2” uses “fees”, which is not a figure here (figures: billed_trays, fee, oven, price, trays). Use the ids of number fields, rows or earlier results, words joined by _.",
    ),
    "slip-within-the-tolerance": (
        "exercises/shop/slip-within-the-tolerance.toml",
        "quantity “owed”: the slip “trays * price + 0.4” is within the tolerance of the key. Narrow the tolerance or drop the slip.",
    ),
    "text-for-a-list": (
        "exercises/shop/text-for-a-list.toml",
        "hint: must be a list, not “one”. Correct its type.",
    ),
    "toml-syntax-error": (
        "exercises/shop/toml-syntax-error.toml",
        "is not valid TOML: Illegal character '\\n' (at line 2, column 11). Correct that line.",
    ),
    "two-misspelt-keys": (
        "exercises/shop/two-misspelt-keys.toml",
        "“promt” and “zzz” are not keys here. Did you mean “prompt”?",
    ),
    "two-right-options": (
        "exercises/shop/two-right-options.toml",
        "option: exactly one option must be right. Write right = true in one [[option]].",
    ),
    "two-tolerances": (
        "exercises/shop/two-tolerances.toml",
        "quantity “owed”: needs either tolerance or relative. Write tolerance = 0.05 or relative = 0.01.",
    ),
    "unit-with-an-unknown-step": (
        "exercises/other/unit.toml",
        "step: must be one of start, gate, triage, understand, decide, act, learn, not “dance”. Correct the word.",
    ),
    "unknown-case": (
        "exercises/shop/unknown-case.toml",
        "case: there is no case “bakry” that could be loaded. Did you mean “bakery”?",
    ),
    "unknown-difficulty": (
        "exercises/shop/unknown-difficulty.toml",
        "difficulty: must be one of recall, understand, apply, analyse, judge, not “hard”. Correct the word.",
    ),
    "unknown-figure": (
        "exercises/shop/unknown-figure.toml",
        "option[1].why: “planed” uses “planed”, which is not a figure here (figures: billed_trays, oven, price, trays). Correct the expression, or add the figure to the case.",
    ),
    "unknown-flag": (
        "exercises/shop/unknown-flag.toml",
        "flags[1]: must be one of date, time, number, question, trait-words, sarcasm, not “dates”. Correct the word.",
    ),
    "unknown-kind": (
        "exercises/shop/unknown-kind.toml",
        "kind: “single-choise” is not a kind. Did you mean “single-choice”?",
    ),
    "wrong-type": (
        "exercises/shop/wrong-type.toml",
        "points: must be a number, not “two”. Correct its type.",
    ),
}


@pytest.fixture
def with_broken(course_copy):
    """Puts one bad file where it belongs in a copy of the tiny course and loads it."""

    def put(name):
        place = next((place for start, place in PLACES.items() if name.startswith(start)), "shop")
        target = course_copy / "exercises" / place
        target = target if target.suffix == ".toml" else target / f"{name}.toml"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(BROKEN / f"{name}.toml", target)
        return load(course_copy / "exercises")

    return put


@pytest.mark.parametrize("name", LINES)
def test_a_bad_file_is_named_in_one_line(with_broken, name):
    """Each bad file gives exactly one line: the file, the place in it, the rule and the cure."""
    expected = [": ".join(LINES[name])]

    assert expected == [str(problem) for problem in with_broken(name).problems]
    assert all(problem.rule and problem.cure for problem in with_broken(name).problems)


@pytest.mark.parametrize("name", LINES)
def test_the_rest_of_the_course_loads_beside_a_bad_file(with_broken, tiny, name):
    """A bad file takes nothing with it: every exercise, case and unit of the tiny course is there."""
    library = with_broken(name)

    assert dict(tiny) == dict(library)
    assert tiny.cases == library.cases
    assert tiny.units == library.units
    assert library.misconceptions


def test_every_broken_file_is_in_the_table():
    """No file lies in tests/broken/ that no test reads."""
    assert sorted(path.stem for path in BROKEN.iterdir()) == sorted(LINES)
