"""An article is written on the site: kept as typed, shown with what it would change, published as a revision."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from nok.accounts.models import Role
from tests.annotations.test_my_notes import mark
from tests.factories import articles, courses, people
from tests.factories.pictures import photograph
from tests.pages import Browser

WORDS = "The needle enters slowly. Press for two minutes.\n\nThen look again."
WRITE = "/studio/articles/how-it-heals"


@pytest.fixture
def author(app: Flask, tmp_path: Path, sign_in: Callable[[str], Browser]) -> Browser:
    with app.app_context():
        people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
        articles.published(tmp_path, words=WORDS)
    return sign_in(courses.TEACHER)


def fields(version: int = 0, **more: str) -> dict[str, str]:
    return {
        "title": "How it heals",
        "summary": "What is known.",
        "category": "Evidence",
        "topics": "skin\nrepair, slow",
        "body": WORDS,
        "updated": "2026-04-01",
        "picture": "skin.svg",
        "picture_alt": "Skin, drawn",
        "references": "Test T. A study. 2020. https://doi.org/10.1000/182\nAn old book.",
        "version": str(version),
    } | more


def test_what_is_published_can_be_written_on_and_readers_see_it_after_publishing(author: Browser) -> None:
    page = author.get(WRITE).text
    assert "The needle enters slowly." in page
    written = WORDS.replace("two minutes", "three minutes")
    assert author.submit(WRITE, fields(body=written)).location == f"{WRITE}/preview"
    preview = author.get(f"{WRITE}/preview").text
    assert "<del>two </del><ins>three </ins>" in preview
    assert "Nobody has highlighted this article." in preview
    assert "two minutes" in author.get("/articles/how-it-heals").text, "a draft is not published"
    assert author.submit(f"{WRITE}/publish", {"version": "1"}).location == "/articles/how-it-heals"
    now = author.get("/articles/how-it-heals").text
    for said in ("three minutes", "Revision 2", "https://doi.org/10.1000/182", "An old book."):
        assert said in now
    assert "Readers see this already." in author.get(f"{WRITE}/preview").text


def test_the_author_sees_what_would_become_of_highlights(
    app: Flask, author: Browser, sign_in: Callable[[str], Browser]
) -> None:
    with app.app_context():
        people.person("reader@test.example")
    reader = sign_in("reader@test.example")
    for quote in ("The needle enters slowly.", "Press for two minutes.", "Then look again."):
        mark(reader, "/articles/how-it-heals", quote)
    author = sign_in(courses.TEACHER)
    changed = WORDS.replace("two minutes", "at least two minutes").replace("The needle enters slowly. ", "")
    author.submit(WRITE, fields(body=changed))
    preview = " ".join(author.get(f"{WRITE}/preview").text.split())
    assert "3 highlights: 1 unchanged, 1 changed, 0 to be asked about, 1 without their passage." in preview


def test_what_is_not_right_is_named_with_its_line_and_nothing_is_lost(author: Browser) -> None:
    body = "One.\n\n![](pictures/none.svg)"
    author.submit(WRITE, fields(body=body))
    problems = author.get(f"{WRITE}/preview", expect=422).text
    assert "Text, line 3:" in problems
    assert body.splitlines()[2] in author.get(WRITE).text.replace("&#34;", '"')
    assert author.submit(f"{WRITE}/publish", {"version": "1"}).location == f"{WRITE}/preview"
    missing = author.submit(WRITE, fields(1, title="", body="Typed with care."))
    assert missing.status_code == 422
    assert "Give the article a title." in missing.text
    assert "Typed with care." in missing.text


def test_two_windows_do_not_overwrite_each_other_unasked(author: Browser) -> None:
    author.submit(WRITE, fields(body="From one window."))
    late = author.submit(WRITE, fields(0, body="From the other."))
    assert late.status_code == 422
    assert "saved in another window meanwhile" in late.text
    assert "From the other." in late.text
    assert author.submit(WRITE, fields(1, body="From the other.")).status_code == 303
    assert author.submit(f"{WRITE}/publish", {"version": "1"}).status_code == 409, "it was not what was looked at"


def test_a_window_from_before_a_publication_does_not_bring_old_words_back(author: Browser) -> None:
    author.submit(WRITE, fields(body="First draft."))
    author.submit(f"{WRITE}/publish", {"version": "1"})
    late = author.submit(WRITE, fields(0, body="Written before that."))
    assert (late.status_code, "Written before that." in late.text) == (422, True)
    author.submit(WRITE, fields(2, body="Second draft."))
    author.submit(f"{WRITE}/discard")
    author.submit(WRITE, fields(4, body="Never looked at."))
    assert author.submit(f"{WRITE}/publish", {"version": "3"}).status_code == 409


def test_a_folder_that_came_meanwhile_is_not_published_over(app: Flask, author: Browser, tmp_path: Path) -> None:
    author.submit(WRITE, fields(body="From the site."))
    with app.app_context():
        articles.published(tmp_path, words="From a folder.")
    assert author.submit(f"{WRITE}/publish", {"version": "1"}).status_code == 409
    assert "From a folder." in author.get("/articles/how-it-heals").text


def test_what_the_form_does_not_offer_is_kept(author: Browser) -> None:
    author.submit(WRITE, fields(related_courses="needle-safety", evidence_note="Two trials & a mouse."))
    assert 'value="needle-safety"' in author.get(WRITE).text, "a course that is not published now"
    author.submit(f"{WRITE}/publish", {"version": "1"})
    page = author.get("/articles/how-it-heals").text
    assert "<p>Two trials &amp; a mouse.</p>" in page
    assert "skin\nrepair, slow" in author.get(WRITE).text


def test_a_reviewer_whom_nobody_knows_is_named_before_publishing(author: Browser) -> None:
    author.submit(WRITE, fields(reviewer="nobody@test.example"))
    assert "nobody@test.example" in author.get(f"{WRITE}/preview", expect=422).text
    author.submit(f"{WRITE}/publish", {"version": "1"})
    assert "Revision 1" in author.get("/articles/how-it-heals").text


def test_a_draft_takes_its_pictures_along_when_it_is_thrown_away(author: Browser) -> None:
    upload = (io.BytesIO(photograph(60, 40)), "hand.jpg")
    author.submit(WRITE, fields() | {"upload": upload})
    author.get(f"{WRITE}/pictures/hand.jpg")
    author.submit(f"{WRITE}/discard")
    author.get(f"{WRITE}/pictures/hand.jpg", expect=404)
    author.get(WRITE)


def test_an_article_that_was_never_published_goes_with_its_draft(author: Browser) -> None:
    address = author.submit("/studio/articles", {"title": "A beginning"}).location
    author.submit(f"{address}/discard")
    author.get(f"{address}/preview", expect=404)
    assert author.submit("/studio/articles", {"title": "A beginning"}).location == address


def test_a_long_title_twice_makes_two_addresses_that_can_be_published(author: Browser, guest: Browser) -> None:
    title = "Needling " * 15
    author.submit("/studio/articles", {"title": title.strip()})
    second = author.submit("/studio/articles", {"title": title.strip()}).location
    author.submit(second, fields(1, title="Needling", picture=""))
    author.submit(f"{second}/publish", {"version": "2"})
    guest.get(second.replace("/studio", ""))


def test_a_new_article_gets_an_address_and_is_nowhere_before_it_is_published(author: Browser, guest: Browser) -> None:
    begun = author.submit("/studio/articles", {"title": "Zú Sān Lǐ: when not to?"})
    assert begun.location == "/studio/articles/zu-san-li-when-not-to"
    assert "Not published" in author.get("/studio/articles").text
    author.submit(begun.location, fields(1, title="Zú Sān Lǐ: when not to?", picture=""))
    guest.get("/articles/zu-san-li-when-not-to", expect=404)
    author.submit(f"{begun.location}/publish", {"version": "2"})
    assert "when not to?" in guest.get("/articles/zu-san-li-when-not-to").text
    again = author.submit("/studio/articles", {"title": "Zú Sān Lǐ: when not to?"})
    assert again.location.startswith("/studio/articles/zu-san-li-when-not-to-")


def test_a_picture_is_uploaded_shown_and_published(author: Browser, guest: Browser) -> None:
    upload = (io.BytesIO(photograph(600, 400)), "My Photo.JPG")
    author.submit(WRITE, fields(body=f"{WORDS}\n\n![A hand](pictures/my-photo.jpg)") | {"upload": upload})
    assert author.client.get(f"{WRITE}/pictures/my-photo.jpg").mimetype == "image/jpeg"
    guest.get("/articles/how-it-heals/pictures/my-photo.jpg", expect=404)
    author.get(f"{WRITE}/preview")
    author.submit(f"{WRITE}/publish", {"version": "1"})
    assert guest.client.get("/articles/how-it-heals/pictures/my-photo.jpg").status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("photo.png", b"<script>alert(1)</script>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
)
def test_what_is_no_picture_is_refused_with_the_text_kept(author: Browser, name: str, content: bytes) -> None:
    answer = author.submit(WRITE, fields(body="Typed with care.") | {"upload": (io.BytesIO(content), name)})
    assert answer.status_code == 422
    assert "Typed with care." in answer.text
    author.get(f"{WRITE}/pictures/{name}", expect=404)


def test_another_teacher_finds_nothing_there(app: Flask, author: Browser, sign_in: Callable[[str], Browser]) -> None:
    author.submit(WRITE, fields(body="A secret draft."))
    with app.app_context():
        people.person("other@test.example", Role.TEACHER, "Dr. Other Teacher")
    other = sign_in("other@test.example")
    assert "how-it-heals" not in other.get("/studio/articles").text
    for path in (WRITE, f"{WRITE}/preview", f"{WRITE}/pictures/skin.svg"):
        other.get(path, expect=404)
    for path in (WRITE, f"{WRITE}/publish", f"{WRITE}/discard"):
        assert other.submit(path, fields(1)).status_code == 404
    assert "A secret draft." in sign_in(courses.TEACHER).get(WRITE).text
