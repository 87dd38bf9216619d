"""Giving out an assignment: a folder for the learners with its questions, and without anything that says what is right.

What is written follows from public data alone: two assignments that differ in a key, a reason or an author's id only are
released as the same bytes. That goes for the digest too. One over the keys would be an oracle: whoever knows all of an
exercise but its key could try the few there are until the digest fits.
Left out on purpose are the criteria of a rubric: in this bank they name the facts looked for ("2 May, 3 May, 21 June").
What learners are to know of the marking belongs into the prompt.
"""

import json
from collections import Counter
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..assignment.bundle import SUFFIX, find_bundle
from ..assignment.bundle_fields import FILE, FORMAT
from ..assignment.notebook import notebook, readme, when
from ..assignment.submission import LONGEST_NAME, file_name
from ..content.location import course_version
from ..errors import BadInput, NotWritten
from ..file_names import can_be_held, folded
from ..files import folder_beside, write
from ..formats import listed
from ..model.exercise import Exercise
from ..wording import say
from .assignment import Item, Work, read_assignment
from .masking import mask


def give_out(assignment: Path, out: Path, force: bool = False) -> list[str]:
    """Release the assignment in a file; return what was done, a line each. Raises BadAssignment and BadInput."""
    work = read_assignment(assignment)
    files = release(work, out, force)
    about = work.assignment
    done = say("release.done", title=about.title, n=len(about.item), due=when(about.due))
    return [done, *(f"  {file}" for file in files), say("release.keys", file=assignment.name)]


def release(work: Work, out: Path, force: bool = False) -> list[Path]:
    """Write `out`/NAME with notebook, bundle, README.txt and materials; return the files, the notebook first.

    Raises BadInput where the folder holds something already (`force` replaces what an earlier release wrote, and nothing
    else) and where `refuse_unfit` does, NotWritten where it cannot be written; on a full disk nothing of it is there then.
    """
    refuse_unfit(work)
    folder = out / work.assignment.name
    files = _files(work)
    _check(folder, files, force)
    try:
        with folder_beside(folder) as part:
            for name, content in files.items():
                write(part / name, content)
            made = find_bundle(part)  # as a learner's coursekit reads it
            write(part / f"{made.name}.ipynb", notebook(made, part))
            write(part / "README.txt", readme(made))
    except OSError as error:
        raise NotWritten(say("release.not_written", folder=folder, error=error.strerror)) from None
    return [folder / name for name in (f"{made.name}.ipynb", *files, "README.txt")]


def refuse_unfit(work: Work) -> None:
    """Raises BadInput where a name would not do as the name of a file, or a question would show its answer.

    The order in which lines are to be brought into another follows from the file alone, so that a release tells nothing of the
    key but that no more than half of the pairs are right.
    """
    name, materials = work.assignment.name, [Path(one.file).name for one in work.assignment.material]
    alike = Counter(map(folded, materials))
    bad = [one for one in (name, *materials) if not (FILE.fullmatch(one) and can_be_held(one)) or alike[folded(one)] > 1]
    if bad or not can_be_held(file_name("x" * LONGEST_NAME, name)):
        raise BadInput(say("release.bad_name", names=listed(dict.fromkeys(bad or [name]))))
    if shown := [id for id, one in work.exercises.items() if one.as_asked() != one]:
        raise BadInput(say("release.shown", exercises=listed(shown)))


def bundle(work: Work) -> dict[str, Any]:
    """The bundle as JSON: what a learner may know, and no more."""
    one = work.assignment
    whole = {
        "v": FORMAT,
        "name": one.name,
        "title": one.title,
        "about": one.about,
        "due": one.due.isoformat(),
        "minutes": one.minutes,
        "points": float(one.points),
        "pass_percent": _number(one.pass_percent),
        "late_rule": one.late.rule,
        "late_percent": float(one.late.percent),
        "late_until": _time(one.late.until),
        "feedback": one.feedback.show,
        "feedback_after": _time(one.feedback.after),
        "course": course_version(),
        "shuffle": one.shuffle,
        "count": one.attempts.count,
        "most": one.attempts.most,
        "material": [{"title": each.title, "file": Path(each.file).name} for each in one.material],
        "questions": [_question(item, work.exercises[item.exercise], one.confidence) for item in one.item],
    }
    return {**whole, "digest": sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]}


def _question(item: Item, exercise: Exercise, confidence: bool) -> dict[str, Any]:
    masked = mask(exercise)
    return {
        "exercise": item.exercise,
        "of": masked.of,
        "confidence": confidence and not exercise.drafts,  # a text is neither right nor wrong, so nobody can be sure of it
        "points": float(item.points),
        "private": exercise.role == "journal" or exercise.private,
        "public": masked.public,
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _files(work: Work) -> dict[str, bytes]:
    """The bundle and the materials, by the name of the file."""
    name = work.assignment.name
    materials = [work.folder / one.file for one in work.assignment.material]
    text = json.dumps(bundle(work), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {name + SUFFIX: text.encode(), **{path.name: path.read_bytes() for path in materials}}


def _check(folder: Path, files: dict[str, bytes], force: bool) -> None:
    """A folder is given out whole, so that nothing else may lie in it."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(say("release.no_folder", folder=folder))
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    own = {*files, f"{folder.name}.ipynb", "README.txt"}
    if strangers := sorted(there - own):
        raise BadInput(say("release.not_empty", folder=folder, files=listed(strangers[:5])))
    if there and not force:
        raise BadInput(say("release.there", folder=folder))
