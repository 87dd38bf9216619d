"""From the English sentences to catalogues of gettext: a template for translators, what they wrote made ready, a pseudo-locale.

A sentence's key is its context (msgctxt) and its English is what is translated (msgid), so that one English word may have two
translations, and a sentence whose English changes is shown to the translator again.
"""

import codecs
import gettext
import json
import re
import string
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from .. import files, wording
from ..errors import BadInput

PSEUDO = "en-XA"  # the tag that CLDR and Android have for English with accents, which shows what is not translated yet
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
_KEPT = re.compile(r"\{.*?\}|`.*?`|<.*?>|\]\(.*?\)|https?:\S+|--\w+|%\w+")  # places, code, tags and addresses
_PATTERN = re.compile(r"'([^']*)'|([EMLdy]+)")  # of CLDR's dates: quoted letters, or a field


def sentences() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """(key, English) of every sentence; one whose words depend on a number is a pair."""
    yield from _leaves("", wording.english())


def _leaves(above: str, table: dict[str, Any]) -> Iterator[tuple[str, str | tuple[str, str]]]:
    for name, entry in table.items():
        if isinstance(entry, str):
            yield above + name, entry
        elif entry.keys() == wording.FORMS:
            yield above + name, (entry["one"], entry["other"])
        else:
            yield from _leaves(f"{above}{name}.", entry)


def template(tag: str) -> Catalog:
    """A catalogue for that language in which nothing is translated. Raises BadInput for a tag that no language has."""
    try:
        made = Catalog(Locale.parse(tag, sep="-"), project="coursekit", fuzzy=False)
    except Exception as error:  # babel's are of several kinds
        raise BadInput(wording.say("translate.no_language", tag=tag)) from error
    for key, english in sentences():
        made.add(english, context=key)
    return made


def update(tag: str) -> tuple[Path, int]:
    """Write the sentences for translators into TAG.po, keeping what is translated; return the file and how many are open."""
    made = template(tag)
    path = wording.LANGUAGES / f"{str(made.locale).replace('_', '-')}.po"  # "DE" is "de"
    if path.exists():
        before = _read(path)
        before.update(made)
        made = before
    wording.LANGUAGES.mkdir(exist_ok=True)
    with files.writing(path) as file:
        write_po(file, made, width=120, omit_header=False, ignore_obsolete=True)
    return path, len([one for one in _messages(made) if one.fuzzy or "" in _forms(one.string)])


def wrong_places(path: Path) -> Iterator[tuple[str, set[str], set[str]]]:
    """(key, {places} found, {places} of the English) of every translation with which a sentence could not be said."""
    for one in _messages(_read(path)):
        for found in _wrong(one):
            yield str(one.context), found, _places(_forms(one.id)[-1])


def _wrong(one: Message) -> list[set[str]]:
    """The places of each form that is translated and has others than its sentence; the English of one thing may lack its number."""
    wanted = [_places(form) for form in _forms(one.id)]
    return [found for text in _forms(one.string) if text and (found := _places(text)) not in wanted]


def build() -> None:
    """Make the catalogues that the package reads of every TAG.po, of the pseudo-locale, the table of formats, and the words of
    JupyterLab's extension."""
    folder = wording.LANGUAGES
    folder.mkdir(exist_ok=True)
    translated = dict(_readable(folder))
    catalogues = {**translated, PSEUDO: pseudo()}
    for old in folder.glob("*.mo"):  # of a translation that was taken away
        if old.stem not in catalogues:
            old.unlink()
    for tag, made in catalogues.items():
        with files.writing(folder / f"{tag}.mo") as file:
            write_mo(file, made)
        _write_for_click(made, folder / "click" / tag / "LC_MESSAGES" / "click.mo")
    formats = {tag: formats_of(Locale.parse(tag, sep="-")) for tag in translated}
    british = formats_of(Locale("en", "GB"))
    _write(folder / "formats.json", {wording.ENGLISH: british, PSEUDO: british, **formats})
    spoken = {wording.ENGLISH: Catalog(), **catalogues}
    _write(folder / "workbook.json", {tag: _workbook(made) for tag, made in spoken.items()})


def _readable(folder: Path) -> Iterator[tuple[str, Catalog]]:
    """(tag, what can be said) of each TAG.po. A damaged one must keep nobody from starting the course: lint tells of it."""
    for path in sorted(folder.glob("*.po")):
        with suppress(BadInput):
            yield path.stem, _sayable(_read(path))


