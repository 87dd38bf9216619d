"""The folder of a graded class: never two runs mixed, a broken-off run goes on, the same input gives the same files."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from ..errors import BadInput
from ..wording import say

RUN = "run.json"
FORMAT = 1
_INPUTS = ("collected.json", "files.parquet", "answers.parquet", "people.csv", "matches.csv", "problems.csv")


@frozen
class Outputs:
    """Where a run writes. What is finished lies in `work` until all is, and is then moved into `folder` at one go."""

    folder: Path
    stamp: str

    @property
    def work(self) -> Path:
        """The folder of what is under way; it goes when the run is whole."""
        return self.folder / ".work"

    def open(self, force: bool) -> bool:
        """Make the folder ready; False where it holds the results of just this input already.

        Raises BadInput where it holds something else and `force` is not set. Marks of persons are never taken away.
        """
        found = read_run(self.folder)
        if found and found["stamp"] == self.stamp:
            return False
        others = [path.name for path in self.folder.iterdir() if path.name not in ("marks", ".work")] if self.folder.is_dir() else []
        going_on = self.work.is_dir()
        same = found and found["about"] == self.stamp.partition(".")[0]
        if others and not (force or going_on or same):
            raise BadInput(say("graded.holds_results", folder=self.folder, file=others[0]))
        if going_on and (self.work / "stamp").read_text(encoding="utf-8", errors="replace") != self.stamp:
            shutil.rmtree(self.work)
        self.work.mkdir(parents=True, exist_ok=True)
        (self.work / "stamp").write_text(self.stamp, encoding="utf-8")
        return True

    def publish(self, names: Iterable[str], run: dict[str, Any]) -> None:
        """Move what is finished into the folder. Without run.json, which comes last, no other step takes the folder."""
        (self.folder / RUN).unlink(missing_ok=True)
        for name in names:
            target = self.folder / name
            if target.is_dir():
                shutil.rmtree(target)
            if (self.work / name).exists():
                os.replace(self.work / name, target)
            else:
                target.unlink(missing_ok=True)
        whole = {"v": FORMAT, "stamp": self.stamp, "about": self.stamp.partition(".")[0], **run}
        write(self.folder / RUN, json.dumps(whole, indent=1, sort_keys=True) + "\n")
        shutil.rmtree(self.work)


def stamp(collected: Path, works: Iterable[str], out: Path, more: str) -> str:
    """Names an input: what was collected and the keys, then a dot, then all that may change for the same class (marks, the
    day from which feedback is due)."""
    about, rest = hashlib.sha256(), hashlib.sha256(more.encode())
    for name in _INPUTS:
        with (collected / name).open("rb") as file:
            about.update(hashlib.file_digest(file, "sha256").digest())
    for digest in works:
        about.update(digest.encode())
    for log in sorted((out / "marks").glob("*.jsonl")):
        rest.update(log.name.encode() + b"\0" + log.read_bytes())
    return f"{about.hexdigest()[:16]}.{rest.hexdigest()[:16]}"


def read_run(folder: Path) -> dict[str, Any] | None:
    """What run.json says, None where there is none that can be read."""
    try:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
        return run if isinstance(run, dict) and {"stamp", "about"} <= run.keys() else None
    except (OSError, ValueError):
        return None


def graded(folder: Path) -> dict[str, Any]:
    """run.json of a folder that `coursekit grade` finished. Raises BadInput, which says what to run first."""
    if (run := read_run(folder)) is None:
        key = "graded.broken_off" if (folder / ".work").is_dir() else "graded.none"
        raise BadInput(say(key, folder=folder))
    return run


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8", newline="\n")
    os.replace(new, path)
