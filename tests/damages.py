"""What may become of a file between two runs: cut short, emptied, not text, of another shape, a folder in its place, gone."""


def _cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _folder(path):
    path.unlink()
    path.mkdir()


def _becomes(content):
    return lambda path: path.write_bytes(content)


DAMAGES = {
    "cut in half": _cut,
    "empty": _becomes(b""),
    "blank": _becomes(b" \n"),
    "not text": _becomes(b"\xff\xfe\x00\x81"),
    "null": _becomes(b"null"),
    "a number": _becomes(b"7"),
    "a text": _becomes(b'"x"'),
    "a list": _becomes(b"[7]"),
    "an empty object": _becomes(b"{}"),
    "nested without end": _becomes(b"[" * 100_000),
    "a folder in its place": _folder,
    "gone": lambda path: path.unlink(),
}
