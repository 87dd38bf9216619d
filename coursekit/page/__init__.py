"""A notebook page: its exercises, cards and panels."""
