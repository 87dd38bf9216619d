"""The same small class graded by nbgrader and by coursekit: 30 submissions of 5 questions, to grades, feedback and a CSV.

nbgrader executes each notebook; coursekit reads answers. nbgrader gets an environment of its own, made here.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import classes
import nbformat
from measuring import Run, run
from nbformat.v4 import new_code_cell, new_notebook
from table import row

VERSION = "0.9.6"
LEARNERS, QUESTIONS = 30, 5
COURSEKIT = Path(sys.executable).with_name("coursekit")


def environment(folder: Path) -> Path:
    """The programs of a new environment with nbgrader in it."""
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", folder / "bin/python", f"nbgrader=={VERSION}", "setuptools"], check=True)
    return folder / "bin"


def notebook(answers: list[int] | None) -> nbformat.NotebookNode:
    """Five questions, each with a cell to fill in and a cell that tests it; with answers, as a learner hands it in."""
    cells = []
    for number in range(QUESTIONS):
        given = "### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION" if answers is None else f"answer = {answers[number]}"
        cells += [_cell(given, f"q{number}", solution=True), _cell("assert answer == 42", f"t{number}", grade=True, points=2)]
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def _cell(source: str, id: str, **more: object) -> nbformat.NotebookNode:
    about = {
        "grade": False,
        "solution": False,
        "locked": not more.get("solution"),
        "task": False,
        "schema_version": 3,
        "grade_id": id,
        **more,
    }
    return new_code_cell(source, metadata={"nbgrader": about})


def with_nbgrader(programs: Path, folder: Path) -> Run:
    """Autograde, feedback and export."""
    places = {folder / "source" / "bench": None}
    for number in range(LEARNERS):
        places[folder / "submitted" / f"s{number:02}" / "bench"] = [42 if (number + q) % 3 else 41 for q in range(QUESTIONS)]
    for place, answers in places.items():
        place.mkdir(parents=True)
        nbformat.write(notebook(answers), place / "bench.ipynb")
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "bench"\n')
    environ = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(folder)}
    run([programs / "nbgrader", "generate_assignment", "bench"], cwd=folder, env=environ)
    acts = (["autograde", "bench"], ["generate_feedback", "bench"], ["export"])
    done = [run([programs / "nbgrader", *act], cwd=folder, env=environ) for act in acts]
    return Run(sum(one.seconds for one in done), max(one.memory for one in done), 0)


def with_coursekit(folder: Path) -> Run:
    """Collect and grade, to the same outputs."""
    made = classes.work(QUESTIONS)
    download = folder / "download"
    download.mkdir(parents=True)
    classes.as_file(made, folder / "bench.toml")
    for name, data in classes.submissions(made, LEARNERS):
        (download / name).write_bytes(data)
    collect = run([COURSEKIT, "collect", download, "--out", folder / "collected"])
    grade = run([COURSEKIT, "grade", folder / "collected", "--assignment", folder / "bench.toml", "--out", folder / "graded"])
    assert len(list((folder / "graded" / "feedback").glob("*.html"))) == LEARNERS
    return Run(collect.seconds + grade.seconds, max(collect.memory, grade.memory), 0)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="graders-"))
    try:
        theirs = with_nbgrader(environment(folder / "env"), folder / "nbgrader")
        ours = with_coursekit(folder / "coursekit")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    what = f"{LEARNERS} submissions of {QUESTIONS} questions, to grades, feedback pages and a CSV"
    row(f"{what}: nbgrader {VERSION}", f"{theirs.seconds:.1f} s, {theirs.memory:.0f} MiB")
    row(f"{what}: coursekit collect and grade", f"{ours.seconds:.1f} s, {ours.memory:.0f} MiB")
    row("the ratio of the two times", f"{theirs.seconds / ours.seconds:.0f}")


if __name__ == "__main__":
    main()
