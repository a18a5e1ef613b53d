"""The base form: strips what people type, speaks the reader's language."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from flask_babel import get_domain, gettext
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField


def tidy(value: object) -> object:
    """Text in NFC without outer spaces and NUL, which PostgreSQL does not take; anything else untouched."""
    return unicodedata.normalize("NFC", value).replace("\0", "").strip() if isinstance(value, str) else value


def choices(words: Mapping[Any, object], only: Iterable[StrEnum] | None = None) -> list[SelectChoice]:
    """The members of an enum that have words, or `only` these, as the choices of a select field."""
    return [SelectChoice(one.value, words[one]) for one in (words if only is None else only)]


class _OwnCatalogue:
    """WTForms ships no Vietnamese: its messages go through our catalogues."""

    def gettext(self, string: str) -> str:
        return gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        # Not flask_babel's own function, which puts the figures in at once: the validators do that.
        text: str = get_domain().get_translations().ungettext(singular, plural, n)
        return text


class BaseForm(FlaskForm):
    """All forms derive from this one. An invalid form comes back with status 422."""

    class Meta(FlaskForm.Meta):
        """Filters and translations for every field."""

        def bind_field(
            self, form: "BaseForm", unbound_field: UnboundField, options: dict[str, object]
        ) -> object:
            """Add `tidy` to the filters of text fields."""
            filters: list[Callable[[object], object]] = list(unbound_field.kwargs.get("filters", []))
            if tidy not in filters:
                filters.append(tidy)
            if unbound_field.field_class.__name__ not in ("FieldList", "FormField"):
                unbound_field.kwargs["filters"] = filters
            return unbound_field.bind(form=form, **options)

        def get_translations(self, form: "BaseForm") -> _OwnCatalogue:
            """Our own catalogue."""
            return _OwnCatalogue()
