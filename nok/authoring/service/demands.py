"""What the boards demand of a course at the moment it is published."""

from typing import Any

from flask_babel import lazy_gettext as _

from nok.core.clock import now
from nok.core.errors import Invalid
from nok.courses.models import Course, CourseRevision
from nok.credits import rules as credits_rules
from nok.credits import service as credits_service
from nok.formats.folders.sources import CourseFolder

Demands = dict[str, dict[str, Any]]
PERCENT = 100


def met_by(course: Course, folder: CourseFolder) -> Demands:
    """Return what the approvals of the course demand, by board code; raise Invalid with all that the folder lacks."""
    demands = credits_service.demands_of(course.id, now().date())
    offer = _offer(folder)
    lacking = [f"{code}: {item}" for code, asked in demands.items() for item in credits_rules.lacking(asked, offer)]
    if lacking:
        raise Invalid(_("Approvals ask for more than this course has. %(lacking)s.", lacking="; ".join(lacking)))
    return demands


def frozen_in(revision: CourseRevision, demands: Demands) -> bool:
    """Whether the revision was published under these demands; that others have ended since makes no difference."""
    return all(revision.requirements.get(code) == asked for code, asked in demands.items())


def _offer(folder: CourseFolder) -> credits_rules.Offer:
    lessons = [lesson for section in folder.sections for lesson in section.lessons]
    return credits_rules.Offer(
        test_items=min((lesson.asked for lesson in lessons if lesson.kind == "test"), default=0),
        pass_mark=folder.pass_mark,
        worksheets=sum(lesson.kind == "worksheet" for lesson in lessons),
        evaluation=any(lesson.kind == "evaluation" for lesson in lessons),
        most_speed_percent=round(folder.speed_cap * PERCENT),
    )
