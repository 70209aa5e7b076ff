"""Ask, reply, settle, and show an answered question to every reader."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from nok.accounts import queries as accounts
from nok.accounts.models import Person
from nok.annotations import queries as texts
from nok.annotations.rules import LONGEST_QUOTE, Source, from_key, passage_at
from nok.core import audit, outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.discussions import queries
from nok.discussions.messages import QuestionAsked, QuestionReplied
from nok.discussions.models import Question, Reply
from nok.discussions.policy import may_answer
from nok.discussions.queries import Said

MOST_WAITING, MOST_IN_A_ROW = 20, 10
"""So many questions of one person may wait, and so often may they write on: nobody fills a teacher's inbox."""


@dataclass(frozen=True)
class About:
    """What a question is about: words of a revision, from `start` up to `end`, a moment of its film, or all of it."""

    source: Source
    number: int | None = None
    start: int | None = None
    end: int | None = None
    media_ms: int | None = None


def read(person: Person, about: About) -> tuple[int, str]:
    """Return the revision that a question is about, and the words of it.

    Raise NotFound for a text that the person may not read, Invalid for words that it has not.
    """
    text = texts.readable(person.id, about.source, about.number)
    if about.start is None or about.end is None:
        return text.number, ""
    passage = passage_at(text.text, about.start, about.end)
    if passage is None:
        raise Invalid(_("This passage is not in the text. Go back, reload the page and select it again."))
    if len(passage.exact) > LONGEST_QUOTE:
        raise Invalid(_("Ask about at most %(most)s characters at once.", most=LONGEST_QUOTE))
    return text.number, passage.exact


def ask(person: Person, about: About, text: str) -> Question:
    """Ask the teacher of a text; what was sent twice and waits for its answer is asked once.

    Raise NotFound for a text that the person may not read or that nobody teaches; Invalid for words that it has not;
    Conflict for one's own text, and where too many questions of the person wait.
    """
    number, quote = read(person, about)
    teacher = queries.teacher_of(about.source)
    if teacher is None:
        raise NotFound
    if teacher.id == person.id:
        raise Conflict(_("You are the teacher of this text yourself."))
    accounts.locked_person(person.id)  # what the person sends at the same moment waits here
    waiting = queries.waiting_of(person.id)
    sent = (about.source.key, quote, about.media_ms, text)
    for known in waiting:
        if (known.source, known.quote, known.media_ms, known.text) == sent:
            return known
    if len(waiting) >= MOST_WAITING:
        raise Conflict(
            _("%(most)s questions of yours wait for an answer. Ask again when some have theirs.", most=MOST_WAITING)
        )
    moment = now()
    asked = Question(
        asker_id=person.id,
        asked_id=teacher.id,
        source=about.source.key,
        made_on=number,
        quote=quote,
        media_ms=about.media_ms,
        text=text,
        asked_at=moment,
        waiting_since=moment,
    )
    db.session.add(asked)
    db.session.flush()
    outbox.publish(QuestionAsked(asked.id))
    return asked


def reply(question: Question, author: Person, text: str, seen: int) -> Reply:
    """Write on in a thread, locked by the caller; `seen` is the last reply that the author had read, or 0.

    What was sent twice is written once. Raise Conflict where the other has written meanwhile, for an asker to whom the
    text is closed by now, and for one who has written on too often.
    """
    before = queries.replies(question.id)
    asks = author.id == question.asker_id
    if before and before[-1].answers != asks and before[-1].text == text:
        return queries.reply(before[-1].id)
    _all_was_seen(before, seen, asks=asks)
    if asks:
        _may_write_on(question, before)
    moment = now()
    said = Reply(question_id=question.id, author_id=author.id, text=text, written_at=moment)
    db.session.add(said)
    db.session.flush()
    if not asks or question.waiting_since is None:  # of a question that waits, whoever was asked knows
        outbox.publish(QuestionReplied(said.id))
    question.waiting_since = (question.waiting_since or moment) if asks else None
    return said


def settle(question: Question, actor: Person, seen: int) -> None:
    """Say that nothing waits: a word of thanks needs no answer.

    Raise NotFound for whoever was not asked, Conflict where nothing was answered, or something written meanwhile.
    """
    before = _answering(question, actor)
    _all_was_seen(before, seen, asks=False)
    question.waiting_since = None


def share(question: Question, actor: Person, *, on: bool) -> None:
    """Show a question, with what is answered by now, to every reader of the text, or to the two alone again.

    Raise NotFound for whoever was not asked, Conflict where nothing was answered yet.
    """
    _answering(question, actor)
    question.shared_at = now() if on else None
    audit.record("question.shared" if on else "question.unshared", f"question:{question.id}", actor_id=actor.id)


def _answering(question: Question, actor: Person) -> list[Said]:
    """Return what was said, for someone who may answer and has."""
    if not may_answer(actor, question.asked_id) or actor.id == question.asker_id:
        raise NotFound
    said = queries.replies(question.id)
    if not any(each.answers for each in said):
        raise Conflict(_("Answer the question first."))
    return said


def _all_was_seen(before: list[Said], seen: int, *, asks: bool) -> None:
    if any(each.id > seen and each.answers == asks for each in before):
        raise Conflict(_("Something was written here meanwhile. Read it, then send again."))


def _may_write_on(question: Question, before: list[Said]) -> None:
    try:
        texts.readable(question.asker_id, from_key(question.source), None)
    except NotFound:
        raise Conflict(_("This text is closed to you by now, and with it this question.")) from None
    in_a_row = next((number for number, each in enumerate(reversed(before)) if each.answers), len(before))
    if in_a_row >= MOST_IN_A_ROW:
        raise Conflict(_("You have written on %(most)s times. Wait for an answer.", most=MOST_IN_A_ROW))
