"""Worksheets: saved as typed, handed in, and never lost or overwritten."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from nok.assessments.models import Worksheet, WorksheetState
from nok.core.clock import now
from nok.core.db import db
from nok.enrollments.models import Enrollment
from tests.factories import papers
from tests.pages import Browser, Page, content

LESSON = "/learn/needle-safety/first-worksheet"
HERE = f"{LESSON}/worksheet"
AUTOSAVE = "/api/v1/worksheets/needle-safety/first-worksheet/answers"


def typed(*, saves: int = 0, act: str = "save", consent: str = papers.WORDS, stop: str = "Stop.") -> dict[str, str]:
    return {"answer-w-consent": consent, "answer-w-stop": stop, "saves": str(saves), "act": act}


def autosave(browser: Browser, saves: int, **texts: str) -> Any:
    body = {"answers": {f"w-{key}": text for key, text in texts.items()}, "saves": saves}
    return browser.send_json(AUTOSAVE, body)


def kept(app: Flask) -> Worksheet:
    with app.app_context():
        return db.session.scalars(select(Worksheet)).one()


def written(page: str) -> dict[str, str | None]:
    return {str(field["name"]): field.get("value") for field in Page(page).all("input") if field.get("name")}


def test_what_is_typed_is_saved_and_there_after_a_reload(app: Flask, writer: Browser) -> None:
    page = writer.get(LESSON).text
    assert "Prompt w-consent in your own words." in page
    assert "at least 5 words" in page
    assert content(autosave(writer, 0, consent="Dear patient\nfirst <b>", stop="")) == {"saved": True, "saves": 1}
    page = writer.get(LESSON).text
    assert "Dear patient\nfirst &lt;b&gt;</textarea>" in page
    assert written(page)["saves"] == "1"
    assert kept(app).state is WorksheetState.DRAFT


def test_the_same_saving_sent_again_changes_nothing(app: Flask, writer: Browser) -> None:
    for _ in range(2):  # the answer to the first was lost on its way
        assert content(autosave(writer, 0, consent="One."))["saves"] == 1
    assert kept(app).saves == 1


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\0"])
def test_a_letter_that_hides_what_is_said_is_refused(letter: str, app: Flask, writer: Browser) -> None:
    answer = autosave(writer, 0, consent=f"I agree{letter} to nothing")
    assert answer.status_code == 422
    assert "invisible character" in content(answer)["message"]


def test_the_second_of_two_tabs_is_told_and_overwrites_nothing(app: Flask, writer: Browser) -> None:
    assert autosave(writer, 0, consent="The first tab.").status_code == 200
    answer = autosave(writer, 0, consent="The second tab.")
    assert answer.status_code == 409
    assert content(answer)["saves"] == 1
    assert content(answer)["closed"] is False
    assert kept(app).answers["w-consent"] == "The first tab."


def test_without_scripts_a_conflict_shows_both_texts_and_the_next_press_decides(app: Flask, writer: Browser) -> None:
    writer.submit(HERE, typed(consent="The first tab."))
    answer = writer.submit(HERE, typed(consent="The second tab."))
    assert answer.status_code == 409
    assert "The second tab.</textarea>" in answer.text
    assert "The first tab.</div>" in answer.text
    assert "another tab" in answer.text
    assert kept(app).answers["w-consent"] == "The first tab."
    assert writer.submit(HERE, typed(consent="The second tab.", saves=1)).status_code == 303
    assert kept(app).answers["w-consent"] == "The second tab."


def test_a_hand_in_that_is_too_short_says_how_much_is_missing_and_keeps_all_text(app: Flask, writer: Browser) -> None:
    answer = writer.submit(HERE, typed(act="hand-in", consent="Only three words", stop=""))
    assert answer.status_code == 422
    for sentence in ("2 answers are too short", "at least 5 words; 2 words are missing", "Write your answer here."):
        assert sentence in answer.text, sentence
    assert "Only three words</textarea>" in answer.text
    worksheet = kept(app)
    assert (worksheet.state, worksheet.answers["w-consent"]) == (WorksheetState.DRAFT, "Only three words")
    assert written(answer.text)["saves"] == "1", "it was saved, and the next press knows"
    assert writer.submit(HERE, typed(act="hand-in", saves=1)).status_code == 303


def test_what_was_handed_in_is_locked(app: Flask, writer: Browser) -> None:
    assert writer.submit(HERE, typed(act="hand-in")).location == LESSON
    page = writer.get(LESSON).text
    assert "<textarea" not in page
    assert papers.WORDS in page
    assert "You will be told" in page
    answer = autosave(writer, 1, consent="Later.")
    assert (answer.status_code, content(answer)["closed"]) == (409, True)
    refused = writer.submit(HERE, typed(saves=1, consent="Typed in the other tab."))
    assert refused.status_code == 409
    assert "Typed in the other tab." in refused.text, "what was typed is shown, though it cannot be taken"
    assert (kept(app).state, kept(app).answers["w-consent"]) == (WorksheetState.SUBMITTED, papers.WORDS)


def test_a_second_press_of_hand_in_changes_nothing(app: Flask, writer: Browser) -> None:
    for _ in range(2):
        assert writer.submit(HERE, typed(act="hand-in")).status_code == 303
    assert kept(app).saves == 1


def test_a_worksheet_has_its_own_address_to_come_back_to(writer: Browser) -> None:
    writer.get(HERE)
    writer.get("/learn/needle-safety/reading-1/worksheet", expect=404)
    assert writer.submit("/learn/needle-safety/reading-1/worksheet", typed()).status_code == 422


def test_when_the_sign_in_ends_in_the_middle_one_comes_back_to_the_page(app: Flask, writer: Browser) -> None:
    autosave(writer, 0, consent="Saved before.")
    token = writer.token()
    with writer.client.session_transaction() as session:
        session["_user_id"] = "a sign-in that has ended"
    # The token of the form still fits: only the sign-in is over.
    data = typed(saves=1, consent="Typed since.") | {"csrf_token": token}
    answer = writer.client.post(HERE, data=data, headers={"Referer": f"http://localhost{LESSON}"})
    assert answer.status_code == 303
    assert answer.location == f"/account/login?next={LESSON}"
    assert kept(app).answers["w-consent"] == "Saved before."


def test_after_the_end_of_access_nothing_is_taken(app: Flask, writer: Browser) -> None:
    autosave(writer, 0, consent="In time.")
    with app.app_context():
        db.session.execute(update(Enrollment).values(ended_at=now()))
        db.session.commit()
    assert autosave(writer, 1, consent="Too late.").status_code == 404
    assert writer.submit(HERE, typed(saves=1, act="hand-in")).status_code == 403
    assert kept(app).answers["w-consent"] == "In time."


def test_the_gates_say_what_blocks_and_where_to_go(app: Flask, writer: Browser) -> None:
    writer.submit("/learn/needle-safety/reading-1/complete")
    page = writer.get("/learn/needle-safety/final-test").text
    assert "1 worksheet is left. Next: First worksheet." in page
    assert "Begin the test" not in page
    assert f'href="{LESSON}">Go to what comes first' in page
    assert writer.submit("/learn/needle-safety/final-test/attempts").status_code == 409
    assert "1 worksheet is left" in writer.get("/learn").text
    writer.submit(HERE, typed(act="hand-in"))
    assert "Your teacher has First worksheet" in writer.get("/learn").text
    assert "Your teacher has First worksheet" in writer.get("/learn/needle-safety/final-test").text
    assert writer.submit("/learn/needle-safety/final-test/attempts").status_code == 409
    evaluation = writer.get("/learn/needle-safety/evaluation").text
    assert "The evaluation opens when everything before it is done." in evaluation
    assert "Send the evaluation" not in evaluation
