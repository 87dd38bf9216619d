"""How much memory the kernel of a page takes: a real ipykernel process, asked after the cells of 05_cost.

The cells run in their order and in the notebook's folder, as in JupyterLab. RSS is what the process holds in memory,
USS what would be free again if it ended. Three points: before the first cell, before pandas, and after the last
cell; each the median of three kernels. RSS, the larger of the two, is held against the target.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from table import median, row

from coursekit.content import location

NOTEBOOK = "05_cost.ipynb"
KERNELS = 3
LIMIT = 80  # MiB before pandas
MIB = 2**20
Memory = tuple[float, float]  # RSS and USS in MiB


@contextmanager
def kernel(folder: str) -> Iterator[tuple[BlockingKernelClient, psutil.Process]]:
    """A kernel as Jupyter starts it, with an empty record, and its process."""
    manager = KernelManager(kernel_name="python3")
    if hasattr(manager, "transport_encryption"):  # as in coursekit.server; without it every kernel warns
        manager.transport_encryption = "auto"
    environment = {**os.environ, "COURSEKIT_HOME": folder, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    manager.start_kernel(cwd=str(location.root() / "notebooks"), env=environment)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield client, psutil.Process(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client: BlockingKernelClient, codes: list[str]) -> None:
    """Run cells one after the other; an error in one ends the benchmark."""
    for code in codes:
        reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)["content"]
        if reply["status"] != "ok":
            sys.exit(f"A cell of {NOTEBOOK} failed: {reply['ename']}: {reply['evalue']}")


def memory(process: psutil.Process) -> Memory:
    now = process.memory_full_info()
    return now.rss / MIB, now.uss / MIB


def measured(codes: list[str], pandas: int) -> list[Memory]:
    """The memory of one kernel at the three points."""
    with tempfile.TemporaryDirectory() as folder, kernel(folder) as (client, process):
        found = [memory(process)]
        for part in (codes[:pandas], codes[pandas:]):
            run(client, part)
            found.append(memory(process))
    return found


def main() -> None:
    cells = json.loads((location.root() / "notebooks" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    pandas = next(place for place, code in enumerate(codes) if "import pandas" in code)
    points = ["before the first cell", f"after {pandas} cells of 05_cost, before pandas", "after all of 05_cost, with pandas and the chart"]
    kernels = [measured(codes, pandas) for _ in range(KERNELS)]
    for point, found, limit in zip(points, zip(*kernels, strict=True), (None, LIMIT, None), strict=True):
        rss, uss = (median(values) for values in zip(*found, strict=True))
        target, met = (f"≤ {limit} MiB", rss <= limit) if limit else ("", None)
        row(f"kernel, {point}", f"{rss:.1f} MiB RSS, {uss:.1f} MiB USS", target, met)


if __name__ == "__main__":
    main()
