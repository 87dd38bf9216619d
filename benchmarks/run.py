"""Run every benchmark and write its rows into benchmarks/README.md, with the date and the machine.

    python benchmarks/run.py               all of them, about half an hour; leave the machine alone meanwhile
    python benchmarks/run.py imports       one or more, printed and not written

A row that misses its target says so; exit status 1 where a benchmark could not be run.
"""

import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

from serving import chromium_path
from table import HEAD

HERE = Path(__file__).parent
README = HERE / "README.md"
NAMES = ("imports", "loading", "grading", "kernels", "surfaces", "notebooks", "nbgraders", "gradebook", "item_statistics")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def rows(name: str) -> list[str]:
    """The rows that one benchmark prints, in a process of its own."""
    print(f"{name} …", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{name}.py ended with {done.returncode}; nothing was written.")
    return [line for line in done.stdout.splitlines() if line.startswith("|")]


def machine(load: float) -> str:
    """The day and the machine in a sentence, with the load that was there before the first benchmark."""
    browser = subprocess.run([chromium_path(), "--version"], capture_output=True, text=True, check=True).stdout.split(" built")[0].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {date.today():%d %B %Y}: {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {browser}; load before the start {load:.1f}."
    )


def written(text: str, block: str) -> str:
    """The text with everything between the two marker lines replaced by the block."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        sys.exit(f"{README} has no lines {BEGIN} and {END}; put them where the table belongs.")
    return f"{before}{BEGIN}\n{block}\n{END}{after}"


def main() -> None:
    if unknown := set(sys.argv[1:]) - set(NAMES):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.")
    load = os.getloadavg()[0]
    found = [row for name in sys.argv[1:] or NAMES for row in rows(name)]
    block = "\n".join([machine(load), "", HEAD, *found])
    print(block)
    if not sys.argv[1:]:
        README.write_text(written(README.read_text(encoding="utf-8"), block), encoding="utf-8")


if __name__ == "__main__":
    main()
