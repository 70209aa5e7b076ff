"""The verbs that touch several domains at once.

Five words: *import* (a folder becomes a revision; the same one twice changes nothing), *export* (a revision becomes a
folder), *block key* (kept where the text is the same), *problem* (file, line, what to do), *demand* (what an approval
asks of a course before it is published). Publishes `CoursePublished` and `ArticlePublished`, which belong to the
domains below.
"""
