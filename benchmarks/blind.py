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
from coursekit.gradebook.masking import mask
from coursekit.model.controls import CONTROLS
from coursekit.record.forms import items


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


def question(exercise) -> str:
    """One question with its id and the form in which to answer, under neutral letters: an author's id can give the key away."""
    if exercise.marked_by != "key":
        return f"[open exercise, not part of this check: {exercise.title}]"
    public = mask(exercise).public
    head = [f"=== QUESTION {exercise.id} ({exercise.kind})", public["title"], public["prompt"].strip(), ""]
    forms = dict.fromkeys(FORMS[control["type"]] for control in public["controls"])
    lines = [line for control in public["controls"] for line in (*box(control), *shown(control))]
    return "\n".join([*head, *lines, f"ANSWER AS: {'; '.join(forms)}", "=== END"])


def box(control: dict) -> list[str]:
    """The line of one of several controls, or of a box to type in: its name and label."""
    named = control["id"] != "answer" or not shown(control)
    return [f"{control['id']}: {control['label']} ({control.get('unit', '')})".removesuffix(" ()")] if named else []


def shown(control: dict) -> list[str]:
    """What a control of a released question (JSON) offers, a line each."""
    cls = CONTROLS[control["type"]]
    letters = [f"{part['id']}: {part['text']}" for field in cls.lettered for part in control[field]]
    places = [f"place {part['id']}: {part.get('text') or part['label']}" for field in cls.numbered for part in control[field]]
    return [*letters, *places]


FORMS = {
    "pick-one": 'a letter, "b"',
    "pick-many": 'a list of letters, ["a", "d"]',
    "select": 'a letter, "b"',
    "arrange": 'all letters in order, ["c", "a", …]',
    "assign": 'a place for each letter, {"a": "2", …}',
    "mark-spans": 'a list of letters, or [{"mark": "b", "reason": "1"}] where places are listed',
    "number": 'a text, "12.5"; where there are several figures {"q1": "12.5", …}',
    "line": "a text",
    "paragraph": "a text",
    "grid": 'a text for each place and letter, {"1": {"a": "…"}, …}',
    "revise": "a list of numbers from 0 to 100, how likely it is after each letter",
}


def has_rivals(exercise) -> bool:
    """Whether its options stand beside wrong ones; of a figure the right one alone is offered."""
    return bool(exercise.picks) and not all(option.right for option in exercise.offered())


def options(exercises) -> str:
    """The options of each choice under the same letters, in the order of a fixed seed, without title or stem."""
    lines = []
    for exercise in exercises:
        if has_rivals(exercise):
            offered_lines = [line for control in mask(exercise).public["controls"] for line in shown(control)]
            offered = list(zip(offered_lines, exercise.offered(), strict=True))
            random.Random(exercise.id).shuffle(offered)
            right = sum(option.right for _, option in offered)
            lines.append(f"=== {exercise.id.partition('/')[0]}/{exercise_number(exercises, exercise)} (pick {right})\n")
            lines[-1] += "\n".join(line for line, _ in offered)
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
            given = coursekit.grade(exercise, mask(exercise).real(answers[exercise.id]))
            total.append(given.score or 0.0)
            note = "" if given.score == 1 else f"  {given.status} {given.feedback[:150]!r} answered {answers[exercise.id]!r}"
            print(f"{total[-1]:.2f} {exercise.id}{note}")
            if exercise.picks == "one" and has_rivals(exercise):
                chance.append((1 / len(exercise.offered()), total[-1]))
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
    exercises = [library[id] for id in ids if library[id].marked_by == "key"]
    if act == "page":
        about = read_first(work) if work else []
        print("\n\n".join([*about, *map(question, exercises)]) if work or name.startswith("form-") else page(path, library))
    elif act == "options":
        print(options(exercises))
    else:
        score(exercises, json.loads(Path(rest[0]).read_text()))


if __name__ == "__main__":
    main()
