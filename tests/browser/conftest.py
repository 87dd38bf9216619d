"""What the browser tests share: one real server on a copy of the course, one real Chromium, and ways to wait properly."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

PATIENCE = 60_000  # milliseconds; two slow cores start a kernel and JupyterLab within a third of this
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Server:
    """A running course: where it answers, and the folders it may write to."""

    url: str
    token: str
    folder: Path
    data: Path

    def lab(self, notebook: str) -> str:
        """The address of a notebook in the workbook."""
        return f"{self.url}/lab/tree/notebooks/{notebook}?token={self.token}"

    def reading(self, notebook: str) -> str:
        """The address of a notebook in the reading view."""
        return f"{self.url}/voila/render/notebooks/{notebook}?token={self.token}"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The course as `coursekit start` serves it, in a folder and with Jupyter settings of its own."""
    home = tmp_path_factory.mktemp("served")
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    command = [sys.executable, "-m", "coursekit.cli", "start", str(home / "course"), "--no-browser"]
    environment = {**os.environ, **own, "IPYTHONDIR": str(home / "ipython"), "COURSEKIT_HOME": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        address = next(line for line in process.stdout if "/lab/tree/" in line).split()[-1]
        token = address.rpartition("token=")[2]
        yield Server(address.partition("/lab/")[0], token, home / "course", home / "data")
        process.send_signal(signal.SIGTERM)


@pytest.fixture(autouse=True)
def record(server):
    """The learner's record, empty before each test."""
    path = server.folder / "my-work" / "attempts.jsonl"
    path.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="session")
def browser():
    """Chromium: the one named by CHROMIUM, or the first on the PATH."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("The browser tests need Chromium or Chrome: install one, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A fresh page that has seen nothing of the course."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def open_lab(server):
    """open_lab(page, "05_cost.ipynb") opens a notebook in the workbook and waits until it has run (or was refused)."""

    def opened(page, notebook):
        workspace = f"/lab/workspaces/{uuid4().hex}/tree/"  # or JupyterLab opens what the test before had open
        page.goto(server.lab(notebook).replace("/lab/tree/", workspace))
        panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        panel.and_(page.locator("[data-coursekit=ready], [data-coursekit=changed]")).wait_for()
        panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
        return panel

    return opened


@pytest.fixture(scope="session")
def open_reading(server):
    """open_reading(page, "05_cost.ipynb") opens a notebook in the reading view and waits until all of it is there."""

    def opened(page, notebook):
        page.goto(server.reading(notebook))
        page.locator("html[data-ready]").wait_for()
        return page.get_by_role("main")

    return opened
