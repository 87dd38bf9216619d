"""The one Jupyter server of `coursekit start`: the workbook in JupyterLab and the reading view in Voilà."""

import asyncio
import json
import logging
import os
import secrets
import signal
import socket
import tempfile
import warnings
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_client.manager import KernelManager
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from jupyterlab.handlers.announcements import NeverCheckForUpdate
from jupyterlab.labapp import LabApp
from jupyterlab_server.workspaces_handler import WorkspacesManager
from traitlets.config import Config

from ..assignment.bundle import bundles
from ..content import location, notebooks
from ..errors import BadBundle, CannotStart
from ..files import try_writing
from ..record import home as record
from ..wording import language, say
from .install_notebooks import deliver
from .jupyter_folders import make_writable
from .signing import sign_assignment, sign_course
from .voila_page import page_config_hook

ADDRESS = "127.0.0.1"
PORTS = range(8888, 8988)
IDLE_MINUTES = 20  # long enough for a laptop that slept through a meeting
IDLE_VARIABLE = "COURSEKIT_IDLE_MINUTES"  # changes it
_SIDE_BARS_CLOSED = {
    "main": {"dock": {"type": "tab-area", "currentIndex": 0, "widgets": []}},
    "down": {"size": 0, "collapsed": True, "widgets": []},
    "left": {"collapsed": True, "visible": True, "widgets": ["filebrowser", "@jupyterlab/toc:plugin"]},
    "right": {"collapsed": True, "visible": True, "widgets": []},
    "relativeSizes": [0, 1, 0],
    "top": {"simpleVisibility": True},
}


def start(folder: Path | None = None, browser: bool = True, port: int | None = None) -> None:
    """Serve the course from `folder` until Ctrl-C: the repository itself, or a folder that gets the notebooks.

    A folder that holds an assignment is served as it is. Without a folder it is the current one if it holds one, else the
    repository when running from it, and the current folder otherwise.
    """
    given = folder or (Path.cwd() if bundles(Path.cwd()) or not location.in_repository() else location.root())
    folder = _unpacked(given.resolve())
    free = _free_port(port)
    try:
        with tempfile.TemporaryDirectory(prefix="coursekit-", ignore_cleanup_errors=True) as scratch:
            make_writable(Path(scratch))
            CourseServer.graded = _prepare(folder)
            CourseLab.serve(configuration(folder, free, browser, Path(scratch), others=0 if port else len(PORTS)))
    except KeyboardInterrupt:
        pass  # Ctrl-C before the server was up


def _unpacked(folder: Path) -> Path:
    """The folder itself; where it holds nothing but the folder of an assignment, as unpacking may leave it, that one."""
    inside = [path for path in folder.iterdir() if not path.name.startswith((".", "__"))] if folder.is_dir() else []
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and bundles(inside[0]) else folder


def _is_assignment(folder: Path) -> bool:
    """Whether a folder holds an assignment, and not the course."""
    return bool(bundles(folder)) and not (folder / "notebooks").is_dir()


def _prepare(folder: Path) -> list[str]:
    """Put the notebooks where they are to be opened, sign what is known, and set where answers are kept.

    Returns the notebooks of the assignments that lie there, named from `folder`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder != location.root() and not _is_assignment(folder):
            for line in deliver(location.root(), folder, date.today()):
                print(line, flush=True)
    except OSError as error:
        place = error.filename or folder
        raise CannotStart(say("start.closed", place=place, error=error.strerror)) from None
    home = _home(folder)
    sign_course(folder / "notebooks")
    os.environ[record.VARIABLE] = str(home)  # kernels run in the folder of their notebook
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # or every kernel warns about frozen modules
    os.environ["PYTHONSAFEPATH"] = "1"  # a module that lies beside a notebook is not taken for one of Python's or ours
    return [notebook for one in _with_assignment(folder) if (notebook := _trusted(one, folder))]


def _home(folder: Path) -> Path:
    """The record of that folder. Raises CannotStart where nothing could be saved in it: said before anybody types."""
    home = record.within(folder).resolve()
    try:
        try_writing(home)
    except OSError as error:
        raise CannotStart(say("start.home_closed", home=home, error=error.strerror, variable=record.VARIABLE)) from None
    return home


def _with_assignment(folder: Path) -> list[Path]:
    """The folders that hold an assignment: this one, one in it, or one beside the notebooks."""
    places = (folder, *(path for pattern in ("*/", "notebooks/*/") for path in sorted(folder.glob(pattern))))
    return [place for place in dict.fromkeys(places) if place.name != record.FOLDER and bundles(place)]


def _trusted(place: Path, folder: Path) -> str:
    """The notebook of an assignment, to be run when opened; empty where it must not be, which is said."""
    try:
        return (place / sign_assignment(place)).relative_to(folder).as_posix()
    except BadBundle as error:
        if place == folder and _is_assignment(folder):
            raise
        print(error, flush=True)
        return ""


def _free_port(wanted: int | None) -> int:
    """`wanted` itself if it is free; without a wish the first free one from 8888 on."""
    for port in PORTS if wanted is None else [wanted]:
        with socket.socket() as probe:
            # A port that was given up a moment ago is free again. On Windows that option would share one in use: there its own forbids it.
            probe.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
            try:
                probe.bind((ADDRESS, port))
                return int(probe.getsockname()[1])
            except OSError:
                continue
    if wanted is None:
        raise CannotStart(say("start.ports_taken", first=PORTS[0], last=PORTS[-1]))
    raise CannotStart(say("start.port_taken", port=wanted))


def configuration(folder: Path, port: int, browser: bool, scratch: Path, others: int = 0) -> Config:
    """What this server does otherwise than Jupyter would; what belongs to the user (settings, workspaces) is not touched.

    `others` is how many other ports are tried where somebody took `port` in the meantime.
    """
    first = CourseServer.graded[0] if _is_assignment(folder) else f"notebooks/{notebooks.listed(folder / 'notebooks')[0].name}"
    config = Config()
    config.Application.log_level = logging.ERROR
    config.ServerApp.update(ip=ADDRESS, port=port, port_retries=others, root_dir=str(folder), allow_root=True)
    config.ServerApp.update(open_browser=browser, terminals_enabled=False)
    config.ServerApp.default_url = f"/lab/tree/{quote(first)}"
    config.IdentityProvider.token = secrets.token_hex(24)
    config.LabApp.update(default_url=config.ServerApp.default_url, extension_manager="readonly")
    config.LabApp.update(news_url=None, check_for_updates_class=NeverCheckForUpdate)
    config.LabApp.app_settings_dir = str(Path(__file__).parent / "lab_settings")
    config.LabApp.workspaces_dir = _workspace(scratch)
    config.MappingKernelManager.update(cull_interval=60, cull_idle_timeout=_idle_seconds(), cull_connected=False)
    config.MappingKernelManager.kernel_manager_class = f"{__name__}.CourseKernel"
    config.KernelManager.shutdown_wait_time = 2.0
    if hasattr(KernelManager, "transport_encryption"):  # since jupyter_client 8.9; without it every kernel warns
        config.KernelManager.transport_encryption = "auto"
    config.VoilaConfiguration.update(template="coursekit", allow_template_override="NO", allow_theme_override="NO")
    config.VoilaExporter.markdown_renderer_class = "coursekit.serve.voila_page.MarkdownRenderer"
    config.VoilaConfiguration.update(progressive_rendering=True, page_config_hook=page_config_hook)
    config.VoilaConfiguration.extension_denylist = ["@coursekit/run-on-open", "@voila-dashboards/jupyterlab-preview"]
    return config


def _idle_seconds() -> int:
    minutes = os.environ.get(IDLE_VARIABLE, str(IDLE_MINUTES))
    if not minutes.isdecimal():
        raise CannotStart(say("start.idle", variable=IDLE_VARIABLE, minutes=minutes))
    return int(minutes) * 60


def _workspace(scratch: Path) -> str:
    """A workspace of this run's own: the first view is the notebook with both side bars closed."""
    workspace = {"data": {"layout-restorer:data": _SIDE_BARS_CLOSED}, "metadata": {"id": "default"}}
    WorkspacesManager(str(scratch)).save("default", json.dumps(workspace))
    return str(scratch)


