"""Sorting into buckets; with one item a bucket it is matching."""

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from ...wording import rule_and_cure, say
from ..controls import Assign, Choice, Control
from ..exercise import Exercise, Grade, Offered, Part, Samples
from ..plain_text import literal


@frozen
class Bucket:
    """A place to sort into."""

    id: str
    text: str


@frozen
class WrongBucket:
    """Words of its own for one wrong bucket of one item."""

    bucket: str
    why: str
    misconception: str


@frozen
class Item:
    """A line to sort: the bucket or buckets it belongs in, why, and the misconception when it is put elsewhere."""

    id: str
    text: str
    bucket: str | tuple[str, ...]
    why: str
    misconception: str = ""
    wrong: tuple[WrongBucket, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """The ids of the buckets that count as right."""
        return (self.bucket,) if isinstance(self.bucket, str) else self.bucket

    def offered(self, bucket: Bucket) -> Offered:
        """This item in that bucket, as something that can be picked."""
        right = bucket.id in self.accepted
        own = {wrong.bucket: wrong.misconception for wrong in self.wrong}
        code = "" if right else own.get(bucket.id, self.misconception)
        return Offered(placed(self.id, bucket.id), placed(self.text, bucket.text), right, code)


def placed(item: str, bucket: str) -> str:
    """An item in a bucket, by their ids or by their texts."""
    return f"{item} → {bucket}"


@frozen(kw_only=True)
class Sorting(Exercise):
    """Answer: {item: bucket}. Score: share of items in an accepted bucket (as QTI's match interaction)."""

    kind = "sorting"
    parts_tell_all = parts_are_facts = True
    bucket: tuple[Bucket, ...]
    item: tuple[Item, ...]

    @property
    def steps(self) -> int:
        return len(self.item)

    def controls(self) -> tuple[Control, ...]:
        items = tuple(Choice(item.id, item.text) for item in self.item)
        return (Assign("answer", say("label.assign"), items, tuple(Choice(b.id, b.text) for b in self.bucket)),)

    def grade(self, answer: dict[str, str]) -> Grade:
        parts = [self._part(item, answer[item.id]) for item in self.item]
        right = sum(part.verdict == "right" for part in parts)
        return self.graded(Fraction(right, len(parts)), parts, say("feedback.sorted", right=right, all=len(parts)))

    def _part(self, item: Item, bucket: str) -> Part:
        if bucket in item.accepted:
            return Part(item.id, "right", item.why)
        belongs = say("feedback.belongs", bucket=literal(self._text(item.accepted[0])))
        for wrong in item.wrong:
            if wrong.bucket == bucket:
                return Part(item.id, "wrong", f"{wrong.why} {belongs}", wrong.misconception)
        return Part(item.id, "wrong", f"{belongs} {item.why}", item.misconception)

    def _text(self, bucket: str) -> str:
        return next(b.text for b in self.bucket if b.id == bucket)

    def solution(self) -> str:
        lines = "\n".join(f"- {literal(item.text)} → **{literal(self._text(item.accepted[0]))}** {item.why}" for item in self.item)
        return f"{say('feedback.answer_is', answer='')}\n\n{lines}"

    def samples(self) -> Samples:
        right = {item.id: item.accepted[0] for item in self.item}
        wrong = {item.id: next(b.id for b in self.bucket if b.id not in item.accepted) for item in self.item}
        first = self.item[0].id
        return Samples(
            right=(right,),
            partly=({**right, first: wrong[first]},) if len(right) > 1 else (),
            wrong=(wrong,),
            unreadable=({}, {first: right[first]} if len(right) > 1 else None, {**right, first: "no such bucket"}, [], "x"),
        )

    def reasons(self) -> Iterator[tuple[str, str, str]]:
        for item in self.item:
            yield f"item “{item.id}”", item.why, item.misconception
            for wrong in item.wrong:
                yield say("place.item_in_bucket", item=item.id, bucket=wrong.bucket), wrong.why, wrong.misconception

    def offered(self) -> list[Offered]:
        """Each item in each bucket."""
        return [item.offered(bucket) for item in self.item for bucket in self.bucket]

    def picked(self, answer: dict[str, str]) -> list[Offered]:
        return self.offered_of({placed(item, bucket) for item, bucket in answer.items()})

    def problems(self) -> list[tuple[str, str, str]]:
        known, found = {bucket.id for bucket in self.bucket}, []
        for item in self.item:
            for name in (*item.accepted, *(wrong.bucket for wrong in item.wrong)):
                if name not in known:
                    told = rule_and_cure("kinds.sorting.no_bucket", bucket=name, known=", ".join(sorted(known)))
                    found.append((f"item “{item.id}”", *told))
            if not known - set(item.accepted):
                found.append((f"item “{item.id}”", *rule_and_cure("kinds.sorting.all_accepted")))
        if not self.item or len(self.bucket) < 2:
            found.append(("bucket", *rule_and_cure("kinds.sorting.least")))
        return found
