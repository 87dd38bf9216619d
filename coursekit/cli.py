"""The table of commands; no logic. Exit status: 0 done, 1 a problem in content or data, 2 wrong usage or nothing written."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from . import __version__
from .command_group import Group
from .gradebook.platforms import PLATFORMS
from .wording import say


def _size(_: click.Context, __: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,8}(\.\d+)? ?[KMGT](i?B)?", value, re.I | re.A):
        raise click.BadParameter(say("graded.bad_memory", value=value))
    return value


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coursekit")
def main() -> None:
    """Take, check and teach the course."""


@main.command(examples=["coursekit start my-course"])
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--no-browser", is_flag=True)
@click.option("--port", type=click.IntRange(1, 65535))
def start(folder: Path | None, no_browser: bool, port: int | None) -> None:
    """Open the course in FOLDER (here, if left out). Ctrl-C ends it."""
    from .serve.server import start

    start(folder, browser=not no_browser, **({"port": port} if port else {}))


@main.command(examples=["coursekit lint", "coursekit lint --compare sources"])
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--compare", type=click.Path(exists=True, file_okay=False, path_type=Path))
def lint(folder: Path | None, compare: Path | None) -> None:
    """Check the content in FOLDER (the course itself, if left out) and print every problem, one a line."""
    from .authoring.lint import lint
    from .authoring.overlap import overlaps
    from .content import location

    root = folder or location.root()
    problems = lint(root) + (overlaps(root, compare) if compare else [])
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


@main.command(examples=["coursekit translate pt-BR"])
@click.argument("tag")
def translate(tag: str) -> None:
    """Write the package's sentences into coursekit/languages/TAG.po for a translator, or bring that file up to date."""
    from .authoring.translation import update

    path, left = update(tag)
    click.echo(say("translate.done", file=path, n=left))


@main.command(
    examples=['coursekit check cost/effective-rate "56,14"', """coursekit check cost/sort-costs '{"bargaining": "sunk"}' --json"""]
)
@click.argument("exercise")
@click.argument("answer")
@click.option("--json", "as_json", is_flag=True)
@click.option("--exercises", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(exercise: str, answer: str, as_json: bool, exercises: Path | None) -> None:
    """Grade one ANSWER to EXERCISE: plain text or JSON; "-" reads it from standard input."""
    from .authoring import try_answer
    from .content import location

    library_folder = exercises or location.root() / "exercises"
    given = try_answer.check(
        library_folder, exercise, sys.stdin.buffer.read().decode("utf-8", "surrogateescape") if answer == "-" else answer
    )
    click.echo(try_answer.as_json(given) if as_json else try_answer.as_lines(given))


@main.command(examples=['coursekit submit weekly-quiz --name "Ada Mole"'])
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", required=True)
@click.option("--include", multiple=True, metavar="ID")
def submit(folder: Path | None, name: str, include: tuple[str, ...]) -> None:
    """Hand in the graded work in FOLDER (here, if left out): write the file to upload, and say what is in it."""
    from .assignment.hand_in import submit

    for line in submit((folder or Path.cwd()).resolve(), name, include):
        click.echo(line)


@main.command(examples=["coursekit release exercises/assignments/weekly-quiz.toml --out to-give-out"])
@click.argument("assignment", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True)
def release(assignment: Path, out: Path, force: bool) -> None:
    """Write the folder that learners get for ASSIGNMENT (a .toml file): the questions without their keys."""
    from .gradebook.release import give_out

    for line in give_out(assignment, out, force):
        click.echo(line)


@main.command(examples=["coursekit refresh"])
def refresh() -> None:
    """Run every notebook of the course again and save it as learners get it (for authors)."""
    from .authoring.refresh import refresh
    from .content import location

    refresh(location.root() / "notebooks")


@main.command(
    examples=[
        "coursekit collect submissions.zip --roster roster.csv --out collected",
        "coursekit collect submissions.zip --roster roster.csv --matches collected/matches.csv --out collected --force",
    ]
)
@click.argument("download", type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--matches", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--assignment", metavar="NAME")
@click.option("--now", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]))
@click.option("--force", is_flag=True)
def collect(
    download: Path, out: Path, roster: Path | None, matches: Path | None, assignment: str | None, now: datetime | None, force: bool
) -> None:
    """Collect what a learning platform let you DOWNLOAD: a folder, a zip, or a folder of zips."""
    from .gradebook.collect.collect import collect
    from .gradebook.progress_bar import steps

    now = now.replace(tzinfo=UTC) if now and not now.tzinfo else now
    done = collect(download, out, steps, roster=roster, matches=matches, assignment=assignment, now=now, force=force)
    for line in done.lines(out):
        click.echo(line)
    sys.exit(0 if done.ok else 1)


