"""Names of files that every system can hold: Windows, macOS and Linux, a stick, an archive and a learning platform."""

import re
import unicodedata
from hashlib import sha256

LONGEST = 200  # bytes of a name; 255 fit, and a file that is being written has a longer name
_KEPT = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL)
_JOINER = "\u200d"


def reserved(name: str) -> bool:
    """Whether Windows keeps that name for a device, with any ending."""
    return bool(_KEPT.fullmatch(name))


def can_be_held(name: str) -> bool:
    """Whether every system takes that name, gives it back as it is, and nobody overlooks it: nothing that cannot be seen or
    that parts a path, no device of Windows, no point or space at either end, at most LONGEST bytes, in Unicode's composed form."""
    signs = [char for char in name if char in '<>:"/\\|?*' or not (char == " " or char.isprintable())]
    plain = unicodedata.normalize("NFC", name) == name == name.strip(" .")
    return bool(name) and plain and not signs and not reserved(name) and len(name.encode()) <= LONGEST


def folded(name: str) -> str:
    """What two names have in common that are one file on some system: case and Unicode's forms make no difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def shortened(text: str, most: int) -> str:
    """The text, or where it has more than `most` bytes its beginning, up to the end of a letter with its marks, and a digest of
    the whole, so that two texts stay two."""
    if len(text.encode("utf-8", "surrogatepass")) <= most:
        return text
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    kept = text.encode("utf-8", "surrogatepass")[: most - len(digest) - 1].decode("utf-8", "ignore")
    while kept and _goes_on(kept, text[len(kept)]):
        kept = kept[:-1]
    return f"{kept}-{digest}"


def _goes_on(kept: str, after: str) -> bool:
    """Whether what comes after belongs to the last letter that was kept."""
    return unicodedata.category(after).startswith("M") or _JOINER in (kept[-1], after)
