"""My Notes: beside the text, as a list, through the edits of the author, and as files."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from nok.authoring.service import import_course
from nok.core.clock import now
from nok.core.db import db
from nok.core.storage import open_storage
from nok.enrollments.models import Enrollment
from nok.formats import course_folder
from nok.settings import Settings
from tests.annotations.conftest import WORDS, Publish
from tests.factories import courses
from tests.pages import Browser
from tests.web.statements import counted

CONTAINER = "/api/v1/annotations/"


def mark(reader: Browser, article: str, quote: str, note: str = "", number: int = 1, **more: Any) -> str:
    """Highlight words, and return the annotation's id."""
    selector = {"type": "TextQuoteSelector", "exact": quote}
    target = {"source": f"{article}/revisions/{number}", "selector": selector} | more
    answer = reader.send_json(CONTAINER, {"body": note, "target": target})
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"].rpartition("/")[2])


def test_without_scripts_a_form_beside_the_text_keeps_a_note(reader: Browser, article: str) -> None:
    assert "My Notes" in reader.get(article).text
    fields = {"source": article, "note": "Tell\nmy students.", "quote": "what you\nsaw", "color": "sky"}
    answer = reader.submit("/notes", fields)
    assert answer.status_code == 303
    page = reader.get(answer.location.partition("#")[0]).text
    assert answer.location.partition("#")[2] in page
    assert "Tell\nmy students." in page
    assert "what you saw" in page


def test_what_is_not_right_comes_back_with_all_that_was_typed(reader: Browser, article: str) -> None:
    fields = {"source": article, "note": "Typed with care.", "quote": "words that are not there", "color": "sky"}
    answer = reader.submit("/notes", fields)
    assert answer.status_code == 422
    assert "These words are not in the text." in answer.text
    for typed in ("Typed with care.", "words that are not there", f'value="{article}"'):
        assert typed in answer.text


def test_notes_are_text_and_never_run(reader: Browser, article: str) -> None:
    mark(reader, article, "two minutes", "<script>alert(1)</script>")
    for page in (reader.get(article).text, reader.get("/notes").text, reader.get("/notes/card").text):
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_a_guest_is_shown_what_signing_in_gives_and_sees_nobodys_notes(
    reader: Browser, guest: Browser, article: str
) -> None:
    mark(reader, article, "two minutes", "Nobody else sees this.")
    page = guest.get(article).text
    assert "Sign in to keep notes" in page
    assert "Nobody else sees this." not in page


def test_the_list_is_searched_as_the_catalog_is(reader: Browser, article: str) -> None:
    mark(reader, article, "足三里 (Zú Sān Lǐ)", "Below the knee.")
    mark(reader, article, "two minutes", "A clock helps.", styleClass="rose")
    for asked in ("q=zu+san+li", "q=St36", "q=足三里", "q=KNEE", "color=amber", "kind=note&q=knee"):
        page = reader.get(f"/notes?{asked}").text
        assert "Below the knee." in page, asked
        assert "A clock helps." not in page, asked
    assert "No note is like that" in reader.get("/notes?q=moxa").text
    for odd in (
        "color=plaid",
        "kind=x",
        "source=/articles/none",
        "page=2",
        "q=%00",
        "deleted=%00",
        "deleted=x",
        "q=" + "x" * 300,
    ):
        reader.get(f"/notes?{odd}", expect=200)


def test_deleting_can_be_undone(reader: Browser, article: str) -> None:
    note = mark(reader, article, "two minutes", "Keep me.")
    answer = reader.submit(f"/notes/{note}/delete")
    page = reader.get(answer.location).text
    assert "The note was deleted." in page
    assert "Keep me." not in page
    reader.submit(f"/notes/{note}/restore")
    assert "Keep me." in reader.get("/notes").text


def test_a_page_that_was_open_while_the_author_published_still_keeps_notes(
    reader: Browser, article: str, publish: Publish, work: Callable[[], list[str]]
) -> None:
    publish("Something else first.\n\n" + WORDS)
    mark(reader, article, "Then look again", "From the old page.", number=1)
    work()
    assert "data-start=" in reader.get(article).text


def test_a_note_that_was_changed_in_another_window_is_shown_beside_mine(reader: Browser, article: str) -> None:
    note = mark(reader, article, "two minutes", "First.")
    reader.submit(f"/notes/{note}", {"note": "From the other window.", "color": "sky", "version": "1"})
    mine = {"note": "From this window.", "color": "sky", "version": "1"}
    refused = reader.submit(f"/notes/{note}", mine)
    assert refused.status_code == 422
    for said in ("changed elsewhere meanwhile", "From the other window.", "From this window.", 'value="2"'):
        assert said in refused.text
    assert reader.submit(f"/notes/{note}", mine | {"version": "2"}).status_code == 303
    assert "From this window." in reader.get("/notes").text


