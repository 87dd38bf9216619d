"""The form: one ipywidget per exercise. The key never leaves Python; one trait comes in, all else is recomputed."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any

import anywidget
import ipywidgets
import traitlets

from ..content.question_text import as_html, as_text
from ..model.exercise import Exercise
from ..record.attempts import Log
from .assets import script, style
from .sitting import Sitting


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Form(anywidget.AnyWidget):
    """An exercise on the page. `submission` is the only input; `form` and `state` are written, never read back."""

    _esm = script("exercise")
    _css = style("exercise")
    form = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    submission = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise: Exercise, log: Log | None = None, clock: Callable[[], datetime] = now):
        self._sitting = Sitting(exercise, log or Log(), clock)
        self._after: list[Callable[[], None]] = []
        super().__init__(form=self._sitting.form(), state=self._sitting.state())
        self.observe(self._take, "submission")

    def after(self, call: Callable[[], None]) -> None:
        """Call this after each act of the learner: a progress panel on the same page keeps up."""
        self._after.append(call)

    def _take(self, change: Any) -> None:
        self._sitting.take(change["new"])
        self.state = self._sitting.state()
        for call in self._after:
            call()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live widget, and beside it the question as text for a page that nobody has run."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        exercise = self._sitting.exercise
        return {**data, "text/plain": as_text(exercise), "text/html": as_html(exercise)}, metadata


class Forms(ipywidgets.VBox):
    """Several forms one below the other, with a sentence that stands in for them on a page that nobody has run."""

    def __init__(self, forms: list[Form], about: str):
        super().__init__(forms)
        self._about = about

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/plain": self._about, "text/html": f"<p>{escape(self._about)}</p>"}, metadata
