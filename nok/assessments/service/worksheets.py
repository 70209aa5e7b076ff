"""The verbs of worksheets: keep what is typed, hand in, review."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from nok.assessments import queries, rules
from nok.assessments.models import Worksheet, WorksheetPrompt, WorksheetReview, WorksheetState
from nok.core import audit
from nok.core.clock import now
from nok.core.db import add_once, db
from nok.core.errors import Conflict, Invalid
from nok.core.unseen import first_unseen
from nok.courses.models import Lesson
from nok.enrollments.models import Enrollment

MOST_LETTERS = 10_000
_OPEN = {WorksheetState.DRAFT, WorksheetState.RETURNED}

Texts = Mapping[str, str]  # by the key of the prompt


def keep(enrollment: Enrollment, lesson: Lesson, texts: Texts, seen: int) -> Worksheet:
    """Save what is typed so far. `seen` is the number of savings that the page knew of.

    What is saved already is no conflict: the answer to the first saving may have been lost on its way. Raise Conflict
    when another tab has saved something else meanwhile or when it is handed in, Invalid for texts that cannot be kept.
    """
    _check(texts, queries.prompts(lesson.id))
    found = _open_worksheet(enrollment, lesson)
    _write(found, texts, seen)
    return found


def hand_in(enrollment: Enrollment, lesson: Lesson, texts: Texts, seen: int) -> tuple[Worksheet, bool]:
    """Save and hand in; return the worksheet and whether it was this call that handed it in.

    Raise Invalid with `missing`, the words missing by prompt, when an answer is too short: then the text is saved all
    the same. Raise Conflict as `keep` does.
    """
    prompts = queries.prompts(lesson.id)
    _check(texts, prompts)
    found = _open_worksheet(enrollment, lesson)
    if found.state not in _OPEN and {**found.answers, **texts} == found.answers:  # a double click
        return found, False
    _write(found, texts, seen)
    missing = rules.words_missing({prompt.key: prompt.least_words for prompt in prompts}, found.answers)
    if missing:
        count = len(missing)
        raise Invalid(
            ngettext(
                "It is saved, but not handed in yet: %(num)s answer is too short.",
                "It is saved, but not handed in yet: %(num)s answers are too short.",
                count,
            ),
            missing=missing,
        )
    found.state, found.submitted_at = WorksheetState.SUBMITTED, now()
    audit.record("worksheet.submitted", f"worksheet:{found.id}", actor_id=enrollment.person_id)
    return found, True


def judge(worksheet: Worksheet, reviewer_id: int, *, accepted: bool, comment: str) -> WorksheetReview:
    """Accept or return what was handed in; raise Conflict when it does not wait, Invalid without a needed comment.

    The worksheet must be locked. The review keeps the answers as they are now, and is never changed.
    """
    if worksheet.state is not WorksheetState.SUBMITTED:
        raise Conflict(_("This worksheet does not wait for a review any more. Reload the page to see how it stands."))
    if not accepted and not comment:
        raise Invalid(_("Write what is missing: without a comment the learner does not know what to change."))
    review = WorksheetReview(
        worksheet_id=worksheet.id,
        reviewer_id=reviewer_id,
        accepted=accepted,
        comment=comment,
        answers=dict(worksheet.answers),
    )
    db.session.add(review)
    worksheet.state = WorksheetState.ACCEPTED if accepted else WorksheetState.RETURNED
    worksheet.comment, worksheet.reviewed_at = comment, now()
    db.session.flush()
    verdict = "worksheet.accepted" if accepted else "worksheet.returned"
    audit.record(verdict, f"worksheet:{worksheet.id}", actor_id=reviewer_id, review=review.id)
    return review


def _open_worksheet(enrollment: Enrollment, lesson: Lesson) -> Worksheet:
    """Return the learner's worksheet, locked until the commit, beginning it when there is none."""
    found = queries.worksheet(enrollment.id, lesson.id)
    if found is not None:
        return found
    new = Worksheet(
        enrollment_id=enrollment.id,
        lesson_id=lesson.id,
        state=WorksheetState.DRAFT,
        answers={},
        saves=0,
        comment="",
    )
    if add_once(new):
        return new
    return _open_worksheet(enrollment, lesson)  # another tab has made it in the same moment


def _write(worksheet: Worksheet, texts: Texts, seen: int) -> None:
    if worksheet.state not in _OPEN:
        raise Conflict(
            _("This worksheet has been handed in. It can be changed when your teacher returns it."),
            saves=worksheet.saves,
            closed=True,
        )
    merged = {**worksheet.answers, **texts}
    if merged == worksheet.answers:
        return
    if worksheet.saves != seen:
        raise Conflict(
            _("This worksheet was saved in another tab or on another device meanwhile."),
            saves=worksheet.saves,
            closed=False,
        )
    worksheet.answers = merged
    worksheet.saves += 1


def _check(texts: Texts, prompts: Sequence[WorksheetPrompt]) -> None:
    known = {prompt.key for prompt in prompts}
    for key, text in texts.items():
        if key not in known:
            raise Invalid(_("An answer does not belong to this worksheet. Reload the page; your text is kept."))
        if len(text) > MOST_LETTERS:
            raise Invalid(
                _("An answer is too long: use at most %(most)s characters.", most=MOST_LETTERS), problems=[key]
            )
        if first_unseen(text) is not None:
            raise Invalid(_("An answer holds an invisible character. Remove it or type the text anew."), problems=[key])
