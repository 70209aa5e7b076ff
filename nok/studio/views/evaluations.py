"""What learners say of a course of mine."""

from flask import render_template

from nok.accounts.policy import is_teacher
from nok.studio.queries import evaluations as queries
from nok.studio.queries.people import course_to_manage
from nok.studio.views.blueprint import blueprint
from nok.web.access import allowed, viewer
from nok.web.pagination import page_number


@blueprint.get("/studio/courses/<slug:slug>/evaluations")
@allowed(is_teacher)
def evaluations(slug: str) -> str:
    """The ratings together, and the comments, without names."""
    revision = course_to_manage(viewer(), slug)
    shown = queries.evaluations_page(revision, page_number())
    return render_template("studio/evaluations.html", slug=slug, title=revision.title, shown=shown)
