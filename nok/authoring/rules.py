"""Which block of a new revision is which block of the old one."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

CLOSE_ENOUGH = 0.6


def block_keys(
    new: Sequence[tuple[str | None, str]], old: Sequence[tuple[str, str]], fresh: Callable[[], str]
) -> list[str]:
    """Return a key for each new block, given as (key or None, Markdown), from the old blocks, given as (key, Markdown).

    A key that is written down is kept. Then the same text keeps its key, then text that is alike, nearest place first;
    what remains gets a fresh key. No key is given twice.
    """
    keys: list[str | None] = [key for key, _ in new]
    free = {key: text for key, text in old if key not in set(keys)}
    for index, (_, text) in enumerate(new):
        if keys[index] is None:
            same = next((key for key, other in free.items() if other == text), None)
            if same is not None:
                keys[index] = same
                del free[same]
    for index, (_, text) in enumerate(new):
        if keys[index] is None and free:
            alike = max(free, key=lambda key: SequenceMatcher(None, free[key], text, autojunk=False).ratio())
            if SequenceMatcher(None, free[alike], text, autojunk=False).ratio() >= CLOSE_ENOUGH:
                keys[index] = alike
                del free[alike]
    return [key if key is not None else fresh() for key in keys]
