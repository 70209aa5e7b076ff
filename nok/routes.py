"""Which URL goes where: every blueprint, once. Addresses are a contract (see tests/architecture/routes.txt)."""

from flask import Blueprint, Flask

from nok.accounts.views import blueprint as accounts
from nok.admin.views import blueprint as admin
from nok.annotations.api import blueprint as annotations_api
from nok.annotations.views import blueprint as annotations
from nok.catalog.views import blueprint as catalog
from nok.certificates.views import blueprint as certificates
from nok.classroom.api import blueprint as classroom_api
from nok.classroom.views import blueprint as classroom
from nok.credits.views import blueprint as licenses
from nok.discussions.views import blueprint as discussions
from nok.enrollments.views import blueprint as enrollments
from nok.home.views import blueprint as home
from nok.notifications.views import blueprint as notifications
from nok.studio.views import blueprint as studio
from nok.web.covers import blueprint as covers
from nok.web.development import blueprint as development
from nok.web.health import blueprint as health
from nok.web.installed import blueprint as installed

BLUEPRINTS: list[tuple[Blueprint, str]] = [
    (home, ""),
    (catalog, ""),
    (enrollments, ""),
    (classroom, ""),
    (classroom_api, ""),
    (annotations, ""),
    (annotations_api, ""),
    (discussions, ""),
    (certificates, ""),
    (notifications, ""),
    (accounts, ""),
    (licenses, ""),
    (studio, ""),
    (admin, ""),
    (health, ""),
    (installed, ""),
    (covers, ""),
]
DEVELOPMENT: list[tuple[Blueprint, str]] = [(development, "")]


def mount(app: Flask, *, production: bool) -> None:
    """Mount everything; the development pages only where no stranger relies on the site."""
    for blueprint, prefix in [*BLUEPRINTS, *([] if production else DEVELOPMENT)]:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
