"""My Notes: beside a text, as a list, one by one, and as files to take along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as BaseResponse

from nok.annotations import queries, service
from nok.annotations.forms import FilterForm, Look, LookForm, NewNoteForm, NoteForm
from nok.annotations.models import Annotation, Color
from nok.annotations.queries import Note, Wanted
from nok.annotations.rules import Source, from_key, read_address
from nok.core import marked_text
from nok.core.clock import day_in, now
from nok.core.db import db
from nok.core.errors import Invalid, NotFound
from nok.core.marked_text import Mark
from nok.formats import notes_export
from nok.formats.notes_export import TakenNote
from nok.web.access import signed_in, viewer
from nok.web.pagination import page_number
from nok.web.theme import YEAR_SECONDS

blueprint = Blueprint("annotations", __name__)

FIRST_ON_CARD, MOST_TO_CHOOSE = 8, 200
LOOK, MARKS, NO_KEYS = "notes", "marks", "nokeys"


@blueprint.get("/notes")
@signed_in
def index() -> str:
    """Everything of mine, the latest first, found by words, color, place and kind."""
    sources = queries.sources_of(viewer().id)
    shelves = queries.titles(sources)
    form = FilterForm(request.args).choosing(shelves)
    right = form.validate()
    shown = queries.shown_numbers(viewer().id, sources)
    page = queries.notes(viewer().id, form.wanted() if right else Wanted(), page_number(), shown=shown)
    return render_template(
        "annotations/index.html",
        form=form,
        page=page,
        titles=shelves,
        query={name: value for name, value in request.args.items() if value and name in form},
        deleted=queries.deleted(viewer().id, request.args.get("deleted", "")),
        look_form=LookForm(obj=chosen_look()),
    )


@blueprint.post("/notes/look")
@signed_in
def look() -> BaseResponse:
    """Remember on this device how highlights are shown and made."""
    form, settings = LookForm(), current_app.extensions["nok"]
    answer = redirect(url_for(".index"), 303)
    if form.validate_on_submit():
        chosen = ".".join(word for word, on in ((MARKS, form.marks.data), (NO_KEYS, not form.keys.data)) if on)
        answer.set_cookie(LOOK, chosen, max_age=YEAR_SECONDS, secure=settings.secure, samesite="Lax", httponly=True)
        flash(_("This device shows highlights as you chose."), "success")
    return answer


@blueprint.app_template_global("note_look")
def chosen_look() -> Look:
    """Return how highlights are shown and made on this device."""
    words = request.cookies.get(LOOK, "").split(".")
    return Look(marks=MARKS in words, keys=NO_KEYS not in words)


@blueprint.app_template_filter("drawn")
def drawn(blocks: Any, notes: Sequence[Note], marked: str) -> Any:
    """Return blocks, or the lines of a transcript, with my notes as marked text where this device shows them so."""
    marks = _marks(notes, marked) if chosen_look().marks else []
    if not marks or not blocks:
        return blocks
    if hasattr(blocks[0], "html"):
        return [replace(block, html=html) for block, html in _drawn_into(blocks, [each.html for each in blocks], marks)]
    lines = [str(escape(each.text)) for each in blocks]
    return [replace(cue, text=Markup(html)) for cue, html in _drawn_into(blocks, lines, marks)]  # noqa: S704 -- escaped


@blueprint.post("/notes")
@signed_in
def make() -> str | tuple[str, int] | BaseResponse:
    """Keep a note from the form beside a text; what is not right is shown with all that was typed."""
    form = NewNoteForm()
    if form.validate_on_submit():
        try:
            marked = form.marked()
            made = service.make(viewer().id, marked, Color(form.color.data), form.note.data or "")
        except Invalid as problem:
            form.form_errors.append(problem.message)
        else:
            db.session.commit()
            return redirect(f"{marked.source.path}#note-{made.id}", 303)
    return render_template("annotations/make.html", form=form), 422


@blueprint.get("/notes/beside")
@signed_in
def beside() -> str:
    """My notes on the revision of the texts that addresses name, as the page's script puts them beside the first."""
    named = [read_address(address) for address in request.args.getlist("source")]
    sources = [found[0] for found in named if found is not None]
    numbers = {found[1] for found in named if found is not None}
    number = numbers.pop() if len(numbers) == 1 else None
    if number is None or len(sources) != len(named):
        raise NotFound
    return render_template(
        "annotations/beside.html",
        notes=queries.notes_in(viewer().id, sources, number),
        marked=sources[0].address(number),
        deleted=queries.deleted(viewer().id, request.args.get("deleted", "")),
    )


