"""The console's tests look at one populated world; and, for two operators at once, at a site that really commits."""

from tests.factories.crowd import real
from tests.factories.stage import app, enter, site, stage

__all__ = ["app", "enter", "real", "site", "stage"]
