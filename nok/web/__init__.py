"""HTTP, and nothing of courses: who may, how pages look from outside, what happens when things fail."""
