"""The gradebook on classes of growing size: collect, grade, and DuckDB's time to read the same files.

python benchmarks/gradebook.py               1,000 learners of 60 answers, with feedback pages
python benchmarks/gradebook.py 100000 nopages    more of them, without pages
"""

import shutil
import sys
import tempfile
from pathlib import Path

import classes
from measuring import Run, run
from table import limited, row

COURSEKIT = Path(sys.executable).with_name("coursekit")
QUESTIONS = 60
SIZES = (1_000, 100_000, 166_667)
MOST_PAGES = 5_000
READ = """
import duckdb, sys
columns = "{'exercise': 'VARCHAR', 'of': 'VARCHAR', 'answer': 'JSON', 'at': 'TIMESTAMPTZ', 'confidence': 'SMALLINT'}"
files = f"read_json('{sys.argv[1]}/*/*.jsonl', format='newline_delimited', columns={columns})"
print(duckdb.sql(f"SELECT count(exercise), count(DISTINCT hash(exercise, of, answer)), max(\\"at\\"::VARCHAR) FROM {files}").fetchall())
"""


def make(folder: Path, learners: int) -> Path:
    """A download: folders of a thousand files each."""
    made = classes.work(QUESTIONS)
    classes.as_file(made, folder / "bench.toml")
    for number, (name, data) in enumerate(classes.submissions(made, learners)):
        place = folder / "download" / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return folder / "download"


def measure(folder: Path, learners: int, pages: bool) -> tuple[Run, Run, Run]:
    """Collect, grade, and DuckDB alone."""
    download = make(folder, learners)
    collect = run([COURSEKIT, "collect", download, "--out", folder / "collected"], (0, 1))
    grade = [COURSEKIT, "grade", folder / "collected", "--assignment", folder / "bench.toml", "--out", folder / "graded"]
    graded = run([*grade, *([] if pages else ["--no-feedback"])], (0, 1))
    return collect, graded, run([sys.executable, "-c", READ, download])


def report(learners: int) -> None:
    """The rows of one class."""
    folder, pages = Path(tempfile.mkdtemp(prefix="gradebook-")), learners <= MOST_PAGES
    try:
        collect, grade, read = measure(folder, learners, pages)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    what = f"{learners:,} submissions of {QUESTIONS} answers"
    whole = collect.seconds + grade.seconds
    row(f"{what}: collect", f"{collect.seconds:.1f} s, {collect.memory:.0f} MiB")
    row(f"{what}: grade{'' if pages else ', without pages'}", f"{grade.seconds:.1f} s, {grade.memory:.0f} MiB")
    row(f"{what}: DuckDB reads the same files", f"{read.seconds:.1f} s, {read.memory:.0f} MiB")
    if learners == SIZES[0]:
        limited(f"{what}: both, to grades.csv and feedback pages", whole, 10, "s", 1)
    if learners == SIZES[-1]:
        limited(f"{what}: grading them, in times of that reading", grade.seconds / read.seconds, 3, "×", 2)
    row(f"{what}: collecting and grading, in times of that reading", f"{whole / read.seconds:.2f} ×")


def main() -> None:
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        report(size)


if __name__ == "__main__":
    main()
