"""Who is in which course, and until when.

Five words: *enrollment* (a person in a course, pinned to the revision it began with), *pinned*, *access* (whether the
enrollment still opens the lessons), *start*, *end* (of the access window, by leaving, or by being removed). Publishes
`EnrollmentStarted`, `EnrollmentEnded`, `AccessEnding` and `AttemptAllowed`.
"""
