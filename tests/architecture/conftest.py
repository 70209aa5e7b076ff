"""The application as it is wired, for tests that only look at it."""

import pytest
from flask import Flask

from nok.app import create_app
from nok.settings import Settings


@pytest.fixture(scope="session")
def house() -> Flask:
    """The application; nothing asks its database."""
    return create_app(Settings.from_env())