def test_what_is_written_into_a_note_that_another_window_deleted_is_kept(reader: Browser, article: str) -> None:
    note = mark(reader, article, "two minutes", "First.")
    reader.submit(f"/notes/{note}/delete")
    reader.get(f"/notes/{note}", expect=404)
    assert reader.submit(f"/notes/{note}", {"note": "Written meanwhile.", "color": "sky"}).status_code == 303
    assert "Written meanwhile." in reader.get("/notes").text


def test_everything_can_be_taken_along(reader: Browser, stranger: Browser, article: str) -> None:
    mark(reader, article, "two minutes", "=1+1\nand *stars*")
    markdown = reader.get("/notes/files/my-notes.md").text
    assert "> two minutes" in markdown
    assert "\\=1+1\nand \\*stars\\*" in markdown
    table = reader.get("/notes/files/my-notes.csv").text.lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["quote"], row["note"]) == ("two minutes", "'=1+1\nand *stars*"), "no spreadsheet runs it"
    page = json.loads(reader.get("/notes/files/my-notes.json").text)
    assert page["items"][0]["target"]["selector"][1]["exact"] == "two minutes"
    assert "two minutes" not in stranger.get("/notes/files/my-notes.md").text
    reader.get("/notes/files/passwd.txt", expect=404)


def test_the_protocol_card_shows_the_chosen_notes_with_their_sources(reader: Browser, article: str) -> None:
    chosen = mark(reader, article, "two minutes", "On the card.")
    mark(reader, article, "look again", "Not on it.")
    page = reader.get(f"/notes/card?note={chosen}").text
    card = page[page.index('class="card-notes"') :]
    assert "On the card." in card
    assert "Not on it." not in card
    assert article in card


@pytest.mark.parametrize("revision", ["", "1", "9", "x", "-1"])
def test_nothing_is_decided_where_nothing_was_found(reader: Browser, article: str, revision: str) -> None:
    note = mark(reader, article, "two minutes")
    assert reader.submit(f"/notes/{note}/keep", {"revision": revision}).status_code == 409


def test_a_page_with_many_notes_asks_no_more_than_one_with_few(reader: Browser, article: str) -> None:
    def asked() -> int:
        with counted() as statements:
            reader.get(article)
        return len(statements)

    mark(reader, article, "two minutes")
    few = asked()
    for number in range(200):
        assert reader.submit("/notes", {"source": article, "note": f"Note {number}", "color": "sky"}).status_code == 303
    assert asked() == few <= 6
    assert reader.get(article).text.count('class="my-note ') == 201


def test_notes_outlive_access_to_the_course(
    app: Flask, reader: Browser, tmp_path: Path, work: Callable[[], list[str]]
) -> None:
    with app.app_context():
        course = courses.published(tmp_path, texts=1)
    reader.submit(f"/courses/{course}/enroll")
    lesson = f"/learn/{course}/reading-1"
    fields = {"source": lesson, "note": "Keep this for the clinic.", "quote": "Words of reading", "color": "rose"}
    assert reader.submit("/notes", fields).status_code == 303
    assert "Keep this for the clinic." in reader.get(lesson).text
    with app.app_context():
        db.session.execute(update(Enrollment).values(access_until=now() - timedelta(seconds=1)))
        db.session.commit()
    reader.get(lesson, expect=403)
    assert "Keep this for the clinic." in reader.get("/notes").text
    assert "Keep this for the clinic." in reader.get("/notes/files/my-notes.md").text
    assert reader.submit("/notes", fields | {"note": "Another."}).status_code == 404, "the text is closed"
    with app.app_context():
        lessons = courses.write_folder(tmp_path, texts=1) / "lessons"
        for file in lessons.glob("reading-1*"):
            file.write_text(file.read_text().replace("Words of reading", "Words of a secret reading"))
        import_course(open_storage(Settings.from_env()), course_folder.read(lessons.parent))
        db.session.commit()
    work()
    assert "secret" not in reader.get("/notes").text, "what a closed lesson says now is not theirs to read"
    assert "secret" not in reader.get("/notes/files/my-notes.csv").text


def test_a_lesson_is_marked_in_the_edition_that_one_is_in(
    app: Flask, reader: Browser, stranger: Browser, tmp_path: Path
) -> None:
    with app.app_context():
        course = courses.published(tmp_path, texts=1)
    lesson = {"source": f"/learn/{course}/reading-1", "note": "Mine.", "color": "rose"}
    assert reader.submit("/notes", lesson).status_code == 404, "who is not enrolled cannot read it"
    reader.submit(f"/courses/{course}/enroll")
    assert reader.submit("/notes", lesson).status_code == 303
    assert reader.submit("/notes", lesson | {"source": lesson["source"] + "?revision=2"}).status_code == 404
    assert stranger.submit("/notes", lesson).status_code == 404


def test_the_search_from_anywhere_finds_my_notes_and_nobody_elses(
    reader: Browser, stranger: Browser, article: str
) -> None:
    note = mark(reader, article, "足三里", "Warm it with moxa at dusk.")
    page = reader.get("/search?q=moxa+dusk").text
    assert f'href="{article}#note-{note}"' in page
    assert "Warm it" not in stranger.get("/search?q=moxa+dusk").text
