"""What must be in place before the product starts."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import SQLAlchemyError

from nok.cli.prepared import HEAD
from nok.core.db import db
from nok.core.storage import open_storage
from nok.settings import Settings


def problems(settings: Settings) -> list[str]:
    """Return what is missing, each with the fix; empty when everything is in place."""
    found = []
    try:
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current != HEAD.read_text().strip():
            found.append("The database has another schema than this version: run `nok migrate`.")
    except SQLAlchemyError as error:
        found.append(f"The database does not answer ({type(error).__name__}): check NOK_DATABASE_URL.")
    try:
        open_storage(settings).check()
    except OSError as error:
        found.append(f"The storage folder cannot be written ({error.strerror}): check NOK_STORAGE_DIR.")
    if not settings.signing_key.exists() or not settings.signing_certificate.exists():
        found.append(
            "The signing key is missing: run `nok prepare`, or set NOK_SIGNING_KEY and NOK_SIGNING_CERTIFICATE."
        )
    if not (Path(__file__).resolve().parents[2] / "static" / "build" / "manifest.json").exists():
        found.append("The front end is not built: run `make assets`.")
    return found
