"""The marking page: one widget over a desk. The page asks for an act and shows what came of it; it decides nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .marker import Session
from .marking_session import Desk
from .view import About, view

_HERE = Path(__file__).parent


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Marking(anywidget.AnyWidget):
    """The page. `act` is the only input; `view` is written and never read back."""

    _esm = _HERE / "marking.js"
    _css = _HERE / "marking.css"
    view = traitlets.Dict().tag(sync=True)
    act = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk, about: About):
        self._desk, self._about = desk, about
        super().__init__(view={"n": 0, **view(desk, about)})
        self.observe(self._take, "act")

    def _take(self, change: Any) -> None:
        asked = change["new"]
        if self._desk.unit is not None:
            self._desk.take(asked)
        self.view = {"n": asked.get("n", 0), **view(self._desk, self._about)}


def page(clock: Callable[[], datetime] = now) -> Marking:
    """The page of the session that `coursekit mark` started this server for."""
    session = Session.from_environment()
    return Marking(*session.open(clock))
