"""Who handed a file in: what its path and its header say, held against the roster. Nothing is guessed.

What stands further in than a platform's own part of the path was chosen by the learner, and is no evidence. What each platform
writes into a path stands in `platforms`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from attrs import evolve, field, frozen

from ...formats import listed
from ...wording import say
from ..person import Person
from ..platforms import PLATFORMS
from ..platforms.platform import Trace

# Evidence in the order of its weight.
LMS_ID, EMAIL, ID, LOGIN, NAME, TYPED = "lms id", "e-mail", "id", "login", "name", "typed name"
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+")
_STEM = re.compile(r"([._ -]coursekit\b.*|\.zip|\.jsonl?|\.txt)\Z", re.IGNORECASE | re.DOTALL)
_ACCENTS = re.compile("[\u0300-\u036f]")


@frozen
class Match:
    """`person` is None where nobody is sure to be meant. `how` is the strongest evidence that names them alone. `why` is a kind
    of finding where there is something to settle, `told` what it says; `candidates` are who it may be."""

    person: Person | None
    how: str = ""
    sure: bool = False
    candidates: tuple[Person, ...] = ()
    why: str = ""
    told: dict[str, Any] = field(factory=dict)


def trace(parts: tuple[str, ...]) -> Trace:
    """What the path says that a platform gave to a file; `parts` are its folders, archives and name."""
    words: list[str] = []
    for at, part in enumerate(parts):
        for platform in PLATFORMS:
            if found := platform.trace(parts, at):
                return evolve(found, platform=platform.name, words=(*words, *found.words))
        words.append(_STEM.sub("", part))
    return Trace(words=tuple(words))


def normal(name: str) -> str:
    """A name without case, accents, spaces and punctuation: what is left of it in Canvas's file names."""
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    return "".join(char for char in letters if char.isalnum() or unicodedata.category(char).startswith("M"))


def orders(name: str) -> set[str]:
    """The name, normal, in every order that keeps its words together: "Zoë O'Neill" and "O'Neill, Zoë" have one in common."""
    words = [word for word in map(normal, re.split(r"[\s,]+", name)) if word]
    return {"".join(words[at:] + words[:at]) for at in range(len(words))}


class Index:
    """The roster, to be looked up by whatever a path may say."""

    def __init__(self, people: Iterable[Person]):
        self.people = {person.id: person for person in people}
        self._order = {id: number for number, id in enumerate(self.people)}
        self._by: dict[str, dict[str, set[str]]] = {how: defaultdict(set) for how in (LMS_ID, EMAIL, ID, LOGIN, NAME)}
        for one in self.people.values():
            for how, value in ((LMS_ID, one.lms_id), (EMAIL, one.email), (ID, one.id), (LOGIN, one.login)):
                if value:
                    self._by[how][value.casefold()].add(one.id)
            for name in orders(one.name):
                self._by[NAME][name].add(one.id)

    def in_order(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """Those people as the roster orders them."""
        return tuple(self.people[id] for id in sorted(ids, key=self._order.__getitem__))

    def anybody(self, value: str) -> set[str]:
        """The ids of those whom an instructor may mean: by id, else by e-mail, login or the platform's number."""
        return next((found for how in (ID, EMAIL, LOGIN, LMS_ID) if (found := self._by[how].get(value.strip().casefold()))), set())

    def knows(self, how: str) -> bool:
        """Whether the roster has any of that kind."""
        return bool(self._by[how])

    def named(self, name: str) -> set[str]:
        """Those of that name, in one order or another."""
        found: set[str] = set()
        return found.union(*(self._by[NAME].get(one, set()) for one in orders(name)))

    def evidence(self, path: Trace, typed: str) -> list[tuple[str, str, set[str]]]:
        """(how, what stands there, who that is) for all that the path and the header say, the strongest first."""
        found = [(LMS_ID, path.lms_id, self._by[LMS_ID].get(path.lms_id, set()))]
        for how in (EMAIL, ID, LOGIN):
            for word in path.words:
                found += [(how, value, self._by[how].get(value.casefold(), set())) for value in _values(how, word)]
        logins = [path.who[at + 1 :] for at in range(-1, len(path.who)) if at < 0 or path.who[at] == "_"]
        known = [login for login in logins if self._by[LOGIN].get(login.casefold())]
        found += [(LOGIN, login, self._by[LOGIN][login.casefold()]) for login in known[:1]]
        found.append((NAME, path.name, self.named(path.name)))
        found.append((TYPED, typed, self.named(typed)))
        return [(how, value, people) for how, value, people in found if value]


def _values(how: str, word: str) -> list[str]:
    """What of a folder's or a file's name may be a value of that kind: an address anywhere in it, else the whole of it."""
    if how != EMAIL:
        return [word]
    pieces = [found[0] for found in _ADDRESS.finditer(word)]
    return [piece[: end.start()] for piece in pieces for end in re.finditer(r"(?=[._-])|\Z", piece) if "@" in piece[: end.start()]]


def match(path: Trace, typed: str, index: Index) -> Match:
    """Whose file it is. A person only where nothing disagrees, and where one piece of evidence or several name one alone."""
    evidence = index.evidence(path, typed)
    known = [(how, value, people) for how, value, people in evidence if people]
    if not known:
        return Match(None, why="nobody", told={"name": typed})
    common = set.intersection(*(people for _, _, people in known))
    everybody = set.union(*(people for _, _, people in known))
    candidates = index.in_order(common or everybody)
    if not common:
        return Match(None, candidates=candidates, why="disagree", told={"evidence": _told(known, index)})
    if len(common) > 1:
        return Match(None, candidates=candidates, why="several", told={"name": known[0][1], "people": listed(p.id for p in candidates)})
    person = candidates[0]
    how = next((how for how, _, people in known if people == common), known[0][0])
    if path.lms_id and path.listed and index.knows(LMS_ID) and known[0][0] != LMS_ID:
        return Match(person, how, False, candidates, "stranger", {"value": path.lms_id, "name": person.name})
    if how == TYPED and len(re.split(r"[\s,]+", typed.strip())) < 2:
        return Match(person, how, False, candidates, "one_word", {"name": typed, "who": person.id})
    return Match(person, how, True, candidates)


def _told(known: list[tuple[str, str, set[str]]], index: Index) -> str:
    """Each piece of evidence with whom it names."""
    named = [(how, value, listed(f"{index.people[id].name} ({id})" for id in sorted(people)[:3])) for how, value, people in known]
    return "; ".join(say("collect.evidence", how=how, value=value, people=people) for how, value, people in named)
