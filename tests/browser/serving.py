"""A running course, and ways to open its pages that wait properly."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook

from coursekit.content.notebook_order import asked
from coursekit.content.notebooks import METADATA

PATIENCE = 60_000  # milliseconds; two slow cores start a kernel and JupyterLab within a third of this


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

    def empty(self) -> Path:
        """Take the learner's record away; the file that the next answers will be in."""
        path = self.folder / "my-work" / "attempts.jsonl"
        path.unlink(missing_ok=True)
        for apart in ("clients", "drafts"):
            shutil.rmtree(path.parent / apart, ignore_errors=True)
        return path

    def put(self, name: str, *cells: str) -> str:
        """A notebook of one's own beside those of the course, signed as they are, so that it runs when it is opened; its name.

        Its pages are those of the course in all but length: where a test needs two exercises, forty more are not waited for.
        """
        code = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(cells)]
        notebook = new_notebook(cells=code, metadata=METADATA)
        self.sign(notebook)
        (self.folder / self.place / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return f"{name}.ipynb"

    def sign(self, notebook) -> None:
        """Let Jupyter trust a notebook."""
        notary = NotebookNotary(data_dir=str(self.data))
        with closing(notary.store):
            notary.sign(notebook)


@contextmanager
def window(browser, **more) -> Iterator:
    """A page in a browser of its own that has seen nothing of the course."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, **more)
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def served(home: Path, folder: Path, place: str = "notebooks/", port: int | None = None) -> Iterator[Server]:
    """A folder as `coursekit start` serves it, with Jupyter settings of its own in `home`."""
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "jupyter_server_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}')  # for `also`
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
    """opened(page, "05_cost.ipynb") opens a notebook in the workbook and waits until it has run (or was refused)."""

    def opened(page, notebook):
        workspace = f"/lab/workspaces/{uuid4().hex}/tree/"  # or JupyterLab opens what the test before had open
        page.goto(server.lab(notebook).replace("/lab/tree/", workspace))
        return _run(page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)"))

    return opened


def also(page, path: str):
    """Open a notebook in a JupyterLab that is open already, as somebody does who picks it from the list of files."""
    id = page.evaluate("async (path) => (await jupyterapp.commands.execute('docmanager:open', { path })).id", path)
    return _run(page.locator(f"[id='{id}']"))


def _run(panel):
    """The panel of a notebook, once it has run or was refused."""
    panel.and_(panel.page.locator("[data-coursekit=ready], [data-coursekit=changed]")).wait_for()
    panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    return panel


def forms(notebook: Path) -> int:
    """How many forms a notebook of the course shows: its exercises, and twenty for a test."""
    return len(asked(notebook)) + 20 * notebook.read_text(encoding="utf-8").count('"measure(')


def reading_of(server: Server) -> Callable:
    """opened(page, "05_cost.ipynb") opens a notebook in the reading view and waits until all of it is there."""

    def opened(page, notebook):
        page.goto(server.reading(notebook))
        page.locator("html[data-ready]").wait_for()
        if expected := forms(server.folder / server.place / notebook):
            page.locator("section.ck").nth(expected - 1).wait_for()  # a cell that has run may not have drawn yet
        return page.get_by_role("main")

    return opened
