"""The console's tests look at one populated world."""

from tests.factories.stage import app, enter, site, stage

__all__ = ["app", "enter", "site", "stage"]
