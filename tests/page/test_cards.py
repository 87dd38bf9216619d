"""The static cards: what they show, and that nothing in a case can script."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from coursekit.page.cards import STEPS, case_card, unit_card
from coursekit.wording import say

HOSTILE = '<script>alert("x")</script>'
TYPED = (HOSTILE, '"><img src=x onerror=y>', "' onclick='x", "&", "{{ 7*7 }}", "{% raw %}", "a\0b", "a\ud800b")


def a_unit(**changes):
    fields = {
        "name": "cost",
        "title": "Cost",
        "step": "decide",
        "minutes": 90,
        "question": ["What does it cost?"],
        "objective": [SimpleNamespace(id="cost.compute", text="compute a rate", minutes=25)],
    }
    return SimpleNamespace(**(fields | changes))


def a_case(**changes):
    fields = {
        "name": "mill",
        "code": "C99",
        "title": "The mill",
        "trade": "milling",
        "country": "IE",
        "currency": "€",
        "setting": "A mill and a *baker*.",
        "note": "",
        "person": [SimpleNamespace(name="Ann", role="miller", side="supplier")],
        "event": [SimpleNamespace(when="3 Mar", text="She grinds.")],
        "quote": [SimpleNamespace(who="Ann", when="4 Mar", text="Good flour.\nReally.")],
        "figures": {"secret_margin": 4711},
    }
    return SimpleNamespace(**(fields | changes))


@pytest.mark.parametrize("step", STEPS)
def test_exactly_one_step_is_where_you_are(step):
    """Each of the six steps is marked once, for the eye, for a screen reader and in plain text."""
    card = unit_card(a_unit(step=step))

    assert card.html.count('aria-current="step"') == 1
    assert f"[{say(f'cards.step.{step}')}: you are here]" in card.text


def test_before_the_path_no_step_is_marked():
    """The start page stands before the first step, and says so."""
    card = unit_card(a_unit(step="start"))

    assert "aria-current" not in card.html
    assert say("cards.before_path") in card.html
    assert say("cards.before_path") in card.text


def elements(html):
    """Each element with the names of its attributes; the words in them may differ."""
    found, parser = [], HTMLParser()
    parser.handle_starttag = lambda tag, given: found.append((tag, [name for name, _ in given]))
    parser.feed(html)
    parser.close()
    return found


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("field", ["title", "trade", "currency", "setting", "note"])
def test_text_of_a_case_never_becomes_markup(field, text):
    """What stands in a field of a case is shown and never run."""
    html = case_card(a_case(**{field: text})).html

    assert elements(html) == elements(case_card(a_case(**{field: "Harmless"})).html)
    assert "49" not in html


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("field", ["title", "question", "objective"])
def test_text_of_a_unit_never_becomes_markup(field, text):
    """What stands in a field of a unit is shown and never run."""

    def html(text):
        given = {"title": text, "question": [text], "objective": [SimpleNamespace(id="a", text=text, minutes=1)]}
        return unit_card(a_unit(**{field: given[field]})).html

    assert elements(html(text)) == elements(html("Harmless"))


def test_people_events_and_letters_never_become_markup():
    """Names, dates, events and letters are shown and never run."""
    card = case_card(
        a_case(
            person=[SimpleNamespace(name=HOSTILE, role=HOSTILE, side=HOSTILE)],
            event=[SimpleNamespace(when=HOSTILE, text=HOSTILE)],
            quote=[SimpleNamespace(who=HOSTILE, when=HOSTILE, text=HOSTILE)],
        ),
    )

    assert "<script" not in card.html


def test_figures_are_not_listed():
    """A case card tells a story; the bare figures stay in the file."""
    card = case_card(a_case())

    assert "4711" not in card.html + card.text
    assert "secret_margin" not in card.html + card.text


def test_the_content_note_comes_before_the_setting():
    """Who wants to skip a scene learns of it first."""
    card = case_card(a_case(note="A door is blocked."))

    assert card.html.index("A door is blocked.") < card.html.index("A mill and a")
    assert card.text.index("A door is blocked.") < card.text.index("A mill and a")


def test_a_bare_case_has_no_empty_parts():
    """Without people, events and letters their labels are left out."""
    card = case_card(a_case(person=[], event=[], quote=[]))

    for label in ("people", "events", "quotes", "content_note"):
        assert say(f"cards.{label}") not in card.html + card.text


def test_a_setting_with_a_table_can_be_scrolled_with_the_keyboard():
    """A wide table scrolls inside the card, so that a narrow page does not."""
    card = case_card(a_case(setting="| a | b |\n|--|--|\n| 1 | 2 |"))

    assert 'tabindex="0"' in card.html


def test_the_same_case_gives_the_same_card():
    """Executed notebooks are compared byte by byte."""
    assert case_card(a_case()) == case_card(a_case())
    assert set(case_card(a_case())._repr_mimebundle_()) == {"text/html", "text/plain"}
