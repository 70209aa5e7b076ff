"""The people of a course: who is in it, adding someone by e-mail, lengthening access, removing."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts import queries as accounts
from nok.accounts.policy import is_teacher
from nok.core.db import db
from nok.core.errors import Invalid
from nok.courses.models import CourseRevision
from nok.enrollments import queries as enrollments
from nok.enrollments import service
from nok.studio import queries
from nok.studio.forms import EnrollForm, ExtendForm
from nok.studio.views.blueprint import blueprint
from nok.web.access import allowed, viewer

MOST_PAGES = 10_000


@blueprint.get("/studio/courses")
@allowed(is_teacher)
def courses() -> str:
    """The courses whose people I look after."""
    return render_template("studio/courses.html", page=queries.managed_courses(viewer(), _number()))


@blueprint.get("/studio/courses/<slug:slug>/people")
@allowed(is_teacher)
def people(slug: str) -> str:
    """Who is or was in a course of mine."""
    return _people_page(queries.course_to_manage(viewer(), slug), EnrollForm(formdata=None))


@blueprint.post("/studio/courses/<slug:slug>/people")
@allowed(is_teacher)
def enroll_person(slug: str) -> BaseResponse | tuple[str, int]:
    """Enroll someone by their e-mail address; someone who is in the course already stays as they are."""
    revision = queries.course_to_manage(viewer(), slug)
    form = EnrollForm()
    person = accounts.person_by_email(form.email.data or "") if form.validate() else None
    if person is None:
        if not form.errors:
            form.email.errors = [_("Nobody has an account with this address. Ask them to create one first.")]
        return _people_page(revision, form), Invalid.status
    service.enroll(person, slug, by=viewer())
    db.session.commit()
    flash(_("%(name)s is enrolled.", name=person.display_name), "success")
    return redirect(url_for(".people", slug=slug), 303)


@blueprint.get("/studio/courses/<slug:slug>/people/<int:number>")
@allowed(is_teacher)
def person(slug: str, number: int) -> str:
    """One person's enrollment, and what can be done about it."""
    return _person_page(queries.course_to_manage(viewer(), slug), number, ExtendForm(formdata=None))


@blueprint.post("/studio/courses/<slug:slug>/people/<int:number>/extend")
@allowed(is_teacher)
def extend_access(slug: str, number: int) -> BaseResponse | tuple[str, int]:
    """Let the access last to the end of a day, by my clock."""
    revision = queries.course_to_manage(viewer(), slug)
    enrollment = enrollments.in_course(number, revision.course_id)
    form = ExtendForm()
    try:
        if not form.validate() or form.until.data is None:
            return _person_page(revision, number, form), Invalid.status
        until = datetime.combine(form.until.data, time(23, 59, 59), ZoneInfo(viewer().time_zone))
        service.extend(enrollment, until, viewer())
    except Invalid as problem:
        form.until.errors = [problem.message]
        return _person_page(revision, number, form), problem.status
    db.session.commit()
    flash(_("The access is extended."), "success")
    return redirect(url_for(".person", slug=slug, number=number), 303)


@blueprint.post("/studio/courses/<slug:slug>/people/<int:number>/remove")
@allowed(is_teacher)
def remove_person(slug: str, number: int) -> BaseResponse:
    """Take someone out of the course; a second click finds that it is done."""
    revision = queries.course_to_manage(viewer(), slug)
    service.remove(enrollments.in_course(number, revision.course_id), viewer())
    db.session.commit()
    flash(_("Removed. Certificates, results and notes are kept."), "success")
    return redirect(url_for(".people", slug=slug), 303)


def _people_page(revision: CourseRevision, form: EnrollForm) -> str:
    page = enrollments.members(revision.course_id, _number())
    return render_template("studio/people.html", slug=revision.course.slug, title=revision.title, page=page, form=form)


def _person_page(revision: CourseRevision, number: int, form: ExtendForm) -> str:
    member = enrollments.member(number, revision.course_id)
    return render_template(
        "studio/person.html", slug=revision.course.slug, title=revision.title, member=member, form=form
    )


def _number() -> int:
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= MOST_PAGES:
        raise NoSuchPage
    return number
