"""Which test form a learner gets when, and which items it has."""

from coursekit.model.exercise import Option
from coursekit.model.kinds import KINDS
from coursekit.record.forms import form_for, items


def choice(form, name):
    options = (Option("a", "A", "why", right=True), Option("b", "B", "why", misconception="M01"))
    return KINDS["single-choice"](id=f"{form}/{name}", title="t", prompt="p", objective="cost.a", role="test", option=options)


FORMS = {one.id: one for one in (choice(form, name) for form in ("form-a", "form-b", "form-c") for name in ("one", "two"))}


def test_half_begin_with_each_form_and_nobody_gets_one_twice():
    """By their ids about half get form A first; afterwards everybody gets the other, and later form C."""
    firsts = [form_for(f"learner-{n}", "before") for n in range(1000)]

    assert 450 < firsts.count("form-a") < 550
    assert all({form_for(f"learner-{n}", m) for m in ("before", "after", "later")} == {"form-a", "form-b", "form-c"} for n in range(50))


def test_items_of_a_form():
    """Only test items of that form are its items."""
    assert items(FORMS, "form-b") == ["form-b/one", "form-b/two"]
