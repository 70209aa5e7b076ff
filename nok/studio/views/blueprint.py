"""The studio's blueprint."""

from flask import Blueprint

blueprint = Blueprint("studio", __name__)
