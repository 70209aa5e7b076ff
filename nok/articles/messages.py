"""What articles tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ArticlePublished:
    """A new revision of an article can be read."""

    article_id: int
    revision_id: int
