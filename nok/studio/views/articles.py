"""Writing an article: kept as a draft, looked at with what it would change, published."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts.policy import is_teacher
from nok.articles.models import Article
from nok.authoring import service
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.core.storage import Storage, open_storage
from nok.formats.problems import FolderProblems
from nok.studio.forms import ArticleForm, NewArticleForm, PublishForm
from nok.studio.queries import articles as queries
from nok.studio.views.blueprint import blueprint
from nok.web.access import allowed, viewer
from nok.web.files import send_picture


@blueprint.route("/studio/articles", methods=["GET", "POST"])
@allowed(is_teacher)
def written_articles() -> str | BaseResponse | tuple[str, int]:
    """The articles that I write, and the beginning of another one."""
    form = NewArticleForm()
    if form.validate_on_submit():
        try:
            begun = service.begin_article(viewer(), form.title.data or "")
        except Invalid as problem:
            form.form_errors.append(problem.message)
        else:
            db.session.commit()
            return redirect(url_for(".write_article", slug=begun.slug), 303)
    page = render_template("studio/written_articles.html", form=form, articles=queries.written_articles(viewer()))
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/studio/articles/<slug:slug>", methods=["GET", "POST"])
@allowed(is_teacher)
def write_article(slug: str) -> str | BaseResponse | tuple[str, int]:
    """Write it; each saving leads to the preview, and what is not right is named with its line."""
    article = queries.article_to_write(viewer(), slug)
    saved = service.written(article)
    form = ArticleForm(data=_typed(saved)).choosing(
        queries.courses_to_relate(), queries.articles_to_relate(slug), service.pictures_of(article), saved.fields
    )
    if form.validate_on_submit() and _kept(article, form):
        return redirect(url_for(".preview_article", slug=slug, sent=form.sending.data or None), 303)
    page = render_template("studio/write_article.html", form=form, article=article, saved=saved)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/studio/articles/<slug:slug>/preview")
@allowed(is_teacher)
def preview_article(slug: str) -> tuple[str, int]:
    """What readers would see, what is another wording, and what would become of their highlights."""
    article = queries.article_to_write(viewer(), slug)
    saved = service.written(article)
    form = PublishForm(data={"version": saved.version})
    page: dict[str, Any]
    try:
        with service.as_folder(_storage(), article, saved.fields) as folder:
            shown = queries.previewed(article, folder)
    except FolderProblems as found:
        page = {"problems": service.told(found.problems)}
    else:
        page = {"problems": [], "folder": folder, "shown": shown, "form": form}
    answer = render_template("studio/preview_article.html", article=article, saved=saved, **page)
    return answer, 422 if page["problems"] else 200


@blueprint.post("/studio/articles/<slug:slug>/publish")
@allowed(is_teacher)
def publish_article(slug: str) -> BaseResponse:
    """Publish what was looked at."""
    article, form = queries.article_to_write(viewer(), slug), PublishForm()
    if not form.validate_on_submit():
        raise Invalid(_("Look at the preview before you publish."))
    try:
        done = service.publish_draft(_storage(), article, viewer(), form.version.data or 0)
    except FolderProblems:
        return redirect(url_for(".preview_article", slug=slug), 303)
    db.session.commit()
    published = _("Revision %(number)s is published.", number=done.number)
    flash(published if done.new else _("Nothing is another wording: revision %(number)s stays.", number=done.number))
    return redirect(url_for("catalog.article", slug=slug), 303)


@blueprint.post("/studio/articles/<slug:slug>/discard")
@allowed(is_teacher)
def discard_article_draft(slug: str) -> BaseResponse:
    """Throw the draft away; what is published stays."""
    service.discard_draft(queries.article_to_write(viewer(), slug))
    db.session.commit()
    flash(_("The draft is gone."), "success")
    return redirect(url_for(".written_articles"), 303)


@blueprint.get("/studio/articles/<slug:slug>/pictures/<file:name>")
@allowed(is_teacher)
def written_picture(slug: str, name: str) -> Response:
    """A picture of what is written, published or not."""
    file = service.pictures_of(queries.article_to_write(viewer(), slug)).get(name)
    if file is None:
        raise NotFound
    return send_picture(_storage(), file.storage_key, file.content_type, private=True)


def _kept(article: Article, form: ArticleForm) -> bool:
    """Save what was written, and the picture that came with it; say on the form why that is not possible."""
    upload, name = request.files.get("upload"), ""
    try:
        service.save_draft(article, form.fields(), form.version.data or 0)
        if upload is not None and upload.filename:
            name = service.keep_picture(_storage(), article, upload.filename, upload.read())
    except (Conflict, Invalid) as problem:
        db.session.rollback()
        form.form_errors.append(problem.message)
        if isinstance(problem, Conflict):
            form.version.raw_data, form.version.data = None, service.written(article).version
        return False
    db.session.commit()
    if name:
        flash(_("Show the picture by writing ![words](pictures/%(name)s).", name=name), "success")
    return True


def _typed(saved: service.Written) -> dict[str, object]:
    return queries.form_data(saved.fields) | {"version": saved.version}


def _storage() -> Storage:
    return open_storage(current_app.extensions["nok"])
