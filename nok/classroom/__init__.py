"""The lesson page, and every byte of a course: video, captions, pictures, tests."""
