"""What annotations tell the rest of the house, and themselves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PassagesToFind:
    """Annotations of a source have no place in one of its revisions yet. `source` is the source's key."""

    source: str
    number: int
