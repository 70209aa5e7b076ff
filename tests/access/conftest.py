"""A populated site, and a browser for each role."""

from tests.factories.stage import app, enter, site, stage

__all__ = ["app", "enter", "site", "stage"]
