"""A populated site, and a browser for each role; and, for many requests at once, a site that really commits."""

from tests.factories.crowd import begun, course, learner, real
from tests.factories.stage import app, enter, site, stage

__all__ = ["app", "begun", "course", "enter", "learner", "real", "site", "stage"]
