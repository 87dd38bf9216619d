"""Which files count and for whom: pure decisions over what was read, each with a line where there is something to know."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import define, field, frozen

from ...assignment.submission import Header
from ...errors import BadInput
from ...formats import listed
from ...wording import say
from ..person import Person
from ..platforms.platform import Trace
from ..problem_lines import ProblemLine, notice, problem
from .matching import TYPED, Index, Match, match

COUNTED, UNMATCHED, UNREADABLE, OTHER = "counted", "unmatched", "unreadable", "other assignment"
BY_HAND, LEARNER = "by hand", "learner id"
MOST_NAMED = 5  # others that a line names


@define
class File:
    """One file of the download and what became of it. `person` is empty where nobody is sure to have handed it in.

    `last` is its latest save in ms since 1970; `outcome` begins with one of the words above, "copy of" or "replaced by".
    """

    id: int
    path: str
    sha256: str
    trace: Trace
    header: Header | None
    read: int = 0
    broken: int = 0
    last: int = 0
    match: Match = field(factory=lambda: Match(None))
    person: str = ""
    how: str = ""
    outcome: str = ""
    newer: int = -1  # id of the file that counts instead

    @property
    def typed(self) -> str:
        """The name as it was typed."""
        return self.header.name if self.header else ""

    @property
    def learner(self) -> str:
        return self.header.learner if self.header else ""


@frozen
class ByHand:
    """What an instructor wrote into matches.csv: {(path, sha256): id}, an empty id where a sure match was taken out."""

    people: Mapping[tuple[str, str], str] = {}


def settle(files: list[File], index: Index | None, hand: ByHand, asked: str | None) -> list[ProblemLine]:
    """Give every file its person and its outcome. `asked` is the assignment's name; where it is None, more than half must agree.

    Raises BadInput where it cannot be told which assignment is meant.
    """
    found = []
    most = _assignment(files, asked)
    for one in files:
        found += _person(one, index, hand)
    found += _doubtful(files) if index else _strangers(files)
    for one in files:
        if one.header is None:
            one.outcome = UNREADABLE
        elif one.header.assignment != most:
            one.outcome = OTHER
            found.append(problem("other_assignment", one.path, person=one.person, name=one.header.assignment, most=most))
        elif not one.person:
            one.outcome = UNMATCHED
    found += _copies(files) + _newest(files) + _versions(files) + _passed_on(files)
    return found


def _assignment(files: list[File], asked: str | None) -> str:
    names = Counter(one.header.assignment for one in files if one.header)
    told = listed(f"{name} ({count})" for name, count in sorted(names.items()))
    if asked is not None:
        if names and asked not in names:
            raise BadInput(say("collect.nothing_of", name=asked, names=told))
        return asked
    most, count = max(sorted(names.items()), key=lambda pair: pair[1], default=("", 0))
    if 2 * count <= names.total() and names:
        raise BadInput(say("collect.several", names=told))
    return most


def _person(one: File, index: Index | None, hand: ByHand) -> list[ProblemLine]:
    """Who one file is from: what an instructor wrote goes before everything."""
    if index is None:
        one.match = Match(Person(one.learner, one.typed), LEARNER, True) if one.header else Match(None)
    else:
        one.match = match(one.trace, one.typed, index)
    given = hand.people.get((one.path, one.sha256))
    sure = one.match.person if one.match.sure else None
    auto = sure.id if sure else ""
    if given and given != auto:
        person = index.people[given] if index else Person(given, one.typed)
        one.match = Match(person, BY_HAND, True)
    elif given == "" and sure:
        one.match = Match(None, BY_HAND, candidates=(sure,), why="cleared")
    if one.match.person and one.match.sure:
        one.person, one.how = one.match.person.id, one.match.how
        return []
    one.how = one.match.how
    return [problem(one.match.why, one.path, **one.match.told)] if one.match.why and one.header else []


def _doubt(one: File, why: str, **told: Any) -> ProblemLine:
    one.match = Match(one.match.person, one.match.how, False, (one.match.person,) if one.match.person else (), why, told)
    one.person = ""
    return problem(why, one.path, **told)


def _doubtful(files: list[File]) -> list[ProblemLine]:
    """A typed name is enough while only one machine hands in under it, or while other evidence has tied that machine to it."""
    found = []
    for person, theirs in _by(files, lambda one: one.person).items():
        trusted = {one.learner for one in theirs if one.how != TYPED and one.learner}
        typed = [one for one in theirs if one.how == TYPED and one.learner not in trusted]
        if trusted or len({one.learner for one in typed}) > 1:
            found += [_doubt(one, "two_machines", who=person) for one in typed]
    return found


def _strangers(files: list[File]) -> list[ProblemLine]:
    """Without a roster a learner id is a person, unless the platform says that it is several."""
    found = []
    for theirs in _by(files, lambda one: one.person).values():
        whose = {one.trace.lms_id or one.trace.who for one in theirs if one.how == LEARNER} - {""}
        if len(whose) > 1:
            found += [_doubt(one, "shared_id_unknown") for one in theirs if one.how == LEARNER]
    return found


def _copies(files: list[File]) -> list[ProblemLine]:
    """The same bytes again from one person, or from a place that names nobody, are a copy of the first."""
    found = []
    for same in _by((one for one in files if not one.outcome or one.outcome == UNMATCHED), lambda one: one.sha256).values():
        owners = {one.person for one in same if one.person}
        firsts: dict[str, File] = {}
        for one in same:
            nobody = not one.person and one.match.why == "nobody" and len(owners) == 1
            owner = one.person or (next(iter(owners)) if nobody else "")
            first = firsts.get(owner) or (nobody and next(other for other in same if other.person == owner)) or one
            if owner:
                firsts[owner] = first
                if first is not one:
                    one.outcome = f"copy of {first.path}"
                    found.append(notice("copy", one.path, person=owner, first=first.path))
        if len(owners) > 1:
            found += [
                notice("same_file", one.path, person=one.person, others=named(owners - {one.person}))
                for one in same
                if one.person and not one.outcome
            ]
    return found


def _newest(files: list[File]) -> list[ProblemLine]:
    """Of several files of one person the newest counts."""
    found = []
    for person, theirs in _by((one for one in files if not one.outcome), lambda one: one.person).items():
        newest = _last(theirs)
        newest.outcome = COUNTED
        for one in (one for one in theirs if one is not newest):
            one.outcome, one.newer = f"replaced by {newest.path}", newest.id
            found.append(notice("replaced", one.path, person=person, newer=newest.path))
    return found


def _last(theirs: list[File]) -> File:
    """The newest of a person's files: by the platform's time where all have one; of one record by the order of saving; only
    between records, or where nothing was saved since, by the time of hand-in, and of equals the one with more answers."""
    if all(one.trace.at for one in theirs):
        return max(theirs, key=lambda one: (one.trace.at, one.id))
    records = _by(theirs, lambda one: one.learner).values()
    return max((max(record, key=lambda one: (_header(one).saves, *_claimed(one))) for record in records), key=_claimed)


def _header(one: File) -> Header:
    assert one.header is not None  # what cannot be read has an outcome
    return one.header


def _claimed(one: File) -> tuple[datetime, int, int]:
    return _header(one).handed_in, one.read, one.id


def _versions(files: list[File]) -> list[ProblemLine]:
    counted = [one for one in files if one.outcome == COUNTED and one.header]
    digests = Counter(one.header.digest for one in counted if one.header)
    if len(digests) < 2:
        return []
    most = max(sorted(digests), key=lambda digest: digests[digest])
    return [
        notice("other_version", one.path, person=one.person, digest=one.header.digest, most=most)
        for one in counted
        if one.header and one.header.digest != most
    ]


def _passed_on(files: list[File]) -> list[ProblemLine]:
    """One learner id from several people."""
    found = []
    for same in _by((one for one in files if one.outcome == COUNTED and one.learner), lambda one: one.learner).values():
        if len({one.sha256 for one in same}) > 1:
            people = {one.person for one in same}
            found += [notice("shared_id", one.path, person=one.person, others=named(people - {one.person})) for one in same]
    return found


def named(people: Iterable[str]) -> str:
    """The first few of some people, and how many more."""
    ordered = sorted(people)
    more = f" + {len(ordered) - MOST_NAMED}" if len(ordered) > MOST_NAMED else ""
    return listed(ordered[:MOST_NAMED]) + more


def _by(files: Iterable[File], key: Callable[[File], str]) -> dict[str, list[File]]:
    """The files in groups of one key, each in their order; those whose key is empty are left out."""
    groups: dict[str, list[File]] = defaultdict(list)
    for one in files:
        if value := key(one):
            groups[value].append(one)
    return groups
