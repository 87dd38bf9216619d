"""The table of commands; no logic. Exit status: 0 done, 1 a problem in content or data, 2 wrong usage or nothing written."""

import errno
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from . import __version__
from .errors import CoursekitError
from .gradebook.platforms import PLATFORMS
from .wording import say

_TEACH = ("duckdb", "pyarrow", "sklearn")  # what the extra `teach` brings


class _Group(click.Group):
    """Says errors of the course in one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CoursekitError as error:
            raise (_NothingWritten if error.status == 2 else click.ClickException)(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever was to read it is gone, which click leaves at that
                raise
            raise _NothingWritten(_in_words(error)) from None
        except ModuleNotFoundError as error:
            if error.name and error.name.partition(".")[0] in _TEACH:
                raise click.ClickException(say("cli.teach", name=error.name)) from None
            raise


class _NothingWritten(click.ClickException):
    exit_code = 2


def _in_words(error: OSError) -> str:
    """What the system refused, for what no part of the package says better."""
    why = error.strerror or str(error)
    return say("cli.refused", place=error.filename, error=why) if error.filename else say("cli.refused_somewhere", error=why)


def _size(_: click.Context, __: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,8}(\.\d+)? ?[KMGT](i?B)?", value, re.I | re.A):
        raise click.BadParameter(say("graded.bad_memory", value=value))
    return value


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coursekit")
def main() -> None:
    """Take, check and teach the course "Hard Clients, Clear Choices".

    \b
    To take the course:    coursekit start
    To check its content:  coursekit lint
    """


@main.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--no-browser", is_flag=True, help="Print the addresses and open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to use; the next free one from 8888 if left out.")
def start(folder: Path | None, no_browser: bool, port: int | None) -> None:
    """Open the course in FOLDER (here, if left out). Ctrl-C ends it.

    The notebooks are put into FOLDER the first time; your answers are kept in FOLDER/my-work. The folder of graded
    work that you were given is opened as it is.

    \b
    Example: coursekit start my-course
    """
    from .serve.server import start

    start(folder, browser=not no_browser, **({"port": port} if port else {}))


@main.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--compare", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Texts not to be repeated (.txt, .md).")
def lint(folder: Path | None, compare: Path | None) -> None:
    """Check the content in FOLDER (the course itself, if left out) and print every problem, one a line.

    With --compare also where eight words in a row stand in one of the texts of that folder too.

    \b
    Example: coursekit lint
    Example: coursekit lint --compare sources
    """
    from .authoring.lint import lint
    from .authoring.overlap import overlaps
    from .content import location

    root = folder or location.root()
    problems = lint(root) + (overlaps(root, compare) if compare else [])
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("tag")
def translate(tag: str) -> None:
    """Write the package's sentences into coursekit/languages/TAG.po for a translator, or bring that file up to date.

    \b
    Example: coursekit translate pt-BR
    """
    from .authoring.translation import update

    path, left = update(tag)
    click.echo(say("translate.done", file=path, n=left))


@main.command()
@click.argument("exercise")
@click.argument("answer")
@click.option("--json", "as_json", is_flag=True, help="Print the whole grade as JSON.")
@click.option("--exercises", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The folder of exercises.")
def check(exercise: str, answer: str, as_json: bool, exercises: Path | None) -> None:
    """Grade one ANSWER to EXERCISE: plain text or JSON; "-" reads it from standard input.

    \b
    Example: coursekit check cost/effective-rate "56,14"
    Example: coursekit check cost/sort-costs '{"bargaining": "sunk"}' --json
    """
    from .authoring import try_answer
    from .content import location

    library_folder = exercises or location.root() / "exercises"
    given = try_answer.check(
        library_folder, exercise, sys.stdin.buffer.read().decode("utf-8", "surrogateescape") if answer == "-" else answer
    )
    click.echo(try_answer.as_json(given) if as_json else try_answer.as_lines(given))


@main.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", required=True, help="Your name, as your instructor has it.")
@click.option("--include", multiple=True, metavar="ID", help="A question about your own work that may leave this machine too.")
def submit(folder: Path | None, name: str, include: tuple[str, ...]) -> None:
    """Hand in the graded work in FOLDER (here, if left out): write the file to upload, and say what is in it.

    \b
    Example: coursekit submit weekly-quiz --name "Ada Mole"
    """
    from .assignment.hand_in import submit

    for line in submit((folder or Path.cwd()).resolve(), name, include):
        click.echo(line)


@main.command()
@click.argument("assignment", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where the folder to give out is put.")
@click.option("--force", is_flag=True, help="Replace an earlier release.")
def release(assignment: Path, out: Path, force: bool) -> None:
    """Write the folder that learners get for ASSIGNMENT (a .toml file): the questions without their keys.

    \b
    Example: coursekit release exercises/assignments/weekly-quiz.toml --out to-give-out
    """
    from .gradebook.release import give_out

    for line in give_out(assignment, out, force):
        click.echo(line)


@main.command()
def refresh() -> None:
    """Run every notebook of the course again and save it as learners get it (for authors).

    \b
    Example: coursekit refresh
    """
    from .authoring.refresh import refresh
    from .content import location

    refresh(location.root() / "notebooks")


@main.command()
@click.argument("download", type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to collect into.")
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Who is in the class (CSV).")
@click.option("--matches", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An earlier matches.csv, corrected.")
@click.option("--assignment", metavar="NAME", help="Which assignment is meant, where there are files of several.")
@click.option("--now", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]), help="The day of the download, to find wrong clocks.")
@click.option("--force", is_flag=True, help="Replace what was collected into that folder before.")
def collect(
    download: Path, out: Path, roster: Path | None, matches: Path | None, assignment: str | None, now: datetime | None, force: bool
) -> None:
    """Collect what a learning platform let you DOWNLOAD: a folder, a zip, or a folder of zips.

    Writes matches.csv (whose file is whose), people.csv, problems.csv and what coursekit grade needs. Exit status 1 where
    something could not be read or nobody is sure to have handed it in.

    \b
    Example: coursekit collect submissions.zip --roster roster.csv --out collected
    Example: coursekit collect submissions.zip --roster roster.csv --matches collected/matches.csv --out collected --force
    """
    from .gradebook.collect.collect import collect
    from .gradebook.progress_bar import steps

    now = now.replace(tzinfo=UTC) if now and not now.tzinfo else now
    done = collect(download, out, steps, roster=roster, matches=matches, assignment=assignment, now=now, force=force)
    for line in done.lines(out):
        click.echo(line)
    sys.exit(0 if done.ok else 1)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--assignment", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The assignment's file.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder for grades, feedback and problems."
)
@click.option("--keys", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The file of an earlier version.")
@click.option("--memory", default="2GB", show_default=True, callback=_size, help="The most that the database may take.")
@click.option("--force", is_flag=True, help="Replace the results of another class in OUT. Marks are kept.")
@click.option("--feedback/--no-feedback", default=None, help="Write a page for each learner: yes or no, whatever the assignment says.")
def grade(folder: Path, assignment: Path, out: Path, keys: tuple[Path, ...], memory: str, force: bool, feedback: bool | None) -> None:
    """Grade what was collected in FOLDER: grades.csv, a feedback page for each learner, problems.csv, summary.md.

    Exit status 1 where something could not be read; that is never a zero. Run it again after marking.

    \b
    Example: coursekit grade collected --assignment exercises/assignments/weekly-quiz.toml --out graded
    """
    from datetime import UTC, datetime

    from .gradebook.grade.grade import grade
    from .gradebook.progress_bar import steps

    result = grade(folder, assignment, out, datetime.now(UTC), steps, keys=keys, memory=memory, force=force, feedback=feedback)
    if not result.fresh:
        click.echo(say("graded.up_to_date", folder=out), err=True)
    click.echo((out / "summary.md").read_text(encoding="utf-8"), nl=False)
    sys.exit(0 if result.ok else 1)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as", "name", help="Your name as a marker; your marks are kept in FOLDER/marks/NAME.jsonl.")
@click.option("--second", is_flag=True, help="Mark again what others have marked, without seeing what they gave.")
@click.option("--decide", is_flag=True, help="Only texts whose levels differ by two or more; your level decides.")
@click.option("--agreement", is_flag=True, help="Open nothing; print how far the markers agree.")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to use; the next free one from 8888 if left out.")
def mark(folder: Path, name: str | None, second: bool, decide: bool, agreement: bool, no_browser: bool, port: int | None) -> None:
    """Mark free text of a graded FOLDER on a page in the browser, by keyboard. Ctrl-C ends it; every mark is saved at once.

    \b
    Example: coursekit mark graded --as anna
    Example: coursekit mark graded --as ben --second
    Example: coursekit mark graded --agreement
    """
    if agreement:
        from .gradebook.marking.marker import report

        for line in report(folder):
            click.echo(line)
        return
    if not name or (second and decide):
        raise click.UsageError("Say who marks with --as NAME." if not name else "Choose one of --second and --decide.")
    from .gradebook.marking.marker import Marker
    from .gradebook.marking.serve import serve

    serve(Marker(str(folder.resolve()), name, second, decide), browser=not no_browser, port=port)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def stats(folder: Path) -> None:
    """Say how the questions of a graded FOLDER worked: difficulty, options, reliability, and which to look at first.

    Writes tables, report.html and gradebook.ipynb into FOLDER/stats.

    \b
    Example: coursekit stats graded
    """
    from .gradebook.statistics.write_statistics import write

    for line in write(folder):
        click.echo(line)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", required=True, type=click.Choice([one.name for one in PLATFORMS if one.exports]), help="Whose columns.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; FOLDER/export-canvas.csv and so on, if left out.")
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A newer export of the platform's gradebook.")
@click.option("--column", metavar="HEADER", help="The header of the platform's column, where it is not the assignment's title.")
@click.option("--partial", is_flag=True, help="Export although something is unreadable or not marked: those stay empty.")
def export(folder: Path, to: str, out: Path | None, roster: Path | None, column: str | None, partial: bool) -> None:
    """Write the grades in FOLDER (a folder that coursekit grade wrote) as a file that a learning platform imports.

    \b
    Example: coursekit export graded --to canvas
    Example: coursekit export graded --to moodle --roster gradebook.csv --out grades-for-moodle.csv
    """
    from .gradebook.export import export

    for line in export(folder, to, out or folder / f"export-{to}.csv", roster=roster, column=column, partial=partial):
        click.echo(line)


if __name__ == "__main__":
    main()
