"""What becomes of highlights when the author publishes another version, and what their owner says to it."""

from tests.annotations.conftest import WORDS, Publish
from tests.annotations.test_my_notes import mark
from tests.pages import Browser


def test_an_edit_elsewhere_keeps_the_highlight_in_silence(reader: Browser, article: str, publish: Publish) -> None:
    mark(reader, article, "Then look again", "Here.")
    publish(WORDS.replace("enters slowly", "enters slowly and cleanly"))
    page = reader.get(article).text
    assert "data-start=" in page
    assert "Text changed" not in page


def test_changed_words_are_shown_beside_the_quote_and_kept_or_detached(
    reader: Browser, article: str, publish: Publish
) -> None:
    note = mark(reader, article, "Press for two minutes, longer with an anticoagulant.")
    publish(WORDS.replace("two minutes", "three minutes"))
    page = reader.get("/notes?review=y").text
    assert "Text changed" in page
    assert "Press for three minutes, longer with an anticoagulant." in page
    reader.submit(f"/notes/{note}/keep", {"revision": "2"})
    assert "No note is like that" in reader.get("/notes?review=y").text
    assert "data-start=" in reader.get(article).text


def test_a_wording_that_was_not_confirmed_keeps_its_badge_through_later_versions(
    reader: Browser, article: str, publish: Publish
) -> None:
    mark(reader, article, "Press for two minutes, longer with an anticoagulant.")
    changed = WORDS.replace("two minutes", "three minutes")
    publish(changed)
    publish(f"Read this first.\n\n{changed}")
    assert "Text changed" in reader.get(article).text
    card = reader.get("/notes/card").text
    assert "Not checked:" in card
    assert "Press for two minutes" in card, "the words that were marked"
    assert "Now (not confirmed): “Press for three" in reader.get("/notes/files/my-notes.md").text


def test_what_was_detached_stays_so_and_takes_no_other_wording_along(
    reader: Browser, article: str, publish: Publish
) -> None:
    note = mark(reader, article, "Press for two minutes, longer with an anticoagulant.")
    publish(WORDS.replace("two minutes", "three minutes"))
    assert reader.submit(f"/notes/{note}/detach", {"revision": "2"}).status_code == 303
    publish("Read this first.\n\n" + WORDS)
    page = reader.get(article).text
    assert "Detached from the text." in page
    assert "data-start=" not in page
    assert "No note is like that" in reader.get("/notes?review=y").text
    assert "three minutes" not in reader.get("/notes/files/my-notes.md").text


def test_an_answer_about_a_version_that_is_no_longer_shown_is_refused(
    reader: Browser, article: str, publish: Publish
) -> None:
    note = mark(reader, article, "Press for two minutes, longer with an anticoagulant.")
    publish(WORDS.replace("two minutes", "three minutes"))
    publish(WORDS.replace("two minutes", "four minutes"))
    assert reader.submit(f"/notes/{note}/keep", {"revision": "2"}).status_code == 409
    assert reader.submit(f"/notes/{note}/keep", {"revision": "3"}).status_code == 303


def test_what_was_deleted_is_kept_with_a_link_to_the_version_it_was_made_on(
    reader: Browser, article: str, publish: Publish
) -> None:
    mark(reader, article, "The needle enters slowly.", "Important.")
    publish(WORDS.replace("The needle enters slowly. ", ""))
    page = reader.get(article).text
    assert "No longer in the text" in page
    assert "data-start=" not in page
    assert f'href="{article}/revisions/1"' in page
    old = reader.get(f"{article}/revisions/1").text
    assert "<del>The needle enters slowly. </del>" in old
    assert "This is an older version." in old
    publish(WORDS)
    assert "No longer in the text" not in reader.get(article).text, "its sentence came back, and so does the highlight"
