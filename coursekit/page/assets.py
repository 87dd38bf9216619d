"""The scripts and styles of the widgets: what they share stands before what each has of its own, as a widget is one file."""

from pathlib import Path

_HERE = Path(__file__).parent


def script(name: str) -> str:
    """The JavaScript of a widget: "exercise" or "hand_in"."""
    return _read("js/dom.js") + "\n" + _read(f"js/{name}.js")


def style(*names: str) -> str:
    """The style sheets of those names, one after the other."""
    return "\n".join(_read(f"css/{name}.css") for name in names)


def _read(file: str) -> str:
    return (_HERE / file).read_text(encoding="utf-8")
