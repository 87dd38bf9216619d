"""Which exercises a notebook asks, in its order: read from the notebooks, so that the order stands in one place."""

import json
import re
from functools import lru_cache
from pathlib import Path

from .notebooks import listed, unit_of

_ASKED = re.compile(r"""^\s*exercise\(\s*["']([^"']+)["']\s*\)""", re.M)


def asked(path: Path) -> list[str]:
    """The ids of the exercises that a notebook shows, in order."""
    return [*_asked(path.read_bytes())]


def plan(folder: Path) -> dict[str, list[str]]:
    """{unit: ids in order} for every notebook in a folder, in the order of their numbers."""
    return {unit_of(path): asked(path) for path in listed(folder)}


@lru_cache(maxsize=64)
def _asked(content: bytes) -> tuple[str, ...]:
    """Reading a file takes a tenth of the time that parsing takes; so what is remembered is found by content, and never stale."""
    cells = json.loads(content)["cells"]
    return tuple(id for cell in cells if cell["cell_type"] == "code" for id in _ASKED.findall("".join(cell["source"])))


def file_of(folder: Path, unit: str) -> str:
    """The file name of a unit's notebook, empty where there is none."""
    return next((path.name for path in listed(folder) if unit_of(path) == unit), "")
