"""The folder of a graded class: never two runs mixed, a broken-off run goes on, the same input gives the same files."""

import csv
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import frozen

from ... import files
from ...content.location import course_version
from ...errors import BadInput
from ...file_names import reserved
from ...wording import say
from ..assignment import Work, from_json
from ..collect.collected_folder import FILES

RUN = "run.json"
FORMAT = 2  # of what a run writes; a folder of another one is graded again
LONGEST = 100  # characters of a page's name; with the folders before it Windows allows 260
_SHAPES = {"stamp": str, "about": str, "files": list, "statuses": dict, "problems": int, "notices": int, "rows": dict}
_SPOILT = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, ExceptionGroup)  # pyarrow's are among them


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
        found, begun = read_run(self.folder), self._begun()
        if found and found["stamp"] == self.stamp and all((self.folder / name).exists() for name in found["files"]):
            shutil.rmtree(self.work, ignore_errors=True)  # what a run left that was ended after its last word
            return False
        others = sorted(path.name for path in self.folder.iterdir() if path.name not in ("marks", ".work")) if self.folder.is_dir() else []
        same = self.about in (found["about"] if found else "", begun.partition(".")[0])
        if others and not (force or same):
            raise BadInput(say("graded.holds_results", folder=self.folder, file=others[0]))
        if begun != self.stamp and self.work.is_dir():
            shutil.rmtree(self.work)
        self.work.mkdir(parents=True, exist_ok=True)
        for path in self.work.rglob("*"):
            if files.leftover(path.name):
                path.unlink()
        files.write(self.work / "stamp", self.stamp)
        return True

    @property
    def about(self) -> str:
        """Which class it is, whatever was marked since."""
        return self.stamp.partition(".")[0]

    def _begun(self) -> str:
        """The stamp of a run that was broken off, empty where there is none."""
        try:
            return (self.work / "stamp").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def publish(self, names: Iterable[str], run: dict[str, Any]) -> None:
        """Move what is finished into the folder. Without run.json, which comes last, no other step takes the folder."""
        (self.folder / RUN).unlink(missing_ok=True)
        made = [name for name in names if (self.work / name).exists()]
        for name in names:
            target = self.folder / name
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)
            if name in made:
                files.place(self.work / name, target)
        rows = {name: _rows(self.folder / name) for name in made if name.endswith(".csv")}
        whole = {"v": FORMAT, "stamp": self.stamp, "about": self.about, "files": made, "rows": rows, **run}
        files.write(self.folder / RUN, json.dumps(whole, indent=1, sort_keys=True) + "\n")
        shutil.rmtree(self.work)


def stamp(collected: Path, works: Iterable[str], out: Path, more: str) -> str:
    """Names an input: what was collected and the keys, then a dot, then all that may change for the same class (marks, the
    version of coursekit and of what it writes, and `more`)."""
    about, rest = hashlib.sha256(), hashlib.sha256(f"{FORMAT} {course_version()} {more}".encode())
    for name in FILES:
        with (collected / name).open("rb") as file:
            about.update(hashlib.file_digest(file, "sha256").digest())
    for digest in works:
        about.update(digest.encode())
    for log in sorted((out / "marks").glob("*.jsonl")):
        rest.update(log.name.encode() + b"\0" + (log.read_bytes() if log.is_file() else b""))
    return f"{about.hexdigest()[:16]}.{rest.hexdigest()[:16]}"


def read_run(folder: Path) -> dict[str, Any] | None:
    """What run.json says, None where there is none that can be read."""
    try:
        run = {"files": [], "statuses": {}, "problems": 0, "notices": 0, "rows": {}, **json.loads((folder / RUN).read_bytes())}
        return run if all(isinstance(run[key], shape) for key, shape in _SHAPES.items()) and _texts(run["files"]) else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _rows(file: Path) -> int:
    """How many rows a table has, below its header."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        return sum(1 for row in csv.reader(text) if row) - 1


def _texts(values: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Raise BadInput, which names the file and the next step, where it is not as `grade` wrote it."""
    try:
        yield
    except _SPOILT as error:
        raise BadInput(say("graded.spoilt", file=file, error=(str(error).splitlines() or [type(error).__name__])[0][:200])) from None


def assigned(folder: Path) -> Work:
    """The work that a folder was graded with. Raises BadInput where `coursekit grade` has not finished there."""
    graded(folder)
    with reading(folder / "assignment.json"):
        return from_json((folder / "assignment.json").read_text(encoding="utf-8"), folder)


def graded(folder: Path) -> dict[str, Any]:
    """run.json of a folder that `coursekit grade` finished. Raises BadInput, which says what to run first."""
    if (run := read_run(folder)) is None:
        key = "graded.broken_off" if (folder / ".work").is_dir() else "graded.none"
        raise BadInput(say(key, folder=folder))
    return run


def file_names(people: Iterable[str]) -> dict[str, str]:
    """{learner's id: the name of their page}, such as "4711.html"; no id leaves the folder, and no two get one name.

    Whatever a file system could take otherwise is written as %xx. An id that Windows keeps for itself, that is too long, or
    that differs from another only in upper and lower case gets a part of its digest behind it.
    """
    stems = {person: quote(person, safe=" @+,=", errors="surrogatepass").replace(".", "%2E").replace("~", "%7E") for person in people}
    alike = Counter(stem.casefold() for stem in stems.values())
    names = {}
    for person, stem in stems.items():
        if alike[stem.casefold()] > 1 or len(stem) > LONGEST or not stem.strip() or reserved(stem):
            stem = f"{stem[:LONGEST]}~{hashlib.sha256(person.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
        names[person] = f"{stem}.html"
    return names
