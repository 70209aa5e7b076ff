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
from sqlalchemy import delete

from nok.accounts import queries as accounts
from nok.accounts.models import Person
from nok.articles import queries as articles
from nok.articles.models import Article, ArticleDraft, ArticleDraftPicture
from nok.authoring import queries
from nok.authoring.service import content, stored_article
from nok.authoring.service.article_import import import_article
from nok.core import audit
from nok.core.clock import now
from nok.core.db import add_once, db
from nok.core.errors import Conflict, Invalid
from nok.core.storage import Storage
from nok.formats import article_folder
from nok.formats.folders import article_writing
from nok.formats.folders.sources import ArticleFolder, ReferenceSource
from nok.formats.problems import FolderProblems, Problem
from nok.media import service as media
from nok.media.models import StoredFile

Fields = Mapping[str, Any]
"""What the form holds, as typed: text, lists of slugs for `related_courses` and `related_articles`, an ISO date."""

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
    stem, slug = _slug(title), _slug(title)
    while True:
        article = Article(slug=slug, author_id=profile.person_id)
        if add_once(article):
            break
        slug = f"{stem[: LONGEST_SLUG - 9].rstrip('-')}-{secrets.token_hex(4)}"
    fields = {"title": title, "updated": now().date().isoformat()}
    db.session.add(ArticleDraft(article_id=article.id, version=1, base=0, fields=fields, changed_at=now()))
    audit.record("article.begun", f"article:{article.id}", actor_id=author.id)
    return article


def written(article: Article) -> Written:
    """Return the draft of an article, or without one what the current revision says."""
    draft = articles.draft(article.id)
    if draft is not None and draft.fields:
        return Written(draft.fields, draft.version, is_draft=True)
    revision = queries.article_revision(article.slug, article.current_number)
    fields = _as_fields(stored_article.read(revision)) if revision else {}
    return Written(fields, draft.version if draft else 0, is_draft=False)


def save_draft(article: Article, fields: Fields, version: int) -> None:
    """Keep what is written; raise Conflict where another window has done something with it since `version`."""
    draft = _held(article)
    if draft.version != version:
        raise Conflict(_("This article was saved in another window meanwhile. Save again to put yours in its place."))
    _set(draft, fields, article.current_number or 0)


def discard_draft(article: Article) -> None:
    """Throw away what is written, with its pictures; what is published stays, and of what is not, nothing does."""
    draft = _held(article)
    db.session.execute(delete(ArticleDraftPicture).where(ArticleDraftPicture.article_id == article.id))
    if article.current_number is None:
        db.session.delete(draft)
        db.session.flush()
        db.session.delete(article)
    else:
        _set(draft, {}, article.current_number)


def _held(article: Article) -> ArticleDraft:
    """Return the draft, or a new one, that nobody else can change before the commit."""
    draft = articles.draft_to_change(article.id)
    if draft is None:
        draft = ArticleDraft(article_id=article.id, version=0, base=0, fields={}, changed_at=now())
        db.session.add(draft)
    return draft


def _set(draft: ArticleDraft, fields: Fields, base: int) -> None:
    draft.fields, draft.base = dict(fields), base
    draft.version, draft.changed_at = draft.version + 1, now()


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
    _held(article)
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
            place = folder / "pictures" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                file.writelines(storage.stream(kept.storage_key, 0, kept.size))
        try:
            read = article_folder.read(folder)
        except FolderProblems as found:
            before = front.count("\n") + 1
            raise FolderProblems(
                replace(each, file="", line=max(0, each.line - before)) for each in found.problems
            ) from None
        problems = _reviewer_problems(article, fields)
        if problems:
            raise FolderProblems(problems)
        yield _keyed(article, read)


def publish_draft(storage: Storage, article: Article, actor: Person, version: int) -> content.Imported:
    """Publish what was saved and looked at.

    Raise Conflict where something was done with it, or published, since; FolderProblems where it is not right.
    """
    draft = _held(article)
    if not draft.fields:
        raise Conflict(_("There is nothing to publish: the article says this already."))
    if draft.version != version:
        raise Conflict(_("This article was saved again meanwhile. Look at it once more before you publish."))
    if draft.base != (article.current_number or 0):
        raise Conflict(_("Another revision was published meanwhile. Save again, and look at what would change."))
    with as_folder(storage, article, draft.fields) as folder:
        done = import_article(storage, folder, actor.id)
    discard_draft(article)
    return done


def _reviewer_problems(article: Article, fields: Fields) -> list[Problem]:
    """Return what is wrong with the reviewer: nobody's address, or one whom an early revision knows by name only."""
    address = str(fields.get("reviewer") or "")
    if address and accounts.teacher_by_email(address) is None:
        return [Problem("", 0, str(_("No teacher has the address %(email)s of the reviewer.", email=address)))]
    current = articles.current_revision(article)
    if not address and current is not None and not stored_article.keeps_its_reviewer(current):
        message = _("%(name)s has reviewed this article: write their e-mail address.", name=current.reviewer)
        return [Problem("", 0, str(message))]
    return []


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
        related_articles=tuple(fields.get("related_articles") or ()),
        topics=tuple(filter(None, map(str.strip, str(fields.get("topics") or "").splitlines()))),
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
        "related_articles": list(folder.related_articles),
        "topics": "\n".join(folder.topics),
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
