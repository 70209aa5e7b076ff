"""Which message goes where: every message class, its handlers, and the queue of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nok.accounts.messages import (
    AddressChanged,
    AddressChangeRequested,
    LicenseNameConfirmed,
    PasswordChanged,
    PasswordResetRequested,
    PersonRegistered,
    RegistrationRepeated,
    RegistrationRequested,
)
from nok.annotations.messages import PassagesToFind
from nok.articles.messages import ArticlePublished
from nok.certificates.messages import CertificateIssued, CertificateRevoked, CertificateWaiting
from nok.courses.messages import CoursePublished
from nok.discussions.messages import QuestionAsked, QuestionReplied
from nok.enrollments.messages import AccessEnding, AttemptAllowed, EnrollmentEnded, EnrollmentStarted
from nok.learning.messages import CourseCompleted, WorksheetReviewed, WorksheetSubmitted
from nok.media.messages import VideoStored
from worker import accounts, annotations, certificates, discussions, enrollments, learning, media
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
    PasswordResetRequested: (Route(accounts.mail_password_reset, MAIL),),
    PasswordChanged: (Route(accounts.mail_password_changed, MAIL),),
    AddressChangeRequested: (Route(accounts.mail_address_change, MAIL), Route(accounts.mail_address_asked, MAIL)),
    AddressChanged: (Route(accounts.mail_address_changed, MAIL),),
    EnrollmentStarted: (Route(enrollments.tell), Route(enrollments.mail, MAIL)),
    EnrollmentEnded: (Route(enrollments.tell_ended),),
    AccessEnding: (Route(enrollments.tell_ending), Route(enrollments.mail_ending, MAIL)),
    AttemptAllowed: (Route(enrollments.tell_attempt),),
    CourseCompleted: (Route(certificates.issue),),
    WorksheetSubmitted: (Route(learning.tell_reviewer), Route(learning.mail_reviewer, MAIL)),
    WorksheetReviewed: (Route(learning.tell_learner), Route(learning.mail_learner, MAIL)),
    QuestionAsked: (Route(discussions.tell_asked), Route(discussions.mail_asked, MAIL)),
    QuestionReplied: (Route(discussions.tell_reply), Route(discussions.mail_reply, MAIL)),
    LicenseNameConfirmed: (Route(certificates.issue_waiting),),
    CertificateWaiting: (Route(certificates.tell_waiting), Route(certificates.mail_waiting, MAIL)),
    CertificateIssued: (Route(certificates.tell), Route(certificates.mail, MAIL)),
    CertificateRevoked: (Route(certificates.tell_revoked), Route(certificates.mail_revoked, MAIL)),
    VideoStored: (Route(media.transcode, MEDIA),),
    ArticlePublished: (Route(annotations.of_article),),
    CoursePublished: (Route(annotations.of_course),),
    PassagesToFind: (Route(annotations.find_passages),),
}

MESSAGES: dict[str, type] = {message.__name__: message for message in ROUTES}
HANDLERS: dict[str, Route] = {route.name: route for routes in ROUTES.values() for route in routes}
