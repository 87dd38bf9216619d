"""The scripts of a page: each widget takes one string, which is linked here from the modules that its entry imports.

The modules are written so that this is a matter of lines: an import names what it takes and stands on one line, what stands at the top
level begins a line, and two modules that are linked together have no name in common. What does not fit is refused, never guessed.
"""

import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r'import \{ (?P<names>\w+(?:, \w+)*) \} from "(?P<file>\.\.?/[\w./-]+\.js)";')
_EXPORT = re.compile(r"export (?=(?:async )?(?:function|class|const|let) )")
_NAME = re.compile(r"(?:export )?(?:async )?(?:function\*?|class|const|let|var) (\w+)")
_DEFAULT = "export default "

HERE = Path(__file__).parent


class CannotLink(ValueError):
    """A module that cannot be put together with the others; the message names file and line, and what to write."""


@cache
def linked(entry: Path) -> str:
    """One module with the text of `entry` and of all that it imports, each before what imports it.

    Only the entry's `export default` is left of imports and exports. Raises CannotLink for a file that is not there, for modules
    that import each other, for a name that two modules have or that a module does not export, and for a line that fits none of
    the forms above.
    """
    link = _Link()
    link.take(entry.resolve(), ())
    return "\n".join(link.texts)


@cache
def style(*files: Path) -> str:
    """The style sheets one after the other."""
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


class _Link:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.exported: dict[Path, set[str]] = {}  # of the modules that are taken
        self.owners: dict[str, Path] = {}  # who has a name at its top level

    def take(self, file: Path, importers: tuple[Path, ...]) -> None:
        if file in importers:
            circle = " → ".join(one.name for one in (*importers[importers.index(file) :], file))
            raise CannotLink(f"{circle}: modules import each other. Move what both need into a third.")
        if file in self.exported:
            return
        if not file.is_file():
            raise CannotLink(f"{importers[-1].name if importers else file}: imports {file.name}, which is not there ({file}).")
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [self._line(file, number, line, (*importers, file)) for number, line in enumerate(lines, 1)]
        self.exported[file] = {found[1] for line in lines if _EXPORT.match(line) and (found := _NAME.match(line))}
        self.texts.append("\n".join(line for line in kept if line is not None).strip() + "\n")

    def _line(self, file: Path, number: int, line: str, importers: tuple[Path, ...]) -> str | None:
        """The line as it goes into the whole; None for one that does not."""
        where = f"{file.name}, line {number}"
        if line.startswith("import"):
            self._import(where, line, file, importers)
            return None
        if line.startswith(_DEFAULT) and len(importers) == 1:
            return line
        if line.startswith("export") and not _EXPORT.match(line):
            raise CannotLink(f"{where}: “{line}”. Export a function, class, const or let where it is made; default only in the entry.")
        if found := _NAME.match(line):
            self._own(where, found[1], file)
        elif re.match(r"(const|let|var) ", line):
            raise CannotLink(f"{where}: “{line}” takes several names apart at the top level. Give each a line of its own.")
        return _EXPORT.sub("", line, count=1) if line.startswith("export") else line

    def _import(self, where: str, line: str, file: Path, importers: tuple[Path, ...]) -> None:
        found = _IMPORT.fullmatch(line)
        if not found:
            raise CannotLink(f'{where}: “{line}”. Write import {{ name, other }} from "./file.js"; on one line, without “as”.')
        source = (file.parent / found["file"]).resolve()
        self.take(source, importers)
        if missing := set(found["names"].split(", ")) - self.exported[source]:
            raise CannotLink(f"{where}: {source.name} does not export {', '.join(sorted(missing))}.")

    def _own(self, where: str, name: str, file: Path) -> None:
        other = self.owners.setdefault(name, file)
        if other != file:
            raise CannotLink(f"{where}: {other.name} has the name {name} too, and both are linked into one script. Rename one.")
