"""What a learner did: the log, and what is computed from it."""
