"""Fill an empty database with the demo, by the code that imports everybody's courses and adds everybody's people."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from nok.accounts import service as accounts
from nok.accounts.messages import PersonRegistered
from nok.accounts.models import Person, Role
from nok.authoring import service as authoring
from nok.cli.demonstration import past
from nok.core import outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.storage import open_storage
from nok.credits import service as credits_service
from nok.formats import article_folder, boards_file, course_folder
from nok.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "demo"
PASSWORD = "needle-safety-demo"  # noqa: S105  public on purpose: production refuses to start with these accounts
STUDENT = "student@demo.example"


def load(settings: Settings) -> bool:
    """Fill an empty database, in the current transaction; return False and do nothing when there are people in it."""
    if db.session.scalar(select(func.count()).select_from(Person)):
        return False
    # One fingerprint for all of them: the password is no secret, and making ten takes as long as all the rest.
    password_hash = accounts.hash_password(PASSWORD)
    people = {entry["email"]: _add(entry, password_hash) for entry in _listed("people.toml", "people")}
    db.session.flush()
    credits_service.load_boards(boards_file.read(FOLDER / "boards.toml"))
    storage = open_storage(settings)
    for folder in sorted((FOLDER / "courses").iterdir()):
        authoring.import_course(storage, course_folder.read(folder))
    for folder in sorted((FOLDER / "articles").iterdir()):
        authoring.import_article(storage, article_folder.read(folder))
    db.session.flush()
    for entry in _listed("past.toml", "enrollments"):
        past.relive(people, entry)
    for entry in _listed("past.toml", "notes"):
        past.note(people, entry)
    for entry in _listed("past.toml", "questions"):
        past.question(people, entry)
    return True


def _listed(file: str, key: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads((FOLDER / file).read_text("utf-8"))[key]
    return listed


def _add(entry: dict[str, Any], password_hash: str) -> Person:
    person = accounts.add_person(
        entry["email"], entry["display_name"], entry["license_name"], password_hash, Role(entry["role"]), demo=True
    )
    accounts.change_profile(
        person,
        person.display_name,
        person.license_name,
        entry["time_zone"],
        "",
        name_is_right=entry.get("name_confirmed", False),
    )
    for held in entry.get("licenses", ()):
        expires_on = now().date() + timedelta(days=held["expires_in_days"])
        accounts.add_license(person, held["board"], held["number"], held.get("state", ""), expires_on)
    if person.role is Role.TEACHER:
        accounts.present_teacher(person, entry["slug"], entry["credentials"], entry["bio"])
    outbox.publish(PersonRegistered(person.id))
    return person
