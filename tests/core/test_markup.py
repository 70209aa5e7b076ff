"""Markdown becomes HTML that can do nothing, and says which words are Chinese."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from nok.core import markup

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)",
    '![x"onerror="alert(1)](x.svg)',
    "![x](x.svg \"a' onerror='alert(1)\")",
    "[x](https://a.example \"b' onmouseover='alert(1)\")",
    "<style>@import 'https://evil.example'</style>",
    "<link rel=stylesheet href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><input name=password></form>",
    "<object data=x><embed src=x>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "`<script>alert(1)</script>`\n\n    <script>alert(1)</script>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '足三里<b onclick="alert(1)">',
    "> [!caution]\n> <script>alert(1)</script>",
]
SAFE_SCHEMES = {"http", "https", "mailto", ""}
Render = Callable[[str], str]
WAYS: dict[str, Render] = {
    "text": markup.to_html,
    "line": markup.to_inline_html,
    "callout": lambda text: markup.callout(f"> [!caution]\n> {text}")[1],
    "caption": lambda text: markup.figure(f'![alt](x.svg "{text.replace(chr(34), chr(39))}")'.replace("\n", " ")),
}


class Found(HTMLParser):
    """Everything in a page that could act."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.acting: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in markup._TAGS:
            self.acting.append(f"<{tag}>")
        for name, value in attrs:
            scheme = re.match(r"\s*([a-zA-Z][\w+.\-\s]*):", value or "")
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "action", "id", "name"}:
                self.acting.append(name)
            if name in {"href", "src"} and scheme and scheme.group(1).lower() not in SAFE_SCHEMES:
                self.acting.append(f"{name}={value}")


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 25
    assert Found("<img src=x onerror=a><script>").acting == ["onerror", "<script>"]
    assert Found('<a href="JavaScript:a">').acting == ["href=JavaScript:a"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_script_survives(payload: str, way: str) -> None:
    html = WAYS[way](payload)
    assert Found(html).acting == [], html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_plain_text_holds_no_tag_that_works(payload: str) -> None:
    assert Found(markup.to_text(payload)).acting == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("足三里", '<p><span lang="zh-Hans">足三里</span></p>\n'),
        ("ST36 (足三里) lies", '<p>ST36 (<span lang="zh-Hans">足三里</span>) lies</p>\n'),
        ("**合谷**", '<p><strong><span lang="zh-Hans">合谷</span></strong></p>\n'),
        ("a < 足", '<p>a &lt; <span lang="zh-Hans">足</span></p>\n'),
        ("Zú Sān Lǐ", "<p>Zú Sān Lǐ</p>\n"),
        ("`足`", "<p><code>足</code></p>\n"),
    ],
)
def test_hanzi_say_their_language(text: str, html: str) -> None:
    assert markup.to_html(text) == html


def test_a_line_says_the_language_of_its_hanzi_as_well() -> None:
    assert markup.to_inline_html("ST36 足三里") == 'ST36 <span lang="zh-Hans">足三里</span>'


def test_headings_stand_below_the_heading_of_the_page() -> None:
    html = markup.to_html("# One\n\n## Two\n\n###### Six")
    assert re.findall(r"<(h\d)>", html) == ["h2", "h2", "h4"]


def test_a_table_can_be_scrolled_by_keyboard_and_its_head_names_the_columns() -> None:
    html = markup.to_html("| a | b |\n|---|---|\n| 1 | 2 |")
    assert re.search(r'<div class="table-scroll"[^>]* tabindex="0"><table>', html)
    assert html.count('<th scope="col">') == 2
    assert 'role="region" aria-label="a, b"' in html


def test_a_table_is_named_by_its_columns_in_words() -> None:
    html = markup.to_html('| **What** | 足三里 "& <b>" | `c` |\n|---|---|---|\n| 1 | 2 | 3 |')
    assert 'aria-label="What, 足三里 “&amp; &lt;b&gt;”, c"' in html
    assert "aria-label" not in markup.to_html("| | |\n|---|---|\n| 1 | 2 |")


def test_links_outside_tell_nothing_of_the_page() -> None:
    assert 'rel="noopener noreferrer"' in markup.to_html("[x](https://a.example)")


def test_pictures_are_served_from_where_we_keep_them() -> None:
    html = markup.to_html("![A needle](pictures/n.svg)", lambda source: markup.Shown(f"/here/{source}", (640, 480)))
    assert '<img src="/here/pictures/n.svg" alt="A needle" width="640" height="480" loading="lazy">' in html
    figure = markup.figure('![A "needle"](n.svg "Not to scale")')
    assert "<figcaption>Not to scale</figcaption>" in figure
    assert 'alt="A &quot;needle&quot;"' in figure


def test_a_callout_gives_its_word_and_its_text() -> None:
    assert markup.callout("> [!pearl]\n> Two\n> lines") == ("pearl", "<p>Two\nlines</p>\n")
