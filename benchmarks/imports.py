"""How long `import coursekit` takes beyond what every page needs anyway, and how long the first exercise takes then.

Seven fresh processes import IPython, ipywidgets and anywidget; then the clock starts and coursekit is imported.
The second row goes on in the same process to the form of one exercise: what is heavy (cattrs, the Markdown
parser) is imported there, and all exercise files are read. One process before the seven fills the byte-code cache.
"""

import subprocess
import sys

from table import limited, median, row, spread

PROCESSES = 7
CODE = """
import IPython, anywidget, ipywidgets
from time import perf_counter
begun = perf_counter()
import coursekit
imported = perf_counter()
coursekit.exercise("cost/effective-rate")
print(imported - begun, perf_counter() - imported)
"""


def once() -> list[float]:
    """Milliseconds for the import and for the first exercise, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    return [1000 * float(seconds) for seconds in done.stdout.split()]


def main() -> None:
    once()
    imported, shown = zip(*(once() for _ in range(PROCESSES)), strict=True)
    limited("`import coursekit` beyond IPython, ipywidgets and anywidget", median(imported), 100, "ms", more=spread(imported))
    row("the first `exercise(…)` after it, with reading the whole bank", f"{median(shown):.0f} ms{spread(shown)}")


if __name__ == "__main__":
    main()
