"""Graded work on a learner's machine: questions without keys, their notebook, and the file that is handed in."""
