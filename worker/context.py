"""What a handler gets besides its message."""

from collections.abc import Callable
from dataclasses import dataclass

from nok.core.storage import Storage
from nok.settings import Settings


@dataclass(frozen=True)
class Context:
    """Settings, storage, and `checkpoint`, which commits in the middle of work that takes minutes."""

    settings: Settings
    storage: Storage
    checkpoint: Callable[[], None]
