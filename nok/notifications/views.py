"""The feed page, the bell's numbers, and the live stream."""

import json
from collections.abc import Callable, Iterator
from itertools import groupby

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts import queries as accounts
from nok.accounts.policy import is_teacher
from nok.core.db import db, reading
from nok.notifications import queries, service
from nok.notifications.forms import ChoicesForm
from nok.notifications.queries import FeedItem
from nok.notifications.rules import KINDS, Channel, chosen
from nok.web.access import public, signed_in, viewer
from nok.web.i18n import day_name
from nok.web.login import csrf
from nok.web.streams import Listener, event, hub, stream

blueprint = Blueprint("notifications", __name__)
POLL_MOST = 10
RETRY_SECONDS = 30
LATEST_SEQ = 10**15


@blueprint.get("/notifications")
@signed_in
def index() -> str:
    """What I was told, the latest first."""
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < LATEST_SEQ:
        raise NoSuchPage
    found = queries.older(viewer().id, before, queries.PAGE_SIZE + 1)
    items = found[: queries.PAGE_SIZE]
    more = len(found) > len(items)
    return render_template(
        "notifications/index.html",
        days=[(day, list(told)) for day, told in groupby(items, lambda item: day_name(item.created))],
        any_unread=any(item.unread for item in items),
        older_url=url_for(".index", before=items[-1].seq) if more else None,
    )


@blueprint.post("/notifications/read")
@signed_in
def mark_read() -> BaseResponse:
    """Mark everything read."""
    service.mark_read(viewer().id)
    db.session.commit()
    return redirect(url_for(".index"), 303)


@blueprint.route("/account/notifications", methods=["GET", "POST"])
@signed_in
def choices() -> str | tuple[str, int] | BaseResponse:
    """What I am told, and in which way."""
    kinds = [kind for kind in KINDS.values() if is_teacher(viewer()) or not kind.teachers]
    form = ChoicesForm().choosing(kinds)
    if form.validate_on_submit():
        service.choose(viewer().id, kinds, form.wanted())
        db.session.commit()
        flash(_("You are told as you chose."), "success")
        return redirect(url_for(".choices"), 303)
    now_so = queries.choices(viewer().id)
    page = render_template(
        "notifications/choices.html",
        form=form,
        kinds=kinds,
        told={(kind.code, channel) for kind in kinds for channel in Channel if chosen(kind.code, channel, now_so)},
        channels=list(Channel),
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/notifications/off/<word:token>")
@public
def mail_off(token: str) -> str:
    """Ask whether mail of a kind shall come no more: whatever looks at links on its own must not turn it off."""
    _person_id, kind = service.read_off_link(current_app.extensions["nok"].secret_key, token)
    return render_template("notifications/mail_off.html", kind=KINDS[kind], done=False)


@blueprint.post("/notifications/off/<word:token>")
@csrf.exempt
@public
def turn_off(token: str) -> str:
    """Turn it off, for that page and for mail programs (RFC 8058): without a sign-in, and twice as well as once."""
    person_id, kind = service.read_off_link(current_app.extensions["nok"].secret_key, token)
    service.turn_off_mail(person_id, kind)
    db.session.commit()
    return render_template("notifications/mail_off.html", kind=KINDS[kind], done=True)


@blueprint.get("/notifications/unread.json")
@signed_in
def unread() -> BaseResponse:
    """The bell's number and the latest notifications, for pages without a live stream; cheap to ask again (ETag)."""
    person_id = viewer().id
    items = queries.older(person_id, most=POLL_MOST)
    answer = jsonify(
        unread=queries.bell(person_id).unread,
        latest_seq=items[0].seq if items else 0,
        items=[_shown(item) for item in items if item.unread],
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return make_response(answer.make_conditional(request))


@blueprint.get("/events")
@signed_in
def events() -> Response:
    """The live stream: what I missed, then whatever happens, until the sign-in ends.

    What comes after Last-Event-ID counts as missed; on its first connection a page says where it stands by `after`.
    """
    settings = current_app.extensions["nok"]
    if hub.is_full(settings.max_streams):
        # Streams must leave threads for pages; a page that gets no stream asks every half minute instead.
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)
    person_id, sign_in_id = viewer().id, g.sign_in_id
    given = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    known = given.isascii() and given.isdigit() and len(given) < len(str(LATEST_SEQ))
    after = int(given) if known else queries.last_seq(person_id)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    db.session.remove()  # a stream holds no database session
    hub.start(settings)
    look = _looker(app, person_id, sign_in_id, after)
    text = stream(Listener(person_id, sign_in_id), settings.max_streams, after, look)
    return Response(
        text, mimetype="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def _looker(app: Flask, person_id: int, sign_in_id: int, after: int) -> Callable[[], list[str] | None]:
    """Return what a stream calls to find news: each call opens a session, looks, and closes it."""
    last = after

    def look() -> list[str] | None:
        nonlocal last
        with app.app_context(), reading():
            if not accounts.sign_in_is_live(sign_in_id):
                return None
            found = queries.newer(person_id, last)
            if not found:
                return []
            bell = queries.bell(person_id)
            if len(found) > queries.REPLAY_MOST:
                last = bell.last_seq
                return [event("reset", json.dumps({"unread": bell.unread, "seq": last}), last)]
            last = found[-1].seq
            return list(_told(found, bell.unread))

    return look


def _told(items: list[FeedItem], unread_now: int) -> Iterator[str]:
    for item in items:
        yield event("notification", json.dumps(_shown(item) | {"unread": unread_now}, ensure_ascii=False), item.seq)


def _shown(item: FeedItem) -> dict[str, object]:
    return {
        "seq": item.seq,
        "kind": item.kind,
        "message": item.message,
        "url": item.url,
        "created": item.created.isoformat(),
    }
