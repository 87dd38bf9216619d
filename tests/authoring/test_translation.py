"""From the English of the package to a translator's file, and from there to what is said: keys, plural forms, places, formats."""

import gettext
import json
import string
from datetime import UTC, datetime

import pseudo
import pytest
from babel import Locale, localedata
from babel.messages.pofile import read_po, write_po

from coursekit import formats, wording
from coursekit.authoring import translation
from coursekit.authoring.lint import languages
from coursekit.errors import BadInput

TEXT = {
    "card": {"open": "Open", "words": {"one": "{n} word too many", "other": "{n} words too many"}},
    "workbook": {"run": "Run", "stop": "Stop"},
    "translate": {"damaged": "{file}: {error}"},
    "shop": {"open": "Open", "full": "{who} has {what}", "deep": {"at": "{percent} % of `coursekit start`"}},
}


def forget():
    """As a new process: neither the language nor a sentence is remembered."""
    pseudo.forget()
    wording._entry.cache_clear()


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """speak("pl", {key: translation}) writes TAG.po, builds, and lets the package speak it; what it says is TEXT."""
    monkeypatch.setattr(wording, "english", lambda: TEXT)
    monkeypatch.setattr(wording, "_section", lambda name: wording.english()[name])
    monkeypatch.setattr(wording, "LANGUAGES", tmp_path)

    def speak(tag, translated=()):
        path, _ = translation.update(tag)
        translate(path, dict(translated))
        translation.build()
        monkeypatch.setenv("COURSEKIT_LANGUAGE", tag)
        forget()
        return path

    yield speak
    monkeypatch.undo()
    forget()


