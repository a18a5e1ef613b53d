"""Forms of the review queue."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectMultipleField, TextAreaField

from quiz.web.addresses import MOST
from quiz.web.forms import BaseForm


class ReviewForm(BaseForm):
    """What the reviewer says of a question; the button that was pressed is the step."""

    text = TextAreaField(_l("Lời góp ý"))
    step = HiddenField()
    seen_revision = HiddenField()

    @property
    def seen(self) -> int:
        """The wording that the person was looking at; 0 for anything that is no number."""
        return number_of(self.seen_revision.data)


class ChosenForm(BaseForm):
    """Several questions, by the wordings that were seen; `is_confirmed` on the page that names them."""

    chosen = SelectMultipleField(validate_choice=False)
    is_confirmed = BooleanField()

    @property
    def revisions(self) -> list[int]:
        """The wordings."""
        return [found for value in self.chosen.data or [] if (found := number_of(value))]


def number_of(value: str | None) -> int:
    """An id that came from a page; 0 for anything that is none, or more than a column holds."""
    number = int(value) if value and value.isascii() and value.isdecimal() and len(value) < 20 else 0
    return number if number <= MOST else 0
