"""The course as a learner meets it, for a benchmark or a picture: a real `coursekit start` and a real Chromium."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

PATIENCE = 60_000  # milliseconds until something that never comes is an error
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Server:
    """A running course: where it answers, and the folder of the learner."""

    url: str
    token: str
    folder: Path

    def lab(self, notebook: str) -> str:
        """The address of a notebook in JupyterLab, with the side bars closed, as `coursekit start` opens it first."""
        return f"{self.url}/lab/tree/notebooks/{notebook}?token={self.token}"

    def reading(self, notebook: str) -> str:
        """The address of a notebook in the reading view."""
        return f"{self.url}/voila/render/notebooks/{notebook}?token={self.token}"


@contextmanager
def course() -> Iterator[Server]:
    """Serve the course in a new folder, with Jupyter settings of its own, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="coursekit-serving-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        own = {f"JUPYTER_{part}_DIR": str(home / part.lower()) for part in ("DATA", "CONFIG", "RUNTIME")}
        environment = {**os.environ, **own, "IPYTHONDIR": str(home / "ipython"), "COURSEKIT_HOME": ""}
        command = [sys.executable, "-m", "coursekit.cli", "start", str(home / "course"), "--no-browser"]
        log = home / "said"
        with log.open("w") as said, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True, env=environment) as process:
            try:
                address = next((line.split()[-1] for line in process.stdout if "/lab/tree/" in line), "")
                if not address:
                    sys.exit(f"The course could not be started:\n{log.read_text()}")
                yield Server(address.partition("/lab/")[0], address.rpartition("token=")[2], home / "course")
            finally:
                process.send_signal(signal.SIGTERM)


def chromium_path() -> str:
    """The Chromium named by CHROMIUM, or the first on the PATH."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        sys.exit("This needs Chromium or Chrome: install one, or set CHROMIUM to its path.")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser, **context: object) -> Iterator[Page]:
    """A page that has seen nothing of the course and has nothing in its cache."""
    opened = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **context})
    opened.set_default_timeout(PATIENCE)
    yield opened.new_page()
    opened.close()


def whole_in_lab(page: Page) -> Locator:
    """Wait until the notebook in JupyterLab has run to its end; returns its panel."""
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.and_(page.locator("[data-coursekit=ready]")).wait_for()
    panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    return panel


def whole_in_reading(page: Page) -> Locator:
    """Wait until the reading view shows all of its notebook; returns its main part."""
    page.locator("html[data-ready]").wait_for()
    return page.get_by_role("main")
