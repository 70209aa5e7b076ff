"""Whether a database needs anything before the product starts, asked without loading the product."""

import contextlib
import sqlite3
from pathlib import Path

from nok.settings import Settings

HEAD = Path(__file__).resolve().parents[2] / "migrations" / "HEAD"
_SQLITE = "sqlite:///"


def is_prepared(settings: Settings, *, demo: bool) -> bool:
    """Whether the schema is this version's, the signing key is there and, for the demo, so are people.

    Only SQLite can be asked this cheaply; for any other database the answer is no. Production is always prepared anew:
    that checks more.
    """
    keys = settings.signing_key.exists() and settings.signing_certificate.exists()
    if settings.production or not keys or not settings.database_url.startswith(_SQLITE):
        return False
    path = Path(settings.database_url.removeprefix(_SQLITE))
    if not path.exists():
        return False
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            people = connection.execute("SELECT count(*) FROM person").fetchone()
    except sqlite3.Error:
        return False  # whatever it is, preparing says it better
    return version == (HEAD.read_text().strip(),) and (people[0] > 0 or not demo)
