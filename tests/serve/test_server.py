"""`coursekit start` as a learner meets it: two addresses that answer, and an end that leaves nothing running."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from coursekit.errors import CannotStart
from coursekit.serve import server


@pytest.fixture
def begin(tmp_path):
    """begin(folder) starts the course there with --no-browser; returns the process and the two lines it says."""
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    started = []

    def run(folder):
        command = [sys.executable, "-m", "coursekit.cli", "start", str(folder), "--no-browser"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **own, "COURSEKIT_HOME": ""})
        started.append(process)
        return process, [process.stdout.readline().strip() for _ in range(2)]

    yield run
    for process in started:
        process.kill()
        process.communicate()


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


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes through /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serves_from_an_empty_folder_and_ends_when_told(begin, tmp_path, how):
    """Both addresses answer; the signal ends the server within seconds, and its kernels with it."""
    process, (workbook, reading) = begin(tmp_path / "new" / "folder")
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


def test_the_reading_view_renders_the_page(begin, tmp_path):
    """The second address is the page itself, with its text."""
    _, (_, reading) = begin(tmp_path)

    status, page = ask(reading.split()[-1])

    assert status == 200 and "<main" in page and "Preparing the page" in page


def test_answers_are_kept_beside_the_notebooks(begin, tmp_path):
    """A folder gets its notebooks, a place for answers and a note of what was put there."""
    begin(tmp_path / "mine")

    assert {path.name for path in (tmp_path / "mine").iterdir()} == {"notebooks", "my-work", ".coursekit.json"}
    assert "notebooks/00_start_here.ipynb" in json.loads((tmp_path / "mine" / ".coursekit.json").read_text())


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


def test_the_idle_time_is_checked(monkeypatch):
    """A wrong COURSEKIT_IDLE_MINUTES is named before anything starts."""
    monkeypatch.setenv("COURSEKIT_IDLE_MINUTES", "a while")
    with pytest.raises(CannotStart, match="COURSEKIT_IDLE_MINUTES"):
        server._idle_seconds()
