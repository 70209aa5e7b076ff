"""The catalog: searched, filtered with counts, sorted, by pages; and the way out where nothing is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from nok.catalog.queries import facets
from nok.catalog.queries.facets import Facet
from nok.catalog.queries.shelf import Match, Shelf, boards_today, by_title, shelf
from nok.core.folding import Term, fold, holds, search_text, terms
from nok.core.pagination import Page, page_of
from nok.courses.queries import CourseCard

PAGE_SIZE = 24
SORTS = ("relevance", "newest", "title", "shortest")
NEAR_MOST = 3
# How alike two words must be, from 0 to 1, to be one mistyped: "needeling" is .94 of "needling", .7 of "needled".
NEAR = 0.7
LEAST_LETTERS = 4


@dataclass(frozen=True)
class CatalogPage:
    """What the catalog shows for a question and filters; `near` only where no course is left.

    `chosen` is what the page's links carry on; `drops` says how many courses each filter in force keeps away, by name.
    """

    page: Page[CourseCard]
    facets: list[Facet]
    sort: str
    chosen: dict[str, str]
    near: list[CourseCard]
    drops: dict[str, int]


def catalog_page(text: str, asked: Mapping[str, str], sort: str, number: int) -> CatalogPage:
    """Return a page of the catalog; three statements. Values that no course has are as if not chosen."""
    wanted = terms(text)
    found, boards = shelf(wanted), boards_today()
    everything = {card.slug: facets.values(card, boards.get(card.course_id, {})) for card in found.cards}
    known = facets.known(list(everything.values()))
    chosen = {name: asked[name] for name in facets.NAMES if asked.get(name) in known[name]}
    values = [everything[match.card.slug] for match in found.matches]
    kept, shown = facets.facets(known, values, chosen)
    order = sort if sort in SORTS and (wanted or sort != "relevance") else ""
    cards = _sorted([found.matches[place] for place in kept], order)
    question = {"q": text} if text else {}
    return CatalogPage(
        page=page_of(cards, number, PAGE_SIZE),
        facets=shown,
        sort=order or ("relevance" if wanted else "title"),
        chosen=question | chosen | ({"sort": order} if order else {}),
        near=[] if cards else _near(found, wanted),
        drops={} if cards else _drops(known, values, chosen),
    )


def _sorted(matches: Sequence[Match], order: str) -> list[CourseCard]:
    cards = [match.card for match in matches]
    if order == "newest":
        return sorted(cards, key=lambda card: (-card.published_at.timestamp(), by_title(card)))
    if order == "shortest":
        return sorted(cards, key=lambda card: (card.minutes, by_title(card)))
    if order == "title":
        return sorted(cards, key=by_title)
    return cards


def _drops(
    known: Mapping[str, Mapping[str, str]],
    values: Sequence[Mapping[str, facets.Values]],
    chosen: Mapping[str, str],
) -> dict[str, int]:
    """Return for each filter in force how many courses would be left without it."""
    counts = {}
    for name in chosen:
        rest = {other: value for other, value in chosen.items() if other != name}
        counts[name] = len(facets.facets(known, values, rest)[0])
    return {name: count for name, count in counts.items() if count}


def _near(found: Shelf, wanted: Sequence[Term]) -> list[CourseCard]:
    """Return the courses that hold most of the words, or words written much like them."""
    ranked = []
    for card in found.cards:
        text = search_text(card.title, " ".join(card.topics), card.teacher_name, card.summary)
        near = sum(holds(text, term) or _much_alike(term, text) for term in wanted)
        ranked += [(-near, by_title(card), card)] if near else []
    return [card for _, _, card in sorted(ranked, key=lambda item: item[:2])[:NEAR_MOST]]


def _much_alike(term: Term, text: str) -> bool:
    word = fold(term[-1])
    return len(word) >= LEAST_LETTERS and bool(get_close_matches(word, text.split(), 1, NEAR))
