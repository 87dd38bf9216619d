"""How long all notebooks take through strict nbval: every cell run again, every output compared.

One pytest run over the folder, as in `make test`, with a record of its own. The total is the time of that run; the
time of a notebook is that of its cells and of starting its kernel, from pytest's own report.
"""

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

from table import limited, row

from coursekit.content import location
from coursekit.content.notebooks import listed


def strict(folder: Path, report: Path) -> float:
    """Seconds for all notebooks; ends the benchmark where one of them fails."""
    options = ["-q", "--nbval", "-p", "no:cacheprovider", f"--junitxml={report}"]
    command = [sys.executable, "-m", "pytest", *options, *map(str, listed(folder))]
    environment = {**os.environ, "COURSEKIT_HOME": str(report.parent)}
    begun = perf_counter()
    done = subprocess.run(command, cwd=folder.parent, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The notebooks do not pass, so there is nothing to time:\n{done.stdout[-2000:]}")
    return perf_counter() - begun


def by_notebook(report: Path) -> dict[str, tuple[int, float]]:
    """{notebook: cells, seconds}."""
    found = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):
        found[case.get("classname").removesuffix(".ipynb").rpartition(".")[2]].append(float(case.get("time")))
    return {name: (len(times), sum(times)) for name, times in found.items()}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.xml"
        limited("all notebooks through strict nbval", strict(location.root() / "notebooks", report), 90, "s", 1)
        for notebook, (cells, seconds) in by_notebook(report).items():
            row(f"— {notebook}", f"{seconds:.1f} s for {cells} cells")


if __name__ == "__main__":
    main()
