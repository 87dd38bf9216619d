"""A command's time and memory, measured in a process of its own."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen


@frozen
class Run:
    """One run of a command: wall-clock seconds, and the most memory that it held at a time, in MiB."""

    seconds: float
    memory: float
    status: int


def run(command: Sequence[str | Path], expected: tuple[int, ...] = (0,), **more: object) -> Run:
    """Run a command and measure it; ends this program with the command's output where its exit status is not expected."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in expected:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {code}:\n{output.decode(errors='replace')[-2000:]}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, code)
