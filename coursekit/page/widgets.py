"""The wire of the workbook: each part of a page as an ipywidget. The one file of the learner's side that knows widgets.

The key never leaves Python; one trait comes in (`submission`), all else is written and never read back.
"""

import base64
import io
import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, ClassVar

import anywidget
import ipywidgets
import traitlets

from ..content.question_text import as_html, as_text
from ..wording import say
from .cards import Card
from .handing_in import HandingIn
from .html import tag
from .scripts import HERE, linked, style
from .sitting import Sitting

_JS, _CSS = HERE / "js", HERE / "css"


def _beside(bundle: Any, text: str, html: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A widget's own bundle, and beside the live view a text for a page that nobody has run."""
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
    return {**data, "text/plain": text, "text/html": html}, metadata


class Shared(ipywidgets.Widget):
    """What all forms of one sort have in common. It is sent to a page once, and is not to be seen there."""

    script = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def digest(self) -> str:
        """By which a page knows that it has this script with these words already."""
        return sha256(json.dumps([self.script, self.style, self.words]).encode()).hexdigest()


class Form(anywidget.AnyWidget):
    """A form on the page. Its own script only gets what it shares with the others of its sort, which is made with the first."""

    _esm = linked(_JS / "loader.js")
    _script: ClassVar[str]
    _style: ClassVar[str]
    _of_class: ClassVar[dict[type, Shared]] = {}
    shared = traitlets.Instance(Shared).tag(sync=True, **ipywidgets.widget_serialization)
    digest = traitlets.Unicode().tag(sync=True)
    fixed = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    submission = traitlets.Dict().tag(sync=True)

    def __init__(self, fixed: dict[str, Any], state: dict[str, Any]):
        own = {name: value for name, value in fixed.items() if name != "words"}
        shared = self._shared(fixed["words"])
        super().__init__(shared=shared, digest=shared.digest(), fixed=own, state=state)
        self.observe(lambda change: self._take(change["new"]), "submission")

    @classmethod
    def _shared(cls, words: dict[str, Any]) -> Shared:
        made = cls._of_class.get(cls)
        if made is None or made.comm is None:  # none yet, or closed
            made = cls._of_class[cls] = Shared(script=cls._script, style=cls._style, words=words)
        return made

    def _take(self, submission: dict[str, Any]) -> None:
        raise NotImplementedError


class ExerciseWidget(Form):
    """An exercise on the page; on a page that nobody has run, the question as text."""

    _script = linked(_JS / "exercise.js")
    _style = style(_CSS / "exercise.css")

    def __init__(self, sitting: Sitting, after: Callable[[], None] = lambda: None):
        self._sitting, self._after = sitting, after
        super().__init__(sitting.fixed(), sitting.state())

    def _take(self, submission: dict[str, Any]) -> None:
        news = self._sitting.take(submission)
        self.state = self._sitting.state()
        if news:
            self._after()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        exercise = self._sitting.exercise
        return _beside(super()._repr_mimebundle_(**kwargs), as_text(exercise), as_html(exercise))


class ExerciseList(ipywidgets.VBox):
    """Several exercises one below the other, with a sentence that stands in for them on a page that nobody has run."""

    def __init__(self, exercises: Sequence[ExerciseWidget], about: str):
        super().__init__(list(exercises))
        self._about = about

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return _beside(super()._repr_mimebundle_(**kwargs), self._about, tag("p", self._about))


class HandInWidget(Form):
    """Handing in, on the page."""

    _script = linked(_JS / "hand_in.js")
    _style = style(_CSS / "exercise.css", _CSS / "hand_in.css")

    def __init__(self, handing_in: HandingIn):
        self._handing_in = handing_in
        super().__init__(handing_in.fixed(), handing_in.state())

    def refresh(self) -> None:
        """Show what has been saved since, and no longer what was said of an earlier hand-in."""
        self._handing_in.forget()
        self.state = self._handing_in.state()

    def _take(self, submission: dict[str, Any]) -> None:
        self._handing_in.take(submission)
        self.state = self._handing_in.state()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        text = say("handout.hand_in")
        return _beside(super()._repr_mimebundle_(**kwargs), text, tag("p", text))


class Panel(anywidget.AnyWidget):
    """Shows `html`, which comes from the course's own files and never from a learner. `unrun` stands in for it on a page
    that nobody has run."""

    _esm = """
export default {
  render({ model, el }) {
    const draw = () => { el.innerHTML = model.get("html"); };
    model.on("change:html", draw);
    draw();
    return () => model.off("change:html", draw);
  },
};
"""
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, html: str, unrun: Card):
        super().__init__(html=html)
        self._unrun = unrun

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return _beside(super()._repr_mimebundle_(**kwargs), self._unrun.text, self._unrun.html)


def chart(axes: Any, alt: str) -> Panel:
    """A matplotlib chart with the words that say what it shows.

    The picture is shown with `alt` as its alternative text and left out of the saved text, because its bytes differ
    from machine to machine. The chart is closed, so that Jupyter does not print it a second time.
    """
    from matplotlib import pyplot

    drawn = axes.get_figure()
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png", dpi=144, bbox_inches="tight", facecolor="white")
    pyplot.close(drawn)
    picture = base64.b64encode(buffer.getvalue()).decode()
    style = "max-width:100%;height:auto;border-radius:6px"
    return Panel(tag("img", src=f"data:image/png;base64,{picture}", alt=alt, style=style), Card(tag("p", alt), alt))
