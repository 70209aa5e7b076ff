"""Markdown to HTML that is safe to show: rendered by markdown-it, then cleaned by nh3."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape

from nok.core.pictures import WIDTHS

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "dl", "dt", "em", "figcaption", "figure",
    "h2", "h3", "h4", "hr", "i", "img", "kbd", "li", "mark", "ol", "p", "pre", "q", "ruby", "rt", "rp", "s", "small",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul", "div",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading", "width", "height", "srcset", "sizes"},
    "span": {"lang"},
    "th": {"scope", "align"},
    "td": {"align"},
    "ol": {"start"},
    "div": {"role", "aria-label", "tabindex"},
}
_CLASSES = {"div": {"table-scroll"}}
_SIZES = "(min-width: 48rem) 42rem, 92vw"  # as wide as a column of text becomes
_HANZI = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003134f]+(?:[·・]?[㐀-鿿豈-﫿\U00020000-\U0003134f]+)*")


@dataclass(frozen=True)
class Shown:
    """Where a picture is served, and its size in CSS pixels: a page that knows it keeps the place free."""

    address: str
    size: tuple[int, int] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes of its `img`: address, size, and the smaller copies of one that is made of pixels."""
        if self.size is None:
            return {"src": self.address}
        width, height = self.size
        sized = {"src": self.address, "width": str(width), "height": str(height)}
        smaller = [(f"{self.address}?w={less}", less) for less in WIDTHS if less < width]
        if not smaller or self.address.lower().endswith(".svg"):
            return sized
        copies = ", ".join(f"{address} {wide}w" for address, wide in [*smaller, (self.address, width)])
        return {**sized, "srcset": copies, "sizes": _SIZES}


def _later(shown: Shown) -> dict[str, str]:
    """Return the attributes of an `img` that is loaded when the reader comes near."""
    return {**shown.attributes, "loading": "lazy"}


Show = Callable[[str], Shown]
"""Turns the address of a picture as written into what is served."""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
        ["table", "strikethrough", "smartquotes", "replacements"]
    )


def to_html(markdown: str, picture: Show = Shown) -> str:
    """Return safe HTML."""
    parser = _parser()
    tokens = _with_regions(parser.parse(markdown))
    _prepare(tokens, picture)
    clean: str = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return clean


def to_inline_html(markdown: str) -> str:
    """Return safe HTML for one line: no paragraph around it."""
    parser = _parser()
    tokens = parser.parseInline(markdown)
    _prepare(tokens, Shown)
    html: str = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags={"em", "strong", "code", "sub", "sup", "span"},
        attributes={"span": {"lang"}},
    )
    return html


def to_text(markdown: str) -> str:
    """Return the words of the Markdown without its marks."""
    return " ".join(nh3.clean(_parser().render(markdown), tags=set()).split())


def _prepare(tokens: list[Token], picture: Show) -> None:
    """Lower headings below the page's h1, serve pictures from our addresses, and mark the language of hanzi."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
        if token.type == "th_open":
            token.attrSet("scope", "col")
        for child in token.children or ():
            if child.type == "image":
                for name, value in _later(picture(str(child.attrGet("src")))).items():
                    child.attrSet(name, value)
        if token.children:
            token.children = _with_language(token.children)


def _with_regions(tokens: list[Token]) -> list[Token]:
    """Put each table into a box that scrolls, by keys too, and is named by the columns."""
    framed: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            framed.append(Token("html_block", "", 0, content=_region(tokens[place:])))
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("html_block", "", 0, content="</div>\n"))
    return framed


def _region(table: Iterable[Token]) -> str:
    head = takewhile(lambda token: token.type != "thead_close", table)
    columns = ["".join(child.content for child in token.children or ()) for token in head if token.type == "inline"]
    name = escape(", ".join(filter(None, columns)))
    named = f' role="region" aria-label="{name}"' if name else ""
    return f'<div class="table-scroll"{named} tabindex="0">'


def _with_language(children: list[Token]) -> list[Token]:
    marked: list[Token] = []
    for child in children:
        if child.type == "text" and _HANZI.search(child.content):
            html = _HANZI.sub(lambda found: f'<span lang="zh-Hans">{found.group()}</span>', str(escape(child.content)))
            child = Token("html_inline", "", 0, content=html)  # noqa: PLW2901
        marked.append(child)
    return marked


def figure(markdown: str, picture: Show = Shown) -> str:
    """Return a figure for Markdown that is one picture; its title is the caption."""
    token = next(child for child in _parser().parseInline(markdown)[0].children or () if child.type == "image")
    shown, caption = picture(str(token.attrGet("src"))), str(token.attrGet("title") or "")
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in _later(shown).items())
    words = f"<figcaption>{to_inline_html(caption)}</figcaption>" if caption else ""
    html: str = nh3.clean(
        f'<figure><img {attributes} alt="{escape(token.content)}">{words}</figure>',
        tags=_TAGS,
        attributes=_ATTRIBUTES,
    )
    return html


def callout(markdown: str, picture: Show = Shown) -> tuple[str, str]:
    """Return the word and the safe HTML of a callout, a quotation that begins with `[!word]`."""
    lines = [line.removeprefix(">").removeprefix(" ") for line in markdown.split("\n")]
    word = lines[0].strip().removeprefix("[!").removesuffix("]")
    return word, to_html("\n".join(lines[1:]), picture)
