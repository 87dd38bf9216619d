"""What an exercise is and how an answer is graded: pure, without clock, disk or chance."""
