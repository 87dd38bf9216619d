"""Bringing the course into a learner's folder, and newer versions of it without taking anything the learner wrote."""

import json
from contextlib import ExitStack
from datetime import date
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any

from ..content.notebooks import MANIFEST, digest
from ..files import beside, sync
from ..record.home import FOLDER
from ..wording import say

RECORD = ".coursekit.json"
Marks = dict[str, str]  # what tells one version of a file: the digest of its "bytes", and of its "text" without outputs
Record = dict[str, list[Marks]]  # each version that was brought into a folder, the newest last, by the name of the file


def deliver(course: Path, folder: Path, today: date) -> list[str]:
    """Copy the notebooks of `course` into `folder`/notebooks; return one line for each file of the learner's kept aside.

    Every version that was ever brought is remembered in `folder`/.coursekit.json. A file that the learner has not changed is
    replaced by the course's newer one. A changed one stays as long as the course's own has not changed either.
    Broken off at any step, it is begun again: all is written before anything is moved, and a version is in the record before it
    is in the folder. Raises OSError.
    """
    before, said = _read(folder / RECORD, today)
    names = shipped(course)
    record = before | {name: _with(before.get(name, []), _marks(course / name)) for name in names}
    news = [name for name in names if not _stays(folder / name, record[name], brought=record[name] == before.get(name))]
    if not news and record == before:
        return said
    texts = {name: (course / name).read_bytes() for name in news}
    texts[RECORD] = json.dumps(record, indent=1, sort_keys=True).encode() + b"\n"
    with ExitStack() as ready:  # what comes last takes its place first: the record
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            written = ready.enter_context(beside(folder / name))
            written.write_bytes(text)
            sync([written])  # a full disk says so here, before anything is moved
        said += [_keep_aside(folder / name, today) for name in news if not _ours(folder / name, record[name])]
    return said


def shipped(course: Path) -> list[str]:
    """The files of `course`/notebooks, with images and data, named from `course` in the way of POSIX."""
    files = (path for path in sorted((course / "notebooks").rglob("*")) if path.is_file())
    names = (path.relative_to(course) for path in files if path.name != MANIFEST)
    return [name.as_posix() for name in names if not {".ipynb_checkpoints", FOLDER} & set(name.parts)]


def _stays(target: Path, versions: list[Marks], brought: bool) -> bool:
    """Whether what lies at `target` is left alone: the newest version, or where that was `brought` before, what became of it."""
    if not target.is_file():
        return False
    *older, newest = versions
    there = _marks(target)
    if there["bytes"] == newest["bytes"]:
        return True
    if not brought or there["bytes"] in [one["bytes"] for one in older]:  # bringing the newest was broken off
        return False
    return there["text"] == newest["text"] or there["text"] not in [one["text"] for one in older]


def _ours(target: Path, versions: list[Marks]) -> bool:
    """Whether nothing of the learner's lies there: a page that was only run has other outputs and the same text."""
    if not target.exists():
        return True
    there = _marks(target) if target.is_file() else {}
    return any(there.get(key) == one[key] for one in versions for key in ("bytes", "text"))


def _with(versions: list[Marks], newest: Marks) -> list[Marks]:
    return [*(one for one in versions if one != newest), newest]


def _marks(path: Path) -> Marks:
    return {"bytes": digest(path), "text": _digest_of_text(path)}


def _digest_of_text(path: Path) -> str:
    """The digest of what a person wrote in a notebook; of the bytes where it is not one, or cannot be read."""
    if path.suffix != ".ipynb":
        return digest(path)
    try:
        cells = json.loads(path.read_bytes())["cells"]
        text = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in cells])
    except (ValueError, KeyError, TypeError, RecursionError):
        return digest(path)
    return sha256(text.encode()).hexdigest()


def _read(path: Path, today: date) -> tuple[Record, list[str]]:
    """The record, and a sentence where it could not be read: it is put aside then, and what equals the course's own is known."""
    try:
        if path.is_dir():
            raise ValueError
        found = json.loads(path.read_bytes()) if path.exists() else {}
        return {name.replace("\\", "/"): _versions(value) for name, value in found.items()}, []
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, [say("install.damaged", file=path.name, aside=_aside(path, "damaged", today).name)]


def _versions(value: Any) -> list[Marks]:
    """Those of one file; an older coursekit kept one, the newest. Raises TypeError, KeyError."""
    marks = [{key: one[key] for key in ("bytes", "text")} for one in (value if isinstance(value, list) else [value])]
    if not (marks and all(isinstance(text, str) for one in marks for text in one.values())):
        raise TypeError
    return marks


def _keep_aside(target: Path, today: date) -> str:
    return say("install.new", file=target.name, aside=_aside(target, "yours", today).name)


def _aside(path: Path, why: str, today: date) -> Path:
    """Rename a file to a name that says why ("yours" or "damaged"), and which nothing has yet."""
    first = say(f"install.file_{why}", name=path.stem, date=today)
    again = (say(f"install.file_{why}_again", name=path.stem, date=today, number=number) for number in count(2))
    places = (path.with_name(name + path.suffix) for name in chain([first], again))
    return path.rename(next(place for place in places if not place.exists()))
