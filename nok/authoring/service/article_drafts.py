"""An article is written on the site: kept as it is typed, tried as a folder would be, and published from there."""

import re
import secrets
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _

from nok.accounts.models import Person
from nok.articles import queries as articles
from nok.articles.models import Article, ArticleDraft, ArticleDraftPicture
from nok.authoring import queries
from nok.authoring.service import content, stored_article
from nok.authoring.service.article_import import import_article
from nok.core import audit
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict, Invalid
from nok.core.storage import Storage
from nok.formats import article_folder
from nok.formats.folders import article_writing
from nok.formats.folders.sources import ArticleFolder, ReferenceSource
from nok.formats.problems import FolderProblems, Problem
from nok.media import service as media
from nok.media.models import StoredFile

Fields = Mapping[str, Any]
"""What the form holds, as typed: text, a list of slugs for `related_courses`, an ISO date for `updated`."""

LONGEST_SLUG = 80
_PICTURE_ENDS = (".svg", ".png", ".jpg", ".jpeg", ".webp")
_LINK = re.compile(r"\s+(https?://\S+)$")


@dataclass(frozen=True)
class Written:
    """What an author goes on writing: the fields, how often they were saved, and whether a draft holds them."""

    fields: dict[str, Any]
    version: int
    is_draft: bool


def begin_article(author: Person, title: str) -> Article:
    """Begin an article of which nothing is published; raise Invalid for someone without a teacher's profile."""
    profile = content.teacher(author.email)
    slug = _slug(title)
    if articles.article_by_slug(slug) is not None:
        slug = f"{slug}-{secrets.token_hex(2)}"
    article = Article(slug=slug, author_id=profile.person_id)
    db.session.add(article)
    db.session.flush()
    fields = {"title": title, "updated": now().date().isoformat()}
    db.session.add(ArticleDraft(article_id=article.id, version=1, fields=fields, changed_at=now()))
    audit.record("article.begun", f"article:{article.id}", actor_id=author.id)
    return article


def written(article: Article) -> Written:
    """Return the draft of an article, or without one what the current revision says."""
    draft = articles.draft(article.id)
    if draft is not None:
        return Written(draft.fields, draft.version, is_draft=True)
    revision = queries.article_revision(article.slug, article.current_number)
    return Written(_as_fields(stored_article.read(revision)) if revision else {}, 0, is_draft=False)


def save_draft(article: Article, fields: Fields, version: int) -> None:
    """Keep what is written; raise Conflict where another window has saved since `version`."""
    draft = articles.draft(article.id)
    if draft is None:
        db.session.add(ArticleDraft(article_id=article.id, version=1, fields=dict(fields), changed_at=now()))
        return
    if draft.version != version:
        raise Conflict(_("This article was saved in another window meanwhile. Save again to put yours in its place."))
    draft.fields, draft.version, draft.changed_at = dict(fields), version + 1, now()


def discard_draft(article: Article) -> None:
    """Throw away what is written; what is published stays."""
    draft = articles.draft(article.id)
    if draft is not None:
        db.session.delete(draft)


def keep_picture(storage: Storage, article: Article, name: str, upload: bytes) -> str:
    """Keep a picture that may be shown in the article, and return its name; raise Invalid for what is none.

    One of the same name takes the place of the other; what is published keeps its own.
    """
    stem, _dot, end = name.lower().rpartition(".")
    name = f"{_slug(stem) if stem else 'picture'}.{end}"
    if f".{end}" not in _PICTURE_ENDS:
        raise Invalid(_("A picture is an SVG, PNG, JPEG or WebP file."), field="upload")
    with tempfile.TemporaryDirectory(prefix="nok-picture-") as folder:
        path = Path(folder) / name
        path.write_bytes(upload)
        problems = article_folder.picture_problems(path)
        if problems:
            raise Invalid(" ".join(problem.message for problem in problems), field="upload")
        file = media.keep_file(storage, path)
    known = next((each for each in articles.draft_pictures(article.id) if each.name == name), None)
    if known is None:
        db.session.add(ArticleDraftPicture(article_id=article.id, name=name, file_id=file.id))
    else:
        known.file_id = file.id
    return name


