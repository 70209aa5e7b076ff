"""The front page and My learning."""

from flask import Blueprint, render_template

from nok.articles import queries as articles
from nok.courses import queries as courses
from nok.home import queries
from nok.web.access import public, signed_in, viewer

blueprint = Blueprint("home", __name__)
SHOWN = 3


@blueprint.get("/")
@public
def index() -> str:
    """What this place is, and where to begin."""
    return render_template("home/index.html", courses=courses.cards(SHOWN), articles=articles.cards(SHOWN))


@blueprint.get("/learn")
@signed_in
def learn() -> str:
    """My courses."""
    return render_template("home/learn.html", **vars(queries.learning_page(viewer())))
