"""Two records of one learner made one, as where somebody worked on two machines: pure."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from .entry import Entry
from .store import CLIENTS


@frozen
class Record:
    """The entries of each log, in the order of its lines, and the ids of the clients that were forgotten."""

    logs: Mapping[str, Sequence[Entry]] = field(factory=dict)
    forgotten: frozenset[str] = frozenset()


def merged(a: Record, b: Record) -> Record:
    """Both records: each entry once, by its id, and each writer's in the order in which it wrote them.

    What two writers say differently is kept, and no clock settles it: what only `b` has stands behind the entry that it
    follows there. What either has forgotten stays away. A draft is no part of a record.
    """
    forgotten = a.forgotten | b.forgotten
    gone = {f"{CLIENTS}/{client}" for client in forgotten}
    names = [name for name in dict.fromkeys([*a.logs, *b.logs]) if name not in gone]
    return Record({name: _united(a.logs.get(name, ()), b.logs.get(name, ())) for name in names}, forgotten)


def _united(a: Sequence[Entry], b: Sequence[Entry]) -> tuple[Entry, ...]:
    known, behind = {entry.id for entry in a}, ""
    follows: dict[str, list[Entry]] = {"": []}
    for entry in b:
        if entry.id in known:
            behind = entry.id
        else:
            follows.setdefault(behind, []).append(entry)
    both = [*follows[""]]
    for entry in a:
        both += [entry, *follows.get(entry.id, ())]
    return tuple(_in_turn(both))


def _in_turn(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Each writer's entries in the order of their numbers, in the places that this writer has."""
    by_writer: dict[str, list[Entry]] = {}
    for entry in entries:
        by_writer.setdefault(entry.writer, []).append(entry)
    turns = {writer: iter(sorted(own, key=lambda entry: entry.seq)) for writer, own in by_writer.items()}
    return [next(turns[entry.writer]) for entry in entries]
