"""The feed: each event told once to each person.

Five words: *notification* (a row with its `message`), *kind* (what sort of event), *event key* (unique with the
person), *sequence* (a person's own count, without gaps, in commit order), *stream* (what an open page hears). No
domain below knows this one; it hears their messages in the worker. Publishes nothing.
"""