def _sayable(whole: Catalog) -> Catalog:
    """Without what is fuzzy, half translated or has wrong places: that is said in English rather than ending in an error."""
    made = Catalog(whole.locale, fuzzy=False)
    made.mime_headers = whole.mime_headers  # its plural rule among them
    for one in _messages(whole):
        if not (one.fuzzy or "" in _forms(one.string) or _wrong(one)):
            made.add(one.id, one.string, context=one.context)
    return made


def _write(path: Path, table: dict[str, Any]) -> None:
    files.write(path, json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _workbook(made: Catalog) -> dict[str, str]:
    """What JupyterLab's extension says, which not everywhere has a server of the course behind it."""
    found = {name: (text, made.get(text, context=f"workbook.{name}")) for name, text in wording.english()["workbook"].items()}
    return {name: str(one.string) if one else text for name, (text, one) in found.items()}


def _write_for_click(whole: Catalog, path: Path) -> None:
    """click's own words, where gettext looks for them and by their English alone, as click asks for them."""
    made = Catalog(whole.locale, fuzzy=False)
    for one in _messages(whole):
        if str(one.context).startswith("click."):
            made.add(one.id, one.string)
    path.parent.mkdir(parents=True, exist_ok=True)
    with files.writing(path) as file:
        write_mo(file, made)


def pseudo() -> Catalog:
    """English in accents, a third longer and in brackets: whatever is shown without them never passed through the catalogue."""
    made = Catalog("en", fuzzy=False)
    for key, english in sentences():
        accented = [_accented(one) for one in _forms(english)]
        made.add(english, accented if isinstance(english, tuple) else accented[0], context=key)
    return made


def formats_of(locale: Locale) -> dict[str, Any]:
    """The signs between groups of digits, before decimals and between the things of a list, the patterns of lists, the names of
    days (from Monday) and months, and the pattern of a whole date."""
    days, months = locale.days["format"]["wide"], locale.months["format"]["wide"]
    weekday, day, month = "{weekday}", "{day}", "{month}"
    fields = {"EEEE": weekday, "EEE": weekday, "d": day, "dd": "{day:02}", "y": "{year}"}
    fields |= {"MMMM": month, "LLLL": month, "MMM": month, "MM": "{number:02}", "M": "{number}"}
    return {
        "group": locale.number_symbols["latn"]["group"],
        "decimal": locale.number_symbols["latn"]["decimal"],
        "list": locale.list_patterns["standard"]["middle"].format("", ""),
        "day": _PATTERN.sub(lambda found: fields[found[2]] if found[2] else found[1], locale.date_formats["full"].pattern),
        "weekdays": [days[number] for number in range(7)],
        "months": [months[number] for number in range(1, 13)],
        "and": {**locale.list_patterns["standard"]},
        "or": {**locale.list_patterns["or"]},
    }


def _read(path: Path) -> Catalog:
    try:
        text = path.read_bytes().removeprefix(codecs.BOM_UTF8)  # which some editors write
        made = read_po(BytesIO(text), locale=path.stem.replace("-", "_"), abort_invalid=True)
        rule = gettext.c2py(made.plural_expr)
        if not all(rule(n) < made.num_plurals for n in range(200)):
            raise ValueError(f"Plural-Forms: {made.plural_forms}")
        return made
    except (PoFileError, ValueError, ArithmeticError, UnknownLocaleError) as error:
        raise BadInput(wording.say("translate.damaged", file=path, error=error)) from error


def _messages(catalogue: Iterable[Message]) -> Iterator[Message]:
    return (one for one in catalogue if one.id)


def _forms(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _places(text: str) -> set[str]:
    try:
        parts = string.Formatter().parse(text)
        return {f"{name}!{how}" if how else f"{name}:{spec}" if spec else name for _, name, spec, how in parts if name is not None}
    except ValueError:  # a bracket without the other
        return {"?"}


def _accented(text: str) -> str:
    parts, last = [], 0
    for kept in _KEPT.finditer(text):
        parts += [text[last : kept.start()].translate(_ACCENTS), kept[0]]
        last = kept.end()
    return f"⟦{''.join(parts)}{text[last:].translate(_ACCENTS)}{' ~' * (len(text) // 12)}⟧"
