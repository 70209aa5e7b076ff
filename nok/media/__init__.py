"""Files that people look at and listen to: kept once by content, and videos made ready to stream.

Five words: *stored file* (bytes by their SHA-256), *video* (a stored file and what became of it), *rendition* (one size
of it), *poster* (its still), *transcode* (the work of the worker). Publishes `VideoStored`.

Who may see a file is not decided here: `nok.classroom` asks `nok.enrollments` on each request.
"""
