"""Every door of the product, where it is in the world of these tests, and what each role finds behind it.

`tests/access/test_every_role.py` refuses a door of the application that is missing here.
"""

from flask import Flask
from werkzeug.test import TestResponse

from tests.access.door import (
    LOGIN,
    Door,
    Outcome,
    anyone,
    at,
    authors,
    members,
    operators,
    student,
    teachers,
)
from tests.factories.world import SESSION, STRANGER, World
from tests.pages import Browser

BEAT = {"session": SESSION, "seq": 2, "played": [], "position_ms": 0}
TEST = "/learn/{open_course}/final-test/attempts"
WORKSHEET = "/learn/{practice}/first-worksheet/worksheet"
PEOPLE = "/studio/courses/{course}/people"
REVIEW = {"comment": "Well said.", "accept": "Accept", "seen": "1"}

WRITE = "/studio/articles/{article}"
WRITTEN = {
    "title": "How it heals",
    "summary": "What is known.",
    "category": "Evidence",
    "body": "Second.",
    "updated": "2026-04-01",
    "version": "1",
}
NOTES = "/notes/{note_id}"
QUESTION = "/questions/{question_id}"
SEEN = {"seen": "999999"}
ANNOTATION = "/api/v1/annotations/{note_id}"

DOORS: dict[str, Door] = {
    "GET annotations_api.description": Door(at("/api/v1/openapi.json"), anyone(200)),
    "GET annotations.index": Door(at("/notes"), members(200)),
    "POST annotations.look": Door(at("/notes/look"), members(303), fields={"marks": "y"}),
    "POST annotations.make": Door(
        at("/notes"),
        members(303),
        fields={"source": "/articles/how-it-heals", "note": "Read it again.", "color": "jade"},
    ),
    "GET annotations.beside": Door(at("/notes/beside?source=/articles/{article}/revisions/1"), members(200)),
    "GET annotations.note": Door(at(NOTES), student(200)),
    "POST annotations.change": Door(at(NOTES), student(303), fields={"note": "Other words.", "color": "rose"}),
    "POST annotations.remove": Door(at(NOTES + "/delete"), student(303)),
    "POST annotations.restore": Door(at(NOTES + "/restore"), student(303)),
    "POST annotations.keep": Door(at(NOTES + "/keep"), student(303), fields={"revision": "2"}),
    "POST annotations.detach": Door(at(NOTES + "/detach"), student(303), fields={"revision": "2"}),
    "GET annotations.file": Door(at("/notes/files/my-notes.md"), members(200)),
    "GET annotations.card": Door(at("/notes/card"), members(200)),
    "GET annotations_api.container": Door(at("/api/v1/annotations/"), (401, *(200,) * 4)),
    "POST annotations_api.make": Door(
        at("/api/v1/annotations/"),
        (401, *(201,) * 4),
        body={"body": "Read it again.", "target": "/articles/how-it-heals"},
    ),
    "GET annotations_api.one": Door(at(ANNOTATION), student(200, 401)),
    "PUT annotations_api.change": Door(
        at(ANNOTATION), student(200, 401), body={"body": "Other words.", "target": "/articles/how-it-heals"}
    ),
    "DELETE annotations_api.remove": Door(at(ANNOTATION), student(204, 401), body={}),
    "GET notifications.choices": Door(at("/account/notifications"), members(200)),
    "POST notifications.choices": Door(at("/account/notifications"), members(303), fields={"told": "enrolled:mail"}),
    "GET notifications.mail_off": Door(at("/notifications/off/{mail_off}"), anyone(200)),
    "POST notifications.turn_off": Door(at("/notifications/off/{mail_off}"), anyone(200)),
    "GET discussions.index": Door(at("/questions"), members(200)),
    "GET discussions.ask": Door(at("/questions/ask?source=/articles/{article}"), members(200)),
    "POST discussions.make": Door(
        at("/questions"),
        (LOGIN, 303, 303, 422, 303),  # its author asks nobody
        fields={"source": "/articles/how-it-heals", "text": "What is known?"},
    ),
    "GET discussions.question": Door(at(QUESTION), (LOGIN, 200, 404, 200, 200)),
    "POST discussions.reply": Door(at(QUESTION), (LOGIN, 303, 404, 303, 303), fields=SEEN | {"text": "I see."}),
    "POST discussions.settle": Door(at(QUESTION + "/settle"), (LOGIN, 404, 404, 303, 303), fields=SEEN),
    "POST discussions.share": Door(at(QUESTION + "/share"), (LOGIN, 404, 404, 303, 303), fields={"on": "y"}),
    "GET studio.questions": Door(at("/studio/questions"), teachers(200)),
    "GET catalog.article_revision": Door(at("/articles/{article}/revisions/1"), anyone(200)),
    "GET home.index": Door(at("/"), anyone(200)),
    "GET home.learn": Door(at("/learn"), members(200)),
    "GET catalog.feed": Door(at("/articles/feed.atom"), anyone(200)),
    "GET catalog.sitemap": Door(at("/sitemap.xml"), anyone(200)),
    "GET catalog.robots": Door(at("/robots.txt"), anyone(200)),
    "GET covers.picture": Door(at("/covers/{course}.svg"), anyone(200)),
    "GET catalog.course_cover": Door(at("/courses/{course}/cover.png"), anyone(200)),
    "GET catalog.article_cover": Door(at("/articles/{article}/cover.png"), anyone(200)),
    "GET home.theme": Door(at("/theme"), anyone(200)),
    "POST home.theme": Door(at("/theme"), anyone(303), {"theme": "dark"}),
    "GET catalog.courses": Door(at("/courses"), anyone(200)),
    "GET catalog.search": Door(at("/search?q=needle"), anyone(200)),
    "GET catalog.teacher": Door(at("/teachers/teacher"), anyone(200)),
    "GET catalog.course": Door(at("/courses/{course}"), anyone(200)),
    "GET catalog.articles": Door(at("/articles"), anyone(200)),
    "GET catalog.article": Door(at("/articles/{article}"), anyone(200)),
    "GET catalog.article_picture": Door(at("/articles/{article}/pictures/skin.svg"), anyone(200)),
    "GET classroom.course": Door(at("/learn/{course}"), student(303)),
    "GET classroom.lesson": Door(at("/learn/{course}/watching"), student(200)),
    "GET classroom.media": Door(at("/learn/{course}/watching/media/v0-00001.m4s"), student(200)),
    "GET classroom.captions": Door(at("/learn/{course}/watching/captions/en.vtt"), student(200)),
    "GET classroom.picture": Door(at("/learn/{course}/pictures/needle.svg"), student(200)),
    "GET classroom.transcript": Door(at("/learn/{course}/watching/transcript"), student(200)),
    "GET classroom.file": Door(at("/learn/{open_course}/handout/file.pdf"), student(200)),
    "GET classroom.attempt": Door(at(TEST + "/1"), student(200)),
    "POST classroom.complete": Door(at("/learn/{open_course}/reading-1/complete"), student(303)),
    "POST classroom.start_attempt": Door(at(TEST), student(303)),
    "POST classroom_api.beat": Door(at("/api/v1/lessons/{video_lesson_id}/beats"), student(200, 401), body=BEAT),
    "POST classroom_api.save_answers": Door(
        at("/api/v1/attempts/{open_course}/final-test/1/answers"), student(200, 401), body={"answers": {}}
    ),
    "POST classroom.submit_attempt": Door(at(TEST + "/1"), student(303), fields={"with-blanks": "1"}),
    "GET classroom.worksheet": Door(at(WORKSHEET), student(200)),
    "POST classroom.save_worksheet": Door(at(WORKSHEET), student(303), fields={"saves": "1"}),
    "POST classroom_api.save_worksheet": Door(
        at("/api/v1/worksheets/{practice}/first-worksheet/answers"),
        student(200, 401),
        body={"answers": {"w-stop": "Stop."}, "saves": 1},
    ),
    "GET classroom.evaluation": Door(at("/learn/{course}/evaluation/evaluation"), student(200)),
    "POST classroom.submit_evaluation": Door(at("/learn/{course}/evaluation/evaluation"), student(303)),
    "GET studio.worksheets": Door(at("/studio/worksheets"), teachers(200)),
    "GET studio.worksheet": Door(at("/studio/worksheets/{worksheet_id}"), teachers(200)),
    "POST studio.review_worksheet": Door(at("/studio/worksheets/{worksheet_id}"), teachers(303), fields=REVIEW),
    "GET studio.written_articles": Door(at("/studio/articles"), teachers(200)),
    "POST studio.written_articles": Door(at("/studio/articles"), authors(303), fields={"title": "A new one"}),
    "GET studio.write_article": Door(at(WRITE), teachers(200)),
    "POST studio.write_article": Door(at(WRITE), teachers(303), fields=WRITTEN),
    "GET studio.preview_article": Door(at(WRITE + "/preview"), teachers(200)),
    "POST studio.publish_article": Door(at(WRITE + "/publish"), teachers(303), fields={"version": "2"}),
    "POST studio.discard_article_draft": Door(at(WRITE + "/discard"), teachers(303)),
    "GET studio.written_picture": Door(at(WRITE + "/pictures/skin.svg"), teachers(200)),
    "GET studio.courses": Door(at("/studio"), teachers(200)),
    "GET studio.people": Door(at(PEOPLE), teachers(200)),
    "POST studio.enroll_person": Door(at(PEOPLE), teachers(303), fields={"email": STRANGER}),
    "GET studio.person": Door(at(PEOPLE + "/{enrollment_id}"), teachers(200)),
    "POST studio.extend_access": Door(
        at(PEOPLE + "/{enrollment_id}/extend"), teachers(303), fields={"until": "2199-01-01"}
    ),
    "GET studio.evaluations": Door(at("/studio/courses/{course}/evaluations"), teachers(200)),
    "POST studio.allow_another_attempt": Door(at(PEOPLE + "/{enrollment_id}/another-attempt"), teachers(303)),
    "GET admin.index": Door(at("/admin"), operators(200)),
    "GET admin.people": Door(at("/admin/people"), operators(200)),
    "GET admin.person": Door(at("/admin/people/{student_id}"), operators(200)),
    "POST admin.change_role": Door(at("/admin/people/{student_id}/role"), operators(303), fields={"role": "teacher"}),
    "POST admin.suspend": Door(at("/admin/people/{student_id}/suspend"), operators(303)),
    "POST admin.restore": Door(at("/admin/people/{student_id}/restore"), operators(303)),
    "POST admin.enroll": Door(
        at("/admin/people/{student_id}/enroll"), operators(303), fields={"course": "second-course"}
    ),
    "GET admin.courses": Door(at("/admin/courses"), operators(200)),
    "GET admin.enrollments": Door(at("/admin/enrollments"), operators(200)),
    "GET admin.certificates": Door(at("/admin/certificates"), operators(200)),
    "GET admin.certificate": Door(at("/admin/certificates/{serial}"), operators(200)),
    "GET admin.certificate_pdf": Door(at("/admin/certificates/{serial}.pdf"), operators(200)),
    "POST admin.revoke": Door(
        at("/admin/certificates/{serial}"), operators(303), fields={"reason": "Issued by mistake."}
    ),
    "GET admin.failed_work": Door(at("/admin/failed-work"), operators(200)),
    "POST admin.try_again": Door(at("/admin/failed-work/{failed_delivery_id}/again"), operators(303)),
    "GET admin.audit": Door(at("/admin/audit"), operators(200)),
    "GET certificates.index": Door(at("/certificates"), members(200)),
    "GET certificates.pdf": Door(at("/certificates/{serial}.pdf"), student(200)),
    "GET certificates.verify_form": Door(at("/verify"), anyone(200)),
    "GET certificates.verify": Door(at("/verify/{serial}"), anyone(200)),
    "GET certificates.verify_json": Door(at("/verify/{serial}.json"), anyone(200)),
    "GET notifications.index": Door(at("/notifications"), members(200)),
    "GET notifications.unread": Door(at("/notifications/unread.json"), (401, 200, 200, 200, 200)),
    "GET notifications.events": Door(at("/events"), members(200)),
    "POST notifications.mark_read": Door(at("/notifications/read"), members(303)),
    "POST enrollments.enroll": Door(at("/courses/{open_course}/enroll"), members(303)),
    "GET accounts.register": Door(at("/account/register"), anyone(200)),
    "POST accounts.register": Door(at("/account/register"), anyone(422)),
    "GET accounts.register_sent": Door(at("/account/register/sent"), anyone(200)),
    "GET accounts.confirm": Door(at("/account/confirm/{confirmation}"), anyone(200)),
    "POST accounts.confirm": Door(at("/account/confirm/{confirmation}"), anyone(422)),  # without the password
    "GET accounts.login": Door(at("/account/login"), anyone(200)),
    "POST accounts.login": Door(at("/account/login"), anyone(422)),
    "GET accounts.profile": Door(at("/account/profile"), members(200)),
    "POST accounts.profile": Door(at("/account/profile"), members(422)),
    "GET accounts.forgot": Door(at("/account/forgot"), anyone(200)),
    "POST accounts.forgot": Door(at("/account/forgot"), anyone(422)),
    "GET accounts.forgot_sent": Door(at("/account/forgot/sent"), anyone(200)),
    "GET accounts.reset": Door(at("/account/reset/{reset}"), anyone(200)),
    "POST accounts.reset": Door(at("/account/reset/{reset}"), anyone(422)),  # without a password
    "GET accounts.license_name": Door(at("/account/license-name"), members(200)),
    "POST accounts.license_name": Door(at("/account/license-name"), members(422)),
    "GET accounts.security": Door(at("/account/security"), members(200)),
    "GET accounts.change_password": Door(at("/account/security/password"), members(200)),
    "POST accounts.change_password": Door(at("/account/security/password"), members(422)),
    "GET accounts.change_address": Door(at("/account/security/address"), members(200)),
    "POST accounts.change_address": Door(at("/account/security/address"), members(422)),
    "GET accounts.confirm_address": Door(at("/account/security/address/{new_address}"), (LOGIN, 200, 403, 403, 403)),
    "POST accounts.confirm_address": Door(at("/account/security/address/{new_address}"), (LOGIN, 303, 403, 403, 403)),
    "POST accounts.end_sign_in": Door(at("/account/security/sign-ins/{sign_in_id}/end"), student(303)),
    "GET credits.licenses": Door(at("/licenses"), members(200)),
    "GET credits.add_license": Door(at("/licenses/add"), members(200)),
    "POST credits.add_license": Door(at("/licenses/add"), members(422)),
    "GET credits.change_license": Door(at("/licenses/{license_id}"), student(200)),
    "POST credits.change_license": Door(at("/licenses/{license_id}"), student(422)),
    "POST credits.remove_license": Door(at("/licenses/{license_id}/remove"), student(303)),
    "GET dev.mail": Door(at("/dev/mail"), anyone(200)),
    "GET dev.components": Door(at("/dev/components"), anyone(200)),
    "GET dev.message": Door(at("/dev/mail/{mail_key}"), anyone(200)),
    "GET dev.message_html": Door(at("/dev/mail/{mail_key}/html"), anyone(200)),
    "GET health.healthz": Door(at("/healthz"), anyone(200)),
    "GET health.readyz": Door(at("/readyz"), anyone(503)),  # these tests run no broker, and it says so
    "GET health.metrics_text": Door(at("/metrics"), anyone(200)),  # from this machine
    "GET installed.manifest": Door(at("/manifest.webmanifest"), anyone(200)),
    "GET installed.service_worker": Door(at("/service-worker.js"), anyone(200)),
    "GET installed.offline": Door(at("/offline"), anyone(200)),
    "GET static": Door(at("/static/build/manifest.json"), anyone(200)),
    "GET enrollments.leave": Door(at("/courses/{course}/leave"), student(200)),
    "POST enrollments.leave_now": Door(at("/courses/{course}/leave"), student(303)),
    "POST studio.remove_person": Door(at(PEOPLE + "/{enrollment_id}/remove"), teachers(303)),
    # Last: they end what the others need.
    "POST accounts.sign_out_everywhere": Door(at("/account/security/sign-out-everywhere"), (LOGIN,) * 5),
    "POST accounts.logout": Door(at("/account/logout"), anyone(303)),
}


def knock(browser: Browser, name: str, site: World) -> TestResponse:
    """Go through a door as a browser would, with its token and, for a script's door, with JSON."""
    door, path = DOORS[name], DOORS[name].where(site)
    if name.startswith("GET "):
        return browser.client.get(path, buffered=not name.endswith("notifications.events"))  # a stream has no end
    if door.body is None:
        return browser.submit(path, dict(door.fields))
    return browser.send_json(path, door.body, method=name.partition(" ")[0])


def outcome(answer: TestResponse) -> Outcome:
    """Return the status, or `login` for a redirect to the sign-in page."""
    if answer.status_code == 303 and answer.location.partition("?")[0] == "/account/login":
        return LOGIN
    return answer.status_code


def addresses(app: Flask) -> dict[str, str]:
    """Return the endpoint of every door of the application by the name it has here."""
    return {
        f"{method} {rule.endpoint}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
