"""What course and article imports share."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from flask_babel import lazy_gettext as _

from nok.accounts import queries as accounts
from nok.accounts.models import TeacherProfile
from nok.authoring import rules
from nok.core import markup
from nok.core.errors import Invalid
from nok.core.ids import new_block_key
from nok.formats.blocks import Block
from nok.formats.folders.sources import PictureSource, ReferenceSource
from nok.media import queries as media


@dataclass(frozen=True)
class Imported:
    """What an import did: the revision that is current now, and whether it is new.

    `changed` names what it changed of the course beside its revisions: price, approvals.
    """

    slug: str
    number: int
    new: bool
    lessons: int
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenderedBlock:
    """A block as it is stored. `kind` is markdown, heading, picture, or the word of a callout, such as caution."""

    key: str
    kind: str
    markdown: str
    html: str


def keyed(blocks: Sequence[Block], old: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    """Return the blocks, each with a lasting key, taken over from `old` (key, Markdown) where it is the same text."""
    keys = rules.block_keys([(block.key, block.markdown) for block in blocks], old, new_block_key)
    return tuple(replace(block, key=key) for block, key in zip(blocks, keys, strict=True))


def showing(pictures: Iterable[PictureSource], before: str = "") -> markup.Show:
    """Return what shows the pictures of a folder, `before` in front of the address that the text gives them."""
    sizes = {f"pictures/{picture.name}": picture.size for picture in pictures}
    return lambda written: markup.Shown(before + written, sizes.get(unquote(written)))


def rendered(blocks: Iterable[Block], picture: markup.Show) -> list[RenderedBlock]:
    """Return the blocks with their safe HTML; one without a key gets a new one."""
    return [_rendered(block, block.key or new_block_key(), picture) for block in blocks]


def _rendered(block: Block, key: str, picture: markup.Show) -> RenderedBlock:
    if block.kind == "callout":
        kind, html = markup.callout(block.markdown, picture)
        return RenderedBlock(key, kind, block.markdown, html)
    if block.kind == "picture":
        return RenderedBlock(key, block.kind, block.markdown, markup.figure(block.markdown, picture))
    return RenderedBlock(key, block.kind, block.markdown, markup.to_html(block.markdown, picture))


def teacher(email: str) -> TeacherProfile:
    """Return the teacher with this address; raise Invalid when there is none."""
    found = accounts.teacher_by_email(email)
    if found is None:
        raise Invalid(_("No teacher has the address %(email)s. Add the teacher first.", email=email))
    return found


def keeps(kept: Mapping[str, Path], brought: Mapping[str, Path]) -> bool:
    """Whether files brought in a folder are, name by name, those that the storage keeps under the given keys."""
    return kept.keys() == brought.keys() and all(_is_kept(kept[name], path) for name, path in brought.items())


def _is_kept(key: Path, path: Path) -> bool:
    with path.open("rb") as content:
        file = media.file_by_digest(hashlib.file_digest(content, "sha256").hexdigest())
    return file is not None and Path(file.storage_key) == key


def sources(references: Iterable[ReferenceSource]) -> list[list[str]]:
    """Return references as they are stored: [text, address or '']."""
    return [[reference.text, reference.url] for reference in references]