@main.command(examples=["coursekit grade collected --assignment exercises/assignments/weekly-quiz.toml --out graded"])
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--assignment", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--keys", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--memory", default="2GB", show_default=True, callback=_size)
@click.option("--force", is_flag=True)
@click.option("--feedback/--no-feedback", default=None)
def grade(folder: Path, assignment: Path, out: Path, keys: tuple[Path, ...], memory: str, force: bool, feedback: bool | None) -> None:
    """Grade what was collected in FOLDER: grades.csv, a feedback page for each learner, problems.csv, summary.md."""
    from datetime import UTC, datetime

    from .gradebook.grade.grade import grade
    from .gradebook.progress_bar import steps

    result = grade(folder, assignment, out, datetime.now(UTC), steps, keys=keys, memory=memory, force=force, feedback=feedback)
    if not result.fresh:
        click.echo(say("graded.up_to_date", folder=out), err=True)
    click.echo((out / "summary.md").read_text(encoding="utf-8"), nl=False)
    sys.exit(0 if result.ok else 1)


@main.command(examples=["coursekit mark graded --as anna", "coursekit mark graded --as ben --second", "coursekit mark graded --agreement"])
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as", "name")
@click.option("--second", is_flag=True)
@click.option("--decide", is_flag=True)
@click.option("--agreement", is_flag=True)
@click.option("--no-browser", is_flag=True)
@click.option("--port", type=click.IntRange(1, 65535))
def mark(folder: Path, name: str | None, second: bool, decide: bool, agreement: bool, no_browser: bool, port: int | None) -> None:
    """Mark free text of a graded FOLDER on a page in the browser, by keyboard. Ctrl-C ends it; every mark is saved at once."""
    if agreement:
        from .gradebook.marking.marker import report

        for line in report(folder):
            click.echo(line)
        return
    if not name or (second and decide):
        raise click.UsageError(say("cli.nobody" if not name else "cli.not_both"))
    from .gradebook.marking.marker import Marker
    from .gradebook.marking.serve import serve

    serve(Marker(str(folder.resolve()), name, second, decide), browser=not no_browser, port=port)


@main.command(examples=["coursekit stats graded"])
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def stats(folder: Path) -> None:
    """Say how the questions of a graded FOLDER worked: difficulty, options, reliability, and which to look at first."""
    from .gradebook.statistics.write_statistics import write

    for line in write(folder):
        click.echo(line)


@main.command(
    examples=[
        "coursekit export graded --to canvas",
        "coursekit export graded --to moodle --roster gradebook.csv --out grades-for-moodle.csv",
    ]
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", required=True, type=click.Choice([one.name for one in PLATFORMS if one.exports]))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", metavar="HEADER")
@click.option("--partial", is_flag=True)
def export(folder: Path, to: str, out: Path | None, roster: Path | None, column: str | None, partial: bool) -> None:
    """Write the grades in FOLDER (a folder that coursekit grade wrote) as a file that a learning platform imports."""
    from .gradebook.export import export

    for line in export(folder, to, out or folder / f"export-{to}.csv", roster=roster, column=column, partial=partial):
        click.echo(line)


if __name__ == "__main__":
    main()
