"""`coursekit start` as a learner meets it: two addresses that answer, and an end that leaves nothing running."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from closed import coursekit, heed_permissions

from coursekit.errors import CannotStart
from coursekit.serve import server


@contextmanager
def beginning(place):
    """begin(folder) starts the course there with --no-browser; returns the process and the lines that it says, two if all is well.

    Jupyter's own folders and what goes to standard error are in `place`; at the end nothing runs any more."""
    own = {f"JUPYTER_{name}_DIR": str(place / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    started = []

    def run(folder, lines=2, before=None, **environment):
        command = [sys.executable, "-m", "coursekit.cli", "start", str(folder), "--no-browser"]
        whole = {**os.environ, **own, "COURSEKIT_HOME": "", **environment}
        streams = {"stdout": subprocess.PIPE, "stderr": (place / "errors").open("w"), "text": True}
        with streams["stderr"]:
            process = subprocess.Popen(command, env=whole, preexec_fn=before, **streams)
        started.append(process)
        return process, [process.stdout.readline().strip() for _ in range(lines)]

    try:
        yield run
    finally:
        for process in started:
            process.kill()
            process.communicate()


@pytest.fixture
def begin(tmp_path):
    """A server of this test's own."""
    with beginning(tmp_path) as run:
        yield run


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two servers, started at the same moment in folders that were not there: (folder, process, the two lines that it said) each."""
    place = tmp_path_factory.mktemp("pair")
    with beginning(place) as run:
        started = [(folder := place / "new" / name, run(folder, 0)[0]) for name in ("a", "b")]
        yield [(folder, process, [process.stdout.readline().strip() for _ in range(2)]) for folder, process in started]


def ask(address, body=None):
    base, _, token = address.partition("?token=")
    request = urllib.request.Request(base, body, {"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, answer.read().decode()


def children_of(process):
    """The processes that `process` started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(rest[1]) == process.pid and rest[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_the_reading_view_renders_the_page(pair):
    """The second address is the page itself, with its text."""
    _, _, (_, reading) = pair[0]

    status, page = ask(reading.split()[-1])

    assert status == 200 and "<main" in page and "Preparing the page" in page


def test_answers_are_kept_beside_the_notebooks(pair):
    """A folder gets its notebooks, a place for answers and a note of what was put there."""
    folder, _, _ = pair[0]

    assert {path.name for path in folder.iterdir()} == {"notebooks", "my-work", ".coursekit.json"}
    assert "notebooks/00_start_here.ipynb" in json.loads((folder / ".coursekit.json").read_text())


def test_two_servers_share_no_port(pair, tmp_path):
    """Started at the same moment, each has one of its own; asked for one that is taken, a third says so and ends."""
    ports = [int(workbook.split(":")[3].partition("/")[0]) for _, _, (workbook, _) in pair]

    assert len(set(ports)) == 2
    status, _, error = coursekit("start", tmp_path / "c", "--no-browser", "--port", str(ports[0]))
    assert (status, error) == (2, f"Error: Port {ports[0]} cannot be used: it is taken or not allowed. Leave it out, or choose another.\n")
    assert not (tmp_path / "c").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes through /proc")
@pytest.mark.parametrize(("which", "how"), [(0, signal.SIGINT), (1, signal.SIGTERM)], ids=["Ctrl-C", "SIGTERM"])
def test_serves_from_an_empty_folder_and_ends_when_told(pair, which, how):
    """Both addresses answer; the signal ends the server within seconds, and its kernels with it. So these stand behind the others."""
    _, process, (workbook, reading) = pair[which]
    assert workbook.startswith("Workbook:") and reading.startswith("Reading view:")

    lab = workbook.split()[-1]
    assert ask(lab)[0] == 200
    kernels = lab.replace("/lab/tree/notebooks/00_start_here.ipynb", "/api/kernels")
    assert ask(kernels, b"{}")[0] == 201
    born = children_of(process)
    assert born

    process.send_signal(how)

    assert process.wait(timeout=10) == 0
    assert not [pid for pid in born if Path(f"/proc/{pid}").exists()]
    assert process.stdout.read() == ""


HOMES = {  # a home that cannot be written: the environment that says so, or what makes it so
    "below a file": {"JUPYTER_DATA_DIR": "", "JUPYTER_CONFIG_DIR": "", "JUPYTER_RUNTIME_DIR": "", "HOME": "/dev/null/nobody"},
    "no permission": {"JUPYTER_DATA_DIR": "", "JUPYTER_CONFIG_DIR": "", "JUPYTER_RUNTIME_DIR": "", "HOME": "closed"},
    "signatures that cannot be written": {"JUPYTER_DATA_DIR": "closed"},
}


@pytest.mark.parametrize("home", HOMES)
def test_a_home_that_cannot_be_written(begin, tmp_path, home):
    """One line says what does not last; the course is served, its pages are trusted, and a kernel runs."""
    closed = tmp_path / "closed"
    closed.mkdir()
    sqlite3.connect(closed / "nbsignatures.db").close()
    closed.chmod(0o555)
    environment = {name: str(closed) if value == "closed" else value for name, value in HOMES[home].items()}
    _, (said, workbook, _) = begin(tmp_path / "mine", 3, heed_permissions, **environment)
    closed.chmod(0o755)
    lab = workbook.split()[-1]
    notebook = json.loads(ask(lab.replace("/lab/tree/", "/api/contents/"))[1])["content"]

    assert " cannot be written (" in said and "this session only" in said
    assert {cell["metadata"]["trusted"] for cell in notebook["cells"] if cell["cell_type"] == "code"} == {True}
    assert ask(lab.replace("/lab/tree/notebooks/00_start_here.ipynb", "/api/kernels"), b"{}")[0] == 201
    assert (tmp_path / "errors").read_text() == ""


@pytest.mark.parametrize("system", ["POSIX", "Windows"])
def test_a_port_is_looked_for_as_the_system_needs_it(monkeypatch, system):
    """On Windows SO_REUSEADDR lets two servers share one; there the option is set that forbids it."""
    asked = []

    class Probe:
        """A socket that notes what it is asked."""

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def setsockopt(self, *option):
            asked.append(option)

        def bind(self, address):
            self.address = address

        def getsockname(self):
            return self.address

    monkeypatch.delattr(socket, "SO_EXCLUSIVEADDRUSE", raising=False)
    if system == "Windows":
        monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", -5, raising=False)
    monkeypatch.setattr(socket, "socket", Probe)

    assert server._free_port(None) == server.PORTS[0]
    assert asked == [(socket.SOL_SOCKET, -5 if system == "Windows" else socket.SO_REUSEADDR, 1)]


def test_a_port_in_use_is_said_in_a_sentence():
    """Someone who asks for a port that is taken learns that, and nothing else happens."""
    with socket.socket() as taken:
        taken.bind((server.ADDRESS, 0))
        taken.listen()
        with pytest.raises(CannotStart, match=r"Port \d+ cannot be used"):
            server._free_port(taken.getsockname()[1])


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    """A file where the folder should be: one sentence, no traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="cannot be written"):
        server._prepare(tmp_path / "file" / "course")


@pytest.mark.parametrize("place", ["my-work", "elsewhere"])
def test_a_record_that_cannot_be_written_is_said_before_anybody_types(tmp_path, monkeypatch, place):
    """Nothing that they answer would be saved, so that they hear of it at once, with what to do."""
    (tmp_path / place).write_text("")
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path / place) if place == "elsewhere" else "")
    with pytest.raises(CannotStart, match=f"{place} cannot be written .* nothing you answer would be saved.*COURSEKIT_HOME"):
        server._prepare(tmp_path)


def test_the_idle_time_is_checked(monkeypatch):
    """A wrong COURSEKIT_IDLE_MINUTES is named before anything starts."""
    monkeypatch.setenv("COURSEKIT_IDLE_MINUTES", "a while")
    with pytest.raises(CannotStart, match="COURSEKIT_IDLE_MINUTES"):
        server._idle_seconds()
