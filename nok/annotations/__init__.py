"""Highlights and notes over what people read, and where they stand when the text is changed.

Five words: *source* (a text with revisions: an article, a lesson, captions), *passage* (a stretch of its characters),
*annotation* (a passage with a color, a note, or both; it belongs to one person), *placement* (where a passage stands in
one revision), *reanchoring* (finding all passages again in a new revision). Publishes `PassagesToFind`, to itself.
"""
