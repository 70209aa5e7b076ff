"""What can be annotated, and its address."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ARTICLE = re.compile(rf"/articles/({_SLUG})(?:/revisions/([0-9]{{1,9}}))?")
_LESSON = re.compile(rf"/learn/({_SLUG})/({_SLUG})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NUMBER = re.compile(r"[0-9]{1,9}")


class SourceKind(StrEnum):
    """What kind of text it is."""

    ARTICLE = "article"
    LESSON = "lesson"
    CAPTIONS = "captions"


@dataclass(frozen=True)
class Source:
    """A text with revisions: an article, the text of a lesson, or the captions of its film in a language.

    Slugs are what links in the world rely on, so they name it for good.
    """

    kind: SourceKind
    slug: str
    lesson: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """Return the source in one word, as it is stored: its address, and for captions the language."""
        return f"{self.path}#{self.language}" if self.language else self.path

    @property
    def path(self) -> str:
        """Return the address of the page that shows its current revision."""
        return f"/articles/{self.slug}" if self.kind is SourceKind.ARTICLE else f"/learn/{self.slug}/{self.lesson}"

    def address(self, number: int) -> str:
        """Return the address that names one revision of it."""
        if self.kind is SourceKind.ARTICLE:
            return f"{self.path}/revisions/{number}"
        return f"{self.path}?revision={number}" + (f"&captions={self.language}" if self.language else "")


def from_key(key: str) -> Source:
    """Return the source that is stored as `key`."""
    path, _, language = key.partition("#")
    _, first, slug, *rest = path.split("/")
    if first == "articles":
        return Source(SourceKind.ARTICLE, slug)
    return Source(SourceKind.CAPTIONS if language else SourceKind.LESSON, slug, rest[0], language)


def read_address(address: str) -> tuple[Source, int | None] | None:
    """Return the source that an address names, and the revision if it says one; None when it names none."""
    try:
        parts = urlsplit(address)
    except ValueError:  # half an address, such as http://[
        return None
    if found := _ARTICLE.fullmatch(parts.path):
        return Source(SourceKind.ARTICLE, found[1]), int(found[2]) if found[2] else None
    if found := _LESSON.fullmatch(parts.path):
        asked = parse_qs(parts.query)
        language, number = asked.get("captions", [""])[0], asked.get("revision", [""])[0]
        if (language and not _LANGUAGE.fullmatch(language)) or (number and not _NUMBER.fullmatch(number)):
            return None
        kind = SourceKind.CAPTIONS if language else SourceKind.LESSON
        return Source(kind, found[1], found[2], language), int(number) if number else None
    return None
