"""Ask, reply, settle, and show an answered question to every reader."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from nok.accounts.models import Person
from nok.annotations import queries as texts
from nok.annotations.rules import Source, from_key, passage_at
from nok.core import audit, outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.discussions import queries
from nok.discussions.messages import QuestionAsked, QuestionReplied
from nok.discussions.models import Question, Reply
from nok.discussions.policy import may_answer

MOST_WAITING = 20
"""So many questions of one person may wait for answers: nobody fills a teacher's inbox."""
LONGEST_QUOTE = 2_000


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
    waiting = queries.waiting_of(person.id)
    for known in waiting:
        if (known.source, known.quote, known.text) == (about.source.key, quote, text):
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


def reply(question: Question, author: Person, text: str) -> Reply:
    """Write on in a thread. Raise Conflict for an asker to whom the text is closed by now."""
    if author.id == question.asker_id:
        try:
            texts.readable(author.id, from_key(question.source), None)
        except NotFound:
            raise Conflict(_("This text is closed to you by now, and with it this question.")) from None
    moment = now()
    said = Reply(question_id=question.id, author_id=author.id, text=text, written_at=moment)
    question.waiting_since = moment if author.id == question.asker_id else None
    db.session.add(said)
    db.session.flush()
    outbox.publish(QuestionReplied(said.id))
    return said


def settle(question: Question, actor: Person) -> None:
    """Say that nothing waits: a word of thanks needs no answer. Raise NotFound for whoever was not asked."""
    if not may_answer(actor, question.asked_id) or actor.id == question.asker_id:
        raise NotFound
    question.waiting_since = None


def share(question: Question, actor: Person, *, on: bool) -> None:
    """Show a question and its answers to every reader of the text, or to the two alone again.

    Raise NotFound for whoever was not asked, Conflict where nothing was answered yet.
    """
    if not may_answer(actor, question.asked_id) or actor.id == question.asker_id:
        raise NotFound
    if on and not queries.is_answered(question.id):
        raise Conflict(_("Answer the question first."))
    if on == (question.shared_at is not None):
        return
    question.shared_at = now() if on else None
    audit.record("question.shared" if on else "question.unshared", f"question:{question.id}", actor_id=actor.id)
