"""How long a learner waits, in a real Chromium on a real `coursekit start`, in JupyterLab and in the reading view.

*Feedback*: 40 clicks on Check of one exercise, right and wrong in turn. The clock is the page's own: from the time
stamp of the click to the frame after the one in which the new verdict stands, so drawing is in it.
*First exercise*: three times a new server and a browser with an empty cache; from asking for the address of 05_cost
until its first exercise is visible. No kernel runs before that, so starting one is in it. The server is up already.
"""

from time import perf_counter

from playwright.sync_api import Browser, Locator, Page
from serving import chromium, course, fresh_page, whole_in_lab, whole_in_reading
from table import limited, median, p95, row, spread

import coursekit
from coursekit import course as lookup

NOTEBOOK = "05_cost.ipynb"
EXERCISE = "cost/effective-rate"
ANSWERS = ("80", "56.14")  # wrong and right: the verdict changes with each click
CLICKS, ROUNDS = 40, 3
SURFACES = {"JupyterLab": ("lab", whole_in_lab), "the reading view": ("reading", whole_in_reading)}
WATCH = """form => {
  window.waited = new Promise((resolve) => {
    let clicked = null;
    const verdict = form.querySelector(".ck-verdict");
    const stop = () => requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now - clicked)));
    const watcher = new MutationObserver(() => {
      if (clicked === null || !form.querySelector(".ck-summary strong")) return;
      watcher.disconnect();
      stop();
    });
    form.addEventListener("click", (event) => { clicked = event.timeStamp; }, { capture: true, once: true });
    watcher.observe(verdict, { subtree: true, childList: true, attributeFilter: ["data-verdict"] });
  });
}"""


def clicks(page: Page, form: Locator) -> list[float]:
    """Milliseconds from each click on Check to its feedback."""
    box, check = form.get_by_role("textbox"), form.get_by_role("button", name="Check", exact=True)
    waits = []
    for place in range(CLICKS):
        box.fill(ANSWERS[place % 2])
        form.evaluate(WATCH)
        check.click()
        waits.append(page.evaluate("window.waited"))
        form.locator(f".ck-verdict[data-verdict={('wrong', 'right')[place % 2]}]").wait_for()
        form.locator(".ck-keeping").get_by_text("Saved").wait_for()
    return waits


def feedback(browser: Browser, surface: str) -> list[float]:
    """The waits of all clicks on one surface."""
    address, whole = SURFACES[surface]
    title = coursekit.load(lookup.root() / "exercises")[EXERCISE].title
    with course() as server, fresh_page(browser) as page:
        page.goto(getattr(server, address)(NOTEBOOK))
        return clicks(page, whole(page).get_by_role("region", name=title, exact=True))


def first_exercise(browser: Browser, surface: str) -> float:
    """Seconds until the first exercise is visible, cold."""
    address = SURFACES[surface][0]
    with course() as server, fresh_page(browser) as page:
        begun = perf_counter()
        page.goto(getattr(server, address)(NOTEBOOK), wait_until="commit")
        page.locator("section.ck").first.wait_for()
        return perf_counter() - begun


def main() -> None:
    with chromium() as browser:
        for surface in SURFACES:
            waits = feedback(browser, surface)
            more = f" (median {median(waits):.0f}, slowest {max(waits):.0f})"
            limited(f"Check to feedback in {surface}, p95 of {CLICKS} clicks", p95(waits), 100, "ms", more=more)
        shown = [first_exercise(browser, "the reading view") for _ in range(ROUNDS)]
        limited("first exercise visible in the reading view, cold", median(shown), 3, "s", 1, spread(shown, 1))
        shown = [first_exercise(browser, "JupyterLab") for _ in range(ROUNDS)]
        row("first exercise visible in JupyterLab, cold", f"{median(shown):.1f} s{spread(shown, 1)}")


if __name__ == "__main__":
    main()
