"""Highlights through edits: none on another passage in silence, nearly all kept, and a hundred thousand in a minute."""

import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, insert, select

from bench.figure import Figure
from nok.accounts.models import Role
from nok.annotations import queries, service
from nok.annotations.models import Annotation, Color, PassagePlacement
from nok.annotations.rules import Reanchoring, Source, SourceKind, State
from nok.cli.application import with_migrations
from nok.core.clock import now
from nok.core.db import db
from nok.core.ids import new_uuid
from nok.settings import Settings
from tests.annotations.edits import Edited, with_twins
from tests.annotations.test_anchoring import stands_right
from tests.annotations.texts import english_texts
from tests.factories import articles, courses, people
from tests.faults.product import inside

HISTORIES, PASSAGES = 60, 40
STILL_THERE = 0.6
MANY, BATCH = 100_000, 5_000
MEGABYTE = 1024


def measure(folder: Path) -> Iterator[Figure]:
    yield from with_known_truth()
    settings = Settings.from_env({"NOK_DATA_DIR": str(folder / "data")})
    settings.data_dir.mkdir(exist_ok=True)
    with inside(settings):
        from flask_migrate import upgrade

        with_migrations()
        upgrade()
        yield from many(folder)


def with_known_truth() -> Iterator[Figure]:
    """Edit the demo's texts, and follow passages of which it is known where their words went."""
    looked = wrong = there = kept = 0
    for number, text in enumerate(english_texts()):
        for seed in range(HISTORIES):
            said = with_twins(text, seed) if seed % 2 else text
            chance, edited = random.Random(seed), Edited.of(said, seed * 100 + number)
            first = edited.version()
            for _ in range(chance.choice([1, 3, 8, 20])):
                edited.edit()
            now_says = edited.version()
            reanchoring = Reanchoring(first.text, now_says.text)
            for passage in first.passages(chance, PASSAGES):
                found = reanchoring.place(*first.characters(passage))
                looked += 1
                if found.state in {State.UNCHANGED, State.MOVED}:
                    wrong += not stands_right(first, now_says, passage, found)
                left = sum(word in now_says.where for word in range(*passage))
                if left >= STILL_THERE * (passage[1] - passage[0]):
                    there += 1
                    kept += found.state is not State.ORPHAN
    yield Figure("passages followed through scripted edits", looked, "")
    yield Figure("shown on another passage without a badge", wrong, "", most=0)
    yield Figure("kept of those that still exist", 100 * kept / there, "%", least=97)


def many(folder: Path) -> Iterator[Figure]:
    """Re-anchor the annotations of one article as the worker does, a transaction for each batch."""
    people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
    text = "\n\n".join(english_texts()[:4])
    source = Source(SourceKind.ARTICLE, articles.published(folder, words=paragraphs(text)))
    annotate(source)
    edited = Edited.of(text, 7)
    for _ in range(20):
        edited.edit()
    articles.published(folder, words=paragraphs(edited.version().text))
    begun = time.process_time()
    while placed() < MANY:
        service.reanchor(source, 2, BATCH)
        db.session.commit()
        db.session.expunge_all()
    yield Figure(f"re-anchoring {MANY} annotations of one article, one core", time.process_time() - begun, "s", most=60)
    yield Figure("most memory of the process meanwhile", memory(), "MB", most=300)


def annotate(source: Source) -> None:
    """Add so many highlights by one person, nearly each of another passage."""
    person, chance = people.person("marker@test.example").id, random.Random(1)
    text = queries.text_of(source, 1) or ""
    edited, moment = Edited.of(text, 1).version(), now()
    passages = [edited.characters(passage) for passage in edited.passages(chance, MANY * 2)][:MANY]
    for first in range(0, MANY, BATCH):
        rows = [
            {
                "id": new_uuid(), "person_id": person, "source": source.key, "made_on": 1, "start": start, "end": end,
                "quote": text[start:end], "prefix": "", "suffix": "", "color": Color.JADE, "note": "",
                "search_text": "", "version": 1, "created_at": moment, "changed_at": moment,
            }
            for start, end in passages[first : first + BATCH]
        ]  # fmt: skip
        db.session.execute(insert(Annotation), rows)
    db.session.commit()


def placed() -> int:
    return db.session.scalar(select(func.count(PassagePlacement.id))) or 0


def paragraphs(text: str) -> str:
    return text.replace("\n", "\n\n")


def memory() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
