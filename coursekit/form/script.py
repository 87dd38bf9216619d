"""The scripts and styles of the widgets: what they share stands before what each has of its own, as a widget is one file."""

from pathlib import Path

_HERE = Path(__file__).parent


def script(name: str) -> str:
    """The JavaScript of a widget: "form" or "handin"."""
    return _read("drawing.js") + "\n" + _read(f"{name}.js")


def style(*names: str) -> str:
    """The style sheets of those names, one after the other."""
    return "\n".join(_read(f"{name}.css") for name in names)


def _read(file: str) -> str:
    return (_HERE / file).read_text(encoding="utf-8")
