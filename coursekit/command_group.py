"""Commands whose help, errors and click's own words are sentences of the course, in its language."""

import errno
import gettext
import os
from collections.abc import Sequence
from typing import Any

import click

from .errors import CoursekitError
from .wording import ENGLISH, LANGUAGES, language, say, section

_TEACH = ("duckdb", "pyarrow", "sklearn")  # what the extra `teach` brings
_CLICK = LANGUAGES / "click"  # catalogues as gettext looks for them (authoring/translation.py)


class Command(click.Command):
    """A command whose help, and that of its options, stands in text/commands.toml; `examples` show how it is called."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **more: Any):
        super().__init__(*args, **more)
        self.examples = examples

    def explain(self) -> None:
        """Look its help up. That is done when somebody asks, so that nothing waits for it when this file is imported."""
        words = section("command")[self.name or ""]
        lines = "\n".join(["\b", *(say("cli.example", command=one) for one in self.examples)])
        self.help = "\n\n".join([words["help"], *filter(None, [words.get("more")]), lines])
        _explain_options(self, words)


class Group(click.Group):
    """The table. Says errors of the course in one line, without a traceback."""

    command_class = Command

    def main(self, *args: Any, **more: Any) -> Any:
        """What click does, in the language of the course."""
        _lend_words_to_click()
        return super().main(*args, **more)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, with its help."""
        found = super().get_command(ctx, cmd_name)
        if isinstance(found, Command):
            found.explain()
        return found

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the whole."""
        words = section("command")["coursekit"]
        self.help = "\n\n".join([words["help"], "\n".join(["\b", words["start"], words["lint"]])])
        _explain_options(self, words)
        super().format_help(ctx, formatter)

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


def _explain_options(command: click.Command, words: dict[str, str]) -> None:
    for one in command.params:
        if isinstance(one, click.Option):
            one.help = words[one.name or ""]


def _lend_words_to_click() -> None:
    """click takes its own words ("Usage:") from gettext's default domain, in the language that the environment names."""
    if language() != ENGLISH:
        os.environ["LANGUAGE"] = language()
        gettext.bindtextdomain("click", str(_CLICK))
        gettext.textdomain("click")


class _NothingWritten(click.ClickException):
    exit_code = 2


def _in_words(error: OSError) -> str:
    """What the system refused, for what no part of the package says better."""
    why = error.strerror or str(error)
    return say("cli.refused", place=error.filename, error=why) if error.filename else say("cli.refused_somewhere", error=why)
