"""A download is walked without unpacking it; what could harm or deceive is not read, and told."""

import io
import os
import struct
import warnings
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.errors import BadInput
from coursekit.gradebook.collect.archive import Found, Limits, NotRead, count, is_submission, walk
from coursekit.gradebook.problem_lines import ProblemLine

GOOD = b'{"coursekit":"submission"}\n'


def packed(entries):
    """A zip of {name or ZipInfo: bytes}, as bytes."""
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries if isinstance(entries, list) else entries.items():
            archive.writestr(name, data)
    return made.getvalue()


def result(download, limits=None):
    """({path: bytes}, [(path, severity, why)])"""
    files, told = {}, []
    for one in walk(download, limits or Limits()):
        if isinstance(one, ProblemLine):
            told.append((one.file, one.severity, one.what + ": " + one.why))
            continue
        try:
            files[one.path] = one.read()
        except NotRead as error:
            told.append((error.finding.file, error.finding.severity, error.finding.what + ": " + error.finding.why))
    return files, told


@pytest.fixture
def zipped(tmp_path):
    """A function that writes entries as d.zip and walks it."""

    def walked(entries, limits=None):
        path = tmp_path / "d.zip"
        path.write_bytes(entries if isinstance(entries, bytes) else packed(entries))
        return result(path, limits)

    return walked


