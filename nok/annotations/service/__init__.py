"""The verbs of annotations."""

from nok.annotations.service.making import MOST_OF_SOURCE, Marked, change, make, remove, restore, settle
from nok.annotations.service.reanchoring import Impact, begin_reanchoring, impact, reanchor

__all__ = [
    "MOST_OF_SOURCE",
    "Impact",
    "Marked",
    "begin_reanchoring",
    "change",
    "impact",
    "make",
    "reanchor",
    "remove",
    "restore",
    "settle",
]
