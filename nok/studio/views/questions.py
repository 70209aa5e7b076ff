"""Questions that teachers are asked."""

from flask import render_template

from nok.accounts.policy import is_teacher
from nok.discussions import queries
from nok.studio.views.blueprint import blueprint
from nok.web.access import allowed, viewer
from nok.web.pagination import page_number


@blueprint.get("/studio/questions")
@allowed(is_teacher)
def questions() -> str:
    """What I am asked: what waits longest first, then what is answered."""
    return render_template(
        "studio/questions.html",
        page=queries.inbox(viewer(), page_number()),
        waiting=queries.waiting_count(viewer()),
    )
