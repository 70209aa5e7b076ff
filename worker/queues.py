"""The queues, by kind of work, so that an hour of video never delays a certificate."""

DEFAULT = "default"
MEDIA = "media"
MAIL = "mail"

ALL = (DEFAULT, MEDIA, MAIL)
