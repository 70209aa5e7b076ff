"""Ask the teacher, and read what they said."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.annotations import queries as texts
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.discussions import queries, service
from nok.discussions.forms import AboutForm, AskForm, ReplyForm, SettleForm, ShareForm
from nok.discussions.policy import may_answer
from nok.discussions.queries import SharedQuestion
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
        except NotFound:
            form.form_errors.append(_("This text is closed to you by now, or nobody answers for it any more."))
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
            service.reply(found, viewer(), form.text.data, form.seen.data or 0)
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
    found, form = queries.thread(viewer(), number), SettleForm()
    try:
        service.settle(found, viewer(), form.seen.data or 0)
    except Conflict as problem:
        flash(problem.message, "warn")
        return redirect(url_for(".question", number=number), 303)
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
    """Show the form; where its words are not in the text, without them; what was typed always stays."""
    path, quote, problem = about.source.path, "", ""
    shared: list[SharedQuestion] = []
    teacher = None
    try:
        number, quote = service.read(viewer(), about)
        teacher, shared = queries.teacher_of(about.source), queries.shared(about.source, number)
    except Invalid as found:
        problem, teacher = found.message, queries.teacher_of(about.source)
        form.start.data = form.end.data = form.start.raw_data = form.end.raw_data = None
    except NotFound:
        if not form.is_submitted():
            raise
    return render_template(
        "discussions/ask.html",
        form=form,
        quote=quote,
        problem=problem,
        about=about,
        title=texts.titles([about.source])[path][0] if teacher else _("the text"),
        teacher=teacher,
        own=teacher is not None and teacher.id == viewer().id,
        shared=shared,
    )


def _thread(number: int, form: ReplyForm) -> str:
    asked, replies = queries.asked(viewer(), number), queries.replies(number)
    form.seen.raw_data, form.seen.data = None, replies[-1].id if replies else 0
    return render_template(
        "discussions/question.html",
        asked=asked,
        replies=replies,
        form=form,
        answering=may_answer(viewer(), asked.asked_id) and viewer().id != asked.asker_id,
        answered=[each for each in replies if each.answers],
    )
