"""Plain data from a file into typed objects, strictly: every field that does not fit is named with its place."""

import difflib
import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, get_args, get_origin

from attrs import fields, has

from ..errors import ContentError
from ..formats import all_of
from ..model.controls import CONTROLS, Control
from ..model.figures import Figure, Figures
from ..model.points import MOST_DIGITS, exact
from ..wording import rule_and_cure, say


def broken(place: str, rule: str, cure: str) -> ExceptionGroup:
    """To be raised where one rule about a file is broken: `place` is where in it, `cure` the next step."""
    return ExceptionGroup("content", [ContentError(place, rule, cure)])


def structure(cls: type, raw: Any, place: str = "") -> Any:
    """`raw` (a dict from TOML) as an object of the attrs class `cls`.

    Raises an ExceptionGroup of ContentError, one for each missing field, each wrong type, and each table with unknown keys.
    """
    from cattrs import transform_error

    if not isinstance(raw, dict):
        raise broken(place, *rule_and_cure("fields.whole_table"))
    try:
        return _converter().structure(raw, cls)
    except Exception as error:  # cattrs wraps whatever a hook raises
        lines = transform_error(error, format_exception=_sentence)
        raise ExceptionGroup("content", [_content_error(line, place) for line in lines]) from None


@cache
def _converter() -> Any:
    from cattrs import Converter  # 96–123 ms: only when a course is read
    from cattrs.gen import make_dict_structure_fn

    converter = Converter()
    converter.register_structure_hook_factory(
        has, lambda cls: _table(make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True))
    )
    for kind, key in ((str, "fields.text"), (bool, "fields.true_or_false"), (int, "fields.whole_number")):
        converter.register_structure_hook(kind, _only(kind, key))
    converter.register_structure_hook(float, lambda raw, _: float(_only((int, float), "fields.number")(raw, None)))
    converter.register_structure_hook(Fraction, lambda raw, _: _exact(raw))
    converter.register_structure_hook(Figures, lambda raw, _: _figures(converter, raw))
    converter.register_structure_hook(datetime, _only(datetime, "fields.date"))
    words = str | tuple[str, ...]
    converter.register_structure_hook_func(
        lambda kind: kind == words, lambda raw, _: raw if isinstance(raw, str) else converter.structure(raw, tuple[str, ...])
    )
    converter.register_structure_hook_func(lambda kind: kind is Control, lambda raw, _: _control(converter, raw))
    converter.register_structure_hook_func(_is_tuple, lambda raw, kind: _as_tuple(converter, raw, kind))
    return converter


def _table(make: Any) -> Any:
    def checked(raw: Any, kind: Any) -> Any:
        if not isinstance(raw, dict):
            raise TypeError(say("fields.table", found=_named(raw)))
        return make(raw, kind)

    return checked


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis


def _as_tuple(converter: Any, raw: Any, kind: Any) -> tuple[Any, ...]:
    """A text is a sequence of characters to Python; here it is a mistake."""
    if not isinstance(raw, list):
        raise TypeError(say("fields.list", found=_named(raw)))
    return tuple(converter.structure(raw, list[get_args(kind)[0]]))  # type: ignore[misc]  # a type that is known when it runs


def _control(converter: Any, raw: Any) -> Control:
    """A control as it describes itself: its fields, and the word for its class."""
    if not isinstance(raw, dict):
        raise TypeError(say("fields.table", found=_named(raw)))
    word = raw.get("type")
    if not isinstance(word, str) or word not in CONTROLS:
        raise TypeError(say("fields.control", found=_named(word)))
    return converter.structure({key: value for key, value in raw.items() if key != "type"}, CONTROLS[word])


def _figures(converter: Any, raw: Any) -> Figures:
    """Figures that were read already, or the bare numbers of a record."""
    if isinstance(raw, Figures):
        return raw
    return Figures().plus({name: Figure(number) for name, number in converter.structure(raw, dict[str, float]).items()})


def _exact(raw: Any) -> Fraction:
    """A number that is counted with, as it is written."""
    number = _only((int, float, Decimal), "fields.number")(raw, None)
    try:
        return exact(number)
    except ValueError:
        raise TypeError(say("fields.number_of_digits", n=MOST_DIGITS, found=_named(raw))) from None


def _only(kinds: Any, key: str) -> Any:
    def check(raw: Any, _: Any) -> Any:
        if not isinstance(raw, kinds) or (isinstance(raw, bool) and kinds is not bool):
            raise TypeError(say(key, found=_named(raw)))
        return raw

    return check


def _named(raw: Any) -> str:
    if isinstance(raw, dict | list):
        return say("fields.a_table" if isinstance(raw, dict) else "fields.a_list")
    return f"“{str(raw)[:40]}”"


def _sentence(error: BaseException, kind: Any) -> str:
    """One error of cattrs as rule and cure, joined by a line break."""
    from cattrs import ForbiddenExtraKeysError

    if isinstance(error, KeyError):
        return "\n".join(rule_and_cure("fields.missing"))
    if isinstance(error, ForbiddenExtraKeysError):
        return _unknown_keys(sorted(error.extra_fields), [field.name for field in fields(error.cl) if field.init])
    value, of_literals, _ = str(error).partition(" not in literal")
    if of_literals:
        return "\n".join(rule_and_cure("fields.one_of", known=", ".join(map(str, get_args(kind))), value=value[:40]))
    return f"{error}\n{say('fields.correct_type')}"


def _unknown_keys(unknown: list[str], known: list[str]) -> str:
    near = [match for name in unknown for match in difflib.get_close_matches(name, known, 1)]
    cure = say("fields.did_you_mean", near=_quoted(near)) if near else say("fields.known_keys", known=", ".join(known))
    return f"{say('fields.unknown_keys', n=len(unknown), names=_quoted(unknown))}\n{cure}"


def _quoted(names: list[str]) -> str:
    return all_of([f"“{name}”" for name in names])


def _content_error(line: str, place: str) -> ContentError:
    message, _, path = line.rpartition(" @ $")
    rule, _, cure = message.partition("\n")
    path = re.sub(r"\[(\d+)\]", lambda match: f"[{int(match[1]) + 1}]", path.lstrip("."))
    return ContentError(".".join(part for part in (place, path) if part), rule, cure)
