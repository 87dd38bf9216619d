"""What the package says to a person: the English of every sentence stands in text/*.toml and is looked up here by its key.

Another language is a catalogue of gettext, languages/TAG.mo, made when the package is built (authoring/translation.py). The
environment variable COURSEKIT_LANGUAGE names it by its BCP 47 tag ("de", "pt-BR"); what it leaves open is said in English.
"""

import gettext
import os
import struct
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ENGLISH = "en"
FORMS = {"one", "other"}  # the keys of an entry whose words depend on the number {n}
_HERE = Path(__file__).parent
LANGUAGES = _HERE / "languages"  # what is made for other languages, and the translations that it is made of
_PLURALS_SHOWN = 200  # the form of a larger number is that of 100 to 199 with the same last two digits


@cache
def language() -> str:
    """The tag of the language that is spoken: the one asked for, or one that it is a form of ("de" for "de-AT"), else English."""
    asked = os.environ.get("COURSEKIT_LANGUAGE", ENGLISH).partition(".")[0].replace("_", "-").lower()  # also "de_AT.UTF-8"
    there = {one.stem.lower(): one.stem for one in LANGUAGES.glob("*.mo")}
    subtags = asked.split("-")
    return next((there[tag] for end in range(len(subtags), 0, -1) if (tag := "-".join(subtags[:end])) in there), ENGLISH)


def say(key: str, /, **values: object) -> str:
    """The sentence of that key ("section.key") with its {places} filled in; `n`, a whole number, chooses among plural forms."""
    entry, catalogue = _entry(key), _catalogue()
    if isinstance(entry, dict):
        text = catalogue.npgettext(key, entry["one"], entry["other"], values["n"])  # type: ignore[arg-type]
    else:
        text = catalogue.pgettext(key, entry)
    return text.format(**values) if values else text


def rule_and_cure(key: str, /, **values: object) -> tuple[str, str]:
    """The two sentences of a table of that key: the rule that is broken and the next step, their {places} filled in."""
    return say(f"{key}.rule", **values), say(f"{key}.cure", **values)


def section(name: str) -> dict[str, Any]:
    """All entries of one section, {places} open. One whose words depend on a number is the list of its forms."""
    catalogue = _catalogue()

    def spoken(key: str, entry: Any) -> Any:
        if isinstance(entry, str):
            return catalogue.pgettext(key, entry)
        if entry.keys() == FORMS:
            return _forms(catalogue, key, entry)
        return {each: spoken(f"{key}.{each}", one) for each, one in entry.items()}

    return spoken(name, _section(name))


def page_words(name: str) -> dict[str, Any]:
    """A section for a script, with `locale`, the tag that its dates go by, and `plural`: which form each n from 0 to 199 takes."""
    number = _plural(_catalogue())
    return section(name) | {"locale": locale(), "plural": [number(n) for n in range(_PLURALS_SHOWN)]}


def locale() -> str:
    """The BCP 47 tag for a browser: the course's English is British."""
    return "en-GB" if language() == ENGLISH else language()


@cache
def english() -> dict[str, dict[str, Any]]:
    """Every section as it stands in text/*.toml: {section: {key: sentence, or {one, other}, or a table of such}}."""
    return {name: entries for file in sorted(_files()) for name, entries in _read(file).items()}


@cache
def _files() -> list[Path]:
    """The learner's first, then the shortest: a file is read when none before it has the section that is asked for."""
    return sorted((_HERE / "text").glob("*.toml"), key=lambda one: (one.stem != "learner", one.stat().st_size))


@cache
def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _section(name: str) -> dict[str, Any]:
    return next(text[name] for file in _files() if name in (text := _read(file)))


@cache
def _entry(key: str) -> Any:
    name, *rest = key.split(".")
    entry: Any = _section(name)
    for name in rest:
        entry = entry[name]
    return entry


@cache
def _catalogue() -> gettext.NullTranslations:
    if language() == ENGLISH:
        return gettext.NullTranslations()
    try:
        with (LANGUAGES / f"{language()}.mo").open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error):  # damaged: the course goes on in English
        return gettext.NullTranslations()


def _plural(catalogue: gettext.NullTranslations) -> Any:
    """The number of the form for n. (gettext keeps the rule of a catalogue in this attribute; English has none.)"""
    return getattr(catalogue, "plural", lambda n: int(n != 1))


def _forms(catalogue: gettext.NullTranslations, key: str, entry: dict[str, str]) -> list[str]:
    """The forms in the order of their numbers, each found by the first number that takes it."""
    rule = _plural(catalogue)
    examples = {rule(n): n for n in reversed(range(_PLURALS_SHOWN))}
    return [catalogue.npgettext(key, entry["one"], entry["other"], examples[form]) for form in sorted(examples)]
