"""The teachers' workshop: worksheets that wait for a review, the people of a course, and what they say of it."""
