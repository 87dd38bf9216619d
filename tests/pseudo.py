"""What of a text was not said in the pseudo-locale en-XA, in which whatever went through the catalogue stands in ⟦brackets⟧."""

import re

from coursekit import formats, wording

PSEUDO = "en-XA"
_SPAN = re.compile(r"⟦[^⟦⟧]*⟧")
_CUT = re.compile(r"⟦[^⟦⟧\n]*$", re.M)  # a line that was shortened for want of room


def speak(monkeypatch, tag=PSEUDO):
    """Let this process say everything in that language; `forget` afterwards."""
    monkeypatch.setenv("COURSEKIT_LANGUAGE", tag)
    monkeypatch.setenv("LANGUAGE", "")  # set by the command line, for click
    forget()


def forget():
    """Ask anew which language is spoken."""
    for one in (wording.language, wording._catalogue, formats._formats):
        one.cache_clear()


def unsaid(text):
    """What of a text stands in no brackets, where brackets may stand in brackets."""
    while (shorter := _SPAN.sub(" ", text)) != text:
        text = shorter
    return _CUT.sub("", text)


def outside(text):
    """The words in that."""
    return re.findall(r"[^\W\d_]{2,}", unsaid(text))
