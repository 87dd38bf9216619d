"""Make the two pictures of the README: one exercise answered wrong, in JupyterLab and in the reading view.

    python docs/screenshots.py           writes docs/images/workbook.png and docs/images/reading.png

Run it again after a change to the looks or to the exercise, and look at the result.
The page is drawn at twice the size and shrunk, so that text is crisp; a palette keeps the files small.
"""

import io
import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "benchmarks"))

from serving import Server, chromium, course, fresh_page, whole_in_lab, whole_in_reading  # noqa: E402

import coursekit  # noqa: E402
from coursekit import course as lookup  # noqa: E402

NOTEBOOK, EXERCISE, ANSWER = "05_cost.ipynb", "cost/effective-rate", "80"
WIDTH, HEIGHT, WIDE = 1000, 860, 1200  # of the window, and of the picture
MARGIN = 24


def answered(page, whole):
    """The form of the exercise, answered, with its feedback on the page and nothing focused or moving."""
    title = coursekit.load(lookup.root() / "exercises")[EXERCISE].title
    form = whole.get_by_role("region", name=title, exact=True)
    form.get_by_role("textbox").fill(ANSWER)
    form.get_by_role("button", name="Check", exact=True).click()
    form.locator(".ck-verdict[data-verdict=wrong]").wait_for()
    form.locator(".ck-keeping").get_by_text("Saved").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    return form


def save(picture: bytes, name: str) -> None:
    """Shrink a picture drawn at twice the size to its width in the README."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    small = image.resize((WIDE, round(image.height * WIDE / image.width)), Image.Resampling.LANCZOS)
    path = HERE / "images" / name
    path.parent.mkdir(exist_ok=True)
    small.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {small.width} × {small.height}, {path.stat().st_size / 1024:.0f} KiB")


def workbook(page, server: Server) -> bytes:
    """The window of JupyterLab with the exercise in it, in light colours."""
    page.goto(server.lab(NOTEBOOK))
    form = answered(page, whole_in_lab(page))
    form.evaluate("node => node.scrollIntoView({ block: 'center' })")
    return page.screenshot(animations="disabled")


def reading(page, server: Server) -> bytes:
    """The same exercise in the reading view, in dark colours."""
    page.goto(server.reading(NOTEBOOK))
    form = answered(page, whole_in_reading(page))
    form.evaluate("node => node.scrollIntoView({ block: 'center' })")
    return page.screenshot(animations="disabled")


def main() -> None:
    looks = {"viewport": {"width": WIDTH, "height": HEIGHT}, "device_scale_factor": 2, "reduced_motion": "reduce"}
    with course() as server, chromium() as browser:
        with fresh_page(browser, **looks, color_scheme="light") as page:
            save(workbook(page, server), "workbook.png")
    with course() as server, chromium() as browser:
        with fresh_page(browser, **looks, color_scheme="dark") as page:
            save(reading(page, server), "reading.png")


if __name__ == "__main__":
    main()
