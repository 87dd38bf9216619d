"""A panel: HTML made in Python, live on the page, with a plain text for a page that nobody has run."""

import base64
import io
from html import escape
from typing import Any

import anywidget
import traitlets

_ESM = """
export default {
  render({ model, el }) {
    const draw = () => { el.innerHTML = model.get("html"); };
    model.on("change:html", draw);
    draw();
    return () => model.off("change:html", draw);
  },
};
"""


class Panel(anywidget.AnyWidget):
    """Shows `html`, which comes from the course's own files and never from a learner. `text` stands in for it."""

    _esm = _ESM
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, html: str, text: str, static: str | None = None):
        super().__init__(html=html)
        self._static = {"text/plain": text, "text/html": html if static is None else static}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, **self._static}, metadata


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
    image = f'<img src="data:image/png;base64,{picture}" alt="{escape(alt)}" style="max-width:100%;height:auto;border-radius:6px">'
    return Panel(image, alt, f"<p>{escape(alt)}</p>")
