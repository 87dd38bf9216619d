"""The kinds of exercise, one file each, by the word that an exercise file gives as its `kind`.

A new kind is a new file, its import and its line here; one that lives elsewhere joins by `KINDS[ItsClass.kind] = ItsClass` before
the course is read. Nothing else names a kind: what each is able to do stands in the facts and methods of its class (see `Exercise`).
"""

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
