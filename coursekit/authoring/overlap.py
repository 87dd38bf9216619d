"""Whether the course repeats somebody else's sentences: runs of eight words shared with a folder of texts."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..content.library import Problem
from ..wording import rule_and_cure
from .lint.notebooks import as_json

RUN = 8  # words in a row; shorter runs are shared by chance
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def overlaps(root: Path, others: Path) -> list[Problem]:
    """One problem for each file of the course in `root` that shares a run with a .txt or .md file under `others`."""
    known: dict[tuple[str, ...], str] = {}
    for path in sorted(p for p in others.rglob("*") if p.suffix in (".txt", ".md")):
        for run in _runs(path.read_text(encoding="utf-8", errors="replace")):
            known.setdefault(run, path.name)
    found = []
    for path in sorted([*(root / "exercises").rglob("*.toml"), *(root / "notebooks").glob("*.ipynb")]):
        shared = [run for text in _texts(path) for run in _runs(text) if run in known]
        if shared:
            told = rule_and_cure("overlap", n=len(shared), words=RUN, file=known[shared[0]], run=" ".join(shared[0]))
            found.append(Problem(path.relative_to(root).as_posix(), "", *told))
    return found


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _texts(path: Path) -> Iterator[str]:
    """What an author wrote in a file: each text of an exercise file, each Markdown cell of a notebook. Lint tells of a damaged one."""
    if path.suffix == ".ipynb":
        cells = (as_json(path) or {"cells": []})["cells"]
        return ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    try:
        return _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValueError, RecursionError):
        return iter(())


def _strings(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict | list):
        for value in raw.values() if isinstance(raw, dict) else raw:
            yield from _strings(value)
