"""What a reviewer writes, and what someone who looks after a course's people does."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    SubmitField,
    ValidationError,
)
from wtforms.validators import Email, InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from nok.web.forms import Form, line, prose

MOST_COMMENT = 4000
MOST_BODY, MOST_REFERENCES = 200_000, 20_000
_LONGEST_NUMBER = 9
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


class ReviewForm(Form):
    """The verdict on a worksheet. `seen` is the number of savings in the text that was read."""

    seen = HiddenField()
    comment = prose(
        _("Your comment"),
        most=MOST_COMMENT,
        description=_("The learner reads it. It is needed when you return the worksheet."),
    )
    accept = SubmitField(_("Accept"))
    give_back = SubmitField(_("Return with the comment"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that one of the two buttons was pressed on a page that said what it showed."""
        right = bool(super().validate(extra_validators))
        if self.read() is None or self.accept.data == self.give_back.data:
            self.form_errors.append(_("Choose one: accept, or return with the comment."))
            return False
        return right

    def read(self) -> int | None:
        """Return the number of savings in the text that was read, or None when the page did not say it."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


class NewArticleForm(Form):
    """What a new article is called."""

    title = line(_("Title"), most=140, required=_("Give the article a title."))


class ArticleForm(Form):
    """An article as its author writes it. `version` is how often it was saved when the page was shown.

    `sending` is what the browser calls this sending; the page that follows a saving names it, so that the copy on the
    device is known to have arrived.
    """

    version = IntegerField(widget=HiddenInput(), default=0)
    sending = HiddenField(validators=[Length(max=36)])
    title = line(_("Title"), most=140, required=_("Give the article a title."))
    summary = prose(
        _("Summary"), most=400, description=_("One or two sentences, for lists and for those who share it.")
    )
    category = line(_("Category"), most=60, required=_("Name the category that it stands in."))
    topics = prose(_("Topics"), most=600, description=_("Words to be found by, a line for each."))
    body = prose(
        _("Text"),
        most=MOST_BODY,
        description=_(
            "Markdown. Headings begin with ##, callouts with > [!caution], pictures are ![words](pictures/name.svg)."
        ),
    )
    picture = SelectField(_("Picture above the text"), validate_choice=True)
    picture_alt = prose(_("Words for people who cannot see it"), most=300)
    picture_caption = prose(_("Caption"), most=300)
    evidence_note = prose(_("Evidence note"), most=600, description=_("What the statements rest on, in two sentences."))
    disclosure = prose(_("Disclosure"), most=600, description=_("What you, or the reviewer, gain or hold."))
    references = prose(
        _("References"),
        most=MOST_REFERENCES,
        description=_("A line for each; its address (a DOI link) at the end of the line."),
    )
    related_courses = SelectMultipleField(
        _("Related courses"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    related_articles = SelectMultipleField(
        _("Related articles"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    reviewer = prose(_("Reviewer"), most=254, description=_("The e-mail address of another teacher, or nothing."))
    updated = DateField(_("Updated on"), validators=[InputRequired(message=_("Choose the day."))])

    def choosing(
        self,
        courses: Sequence[tuple[str, str]],
        articles: Sequence[tuple[str, str]],
        pictures: Iterable[str],
        kept: Mapping[str, Any],
    ) -> "ArticleForm":
        """Offer courses and articles, by slug and title, and pictures by name; `kept` are the fields as saved.

        What was chosen before keeps its order and stays, also where it is not published now.
        """
        for field, titles in ((self.related_courses, courses), (self.related_articles, articles)):
            offered = dict(titles)
            chosen = [(slug, offered.pop(slug, slug)) for slug in kept.get(field.short_name) or []]
            field.choices = [SelectChoice(*each) for each in [*chosen, *offered.items()]]
        self.picture.choices = [SelectChoice("", gettext("None")), *(SelectChoice(name, name) for name in pictures)]
        return self

    def fields(self) -> dict[str, Any]:
        """Return what was written, as a draft keeps it."""
        kept = {name: value for name, value in self.data.items() if name not in {"csrf_token", "version", "sending"}}
        for field in (self.related_courses, self.related_articles):
            order = [choice.value for choice in field.choices]
            kept[field.short_name] = sorted(field.data or [], key=order.index)
        return kept | {"updated": self.updated.data.isoformat() if self.updated.data else ""}


class PublishForm(Form):
    """Which saving was looked at."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class EnrollForm(Form):
    """Who is to be enrolled."""

    email = line(
        _("E-mail address"),
        most=254,
        required=_("Enter the e-mail address of the person to enroll."),
        description=_("They need an account already. They are told, and find the course in My learning."),
    )
    email.kwargs["validators"].append(Email(message=_("Enter an address such as name@clinic.example.")))
    email.kwargs["render_kw"] |= {"type": "email", "inputmode": "email", "spellcheck": "false"}


class ExtendForm(Form):
    """The last day of access."""

    until = DateField(
        _("Access until the end of"),
        validators=[InputRequired(message=_("Choose the last day of access."))],
        render_kw={"min": "2000-01-01", "max": "2199-12-31"},
    )

    def validate_until(self, field: Any) -> None:
        """Refuse years that no calendar of ours reaches."""
        if field.data and not _FIRST_YEAR <= field.data.year <= _LAST_YEAR:
            raise ValidationError(gettext("Choose a day up to the year %(year)s.", year=_LAST_YEAR))
