"""How much memory the kernel of a page takes: a real ipykernel process, asked after the cells of 05_cost.

The cells run in their order and in the notebook's folder, as in JupyterLab. RSS is what the process holds in memory,
USS what would be free again if it ended. Three points: before the first cell, before pandas, and after the last cell.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from table import row

from coursekit import course

NOTEBOOK = "05_cost.ipynb"
LIMIT = 80  # MiB before pandas
MIB = 2**20


@contextmanager
def kernel(folder: str) -> Iterator[tuple[BlockingKernelClient, psutil.Process]]:
    """A kernel as Jupyter starts it, with an empty record, and its process."""
    environment = {**os.environ, "COURSEKIT_HOME": folder, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(course.root() / "notebooks"), env=environment)
    yield client, psutil.Process(manager.provisioner.pid)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client: BlockingKernelClient, code: str) -> None:
    """Run one cell; an error in it ends the benchmark."""
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)["content"]
    if reply["status"] != "ok":
        sys.exit(f"A cell of {NOTEBOOK} failed: {reply['ename']}: {reply['evalue']}")


def memory(process: psutil.Process) -> tuple[float, float]:
    """RSS and USS in MiB."""
    now = process.memory_full_info()
    return now.rss / MIB, now.uss / MIB


def show(what: str, now: tuple[float, float], limit: int | None = None) -> None:
    target, met = (f"≤ {limit} MiB", now[0] <= limit) if limit else ("", None)
    row(f"kernel, {what}", f"{now[0]:.0f} MiB RSS, {now[1]:.0f} MiB USS", target, met)


def main() -> None:
    cells = json.loads((course.root() / "notebooks" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    pandas = next(place for place, code in enumerate(codes) if "import pandas" in code)
    with tempfile.TemporaryDirectory() as folder, kernel(folder) as (client, process):
        show("before the first cell", memory(process))
        for code in codes[:pandas]:
            run(client, code)
        show(f"after {pandas} cells of 05_cost, before pandas", memory(process), LIMIT)
        for code in codes[pandas:]:
            run(client, code)
        show("after all of 05_cost, with pandas and the chart", memory(process))


if __name__ == "__main__":
    main()
