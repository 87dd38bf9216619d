"""Blind checks of content: what a reader is given, and how their answers agree with the key.

    python benchmarks/blind.py page 05_cost > page.txt          the page as a reader sees it: text, cards, closed questions
    python benchmarks/blind.py options 05_cost > options.txt    the options alone, without any stem, shuffled
    python benchmarks/blind.py score 05_cost answers.json       agreement with the key, by exercise (mean score, 0 to 1)

A test form (form-a) or an assignment (weekly-quiz) stands in for a notebook where its items are to be read.

`answers.json` is {exercise id: raw answer}. A reader who has read the page should reach .95; one who has seen the
options alone should stay within ten points of chance.
"""

import json
import random
import sys
from pathlib import Path

import coursekit
from coursekit.content import location
from coursekit.content.notebook_order import asked
from coursekit.gradebook.assignment import read_assignment
from coursekit.record.forms import items

CLOSED = ("single-choice", "multiple-choice", "ordering", "sorting", "number", "highlight")
CHOICES = ("single-choice", "multiple-choice")


def page(path: Path, library) -> str:
    """The notebook's prose, case cards and questions in order, with ids for the closed ones; no key, hint or reason."""
    parts = []
    for cell in json.loads(path.read_text())["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
        elif source.startswith("exercise("):
            parts.append(question(library[source.split('"')[1]]))
        else:
            parts += ["".join(output.get("data", {}).get("text/plain", "")) for output in cell["outputs"]]
    return "\n\n".join(parts)


def read_first(work) -> list[str]:
    """What an assignment gives to read before its questions."""
    return [work.assignment.about, *(f"## {one.title}\n\n{(work.folder / one.file).read_text()}" for one in work.assignment.material)]


def names(exercise) -> dict[str, str]:
    """{id: neutral letter} for whatever can be picked, placed or marked: an author's id can give the key away."""
    (control, *_) = exercise.controls()
    found = [part.id for field in ("options", "items", "spans") for part in getattr(control, field, ())]
    letters = {id: chr(97 + n) if n < 26 else f"z{n}" for n, id in enumerate(found)}
    places = {part.id: f"{n}" for field in ("buckets", "reasons") for n, part in enumerate(getattr(control, field, ()), 1)}
    return letters | {f"place {id}": number for id, number in places.items()}


def question(exercise) -> str:
    """One question with its id and the form in which to answer."""
    if exercise.kind not in CLOSED:
        return f"[open exercise, not part of this check: {exercise.title}]"
    short, (control, *_) = names(exercise), exercise.controls()
    lines = [f"=== QUESTION {exercise.id} ({exercise.kind})", exercise.title, exercise.prompt.strip(), ""]
    for field in ("options", "items", "spans"):
        lines += [f"{short[part.id]}: {part.text}" for part in getattr(control, field, ())]
    for field in ("buckets", "reasons"):
        lines += [f"place {short[f'place {part.id}']}: {part.text}" for part in getattr(control, field, ())]
    if exercise.kind == "number":
        lines += [f"{one.id}: {one.label} ({one.unit})" for one in exercise.controls()]
    return "\n".join([*lines, f"ANSWER AS: {FORMS[exercise.kind]}", "=== END"])


FORMS = {
    "single-choice": 'a letter, "b"',
    "multiple-choice": 'a list of letters, ["a", "d"]',
    "ordering": 'all letters in order, ["c", "a", …]',
    "sorting": 'a place for each letter, {"a": "2", …}',
    "number": 'a text, "12.5"; where there are several figures {"id": "12.5", …}',
    "highlight": 'a list of letters, or [{"mark": "b", "reason": "1"}] where places are listed',
}


def own_ids(exercise, answer):
    """An answer in letters as an answer in the exercise's own ids."""
    back = {letter: id.removeprefix("place ") for id, letter in names(exercise).items()}
    if exercise.kind == "number":
        return answer
    if isinstance(answer, dict):
        return {back.get(key, key): back.get(value, value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [{"mark": back.get(m["mark"]), "reason": back.get(m["reason"])} if isinstance(m, dict) else back.get(m, m) for m in answer]
    return back.get(answer, answer)


def options(exercises) -> str:
    """The options of each choice under the same letters, in the order of a fixed seed, without title or stem."""
    lines = []
    for exercise in exercises:
        if exercise.kind in CHOICES:
            shown, short = list(exercise.option), names(exercise)
            random.Random(exercise.id).shuffle(shown)
            right = sum(option.right for option in shown)
            lines.append(f"=== {exercise.id.partition('/')[0]}/{exercise_number(exercises, exercise)} (pick {right})\n")
            lines[-1] += "\n".join(f"{short[option.id]}: {option.text}" for option in shown)
    return "\n\n".join(lines)


def exercise_number(exercises, exercise) -> int:
    """A number stands in for the id, which can give the stem away."""
    return exercises.index(exercise)


def score(exercises, answers: dict) -> None:
    """Print each exercise's score and the means; for choices also what chance would give."""
    total, chance = [], []
    for exercise in exercises:
        answers |= {exercise.id: answers[n]} if (n := f"{exercise.unit}/{exercise_number(exercises, exercise)}") in answers else {}
        if exercise.id in answers:
            given = coursekit.grade(exercise, own_ids(exercise, answers[exercise.id]))
            total.append(given.score or 0.0)
            note = "" if given.score == 1 else f"  {given.status} {given.feedback[:150]!r} answered {answers[exercise.id]!r}"
            print(f"{total[-1]:.2f} {exercise.id}{note}")
            if exercise.kind == "single-choice":
                chance.append((1 / len(exercise.option), total[-1]))
    if chance:
        expected, got = (sum(column) / len(chance) for column in zip(*chance, strict=True))
        print(f"single choices: {got:.3f} of {len(chance)}; chance {expected:.3f}")
    print(f"agreement {sum(total) / len(total):.3f} over {len(total)}; wholly right {sum(one == 1 for one in total)}")


def main() -> None:
    act, name, *rest = sys.argv[1:]
    path = location.root() / "notebooks" / f"{name}.ipynb"
    library = coursekit.load(location.root() / "exercises")
    graded = location.root() / "exercises" / "assignments" / f"{name}.toml"
    work = read_assignment(graded) if graded.exists() else None
    ids = items(library, name) if name.startswith("form-") else list(work.exercises) if work else asked(path)
    exercises = [library[id] for id in ids if library[id].kind in CLOSED]
    if act == "page":
        about = read_first(work) if work else []
        print("\n\n".join([*about, *map(question, exercises)]) if work or name.startswith("form-") else page(path, library))
    elif act == "options":
        print(options(exercises))
    else:
        score(exercises, json.loads(Path(rest[0]).read_text()))


if __name__ == "__main__":
    main()
