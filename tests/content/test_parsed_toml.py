"""What is remembered of a parsed file is what parsing it again would give, and never outlives the file's content."""

import os
import tomllib

import pytest

from coursekit.content import location, parsed_toml
from coursekit.content.library import load
from coursekit.content.parsed_toml import ParsedToml

FILES = sorted((location.root() / "exercises").rglob("*.toml"))
SPECIAL = [
    b"a = 1\nb = 1.0\nc = -0.0\nd = 1e300\ne = true\nf = [1, 2.5, 'x', []]\ng = {h = ''}",
    b"a = inf\nb = -inf",
    b"a = 2027-01-15T17:00:00+01:00",
    "a = 'a “quoted” word, an emoji 🙂, and a \u2028'".encode(),
    b"a = 99999999999999999999999999",
    b"",
]


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """A cache of this test's own, for any number of files."""
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(parsed_toml, "FEWEST", 1)
    return tmp_path / "cache"


def typed(value):
    """A value with the type of each of its parts, which 1 == 1.0 would hide."""
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    return [typed(one) for one in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("content", SPECIAL)
def test_the_same_as_parsing(tmp_path, content):
    """The first time, from what was just parsed, and from the cache of an earlier run."""
    expected = typed(load_toml(content))
    first = ParsedToml(tmp_path)

    assert typed(first.loads(content)) == typed(first.loads(content)) == expected
    first.keep()
    assert typed(ParsedToml(tmp_path).loads(content)) == expected


def load_toml(content):
    return tomllib.loads(content.decode())


def test_every_file_of_the_course(tmp_path):
    """Nothing of it is lost on the way through the cache."""
    first = ParsedToml(tmp_path)
    for path in FILES:
        first.loads(path.read_bytes())
    first.keep()
    again = ParsedToml(tmp_path)

    for path in FILES:
        assert typed(again.loads(path.read_bytes())) == typed(load_toml(path.read_bytes())), path


def test_nobody_changes_what_another_is_given(tmp_path):
    """Two files of the same content are two."""
    parsed = ParsedToml(tmp_path)
    parsed.loads(b"a = [1]")["a"].append(2)

    assert parsed.loads(b"a = [1]") == {"a": [1]}


def test_a_changed_file_is_read(course_copy):
    """Also where its size and its time are the same."""
    path = course_copy / "exercises" / "shop" / "answer-mr-abe.toml"
    about, before = path.stat(), load(course_copy / "exercises")["shop/answer-mr-abe"].title
    path.write_text(path.read_text().replace(before, before.upper(), 1))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))

    assert path.stat().st_size == about.st_size
    assert load(course_copy / "exercises")["shop/answer-mr-abe"].title == before.upper()


SPOILT = {
    "empty": lambda whole: b"",
    "cut short": lambda whole: whole[:-5],
    "one letter changed": lambda whole: whole.replace(b"title", b"tit1e", 1),
    "not text": lambda whole: b"\xff\xfe" + whole,
    "another's first line": lambda whole: b"0" * 32 + whole[32:],
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_cache_is_not_taken(course_copy, own_cache, spoil):
    """The files are parsed again, and the cache is whole after it."""
    expected = load(course_copy / "exercises")
    (file,) = own_cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))

    assert load(course_copy / "exercises") == expected
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written(course_copy, tmp_path, monkeypatch):
    """It is parsed each time, and nothing is said."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSEKIT_CACHE", str(tmp_path / "file" / "cache"))

    assert load(course_copy / "exercises") == load(course_copy / "exercises")


def test_what_is_gone_is_forgotten(course_copy, own_cache):
    """The cache holds what the course holds."""
    load(course_copy / "exercises")
    (file,) = own_cache.iterdir()
    before = len(file.read_bytes().splitlines())
    for name in ("first-things", "how-likely"):
        (course_copy / "exercises" / "shop" / f"{name}.toml").unlink()
    (course_copy / "exercises" / "shop" / "new.toml").write_text("kind = 7")
    load(course_copy / "exercises")

    assert len(file.read_bytes().splitlines()) == before - 1
