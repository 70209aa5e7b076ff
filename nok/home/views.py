"""The front page and My learning."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from nok.articles import queries as articles
from nok.courses import queries as courses
from nok.home import queries
from nok.home.forms import ThemeForm
from nok.settings import Settings
from nok.web.access import public, signed_in, viewer
from nok.web.login import safe_next
from nok.web.theme import SYSTEM, keep_theme
from nok.web.theme import theme as chosen_theme

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
    """My courses, and beside them my licenses and latest notes."""
    return render_template(
        "home/learn.html", **vars(queries.learning_page(viewer())), **vars(queries.beside_learning(viewer()))
    )


@blueprint.route("/theme", methods=["GET", "POST"])
@public
def theme() -> str | Response | tuple[str, int]:
    """Choose light or dark. Scripts do the same from the foot of each page."""
    form = ThemeForm(theme=chosen_theme() or SYSTEM)
    if not form.validate_on_submit():
        return render_template("home/theme.html", form=form), 422 if form.is_submitted() else 200
    settings: Settings = current_app.extensions["nok"]
    return keep_theme(redirect(safe_next(url_for(".index")), 303), form.theme.data, secure=settings.secure)  # type: ignore[arg-type]
