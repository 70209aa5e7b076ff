"""Nothing of HTTP and nothing of courses: what every domain stands on."""
