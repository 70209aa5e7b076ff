"""Who is in which course.

Five words: *enrollment* (a person in a course, pinned to the revision it began with), *pinned*, *access* (whether the
enrollment still opens the lessons), *start*, *end*. Publishes `EnrollmentStarted`.
"""
