"""Joining, signing in and out, forgotten passwords, security, and the profile."""

from nok.accounts.views import joining, passwords, profile, security, signing_in
from nok.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "joining", "passwords", "profile", "security", "signing_in"]
