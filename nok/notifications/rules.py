"""The kinds of events that people are told of, a row each. Another kind is a row here, its words, and a test."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _


class Channel(StrEnum):
    """The ways in which people are told."""

    FEED = "feed"
    MAIL = "mail"


BOTH = (Channel.FEED, Channel.MAIL)


@dataclass(frozen=True)
class Kind:
    """A kind of event. `title` is what the page of choices calls it, `channels` the ways in which it can be told.

    `teachers` says that only they are told. `fixed` is why it cannot be turned off, empty where it can.
    """

    code: str
    title: Any
    channels: tuple[Channel, ...] = BOTH
    teachers: bool = False
    fixed: Any = ""


_ROWS = (
    Kind("welcome", _("Welcome, when you join"), (Channel.FEED,)),
    Kind("enrolled", _("You are enrolled in a course; by mail, when someone else enrolled you")),
    Kind("enrollment_ended", _("Your enrollment was ended for you"), (Channel.FEED,)),
    Kind("access_ending", _("Your access to a course ends soon")),
    Kind("attempt_allowed", _("You may take a test once more"), (Channel.FEED,)),
    Kind("worksheet_accepted", _("Your worksheet was accepted"), (Channel.FEED,)),
    Kind("worksheet_returned", _("Your worksheet came back with a comment")),
    Kind("question_replied", _("Somebody wrote on in a question of yours, or to you")),
    Kind("certificate_waiting", _("A certificate waits for your name")),
    Kind("certificate_ready", _("A certificate is ready")),
    Kind(
        "certificate_revoked",
        _("A certificate was revoked"),
        fixed=_("Whoever relies on it can see it, so you hear of it first."),
    ),
    Kind("worksheet_waiting", _("A worksheet waits for your review"), teachers=True),
    Kind("question_asked", _("Somebody asks you about a text of yours"), teachers=True),
    Kind(
        "security",
        _("Your password or your address was changed, or somebody asks for that"),
        (Channel.MAIL,),
        fixed=_("Whoever gets into your account must not be able to keep it from you."),
    ),
)
KINDS = {kind.code: kind for kind in _ROWS}


def chosen(kind: str, channel: Channel, choices: dict[tuple[str, str], bool]) -> bool:
    """Whether a person is told of a kind in this way; `choices` are what they chose, by kind and channel.

    Raise KeyError for a kind that has no row.
    """
    known = KINDS[kind]
    return channel in known.channels and (bool(known.fixed) or choices.get((kind, channel), True))


def can_be_chosen(kind: str, channel: str) -> bool:
    """Whether there is such a kind, told in this way, that can be turned off."""
    known = KINDS.get(kind)
    return known is not None and channel in known.channels and not known.fixed
