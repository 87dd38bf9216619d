"""Rules about law: an Act holds somewhere, and as of a day."""

import re
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library, Problem
from ...content.notebooks import listed
from ...wording import rule_and_cure
from .notebooks import as_json

_ACT = re.compile(r"\b(?:[A-Z]\w+ )+Act (?:of )?\d{4}\b|\bsection \d+[A-Z]?\b")
_YEAR = re.compile(r"\b20[2-9]\d\b")


def law(root: Path, library: Library) -> Iterator[Problem]:
    """Whoever names an Act says where it holds, as of when, and to check locally."""
    texts = [(f"exercises/cases/{case.name}.toml", case.setting) for case in library.cases.values()]
    texts += [(one.file, f"{one.prompt} {one.explanation} {' '.join(why for _, why, _ in one.reasons())}") for one in library.values()]
    for path in listed(root / "notebooks"):
        cells = (as_json(path) or {"cells": []})["cells"]
        texts += [(f"notebooks/{path.name}", "".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown"]
    for file, text in texts:
        if (act := _ACT.search(text)) and not ("check locally" in text.lower() and _YEAR.search(text)):
            yield Problem(file, "", *rule_and_cure("lint.act", act=act[0]))


RULES = (law,)
