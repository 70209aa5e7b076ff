"""The verbs of the feed: tell, mark read; what is told of each event; and the mails that go with some of them."""

from nok.notifications.service.account_mails import (
    mail_address_asked,
    mail_address_change,
    mail_address_changed,
    mail_confirmation,
    mail_known_address,
    mail_password_changed,
    mail_password_reset,
)
from nok.notifications.service.course_mails import (
    mail_access_ending,
    mail_certificate,
    mail_certificate_revoked,
    mail_certificate_waiting,
    mail_enrolled,
    mail_worksheet_returned,
    mail_worksheet_waiting,
)
from nok.notifications.service.events import (
    access_ending,
    attempt_allowed,
    certificate_ready,
    certificate_revoked,
    certificate_waiting,
    enrolled,
    enrollment_ended,
    welcome,
    worksheet_reviewed,
    worksheet_waiting,
)
from nok.notifications.service.feed import mark_read, tell

__all__ = [
    "access_ending",
    "attempt_allowed",
    "certificate_ready",
    "certificate_revoked",
    "certificate_waiting",
    "enrolled",
    "enrollment_ended",
    "mail_access_ending",
    "mail_address_asked",
    "mail_address_change",
    "mail_address_changed",
    "mail_certificate",
    "mail_certificate_revoked",
    "mail_certificate_waiting",
    "mail_confirmation",
    "mail_enrolled",
    "mail_known_address",
    "mail_password_changed",
    "mail_password_reset",
    "mail_worksheet_returned",
    "mail_worksheet_waiting",
    "mark_read",
    "tell",
    "welcome",
    "worksheet_reviewed",
    "worksheet_waiting",
]
