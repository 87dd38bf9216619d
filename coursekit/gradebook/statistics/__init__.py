"""How the questions worked, and what a group learnt."""

from typing import Any

_OF_NOTEBOOKS = {"read": "read_results", "scores": "scores"}


def __getattr__(name: str) -> Any:
    """`read` and `scores`, which an instructor's notebook calls; looked up then, as a group's report needs less."""
    if name not in _OF_NOTEBOOKS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import item_statistics

    return getattr(item_statistics, _OF_NOTEBOOKS[name])
