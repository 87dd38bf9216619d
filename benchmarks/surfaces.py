"""How long a learner waits, in a real Chromium on a real `coursekit start`, in JupyterLab and in the reading view.

*Feedback*: 40 clicks on Check of one exercise, right and wrong in turn. The clock is the page's own: from the time
stamp of the click until the frame with the new verdict is drawn. Grading and saving to the disk are in it.
*First exercise*: three times a new server and a browser with an empty cache; from asking for the address of 05_cost
until its first exercise is visible. No kernel runs before that, so starting one is in it; the server is up already.
*Text*: on the same visits, until the first heading can be read.
"""

from time import perf_counter

from playwright.sync_api import Browser, Locator, Page
from serving import chromium, course, fresh_page, whole_in_lab, whole_in_reading
from table import limited, median, p95, row, spread

import coursekit
from coursekit.content import location as lookup

NOTEBOOK = "05_cost.ipynb"
EXERCISE = "cost/effective-rate"
ANSWERS = {"80": "wrong", "56.14": "right"}  # in turn, so that the verdict changes with each click
CLICKS, ROUNDS = 40, 3
SURFACES = {"JupyterLab": ("lab", whole_in_lab), "the reading view": ("reading", whole_in_reading)}
WATCH = """form => {
  window.waited = new Promise((resolve) => {
    let clicked = null;
    const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
    const watcher = new MutationObserver(() => {
      if (clicked === null) return;
      watcher.disconnect();
      drawn();
    });
    form.addEventListener("click", (event) => { clicked = event.timeStamp; }, { capture: true, once: true });
    watcher.observe(form.querySelector(".ck-verdict"), { attributes: true, attributeFilter: ["data-verdict"] });
  });
}"""


def clicks(page: Page, form: Locator) -> list[float]:
    """Milliseconds from each click on Check to its feedback."""
    box, check = form.get_by_role("textbox"), form.get_by_role("button", name="Check", exact=True)
    waits = []
    for answer, verdict in list(ANSWERS.items()) * (CLICKS // len(ANSWERS)):
        box.fill(answer)
        form.evaluate(WATCH)
        check.click()
        form.locator(f".ck-verdict[data-verdict={verdict}]").wait_for()
        waits.append(page.evaluate("window.waited"))
        form.locator(".ck-keeping").get_by_text("Saved").wait_for()
    return waits


def feedback(browser: Browser, surface: str) -> list[float]:
    """The waits of all clicks on one surface."""
    address, whole = SURFACES[surface]
    title = coursekit.load(lookup.root() / "exercises")[EXERCISE].title
    with course() as server, fresh_page(browser) as page:
        page.goto(getattr(server, address)(NOTEBOOK))
        return clicks(page, whole(page).get_by_role("region", name=title, exact=True))


def visit(browser: Browser, surface: str) -> tuple[float, float]:
    """Seconds until the first heading and until the first exercise are visible, cold."""
    address, whole = SURFACES[surface]
    with course() as server, fresh_page(browser) as page:
        begun = perf_counter()
        page.goto(getattr(server, address)(NOTEBOOK), wait_until="commit")
        page.get_by_role("heading", level=1).first.wait_for()
        text = perf_counter() - begun
        page.locator("section.ck").first.wait_for()
        exercise = perf_counter() - begun
        whole(page)  # so that the next round does not share the cores with the rest of this one
    return text, exercise


def main() -> None:
    with chromium() as browser:
        for surface in SURFACES:
            waits = feedback(browser, surface)
            more = f" (median {median(waits):.0f}, slowest {max(waits):.0f})"
            limited(f"Check to feedback in {surface}, p95 of {CLICKS} clicks", p95(waits), 100, "ms", more=more)
        for surface, limit in {"the reading view": 3, "JupyterLab": None}.items():
            text, exercise = zip(*(visit(browser, surface) for _ in range(ROUNDS)), strict=True)
            row(f"text of 05_cost visible in {surface}, cold", f"{median(text):.1f} s{spread(text, 1)}")
            first, shown = f"first exercise of 05_cost visible in {surface}, cold", median(exercise)
            met = shown <= limit if limit else None
            row(first, f"{shown:.1f} s{spread(exercise, 1)}", f"≤ {limit} s" if limit else "", met)


if __name__ == "__main__":
    main()
