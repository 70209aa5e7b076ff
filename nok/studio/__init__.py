"""The teachers' workshop: worksheets that wait for a review, and the people of a course."""
