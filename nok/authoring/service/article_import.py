"""An article folder becomes the article's next revision: everything or nothing."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from nok.accounts.models import TeacherProfile
from nok.articles import queries as articles
from nok.articles.messages import ArticlePublished
from nok.articles.models import Article, ArticlePicture, ArticleRevision
from nok.authoring.service import content, stored_article
from nok.core import audit, markup, outbox
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.folding import search_text
from nok.core.storage import Storage
from nok.formats.folders.sources import ArticleFolder
from nok.media import service as media

WORDS_A_MINUTE = 220


def import_article(storage: Storage, folder: ArticleFolder, actor_id: int | None = None) -> content.Imported:
    """Publish the folder as the article's next revision, unless the current one says the same already.

    `actor_id` is who did it where that is not the author.
    """
    author = content.teacher(folder.author_email)
    article = articles.article_by_slug(folder.slug)
    if article is None:
        article = Article(slug=folder.slug, author_id=author.person_id)
        db.session.add(article)
        db.session.flush()
    elif article.author_id != author.person_id:
        raise Invalid(_("The article %(slug)s belongs to another author.", slug=folder.slug))
    current = articles.current_revision(article)
    old = [(key, markdown) for key, _kind, markdown, _html in (current.blocks if current else [])]
    folder = replace(folder, blocks=content.keyed(folder.blocks, old))
    if current is not None and (current.digest == folder.digest or stored_article.says_same(current, folder)):
        return content.Imported(folder.slug, current.number, new=False, lessons=0)
    revision = _article_revision(article, folder, author, current)
    db.session.add(revision)
    db.session.flush()
    for source in folder.pictures:
        file = media.keep_file(storage, source.path)
        db.session.add(ArticlePicture(revision_id=revision.id, name=source.name, file_id=file.id))
    article.current_number = revision.number
    audit.record(
        "article.published", f"article:{article.id}", actor_id=actor_id or author.person_id, revision=revision.number
    )
    outbox.publish(ArticlePublished(article.id, revision.id))
    return content.Imported(folder.slug, revision.number, new=True, lessons=0)


def _article_revision(
    article: Article, folder: ArticleFolder, author: TeacherProfile, current: ArticleRevision | None
) -> ArticleRevision:
    reviewer = content.teacher(folder.reviewer_email) if folder.reviewer_email else None
    blocks = content.rendered(folder.blocks, content.showing(folder.pictures, f"{folder.slug}/"))
    width, height = content.showing(folder.pictures)(f"pictures/{folder.picture}").size or (None, None)
    words = sum(len(markup.to_text(block.markdown).split()) for block in folder.blocks)
    return ArticleRevision(
        article_id=article.id,
        number=(current.number if current else 0) + 1,
        digest=folder.digest,
        title=folder.title,
        summary=folder.summary,
        category=folder.category,
        reviewer=reviewer.person.display_name if reviewer else "",
        reviewer_id=reviewer.person_id if reviewer else None,
        minutes=max(1, round(words / WORDS_A_MINUTE)),
        picture=folder.picture,
        picture_width=width,
        picture_height=height,
        picture_alt=folder.picture_alt,
        picture_caption=folder.picture_caption,
        blocks=[[block.key, block.kind, block.markdown, block.html] for block in blocks],
        sources=content.sources(folder.references),
        related_courses=list(folder.related_courses),
        related_articles=list(folder.related_articles),
        topics=list(folder.topics),
        disclosure=folder.disclosure,
        evidence_note=folder.evidence_note,
        search_text=search_text(
            folder.title,
            folder.summary,
            author.person.display_name,
            folder.category,
            *folder.topics,
            *(markup.to_text(block.markdown) for block in folder.blocks),
        ),
        updated_on=folder.updated,
    )
