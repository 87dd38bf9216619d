"""A table that people open in a spreadsheet: no cell is a formula, and everything comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import BadInput
from coursekit.gradebook import csv_files

NASTY = ["=1+1", "+49 30 1", "-x", "@SUM(A1)", "\tx", "\rx", "\nx", "\x1f=1", "＝1", "＋1", "－1", "＠x", "﹦1"]
HIDDEN = [" =1", "\u00a0=1", '"=1', "'=1", "''=1", "\u200f=1", "\ufeff=1", " ' =1", "x;=1+1", "x\n=1", "x\r\n @y", 'x";"-1', "x\t＝1"]
HARMLESS = ["", "O'Neill", "'t Hooft", "Zoë, Dr.", "a=b", "1-2", "x@y.org", "דוד", "\u200fדוד", "“quoted”", "a; b", "two\nlines"]
pieces = st.sampled_from([*NASTY, *HIDDEN, *HARMLESS, "'", '"', ";", "\t", "\n", "\r", ",", "é", "李", "=", "-"])
texts = st.one_of(st.text(max_size=30), st.lists(pieces, max_size=6).map("".join))


def cells_of(path, delimiter):
    """The cells as a spreadsheet takes them that splits at that sign, and knows quotes only where a cell begins with one."""
    return [cell for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter) for cell in row]


@pytest.mark.parametrize("text", NASTY + HIDDEN)
def test_no_cell_starts_a_formula(text):
    """An apostrophe stands before every beginning that a spreadsheet could take for a formula's."""
    assert csv_files.safe(text) != text
    assert csv_files.plain(csv_files.safe(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text):
    """Names and sentences are not touched."""
    assert text == csv_files.safe(text) == csv_files.plain(text)


@pytest.mark.parametrize("value, cell", [(-1.5, "-1.5"), (0, "0"), (None, ""), (float("nan"), ""), (float("-inf"), ""), (True, "True")])
def test_numbers_stay_numbers(value, cell):
    """A number below zero that we wrote is one in the spreadsheet too; what is no number is an empty cell."""
    assert cell == csv_files.safe(value)


@given(texts)
def test_every_text_comes_back(text):
    """`plain` takes out exactly what `safe` put in."""
    assert csv_files.plain(csv_files.safe(text)) == text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()


def test_a_table_has_no_nul():
    """It would be taken for another encoding when it is read again."""
    assert csv_files.safe("\0=1") == "\ufffd=1"


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=5))
def test_every_table_comes_back(tmp_path_factory, rows):
    """Accents, commas, quotes, right-to-left marks, apostrophes and line breaks survive the file."""
    path = tmp_path_factory.mktemp("table") / "table.csv"
    rows = [tuple("".join(char for char in cell if char != "\0") for cell in row) for row in rows]
    csv_files.write_csv(path, ["a", "b", "c"], rows)

    assert [row for row in rows if any(cell.strip() for cell in map(csv_files.safe, row))] == [
        tuple(row.values()) for row in csv_files.read_csv(path).rows
    ]


@given(texts, st.sampled_from([",", ";", "\t"]))
def test_no_cell_starts_a_formula_whatever_separates(tmp_path_factory, text, delimiter):
    """A spreadsheet that splits at semicolons or tabs finds no formula either, though it splits in other places."""
    path = tmp_path_factory.mktemp("table") / "table.csv"
    csv_files.write_csv(path, ["a", "b"], [("x", text), (text, "y")])

    skipped = csv_files._SKIPPED.replace("\u2000-\u200a", "\u2000\u2009").replace("\u200b-\u200f", "\u200b\u200f")
    for cell in cells_of(path, delimiter):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert not cell.strip(skipped).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or "'" in cell


@given(st.lists(texts, min_size=1, max_size=3))
def test_column_names_are_cells_too(tmp_path_factory, names):
    """A roster's column of any name starts no formula."""
    path = tmp_path_factory.mktemp("table") / "table.csv"
    csv_files.write_csv(path, names, [])

    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in cells_of(path, ","))


def test_excel_reads_accents(tmp_path):
    """The file begins with a BOM, and its lines end in CRLF."""
    csv_files.write_csv(tmp_path / "a.csv", ["name"], [{"name": "Zoë"}, {"other": 1}])

    assert b"\xef\xbb\xbfname\r\n" + "Zoë".encode() + b'\r\n""\r\n' == (tmp_path / "a.csv").read_bytes()


def test_a_table_is_written_whole_or_not_at_all(tmp_path):
    """Broken off in the middle, the file that was there before is still there and no other."""

    def rows():
        yield ["1"]
        raise KeyboardInterrupt

    csv_files.write_csv(tmp_path / "a.csv", ["n"], [["before"]])
    with pytest.raises(KeyboardInterrupt):
        csv_files.write_csv(tmp_path / "a.csv", ["n"], rows())

    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert csv_files.read_csv(tmp_path / "a.csv").rows == ({"n": "before"},)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    """What cannot be written is named with the reason."""
    with pytest.raises(BadInput, match=r"cannot be written \(No such file"):
        csv_files.write_csv(tmp_path / "none" / "a.csv", ["n"], [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write_is_read(delimiter, encoding):
    """Separators and encodings of Excel, LibreOffice and the learning platforms; a blank line is no row."""
    text = delimiter.join(["id", "name"]) + "\r\n\r\n" + delimiter.join(["7", "Zoë"]) + "\n"

    table = csv_files.parse_csv(text.encode(encoding), "a.csv")

    assert (table.columns, table.rows, table.lines) == (("id", "name"), ({"id": "7", "name": "Zoë"},), (3,))
    assert ("Windows-1252" if encoding == "cp1252" else "") == table.guessed


BAD = {
    "an alphabet that is not Latin": ("id,name\n1,Иванов\n".encode("cp1251"), "encoding"),
    "UTF-8 cut in a letter": ("id,name\n1,Zoë é".encode()[:-1], "encoding"),
    "UTF-16 without a BOM": ("id,name".encode("utf-16-le"), "encoding"),
    "binary": (b"PK\x03\x04\x00\x81", "encoding"),
    "nothing": (b"\n  \n", "is empty"),
    "an open quote": (b'id,name\n1,"x\n', "line 2: not a CSV file"),
    "more cells than columns": (b"id,name\n1,Smith, Ann\n", "line 2: has 3 cells"),
    "a column twice": (b"id,id\n1,2\n", "two columns have one name: id"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_is_refused(what):
    """The error names the file, the line and what to do."""
    with pytest.raises(BadInput, match=BAD[what][1]):
        csv_files.parse_csv(BAD[what][0], "a.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """And so is one that is too large to be a table of people."""
    with pytest.raises(BadInput, match="cannot be read"):
        csv_files.read_csv(tmp_path / "none.csv")
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(csv_files.LARGEST + 1)
    with pytest.raises(BadInput, match="more than"):
        csv_files.read_csv(tmp_path / "huge.csv")
