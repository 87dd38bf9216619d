"""The documented name of what measures a group: `coursekit.measure.report`."""

from .record.test_forms import Report, alpha, form_for, item_rest, items, report, responses

__all__ = ["Report", "alpha", "form_for", "item_rest", "items", "report", "responses"]
