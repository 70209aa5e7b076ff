"""Ask the teacher, and read what they said."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.annotations import queries as texts
from nok.core.db import db
from nok.core.errors import Conflict, Invalid
from nok.discussions import queries, service
from nok.discussions.forms import AboutForm, AskForm, ReplyForm, ShareForm
from nok.discussions.policy import may_answer
from nok.discussions.service import About
from nok.web.access import signed_in, viewer
from nok.web.pagination import page_number

blueprint = Blueprint("discussions", __name__)


@blueprint.get("/questions")
@signed_in
def index() -> str:
    """What I asked, the latest first."""
    return render_template("discussions/index.html", page=queries.asked_by(viewer().id, page_number()))


@blueprint.get("/questions/ask")
@signed_in
def ask() -> str:
    """Ask about the text, the words or the moment that the address names; what others asked there stands below."""
    about = AboutForm(request.args)
    about.validate()
    return _ask_page(AskForm(formdata=None, data=about.data), about.about())


@blueprint.post("/questions")
@signed_in
def make() -> str | tuple[str, int] | BaseResponse:
    """Send a question; what is not right is shown with all that was typed."""
    form = AskForm()
    right, about = form.validate_on_submit(), form.about()
    if right:
        try:
            asked = service.ask(viewer(), about, form.text.data)
        except (Conflict, Invalid) as problem:
            form.form_errors.append(problem.message)
        else:
            db.session.commit()
            flash(_("Your question was sent. You are told when it is answered."), "success")
            return redirect(url_for(".question", number=asked.id), 303)
    return _ask_page(form, about), Invalid.status


@blueprint.get("/questions/<int:number>")
@signed_in
def question(number: int) -> str:
    """A question of mine, or one that I am asked, with its replies."""
    return _thread(number, ReplyForm(formdata=None))


@blueprint.post("/questions/<int:number>")
@signed_in
def reply(number: int) -> str | tuple[str, int] | BaseResponse:
    """Write on in it."""
    found, form = queries.thread(viewer(), number), ReplyForm()
    if form.validate_on_submit():
        try:
            service.reply(found, viewer(), form.text.data)
        except Conflict as problem:
            form.form_errors.append(problem.message)
        else:
            db.session.commit()
            return redirect(url_for(".question", number=number, _anchor="latest"), 303)
    return _thread(number, form), Invalid.status


@blueprint.post("/questions/<int:number>/settle")
@signed_in
def settle(number: int) -> BaseResponse:
    """Say that nothing waits in it."""
    service.settle(queries.thread(viewer(), number), viewer())
    db.session.commit()
    return redirect(url_for("studio.questions"), 303)


@blueprint.post("/questions/<int:number>/share")
@signed_in
def share(number: int) -> BaseResponse:
    """Show it to every reader of the text, or to the two alone again."""
    found, form = queries.thread(viewer(), number), ShareForm()
    service.share(found, viewer(), on=bool(form.on.data))
    db.session.commit()
    flash(
        _("Every reader of the text sees it now, without the name.")
        if form.on.data
        else _("Only the two of you see it now."),
        "success",
    )
    return redirect(url_for(".question", number=number), 303)


def _ask_page(form: AskForm, about: About) -> str:
    problem = ""
    try:
        _number, quote = service.read(viewer(), about)
    except Invalid as found:
        quote, problem = "", found.message
    teacher = queries.teacher_of(about.source)
    return render_template(
        "discussions/ask.html",
        form=form,
        quote=quote,
        problem=problem,
        about=about,
        title=texts.titles([about.source])[about.source.path][0],
        teacher=teacher,
        own=teacher is not None and teacher.id == viewer().id,
        shared=queries.shared(about.source),
    )


def _thread(number: int, form: ReplyForm) -> str:
    asked = queries.asked(viewer(), number)
    found = queries.question(number)
    return render_template(
        "discussions/question.html",
        asked=asked,
        replies=queries.replies(number),
        form=form,
        answering=may_answer(viewer(), found.asked_id) and viewer().id != found.asker_id,
    )
