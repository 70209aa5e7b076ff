"""The verbs that touch several domains at once.

Five words: *import* (a folder becomes a revision), *folder*, *digest* (the same folder twice changes nothing),
*block key* (kept where the text is the same), *problem* (file, line, what to do). Publishes `CoursePublished` and
`ArticlePublished`, which belong to the domains below.
"""
