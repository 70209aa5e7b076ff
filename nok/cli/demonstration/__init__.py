"""The demo: its people, its courses and articles, and what those people did before you came."""

from nok.cli.demonstration.loading import FOLDER, STUDENT, load

__all__ = ["FOLDER", "STUDENT", "load"]
