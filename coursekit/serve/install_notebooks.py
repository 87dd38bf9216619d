"""Bringing the course into a learner's folder, and newer versions of it without taking anything the learner wrote."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

from ..content.notebooks import MANIFEST, digest
from ..files import write
from ..record.home import FOLDER

RECORD = ".coursekit.json"


def deliver(course: Path, folder: Path, today: date) -> list[str]:
    """Copy the notebooks of `course` into `folder`/notebooks; return one line for each file of the learner's kept aside.

    What was delivered is remembered in `folder`/.coursekit.json. A file that the learner has not changed is replaced
    by the course's newer one. A changed one stays as long as the course's own has not changed either.
    """
    record = folder / RECORD
    known = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    said = []
    for name in _shipped(course):
        source, target = course / name, folder / name
        if target.is_file() and _same(source, target, known.get(name)):
            continue
        if target.is_file() and not _untouched(target, known.get(name)):
            said.append(_keep_aside(target, today))
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, source.read_bytes())
        known[name] = _marks(source)
    write(record, json.dumps(known, indent=1, sort_keys=True) + "\n")
    return said


def _shipped(course: Path) -> list[str]:
    """The files of `course`/notebooks, with images and data, named from `course`."""
    files = (path for path in sorted((course / "notebooks").rglob("*")) if path.is_file())
    names = (path.relative_to(course) for path in files if path.name != MANIFEST)
    return [str(name) for name in names if not {".ipynb_checkpoints", FOLDER} & set(name.parts)]


def _same(source: Path, target: Path, known: dict[str, str] | None) -> bool:
    """Whether there is nothing newer than what lies at `target`."""
    shipped = digest(source)
    return shipped == digest(target) or (known is not None and known["bytes"] == shipped)


def _untouched(target: Path, known: dict[str, str] | None) -> bool:
    """Whether the learner changed nothing: a page that was only run has other outputs and the same text."""
    return known is not None and (digest(target) == known["bytes"] or _marks(target)["text"] == known["text"])


def _marks(path: Path) -> dict[str, str]:
    return {"bytes": digest(path), "text": _digest_of_text(path)}


def _digest_of_text(path: Path) -> str:
    """The digest of what a person wrote in a notebook; of the bytes where it is not one, or cannot be read."""
    if path.suffix != ".ipynb":
        return digest(path)
    try:
        cells = json.loads(path.read_bytes())["cells"]
        text = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in cells])
    except (ValueError, KeyError, TypeError):
        return digest(path)
    return sha256(text.encode()).hexdigest()


def _keep_aside(target: Path, today: date) -> str:
    aside = target.with_name(f"{target.stem} (yours, {today}){target.suffix}")
    number = 2
    while aside.exists():
        aside = target.with_name(f"{target.stem} (yours, {today}, {number}){target.suffix}")
        number += 1
    target.rename(aside)
    return f"{target.name} is new in this version of the course; what you changed is kept as “{aside.name}”."
