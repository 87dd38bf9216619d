"""The documented name of what measures a group: `from coursekit.measure import report, responses`."""

from typing import Any

_FORMS = ("form_for", "items")
_REPORT = ("Report", "alpha", "item_rest", "report", "responses")


def __getattr__(name: str) -> Any:
    """Looked up when it is asked for: a page needs the test forms and none of the figures."""
    if name in _FORMS:
        from .record import forms

        return getattr(forms, name)
    if name in _REPORT:
        from .gradebook.statistics import group_report

        return getattr(group_report, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
