"""The marking page: one widget over a session. The page asks for an act and shows what came of it; it decides nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ...page.scripts import linked, style
from .marker import Marker
from .marking_session import MarkingSession
from .view import About, view

_HERE = Path(__file__).parent


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Marking(anywidget.AnyWidget):
    """The page. `act` is the only input; `view` is written and never read back."""

    _esm = linked(_HERE / "js" / "marking.js")
    _css = style(_HERE / "marking.css")
    view = traitlets.Dict().tag(sync=True)
    act = traitlets.Dict().tag(sync=True)

    def __init__(self, session: MarkingSession, about: About):
        self._session, self._about = session, about
        super().__init__(view={"n": 0, **view(session, about)})
        self.observe(self._take, "act")

    def _take(self, change: Any) -> None:
        asked = change["new"]
        if self._session.unit is not None:
            self._session.take(asked)
        self.view = {"n": asked.get("n", 0), **view(self._session, self._about)}


def page(clock: Callable[[], datetime] = now) -> Marking:
    """The page of the session that `coursekit mark` started this server for."""
    marker = Marker.from_environment()
    return Marking(*marker.open(clock))