class CourseKernel(ServerKernelManager):
    """A kernel that imports nothing from the folder of its notebook: an assignment may come from a stranger."""

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command, and for IPython that it leaves its working folder out of where it looks for modules."""
        command = super().format_kernel_cmd(extra_arguments)
        return [*command, "--IPKernelApp.ignore_cwd=True"] if "ipykernel_launcher" in command else command


class CourseServer(ServerApp):
    """A Jupyter server that ends when told to, without asking, and says only where the course is."""

    course_config = Config()
    graded: list[str] = []  # noqa: RUF012  notebooks of assignments, from the root folder

    def load_config_file(self, suppress_errors: bool = True) -> None:  # type: ignore[override]  # as its base class has it
        """Read the user's Jupyter configuration as always; what the course needs comes after it."""
        super().load_config_file(suppress_errors)
        self.update_config(self.course_config)

    def init_webapp(self) -> None:
        """As Jupyter does; JupyterLab's page is told which language the course speaks, and starts no program to see whether it should
        be built again: what the course brings is built."""
        super().init_webapp()
        self.web_app.settings["page_config_data"] = {"coursekitLanguage": language(), "buildCheck": False}

    def init_signal(self) -> None:
        """Ctrl-C, a closed terminal and `kill` end the server and its kernels."""
        super().init_signal()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._signal_stop)

    def _signal_stop(self, sig: Any, frame: Any) -> None:
        logging.disable()  # a page cut off half way is no news to whoever pressed Ctrl-C
        self.stop(from_signal=True)

    async def _stop(self) -> None:
        """End the kernels, then what is still being answered: a page half prepared would keep the process alive."""
        await self._cleanup()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=1)
        self.io_loop.stop()

    def start_app(self) -> None:
        """Start as Jupyter does, and say the addresses once they answer."""
        super().start_app()
        self.io_loop.add_callback(self.say_addresses)

    def say_addresses(self) -> None:
        """Two lines that a person can read and a program can take apart."""
        base, query = f"http://{ADDRESS}:{self.port}", f"?token={self.identity_provider.token}"
        print(_line(say("start.workbook"), f"{base}{self.default_url}{query}"))
        print(_line(say("start.reading"), f"{base}{self.default_url.replace('/lab/tree/', '/voila/render/')}{query}"))
        for notebook in self.graded:
            if not self.default_url.endswith(f"/tree/{quote(notebook)}"):
                print(_line(say("start.graded"), f"{base}/lab/tree/{quote(notebook)}{query}"))
        if self.open_browser:
            print(say("start.stop"))
        print(end="", flush=True)


def _line(label: str, address: str) -> str:
    return f"{label:<14} {address}"


class CourseLab(LabApp):
    """JupyterLab on the course's server."""

    serverapp_class = CourseServer

    @classmethod
    def serve(cls, config: Config) -> None:
        """Serve until told to stop."""
        warnings.simplefilter("ignore", DeprecationWarning)  # of one part of Jupyter about another
        CourseServer.course_config = config
        cls.initialize_server(argv=[]).start()
