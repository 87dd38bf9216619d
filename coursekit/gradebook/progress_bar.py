"""How long work takes is shown: a bar on a terminal, a plain line for each step elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import click

from ..wording import say

Steps = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]  # what `steps` is, for those who show nothing too


@contextmanager
def steps(name: str, size: int) -> Iterator[Callable[[int], None]]:
    """One step of `size` parts; the value is to be called with the number of parts done since the last call."""
    label = say(f"steps.{name}")
    if not sys.stderr.isatty():
        click.echo(f"{label} …", err=True)
        yield lambda count: None
        return
    with click.progressbar(length=max(1, size), label=label, file=sys.stderr) as bar:
        yield bar.update
