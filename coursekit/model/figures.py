"""Named figures: numbers with their unit and their decimals, and those derived from them, worked out once."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from attrs import field, frozen

from ..errors import BadExpression
from .expressions import evaluate, expand


@frozen
class Figure:
    """A number. `unit` says what it counts; `decimals` (0 to 6) are those it is read with, None for the usual ones."""

    value: float
    unit: str = ""
    decimals: int | None = None


@frozen
class Derived:
    """A figure that follows from others: `value` is an expression over figures that stand before it."""

    value: str
    unit: str = ""
    decimals: int | None = None


@frozen(eq=False)  # equal to any mapping with the same numbers
class Figures(Mapping[str, float]):
    """The figures of a case or an exercise: `figures["fee"]` is the number, `figures.table["fee"]` how it is written.

    Built with `Figures().plus(…)`, so that `numbers` always follows from `table`, also when a figure is replaced.
    """

    table: dict[str, Figure | Derived] = field(factory=dict)
    numbers: dict[str, float] = field(factory=dict)

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def plus(self, more: Mapping[str, Figure | Derived]) -> "Figures":
        """These figures and more. Raises BadExpression, whose `figure` is the one that cannot be worked out."""
        numbers = dict(self.numbers)
        for name, figure in more.items():
            try:
                numbers[name] = evaluate(figure.value, numbers) if isinstance(figure, Derived) else figure.value
            except BadExpression as error:
                raise BadExpression(str(error), name) from None
        return Figures({**self.table, **more}, numbers)

    def without(self, names: Collection[str]) -> "Figures":
        """These figures but for some."""
        table = {name: figure for name, figure in self.table.items() if name not in names}
        return Figures(table, {name: number for name, number in self.numbers.items() if name not in names})

    @cached_property
    def decimals(self) -> dict[str, int]:
        """The decimals of the figures that have their own."""
        return {name: figure.decimals for name, figure in self.table.items() if figure.decimals is not None}

    def value(self, expression: str, more: Mapping[str, float] = MappingProxyType({})) -> float:
        """The value of an expression over these figures and more numbers. Raises BadExpression."""
        if "{=" in expression:  # how older files bring a figure into the result of a worksheet
            expression = self.shown(expression)
        return evaluate(expression, {**self.numbers, **more} if more else self.numbers)

    def shown(self, text: str) -> str:
        """A text with its figures as people read them. Raises BadExpression."""
        return expand(text, self.numbers, self.decimals) if "{=" in text else text
