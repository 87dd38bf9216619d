"""For those who write the course: lint, overlap, trying an answer, refreshing the notebooks."""
