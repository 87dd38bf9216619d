"""The server of the marking page: the course's own, with one page in Voilà and nothing of the course."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from ...content.notebooks import KERNEL
from ...files import write
from ...serve import server
from ...serve.jupyter_folders import make_writable
from ...serve.voila_page import head
from ...wording import say
from ..grade.graded_folder import assigned
from .marker import Marker

_PAGE = "00_mark.ipynb"  # the server lists notebooks whose names begin with a number
_CODE = "from coursekit.gradebook.marking.widget import page\n\npage()"


def serve(marker: Marker, browser: bool = True, port: int | None = None) -> None:
    """Show the marking page until Ctrl-C. Raises BadInput where there is nothing that could be marked, NotWritten, CannotStart."""
    title = assigned(Path(marker.folder)).assignment.title
    marker.check()
    with tempfile.TemporaryDirectory(prefix="coursekit-mark-", ignore_cleanup_errors=True) as scratch:
        make_writable(Path(scratch))
        folder = Path(scratch) / "page"
        _write(folder / "notebooks" / _PAGE)
        marker.to_environment()
        os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
        free, others = server._free_port(port), 0 if port else len(server.PORTS)
        config = server.configuration(folder, free, browser, Path(scratch), others)
        config.ServerApp.default_url = config.LabApp.default_url = f"/voila/render/notebooks/{_PAGE}"
        config.VoilaConfiguration.page_config_hook = _header(say("marking.title", title=title))
        with suppress(KeyboardInterrupt):  # Ctrl-C before the server was up
            MarkingLab.serve(config)


def _write(path: Path) -> None:
    path.parent.mkdir(parents=True)
    cell: dict[str, Any] = {"cell_type": "code", "id": "page", "metadata": {}, "source": _CODE, "execution_count": None, "outputs": []}
    whole = {"cells": [cell], "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    write(path, json.dumps(whole))


def _header(title: str) -> Any:
    """Voilà's hook for the head of the page: a title and no units before and after."""
    return lambda page_config, **_: {**page_config, "fullMathjaxUrl": None, "mathjaxConfig": None, "coursekit": head(title)}


class MarkingServer(server.CourseServer):
    """Says the one address there is."""

    def say_addresses(self) -> None:
        """One line that a person can read and a program can take apart."""
        print(say("marking.address", url=f"http://{server.ADDRESS}:{self.port}{self.default_url}?token={self.identity_provider.token}"))
        if self.open_browser:
            print(say("marking.stop"))
        print(end="", flush=True)


class MarkingLab(server.CourseLab):
    """The marking page on a server of its own."""

    serverapp_class = MarkingServer
