"""The filters of the catalog: what may be chosen, and how many courses would remain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nok.core.folding import fold
from nok.courses.queries import CourseCard

SHORT_MINUTES, LONG_MINUTES = 60, 180
LENGTHS = ("short", "medium", "long")
FORMATS = ("video", "mixed", "reading")
PRICES = ("free", "paid")
NAMES = ("board", "category", "length", "format", "teacher", "price")
# What a filter says of one course: its values, each with the words to show where they come from data.
Values = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One value of a filter: `label` is empty where the words are the page's own; `count` is what would remain."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter, its options and the one that is chosen."""

    name: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The option that is chosen, or None."""
        return next((option for option in self.options if option.chosen), None)


def length_of(minutes: int) -> str:
    """Return the length's word: under one hour, one to three, over three."""
    if minutes < SHORT_MINUTES:
        return "short"
    return "medium" if minutes <= LONG_MINUTES else "long"


def format_of(videos: int, lessons: int) -> str:
    """Return how a course is mostly taught: by video when at least half of its lessons are."""
    if not videos:
        return "reading"
    return "video" if videos * 2 >= lessons else "mixed"


def values(card: CourseCard, boards: Values) -> dict[str, Values]:
    """Return what each filter says of a course."""
    return {
        "board": boards,
        "category": {card.category: card.category} if card.category else {},
        "length": {length_of(card.minutes): ""},
        "format": {format_of(card.video_count, card.lesson_count): ""},
        "teacher": {card.teacher_slug: card.teacher_name},
        "price": {"paid" if card.price_cents else "free": ""},
    }


def known(everything: Sequence[Mapping[str, Values]]) -> dict[str, dict[str, str]]:
    """Return the values that each filter has in the whole catalog, in order, with their words."""
    return {name: _known(name, everything) for name in NAMES}


def facets(
    known: Mapping[str, Mapping[str, str]], found: Sequence[Mapping[str, Values]], chosen: Mapping[str, str]
) -> tuple[list[int], list[Facet]]:
    """Return the places of those courses found that every filter in force lets through, and the filters."""
    passes = [{name: value in values[name] for name, value in chosen.items()} for values in found]
    kept = [place for place, passed in enumerate(passes) if all(passed.values())]
    return kept, [_facet(name, known[name], found, passes, chosen.get(name, "")) for name in NAMES]


def _known(name: str, everything: Iterable[Mapping[str, Values]]) -> dict[str, str]:
    fixed = {"length": LENGTHS, "format": FORMATS, "price": PRICES}.get(name)
    if fixed:
        return dict.fromkeys(fixed, "")
    words = {value: label for values in everything for value, label in values[name].items()}
    return dict(sorted(words.items(), key=lambda item: (fold(item[1]), item[0])))


def _facet(
    name: str,
    known: Mapping[str, str],
    found: Sequence[Mapping[str, Values]],
    passes: Sequence[Mapping[str, bool]],
    chosen: str,
) -> Facet:
    """Count for each option the courses that the other filters let through and that have it."""
    others = [
        values[name]
        for values, passed in zip(found, passes, strict=True)
        if all(ok for other, ok in passed.items() if other != name)
    ]
    counts = {value: sum(value in values for values in others) for value in known}
    options = [Option(value, label, counts[value], value == chosen) for value, label in known.items()]
    return Facet(name, [option for option in options if option.count or option.chosen])
