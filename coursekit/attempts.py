"""The documented name of the record: `coursekit.attempts.Log`."""

from .record.attempts import Entry, Log, LogProblem, course_version, home

__all__ = ["Entry", "Log", "LogProblem", "course_version", "home"]
