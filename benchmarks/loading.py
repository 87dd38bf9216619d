"""How long `load()` takes for the whole bank, and how many times as long as merely parsing the same files.

Everything is loaded once before the clock starts, so no import is in it. Then, seven times in turn: parse every TOML
file of the bank with tomllib, and load() the bank (parse, work out figures, build and check the exercises).
"""

import tomllib
from pathlib import Path
from time import perf_counter

from table import median, row, spread

import coursekit
from coursekit.content import location

ROUNDS = 7


def milliseconds(work) -> float:
    begun = perf_counter()
    work()
    return 1000 * (perf_counter() - begun)


def parse(files: list[Path]) -> None:
    """What any reader of these files must do at least."""
    for path in files:
        tomllib.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    folder = location.root() / "exercises"
    files = sorted(folder.rglob("*.toml"))
    library = coursekit.load(folder)
    pairs = [(milliseconds(lambda: parse(files)), milliseconds(lambda: coursekit.load(folder))) for _ in range(ROUNDS)]
    parsed, loaded = zip(*pairs, strict=True)
    row(f"`load()` of the bank: {len(library)} exercises, {len(files)} files", f"{median(loaded):.0f} ms{spread(loaded)}")
    row("`load()` against merely parsing the files", f"{median(whole / bare for bare, whole in pairs):.1f} × {median(parsed):.0f} ms")


if __name__ == "__main__":
    main()