def pictures_of(article: Article) -> dict[str, StoredFile]:
    """Return what the article may show by name, an uploaded picture before a published one."""
    revision = queries.article_revision(article.slug, article.current_number)
    published = {row.name: row.file for row in queries.article_pictures(revision.id)} if revision else {}
    return published | {row.name: row.file for row in articles.draft_pictures(article.id)}


@contextmanager
def as_folder(storage: Storage, article: Article, fields: Fields) -> Iterator[ArticleFolder]:
    """Yield what is written as the folder that it would be; raise FolderProblems with all that has to be mended.

    Lines of problems are those of the text alone, 0 for what stands in a field.
    """
    front = article_writing.text(_front(article, fields))
    with tempfile.TemporaryDirectory(prefix="nok-article-") as root:
        folder = Path(root)
        (folder / "pictures").mkdir()
        (folder / article_folder.HEAD).write_text(f"{front}\n{fields.get('body', '')}\n", "utf-8", newline="\n")
        for name, kept in pictures_of(article).items():
            with (folder / "pictures" / name).open("wb") as file:
                file.writelines(storage.stream(kept.storage_key, 0, kept.size))
        try:
            read = article_folder.read(folder)
        except FolderProblems as found:
            before = front.count("\n") + 1
            raise FolderProblems(
                replace(each, file="", line=max(0, each.line - before)) for each in found.problems
            ) from None
        yield _keyed(article, read)


def publish_draft(storage: Storage, article: Article, actor: Person, version: int) -> content.Imported:
    """Publish what was saved and looked at; raise Conflict where it was saved again since, FolderProblems otherwise."""
    now_says = written(article)
    if not now_says.is_draft:
        raise Conflict(_("There is nothing to publish: the article says this already."))
    if now_says.version != version:
        raise Conflict(_("This article was saved again meanwhile. Look at it once more before you publish."))
    with as_folder(storage, article, now_says.fields) as folder:
        done = import_article(storage, folder, actor.id)
    discard_draft(article)
    return done


def _keyed(article: Article, folder: ArticleFolder) -> ArticleFolder:
    current = articles.current_revision(article)
    old = [(key, markdown) for key, _kind, markdown, _html in (current.blocks if current else [])]
    return replace(folder, blocks=content.keyed(folder.blocks, old))


def _front(article: Article, fields: Fields) -> ArticleFolder:
    """Return the fields as the head of a folder, without text."""
    told = {name: str(fields.get(name) or "") for name in _TEXTS}
    return ArticleFolder(
        slug=article.slug,
        author_email=article.author.person.email,
        reviewer_email=str(fields.get("reviewer") or ""),
        updated=date.fromisoformat(fields["updated"]) if fields.get("updated") else now().date(),
        related_courses=tuple(fields.get("related_courses") or ()),
        topics=tuple(filter(None, map(str.strip, str(fields.get("topics") or "").split(",")))),
        picture=str(fields.get("picture") or ""),
        references=_references(str(fields.get("references") or "")),
        blocks=(),
        pictures=(),
        digest="",
        **told,
    )


_TEXTS = ("title", "summary", "category", "disclosure", "evidence_note", "picture_alt", "picture_caption")


def _as_fields(folder: ArticleFolder) -> dict[str, Any]:
    return {
        **{name: getattr(folder, name) for name in _TEXTS},
        "reviewer": folder.reviewer_email,
        "updated": folder.updated.isoformat(),
        "related_courses": list(folder.related_courses),
        "topics": ", ".join(folder.topics),
        "picture": folder.picture,
        "references": "\n".join(f"{each.text} {each.url}".strip() for each in folder.references),
        "body": "\n\n".join(block.markdown for block in folder.blocks),
    }


def _references(text: str) -> tuple[ReferenceSource, ...]:
    """Return a work for each line; an address at its end is where it can be read."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        link = _LINK.search(line)
        found.append(ReferenceSource(line[: link.start()], link[1]) if link else ReferenceSource(line, ""))
    return tuple(found)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "article"


def told(problems: Sequence[Problem]) -> list[str]:
    """Return problems as sentences, those of the text with their lines."""
    return [
        str(_("Text, line %(line)s: %(message)s", line=each.line, message=each.message)) if each.line else each.message
        for each in problems
    ]
