"""The course's notebooks: which there are, which bytes are the course's own, and signing exactly those."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import location

MANIFEST = "manifest.json"
_NAME = re.compile(r"\d\d_[a-z0-9_]+\.ipynb")
_HEADING = re.compile(r"^# +(.+?)\s*#*$", re.MULTILINE)


def listed(folder: Path) -> list[Path]:
    """The notebooks of a folder in the order of the course; the number in the name is the order."""
    return sorted(path for path in folder.glob("*.ipynb") if _NAME.fullmatch(path.name))


def unit_of(path: Path | str) -> str:
    """The unit that a notebook belongs to: "05_cost.ipynb" is "cost", "00_start_here.ipynb" is "start-here"."""
    return Path(path).stem.partition("_")[2].replace("_", "-")


def title_of(path: Path) -> str:
    """The first heading of a notebook, or its unit in words where it has none."""
    for cell in json.loads(path.read_bytes())["cells"]:
        if cell["cell_type"] == "markdown" and (heading := _HEADING.search("".join(cell["source"]))):
            return heading[1]
    return unit_of(path).replace("-", " ").capitalize()


def digest(path: Path) -> str:
    """What stands in the manifest for a file: the SHA-256 of its bytes."""
    return sha256(path.read_bytes()).hexdigest()


def manifest() -> dict[str, str]:
    """File name and digest of every notebook of the course as shipped; empty before its author refreshed it."""
    path = location.root() / "notebooks" / MANIFEST
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def write_manifest(folder: Path) -> None:
    """Say in `folder` which bytes are the course's own (for its author, after the notebooks were refreshed)."""
    shipped = {path.name: digest(path) for path in listed(folder)}
    (folder / MANIFEST).write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")


def trusted(path: Path) -> bool:
    """Whether Jupyter trusts a notebook: it was signed here as it is, or by Jupyter after the learner ran and saved it."""
    from nbformat.sign import NotebookNotary

    notebook, notary = read(path), NotebookNotary()
    try:
        return notebook is not None and bool(notary.check_signature(notebook))
    finally:
        notary.store.close()


def read(path: Path) -> Any:
    """A notebook that anybody may have written; None where the file is none, whatever is wrong with it."""
    from nbformat import reads, validate

    try:
        notebook = reads(path.read_bytes().decode("utf-8"), as_version=4)
        validate(notebook)
    except Exception:  # nbformat lets through whatever its parts raise
        return None
    return notebook


def sign(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Sign the notebooks of a folder whose bytes are the course's own, so that Jupyter lets them run when opened.

    Returns the names signed, and for each name not signed the reason. A notebook that a learner saved in
    JupyterLab was signed by Jupyter then; it is not signed again here, and keeps that trust.
    """
    from nbformat import reads
    from nbformat.sign import NotebookNotary

    notary, shipped = NotebookNotary(), manifest()
    signed, refused = [], {}
    for path in sorted(folder.glob("*.ipynb")):
        content = path.read_bytes()  # read once: what is compared is what is signed
        if path.name not in shipped:
            refused[path.name] = "not a notebook of the course"
        elif sha256(content).hexdigest() != shipped[path.name]:
            refused[path.name] = "changed since the course shipped it"
        else:
            notary.sign(reads(content.decode("utf-8"), as_version=4))
            signed.append(path.name)
    notary.store.close()
    return signed, refused