def test_a_folder_of_everything(tmp_path):
    """Files, folders, zips, and zips in those, in the order of their paths."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.coursekit.jsonl").write_bytes(GOOD)
    (tmp_path / "a.zip").write_bytes(packed({"in/y.coursekit.jsonl": GOOD, "own.zip": packed({"z.coursekit.jsonl": GOOD})}))

    files, told = result(tmp_path)

    assert (list(files), told) == (["a.zip/in/y.coursekit.jsonl", "a.zip/own.zip/z.coursekit.jsonl", "b/x.coursekit.jsonl"], [])
    assert set(files.values()) == {GOOD}
    assert count(tmp_path) == 3


def test_one_file_alone(tmp_path):
    """A single file handed in is a download too, and a zip by any name."""
    (tmp_path / "x.coursekit.jsonl").write_bytes(GOOD)
    (tmp_path / "download").write_bytes(packed({"y.coursekit.jsonl": GOOD}))

    assert list(result(tmp_path / "x.coursekit.jsonl")[0]) == ["x.coursekit.jsonl"]
    assert list(result(tmp_path / "download")[0]) == ["download/y.coursekit.jsonl"]


def test_what_is_no_download(tmp_path):
    """Anything else is refused at once."""
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    for path in (tmp_path / "x.pdf", tmp_path / "none"):
        with pytest.raises(BadInput, match="no folder, no zip"):
            list(walk(path))


@pytest.mark.parametrize(
    "name",
    [
        "Zoë-O-Neill-quiz.coursekit.jsonl",
        "x.coursekit (1).jsonl",
        "x.coursekit(2).jsonl",
        "x.coursekit-2.jsonl",
        "x.coursekit.jsonl.txt",
        "x.coursekit.json",
        "x.coursekit.jsonl (1)",
        "x (1).coursekit.jsonl",
        "x.coursekit_jsonl",
        "x%2Ecoursekit%2Ejsonl",
        "X.COURSEKIT.JSONL",
    ],
)
def test_names_that_platforms_and_browsers_make(name):
    """A copy, a suffix or an encoding does not hide a file."""
    assert is_submission(name)


@pytest.mark.parametrize("name", ["x.bundle.json", "attempts.jsonl", "x.coursekit.jsonl.zip", "coursekit.py", "x.coursekit.jsonl.exe"])
def test_names_of_other_things(name):
    """What is not handed in is not taken for it."""
    assert not is_submission(name)


def test_a_file_is_known_by_its_beginning(zipped):
    """Whatever it is called."""
    files, told = zipped({"answer.txt": b'\xef\xbb\xbf{ "coursekit": "submission"}', "attempts.jsonl": b"{}"})

    assert list(files) == ["d.zip/answer.txt"]
    assert [(path, severity) for path, severity, _ in told] == [("d.zip/attempts.jsonl", "notice")]


def test_nothing_disappears_silently(zipped):
    """A notebook or a document that a learner handed in is told; what machines add is not."""
    files, told = zipped(
        {
            "Ann/work.ipynb": b"{}",
            "Ann/work.docx": b"PK",
            "__MACOSX/Ann/._x.coursekit.jsonl": b"x",
            ".DS_Store": b"x",
            "Thumbs.db": b"x",
            ".ipynb_checkpoints/x.coursekit.jsonl": GOOD,
            "Quiz_ann_attempt_2026-11-20-10-11-12.txt": b"Name: Ann",
            "Ann/old.rar": b"Rar!",
        }
    )

    assert files == {}
    assert [(path, severity) for path, severity, _ in told] == [
        ("d.zip/Ann/old.rar", "problem"),
        ("d.zip/Ann/work.docx", "notice"),
        ("d.zip/Ann/work.ipynb", "notice"),
    ]


@pytest.mark.parametrize(
    "name", ["../x.coursekit.jsonl", "a/../../x.coursekit.jsonl", "/x.coursekit.jsonl", "C:/x.coursekit.jsonl", "a\\x.coursekit.jsonl"]
)
def test_paths_that_leave_the_archive(zipped, name):
    """Zip slip in all its shapes."""
    files, told = zipped({name: GOOD, "y.coursekit.jsonl": GOOD})

    assert list(files) == ["d.zip/y.coursekit.jsonl"]
    assert "leads out of the archive" in told[0][2]


def test_links(tmp_path):
    """Neither a link in a zip nor one on disk is followed, to a file or to a folder."""
    link = zipfile.ZipInfo("l.coursekit.jsonl")
    link.external_attr = 0o120777 << 16
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.zip").write_bytes(packed([(link, b"/etc/passwd")]))
    (tmp_path / "x.coursekit.jsonl").write_bytes(GOOD)
    (tmp_path / "d" / "l.coursekit.jsonl").symlink_to(tmp_path / "x.coursekit.jsonl")
    (tmp_path / "d" / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "d" / "z.coursekit.jsonl")

    files, told = result(tmp_path / "d")

    assert files == {}
    assert [path for path, _, why in told if "link" in why] == ["a.zip/l.coursekit.jsonl", "l.coursekit.jsonl", "up"]
    assert "neither a file nor a folder" in told[-1][2]


def test_bombs(zipped):
    """What unpacks to hundreds of times its size, and what is larger than any honest file, is not read."""
    files, told = zipped({"a.coursekit.jsonl": b"0" * 2_000_000, "b.coursekit.jsonl": os.urandom(9_000), "c.coursekit.jsonl": GOOD})
    assert list(files) == ["d.zip/b.coursekit.jsonl", "d.zip/c.coursekit.jsonl"]
    assert "times as large as packed" in told[0][2]

    files, told = zipped({"b.coursekit.jsonl": os.urandom(9_000), "c.coursekit.jsonl": GOOD}, Limits(file=1_000))
    assert list(files) == ["d.zip/c.coursekit.jsonl"]
    assert "more than 1,000 bytes" in told[0][2]


def test_a_size_that_lies(zipped):
    """A directory that says an entry is small does not make it so."""
    data = packed({"a.coursekit.jsonl": b"0" * 50_000})
    lied = data.replace(struct.pack("<I", 50_000), struct.pack("<I", 10))

    files, told = zipped(lied)

    assert (files, told[0][2]) == ({}, "an archive or a file in it is not read: it is damaged")


def test_too_much_in_all(zipped):
    """The whole is bounded as well: bytes, and entries before anything is read of them."""
    three = {f"{name}.coursekit.jsonl": GOOD for name in "abc"}

    assert len(zipped(three, Limits(total=2 * len(GOOD)))[0]) == 2
    files, told = zipped(three, Limits(entries=2))
    assert files == {}
    assert "more than 2 entries" in told[0][2]


def test_a_huge_directory_is_not_loaded(zipped):
    """A zip says at its end how many entries it has; millions are refused before an object is made of each."""
    data = bytearray(packed({"a.coursekit.jsonl": GOOD}))
    at = data.rfind(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", 60_000, 60_000)

    assert "more than 500 entries" in zipped(bytes(data), Limits(entries=500))[1][0][2]


def test_nested_archives(zipped):
    """One zip in a zip is read, the next is not; damage inside is told by its path."""
    inner = packed({"a.coursekit.jsonl": GOOD, "deeper.zip": packed({"b.coursekit.jsonl": GOOD})})
    files, told = zipped({"own.zip": inner, "torn.zip": inner[:40]})

    assert list(files) == ["d.zip/own.zip/a.coursekit.jsonl"]
    assert [path for path, _, _ in told] == ["d.zip/own.zip/deeper.zip", "d.zip/torn.zip"]
    assert ["zip inside a zip inside a zip" in told[0][2], "damaged" in told[1][2]] == [True, True]


def test_one_learners_archive_does_not_use_up_the_class(zipped):
    """A zip inside the download has a bound of its own, in bytes and in entries."""
    inner = packed({f"{number}.coursekit.jsonl": GOOD for number in range(9)})
    entries = {"a.zip": inner, "b.coursekit.jsonl": GOOD}

    files, told = zipped(entries, Limits(nested=3 * len(GOOD)))
    assert (len(files), list(files)[-1], [path for path, _, _ in told]) == (5, "d.zip/b.coursekit.jsonl", ["d.zip/a.zip"])
    files, told = zipped(entries, Limits(nested_entries=3))
    assert list(files) == ["d.zip/b.coursekit.jsonl"]


def test_a_document_is_no_archive(tmp_path):
    """A .docx is a zip inside, and still one file that is told once."""
    (tmp_path / "work.docx").write_bytes(packed({"word/document.xml": b"<x/>"}))

    assert [path for path, _, _ in result(tmp_path)[1]] == ["work.docx"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=8), st.integers(0, 700))
def test_any_damage(zipped, changes, cut):
    """Whatever bytes are changed or cut off, every file is read or told."""
    inner = packed({"y.coursekit.jsonl": GOOD})
    data = bytearray(packed({"x.coursekit.jsonl": GOOD, "i.zip": inner, "z.docx": b"PK"}))
    for at, byte in changes:
        data[at % len(data)] = byte
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            files, told = zipped(bytes(data[: len(data) - cut % 30]))
        except BadInput:
            return

    assert files or told


def test_encrypted_damaged_and_doubled(zipped):
    """Each has its line, and the others are still read."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(
            [("a.coursekit.jsonl", GOOD), ("a.coursekit.jsonl", b"other"), ("b.coursekit.jsonl", b"b" * 999), ("c.coursekit.jsonl", GOOD)]
        )
    torn = data.replace(b"b.coursekit.jsonl", b"b.coursekit.jsonl", 1)
    at = torn.index(b"b.coursekit.jsonl") + len("b.coursekit.jsonl")
    torn = torn[:at] + bytes([torn[at] ^ 0xFF]) + torn[at + 1 :]
    files, told = zipped(torn)
    assert list(files) == ["d.zip/c.coursekit.jsonl"]
    assert [("2 of them share one name" in why, "damaged" in why) for _, _, why in told] == [(True, False), (False, True)]

    secret = bytearray(packed({"a.coursekit.jsonl": GOOD}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        secret[secret.index(mark) + offset] |= 1
    assert "encrypted" in zipped(bytes(secret))[1][0][2]


def test_names_in_a_zip_that_does_not_say_utf8(zipped):
    """macOS and Canvas write UTF-8 without saying so."""
    data = packed({"Zo\u00eb.coursekit.jsonl": GOOD})
    plain = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        plain[plain.index(mark) + offset] &= ~0x08

    assert list(zipped(bytes(plain))[0]) == ["d.zip/Zoë.coursekit.jsonl"]


def test_what_cannot_be_opened(tmp_path, monkeypatch):
    """A folder or file without permission has its line."""
    (tmp_path / "x.coursekit.jsonl").write_bytes(GOOD)
    opened = type(tmp_path).open
    monkeypatch.setattr(type(tmp_path), "open", lambda self, *a, **k: refuse() if self.name.startswith("x") else opened(self, *a, **k))

    def refuse():
        raise PermissionError(13, "Permission denied")

    assert result(tmp_path) == ({}, [("x.coursekit.jsonl", "problem", "a file or folder cannot be opened: Permission denied")])


def test_a_name_that_is_no_text(tmp_path):
    """Bytes that are no UTF-8 are shown, and the file is read."""
    path = os.fsencode(tmp_path) + b"/\xff.coursekit.jsonl"
    with open(path, "wb") as file:
        file.write(GOOD)

    assert list(result(tmp_path)[0]) == ["\\udcff.coursekit.jsonl"]


def test_the_walk_is_lazy(tmp_path):
    """Nothing is read before it is asked for, and a folder can be left out."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "y.coursekit.jsonl").write_bytes(GOOD)
    (tmp_path / "x.coursekit.jsonl").write_bytes(GOOD)

    walked = walk(tmp_path, leave_out=[tmp_path / "out"])

    first = next(walked)
    assert isinstance(first, Found)
    assert (first.path, first.parts, first.read()) == ("x.coursekit.jsonl", ("x.coursekit.jsonl",), GOOD)
    assert list(walked) == []
