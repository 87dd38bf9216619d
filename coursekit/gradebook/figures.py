"""The name under which notebooks written by an earlier `coursekit stats` look for the tables."""

from .statistics.all_tables import figures

__all__ = ["figures"]
