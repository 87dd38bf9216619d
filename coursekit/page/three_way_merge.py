"""What two windows made of one answer, put together field by field: pure."""

from collections.abc import Sequence
from typing import Any, Literal

from attrs import frozen

Side = Literal["mine", "theirs"]
_DEEPEST = 3  # control, row, column: what lies deeper is compared whole
Path = tuple[str, ...]


@frozen
class Merged:
    """The answer with what both windows filled in. `clashes` are the fields that each filled in otherwise, as paths
    (control, row, column); in those the answer has what the side says that was preferred."""

    answer: Any
    clashes: tuple[Path, ...] = ()


def merge(base: Any, mine: Any, theirs: Any, prefer: Side = "mine", path: Path = ()) -> Merged:
    """What `mine` and `theirs`, raw JSON answers {control: value}, made of `base`, from which both began.

    A field that one of them left alone is taken from the other; what is empty is like what is not there.
    """
    if same(mine, theirs) or same(base, theirs):
        return Merged(mine)
    if same(base, mine):
        return Merged(theirs)
    if len(path) < _DEEPEST and all(isinstance(one, dict) or blank(one) for one in (base, mine, theirs)):
        return _merge_fields(base or {}, mine or {}, theirs or {}, prefer, path)
    return Merged(mine if prefer == "mine" else theirs, (path,))


def _merge_fields(base: Any, mine: Any, theirs: Any, prefer: Side, path: Path) -> Merged:
    fields = dict.fromkeys([*mine, *theirs])
    merged = {key: merge(base.get(key), mine.get(key), theirs.get(key), prefer, (*path, key)) for key in fields}
    clashes = tuple(path for one in merged.values() for path in one.clashes)
    return Merged({key: one.answer for key, one in merged.items()}, clashes)


def same(one: Any, other: Any) -> bool:
    """Whether two raw answers say the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in {**one, **other})
    return one == other or (blank(one) and blank(other))


def blank(value: Any) -> bool:
    """Whether nothing is there: no text, no choice, no field that holds anything."""
    return value in (None, "", [], {}) or (isinstance(value, dict) and all(map(blank, value.values())))


def at(answer: Any, path: Sequence[str]) -> Any:
    """What stands at a path, None where nothing does."""
    for key in path:
        answer = answer.get(key) if isinstance(answer, dict) else None
    return answer
