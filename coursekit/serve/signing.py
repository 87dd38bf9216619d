"""Signing notebooks, so that Jupyter lets them run when opened: the course's own bytes, and those of an assignment, no others."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import reads, validate
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_notebook

from ..assignment.bundle import find_bundle
from ..assignment.notebook import notebook
from ..content.notebooks import manifest
from ..errors import BadBundle
from ..wording import say
from .strangeness import strangeness


@contextmanager
def _notary() -> Iterator[NotebookNotary]:
    """Jupyter's notary, whose database is closed again whatever happens."""
    notary = NotebookNotary()
    with closing(notary.store):
        yield notary


def try_signing() -> None:
    """Raise OSError or sqlite3.Error where Jupyter's signatures cannot be kept."""
    with _notary() as notary:
        notary.sign(new_notebook())


def trusted(path: Path) -> bool:
    """Whether Jupyter trusts a notebook: it was signed here as it is, or by Jupyter after the learner ran and saved it."""
    there = _read(path)
    with _notary() as notary:
        return there is not None and bool(notary.check_signature(there))


def sign_course(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Sign the notebooks of a folder whose bytes are the course's own.

    Returns the names signed, and for each name not signed the reason. A notebook that a learner saved in
    JupyterLab was signed by Jupyter then; it is not signed again here, and keeps that trust.
    """
    shipped = manifest()
    signed, refused = [], {}
    with _notary() as notary:
        for path in sorted(folder.glob("*.ipynb")):
            try:
                content = path.read_bytes()  # read once: what is compared is what is signed
            except OSError:
                refused[path.name] = say("sign.unreadable")
                continue
            if path.name not in shipped:
                refused[path.name] = say("sign.unknown")
            elif sha256(content).hexdigest() != shipped[path.name]:
                refused[path.name] = say("sign.changed")
            else:
                notary.sign(reads(content.decode("utf-8"), as_version=4))
                signed.append(path.name)
    return signed, refused


def sign_assignment(folder: Path) -> str:
    """Sign the notebook of the assignment in `folder`, and return its name.

    The folder may come from a stranger, and what is trusted runs: its code, and the script in an output or a text. So it is
    signed only if its code is that of the notebook made here from the bundle, and nothing else in it could run or fetch. Our
    own sentences may have changed since it was made, and a learner may have written notes into it: it stays as it is.
    Raises BadBundle where there is no such notebook, or where it is another.
    """
    bundle = find_bundle(folder)
    path = folder / f"{bundle.name}.ipynb"
    if not path.is_file():
        raise BadBundle(say("start.no_notebook", file=path.name))
    made = reads(notebook(bundle, folder), as_version=4)
    there = _read(path)  # once: what is looked at is what is signed
    with _notary() as notary:
        saved = there is not None and notary.check_signature(there)  # signed by Jupyter, when the learner had run it
        if not saved and (strange := strangeness(made, there)):
            raise BadBundle(say("start.changed", file=path.name, what=strange))
        notary.sign(there)
    return path.name


def _read(path: Path) -> Any:
    """A notebook that anybody may have written; None where the file is none, whatever is wrong with it."""
    try:
        there = reads(path.read_bytes().decode("utf-8"), as_version=4)
        validate(there)
    except Exception:  # nbformat lets through whatever its parts raise
        return None
    return there