def translate(path, translated):
    """What a translator does: fill in."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    for one in catalogue:
        if one.context in translated:
            one.string = translated[one.context]
            one.flags.discard("fuzzy")
    with path.open("wb") as file:
        write_po(file, catalogue)


def test_one_english_word_may_have_two_translations(speak):
    """The key is the context: a menu's "Open" is not a shop's."""
    speak("de", {"card.open": "Öffnen", "shop.open": "Geöffnet"})

    assert (wording.say("card.open"), wording.say("shop.open")) == ("Öffnen", "Geöffnet")


def test_what_is_not_translated_is_said_in_english(speak):
    """Also where the language is unknown: a page in English is better than none."""
    speak("de", {"card.open": "Öffnen"})
    assert wording.say("shop.full", who="Jo", what="it") == "Jo has it"


@pytest.mark.parametrize("tag", ["tlh", "../en-XA", "", "dede", "d"])
def test_an_unknown_language_is_english(speak, monkeypatch, tag):
    """A tag that no catalogue has is no path and no error."""
    speak("de", {"card.open": "Öffnen"})
    monkeypatch.setenv("COURSEKIT_LANGUAGE", tag)
    forget()

    assert (wording.language(), wording.locale(), wording.say("card.open")) == ("en", "en-GB", "Open")


POLISH = ("{n} słowo", "{n} słowa", "{n} słów")


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 słów"), (1, "1 słowo"), (2, "2 słowa"), (5, "5 słów"), (12, "12 słów"), (22, "22 słowa"), (1_000_003, "1000003 słowa")],
)
def test_a_language_has_its_own_plural_forms(speak, n, said):
    """Three in Polish, chosen by its rule; a script chooses the same from the list of forms."""
    speak("pl", {"card.words": POLISH})
    words = wording.page_words("card")

    assert wording.say("card.words", n=n) == said
    assert words["words"][words["plural"][n if n < 200 else 100 + n % 100]].format(n=n) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 words too many"), (1, "1 word too many"), (101, "101 words too many")])
def test_english_has_two(n, said, speak):
    """One, and all others; also where another language has no translation yet."""
    speak("de")
    assert wording.say("card.words", n=n) == said


def test_what_is_translated_stays_and_what_changed_is_shown_again(speak, tmp_path, monkeypatch):
    """Bringing a file up to date loses no work and trusts no sentence whose English is another one now."""
    path = speak("de", {"card.open": "Öffnen", "shop.open": "Geöffnet"})
    monkeypatch.setattr(wording, "english", lambda: {"card": {"open": "Open this"}, "shop": TEXT["shop"]})
    written, left = translation.update("de")

    with path.open("rb") as file:
        found = {one.context: one for one in read_po(file) if one.id}
    assert (written, left) == (path, 3)  # "card.open", "shop.full", "shop.deep.at"
    assert found["shop.open"].string == "Geöffnet"
    assert not found["card.open"].string or found["card.open"].fuzzy


@pytest.mark.parametrize(
    ("translated", "told"),
    [
        ("{who} hat {was}", ["the translation has the places {was}, {who}, and the sentence has {what}, {who}"]),
        ("{who} hat es", ["the translation has the places {who}, and the sentence has {what}, {who}"]),
        ("Nichts", ["the translation has the places –, and the sentence has {what}, {who}"]),
        ("{who hat {what}", ["the translation has the places {?}, and the sentence has {what}, {who}"]),
        ("{} hat {what}", ["the translation has the places {}, {what}, and the sentence has {what}, {who}"]),
        ("{what} hat {who}", []),
        ("", []),
    ],
)
def test_a_translation_without_its_places_is_told(speak, translated, told, monkeypatch):
    """It could not be said at all, or would leave out what matters."""
    speak("de", {"shop.full": translated})
    monkeypatch.setattr(wording, "english", lambda: {**TEXT, **ENGLISH})
    found = list(languages.places(None, None))

    assert [one.rule for one in found] == told
    assert all((one.file, one.place) == ("languages/de.po", "shop.full") for one in found)


ENGLISH = wording.english()


UNSAYABLE = (
    "{wer} hat {what}", "{who hat {what}", "{who} hat {what}}", "{} hat {what}", "{who!x} hat {what}", "{who:d} hat {what}",
    "{who.__class__} {what}",
)  # fmt: skip


@pytest.mark.parametrize("translated", UNSAYABLE)
def test_what_could_not_be_said_is_said_in_english(speak, translated):
    """No slip of a translator may end a page, or lose an answer that is on its way into the record; lint tells of each."""
    speak("de", {"card.open": "Öffnen", "shop.full": translated})

    assert (wording.say("shop.full", who="Jo", what="it"), wording.say("card.open")) == ("Jo has it", "Öffnen")
    assert wording.section("shop")["full"] == "{who} has {what}"  # nor what a script or a template fills in


@pytest.mark.parametrize("forms", [("{n} слово", "", ""), ("", "", ""), ("{n} слово", "{n} слова", "{m} слов")])
@pytest.mark.parametrize(("n", "said"), [(1, "1 word too many"), (21, "21 words too many"), (5, "5 words too many")])
def test_half_of_the_plural_forms_are_none(speak, forms, n, said):
    """English has its own rule: it is not "21 word" because 21 is like 1 in Russian."""
    speak("ru", {"card.words": forms})
    assert wording.say("card.words", n=n) == said


@pytest.mark.parametrize("rule", ["n/0", "n%5", "7"])
def test_a_plural_rule_that_names_no_form_is_damage(speak, rule, tmp_path):
    """The file is not spoken, and nobody is kept from the course by it."""
    path = speak("de", {"card.open": "Öffnen"})
    path.write_text(path.read_text(encoding="utf-8").replace("plural=(n != 1)", f"plural=({rule})"), encoding="utf-8")
    translation.build()
    forget()

    assert (wording.language(), wording.say("card.words", n=2)) == ("en", "2 words too many")
    with pytest.raises(BadInput):
        translation.update("de")


@pytest.mark.parametrize("content", [b"", b"\xde\x12", b"\xde\x12\x04\x95" + bytes(12)])
def test_a_damaged_catalogue_is_english(speak, tmp_path, content):
    """A disk that was full while it was made, for one."""
    speak("de", {"card.open": "Öffnen"})
    (tmp_path / "de.mo").write_bytes(content)
    forget()

    assert (wording.say("card.open"), wording.say("card.words", n=1)) == ("Open", "1 word too many")


def test_a_translation_that_is_taken_away_is_spoken_no_more(speak, tmp_path):
    """Its catalogue goes with the next build."""
    speak("de", {"card.open": "Öffnen"}).unlink()
    translation.build()
    forget()

    assert (wording.language(), formats.integer(1234)) == ("en", "1,234")


def test_the_mark_that_some_editors_put_before_a_file_is_no_damage(speak, tmp_path):
    """Three bytes that are not to be seen."""
    path = speak("de", {"card.open": "Öffnen"})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    translation.build()
    forget()

    assert wording.say("card.open") == "Öffnen"


@pytest.mark.parametrize("asked", ["de", "DE", "de-AT", "de_DE.UTF-8", "de-Latn-DE"])
def test_a_form_of_a_language_is_that_language(speak, monkeypatch, asked):
    """However the system writes it."""
    speak("de", {"card.open": "Öffnen"})
    monkeypatch.setenv("COURSEKIT_LANGUAGE", asked)
    forget()

    assert (wording.language(), wording.say("card.open")) == ("de", "Öffnen")


@pytest.mark.parametrize(("tag", "name"), [("DE", "de.po"), ("pt-br", "pt-BR.po"), ("zh-hans", "zh-Hans.po")])
def test_a_language_has_one_file(speak, tmp_path, tag, name):
    """However its tag is typed."""
    assert translation.update(tag)[0].name == name


@pytest.mark.parametrize("content", [b"no catalogue", b'msgid "\xff"\nmsgstr ""\n', b'msgid "open'])
def test_a_damaged_translation_is_told_and_stays(speak, tmp_path, content, monkeypatch):
    """Lint names the file, and bringing it up to date does not write over what a translator may still save."""
    speak("de").write_bytes(content)
    monkeypatch.setattr(wording, "english", lambda: {**TEXT, **ENGLISH})

    (problem,) = languages.places(None, None)
    assert (problem.file, problem.place) == ("languages/de.po", "")
    with pytest.raises(BadInput, match="cannot be read as a PO file"):
        translation.update("de")
    assert (tmp_path / "de.po").read_bytes() == content


@pytest.mark.parametrize("tag", ["klingon!", "xx-YY-ZZ-1", ""])
def test_no_language_of_that_tag(tag, tmp_path):
    """Said before a file is written."""
    with pytest.raises(BadInput, match="is no language"):
        translation.update(tag)
    assert not list(tmp_path.iterdir())


NEW_YEAR = datetime(2027, 1, 1, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "day", "number", "share", "names"),
    [
        ("en-GB", "Friday, 1 January 2027", "1,234,567", "2.5", "a, b, c"),
        ("de", "Freitag, 1. Januar 2027", "1.234.567", "2,5", "a, b, c"),
        ("es", "viernes, 1 de enero de 2027", "1.234.567", "2,5", "a, b, c"),
        ("fr", "vendredi 1 janvier 2027", "1\u202f234\u202f567", "2,5", "a, b, c"),
        ("ja", "2027年1月1日金曜日", "1,234,567", "2.5", "a、b、c"),
        ("en-US", "Friday, January 1, 2027", "1,234,567", "2.5", "a, b, c"),
    ],
)
def test_days_numbers_and_lists_are_written_as_the_language_does(speak, tag, day, number, share, names):
    """From the table that is made at build."""
    speak(tag)

    assert (formats.day(NEW_YEAR), formats.time(NEW_YEAR), formats.integer(1234567)) == (day, "09:05", number)
    assert (formats.decimal(2.5), formats.decimal(12.0), formats.listed("abc")) == (share, "12", names)


def test_the_words_of_the_extension_are_made_for_every_language(speak, tmp_path):
    """JupyterLab's extension stands on a Hub without a server of the course: it has its words in a file."""
    speak("de", {"workbook.run": "Lauf"})
    made = json.loads((tmp_path / "workbook.json").read_text(encoding="utf-8"))

    assert {tag: words["run"] for tag, words in made.items()} == {"en": "Run", "de": "Lauf", "en-XA": "⟦Rúñ⟧"}
    assert made["de"]["stop"] == "Stop"


