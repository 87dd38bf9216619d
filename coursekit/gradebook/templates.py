"""Pages from Jinja templates, which lie beside the code that fills them: whatever is not HTML already becomes text."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ..content.markdown import html, visible
from ..wording import language, say

# Of a page that is a file: it runs nothing, fetches nothing, sends nothing, and its styles stand in it.
POLICY = Markup("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")


def template(name: str) -> Template:
    """The template in a file, named from this folder. It knows `say`, `language`, `markdown` (of what an author wrote) and `policy`."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        auto_reload=False,
    )
    made.globals.update(say=say, language=language, markdown=html, policy=POLICY)
    return made


def _shown(value: Any) -> Any:
    """A sign that no page can show is a �."""
    return visible(value) if type(value) is str else value
