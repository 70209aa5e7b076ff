"""Courses, articles and teachers, for anyone."""

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _

from nok.annotations.forms import NewNoteForm
from nok.annotations.queries import notes_in
from nok.annotations.rules import Source, SourceKind
from nok.articles import queries as article_queries
from nok.catalog import queries
from nok.catalog.forms import SearchForm
from nok.core.storage import open_storage
from nok.courses import queries as course_queries
from nok.web.access import public, viewer_or_none
from nok.web.files import send_picture
from nok.web.pages import kept_for_guests
from nok.web.pagination import page_number
from nok.web.social import send_social_picture

blueprint = Blueprint("catalog", __name__)


@blueprint.get("/courses")
@public
@kept_for_guests
def courses() -> tuple[str, int]:
    """The catalog: searched by `q`, filtered, sorted, by pages. A value that no course has chooses nothing."""
    form = SearchForm(request.args)
    right = form.validate()
    found = queries.catalog_page(form.text, request.args, request.args.get("sort", ""), page_number())
    return render_template("catalog/courses.html", form=form, q=form.q.data or "", found=found), 200 if right else 422


@blueprint.get("/search")
@public
def search() -> tuple[str, int]:
    """Courses, articles and my lessons that hold the words of `q`."""
    form = SearchForm(request.args)
    right = form.validate()
    found = queries.search_page(form.text, viewer_or_none())
    return render_template("catalog/search.html", form=form, q=form.q.data or "", found=found), 200 if right else 422


@blueprint.get("/courses/<slug:slug>")
@public
@kept_for_guests
def course(slug: str) -> str:
    """One course: what it teaches, by whom, for which credit."""
    return render_template("catalog/course.html", **vars(queries.course_page(slug, viewer_or_none())))


@blueprint.get("/teachers/<slug:slug>")
@public
@kept_for_guests
def teacher(slug: str) -> str:
    """One teacher, and what they teach and write."""
    return render_template("catalog/teacher.html", **vars(queries.teacher_page(slug)))


@blueprint.get("/articles")
@public
def articles() -> str:
    """All articles."""
    return render_template("catalog/articles.html", articles=article_queries.cards())


@blueprint.get("/articles/<slug:slug>")
@public
def article(slug: str) -> str:
    """One article, with my notes beside it."""
    page = queries.article_page(slug)
    reader, source = viewer_or_none(), Source(SourceKind.ARTICLE, slug)
    return render_template(
        "catalog/article.html",
        **vars(page),
        source=source.address(page.article.revision_number),
        notes=notes_in(reader.id, [source], page.article.revision_number) if reader else [],
        note_form=NewNoteForm() if reader else None,
    )


@blueprint.get("/articles/<slug:slug>/revisions/<int:number>")
@public
def article_revision(slug: str, number: int) -> str:
    """An article as it was published once, and what the current revision says instead."""
    return render_template("catalog/article_revision.html", **vars(queries.article_revision(slug, number)))


@blueprint.get("/articles/<slug:slug>/pictures/<file:name>")
@public
def article_picture(slug: str, name: str) -> Response:
    """A picture of an article."""
    file = article_queries.picture(slug, name).file
    storage = open_storage(current_app.extensions["nok"])
    return send_picture(storage, file.storage_key, file.content_type, private=False)


@blueprint.get("/courses/<slug:slug>/cover.png")
@public
def course_cover(slug: str) -> Response:
    """The picture beside a link to a course."""
    revision = course_queries.published(slug)
    teacher = revision.course.teacher.person
    return send_social_picture(_("Course"), slug, revision.title, teacher.display_name)


@blueprint.get("/articles/<slug:slug>/cover.png")
@public
def article_cover(slug: str) -> Response:
    """The picture beside a link to an article."""
    revision = article_queries.published(slug)
    author = revision.article.author.person
    return send_social_picture(_("Article"), slug, revision.title, author.display_name)


@blueprint.get("/articles/feed.atom")
@public
def feed() -> Response:
    """The latest articles, for feed readers."""
    return Response(
        render_template("catalog/feed.xml", articles=article_queries.cards()), mimetype="application/atom+xml"
    )


@blueprint.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """Every public page, for search engines."""
    return Response(render_template("catalog/sitemap.xml", **vars(queries.site_map())), mimetype="application/xml")


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """What search engines need not look at."""
    return Response(render_template("catalog/robots.txt"), mimetype="text/plain")
