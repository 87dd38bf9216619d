"""Texts that say the same in almost the same words, put together so that one decision marks them all.

Exact repeats come first: texts alike but for capitals, spaces and punctuation. What is left is compared by its runs of
characters (TF-IDF, cosine) and joined by average linkage, which a slip of the pen does not disturb. Texts with other
figures in them are never joined: "on 4 March" looks like "on 3 March" and is another answer. Nothing is learnt and nothing
is marked here: a group is a proposal, which a marker looks into and takes apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

NGRAMS = (2, 3)  # runs of two and three characters within a word; this and CUT were chosen as benchmarks/grouping.py says
CUT = 0.8  # groups are joined while their members are nearer than this on average: 0 the same runs, 1 none in common
LONG = 25  # words. Of 100 texts that CUT was measured on 99 are shorter; two letters on one matter share many words whatever
# they say, so that of longer texts only repeats are put together
BLOCK = 5_000  # distinct texts compared with one another at once: 200 MB for their distances
SHOWN = 5  # texts of a group that are shown at once: the typical one and the four least like it
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


@frozen
class Text:
    """One text to mark: `key` names it in the logs, `learners` is how many wrote exactly it."""

    key: str
    exercise: str
    text: str
    learners: int = 1


@frozen
class Group:
    """Texts that one decision marks. The first key is the most typical; then come the least alike, to be looked at first."""

    id: str
    exercise: str
    keys: tuple[str, ...]
    learners: int


def groups(texts: Iterable[Text], ngrams: tuple[int, int] = NGRAMS, cut: float = CUT) -> list[Group]:
    """All texts in groups, by exercise in the order in which these first come, the group of most learners first.

    Texts of more than LONG words are put together only where they are repeats. More than BLOCK distinct texts of one exercise
    are compared in blocks of texts that begin alike. The same texts in any order give the same groups.
    """
    by_exercise: dict[str, list[Text]] = {}
    for text in texts:
        by_exercise.setdefault(text.exercise, []).append(text)
    return [group for several in by_exercise.values() for group in _of_one_exercise(several, ngrams, cut)]


def normal(text: str) -> str:
    """A text without what does not matter for sameness: lower case, one space between words, no punctuation.

    A minus, a decimal sign and a currency stay, as they change what is said; a text of nothing else stays as it is.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("'", "").replace("’", "")
    kept = [one if _matters(folded, place) else " " for place, one in enumerate(folded)]
    return " ".join("".join(kept).split()) or text.strip()


def _matters(text: str, place: int) -> bool:
    """Whether a character belongs to a word or a figure."""
    one, after = text[place], text[place + 1 : place + 2]
    before = text[place - 1 : place] if place else ""
    if one in ".,:/-−":
        return after.isdigit() and (one in "-−" or before.isdigit())
    return one.isalnum() or unicodedata.category(one) in ("Mn", "Mc", "Sc", "Sm") or one in "%&"


def _of_one_exercise(texts: list[Text], ngrams: tuple[int, int], cut: float) -> list[Group]:
    same: dict[str, list[Text]] = {}
    for text in sorted(texts, key=lambda text: (-text.learners, text.key)):
        same.setdefault(normal(text.text), []).append(text)
    forms = sorted(same)
    found = [_group(same[form]) for form in forms if _long(form)]
    short: dict[tuple[str, ...], list[str]] = {}
    for form in forms:
        if not _long(form):
            short.setdefault(tuple(sorted(set(_FIGURE.findall(form)))), []).append(form)
    for several in short.values():
        for start in range(0, len(several), BLOCK):
            block = several[start : start + BLOCK]
            found += _joined([same[form] for form in block], block, ngrams, cut)
    return sorted(found, key=lambda group: (-group.learners, group.keys))


def _long(form: str) -> bool:
    """Some languages put no space between words, so that characters count as well."""
    return len(form.split()) > LONG or len(form) > 8 * LONG


def _joined(same: Sequence[list[Text]], forms: Sequence[str], ngrams: tuple[int, int], cut: float) -> list[Group]:
    """The groups of one block; `same` are the texts of each form."""
    if len(forms) < 2:
        return [_group(texts) for texts in same]
    distance = distances(forms, ngrams)
    learners = [sum(text.learners for text in texts) for texts in same]
    members: dict[int, list[int]] = {}
    for place, number in enumerate(cluster(distance, cut)):
        members.setdefault(int(number), []).append(place)
    return [_group([text for place in _ordered(places, distance, learners) for text in same[place]]) for places in members.values()]


def distances(forms: Sequence[str], ngrams: tuple[int, int] = NGRAMS) -> Any:
    """How far each form is from each: a square float64 array, 0 the same, 1 no run of characters in common."""
    import numpy
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(analyzer="char_wb", ngram_range=ngrams).fit_transform(forms)
    near = (table @ table.T).toarray()
    numpy.clip(near, 0, 1, out=near)
    numpy.subtract(1, near, out=near)
    numpy.fill_diagonal(near, 0)
    return near


def cluster(distance: Any, cut: float) -> Any:
    """The number of each form's group under average linkage, cut at a distance."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    return fcluster(linkage(squareform(distance, checks=False), method="average"), cut, criterion="distance")


def _ordered(places: list[int], distance: Any, learners: list[int]) -> list[int]:
    """The one nearest to all learners' texts first, then from the farthest to the nearest."""
    typical = min(places, key=lambda place: (sum(float(distance[place, other]) * learners[other] for other in places), place))
    rest = [place for place in places if place != typical]
    return [typical, *sorted(rest, key=lambda place: (-float(distance[typical, place]), place))]


def _group(texts: Sequence[Text]) -> Group:
    return Group(f"g{texts[0].key[:8]}", texts[0].exercise, tuple(text.key for text in texts), sum(text.learners for text in texts))


def sample(keys: Sequence[str], texts: Mapping[str, Text], count: int = SHOWN) -> list[str]:
    """The first of some keys and, up to `count` in all, those after it that say something else: what a marker sees at once."""
    found: dict[str, str] = {}
    for key in keys:
        found.setdefault(normal(texts[key].text), key)
    return list(found.values())[:count]