@blueprint.get("/notes/<slug:note_id>")
@signed_in
def note(note_id: str) -> str:
    """One of my notes, to be changed."""
    made = queries.living(viewer().id, note_id)
    return _form(made, NoteForm(color=made.color, note=made.note, version=made.version))


@blueprint.post("/notes/<slug:note_id>")
@signed_in
def change(note_id: str) -> str | tuple[str, int] | BaseResponse:
    """Change its color and its words."""
    made, form = queries.annotation(viewer().id, note_id), NoteForm()
    if form.validate_on_submit() and not form.outdated(made):
        try:
            service.restore(made)  # deleted in another window meanwhile: what is written now is wanted
            service.change(made, Color(form.color.data), form.note.data or "")
        except Invalid as problem:
            form.form_errors.append(problem.message)
        else:
            db.session.commit()
            flash(_("The note was saved."), "success")
            return redirect(url_for(".index"), 303)
    return _form(made, form), 422


@blueprint.post("/notes/<slug:note_id>/delete")
@signed_in
def remove(note_id: str) -> BaseResponse:
    """Delete it; the page that follows offers to undo that."""
    service.remove(queries.annotation(viewer().id, note_id))
    db.session.commit()
    return redirect(url_for(".index", deleted=note_id), 303)


@blueprint.post("/notes/<slug:note_id>/restore")
@signed_in
def restore(note_id: str) -> BaseResponse:
    """Undo that."""
    service.restore(queries.annotation(viewer().id, note_id))
    db.session.commit()
    return redirect(url_for(".index", _anchor=f"note-{note_id}"), 303)


@blueprint.post("/notes/<slug:note_id>/keep")
@signed_in
def keep(note_id: str) -> BaseResponse:
    """Say that the passage found in a changed text is the one I meant."""
    return _settled(note_id, keep=True)


@blueprint.post("/notes/<slug:note_id>/detach")
@signed_in
def detach(note_id: str) -> BaseResponse:
    """Say that it is not: the note stays with the words that it was made on."""
    return _settled(note_id, keep=False)


@blueprint.get("/notes/files/<file:name>")
@signed_in
def file(name: str) -> Response:
    """Everything of mine as Markdown, CSV or web annotations, whether or not the courses are still open to me."""
    if name not in notes_export.WRITERS:
        raise NotFound
    kind, write = notes_export.WRITERS[name]
    answer = Response(write(_taken_along()), content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@blueprint.get("/notes/card")
@signed_in
def card() -> str:
    """Chosen notes on one page to print: a protocol card, with its sources."""
    notes = queries.all_notes(viewer().id)
    chosen = set(request.args.getlist("note")) or {each.id for each in notes[:FIRST_ON_CARD]}
    return render_template(
        "annotations/card.html",
        choice=notes[:MOST_TO_CHOOSE],
        notes=[each for each in notes if each.id in chosen],
        titles=queries.titles(_sources(notes)),
        base_url=current_app.extensions["nok"].base_url,
        today=day_in(viewer().time_zone, now()),
    )


def _marks(notes: Sequence[Note], marked: str) -> list[Mark]:
    return [
        Mark(note.start, note.end, f'<mark class="{note.color}" data-drawn="{note.id}">')
        for note in notes
        if note.drawn and note.start is not None and note.end is not None and note.source.address(note.number) == marked
    ]


def _drawn_into(blocks: Any, html: list[str], marks: list[Mark]) -> Any:
    return zip(blocks, marked_text.marked(html, marks), strict=True)


def _form(made: Annotation, form: NoteForm) -> str:
    source = from_key(made.source)
    where = queries.titles([source])[source.path]
    return render_template("annotations/note.html", form=form, note=queries.note(made), where=where)


def _settled(note_id: str, *, keep: bool) -> BaseResponse:
    made = queries.annotation(viewer().id, note_id)
    service.settle(made, request.form.get("revision", 0, type=int), keep=keep)
    db.session.commit()
    return redirect(url_for(".index", review="y"), 303)


def _sources(notes: Sequence[Note]) -> list[Source]:
    return [note.source for note in notes]


def _taken_along() -> list[TakenNote]:
    notes = queries.all_notes(viewer().id)
    titles, base_url = queries.titles(_sources(notes)), current_app.extensions["nok"].base_url
    return [
        TakenNote(
            title=titles[note.source.path][0],
            course=titles[note.source.path][1],
            color=note.color,
            page=base_url + note.source.path,
            wording=note.wording if note.drawn else "",
            unconfirmed=note.needs_review,
            annotation=queries.note_in_words(note, base_url),
        )
        for note in notes
    ]
