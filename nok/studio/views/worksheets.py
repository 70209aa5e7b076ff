"""Worksheets that wait for a review."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts.policy import is_teacher
from nok.assessments import queries as assessments
from nok.assessments.queries import HandIn
from nok.core.db import db
from nok.core.errors import Conflict, Invalid
from nok.learning import service
from nok.studio.forms import ReviewForm
from nok.studio.queries import worksheets as queries
from nok.studio.views.blueprint import blueprint
from nok.web.access import allowed, viewer
from nok.web.pagination import page_number


@blueprint.get("/studio/worksheets")
@allowed(is_teacher)
def worksheets() -> str:
    """The queue, the worksheet that waits longest first."""
    return render_template("studio/worksheets.html", page=queries.queue(viewer(), page_number()))


@blueprint.get("/studio/worksheets/<int:number>")
@allowed(is_teacher)
def worksheet(number: int) -> str:
    """One worksheet, to be read and judged."""
    return _review_page(number)


@blueprint.post("/studio/worksheets/<int:number>")
@allowed(is_teacher)
def review_worksheet(number: int) -> BaseResponse | tuple[str, int]:
    """Accept it, or return it with a comment."""
    found = assessments.worksheet_for_reviewer(viewer(), number, lock=True)
    form = ReviewForm()
    if not form.validate():
        return _review_page(number, form), Invalid.status
    accepted = bool(form.accept.data)
    try:
        service.review_worksheet(found.worksheet, viewer(), accepted, form.comment.data or "", seen=form.read())
    except (Conflict, Invalid) as problem:
        form.form_errors.append(problem.message)
        return _review_page(number, form), problem.status
    db.session.commit()
    flash(_done(found, accepted=accepted), "success")
    return redirect(url_for(".worksheets"), 303)


def _done(found: HandIn, *, accepted: bool) -> str:
    """Return what has been done, and whether the learner hears of it."""
    if not found.open:
        return _("Accepted.") if accepted else _("Returned.")
    name = found.learner_name
    return _("Accepted. %(name)s is told.", name=name) if accepted else _("Returned. %(name)s is told.", name=name)


def _review_page(number: int, form: ReviewForm | None = None) -> str:
    """Show the worksheet as it stands now; after a refusal, with the comment as it was just written."""
    found = assessments.worksheet_for_reviewer(viewer(), number)
    shown = queries.review_page(viewer(), found)
    form = form or ReviewForm(formdata=None)
    form.seen.data = str(shown.saves)
    return render_template("studio/worksheet.html", worksheet=shown, form=form)
