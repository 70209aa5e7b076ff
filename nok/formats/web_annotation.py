"""Annotations in the words of the W3C Web Annotation Data Model, as JSON-LD.

See https://www.w3.org/TR/annotation-model/ . Positions count code points, as it has them; a moment of a film is a media
fragment. The color is the target's style class.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
_MOST_SELECTORS = 10


@dataclass(frozen=True)
class WebAnnotation:
    """One annotation.

    `source` is the address of the revision that it was made on; `start` and `end` are code points of its text.
    """

    address: str
    source: str
    color: str
    note: str
    start: int | None
    end: int | None
    exact: str
    prefix: str
    suffix: str
    media_ms: int | None
    created: datetime
    modified: datetime


@dataclass(frozen=True)
class Received:
    """What an annotation that was sent says. What it leaves out is None or empty."""

    source: str
    color: str = ""
    note: str = ""
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    media_ms: int | None = None


class NotUnderstood(ValueError):
    """An annotation that cannot be read; the text says where, in the words of the model."""


def written(one: WebAnnotation, *, alone: bool = True) -> dict[str, Any]:
    """Return the annotation; inside a page that has a context of its own it needs none."""
    selectors: list[dict[str, Any]] = []
    if one.start is not None:
        selectors = [
            {"type": "TextPositionSelector", "start": one.start, "end": one.end},
            {"type": "TextQuoteSelector", "exact": one.exact, "prefix": one.prefix, "suffix": one.suffix},
        ]
    elif one.media_ms is not None:
        moment = f"t={one.media_ms / 1000:g}"
        selectors = [{"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS, "value": moment}]
    target: dict[str, Any] = {"source": one.source, "styleClass": one.color}
    body = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": one.note}
    return {
        **({"@context": CONTEXT} if alone else {}),
        "id": one.address,
        "type": "Annotation",
        "motivation": "commenting" if one.note else "highlighting",
        "created": one.created.isoformat(),
        "modified": one.modified.isoformat(),
        **({"body": body} if one.note else {}),
        "target": target | ({"selector": selectors} if selectors else {}),
    }


@dataclass
class _Reader:
    """Gathers what the parts of an annotation say."""

    found: dict[str, Any] = field(default_factory=dict)

    def target(self, target: Any) -> None:
        if isinstance(target, list) and len(target) == 1:
            target = target[0]
        if isinstance(target, str):
            target = {"source": target}
        if not isinstance(target, dict) or not isinstance(target.get("source"), str):
            raise NotUnderstood("target")
        self.found["source"] = target["source"]
        self.found["color"] = _text(target, "styleClass", "target")
        selectors = target.get("selector", [])
        selectors = selectors if isinstance(selectors, list) else [selectors]
        if len(selectors) > _MOST_SELECTORS:
            raise NotUnderstood("target.selector")
        for selector in selectors:
            self.selector(selector)

    def selector(self, selector: Any) -> None:
        kind = selector.get("type") if isinstance(selector, dict) else None
        if kind == "TextPositionSelector":
            self.found |= {name: _whole(selector, name) for name in ("start", "end")}
        elif kind == "TextQuoteSelector":
            self.found |= {name: _text(selector, name, "selector") for name in ("exact", "prefix", "suffix")}
        elif kind == "FragmentSelector":
            self.found["media_ms"] = _moment(selector)
        else:
            raise NotUnderstood("target.selector")

    def body(self, body: Any) -> None:
        bodies = [] if body is None else body if isinstance(body, list) else [body]
        if len(bodies) > _MOST_SELECTORS:
            raise NotUnderstood("body")
        texts = [each if isinstance(each, str) else _textual(each) for each in bodies]
        self.found["note"] = "\n\n".join(text for text in texts if text)


def read(sent: Any) -> Received:
    """Return what an annotation says; raise NotUnderstood."""
    if not isinstance(sent, dict):
        raise NotUnderstood("annotation")
    reader = _Reader()
    reader.target(sent.get("target"))
    reader.body(sent.get("body", sent.get("bodyValue")))
    return Received(**reader.found)


def _textual(body: Any) -> str:
    if not isinstance(body, dict) or body.get("type") not in {None, "TextualBody"}:
        raise NotUnderstood("body")
    return _text(body, "value", "body")


def _text(holder: dict[str, Any], name: str, where: str) -> str:
    value = holder.get(name, "")
    if not isinstance(value, str):
        raise NotUnderstood(f"{where}.{name}")
    return value


def _whole(selector: dict[str, Any], name: str) -> int:
    value = selector.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotUnderstood(f"selector.{name}")
    return value


def _moment(selector: dict[str, Any]) -> int:
    """Return the beginning of a temporal media fragment, `t=63.5` or `t=npt:63.5,70`, in ms."""
    value = _text(selector, "value", "selector")
    seconds = value.removeprefix("t=").removeprefix("npt:").partition(",")[0]
    try:
        moment = float(seconds)
    except ValueError:
        raise NotUnderstood("selector.value") from None
    if not value.startswith("t=") or not 0 <= moment <= 24 * 3600:
        raise NotUnderstood("selector.value")
    return round(moment * 1000)
