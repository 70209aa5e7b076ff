"""The demonstration: two courses, an article, the people, and the generator of the course videos."""
