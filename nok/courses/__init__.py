"""Courses: Course > Section > Lesson > blocks with stable ids.

Five words: *course* (the thing with an address), *revision* (what was published, never changed afterwards),
*section*, *lesson* (video, text, file, test, worksheet or evaluation), *block* (a paragraph, table, picture or callout
with an id that survives export and import). What a board demands of the course is frozen on its revision. Publishes
`CoursePublished`.
"""
