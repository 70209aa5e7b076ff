"""The people of a course: who is in it, adding someone by e-mail, lengthening access, one more try, removing."""

from datetime import datetime, time

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts import service as accounts
from nok.accounts.models import Person
from nok.accounts.policy import is_teacher
from nok.assessments import queries as assessments
from nok.core.clock import zone
from nok.core.db import db
from nok.core.errors import Invalid, TooMany
from nok.courses.models import CourseRevision
from nok.enrollments import queries as enrollments
from nok.enrollments import service
from nok.studio.forms import EnrollForm, ExtendForm
from nok.studio.queries import people as queries
from nok.studio.views.blueprint import blueprint
from nok.web.access import allowed, viewer
from nok.web.pagination import page_number


@blueprint.get("/studio")
@allowed(is_teacher)
def courses() -> str:
    """The teachers' first page: how many worksheets wait, and the courses whose people I look after."""
    page = queries.managed_courses(viewer(), page_number())
    return render_template("studio/courses.html", page=page, waiting=assessments.waiting_count(viewer()))


@blueprint.get("/studio/courses/<slug:slug>/people")
@allowed(is_teacher)
def people(slug: str) -> str:
    """Who is or was in a course of mine."""
    return _people_page(queries.course_to_manage(viewer(), slug), EnrollForm(formdata=None))


@blueprint.post("/studio/courses/<slug:slug>/people")
@allowed(is_teacher)
def enroll_person(slug: str) -> BaseResponse | tuple[str, int]:
    """Enroll someone by their e-mail address; someone who is in the course already stays as they are."""
    revision, form = queries.course_to_manage(viewer(), slug), EnrollForm()
    person, status = _find(form)
    if person is not None:
        service.enroll(person, slug, by=viewer())
    db.session.commit()  # in either case: an address that nobody has is counted
    if person is None:
        return _people_page(revision, form), status
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
        until = datetime.combine(form.until.data, time(23, 59, 59), zone(viewer().time_zone))
        service.extend(enrollment, until, viewer())
    except Invalid as problem:
        form.until.errors = [problem.message]
        return _person_page(revision, number, form), problem.status
    db.session.commit()
    flash(_("The access is extended."), "success")
    return redirect(url_for(".person", slug=slug, number=number), 303)


@blueprint.post("/studio/courses/<slug:slug>/people/<int:number>/another-attempt")
@allowed(is_teacher)
def allow_another_attempt(slug: str, number: int) -> BaseResponse:
    """Allow someone who has used up their tries at a test one more; a second click finds that one is left."""
    revision = queries.course_to_manage(viewer(), slug)
    enrollment = enrollments.in_course(number, revision.course_id)
    if any(test.used_up for test in queries.tries(enrollment.id)):
        service.allow_another_attempt(enrollment, viewer())
        db.session.commit()
        flash(_("One more try is allowed."), "success")
    else:
        flash(_("Nothing was changed: a try is left already, or the test is passed."), "info")
    return redirect(url_for(".person", slug=slug, number=number), 303)


@blueprint.post("/studio/courses/<slug:slug>/people/<int:number>/remove")
@allowed(is_teacher)
def remove_person(slug: str, number: int) -> BaseResponse:
    """Take someone out of the course; a second click finds that it is done."""
    revision = queries.course_to_manage(viewer(), slug)
    service.remove(enrollments.in_course(number, revision.course_id), viewer())
    db.session.commit()
    flash(_("Removed. Certificates and results are kept."), "success")
    return redirect(url_for(".people", slug=slug), 303)


def _find(form: EnrollForm) -> tuple[Person | None, int]:
    """Return whose address was typed; or None, with the reason at the field, and the status that says the same."""
    if not form.validate():
        return None, Invalid.status
    try:
        found = accounts.look_up(form.email.data or "", viewer())
    except TooMany as shut:
        form.email.errors = [shut.message]
        return None, shut.status
    if found is None:
        form.email.errors = [_("Nobody has an account with this address. Ask them to create one first.")]
    return found, Invalid.status


def _people_page(revision: CourseRevision, form: EnrollForm) -> str:
    page = enrollments.members(revision.course_id, page_number())
    return render_template("studio/people.html", slug=revision.course.slug, title=revision.title, page=page, form=form)


def _person_page(revision: CourseRevision, number: int, form: ExtendForm) -> str:
    member = enrollments.member(number, revision.course_id)
    return render_template(
        "studio/person.html",
        slug=revision.course.slug,
        title=revision.title,
        member=member,
        tests=queries.tries(member.enrollment.id),
        form=form,
    )
