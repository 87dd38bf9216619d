"""The kinds of exercise, one file each. A new kind is a new file and one more line here."""

from ..exercise import Exercise
from .comparison import Comparison
from .highlight import Highlight
from .multiple_choice import MultipleChoice
from .number import Number
from .ordering import Ordering
from .revision import Revision
from .short_text import ShortText
from .single_choice import SingleChoice
from .sorting import Sorting
from .worksheet import Worksheet

KINDS: dict[str, type[Exercise]] = {
    kind.kind: kind
    for kind in (
        SingleChoice,
        MultipleChoice,
        Ordering,
        Sorting,
        Number,
        Highlight,
        Revision,
        ShortText,
        Comparison,
        Worksheet,
    )
}
