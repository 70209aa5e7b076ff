"""The operator's console: people, courses, enrollments, certificates, work that failed, and who did what to whom."""

from nok.admin.views import people, records, work
from nok.admin.views.blueprint import blueprint

__all__ = ["blueprint", "people", "records", "work"]
