"""The front page and My learning."""
