"""Work that failed, and the log of who did what to whom."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts.policy import is_operator
from nok.admin.queries import audit as audit_queries
from nok.admin.queries import work as queries
from nok.admin.views.blueprint import asked, blueprint
from nok.core import audit as audit_log
from nok.core import outbox
from nok.core.db import db
from nok.web.access import allowed, viewer
from nok.web.pagination import page_number


@blueprint.get("/admin/failed-work")
@allowed(is_operator)
def failed_work() -> str:
    """What the worker could not do."""
    return render_template("admin/failed_work.html", page=queries.failed(page_number()))


@blueprint.post("/admin/failed-work/<int:number>/again")
@allowed(is_operator)
def try_again(number: int) -> BaseResponse:
    """Have one piece of it done again, now."""
    delivery = queries.delivery(number)
    outbox.send_again(delivery)
    audit_log.record("work.sent_again", f"delivery:{delivery.id}", actor_id=viewer().id, handler=delivery.handler)
    db.session.commit()
    flash(_("It is on its way again. Reload this page in a moment: what has worked is gone from it."), "success")
    return redirect(url_for(".failed_work"), 303)


@blueprint.get("/admin/audit")
@allowed(is_operator)
def audit() -> str:
    """Who did what to whom, the latest first."""
    words, subject = asked("q"), asked("subject")
    return render_template(
        "admin/audit.html", page=audit_queries.log(words, subject, page_number()), words=words, subject=subject
    )
