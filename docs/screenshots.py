"""Make the two pictures of the README: one exercise answered wrong, in JupyterLab and in the reading view.

    python docs/screenshots.py           writes docs/images/workbook.png and docs/images/reading.png

Run it again after a change to the looks or to the exercise, and look at the result.
The page is drawn at twice the size and shrunk, so that text is crisp; a palette keeps the files small.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "benchmarks"))

from serving import Server, chromium, course, fresh_page, whole_in_lab, whole_in_reading  # noqa: E402

import coursekit  # noqa: E402
from coursekit.content import location as lookup  # noqa: E402

NOTEBOOK, EXERCISE, ANSWER = "05_cost.ipynb", "cost/effective-rate", "80"
LOOKS = {"viewport": {"width": 880, "height": 800}, "device_scale_factor": 2, "reduced_motion": "reduce"}
WIDTH, MARGIN = 1200, 30  # of the picture; around the exercise in the reading view, in CSS pixels


def answered(page: Page, whole: Locator) -> Locator:
    """The form of the exercise, answered, with its feedback on the page and nothing focused or moving."""
    title = coursekit.load(lookup.root() / "exercises")[EXERCISE].title
    form = whole.get_by_role("region", name=title, exact=True)
    form.get_by_role("textbox").fill(ANSWER)
    form.get_by_role("button", name="Check", exact=True).click()
    form.locator(".ck-verdict[data-verdict=wrong]").wait_for()
    form.locator(".ck-keeping").get_by_text("Saved").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    form.evaluate("node => node.scrollIntoView({ block: 'center' })")
    return form


def workbook(page: Page, server: Server) -> bytes:
    """The window of JupyterLab with the exercise in its middle."""
    page.goto(server.lab(NOTEBOOK))
    answered(page, whole_in_lab(page))
    return page.screenshot(animations="disabled")


def reading(page: Page, server: Server) -> bytes:
    """The exercise in the reading view, with an even margin."""
    page.goto(server.reading(NOTEBOOK))
    form = answered(page, whole_in_reading(page)).bounding_box()
    left, top, width, height = (form[name] for name in ("x", "y", "width", "height"))
    clip = {"x": left - MARGIN, "y": top - MARGIN, "width": width + 2 * MARGIN, "height": height + 2 * MARGIN}
    return page.screenshot(animations="disabled", clip=clip)


def save(picture: bytes, name: str) -> None:
    """Shrink a picture drawn at twice the size to its width in the README."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    small = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    path = HERE / "images" / name
    path.parent.mkdir(exist_ok=True)
    small.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {small.width} × {small.height}, {path.stat().st_size / 1024:.0f} KiB")


def main() -> None:
    with chromium() as browser:
        for take, name, scheme in ((workbook, "workbook.png", "light"), (reading, "reading.png", "dark")):
            with course() as server, fresh_page(browser, **LOOKS, color_scheme=scheme) as page:
                save(take(page, server), name)


if __name__ == "__main__":
    main()