@pytest.mark.parametrize(
    ("tag", "names", "either", "both"),
    [
        ("de", "", "", ""),
        ("de", "a", "a", "a"),
        ("de", "ab", "a oder b", "a und b"),
        ("de", "abcd", "a, b, c oder d", "a, b, c und d"),
        ("fr", "abc", "a, b ou c", "a, b et c"),
        ("ja", "abc", "a、b、またはc", "a、b、c"),
    ],
)
def test_names_are_listed_as_the_language_does(speak, tag, names, either, both):
    """With its words for "or" and "and", and its commas."""
    speak(tag)

    assert (formats.any_of(names), formats.all_of(names)) == (either, both)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", ("1234.57", "0.25", "0.50", "2.5", "100", "a, b")),
        ("de", ("1234,57", "0,25", "0,50", "2,5", "100", "a, b")),
        ("ja", ("1234.57", "0.25", "0.50", "2.5", "100", "a、b")),
        ("sl", ("1234,57", "0,25", "0,50", "2,5", "100", "a, b")),
    ],
)
def test_decimals_and_lists_are_written_as_the_language_does(speak, tag, written):
    """The sign before the decimals, of which there are as many as are asked for, and that between the things of a list."""
    speak(tag)
    made = formats.points(1234.567), formats.decimal(0.25), formats.decimal(0.5, 2), formats.points(2.5), formats.points(100)

    assert written == (*made, formats.listed(["a", "b"]))


