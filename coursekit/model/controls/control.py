"""What all ways to answer have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, ClassVar, Literal, TypeVar

from attrs import asdict, frozen

from ...errors import Unreadable
from ...wording import say

Rename = Callable[[Any], Any]
Given = TypeVar("Given", bound=Collection[Any])


@frozen
class Choice:
    """One thing to pick, place or mark: an id that is stored and a text that is shown."""

    id: str
    text: str


@frozen
class Told:
    """One thing that an answer says: `text`, and `of` what (an item; a row and its column). `typed`: in the learner's own words."""

    text: str
    of: tuple[str, ...] = ()
    typed: bool = False


@frozen
class Control(ABC):
    """What all controls have: the id under which the answer is kept and the label that names it.

    A control is plain data, and says itself whatever a reader of questions and answers needs to know of it; one that leaves a method
    out cannot be made. These facts of its class go with it:
    `type` is the word by which the page draws it.
    `lettered` and `numbered` are its fields with parts that have ids; a released question calls those a, b, c … and 1, 2, 3 …
    `shuffled` is the field whose parts may stand in any order, another for each learner of graded work.
    `told_as` is how an answer is told: as "one" thing, as a "list", or as "steps" in an order.
    `long`: it takes texts of several words.
    """

    type: ClassVar[str]
    lettered: ClassVar[tuple[str, ...]] = ()
    numbered: ClassVar[tuple[str, ...]] = ()
    shuffled: ClassVar[str] = ""
    told_as: ClassVar[Literal["one", "list", "steps"]] = "one"
    long: ClassVar[bool] = False

    id: str
    label: str

    def describe(self) -> dict[str, Any]:
        """The control as JSON for the page."""
        return {"type": self.type, **asdict(self)}

    def drawn(self) -> dict[str, Any]:
        """`describe()`, and what the page alone needs: an answer to a released question names what `describe()` says of it."""
        return self.describe()

    def remark(self, given: Any) -> str:
        """What its writer should know of how it was read; empty where that goes without saying. Plain text, without what was typed."""
        return ""

    @abstractmethod
    def read(self, raw: Any) -> Any:
        """What was given to it, if its shape fits. Knows no key. Raises Unreadable with a sentence for the learner."""

    @abstractmethod
    def lines(self) -> Iterable[tuple[str, str]]:
        """Its lines on paper: (the mark that stands for a box, text)."""

    @abstractmethod
    def told(self, value: Any) -> list[Told] | None:
        """A raw answer (any JSON) in words, with texts in place of ids; None where its shape does not fit. Raises nothing."""

    @abstractmethod
    def renamed(self, value: Any, letter: Rename, number: Rename) -> Any:
        """A raw answer (any JSON) with each id looked up, `letter` for lettered parts and `number` for numbered ones. Raises nothing."""

    def named(self) -> Iterator[tuple[str, str]]:
        """(id, name) of whatever feedback may stand beside."""
        return ((part.id, f"“{part.text}”") for field in self.lettered for part in getattr(self, field))

    def text_of(self, id: Any) -> str:
        """The text of one of its parts; an id that is not there is its own text."""
        texts = {part.id: part.text for field in (*self.lettered, *self.numbered) for part in getattr(self, field)}
        return texts.get(id, id) if isinstance(id, str) else str(id)


@frozen
class at:
    """`with at(part, label):` what cannot be read inside has this place, unless it names its own; its sentence begins with the label."""

    part: str
    label: str = ""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Unreadable):
            told = say("unreadable.of_part", part=self.label, why=error) if self.label else str(error)
            raise Unreadable(told, error.part or self.part) from None


def ids_of(parts: Iterable[Any]) -> list[str]:
    """The ids of parts, in their order."""
    return [part.id for part in parts]


def some(given: Given, what: str) -> Given:
    """`given`, where it holds anything."""
    if not given:
        raise Unreadable(say("unreadable.empty", what=what))
    return given


def whole(given: Given, parts: Iterable[Choice]) -> Given:
    """`given`, where no part is left out."""
    if left_out := [part for part in parts if part.id not in given]:
        raise Unreadable(say("unreadable.left_out", items="; ".join(part.text for part in left_out)), left_out[0].id)
    return given
