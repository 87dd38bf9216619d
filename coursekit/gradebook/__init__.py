"""Graded work: from an assignment to grades, marks, statistics and a gradebook. Needs the extra `teach`."""
