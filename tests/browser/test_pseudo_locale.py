"""A walk of every surface in the pseudo-locale: what a person can read or hear is ⟦in brackets⟧, or the course's own content."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from bare_page import Windows, rest
from bundles import raw
from keyboard import Hands
from pseudo import forget, speak
from serving import PATIENCE, lab_of, reading_of, served
from test_handing_in_panel import opened as open_panel
from test_handing_in_panel import panels  # noqa: F401  a fixture
from test_marking_page import QUIZ, desks, press  # noqa: F401
from test_marking_page import opened as open_desk
from to_mark import TEXTS

from coursekit.content import location
from coursekit.content.library import load

PAGE = "05_cost.ipynb"
NAMES = {"coursekit", "Hard Clients, Clear Choices", "Ctrl", "Enter"}  # the same in every language
DEMOS = [one for one in load(location.root() / "exercises").values() if one.role == "demo"]
SPOKEN = re.compile(r"⟦[^⟦⟧]*⟧")
READ = """(root) => {
  root.querySelectorAll("details").forEach((one) => (one.open = true));
  const files = [...root.querySelectorAll("pre")];
  files.forEach((one) => (one.hidden = true)); // what will be in a file, and commands
  const names = ["aria-label", "title", "alt", "placeholder"].flatMap((name) =>
    [...root.querySelectorAll(`[${name}]`)].filter((one) => !one.closest("svg, mjx-container")).map((one) => one.getAttribute(name)));
  const heard = [...root.querySelectorAll(".ck-hidden, [aria-live], legend, option")].map((one) => one.textContent);
  return [root.innerText, ...names, ...heard].join("\\n");
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The course, spoken in the pseudo-locale."""
    home = tmp_path_factory.mktemp("pseudo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSEKIT_LANGUAGE", "en-XA")
        with served(home, home / "course") as running:
            yield running


def strings(value: Any) -> Iterator[str]:
    """Every text in a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in strings(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in strings(one))


def letters(text: str) -> str:
    """Its letters alone, small: no page shows figures and marks as they are written."""
    shown = re.sub(r"\{=.*?\}|\]\(.*?\)|<.*?>", "", text, flags=re.S)
    return re.sub(r"[\W\d_]+", "", shown).lower()


@pytest.fixture(scope="module")
def content():
    """The letters of all that the course says: exercises, cases, units, notebooks with their saved tables; each whole and line by line."""
    root = location.root()
    files = [*root.glob("exercises/**/*.toml"), QUIZ, *QUIZ.with_suffix("").glob("*.toml")]
    texts = [one for path in files for one in strings(tomllib.loads(path.read_text(encoding="utf-8")))]
    for path in root.glob("notebooks/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        texts += ["".join(output["data"].get("text/html", "")) for cell in cells for output in cell.get("outputs", ()) if "data" in output]
        texts.append(path.name)
    texts += [*strings(raw(title="A quiz")), *TEXTS]
    lines = [line for text in texts for line in [text, *re.split(r"\n+|\||</t[dh]>", text)]]
    return {letters(line) for line in [*lines, *NAMES]}


def unspoken(text: str, content: set[str]) -> list[str]:
    """The lines of which a part never passed through the catalogue: a short one must be all of a text of the course."""
    assert text.count("⟦") == text.count("⟧") > 0
    while SPOKEN.search(text):
        text = SPOKEN.sub("\n", text)
    whole = "\n".join(content)

    def mine(bare: str, parts: int = 3) -> bool:
        if len(bare) < 3 or bare in content or (len(bare) > 15 and bare in whole):
            return True
        return parts > 1 and any(mine(bare[:place], 1) and mine(bare[place:], parts - 1) for place in range(4, len(bare) - 3))

    lines = {line.strip() for line in re.split(r"[\n\t]+", text)}
    return sorted(line for line in lines if not mine(letters(line)) and not all(mine(letters(one), 1) for one in re.split(r"\d+", line)))


def read(where) -> str:
    """All that can be read and heard in a part of a page, what is folded included."""
    return where.evaluate(READ)


def test_the_reading_view(page, server, content):
    """A unit's page: cards, exercises, progress, and the frame around them."""
    reading_of(server)(page, PAGE)

    assert unspoken(read(page.locator("body")), content) == []


def test_the_workbook(page, server, content):
    """The same in JupyterLab, whose own words are its own."""
    panel = lab_of(server)(page, PAGE)
    outputs = panel.locator(".jp-OutputArea-output").all()

    assert outputs and unspoken("\n".join(map(read, outputs)), content) == []


@pytest.fixture(scope="module")
def spoken():
    """The pseudo-locale in this process."""
    with pytest.MonkeyPatch.context() as patch:
        speak(patch)
        yield
    forget()


@pytest.mark.parametrize("exercise", DEMOS, ids=[one.kind for one in DEMOS])
def test_what_an_exercise_says(browser, tmp_path, spoken, exercise, content):
    """Asked with nothing answered, answered wrongly and rightly, with its hints, its solution and its samples."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page, form = Windows(context, tmp_path, exercise).open()
    hands, samples = Hands(page, form), exercise.samples()
    seen = [read(form)]
    for answer in (None, *samples.wrong[:2], *samples.partly[:1], *samples.right[:1]):
        if answer is not None:
            hands.answer(exercise, answer)
        form.get_by_role("button").filter(visible=True).first.focus()
        before = page.evaluate("window.values.state.n")
        hands.check()
        page.wait_for_function(f"window.values.state.n > {before or 0}")
        seen.append(read(form))
    for _ in range(len(exercise.hint) + 1):
        for look in ("hint", "solution"):
            button = form.locator(".ck-actions button").nth({"hint": 1, "solution": 2}[look])
            if button.is_visible():
                before = page.evaluate("window.values.state.n")
                button.click()
                page.wait_for_function(f"window.values.state.n > {before}")
                seen.append(read(form))
    context.close()

    assert unspoken("\n".join(seen), content) == []


def test_handing_in(spoken, panels, content):  # noqa: F811
    """Without a name, with one, and once more; what will leave the machine is unfolded."""
    page, panel = open_panel(panels)
    seen = [read(panel)]
    for name in ("", "Ann", "Ann"):
        panel.locator("input[type=text]").fill(name)
        before = page.evaluate("window.values.state.n ?? 0")
        panel.get_by_role("button").filter(visible=True).last.click()
        rest(page)
        page.wait_for_function(f"window.values.state.n > {before}")
        seen.append(read(panel))

    assert unspoken("\n".join(seen), content | {"ann"}) == []


def test_marking(spoken, desks, content):  # noqa: F811
    """A group and single texts, inside and outside, a comment, undo, help, to the end of it."""
    page, desk = open_desk(desks)
    seen = [read(desk)]
    for keys in ("g", "x", "?", "?", "3", "u", "3", "n", "p", *"222222", *"444444444"):
        press(page, keys)
        seen.append(read(desk))

    assert unspoken("\n".join(seen), content | {"anna"}) == []
    assert "/" in desk.locator(".ckm-finish pre").inner_text()  # the end was reached
