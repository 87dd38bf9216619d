"""A running course, and ways to open its pages that wait properly."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from coursekit.content.notebook_order import asked


@dataclass(frozen=True)
class Server:
    """A running course: where it answers, and the folders it may write to."""

    url: str
    token: str
    folder: Path
    data: Path
    place: str = "notebooks/"

    def lab(self, notebook: str) -> str:
        """The address of a notebook in the workbook."""
        return f"{self.url}/lab/tree/{self.place}{notebook}?token={self.token}"

    def reading(self, notebook: str) -> str:
        """The address of a notebook in the reading view."""
        return f"{self.url}/voila/render/{self.place}{notebook}?token={self.token}"


@contextmanager
def served(home: Path, folder: Path, place: str = "notebooks/", port: int | None = None) -> Iterator[Server]:
    """A folder as `coursekit start` serves it, with Jupyter settings of its own in `home`."""
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    command = [sys.executable, "-m", "coursekit.cli", "start", str(folder), "--no-browser", *(["--port", str(port)] if port else [])]
    environment = {**os.environ, **own, "IPYTHONDIR": str(home / "ipython"), "COURSEKIT_HOME": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        address = next(line for line in process.stdout if "/lab/tree/" in line).split()[-1]
        token = address.rpartition("token=")[2]
        try:
            yield Server(address.partition("/lab/")[0], token, folder, home / "data", place)
        finally:
            process.send_signal(signal.SIGTERM)


def lab_of(server: Server) -> Callable:
    """What `open_lab` is, for a server."""

    def opened(page, notebook):
        workspace = f"/lab/workspaces/{uuid4().hex}/tree/"  # or JupyterLab opens what the test before had open
        page.goto(server.lab(notebook).replace("/lab/tree/", workspace))
        panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        panel.and_(page.locator("[data-coursekit=ready], [data-coursekit=changed]")).wait_for()
        panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
        return panel

    return opened


def forms(notebook: Path) -> int:
    """How many forms a notebook of the course shows: its exercises, and twenty for a test."""
    return len(asked(notebook)) + 20 * notebook.read_text(encoding="utf-8").count('"measure(')


def reading_of(server: Server) -> Callable:
    """What `open_reading` is, for a server."""

    def opened(page, notebook):
        page.goto(server.reading(notebook))
        page.locator("html[data-ready]").wait_for()
        if expected := forms(server.folder / server.place / notebook):
            page.locator("section.ck").nth(expected - 1).wait_for()  # a cell that has run may not have drawn yet
        return page.get_by_role("main")

    return opened
