"""Reads the folder of exercises into typed objects; what cannot be read is named, and the rest still loads."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import fields, frozen

from ..errors import ContentError, UnknownCase, UnknownExercise, UnknownUnit
from ..formats import any_of
from ..model.exercise import Exercise
from ..model.figures import Figures
from ..model.kinds import KINDS
from ..wording import rule_and_cure, say
from .cases import Case
from .figure_tables import check_texts, read_figures
from .frameworks import Element, Misconception
from .parsed_toml import ParsedToml
from .shown import Shown
from .strict_parsing import broken, structure
from .units import Unit

FORMS = "measure"  # holds a folder for each test form; an item's id is "form-a/its-name"
ASSIGNMENTS = "assignments"  # holds a file for each assignment, and a folder of that name with its own items
APART = ("cases", ASSIGNMENTS, FORMS)  # folders of exercises/ that hold no unit
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@frozen
class Problem:
    """Something wrong in a file: one line with the file, the place in it, the rule and the cure."""

    file: str
    place: str
    rule: str
    cure: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.rule}" + (f". {self.cure}" if self.cure else "")


@frozen
class Library(Mapping[str, Exercise]):
    """The course's content by id: `library["cost/effective-rate"]`. `problems` lists what could not be loaded.

    Exercises and cases come as people read them; `exercises.written` and `cases.written` have their texts as the
    files have them, with `{= figure}` inside.
    """

    exercises: Shown
    cases: Shown
    units: dict[str, Unit]
    misconceptions: dict[str, Misconception]
    elements: dict[str, Element]
    problems: tuple[Problem, ...]

    def __getitem__(self, id: str) -> Exercise:
        """The exercise of that id. Raises UnknownExercise, which says what is near or what is wrong with its file."""
        try:
            return self.exercises[id]
        except KeyError:
            raise UnknownExercise(self._missing(id, self.exercises, f"{id}.toml", "exercise")) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.exercises)

    def __len__(self) -> int:
        return len(self.exercises)

    def case(self, name: str) -> Case:
        """The case of that name. Raises UnknownCase."""
        if name not in self.cases:
            raise UnknownCase(self._missing(name, self.cases, f"cases/{name}.toml", "case"))
        return self.cases[name]

    def unit(self, name: str) -> Unit:
        """The unit of that name. Raises UnknownUnit."""
        if name not in self.units:
            raise UnknownUnit(self._missing(name, self.units, f"{name}/unit.toml", "unit"))
        return self.units[name]

    def of_unit(self, name: str) -> list[Exercise]:
        """The exercises of one unit, by id."""
        return [self.exercises[id] for id, exercise in self.exercises.written.items() if exercise.unit == name]

    def _missing(self, id: str, known: Iterable[str], file: str, noun: str) -> str:
        for problem in self.problems:
            if problem.file.endswith(f"/{file}"):
                return say(f"missing.{noun}_broken", id=id, problem=problem)
        near = difflib.get_close_matches(str(id), list(known), 3)
        return say(f"missing.{noun}_near", id=id, near=any_of(near)) if near else say(f"missing.{noun}", id=id)


def load(folder: str | Path = "exercises", also: Path | None = None) -> Library:
    """The library in a folder of exercise files; `also` is one more folder of exercises, which lies elsewhere.

    Never fails because of a bad file: each problem is one line in `problems` and the rest loads. A folder that
    does not exist gives one problem.
    """
    root = Path(folder)
    if not root.is_dir():
        missing = Problem(str(folder), "", *rule_and_cure("loading.no_folder"))
        return Library(Shown({}), Shown({}), {}, {}, {}, (missing,))
    return _Reader(root, also).library()


class _Reader:
    """Loads file after file and gathers the problems on the way."""

    def __init__(self, root: Path, also: Path | None):
        self.root, self.also = root, also
        self.problems: list[Problem] = []
        self.parsed = ParsedToml(root)

    def library(self) -> Library:
        misconceptions = self._table("misconceptions.toml", "misconception", Misconception)
        elements = self._elements()
        cases = {path.stem: case for path in self._files("cases") if (case := self._read(path, self._case))}
        units, exercises = {}, {}
        for folder in self._folders():
            for path in sorted(folder.glob("*.toml")):
                if path.name == "unit.toml":
                    if unit := self._read(path, lambda raw, path: structure(Unit, _with(raw, "name", path.parent.name))):
                        units[unit.name] = unit
                elif exercise := self._read(path, lambda raw, path: self._exercise(raw, path, cases)):
                    exercises[exercise.id] = exercise
                else:  # one of that id in a folder before this must not stand in for it
                    exercises.pop(f"{folder.name}/{path.stem}", None)
        self.parsed.keep()
        return Library(Shown(exercises), Shown(cases), units, misconceptions, elements, tuple(self.problems))

    def _folders(self) -> list[Path]:
        """One folder for each unit, for each test form, and for each assignment that has items of its own."""
        units = [path for path in self.root.iterdir() if path.name not in APART and not path.name.startswith((".", "_"))]
        others = [*sorted((self.root / FORMS).glob("form-*")), *sorted((self.root / ASSIGNMENTS).glob("*"))]
        found = [path for path in [*sorted(units), *others] if path.is_dir()]
        if self.also and self.also.is_dir() and self.also.resolve() not in [path.resolve() for path in found]:
            found.append(self.also)
        return found

    def _files(self, folder: str) -> list[Path]:
        return sorted((self.root / folder).glob("*.toml"))

    def _read(self, path: Path, make: Any) -> Any:
        """What `make` builds from the file, or None when something is wrong with it, which is then in `problems`."""
        raw = self._toml(path)
        return None if raw is None else self._built(path, lambda: make(raw, path))

    def _toml(self, path: Path) -> dict[str, Any] | None:
        try:
            return self.parsed.loads(path.read_bytes())
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self._problem(path, say("place.line", number=line), *rule_and_cure("loading.encoding"))
        except tomllib.TOMLDecodeError as error:
            self._problem(path, "", *rule_and_cure("loading.toml", error=error))
        except RecursionError:
            self._problem(path, "", *rule_and_cure("loading.too_deep"))
        except ValueError as error:  # Python reads no number of thousands of digits
            self._problem(path, "", *rule_and_cure("loading.number", error=error))
        except OSError as error:
            self._problem(path, "", *rule_and_cure("loading.not_read", error=error.strerror))
        return None

    def _built(self, path: Path, build: Any) -> Any:
        try:
            return build()
        except ExceptionGroup as group:
            errors: tuple[Any, ...] = group.exceptions  # no group is among them
            for error in errors:
                self._problem(path, error.place, error.rule, error.cure)
        return None

    def _problem(self, path: Path, place: str, rule: str, cure: str) -> None:
        inside = path.is_relative_to(self.root.parent)
        self.problems.append(Problem((path.relative_to(self.root.parent) if inside else path).as_posix(), place, rule, cure))

    def _table(self, name: str, key: str, cls: type) -> dict[str, Any]:
        """The rows of a file such as misconceptions.toml by id; a bad row is named and the others stay."""
        path = self.root / name
        raw = self._toml(path) if path.exists() else None
        return self._by_id(path, [(f"{key}[{n}]", row, cls) for n, row in enumerate(self._list(path, raw or {}, key), 1)])

    def _elements(self) -> dict[str, Element]:
        path = self.root / "frameworks.toml"
        raw = self._toml(path) if path.exists() else None
        rows: list[tuple[str, Any, type]] = []
        for n, frame in enumerate(self._list(path, raw or {}, "framework"), 1):
            for m, row in enumerate(self._list(path, frame, "element", f"framework[{n}]."), 1):
                whole = {**row, "framework": frame.get("id", ""), "units": frame.get("unit", [])} if isinstance(row, dict) else row
                rows.append((f"framework[{n}].element[{m}]", whole, Element))
        return self._by_id(path, rows)

    def _list(self, path: Path, raw: Any, key: str, place: str = "") -> list[Any]:
        rows = raw.get(key, []) if isinstance(raw, dict) else None
        if not isinstance(rows, list):
            self._problem(path, f"{place}{key}", *rule_and_cure("loading.list", key=key))
            return []
        return rows

    def _by_id(self, path: Path, rows: list[tuple[str, Any, type]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for place, row, cls in rows:
            one = self._built(path, lambda row=row, cls=cls, place=place: structure(cls, row, place))
            if one and one.id in found:
                self._problem(path, place, *rule_and_cure("loading.id_twice", id=one.id))
            elif one:
                found[one.id] = one
        return found

    def _case(self, raw: dict[str, Any], path: Path) -> Case:
        return _with_figures(Case, _with(raw, "name", path.stem), read_figures(raw))

    def _exercise(self, raw: dict[str, Any], path: Path, cases: dict[str, Case]) -> Exercise:
        id, kind = f"{path.parent.name}/{path.stem}", raw.pop("kind", None)
        if not _SLUG.fullmatch(path.stem):
            raise broken("", *rule_and_cure("loading.name", name=path.stem))
        if not isinstance(kind, str) or kind not in KINDS:
            rule = say("loading.no_kind", kind=kind) if kind else say("fields.missing.rule")
            raise broken("kind", rule, _near(kind, KINDS) or say("fields.use_one_of", known=", ".join(KINDS)))
        exercise = _with_figures(KINDS[kind], _with(raw, "id", id), self._figures(raw, cases))
        found = [*_twice(exercise), *_points(exercise)] or exercise.problems()
        if found:
            raise ExceptionGroup("content", [ContentError(*problem) for problem in found])
        return exercise

    def _figures(self, raw: dict[str, Any], cases: dict[str, Case]) -> Figures:
        name = raw.get("case", "")
        if name and (not isinstance(name, str) or name not in cases):
            raise broken("case", say("loading.no_case", case=name), _near(name, cases) or say("loading.add_case"))
        return read_figures(raw, name, cases[name].figures if name else None)


def _near(name: Any, known: Iterable[str]) -> str:
    """A question whether another name was meant; empty where none is near."""
    near = difflib.get_close_matches(str(name), list(known), 1)
    return say("fields.did_you_mean", near=f"“{near[0]}”") if near else ""


def _with(raw: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    """The data with what the file's place says already, which the file must not say again."""
    if name in raw:
        raise broken(name, *rule_and_cure("loading.said_by_place", value=value))
    return {**raw, name: value}


def _with_figures(cls: type, raw: dict[str, Any], figures: Figures) -> Any:
    """The exercise or case in a file's data, with the figures that were read from it and from its case."""
    texts = {key: value for key, value in raw.items() if key not in ("figures", "derived")}
    check_texts(texts, figures)
    return structure(cls, {**texts, "figures": figures})


def _twice(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Ids that stand twice in one list of an exercise."""
    for name in (field.name for field in fields(type(exercise))):
        parts = getattr(exercise, name)
        ids = [part.id for part in parts if hasattr(part, "id")] if isinstance(parts, tuple) else []
        for id in sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else ():
            yield name, *rule_and_cure("loading.id_twice", id=id)
        if "answer" in ids:  # the form keeps the whole answer under this name
            yield name, *rule_and_cure("loading.id_taken", id="answer")


def _points(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    if exercise.points <= 0:
        yield "points", *rule_and_cure("loading.points", points=f"{float(exercise.points):g}")
