"""The folder `stats` of a graded class: tables, a page to read or print, and a notebook to go on from."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pandas as pd
from attrs import asdict

from ...errors import NotWritten
from ...files import folder_beside
from ...files import write as write_file
from ...wording import say
from ..csv_files import write_csv
from .all_tables import Figures, figures
from .item_statistics import read_results
from .report import report_page

NOTEBOOK = "gradebook.ipynb"
_QUOTED = re.compile(r'"(stats\.notebook\.\w+)"')


def write(folder: Path) -> list[str]:
    """Write `folder`/stats from a graded folder; return lines for the person at the terminal. Raises BadInput
    where the folder is none, NotWritten where it cannot be written.

    The same class gives the same bytes. A notebook that somebody changed stays.
    """
    found = figures(read_results(folder))
    stats = folder / "stats"
    try:
        tables, page = _tables(found), report_page(found)
        with folder_beside(stats) as part:
            for name, frame in tables.items():
                write_csv(part / f"{name}.csv", list(frame.columns), _plain(frame).itertuples(index=False, name=None))
            write_file(part / "report.html", page)
            kept = _notebook(stats / NOTEBOOK, part)
    except OSError as error:
        raise NotWritten(say("sheet.not_written", file=stats, error=error.strerror)) from None
    told = [f"{one.number}. {one.exercise}: {one.sentence}" for one in found.flags.itertuples()]
    return [*told, *kept, say("stats.wrote", folder=stats, n=len(tables))]


def _tables(found: Figures) -> dict[str, pd.DataFrame]:
    """{file name without its ending: table}."""
    whole = [(name, value) for name, value in asdict(found.overall).items()]
    reliability = pd.DataFrame([("all learners", found.learners), *whole, ("points", found.most)], columns=["figure", "value"])
    names = ("items", "distractors", "flags", "objectives", "misconceptions", "calibration", "totals", "agreement")
    return {**{name: getattr(found, name) for name in names}, "reliability": reliability}


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells as a spreadsheet wants them: six decimals, yes and no, nothing where there is no figure."""
    rounded = frame.apply(lambda column: column.round(6) if column.dtype.kind == "f" else column).astype(object)
    return rounded.where(frame.notna(), None).map(lambda cell: {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else cell)


def _notebook(path: Path, part: Path) -> list[str]:
    """Put the notebook into `part`, unless the one at `path` was changed; return a line that says so."""
    made = _made()
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != made:
        return [say("stats.kept", file=path)]
    write_file(part / path.name, made)
    return []


def _made() -> str:
    """The notebook with its texts, of which the file has the keys: of a whole cell, or in quotes as a text of the code."""
    notebook = json.loads((files(__package__) / NOTEBOOK).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        said = (
            say(source) if cell["cell_type"] == "markdown" else _QUOTED.sub(lambda key: json.dumps(say(key[1]), ensure_ascii=False), source)
        )
        cell["source"] = said.splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
