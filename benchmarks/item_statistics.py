"""How long `coursekit stats` takes for a large class: 5,000 invented learners, 60 questions, about 390,000 saved answers.

A fresh process for each of three rounds, imports and all: the time from its start to its end, and its peak memory. The folder is
made once before the clock starts.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from table import median, row, spread

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import invented

LEARNERS, QUESTIONS, ROUNDS = 5000, 60, 3


def seconds(folder: Path) -> float:
    """One run of the command on a graded folder."""
    begun = perf_counter()
    subprocess.run([sys.executable, "-m", "coursekit.cli", "stats", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        work, marks, attempts = invented.made(LEARNERS, QUESTIONS)
        folder = invented.write(Path(place) / "graded", work, marks, attempts)
        taken = [seconds(folder) for _ in range(ROUNDS)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    what = f"`coursekit stats`: {LEARNERS:,} learners × {QUESTIONS} questions, {len(attempts):,} saved answers"
    row(what, f"{median(taken):.1f} s{spread(taken, 1)}, {peak:.0f} MiB")


if __name__ == "__main__":
    main()