def test_a_table_of_formats_can_be_made_of_any_language():
    """No pattern of a date in all of CLDR has a field that the table does not know."""
    for tag in localedata.locale_identifiers():
        made = translation.formats_of(Locale.parse(tag))
        fields = {name for _, name, _, _ in string.Formatter().parse(made["day"]) if name}

        assert {"day", "year"} < fields <= {"weekday", "day", "month", "number", "year"}, tag
        assert (len(made["weekdays"]), len(made["months"])) == (7, 12)
        assert made["and"].keys() == made["or"].keys() == {"2", "start", "middle", "end"}


@pytest.mark.parametrize("key", [key for key, _ in translation.sentences()])
def test_the_pseudo_locale_is_up_to_date_and_keeps_places_and_commands(key, shown_in_pseudo):
    """Each sentence of today's text is in the catalogue that the build made, in brackets, with what must not be translated."""
    sentence = dict(translation.sentences())[key]
    for english in translation._forms(sentence):
        if not english:
            continue
        shown = shown_in_pseudo[key, english]
        assert shown[0] + shown[-1] == "⟦⟧"
        assert translation._places(shown) == translation._places(english)
        assert translation._KEPT.findall(shown) == translation._KEPT.findall(english)


@pytest.fixture(scope="module")
def shown_in_pseudo():
    """{(key, English): what is shown} of the pseudo-locale."""
    made = {}
    for one in translation._messages(translation.pseudo()):
        made |= {
            (one.context, english): shown for english, shown in zip(translation._forms(one.id), translation._forms(one.string), strict=True)
        }
    return made


def test_the_catalogue_that_was_built_is_of_todays_text():
    """Else the walk under the pseudo-locale would find sentences that are in the catalogue long since: make .venv/ready-to-test."""
    with (wording.LANGUAGES / f"{translation.PSEUDO}.mo").open("rb") as file:
        built = gettext.GNUTranslations(file)
    missing = [key for key, one in translation.sentences() if isinstance(one, str) and one and built.pgettext(key, one) == one]

    assert missing == []
    assert json.loads((wording.LANGUAGES / "formats.json").read_text(encoding="utf-8"))["en"]["group"] == ","
