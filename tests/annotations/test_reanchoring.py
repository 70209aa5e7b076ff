"""The worker looks for every passage after a publication: in batches, and again after it was stopped."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from nok.annotations import queries, service
from nok.annotations.messages import PassagesToFind
from nok.annotations.models import Annotation, PassagePlacement
from nok.annotations.rules import Source, SourceKind, State
from nok.core.db import db
from nok.core.outbox import OutboxMessage
from tests.annotations.conftest import WORDS
from tests.annotations.test_my_notes import mark
from tests.factories import articles
from tests.pages import Browser

QUOTES = ("The needle enters slowly", "two minutes", "an anticoagulant", "Then look again", "足三里")
MESSAGE = PassagesToFind.__name__


def waiting() -> int:
    return db.session.scalar(select(func.count()).where(OutboxMessage.kind == MESSAGE)) or 0


def test_batches_follow_each_other_until_every_passage_has_a_place(
    app: Flask, reader: Browser, article: str, tmp_path: Path, work: Callable[[], list[str]]
) -> None:
    for quote in QUOTES:
        mark(reader, article, quote)
    source = Source(SourceKind.ARTICLE, article.rpartition("/")[2])
    with app.app_context():
        articles.published(tmp_path, words="First of all: read.\n\n" + WORDS)
        service.reanchor(source, 2, batch=2)
        db.session.commit()
        assert (len(queries.passages_to_find(source, 2, 100)), waiting()) == (3, 1)
    ran = work()  # the rest, and the message of the publication, which finds nothing left to do or does it first
    assert "annotations.find_passages" in ran
    with app.app_context():
        placed = db.session.scalars(select(PassagePlacement.state)).all()
        assert placed == [State.UNCHANGED] * len(QUOTES)
        service.reanchor(source, 2)
        db.session.commit()
        assert db.session.scalar(select(func.count(PassagePlacement.id))) == len(QUOTES), "twice changes nothing"


def test_the_author_is_told_before_publishing(app: Flask, reader: Browser, article: str) -> None:
    for quote in QUOTES:
        mark(reader, article, quote)
    source = Source(SourceKind.ARTICLE, article.rpartition("/")[2])
    with app.app_context():
        text = queries.text_of(source, 1)
        assert text is not None
        new = text.replace("The needle enters slowly. ", "").replace("Then look again", "Then look once again")
        told = service.impact(source, 2, new)
        assert (told.total, told.states[State.UNCHANGED]) == (len(QUOTES), 3)
        assert told.states[State.ORPHAN] + told.states[State.ASK] == 1
        assert told.states[State.CHANGED] == 1
        assert db.session.scalar(select(func.count(PassagePlacement.id))) == 0, "asking writes nothing"


def test_nothing_is_ever_deleted_by_an_edit(app: Flask, reader: Browser, article: str, tmp_path: Path) -> None:
    for quote in QUOTES:
        mark(reader, article, quote, "Mine.")
    with app.app_context():
        articles.published(tmp_path, words="All of it is new.")
        service.reanchor(Source(SourceKind.ARTICLE, article.rpartition("/")[2]), 2)
        db.session.commit()
        kept = db.session.scalars(select(Annotation)).all()
        assert {each.quote for each in kept} == set(QUOTES)
    assert reader.get("/notes").text.count("Mine.") >= len(QUOTES)
