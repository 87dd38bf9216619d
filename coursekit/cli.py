"""The table of commands; no logic. Exit status: 0 done, 1 a problem in content or data, 2 wrong usage."""

import json
import sys
from pathlib import Path

import click

from . import __version__
from .errors import CoursekitError
from .wording import say


_TEACH = ("duckdb", "pyarrow", "sklearn")  # what the extra `teach` brings


class _Group(click.Group):
    """Says errors of the course in one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CoursekitError as error:
            raise click.ClickException(str(error)) from None
        except ModuleNotFoundError as error:
            if error.name and error.name.partition(".")[0] in _TEACH:
                raise click.ClickException(say("cli.teach", name=error.name)) from None
            raise


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

    The notebooks are put into FOLDER the first time; your answers are kept in FOLDER/my-work.

    \b
    Example: coursekit start my-course
    """
    from .server import start

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
    from . import course
    from .lint import lint
    from .overlap import overlaps

    root = folder or course.root()
    problems = lint(root) + (overlaps(root, compare) if compare else [])
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


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
    from . import course
    from .checking import as_lines, check

    library_folder = exercises or course.root() / "exercises"
    given = check(library_folder, exercise, sys.stdin.buffer.read().decode("utf-8", "surrogateescape") if answer == "-" else answer)
    if as_json:
        from attrs import asdict

        click.echo(json.dumps(asdict(given), ensure_ascii=False, indent=2))
    else:
        click.echo(as_lines(given))


@main.command()
def refresh() -> None:
    """Run every notebook of the course again and save it as learners get it (for authors).

    \b
    Example: coursekit refresh
    """
    from . import course
    from .refresh import refresh

    refresh(course.root() / "notebooks")


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--assignment", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The assignment's file.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder for grades, feedback and problems.")
@click.option("--keys", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The file of an earlier version.")
@click.option("--memory", default="2GB", show_default=True, help="The most that the database may take.")
@click.option("--force", is_flag=True, help="Replace the results of another class in OUT. Marks are kept.")
@click.option("--no-feedback", is_flag=True, help="Write no page for each learner.")
def grade(folder: Path, assignment: Path, out: Path, keys: tuple[Path, ...], memory: str, force: bool, no_feedback: bool) -> None:
    """Grade what was collected in FOLDER: grades.csv, a feedback page for each learner, problems.csv, summary.md.

    Exit status 1 where something could not be read; that is never a zero. Run it again after marking.

    \b
    Example: coursekit grade collected --assignment exercises/assignments/weekly-quiz.toml --out graded
    """
    from datetime import UTC, datetime

    from .gradebook.grade import grade
    from .gradebook.steps import steps

    result = grade(
        folder, assignment, out, datetime.now(UTC), steps, keys=keys, memory=memory, force=force, feedback=not no_feedback
    )
    click.echo((out / "summary.md").read_text(encoding="utf-8"), nl=False)
    sys.exit(0 if result.ok else 1)


if __name__ == "__main__":
    main()
