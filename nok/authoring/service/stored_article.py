"""A stored revision of an article as the folder that it came from."""

from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from nok.accounts import queries as accounts
from nok.articles.models import ArticleRevision
from nok.authoring import queries
from nok.authoring.service import content
from nok.formats.blocks import Block
from nok.formats.folders import article_writing
from nok.formats.folders.sources import ArticleFolder, PictureSource, ReferenceSource


def says_same(revision: ArticleRevision, folder: ArticleFolder) -> bool:
    """Whether a folder, its blocks with their keys, says what the revision says."""
    stored = queries.article_revision(folder.slug, revision.number)
    if stored is None or not keeps_its_reviewer(stored):
        return False
    one = read(stored)
    alike = replace(folder, author_email=one.author_email, reviewer_email=folder.reviewer_email.strip().lower())
    return article_writing.text(one) == article_writing.text(alike) and content.keeps(
        {picture.name: picture.path for picture in one.pictures},
        {picture.name: picture.path for picture in folder.pictures},
    )


def keeps_its_reviewer(revision: ArticleRevision) -> bool:
    """Whether the reviewer's account is known: the first revisions kept only the name."""
    return revision.reviewer_id is not None or not revision.reviewer


def read(revision: ArticleRevision) -> ArticleFolder:
    """Return the folder of a revision whose article, author and person are loaded; paths are keys of the storage."""
    article = revision.article
    reviewer = accounts.person(revision.reviewer_id).email if revision.reviewer_id else ""
    pictures = [PictureSource(row.name, Path(row.file.storage_key)) for row in queries.article_pictures(revision.id)]
    return ArticleFolder(
        slug=article.slug,
        title=revision.title,
        summary=revision.summary,
        category=revision.category,
        author_email=article.author.person.email,
        reviewer_email=reviewer,
        updated=revision.updated_on,
        related_courses=tuple(revision.related_courses),
        related_articles=tuple(revision.related_articles),
        topics=tuple(revision.topics),
        disclosure=revision.disclosure,
        evidence_note=revision.evidence_note,
        picture=revision.picture,
        picture_alt=revision.picture_alt,
        picture_caption=revision.picture_caption,
        references=tuple(ReferenceSource(text, url) for text, url in revision.sources),
        blocks=tuple(Block(key, "markdown", markdown, 0) for key, _kind, markdown, _html in revision.blocks),
        pictures=tuple(sorted(pictures, key=attrgetter("name"))),
        digest=revision.digest,
    )
