"""What the browser tests share: one real server on a copy of the course, one real Chromium, and ways to wait properly."""

import os
import shutil
from datetime import UTC, datetime

import pytest
from bare_page import OF_KIND, Windows
from serving import PATIENCE, served, window

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The course, in a folder of its own."""
    home = tmp_path_factory.mktemp("served")
    with served(home, home / "course") as running:
        yield running


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
    with window(browser) as opened:
        yield opened


@pytest.fixture
def clocked(browser):
    """A browser context whose clocks stand still until they are moved on, and the clock of Python beside it."""
    context = browser.new_context(viewport={"width": 900, "height": 900}, timezone_id="UTC")
    context.set_default_timeout(PATIENCE)
    context.clock.install(time=NOON)
    context.clock.pause_at(NOON)
    yield context, lambda: NOON
    context.close()


@pytest.fixture
def windows(clocked, tmp_path):
    """windows("short-text") gives the windows of a browser at an exercise."""
    context, clock = clocked
    return lambda kind: Windows(context, tmp_path / "my-work", OF_KIND[kind] if isinstance(kind, str) else kind, clock)
