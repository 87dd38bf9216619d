"""The course's files as typed objects."""
