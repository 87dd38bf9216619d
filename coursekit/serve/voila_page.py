"""What the reading view's header says: the page's title, the units before and after, the way to the workbook."""

from pathlib import Path
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer
from tornado.web import HTTPError
from voila.exporter import VoilaMarkdownRenderer

from ..content import location, notebooks
from ..wording import language, say, section
from .signing import trusted


def page_config_hook(page_config: dict[str, Any], *, base_url: str, settings: Any, notebook_path: str, **_: Any) -> Any:
    """Voilà's hook: give the template what it shows, and have mathematics drawn by the bundled script, not a CDN."""
    folder = Path(settings["server_root_dir"]).expanduser()
    if not _may_run(folder / notebook_path):
        raise HTTPError(403, reason=say("start.not_signed"))
    config = {"fullMathjaxUrl": None, "mathjaxConfig": None, "coursekit": header(folder, notebook_path, base_url)}
    return {**page_config, **config}


def _may_run(path: Path) -> bool:
    """Whether a page may run: the reading view runs all that it shows, so that it shows only what Jupyter trusts.

    Authors read what they are writing, in the repository, before it is the course's own.
    """
    return path.resolve().is_relative_to(location.root().resolve()) or not path.is_file() or trusted(path)


def header(folder: Path, notebook_path: str, base_url: str) -> dict[str, Any]:
    """Title, previous and next unit, and the address of the same page in the workbook."""
    path = folder / notebook_path
    around = notebooks.listed(path.parent)
    place = around.index(path) if path in around else None
    before = around[place - 1] if place else None
    after = around[place + 1] if place is not None and place + 1 < len(around) else None
    title = notebooks.title_of(path) if path.is_file() else path.stem
    return head(title, previous=_link(before), next=_link(after), workbook=f"{base_url}lab/tree/{notebook_path}")


def head(title: str, **links: Any) -> dict[str, Any]:
    """What the template shows of a page: its title, its links if it has any, and the template's own words."""
    return {"title": title, "language": language(), "words": section("reading"), **links}


def _link(path: Path | None) -> dict[str, str] | None:
    return {"address": path.name, "title": notebooks.title_of(path)} if path else None


class MarkdownRenderer(VoilaMarkdownRenderer):
    """Leaves a picture's address as it is written, so that it is looked for beside the notebook.

    Voilà 0.5 looks from the server's root folder instead, and fails when the server reads files asynchronously.
    """

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """The picture as HTML."""
        return str(IPythonRenderer.image(self, text, url, title))
