"""Which message goes where: every message class, its handlers, and the queue of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nok.accounts.messages import PersonRegistered, RegistrationRepeated, RegistrationRequested
from nok.articles.messages import ArticlePublished
from nok.certificates.messages import CertificateIssued
from nok.courses.messages import CoursePublished
from nok.enrollments.messages import EnrollmentStarted
from nok.learning.messages import CourseCompleted
from nok.media.messages import VideoStored
from worker import accounts, certificates, enrollments, media
from worker.queues import DEFAULT, MAIL, MEDIA


@dataclass(frozen=True)
class Route:
    """A handler `(message, context)` and its queue."""

    handler: Callable[[Any, Any], None]
    queue: str = DEFAULT

    @property
    def name(self) -> str:
        """The handler's name as deliveries store it, such as `certificates.issue`."""
        return f"{self.handler.__module__.removeprefix('worker.')}.{self.handler.__name__}"


ROUTES: dict[type, tuple[Route, ...]] = {
    RegistrationRequested: (Route(accounts.mail_confirmation, MAIL),),
    RegistrationRepeated: (Route(accounts.mail_known_address, MAIL),),
    PersonRegistered: (Route(accounts.welcome),),
    EnrollmentStarted: (Route(enrollments.tell),),
    CourseCompleted: (Route(certificates.issue),),
    CertificateIssued: (Route(certificates.tell), Route(certificates.mail, MAIL)),
    VideoStored: (Route(media.transcode, MEDIA),),
    # Kept for those who will want to hear of it; today nobody does.
    CoursePublished: (),
    ArticlePublished: (),
}

MESSAGES: dict[str, type] = {message.__name__: message for message in ROUTES}
HANDLERS: dict[str, Route] = {route.name: route for routes in ROUTES.values() for route in routes}
